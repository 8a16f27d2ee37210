"""The deadline of a goal sentence: a term from the start, or a last day."""

from __future__ import annotations

import datetime as dt
import re

from crmkit.method.goals.days import LONGEST_TERM, add_months, month_end
from crmkit.method.goals.grammar import Grammar, folded
from crmkit.method.goals.left import Left

_CENTURY = 2000
_NO_DAY = "there is no such day"


def take_deadline(left: Left, start: dt.date) -> tuple[dt.date | None, Left]:
    """Return the last day of the term, and the rest of the sentence.

    Raises
    ------
    GoalError
        If the day does not exist, can be read in two ways, is not after the start, or stands there twice.
    """
    grammar = left.grammar
    match, rest = left.take((*grammar.dates, *grammar.terms), "the deadline")
    rest.refuse(grammar.unclear_dates.items())
    if match is None:
        return None, rest
    deadline = _after_term(match, start, left) if "period" in match.groupdict() else _on_day(match, start, left)
    if deadline <= start:
        raise left.wrong(match.group(), f"the deadline {deadline} is not after the start {start}")
    return deadline, rest


def _after_term(match: re.Match[str], start: dt.date, left: Left) -> dt.date:
    number = left.grammar.numerals.value(match["n"])
    periods = left.grammar.periods.items()
    each, unit = next(length for name, length in periods if re.fullmatch(name, match["period"], re.IGNORECASE))
    length = number * each
    if length.denominator != 1 or length == 0:
        raise left.wrong(match.group(), f"no whole number of {unit}")
    if length > LONGEST_TERM * (1 if unit == "months" else 31):
        raise left.wrong(match.group(), f"longer than {LONGEST_TERM // 12} years")
    return add_months(start, int(length)) if unit == "months" else start + dt.timedelta(days=int(length))


def _on_day(match: re.Match[str], start: dt.date, left: Left) -> dt.date:
    """Return a stated day; without a day the last one of the period."""
    found = {name: value for name, value in match.groupdict().items() if value}
    this_year = start.year + ("next" in found)
    year = _CENTURY + int(found["short"]) if "short" in found else int(found.get("year", this_year))
    month = _month(found["month"], left.grammar) if "month" in found else _last_month(found, left.grammar)
    try:
        return dt.date(year, month, int(found["day"])) if "day" in found else month_end(year, month)
    except ValueError:
        raise left.wrong(match.group(), _NO_DAY) from None


def _last_month(found: dict[str, str], grammar: Grammar) -> int:
    """Return the last month of a quarter, without one that of the year."""
    if "quarter" not in found:
        return 12
    quarters = {folded(name): number for name, number in grammar.quarters.items()}
    return 3 * quarters[folded(found["quarter"])]


def _month(text: str, grammar: Grammar) -> int:
    """Return the number of a month given as number or name."""
    if text.isdigit():
        return int(text)
    names = [[folded(name) for name in names] for names in grammar.months]
    return next(number for number, known in enumerate(names, 1) if folded(text) in known)
