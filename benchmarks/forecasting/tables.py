"""Tables of the page, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from forecasting import scores
from forecasting.methods import DEFAULT, METHODS

#: Name of a group of questions → its sources.
GROUPS = {"simulated": ["simulated"], "real": ["m3", "tourism"], "all": ["simulated", "m3", "tourism"]}
HORIZONS = {"up to 2 months": (0, 2.01), "2–4 months": (2.01, 4.01), "4–8 months": (4.01, 9)}
HISTORIES = {"12–15 readings": (12, 15), "16–19": (16, 19), "20–25": (20, 25)}


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def percent(share: float) -> str:
    """Return a share in whole percent."""
    return "–" if np.isnan(share) else f"{100 * share:.0f} %"


def of_group(answers: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the answers on the sources of a group."""
    return answers[answers["source"].isin(GROUPS[group])]


def of_method(answers: pd.DataFrame, method: str = DEFAULT) -> pd.DataFrame:
    """Return the answers of one method."""
    return answers[answers["method"] == method]


def methods(answers: pd.DataFrame) -> str:
    """Return Brier scores side by side, with the 95 % interval of the difference to the default."""
    rows = [(f"**{name}**" if name == DEFAULT else name, *_method(answers, name)) for name in METHODS]
    bases = {group: of_method(of_group(answers, group)) for group in GROUPS}
    always = [cell for part in bases.values() for cell in (f"{scores.base_brier(part):.3f}", "")]
    rows.append(("base rate, known beforehand", *always, "–", "–"))
    head = ["method"]
    for group in GROUPS:
        head += [group, "to default"]
    return markdown([*head, "resolution", "failed"], rows)


def _method(answers: pd.DataFrame, name: str) -> list[str]:
    cells = []
    for group in GROUPS:
        part = of_group(answers, group)
        own, default = of_method(part, name), of_method(part)
        _, low, high = scores.difference(default, own)
        cells += [f"{scores.brier(own):.3f}", "" if name == DEFAULT else f"{low:+.3f} … {high:+.3f}"]
    own = of_method(answers, name)
    failed = own.drop_duplicates(["name", "history"])["failed"]
    return [*cells, f"{scores.resolution(own):.2f}", f"{int(failed.sum())}" if failed.any() else "0"]


def intervals(answers: pd.DataFrame) -> str:
    """Return coverage and width of the 80 % interval of every method; `answers` include goals that were met."""
    rows = []
    for name in METHODS:
        own = of_method(answers, name)
        cells = [scores.coverage(of_group(own, group)) for group in GROUPS]
        rows.append((name, *[f"{percent(held)}, {percent(width)}" for held, width in cells]))
    return markdown(["method", *[f"{group}: held, width" for group in GROUPS]], rows)


def reliability(answers: pd.DataFrame) -> str:
    """Return what was stated and how often it came true, by source."""
    rows = []
    for group in ("simulated", "m3", "tourism", "all"):
        sources = GROUPS.get(group, [group])
        found = scores.reliability(of_method(answers[answers["source"].isin(sources)]))
        rows += [
            (group, one.stated, one.n, percent(one.said), f"{percent(one.happened)} ({_range(one)})")
            for one in found.itertuples()
        ]
    return markdown(["source", "stated", "statements", "mean of them", "came true"], rows)


def statuses(answers: pd.DataFrame) -> str:
    """Return how often goals of each status were reached in the end."""
    rows = []
    for group in GROUPS:
        found = scores.statuses(of_method(of_group(answers, group)))
        rows += [(group, one.status, one.n, f"{percent(one.happened)} ({_range(one)})") for one in found.itertuples()]
    return markdown(["source", "status by probability", "statements", "reached"], rows)


def _range(one: object) -> str:
    low, high = (getattr(one, name) for name in ("low", "high"))
    return "–" if np.isnan(low) else f"{100 * low:.0f}–{100 * high:.0f}"


