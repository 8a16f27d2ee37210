"""The pulse survey: anonymous answers, by large groups only."""

from __future__ import annotations

from pathlib import Path

from generator.chance import Chance
from generator.writing import write_csv

#: Respondents by group; small units did not state theirs.
_GROUPS = {"Vertrieb": 0.42, "Service": 0.34, "Marketing": 0.14, "": 0.10}
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
}
#: Item 12: how often customer data is kept elsewhere.
_ELSEWHERE = {"never": 0.10, "rarely": 0.20, "monthly": 0.18, "weekly": 0.32, "daily": 0.20}
#: How much an answer follows the respondent's general mood (0 … 1).
_MOOD = 0.35


def write_survey(file: Path, *, n_respondents: int) -> None:
    """Write the answers of a number of people to items 1–12."""
    rows = [row for number in range(1, n_respondents + 1) for row in _answers(number)]
    write_csv(file, "respondent,org_unit,item,answer", rows)


def _answers(number: int) -> list[list[str]]:
    chance = Chance("musterbau", "survey", number)
    respondent, unit = f"R{number:03d}", chance.weighted(_GROUPS)
    mood = chance.unit()
    scaled = [[respondent, unit, str(item), _answer(shares, chance, mood)] for item, shares in _ITEMS.items()]
    return [*scaled, [respondent, unit, "12", chance.weighted(_ELSEWHERE)]]


def _answer(shares: tuple[float, ...], chance: Chance, mood: float) -> str:
    place = mood if chance.happens(_MOOD) else chance.unit()
    for answer, share in enumerate(shares, start=1):
        place -= share
        if place < 0:
            return str(answer)
    return "cannot_judge"
