"""Interrupted time series: whether a weekly share stepped up or down on a day, beyond trend, season and chance.

How wrong the answer is, is measured: `benchmarks/effects.py` tries it on simulated clients (docs/method/effects.md).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from crmkit.method.effects import design
from crmkit.method.effects.effect import (
    APART_WEEKS,
    LEAST_AFTER,
    LEAST_BEFORE,
    LEAST_PEOPLE,
    LEAST_PLACEBOS,
    LEVEL,
    Effect,
    Result,
)
from crmkit.method.effects.observed import Observed, observed
from crmkit.method.tiers import COVERED_SHARE

if TYPE_CHECKING:
    import pandas as pd

#: Below this a share does not vary at all.
_NOTHING = 1e-9


def interrupted(series: pd.DataFrame, *, on: dt.date) -> Effect:
    """Return whether a weekly share of active people changed on a day.

    Parameters
    ----------
    series
        One row a complete ISO week, in any order: week (its Monday), n_active, n_total (people who count; 0 or
        missing: no log), where there is one the comparison unit's comparison_active and comparison_total, and
        working_days (0–5; else no week is shorter than others). Not changed.
    on
        The day. A week in whose midst it lies belongs to neither side.

    Returns
    -------
    Effect
        ``found_up`` or ``found_down`` if the 95 % interval of the change of the level leaves out 0.

    Raises
    ------
    MethodError
        If the series is none (see `observed`).

    Notes
    -----
    Least squares of the share, or of its difference to the comparison unit's, on trend, working days, holidays, from
    two years on the course of the year, and a step on the day. The model is chosen beforehand: one step. Standard
    errors after W. K. Newey and K. D. West, *A simple, positive semi-definite, heteroskedasticity and autocorrelation
    consistent covariance matrix*, Econometrica 55 (1987), 703–708, with ⌊4 (T/100)^(2/9)⌋ lags, the rule of thumb that
    goes back to their *Automatic lag selection in covariance matrix estimation*, Rev. Econ. Studies 61 (1994), 631–653.
    In a year of weeks these intervals are too narrow (they hold the truth in 84–90 % of simulated series), so the
    same step is tried on every other date that leaves 12 weeks before and 6 after and lies 6 weeks from the day, with
    the step of the day in the model. A change counts only if it is larger than on 95 % of those placebo dates.

    Examples
    --------
    >>> import pandas as pd
    >>> weeks = pd.date_range("2025-01-06", periods=60, freq="7D")
    >>> active = [20 + n % 3 + 15 * (n >= 30) for n in range(60)]
    >>> effect = interrupted(pd.DataFrame({"week": weeks, "n_active": active, "n_total": 60}), on=weeks[30].date())
    >>> effect.result, round(effect.level_share, 2)
    ('found_up', 0.25)
    """
    weeks = observed(series).without_week_of(on)
    position = weeks.first_after(on)
    n_before, n_after = position, len(weeks.share) - position
    if reason := _why_not(weeks, position):
        return _cannot_tell(reason, weeks, n_before, n_after)
    placebos = _placebos(weeks, position)
    if len(placebos) < LEAST_PLACEBOS:
        return _cannot_tell("few_placebos", weeks, n_before, n_after)
    level, newey_west = _fitted(weeks, [design.step(weeks, position)])
    # a series without chance leaves nothing but the last digits of a computer
    half = max(newey_west, _largest(placebos), _NOTHING)
    low, high = np.quantile(placebos, [LEVEL / 2, 1 - LEVEL / 2])
    effect = Effect(
        _result(level, half), "", level, level - half, level + half, placebo_low_share=float(low),
        placebo_high_share=float(high), n_weeks_before=n_before, n_weeks_after=n_after, n_placebos=len(placebos),
        has_comparison=weeks.has_comparison,
    )  # fmt: skip
    return effect if n_after < LEAST_BEFORE else _with_slope(effect, weeks, position)


def _cannot_tell(reason: str, weeks: Observed, n_before: int, n_after: int) -> Effect:
    return Effect(
        "cannot_tell", reason, n_weeks_before=n_before, n_weeks_after=n_after, has_comparison=weeks.has_comparison
    )


def _result(level: float, half: float) -> Result:
    if abs(level) <= half:
        return "not_found"
    return "found_up" if level > 0 else "found_down"


def _why_not(weeks: Observed, position: int) -> str:
    """Return the code of what the series lacks, empty for one that carries the regression."""
    n_before, n_after = position, len(weeks.share) - position
    conditions = {
        "before_log": n_before == 0,
        "future": n_after == 0,
        "few_people": weeks.n_people < LEAST_PEOPLE,
        "few_before": n_before < LEAST_BEFORE,
        "few_after": n_after < LEAST_AFTER,
    }
    if found := next((code for code, holds in conditions.items() if holds), ""):
        return found
    if _has_gap(weeks, position):
        return "gap"
    return "constant" if float(np.ptp(weeks.share)) < _NOTHING else ""


def _has_gap(weeks: Observed, position: int) -> bool:
    """Return whether too many weeks right before or after the day have no log: the step would be guessed."""
    number = weeks.number
    before = number[position - 1] - number[position - LEAST_BEFORE] + 1
    after = number[position + LEAST_AFTER - 1] - number[position] + 1
    between = number[position] - number[position - 1] - 1
    is_thin = before > LEAST_BEFORE / COVERED_SHARE or after > LEAST_AFTER / COVERED_SHARE
    return bool(is_thin or between > LEAST_AFTER / 2)


def _placebos(weeks: Observed, position: int) -> np.ndarray:
    """Return the change of the level on every other date that can be tried, the day's own step in the model."""
    base = np.column_stack([design.regressors(weeks), design.step(weeks, position)])
    tried = range(LEAST_BEFORE, len(weeks.share) - LEAST_AFTER + 1)
    far = [date for date in tried if abs(weeks.number[date] - weeks.number[position]) >= APART_WEEKS]
    columns = [np.column_stack([base, design.step(weeks, date)]) for date in far]
    return np.array([np.linalg.lstsq(terms, weeks.share, rcond=None)[0][-1] for terms in columns])


def _largest(placebos: np.ndarray) -> float:
    """Return the change that at most a share `LEVEL` of the placebo dates and the day itself may reach."""
    rank = max(math.floor(LEVEL * (len(placebos) + 1)), 1)
    return float(np.sort(np.abs(placebos))[-rank])


def _with_slope(effect: Effect, weeks: Observed, position: int) -> Effect:
    """Return an effect with the change of the trend in twelve weeks beside that of the level, and its interval."""
    slope, half = _fitted(weeks, [design.step(weeks, position), design.ramp(weeks, position)])
    return replace(effect, slope_share=slope, slope_low_share=slope - half, slope_high_share=slope + half)


def _fitted(weeks: Observed, terms: list[np.ndarray]) -> tuple[float, float]:
    """Return the last coefficient and half its 95 % Newey–West interval."""
    import statsmodels.api as sm

    model = sm.OLS(weeks.share, np.column_stack([design.regressors(weeks), *terms]))
    lags = math.floor(4 * (len(weeks.share) / 100) ** (2 / 9))
    fit = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    low, high = fit.conf_int(alpha=LEVEL)[-1]
    return float(fit.params[-1]), float(high - low) / 2
