"""What the number of a goal means in people, and what it could be mistaken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from crmkit.report.language import Language

Rows = list[dict[str, Any]]


def echo(goal: dict[str, Any], readings: Rows, t: Language) -> str:
    """Return the echo of a goal's number, empty where people are not counted or not shown.

    Parameters
    ----------
    goal
        Row of table `goals`.
    readings
        Its rows of table `goal_readings`: what is meant first.
    t
        The report's language.
    """
    shown = [row for row in readings if None not in (row["n_baseline"], row["n_total_baseline"], row["target_n"])]
    if not shown or goal["metric"] not in WORDS["goal_state"]:
        return ""
    first = shown[0]
    start = t.gettext(
        "{n} von {total} {state} ({share}).",
        n=t.number(first["n_baseline"]), total=t.number(first["n_total_baseline"]),
        state=word(t, "goal_state", goal["metric"]), share=t.percent(first["n_baseline"] / first["n_total_baseline"]),
    )  # fmt: skip
    return " ".join([start, *(_said(row, t) for row in shown)])


def _said(row: dict[str, Any], t: Language) -> str:
    """Return a reading of the number: what it comes to if it is meant, what it would be if it is not."""
    people = t.gettext("{n} ({share})", n=t.number(row["target_n"]), share=t.percent(row["target_share"]))
    if row["target_n"] == row["n_baseline"] and not row["change_value"]:
        return t.gettext("Halten heißt: {people}, von der üblichen Schwankung abgesehen.", people=people)
    if row["unit"] == "target":
        return t.gettext("Das Ziel sind {people}.", people=people)
    change = _change(row, t)
    if row["meant"]:
        return t.gettext("{change} = {people}.", change=change, people=people)
    return t.gettext("{change} wären {people}.", change=change, people=people)


def _change(row: dict[str, Any], t: Language) -> str:
    """Return the change with its sign and its unit: ``+20 % relativ``."""
    value = row["change_value"]
    sign = "−" if row["target_n"] < row["n_baseline"] else "+"
    if row["unit"] == "relative":
        return t.gettext("{value} relativ", value=f"{sign}{_percent(value, t)}")
    if row["unit"] == "points":
        number = t.number(value * 100, _digits(value * 100))
        return t.gettext("{value} Prozentpunkte", value=f"{sign}{number}")
    return t.gettext("{value} Konten", value=f"{sign}{t.number(value)}")


def _percent(share: float, t: Language) -> str:
    """Return the change as it was agreed, which may be more than the whole."""
    return t.percent(share, _digits(share * 100))


def _digits(value: float) -> int:
    return 0 if abs(value - round(value)) < 1e-6 else 1  # noqa: PLR2004
