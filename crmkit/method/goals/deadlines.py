"""The deadline of a goal sentence: a term from the start, or a last day."""

from __future__ import annotations

import datetime as dt
import re

from crmkit.method.goals.days import LONGEST_TERM, add_months, month_end
from crmkit.method.goals.grammar import Grammar, number_of
from crmkit.method.goals.left import Left

_CENTURY = 2000


def take_deadline(left: Left, start: dt.date) -> tuple[dt.date | None, Left]:
    """Return the last day of the term, and the rest of the sentence.

    Raises
    ------
    GoalError
        If the day does not exist, can be read in two ways, is not after the start, or stands there twice.
    """
    grammar = left.grammar
    match, rest = left.take((*grammar.dates, *grammar.terms), "the deadline")
    for pattern, advice in grammar.unclear_dates.items():
        unclear = rest.find([pattern])
        if unclear:
            raise left.wrong(unclear.group(), advice)
    if match is None:
        return None, rest
    deadline = _after_term(match, start, left) if "period" in match.groupdict() else _on_day(match, start, left)
    if deadline <= start:
        raise left.wrong(match.group(), f"the deadline {deadline} is not after the start {start}")
    return deadline, rest


def _after_term(match: re.Match[str], start: dt.date, left: Left) -> dt.date:
    number = number_of(match["n"], left.grammar)
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
    year = int(found.get("year", start.year))
    year += _CENTURY if len(found.get("year", "year")) == len("26") else 0
    quarter_end = int(found.get("quarter", 4)) * 3
    month = _month(found["month"], left.grammar) if "month" in found else quarter_end
    try:
        return dt.date(year, month, int(found["day"])) if "day" in found else month_end(year, month)
    except ValueError:
        raise left.wrong(match.group(), "there is no such day") from None


def _month(text: str, grammar: Grammar) -> int:
    """Return the number of a month given as number or name."""
    if text.isdigit():
        return int(text)
    wanted = text.casefold().replace("ae", "ä")
    names = [[name.casefold() for name in names] for names in grammar.months]
    return next(number for number, known in enumerate(names, 1) if wanted in known)
