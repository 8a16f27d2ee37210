"""Reads JSON for the gate: every text in it, and nothing that a second reader would see otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


class TwiceError(ValueError):
    """A key stands twice: one reader takes the first, another the last."""


def parsed(text: str) -> Any:
    """Return a JSON document.

    Raises
    ------
    TwiceError
        If a key stands twice in the same place.
    ValueError, RecursionError
        If it is no JSON, or nested too deeply.
    """
    return json.loads(text, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    known = dict(pairs)
    if len(known) < len(pairs):
        raise TwiceError("the same key twice")
    return known


def is_marked_data(text: str) -> bool:
    """Return whether a JSON document says of itself, not of something in it, that it is internal."""
    try:
        data = parsed(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("audience") == "internal"


def strings(value: Any) -> Iterator[str]:
    """Return all texts inside a JSON value, keys of mappings too, from the outside in."""
    pending = [value]
    while pending:
        one = pending.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            pending.extend([part for pair in one.items() for part in pair][::-1])
        elif isinstance(one, list):
            pending.extend(one[::-1])
