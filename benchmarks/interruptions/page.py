"""The page about the interrupted time series: docs/method/effects.md, from page.md and the figures of the run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from interruptions import cases

#: The bar that was set beforehand: at most so many false finds, at least so many of the steps of 15 points.
MOST_FALSE, LEAST_FOUND = 0.10, 0.80
NULL, STEP = "no effect", "step of 15 points"


def write(answers: pd.DataFrame, *, minutes: float) -> str:
    """Return the page.

    Parameters
    ----------
    answers
        From `cases.answered`.
    minutes
        How long the run took.
    """
    source = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    found = {case: percent(rows["is_right" if "step" in case else "is_found"].mean()) for case, rows in _by(answers)}
    return source.format(
        table=table(answers), bar=bar(answers), seconds=f"{60 * minutes:.0f}", n=len(answers) // len(cases.CASES),
        false=found[NULL], fifteen=found[STEP], ten=found["step of 10 points"], five=found["step of 5 points"],
        half=f"{100 * answers.loc[answers['case'] == STEP, 'half_share'].mean():.0f}",
        test=cases.TEST, tuning=cases.TUNING,
    )  # fmt: skip


def table(answers: pd.DataFrame) -> str:
    """Return a row a kind of series: found, found with and without comparison, interval, nothing told."""
    heads = ("series", "found", "with comparison", "without", "interval holds the truth", "half its width", "not told")
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *(_line(case, rows) for case, rows in _by(answers))])


def bar(answers: pd.DataFrame) -> str:
    """Return whether the bar set beforehand is met."""
    groups = dict(_by(answers))
    false, found = groups[NULL]["is_found"].mean(), groups[STEP]["is_right"].mean()
    met = "met" if false <= MOST_FALSE and found >= LEAST_FOUND else "**not met**"
    return (
        f"Asked beforehand: without an effect one is found in at most {percent(MOST_FALSE)} of series, a step of 15 "
        f"points in at least {percent(LEAST_FOUND)}. Measured: {percent(false)} and {percent(found)}: {met}."
    )


def percent(share: float) -> str:
    """Return a share as percent."""
    return f"{100 * share:.1f} %" if 0 < share < LEAST_FOUND / 8 else f"{100 * share:.0f} %"


def _by(answers: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(case, answers[answers["case"] == case]) for case in cases.CASES if (answers["case"] == case).any()]


def _line(case: str, rows: pd.DataFrame) -> str:
    column = "is_right" if "step" in case else "is_found"
    told, by = rows[rows["is_told"]], rows["has_comparison"]
    cells = [
        case, percent(rows[column].mean()), percent(rows.loc[by, column].mean()), percent(rows.loc[~by, column].mean()),
        percent(told["holds"].astype(float).mean()), f"{100 * told['half_share'].astype(float).mean():.1f} points",
        percent(1 - rows["is_told"].mean()),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"
