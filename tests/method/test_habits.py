"""Same habits, another quarter: what chance alone does to segments, checked against made-up people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.method import firmness, habits
from crmkit.method.definition import Definition
from crmkit.method.matrix import Matrix

RULE = Definition()


def matrix(active: np.ndarray, eligible: np.ndarray | None = None) -> Matrix:
    eligible = np.ones_like(active) if eligible is None else eligible
    n_people, n_weeks = active.shape
    users = np.arange(n_people).astype(str).astype(object)
    mondays = np.arange(n_weeks)
    return Matrix(users, mondays, eligible, active & eligible, active.astype(int), np.zeros(n_people, bool))


def quarter(rng: np.random.Generator, habit: np.ndarray, *, correlation: float = 0.0) -> np.ndarray:
    """Return twelve weeks of people whose chance of an active week is `habit`; some repeat the week before."""
    weeks = rng.random((len(habit), 12)) < habit[:, None]
    for week in range(1, 12):
        again = rng.random(len(habit)) < correlation
        weeks[:, week] = np.where(again, weeks[:, week - 1], weeks[:, week])
    return weeks


def segments(active: np.ndarray) -> np.ndarray:
    n_active = active.sum(axis=1)
    return np.select([n_active >= 8, n_active >= 3], [0, 1], 2)


POPULATIONS = {
    "many at the ends": (lambda rng: rng.beta(1.2, 1, 200), 0.0),
    "all in the middle": (lambda rng: rng.beta(4, 4, 200), 0.0),
    "all alike": (lambda rng: np.full(200, 0.6), 0.0),
    "three kinds": (lambda rng: rng.choice([0.03, 0.45, 0.95], 200), 0.0),
    "leave lasts": (lambda rng: rng.beta(1.2, 1, 200), 0.3),
}


@pytest.mark.parametrize("name", POPULATIONS)
def test_expected_moves_are_those_of_people_who_change_nothing(name):
    draw, correlation = POPULATIONS[name]
    rng = np.random.default_rng(20260628)
    expected, seen, inside = [], [], []
    for _ in range(40):
        habit = draw(rng)
        first, second = (quarter(rng, habit, correlation=correlation) for _ in range(2))
        chances = habits.probabilities(matrix(first), RULE)
        expected.append(1 - chances[np.arange(200), segments(first)].mean())
        seen.append((segments(first) != segments(second)).mean())
        spread = 1.645 * firmness.noise(chances, "regular_users") + 0.5
        inside.append(abs((segments(second) == 0).sum() - firmness.expected(chances, "regular_users")) <= spread)
    assert np.mean(expected) == pytest.approx(np.mean(seen), rel=0.12)
    # The range is to hold nine tenths of the quarters; forty of them tell that to about a tenth.
    assert np.mean(inside) >= 0.75


def test_resampling_a_persons_own_weeks_promises_too_little():
    """Why blocks of a person's own weeks are not used: who was there every week would never miss one."""
    rng = np.random.default_rng(7)
    habit = rng.beta(1.2, 1, 2000)
    first, second = quarter(rng, habit), quarter(rng, habit)
    starts = rng.integers(0, 12, size=(2000, 4))
    resampled = first[np.arange(2000)[:, None, None], (starts[:, :, None] + np.arange(3)) % 12].reshape(2000, 12)
    by_blocks = (segments(resampled) != segments(first)).mean()
    seen = (segments(second) != segments(first)).mean()
    assert by_blocks < 0.75 * seen


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.booleans(), min_size=12, max_size=12), min_size=1, max_size=8))
def test_chances_add_up_and_order_of_people_is_irrelevant(rows):
    active = np.array(rows)
    chances = habits.probabilities(matrix(active), RULE)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(rows)))
    assert habits.probabilities(matrix(active[::-1]), RULE)[::-1] == pytest.approx(chances)


def test_who_cannot_be_assessed_has_no_chances():
    active = np.ones((3, 12), bool)
    eligible = np.ones((3, 12), bool)
    eligible[1, 3:] = False
    chances = habits.probabilities(matrix(active, eligible), RULE)
    assert np.isnan(chances[1]).all()
    assert chances[[0, 2], 0] == pytest.approx([1, 1], abs=1e-3)
    assert habits.probabilities(matrix(np.zeros((0, 12), bool)), RULE).shape == (0, 3)


def test_more_active_weeks_make_regular_likelier():
    active = np.tril(np.ones((13, 12), bool), -1)
    regular = habits.probabilities(matrix(active), RULE)[:, 0]
    assert (np.diff(regular) > -1e-9).all()


@pytest.mark.parametrize(("correlation", "low", "high"), [(0.0, -0.08, 0.08), (0.3, 0.2, 0.42), (0.9, 0.6, 0.6)])
def test_correlation_of_neighbouring_weeks(correlation, low, high):
    rng = np.random.default_rng(3)
    weeks = matrix(quarter(rng, np.full(3000, 0.5), correlation=correlation))
    assert low <= habits.correlation_of(weeks, np.ones(3000, bool)) <= high
