"""Which further numbers to mask, so that nobody can compute the secret ones: few, and always the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from crmkit.privacy.bounds import Attack
from crmkit.privacy.programme import TOLERANCE, Programme
from crmkit.privacy.statements import HEADLINE_WEIGHT, Statement
from crmkit.privacy.system import System, blocks_of, propagated

#: Programmes solved for one secret: what had to move cheaply before is made cheaper still, so that few numbers move.
_ROUNDS = 4
#: Larger numbers are worth a little more than small ones; so much at most.
_VALUE_WEIGHT, _VALUE_FULL = 0.2, 100.0
_MOVED = 1e-5


def masked_numbers(system: System, statements: Sequence[Statement]) -> np.ndarray:
    """Return which unknowns must not be shown (bool array).

    Parameters
    ----------
    system
        The equations between the numbers.
    statements
        The numbers.

    Returns
    -------
    numpy.ndarray
        True for secret numbers and for those masked beside them.

    Notes
    -----
    For each secret that the shown numbers bound closer than its k, a linear programme finds the cheapest numbers that
    have to move with it (protection flows after Cox and Kelly, here over linked tables), reweighted so that few move;
    afterwards each is shown again if all secrets stay wide. Numbers are masked in the order of their weight: those of
    the whole client only where cells and the sizes of groups do not suffice.
    """
    hidden = np.zeros(len(system.values), bool)
    while True:
        weights, secret, headlines = _weights_and_secrets(system, statements, hidden)
        masked = _masked_beside(system, weights, secret)
        # what all may be told because a headline says so is a secret once more where that headline is masked
        lost = headlines & masked
        if not lost.any():
            return masked
        hidden |= lost


def _masked_beside(system: System, weights: np.ndarray, secret: np.ndarray) -> np.ndarray:
    """Return the secret numbers and those that are masked beside them."""
    is_number = np.arange(len(weights)) >= system.n_cells
    masked = secret & is_number
    for most in np.unique(weights[is_number]):
        is_open = np.zeros(len(weights), bool)
        is_open[_open(system, masked, secret)] = True
        if not is_open.any():
            break
        free = _free(system, is_number & ~masked & (weights > most))
        for rows, columns in blocks_of(system.sums, free):
            if is_open[columns].any():
                part = _part_of(system, rows, columns)
                masked[columns] = _best_masks(part, weights[columns], secret[columns], masked[columns])
    return masked


def _weights_and_secrets(
    system: System, statements: Sequence[Statement], hidden: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the weight of each unknown, whether it is secret, and whether it is a headline that tells all."""
    weights, secret = np.zeros(len(system.values)), np.zeros(len(system.values), bool)
    private = secret.copy()
    for position, statement in zip(system.number_of, statements, strict=True):
        weights[position] = max(weights[position], statement.weight)
        secret[position] |= statement.is_secret
        private[position] |= statement.is_private
    # of what is only presumed to be known, that something is true of nobody
    is_headline = (weights == HEADLINE_WEIGHT) | ((weights > HEADLINE_WEIGHT) & (system.values == 0))
    headlines = is_headline & ~secret & ~private & ~hidden
    private[Attack(system, headlines).narrow(np.flatnonzero(private))] = False
    small = (system.values > TOLERANCE) & (system.values < system.needs - TOLERANCE)
    return weights, small | secret | private, headlines


def _free(system: System, shown: np.ndarray) -> np.ndarray:
    """Return which unknowns do not follow from the shown ones one by one."""
    known = np.where(shown, system.values, np.nan)
    known[system.empty] = 0.0
    return np.isnan(propagated(system.sums, system.offsets, known))


def _part_of(system: System, rows: np.ndarray, columns: np.ndarray) -> System:
    """Return a block as a system of its own; everything else is known."""
    sums = system.sums[rows]
    others = system.point.copy()
    others[columns] = 0.0
    return replace(
        system, sums=sums[:, columns], offsets=system.offsets[rows] - sums @ others, values=system.values[columns],
        point=system.point[columns], n_cells=int((columns < system.n_cells).sum()), number_of=np.array([], dtype=int),
        needs=system.needs[columns], widths=system.widths[columns],
        empty=np.array([], dtype=int), names=[],
    )  # fmt: skip


def _open(system: System, masked: np.ndarray, secret: np.ndarray, ways: list[np.ndarray] | None = None) -> list[int]:
    """Return what the shown numbers tell of fewer than k people."""
    attack, guarded, others = _attack(system, masked, secret, ways)
    return attack.narrow(guarded) + attack.telling(others)


