"""Scores of answers: Brier, skill, resolution, reliability, coverage, and how sure their differences are.

Sources: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950),
1–3 · A. H. Murphy, A new vector partition of the probability score, Journal of Applied Meteorology 12 (1973),
595–600 · T. Gneiting, A. E. Raftery, Strictly proper scoring rules, prediction, and estimation, JASA 102 (2007),
359–378.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmkit.method.goals.tracking import AT_RISK, ON_TRACK

#: Limits of the stated probabilities in the reliability table.
STATED = (0.0, 0.25, 0.5, 0.75, 1.0)
STATED_NAMES = ("5–25 %", "25–50 %", "50–75 %", "75–95 %")
RESAMPLES = 4000
_SEED = 20260628


def brier(rows: pd.DataFrame) -> float:
    """Return the mean squared difference of probability and outcome."""
    return float(((rows["probability"] - rows["happened"]) ** 2).mean())


def base_brier(rows: pd.DataFrame) -> float:
    """Return the Brier score of always saying how often it happens in these rows, which nobody knows beforehand."""
    rate = rows["happened"].mean()
    return float(rate * (1 - rate))


def skill(rows: pd.DataFrame) -> float:
    """Return how much smaller the Brier score is than that of the base rate (1 is perfect, 0 is none)."""
    return 1 - brier(rows) / base_brier(rows)


def resolution(rows: pd.DataFrame) -> float:
    """Return how far apart the outcomes of different statements are (ten classes), as a share of the uncertainty."""
    classes = rows.groupby(np.minimum(rows["probability"] * 10, 9.999).astype(int))["happened"].agg(["mean", "size"])
    spread = ((classes["mean"] - rows["happened"].mean()) ** 2 * classes["size"]).sum() / len(rows)
    return float(spread) / base_brier(rows)


def difference(rows: pd.DataFrame, other: pd.DataFrame) -> tuple[float, float, float]:
    """Return the mean difference of two methods' Brier scores (other − rows) and its 95 % interval.

    Series are resampled, not questions: six goals of one series succeed or fail together.
    """
    losses = [((part["probability"] - part["happened"]) ** 2).to_numpy() for part in (rows, other)]
    by_name = pd.DataFrame({"name": rows["name"].to_numpy(), "more": losses[1] - losses[0]})
    sums = by_name.groupby("name", sort=True)["more"].agg(["sum", "size"]).to_numpy()
    resampled = _resampled(sums)
    return float(sums[:, 0].sum() / sums[:, 1].sum()), *map(float, np.quantile(resampled, [0.025, 0.975]))


def _resampled(sums: np.ndarray) -> np.ndarray:
    """Return ratios of sums over resampled series."""
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=RESAMPLES)
    totals = drawn @ sums
    return totals[:, 0] / totals[:, 1]


def reliability(rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each class of statements how many, what was said and how often it happened, with its noise.

    Returns
    -------
    pandas.DataFrame
        stated (name of the class), n, said (mean), happened (share), low, high (95 %, over series).
    """
    classes = np.digitize(rows["probability"], STATED[1:-1])
    found = []
    for number, name in enumerate(STATED_NAMES):
        part = rows[classes == number]
        found.append({"stated": name, **share_of(part), "said": part["probability"].mean()})
    return pd.DataFrame(found)


def share_of(rows: pd.DataFrame) -> dict[str, float]:
    """Return n, happened (share), low and high (95 %, over series) of some questions."""
    if rows.empty:
        return {"n": 0, "happened": np.nan, "low": np.nan, "high": np.nan}
    sums = rows.groupby("name")["happened"].agg(["sum", "size"]).to_numpy(dtype=float)
    low, high = np.quantile(_resampled(sums), [0.025, 0.975])
    return {"n": len(rows), "happened": float(rows["happened"].mean()), "low": float(low), "high": float(high)}


def coverage(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the share of deadlines whose reading lay in the 80 % interval, and its mean width by the size of readings.

    Goals with the same history and deadline count once.
    """
    deadlines = rows.drop_duplicates(["name", "history", "months"])
    # A limit that the metric's bounds have clipped still holds the reading on it.
    inside = (deadlines["reading"] >= deadlines["low"] - 1e-9) & (deadlines["reading"] <= deadlines["high"] + 1e-9)
    sizes = deadlines["size"].clip(lower=1e-9)
    widths = (deadlines["high"] - deadlines["low"]) / sizes
    return float(inside.mean()), float(widths.mean())


def carried(rows: pd.DataFrame, column: str) -> tuple[float, float, float]:
    """Return how much of the last year's pace goes on to the deadline, with its 95 % interval over series.

    Parameters
    ----------
    rows
        Answers of one method.
    column
        ``reading`` for what happened, ``middle`` for what the method expected.

    Returns
    -------
    tuple of float
        Slope through the origin of the change to the deadline on pace × months, both by the size of the readings: 1
        if the pace goes on, 0 if it says nothing about what follows.
    """
    rows = rows.drop_duplicates(["name", "history", "months"])
    size = rows["size"].clip(lower=1e-9)
    led, came = rows["pace"] * rows["months"] / size, (rows[column] - rows["last"]) / size
    parts = pd.DataFrame({"name": rows["name"], "product": led * came, "square": led**2})
    sums = parts.groupby("name")[["product", "square"]].sum().to_numpy()
    low, high = np.quantile(_resampled(sums), [0.025, 0.975])
    return float(sums[:, 0].sum() / sums[:, 1].sum()), float(low), float(high)


def statuses(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how often goals of each status by probability were reached: status, n, happened, low, high."""
    classes = np.digitize(rows["probability"], [AT_RISK, ON_TRACK])
    names = ("off track", "at risk", "on track")
    return pd.DataFrame([{"status": names[k], **share_of(rows[classes == k])} for k in (2, 1, 0)])
