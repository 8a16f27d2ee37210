"""A goal as one German or English sentence that `parse` reads back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from crmkit.errors import GoalError
from crmkit.method.goals.days import LONGEST_TERM, whole_months
from crmkit.method.goals.goal import COUNT_METRICS, OUTCOME, Goal
from crmkit.method.goals.grammar import Grammar
from crmkit.method.goals.left import quoted as in_quotes
from crmkit.method.goals.places import GRAMMARS
from crmkit.method.goals.sentence import parse
from crmkit.method.goals.targets import exact

_THIRDS = {Fraction(1, 3): "third", Fraction(2, 3): "two_thirds"}
_PERCENT = 100
_MOST_DECIMALS = 12


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
    return plain if _is_read_back(goal, plain) else _sentence(goal, language, quoted=True)


def _is_read_back(goal: Goal, sentence: str) -> bool:
    try:
        return parse(sentence, start=goal.start).meaning == goal.meaning
    except GoalError:
        return False


def _sentence(goal: Goal, language: str, *, quoted: bool) -> str:
    written = GRAMMARS[language].written
    parts = {
        "metric": written[goal.metric].format(name=_quoted(goal.outcome, language)),
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
    """Return a name in the language's quotation marks, or in others that it does not contain."""
    return in_quotes(name, GRAMMARS[language].written["quoted"].format(name="")) if name else ""


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
    number = _number(goal, GRAMMARS[language])
    counted = "figure" if goal.metric == OUTCOME else "people"
    if goal.change_unit == "target":
        start = "keep" if goal.direction == "keep" else "target"
        # "Auf 80 % senken" may be 80 % of today, where people are counted.
        of_all = "_of_all" if goal.states_share and goal.direction == "down" and goal.metric in COUNT_METRICS else ""
        return written[f"{start}_{'share' if goal.states_share else counted}{of_all}"].format(n=number)
    if goal.direction == "keep":
        return ""
    if goal.change_unit == "relative" and goal.change in _THIRDS:
        return written[_THIRDS[goal.change]]
    key = f"absolute_{counted}" if goal.change_unit == "absolute" else goal.change_unit
    return written[f"{key}_1" if number == "1" and f"{key}_1" in written else key].format(n=number)


def _number(goal: Goal, grammar: Grammar) -> str:
    """Return the shortest number that is read back as the change, in percent if the goal states a share."""
    scale = _PERCENT if goal.states_share else 1
    whole = float(goal.change * scale)
    texts = (f"{whole:.{decimals}f}" for decimals in range(_MOST_DECIMALS))
    in_full = f"{Decimal(repr(goal.change_value)) * scale:f}"
    text = next((text for text in texts if exact(float(Fraction(text) / scale)) == goal.change), in_full)
    digits, point, decimals = text.partition(".")
    # "By 2000" may be a year, "by 2,000" is none.
    digits = f"{int(digits):,}".replace(",", grammar.numerals.group) if goal.metric == OUTCOME else digits
    return f"{digits}{grammar.written['decimal'] if point else ''}{decimals}"
