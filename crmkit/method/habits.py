"""Same habits, another quarter: how a person's segment would fall out by chance alone.

A person's own eligible weeks are resampled in blocks, since leave and bad weeks come in a row. The
distribution is worked out exactly instead of drawn: sums of independent blocks are convolutions, so that
the same panel gives the same figure without a seed, and five thousand people take a few milliseconds.

Source: circular block bootstrap, D. N. Politis and J. P. Romano, A circular block-resampling procedure for
stationary data, in: Exploring the Limits of Bootstrap (1992), 263–270.
"""

from __future__ import annotations

import numpy as np

from crmkit.method import rules
from crmkit.method.definition import Definition
from crmkit.method.matrix import Matrix

#: Length of a block in weeks: leave is mostly two or three weeks long.
BLOCK_WEEKS = 3


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
    """
    n_eligible = weeks.eligible.sum(axis=1)
    chances = np.full((len(weeks.users), 3), np.nan)
    for n in np.unique(n_eligible[n_eligible >= rule.min_eligible_weeks]):
        who = np.flatnonzero((n_eligible == n) & ~weeks.is_new)
        own = weeks.active[who][weeks.eligible[who]].reshape(len(who), n)
        chances[who] = _of_counts(active_weeks(own), int(n), rule)
    return chances


def active_weeks(active: np.ndarray) -> np.ndarray:
    """Return the distribution of the number of active weeks when a person's weeks are resampled in blocks.

    Parameters
    ----------
    active
        People × eligible weeks, in their order (bool).

    Returns
    -------
    numpy.ndarray
        People × (weeks + 1): probability of 0, 1, … active weeks.

    Examples
    --------
    >>> active_weeks(np.array([[True, True, True, True], [True, False, False, False]])).round(4).tolist()
    [[0.0, 0.0, 0.0, 0.0, 1.0], [0.1875, 0.625, 0.1875, 0.0, 0.0]]
    """
    n_people, n_weeks = active.shape
    n_blocks, rest = divmod(n_weeks, BLOCK_WEEKS)
    total = np.zeros((n_people, n_weeks + 1))
    total[:, 0] = 1.0
    for length in [BLOCK_WEEKS] * n_blocks + [rest] * (rest > 0):
        block = _block(active, length)
        total = sum(
            np.pad(total, ((0, 0), (n, 0)))[:, : n_weeks + 1] * block[:, [n]] for n in range(length + 1)
        )  # fmt: skip
    return np.asarray(total)


def _block(active: np.ndarray, length: int) -> np.ndarray:
    """Return the distribution of active weeks in a block that starts at any week, the last followed by the first."""
    n_weeks = active.shape[1]
    around = np.concatenate([active, active[:, : length - 1]], axis=1).astype(int)
    sums = np.stack([around[:, start : start + length].sum(axis=1) for start in range(n_weeks)], axis=1)
    return np.stack([(sums == n).mean(axis=1) for n in range(length + 1)], axis=1)


def _of_counts(chances: np.ndarray, n_weeks: int, rule: Definition) -> np.ndarray:
    """Return the probabilities of the segments from those of the number of active weeks."""
    active = np.arange(n_weeks + 1)
    counts = rules.Counts(np.full(n_weeks + 1, n_weeks), active, active)
    codes = rules.codes(counts, np.zeros(n_weeks + 1, bool), rule)
    return np.stack([chances[:, codes == code].sum(axis=1) for code in range(3)], axis=1)
