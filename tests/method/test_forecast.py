"""The forecast of a goal: what must hold of any, and that its backtest reads clients as the kit does."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmkit.errors import MethodError
from crmkit.method import panel, segments
from crmkit.method.goals.components import WINDOW, Prior, variograms
from crmkit.method.goals.forecast import LEAST, MOST, fit, probability

AT = [24000.0 + month for month in range(1, 25)]
RNG = np.random.default_rng(20260628)
VALUES = (60 + np.cumsum(RNG.normal(0, 1, 24))).round().tolist()
#: One model: a random walk that is read through windows.
WALK = Prior(noise=(0.0,), season=(0.0,), rough=(0.0,), slope=(0.0, 0.0))

series = st.lists(st.integers(0, 300).map(float), min_size=12, max_size=26)
months = st.floats(0, 12)


def at_of(values: list[float]) -> list[float]:
    return [24000.0 + month for month in range(len(values))]


# What must hold of any series ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(series, months, st.integers(-20, 400), st.integers(0, 50), st.sampled_from([0.0, 1.0]))
def test_more_is_never_more_likely(values, ahead, target, more, step):
    found = fit(at_of(values), values)
    near, far = (found.probability(goal, months=ahead, step=step) for goal in (target, target + more))
    assert LEAST <= far <= near <= MOST
    less, least = (found.probability(goal, months=ahead, step=step, falling=True) for goal in (target, target - more))
    assert LEAST <= least <= less <= MOST


@settings(deadline=None, max_examples=60)
@given(series, months, st.integers(0, 300))
def test_falling_is_rising_in_a_mirror(values, ahead, target):
    up = probability(at_of(values), values, target=target, months=ahead, step=1)
    mirrored = [-value for value in values]
    assert probability(at_of(values), mirrored, target=-target, months=ahead, falling=True, step=1) == pytest.approx(up)


@settings(deadline=None, max_examples=60)
@given(series, months, st.integers(1, 300), st.sampled_from([1e-6, 0.005, 3.0, 1e9]))
def test_units_do_not_matter(values, ahead, target, unit):
    scaled = [value * unit for value in values]
    found = fit(at_of(values), values).quantile(ahead, 0.9)
    assert fit(at_of(values), scaled).quantile(ahead, 0.9) == pytest.approx(found * unit, rel=1e-6, abs=1e-6 * unit)
    chance = probability(at_of(values), values, target=target, months=ahead, step=1)
    again = probability(at_of(values), scaled, target=target * unit, months=ahead, step=unit)
    assert again == pytest.approx(chance, abs=1e-4)


@settings(deadline=None, max_examples=60)
@given(series, months)
@example([0.0] * 11 + [1.0], 7.949922194908003e-24)
@example([0.0] * 11 + [1.0], 1e-6)
def test_quantiles_ascend_and_stay_within_the_bounds(values, ahead):
    found = fit(at_of(values), values, high=300)
    quantiles = [found.quantile(ahead, share) for share in (0.001, 0.1, 0.4, 0.5, 0.6, 0.9, 0.999)]
    assert quantiles == sorted(quantiles)
    assert 0 <= quantiles[0] <= quantiles[-1] <= 300


@pytest.mark.parametrize("share", [0.06, 0.2, 0.5, 0.8, 0.94])
@pytest.mark.parametrize("ahead", [0.3, 1, 4, 9.5])
def test_quantile_and_probability_say_the_same(share, ahead):
    found = fit(AT, VALUES)
    value = found.quantile(ahead, share)
    assert found.probability(value, months=ahead) == pytest.approx(1 - share, abs=1e-6)
    assert found.probability(value, months=ahead, falling=True) == pytest.approx(share, abs=1e-6)
    # Half a step less is enough: people are whole.
    assert found.probability(value + 0.5, months=ahead, step=1) == pytest.approx(1 - share, abs=1e-6)


def test_farther_is_less_sure():
    found = fit(AT, VALUES)
    widths = [found.quantile(ahead, 0.9) - found.quantile(ahead, 0.1) for ahead in (0, 0.1, 0.5, 1, 2, 3)]
    assert widths == sorted(widths)
    assert widths[0] == 0


def test_the_same_again():
    at, values = list(AT), list(VALUES)
    found = [probability(at, values, target=65, months=3, step=1) for _ in range(2)]
    assert found[0] == found[1] == probability(np.array(at), np.array(values), target=65, months=3, step=1)
    assert (at, values) == (AT, VALUES)
    # A date of reference does not matter, and what is older than two years is not looked at.
    shifted = [month - 23990 for month in AT]
    assert probability(shifted, VALUES, target=65, months=3, step=1) == pytest.approx(found[0])
    older = [AT[0] - 1, *AT], [900.0, *VALUES]
    assert probability(*older, target=65, months=3, step=1) == found[0]


# Series as clients have them -------------------------------------------------------------------------------------


def test_less_than_a_year_has_no_forecast():
    assert fit(AT[:11], VALUES[:11]) is None
    assert probability(AT[:11], VALUES[:11], target=60, months=3) is None
    assert probability(AT[:12], VALUES[:12], target=60, months=3) is not None


@pytest.mark.parametrize(("value", "high"), [(60.0, math.inf), (0.3, 1.0), (0.1 + 0.2, 1.0), (0.0, 1.0), (1.0, 1.0)])
def test_what_never_moved_stays(value, high):
    found = fit(AT, [value] * 24, high=high)
    for ahead in (0, 0.5, 6):
        assert found.quantile(ahead, 0.1) == found.quantile(ahead, 0.9) == value
        assert found.probability(value, months=ahead) == found.probability(value, months=ahead, falling=True) == MOST
        assert found.probability(value + 0.1, months=ahead) == LEAST
        assert found.probability(value - 0.1, months=ahead, falling=True) == LEAST


def test_at_no_distance_the_last_reading_is_known():
    found = fit(AT, VALUES)
    assert found.quantile(0, 0.2) == pytest.approx(VALUES[-1])
    assert found.probability(VALUES[-1], months=0, step=1) == MOST
    assert found.probability(VALUES[-1] + 1, months=0, step=1) == LEAST


@pytest.mark.parametrize("last", [0.01, 0.25, 0.5, 0.97])
def test_the_last_reading_lies_inside_a_month(last):
    at, values = [*AT[:12], AT[11] + last], [*VALUES[:12], VALUES[11]]
    whole = fit(AT[:12], VALUES[:12]).probability(62, months=4, step=1)
    found = fit(at, values).probability(62, months=4 - last, step=1)
    assert found == pytest.approx(whole, abs=0.15)


def test_gaps():
    kept = [0, 1, 2, 5, 6, 7, 8, 9, 13, 14, 15, 16, 20, 23]
    found = fit([AT[k] for k in kept], [VALUES[k] for k in kept])
    complete = fit(AT, VALUES)
    assert found.quantile(3, 0.5) == pytest.approx(complete.quantile(3, 0.5), abs=2)
    alone = fit([*AT[:12], AT[23]], [*VALUES[:12], VALUES[23]])
    assert 0 < alone.quantile(3, 0.1) < alone.quantile(3, 0.9)


def test_bounds_of_a_share():
    shares = [0.93, 0.95, 0.94, 0.96, 0.97, 0.99, 1.0, 0.98, 0.99, 1.0, 1.0, 0.99]
    found = fit(AT[:12], shares, high=1)
    assert found.quantile(6, 0.95) == 1
    assert found.probability(1.01, months=6) == LEAST
    assert found.probability(1.0, months=6, falling=True) == MOST
    few = fit(AT[:12], [3.0, 1, 0, 0, 2, 1, 0, 0, 1, 0, 0, 0])
    assert few.quantile(6, 0.1) == 0
    assert few.probability(0, months=6, step=1) == MOST


def test_only_a_ruler_is_drawn_on():
    ruler = fit(AT, [40.0 + 2 * month for month in range(24)])
    assert ruler.quantile(4, 0.5) == pytest.approx(86 + 8, abs=1)
    assert ruler.probability(92, months=4, step=1) > 0.9
    # The same rise of a level that wanders: it may wander back.
    wandering = np.cumsum(np.tile([9.0, 3, -6, -4, 7, 2, 5, -8, -1, 4, 8, 5], 2))
    found = fit(AT, (40 + wandering).tolist())
    assert found.quantile(4, 0.1) < 40 + wandering[-1] < found.quantile(4, 0.9)


def test_a_summer_comes_back():
    year = [60, 60, 60, 60, 60, 60, 57, 52, 50, 52, 57, 60]
    values = [float(value + jump) for value, jump in zip(year * 2, [0, 1, -1, 1, 0, -1] * 4, strict=True)]
    found = fit(AT, values)
    assert found.quantile(9, 0.5) == pytest.approx(50, abs=2)
    assert found.quantile(12, 0.5) == pytest.approx(60, abs=2)
    assert fit(AT, values, prior=Prior(season=(0.0,))).quantile(9, 0.5) > 54


def test_one_odd_month_is_no_level():
    calm = [60.0, 61, 60, 60, 61, 60, 59, 60, 60, 61, 60, 60]
    found = fit(AT[:13], [*calm, 66.0]).quantile(3, 0.5)
    assert 60 < found < 65


# The mathematics -------------------------------------------------------------------------------------------------


def test_windows_of_a_random_walk():
    """Half the variance of the difference of two windows of a Brownian motion, against the motion itself."""
    step = WINDOW / 400
    days = (np.arange(400) + 0.5) * step
    for lag in (0.1, 0.5, 1.0, 2.0, WINDOW, 3.0, 7.0):
        apart, within = (np.abs(days[:, None] - days - shift).mean() for shift in (lag, 0))
        expected = (apart - within) / 2
        assert variograms(WALK, np.array([lag]))[0, 0] == pytest.approx(expected, abs=1e-3)
    # Three months and more apart windows vary with the time between them; neighbours hardly do.
    assert np.diff(variograms(WALK, np.array([3.0, 4.0, 5.0]))[0]) == pytest.approx([0.5, 0.5])


def test_one_model_by_least_squares():
    """Kriging of differences is generalised least squares with an unknown mean."""
    at, ahead = np.array(AT[:12]) - AT[0], 3.0
    values = np.array(VALUES[:12])
    # A random walk that began long before: its covariance up to a constant.
    every = np.append(at, at[-1] + ahead)
    apart = np.abs(every[:, None] - every)
    near = apart**2 / WINDOW - apart**3 / (3 * WINDOW**2)
    covariance = 1000 - np.where(apart < WINDOW, near, apart - WINDOW / 3) / 2
    inverse, ones = np.linalg.inv(covariance[:-1, :-1]), np.ones(12)
    mean = ones @ inverse @ values / (ones @ inverse @ ones)
    expected = mean + covariance[-1, :-1] @ inverse @ (values - mean)
    scale = math.sqrt((values - mean) @ inverse @ (values - mean) / 11)
    left = 1 - ones @ inverse @ covariance[:-1, -1]
    spread = covariance[-1, -1] - covariance[-1, :-1] @ inverse @ covariance[:-1, -1]
    spread += left**2 / (ones @ inverse @ ones)
    found = fit(at, values, prior=WALK)
    assert found.quantile(ahead, 0.5) == pytest.approx(expected, abs=0.01)
    # 1.4398 is the quantile of Student's t with six degrees of freedom.
    assert found.quantile(ahead, 0.9) == pytest.approx(expected + 1.4398 * scale * math.sqrt(spread), abs=0.01)


# Hostile input ---------------------------------------------------------------------------------------------------


NOT_FINITE = "forecast: a month or reading is not finite. Leave out months without a reading."


@pytest.mark.parametrize(
    ("at", "values", "message"),
    [
        (AT, VALUES[:23], "forecast: 24 months and 23 readings, expected one a month."),
        ([AT], [VALUES], "forecast: 24 months and 24 readings, expected one a month."),
        (AT, [*VALUES[:23], math.nan], NOT_FINITE),
        (AT, [*VALUES[:23], math.inf], NOT_FINITE),
        ([*AT[:23], math.nan], VALUES, NOT_FINITE),
        (AT[::-1], VALUES, "forecast: the months do not ascend. Sort the readings, one a month."),
        ([AT[0]] * 24, VALUES, "forecast: the months do not ascend. Sort the readings, one a month."),
    ],
)  # fmt: skip
def test_refused(at, values, message):
    with pytest.raises(MethodError) as caught:
        fit(at, values)
    assert str(caught.value) == message


@pytest.mark.parametrize("ahead", [-0.5, math.nan, math.inf])
def test_no_way_to_the_deadline(ahead):
    found = fit(AT, VALUES)
    for call in (lambda: found.quantile(ahead, 0.5), lambda: found.probability(60, months=ahead)):
        with pytest.raises(MethodError, match="months ahead, expected a number from 0 on"):
            call()


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, math.nan])
def test_no_share(share):
    with pytest.raises(MethodError, match="expected one between 0 and 1"):
        fit(AT, VALUES).quantile(3, share)


def test_no_target():
    with pytest.raises(MethodError, match="the target is no number"):
        fit(AT, VALUES).probability(math.nan, months=3)
    assert fit(AT, VALUES).probability(math.inf, months=3) == LEAST
    assert fit(AT, VALUES).probability(-math.inf, months=3) == MOST


@pytest.mark.parametrize("size", [1e-12, 1e12])
def test_tiny_and_huge(size):
    found = fit(AT, [value * size for value in VALUES])
    assert found.quantile(3, 0.1) < found.quantile(3, 0.9)
    assert math.isfinite(found.quantile(12, 0.999))


def test_readings_of_almost_one_day():
    at = [*AT[:12], AT[11] + 1e-6, AT[11] + 2e-6]
    found = fit(at, [*VALUES[:12], VALUES[11] + 5, VALUES[11] - 5])
    assert LEAST <= found.probability(65, months=3, step=1) <= MOST


# The backtest ----------------------------------------------------------------------------------------------------


@pytest.fixture
def backtest(monkeypatch):
    """Return the parts of the benchmark that need nothing but the kit."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "benchmarks")
    from forecasting import questions, simulation

    return simulation, questions