def breakdown(asked: pd.DataFrame, everything: pd.DataFrame) -> str:
    """Return base rate, Brier score, skill and coverage of the default in parts of the questions."""
    own, complete = of_method(asked), of_method(everything)
    parts = {source: own[own["source"] == source] for source in ("simulated", "m3", "tourism")}
    parts |= {f"to the deadline: {name}": own[own["months"].between(*limits)] for name, limits in HORIZONS.items()}
    parts |= {f"history: {name}": own[own["n_history"].between(*limits)] for name, limits in HISTORIES.items()}
    for name, low, high in (("reduce", -1, -0.01), ("keep", 0, 0), ("+5 %", 0.05, 0.05), ("+10 %", 0.1, 0.1),
                            ("+15 to +30 %", 0.15, 0.3)):  # fmt: skip
        parts[f"goal: {name}"] = own[own["change"].between(low, high)]
    simulated = own[own["source"] == "simulated"]
    parts["simulated, starts with a programme"] = simulated[simulated["with_programme"]]
    parts["simulated, without one"] = simulated[~simulated["with_programme"]]
    parts["last reading inside a month"] = own[own["inside"]]
    parts["met at the last reading (not in the other rows)"] = complete[complete["is_met"]]
    rows = [(name, *_part(part)) for name, part in parts.items()]
    return markdown(["part", "questions", "base rate", "Brier", "of the base rate", "skill", "80 % held"], rows)


def _part(rows: pd.DataFrame) -> list[str]:
    return [
        str(len(rows)), percent(rows["happened"].mean()), f"{scores.brier(rows):.3f}", f"{scores.base_brier(rows):.3f}",
        percent(scores.skill(rows)), percent(scores.coverage(rows)[0]),
    ]  # fmt: skip


def drift(answers: pd.DataFrame) -> str:
    """Return how much of the last year's pace went on, and how much the default and a line expected of it."""
    rows = []
    for source in ("simulated", "m3", "tourism"):
        own = of_method(answers[answers["source"] == source])
        cells = [scores.carried(own, column) for column in ("reading", "middle")]
        rows.append((source, *[f"{percent(pace)} ({100 * low:.0f} to {100 * high:.0f})" for pace, low, high in cells]))
    return markdown(["source", "of the last year's pace went on", "expected by the kit"], rows)


def bar(asked: pd.DataFrame, everything: pd.DataFrame) -> str:
    """Return what was asked of the default beforehand, and whether it is met."""
    rows = [(name, *[check(asked, everything, group) for group in GROUPS]) for name, check in BAR.items()]
    return markdown(["what was asked beforehand", *GROUPS], rows)


def _best(asked: pd.DataFrame, _: pd.DataFrame, group: str) -> str:
    part = of_group(asked, group)
    default = of_method(part)
    found = {name: scores.brier(of_method(part, name)) for name in METHODS}
    # Variants of the default are the default's own business; it has to hold its own against them too.
    best = min(found, key=lambda name: found[name])
    if best == DEFAULT:
        return f"yes, best ({found[best]:.3f})"
    within = scores.difference(default, of_method(part, best))[2] >= 0
    return f"{'yes' if within else 'no'}, {found[DEFAULT]:.3f}; best {found[best]:.3f}, {best}"


def _held(_: pd.DataFrame, everything: pd.DataFrame, group: str) -> str:
    held = scores.coverage(of_method(of_group(everything, group)))[0]
    return f"{'yes' if 0.76 <= held <= 0.88 else 'no'}, {percent(held)}"


def _halves(asked: pd.DataFrame, _: pd.DataFrame, group: str) -> str:
    found = scores.reliability(of_method(of_group(asked, group))).set_index("stated").loc["50–75 %", "happened"]
    return f"{'yes' if 0.45 <= found <= 0.80 else 'no'}, {percent(found)}"


def _rate(asked: pd.DataFrame, _: pd.DataFrame, group: str) -> str:
    rate = of_method(of_group(asked, group))["happened"].mean()
    return f"{'yes' if 0.25 <= rate <= 0.60 else 'no'}, {percent(rate)}"


BAR = {
    "Brier score best, or within the noise of the best": _best,
    "80 % interval holds 76–88 % of readings": _held,
    "of statements of 50–75 %, 45–80 % come true": _halves,
    "25–60 % of goals are reached": _rate,
}