def _attack(
    system: System, masked: np.ndarray, secret: np.ndarray, ways: list[np.ndarray] | None
) -> tuple[Attack, np.ndarray, np.ndarray]:
    """Return an attack on what is shown, what is to be guarded, and what else must not be telling."""
    shown = (np.arange(len(masked)) >= system.n_cells) & ~masked
    guarded = secret | masked
    return Attack(system, shown, ways), np.flatnonzero(guarded), np.flatnonzero(~guarded & ~shown)


def _best_masks(part: System, weights: np.ndarray, secret: np.ndarray, masked: np.ndarray) -> np.ndarray:
    """Return what is masked in a block: the cheaper of going on from what is masked, and of beginning anew."""
    anew = secret & (np.arange(len(masked)) >= part.n_cells)
    starts = [masked, anew] if (masked != anew).any() else [masked]
    found = [_masked_in(part, weights, secret, start) for start in starts]
    return min(found, key=lambda one: weights[one].sum())


def _masked_in(part: System, weights: np.ndarray, secret: np.ndarray, masked: np.ndarray) -> np.ndarray:
    """Return what is masked in a block: widened until nothing is open, then narrowed again."""
    masked, n_before = masked.copy(), -1
    ways: list[np.ndarray] = []
    while masked.sum() > n_before:
        n_before = masked.sum()
        for position in _open(part, masked, secret, ways):
            masked |= _moving_with(part, position, weights, masked, ways)
    return _without_needless(part, weights, secret, masked, ways)


def _moving_with(
    part: System, position: int, weights: np.ndarray, masked: np.ndarray, ways: list[np.ndarray]
) -> np.ndarray:
    """Return the shown numbers that have to move so that an unknown can lie anywhere within its width."""
    shown = (np.arange(len(masked)) >= part.n_cells) & ~masked
    size = 1 + _VALUE_WEIGHT * np.minimum(part.point, _VALUE_FULL) / _VALUE_FULL
    prices = np.where(shown, weights * size, 0.0)
    costs, best, cheapest = prices, np.zeros(len(masked), bool), np.inf
    kept: list[np.ndarray] = []
    flows = _flows(part, position)
    for _ in range(_ROUNDS):
        found = flows.least(np.tile(costs, 4))
        if found is None:
            return shown
        up_more, up_less, down_more, down_less = found.reshape(4, -1)
        up, down = _clean(up_more - up_less), _clean(down_more - down_less)
        moved = shown & ((up != 0) | (down != 0))
        if (price := prices[moved].sum()) < cheapest - TOLERANCE:
            best, cheapest, kept = moved, price, [up, down]
        costs = prices / (np.abs(up) + np.abs(down) + 1.0)
    ways += kept
    return best


def _clean(way: np.ndarray) -> np.ndarray:
    return np.where(np.abs(way) > _MOVED, way, 0.0)


def _flows(part: System, position: int) -> Programme:
    """Return the programme of two moves of all unknowns between which one moves by its width.

    Its unknowns are what each one gains and loses in the first move, and in the second.
    """
    n_rows, n = len(part.offsets), len(part.point)
    nothing = sparse.csr_array((n_rows, 2 * n))
    both = sparse.hstack([part.sums, -part.sums])
    apart = sparse.csr_array(
        ([1.0, -1.0, -1.0, 1.0], ([0] * 4, [position + n * turn for turn in range(4)])), shape=(1, 4 * n)
    )
    sums = sparse.vstack([sparse.hstack([both, nothing]), sparse.hstack([nothing, both]), apart], format="csr")
    upper = np.concatenate([np.full(n, np.inf), part.point] * 2)
    rest = np.append(np.zeros(2 * n_rows), part.widths[position])
    return Programme(sparse.csr_array(sums), rest, np.zeros(4 * n), upper)


def _without_needless(
    part: System, weights: np.ndarray, secret: np.ndarray, masked: np.ndarray, ways: list[np.ndarray]
) -> np.ndarray:
    """Return what is masked less the numbers that can be shown again, the weightiest first."""
    extra = np.flatnonzero(masked & ~secret)
    for position in extra[np.lexsort((extra, -part.point[extra], -weights[extra]))]:
        tried = masked.copy()
        tried[position] = False
        attack, guarded, others = _attack(part, tried, secret, ways)
        if not attack.is_open(guarded, others):
            masked = tried
    return masked
