"""Paths of organisational units: parts, parents, and which of several paths stands above a unit."""

from __future__ import annotations

from collections.abc import Collection

SEPARATOR = "/"


def parent(path: str) -> str:
    """Return the path of the unit above, empty for a top-level unit."""
    return path.rpartition(SEPARATOR)[0]


def depth(path: str) -> int:
    """Return how many units stand above a unit."""
    return path.count(SEPARATOR)


def is_within(path: str, unit: str) -> bool:
    """Return whether a path is a unit or lies below it."""
    return f"{path}{SEPARATOR}".startswith(f"{unit}{SEPARATOR}")


def nearest(path: str, known: Collection[str]) -> str:
    """Return the longest of the known paths that equals a path or stands above it, else an empty string."""
    while path and path not in known:
        path = parent(path)
    return path
