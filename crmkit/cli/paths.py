"""Paths as a user would write them."""

from __future__ import annotations

from pathlib import Path


def short_path(path: Path) -> str:
    """Return a path relative to the current folder if it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