def test_intervals_hold_what_they_say(backtest):
    """Wide bounds: sixty clients. The benchmark says more."""
    simulation, questions = backtest
    asked = questions.ask(simulation.clients(60, seed=5), seed=6)
    held, said, came = [], [], []
    for one in asked:
        found = fit(one.at, one.values, high=one.series.high)
        held.append(found.quantile(one.months, 0.1) <= one.reading <= found.quantile(one.months, 0.9))
        said.append(found.probability(one.target, months=one.months, falling=one.falling, step=one.series.step))
        came.append(one.happened)
    said, came = np.array(said), np.array(came)
    assert len(asked) > 300
    assert 0.7 < np.mean(held) < 0.92
    assert np.mean((said - came) ** 2) < 0.8 * came.mean() * (1 - came.mean())
    assert came[said < 0.25].mean() < 0.25
    assert came[said > 0.75].mean() > 0.6


def test_simulated_clients_are_read_by_the_kit(backtest):
    """Person-days, accounts and a log with gaps through `panel.weekly` and `segments.assign` give the same readings."""
    simulation, _ = backtest
    rng = np.random.default_rng(11)
    ends = pd.date_range("2023-03-31", periods=24, freq="ME")
    unit = simulation.unit_of(rng, ends, 10)
    unit.observed[40:44] = False
    days = [*ends[::4], ends[10] + pd.Timedelta(days=15)]
    found = simulation.readings_of(unit, days)
    names = np.array([f"u{number:04}" for number in range(len(unit.joined))])
    tables = tables_of(unit, names)
    for number, day in enumerate(days):
        here = names[(unit.since <= day.to_datetime64()) & (unit.left > day.to_datetime64())]
        weeks = panel.weekly(tables["activity"], tables, as_of=day.date(), definition="crmkit")
        people = segments.assign(weeks)
        n = people[people["user_id"].isin(here)]["segment"].value_counts()
        n_regular, n_occasional, n_rare = (int(n.get(name, 0)) for name in ("regular", "occasional", "rare"))
        covered = unit.observed[unit.mondays.isin(weeks["week"])].mean() >= 0.8
        expected = [n_regular + n_occasional, n_regular, n_rare] if covered else [np.nan] * 3
        assert [found[metric][number] for metric in ("active", "regular", "rare")] == pytest.approx(
            expected, nan_ok=True
        )
    assert np.isfinite(found["active"]).sum() >= 5


