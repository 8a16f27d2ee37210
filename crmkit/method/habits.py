"""Same habits, another quarter: how a person's segment would fall out by chance alone.

Twelve observed weeks are not a habit: who was there in all of them is, on average, there a little less next
time. So the mix of habits of all people is estimated first; each person's next quarter follows from that mix
and from the weeks that were seen. Neighbouring weeks depend on each other (leave lasts more than a week),
which widens the spread.

Resampling a person's own weeks in blocks looks like the obvious way, but takes the observed weeks for the
habit: it promised half of the changes that people with fixed habits really show
(`tests/method/test_habits.py`).
"""

from __future__ import annotations

from math import comb

import numpy as np

from crmkit.method import rules
from crmkit.method.definition import Definition
from crmkit.method.matrix import Matrix

#: Habits looked at: chances of an active week, denser towards never and always.
_GRID = np.sin(np.linspace(0, np.pi / 2, 101)) ** 2
#: Steps of the estimate of the mix; further ones change nothing that can be seen.
_STEPS = 300
#: Correlations of neighbouring weeks beyond these are no habit but a break, or a timetable.
_CORRELATED = (-0.5, 0.6)
#: Weeks from which a correlation can be told.
_LEAST_WEEKS = 6


def probabilities(weeks: Matrix, rule: Definition) -> np.ndarray:
    """Return each person's probabilities of being regular, occasional and rare in another such window.

    Parameters
    ----------
    weeks
        One window.
    rule
        Thresholds, rule ``crmkit``.

    Returns
    -------
    numpy.ndarray
        People × 3, rows add up to 1; NaN for people who are not assessable.

    Notes
    -----
    Empirical Bayes: the mix of habits is the nonparametric maximum likelihood estimate on a grid, by EM
    (N. Laird, Nonparametric maximum likelihood estimation of a mixing distribution, JASA 73 (1978), 805–811).
    Given a habit, active weeks are beta-binomial with the variance that the correlation of neighbouring weeks
    gives. A common cause, such as an outage or a trade fair, is not in it.
    """
    eligible, active = weeks.eligible.sum(axis=1), weeks.active.sum(axis=1)
    chances = np.full((len(weeks.users), 3), np.nan)
    known = (eligible >= rule.min_eligible_weeks) & ~weeks.is_new
    if not known.any():
        return chances
    kinds, kind, n_people = np.unique(
        np.stack([eligible[known], active[known]], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    correlation = correlation_of(weeks, known)
    likelihood = np.stack([_active_weeks(int(n), correlation)[:, a] for n, a in kinds])
    mix = _mix(likelihood, n_people)
    habit = likelihood * mix
    habit /= habit.sum(axis=1, keepdims=True)
    next_time = [_of_segments(int(n), correlation, rule) for n, _ in kinds]
    chances[known] = np.stack([own @ segments for own, segments in zip(habit, next_time, strict=True)])[kind.ravel()]
    return chances


def correlation_of(weeks: Matrix, known: np.ndarray) -> float:
    """Return how much an active week makes the next one active, within people (−0.5 to 0.6; below 0 in a timetable).

    Parameters
    ----------
    weeks
        One window.
    known
        People to look at.

    Notes
    -----
    Lag-one autocorrelation about each person's own mean, pooled, with the bias of short series taken off
    (M. G. Kendall, Note on bias in the estimation of autocorrelation, Biometrika 41 (1954), 403–404).
    """
    eligible, active = weeks.eligible[known], weeks.active[known]
    n = eligible.sum(axis=1)
    mean = active.sum(axis=1) / np.maximum(n, 1)
    away = np.where(eligible, active - mean[:, None], 0.0)
    together = eligible[:, 1:] & eligible[:, :-1]
    n_pairs, spread = together.sum(), (away**2).sum() / max(eligible.sum(), 1)
    typical = float(n.mean())
    if typical < _LEAST_WEEKS or n_pairs == 0 or spread == 0:
        return 0.0
    seen = (away[:, 1:] * away[:, :-1])[together].sum() / n_pairs / spread
    return float(np.clip((seen + 1 / typical) / (1 - 3 / typical), *_CORRELATED))


def _active_weeks(n_weeks: int, correlation: float) -> np.ndarray:
    """Return the distribution of the number of active weeks, habits × (weeks + 1).

    The sum of n weeks with correlation ρ has the binomial variance times 1 + 2 Σ (1 − k/n) ρᵏ.
    """
    lags = np.arange(1, n_weeks)
    wider = 1 + 2 * float(((1 - lags / n_weeks) * correlation**lags).sum())
    if wider >= 1:
        return _beta_binomial(n_weeks, (wider - 1) / (n_weeks - 1) if n_weeks > 1 else 0.0)
    # Narrower than chance: a share of the weeks follows a timetable.
    return wider * _beta_binomial(n_weeks, 0.0) + (1 - wider) * _timetable(n_weeks)


def _timetable(n: int) -> np.ndarray:
    """Return the narrowest distribution of each habit's mean: the two whole numbers of weeks beside it."""
    weeks = np.abs(np.arange(n + 1)[None, :] - (_GRID * n)[:, None])
    return np.clip(1 - weeks, 0, 1)


def _beta_binomial(n: int, alike: float) -> np.ndarray:
    """Return the beta-binomial distribution of each habit's mean, habits × (n + 1); binomial for `alike` = 0.

    As an urn: each week that was active makes the next draw likelier by `alike`.
    """
    drawn = np.arange(n)
    steps = alike * drawn / (1 - alike)
    rises = np.cumprod(np.concatenate([np.ones((len(_GRID), 1)), _GRID[:, None] + steps], axis=1), axis=1)
    falls = np.cumprod(np.concatenate([np.ones((len(_GRID), 1)), 1 - _GRID[:, None] + steps], axis=1), axis=1)
    ways = np.array([comb(n, k) for k in range(n + 1)])
    return ways * rises * falls[:, ::-1] / np.prod(1 + steps)


def _mix(likelihood: np.ndarray, n_people: np.ndarray) -> np.ndarray:
    """Return the share of people with each habit of the grid."""
    mix = np.full(len(_GRID), 1 / len(_GRID))
    for _ in range(_STEPS):
        habit = likelihood * mix
        mix = n_people @ (habit / habit.sum(axis=1, keepdims=True)) / n_people.sum()
    return mix


def _of_segments(n_weeks: int, correlation: float, rule: Definition) -> np.ndarray:
    """Return the chances of the segments in a window of n weeks that count, habits × 3."""
    active = np.arange(n_weeks + 1)
    counts = rules.Counts(np.full(n_weeks + 1, n_weeks), active, active)
    codes = rules.codes(counts, np.zeros(n_weeks + 1, bool), rule)
    chances = _active_weeks(n_weeks, correlation)
    return np.stack([chances[:, codes == code].sum(axis=1) for code in range(3)], axis=1)
