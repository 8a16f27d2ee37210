"""The pulse survey: anonymous answers, by large groups only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.chance import Chance
from generator.writing import write_csv, write_excel

#: Item → shares of the answers 1 … 5 (disagree … agree); what is left cannot judge.
_ITEMS: dict[int, tuple[float, ...]] = {
    1: (0.10, 0.18, 0.22, 0.32, 0.16),
    2: (0.08, 0.14, 0.20, 0.36, 0.18),
    3: (0.16, 0.28, 0.24, 0.22, 0.08),
    4: (0.18, 0.30, 0.24, 0.18, 0.06),
    5: (0.14, 0.28, 0.26, 0.20, 0.08),
    6: (0.06, 0.14, 0.22, 0.34, 0.20),
    7: (0.16, 0.26, 0.20, 0.18, 0.08),
    8: (0.20, 0.26, 0.22, 0.18, 0.08),
    9: (0.08, 0.16, 0.26, 0.32, 0.14),
    10: (0.14, 0.22, 0.32, 0.22, 0.08),
    11: (0.06, 0.12, 0.26, 0.34, 0.14),
    14: (0.10, 0.16, 0.22, 0.32, 0.16),
}
#: Item 12: how often customer data is kept elsewhere.
_ELSEWHERE = {"never": 0.10, "rarely": 0.20, "monthly": 0.18, "weekly": 0.32, "daily": 0.20}
#: Item 13: share of respondents who tick a hurdle, until three are ticked; who ticks none says so.
_HURDLES = {
    "time": 0.46, "double_entry": 0.34, "data_quality": 0.30, "mobile_offline": 0.22, "handling": 0.26,
    "training": 0.24, "missing_feature": 0.16, "benefit_unclear": 0.14,
}  # fmt: skip
_MOST_HURDLES = 3
#: How much an answer follows the respondent's general mood (0 … 1).
_MOOD = 0.35


@dataclass(frozen=True)
class Survey:
    """Who answered: how many, and the shares of their groups."""

    client: str
    n_respondents: int
    groups: dict[str, float]


#: A sheet: the group, and item → its answer; of hurdles several.
Sheet = tuple[str, dict[str, str | list[str]]]


def sheets(survey: Survey) -> list[Sheet]:
    """Return all sheets, in the order in which they came."""
    return [_sheet(survey, number) for number in range(1, survey.n_respondents + 1)]


def write_answers(file: Path, survey: Survey) -> None:
    """Write one row an answer: respondent, org_unit, item, answer."""
    write_csv(file, "respondent,org_unit,item,answer", _rows(survey))


def write_form(file: Path, survey: Survey, *, began: dt.date, questions: dict[str, str], words: dict[str, str]) -> None:
    """Write what Microsoft Forms exports of an anonymous survey: a row a sheet, times and empty names before it."""
    header = ["ID", "Start time", "Completion time", "Email", "Name", *questions.values()]
    rows = [
        [str(number), *_times(survey, began, number), "anonymous", "", *_cells(sheet, questions, words)]
        for number, sheet in enumerate(sheets(survey), start=1)
    ]
    write_excel(file, header, rows, sheet="Sheet1")


def _rows(survey: Survey) -> Iterator[list[str]]:
    for number, (unit, answers) in enumerate(sheets(survey), start=1):
        for item, given in answers.items():
            for answer in [given] if isinstance(given, str) else given:
                yield [f"R{number:03d}", unit, item, answer]


def _cells(sheet: Sheet, questions: dict[str, str], words: dict[str, str]) -> Iterator[str]:
    unit, answers = sheet
    for item in questions:
        given = unit if item == "org_unit" else answers.get(item, "")
        # Forms ends a list of ticks with a semicolon, too
        yield words.get(given, given) if isinstance(given, str) else "".join(f"{words[one]};" for one in given)


def _times(survey: Survey, began: dt.date, number: int) -> tuple[str, str]:
    chance = Chance(survey.client, "form", number)
    start = dt.datetime.combine(began, dt.time(8)) + dt.timedelta(days=chance.below(10), minutes=chance.below(560))
    return f"{start:%m/%d/%y %H:%M:%S}", f"{start + dt.timedelta(minutes=3 + chance.below(5)):%m/%d/%y %H:%M:%S}"


def _sheet(survey: Survey, number: int) -> Sheet:
    chance = Chance(survey.client, "survey", number)
    unit = chance.weighted(survey.groups)
    mood = chance.unit()
    scaled = {str(item): _answer(shares, chance, mood) for item, shares in _ITEMS.items()}
    answers: dict[str, str | list[str]] = {**scaled, "12": chance.weighted(_ELSEWHERE), "13": _hurdles(chance)}
    return unit, answers


def _answer(shares: tuple[float, ...], chance: Chance, mood: float) -> str:
    place = mood if chance.happens(_MOOD) else chance.unit()
    for answer, share in enumerate(shares, start=1):
        place -= share
        if place < 0:
            return str(answer)
    return "cannot_judge"


def _hurdles(chance: Chance) -> list[str]:
    ticked = [hurdle for hurdle, share in _HURDLES.items() if chance.happens(share)]
    return ticked[:_MOST_HURDLES] or ["none"]