def tables_of(unit, names) -> dict[str, pd.DataFrame]:
    """Return a simulated unit as the tables of a client."""
    person, week = np.nonzero(unit.active)
    activity = pd.DataFrame({"user_id": names[person], "date": unit.mondays[week], "n_view": 1, "source": "log"})
    users = pd.DataFrame({"user_id": names, "person_id": names})
    spans = pd.DataFrame({"user_id": names, "from_date": unit.joined, "to_date": unit.left - np.timedelta64(1, "D")})
    covered = pd.DatetimeIndex(np.concatenate([unit.mondays[unit.observed] + pd.Timedelta(days=d) for d in range(7)]))
    coverage = pd.DataFrame({"source": "log", "date": covered, "complete": True, "tier": "A"})
    seen = activity["date"].isin(covered)
    return {"activity": activity[seen], "users": users, "assignments": spans, "coverage": coverage}


def test_no_client_is_tuned_and_tested_on(backtest):
    from forecasting import samples

    tuning, test = samples._SEEDS["tuning"], samples._SEEDS["test"]
    assert not {*tuning} & {*test}
    simulation, _ = backtest
    one, other = (simulation.clients(1, seed=seeds[0])[0] for seeds in (tuning, test))
    assert one.values.tolist() != other.values.tolist()
    assert one.values.tolist() == simulation.clients(1, seed=tuning[0])[0].values.tolist()
