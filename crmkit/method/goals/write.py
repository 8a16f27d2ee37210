"""A goal as one German or English sentence that `parse` reads back."""

from __future__ import annotations

from fractions import Fraction

from crmkit.errors import GoalError
from crmkit.method.goals.days import LONGEST_TERM, whole_months
from crmkit.method.goals.goal import Goal
from crmkit.method.goals.left import QUOTATION_MARKS
from crmkit.method.goals.places import GRAMMARS
from crmkit.method.goals.sentence import parse

_THIRDS = {Fraction(1, 3): "third", Fraction(2, 3): "two_thirds"}
_PERCENT = 100
_DECIMALS = 4


def write(goal: Goal, language: str) -> str:
    """Return the sentence of a goal; names are quoted where they would be read as something else.

    Raises
    ------
    GoalError
        If the language is not known.
    """
    if language not in GRAMMARS:
        raise GoalError.wrong_field("language", f'"{language}" is not known. Known: {", ".join(GRAMMARS)}')
    plain = _sentence(goal, language, quoted=False)
    return plain if _names_are_read_back(goal, plain) else _sentence(goal, language, quoted=True)


def _names_are_read_back(goal: Goal, sentence: str) -> bool:
    try:
        found = parse(sentence, start=goal.start)
    except GoalError:
        return False
    return (found.place, found.org_unit, found.area) == (goal.place, goal.org_unit, goal.area)


def _sentence(goal: Goal, language: str, *, quoted: bool) -> str:
    written = GRAMMARS[language].written
    parts = {
        "metric": written[goal.metric],
        "place": _places(goal, language, quoted=quoted),
        "deadline": _deadline(goal, language),
        "amount": _amount(goal, language),
        "verb": written[goal.direction],
    }
    # Empty parts leave two blanks; blanks inside names are single ones.
    return " ".join(written["sentence"].format(**parts).split())


def _places(goal: Goal, language: str, *, quoted: bool) -> str:
    grammar = GRAMMARS[language]
    area = grammar.areas[goal.area][0] if goal.area else ""
    names = {
        "area": area,
        "unit": _quoted(goal.org_unit or "", language) if quoted else goal.org_unit,
        "place": _quoted(goal.place, language) if quoted else goal.place,
    }
    return " ".join(grammar.written[kind].format(name=name) for kind, name in names.items() if name)


def _quoted(name: str, language: str) -> str:
    """Return a name in the language's quotation marks, or in the first pair that it does not end itself."""
    own = tuple(GRAMMARS[language].written["quoted"].split("{name}"))
    marks = {opening: {opening} | {c for o, c in QUOTATION_MARKS if o == opening} for opening, _ in QUOTATION_MARKS}
    opening, closing = next((pair for pair in (own, *QUOTATION_MARKS) if not marks[pair[0]] & set(name)), own)
    return f"{opening}{name}{closing}" if name else ""


def _deadline(goal: Goal, language: str) -> str:
    written = GRAMMARS[language].written
    months = whole_months(goal.start, goal.deadline)
    kind = "while" if goal.direction == "keep" else "term"
    if months and months <= LONGEST_TERM:
        return written[kind if months > 1 else f"{kind}_1"].format(n=months)
    day = {"day": goal.deadline.day, "month": goal.deadline.month, "year": goal.deadline.year}
    return written["while_until" if kind == "while" else "until"].format(**day)


def _amount(goal: Goal, language: str) -> str:
    """Return the change in words; empty for a level that is kept."""
    written = GRAMMARS[language].written
    number = _number(goal.change * (_PERCENT if goal.states_share else 1), written["decimal"])
    if goal.change_unit == "target":
        start = "keep" if goal.direction == "keep" else "target"
        return written[f"{start}_{'share' if goal.states_share else 'count'}"].format(n=number)
    if goal.direction == "keep":
        return ""
    if goal.change_unit == "relative" and goal.change in _THIRDS:
        return written[_THIRDS[goal.change]]
    key = f"{goal.change_unit}_1" if number == "1" and f"{goal.change_unit}_1" in written else goal.change_unit
    return written[key].format(n=number)


def _number(value: Fraction, decimal: str) -> str:
    text = f"{float(value):.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return text.replace(".", decimal)
