"""Words for goals: amounts in the metric's unit, status, pace, and what the tables of goals say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import MASKED, rows_of
from crmkit.report.language import N_, Language
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Values of `goal_path.path` that are readings; all others are paths to the target.
READINGS = ("reading", "actual", "observed")
#: Metrics that count people; all others are shares (0–1).
#: Room that a word needs under the lowest value (level lines).
_ROOM = 0.5
_COUNTS = ("active_users", "regular_users")


def amount(value: float | None, metric: str, t: Language) -> str:
    """Return a value of a metric: people as a number, a share as percent; masked or missing as such."""
    if value is None:
        return MASKED
    return t.number(value, 0 if value == int(value) else 1) if metric in _COUNTS else t.percent(value)


def pace(value: float | None, metric: str, t: Language) -> str:
    """Return a change per month: people, or percentage points."""
    if value is None:
        return "–"
    if metric in _COUNTS:
        return t.signed(value, 1)
    return t.gettext("{value} Pp.", value=t.signed(value * 100, 1))


def chance(probability: float, t: Language) -> str:
    """Return a probability in words and tenths."""
    tenths = min(max(round(probability * 10), 1), 9)
    words = N_("wahrscheinlich") if tenths >= 6 else N_("offen") if tenths >= 3 else N_("wenig wahrscheinlich")  # noqa: PLR2004
    return t.gettext("{chance} ({tenths} von 10)", chance=t.gettext(words), tenths=t.number(tenths))


def levels_of(values: list[float], metric: str) -> list[float]:
    """Return the level lines around some values, in round steps, with room for a word under the lowest value.

    Lines show change, so they may start above zero; never below. People are counted in whole numbers.

    Examples
    --------
    >>> levels_of([36, 42, 48], "active_users")
    [30, 35, 40, 45, 50]
    """
    low, high = min(values), max(values)
    rough = max(high - low, high / 10, 1e-3) / 3
    power = 10 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough - 1e-9)
    step = max(step, 1) if metric in _COUNTS else step
    first = max(math.floor(low / step - _ROOM), 0)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    return [round(level * step, 9) for level in range(first, last + 1)]


def status_line(goal: dict[str, Any], t: Language) -> str:
    """Return where a goal stands: reading, target, deadline."""
    metric = goal["metric"]
    if goal["actual"] is None or goal["target"] is None:
        return t.gettext("bis {deadline}", deadline=t.date(goal["deadline"]))
    return t.gettext(
        "Ist {actual}, Ziel {target} bis {deadline}",
        actual=amount(goal["actual"], metric, t), target=amount(goal["target"], metric, t),
        deadline=t.date(goal["deadline"]),
    )  # fmt: skip


def pace_line(goal: dict[str, Any], t: Language) -> str:
    """Return required against observed pace, empty where they mean nothing."""
    if goal["required_pace"] is None or goal["observed_pace"] is None:
        return ""
    required, observed = (pace(goal[name], goal["metric"], t) for name in ("required_pace", "observed_pace"))
    return t.gettext("Soll-Tempo {required}, Ist-Tempo {observed} je Monat", required=required, observed=observed)


def summary(table: ProtectedTable, t: Language) -> str:
    """Return how many goals there are, by status."""
    statuses = [row["status"] for row in rows_of(table)]
    counts = [f"{t.number(statuses.count(code))} {word(t, 'status', code)}" for code in dict.fromkeys(statuses)]
    goals = t.ngettext("{n} Ziel", "{n} Ziele", len(statuses))
    return t.gettext("{goals}: {counts}.", goals=goals, counts=t.joined(counts))


def finding(table: ProtectedTable, t: Language) -> str:
    """Return the status of one goal, or how many of several are reached or on track."""
    rows = rows_of(table)
    if len(rows) == 1:
        return f"{status_line(rows[0], t)}: {word(t, 'status', rows[0]['status'])}."
    good = sum(row["status"] in ("reached", "on_track") for row in rows)
    return t.gettext("Erreicht oder auf Kurs: {n} von {total} Zielen.", n=t.number(good), total=t.number(len(rows)))


def spoken(goal: dict[str, Any], t: Language) -> str:
    """Return a goal with its status, for those who do not see the chart."""
    return f"{goal['wording']} {status_line(goal, t)}, {word(t, 'status', goal['status'])}"
