"""How a frame was made, carried in its `attrs` as plain values, so that it can be written to any file."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

from crmkit.errors import MethodError
from crmkit.method import window
from crmkit.method.definition import Definition

if TYPE_CHECKING:
    import pandas as pd


def note(frame: pd.DataFrame, rule: Definition, *, as_of: dt.date | None = None, weeks: int | None = None) -> None:
    """Note on a new frame the definition, the day and the number of weeks that it rests on."""
    frame.attrs.clear()
    frame.attrs |= {"definition": asdict(rule), "definition_hash": rule.hash}
    frame.attrs |= {"as_of": as_of.isoformat()} if as_of else {}
    frame.attrs |= {"weeks": weeks} if weeks else {}


def rule_of(frame: pd.DataFrame) -> Definition | None:
    """Return the definition that a frame was made under, if it says so."""
    noted = getattr(frame, "attrs", {}).get("definition")
    try:
        return None if noted is None else Definition.from_dict(noted)
    except (TypeError, KeyError, AttributeError, ValueError):
        raise MethodError("attrs: `definition` is not one of this version. Make the frame again.") from None


def day_of(frame: pd.DataFrame) -> dt.date | None:
    """Return the day of the retrospective that a frame was made for, if it says so."""
    noted = getattr(frame, "attrs", {}).get("as_of")
    return None if noted is None else window.day_of(noted)


def weeks_of(frame: pd.DataFrame) -> int | None:
    """Return the length in weeks of the window that a frame was made for, if it says so."""
    return getattr(frame, "attrs", {}).get("weeks")
