"""What must hold for any client: small clients made up by Hypothesis."""

import contextlib
import datetime as dt
import io
import warnings

import numpy as np
import pandas as pd
import pandas.testing as pdt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crmkit import schema
from crmkit.method import calendar, habits, matrix, panel, segments
from crmkit.method.definition import Definition
from crmkit.method.eligibility import OUTSIDE
from crmkit.method.population import population_of

AS_OF = dt.date(2026, 6, 28)
MONDAYS = pd.date_range("2026-04-06", periods=12, freq="7D")
RULE = Definition()
CODES = ["regular", "occasional", "rare", "not_assessable"]
few = settings(max_examples=40, deadline=None, derandomize=True)
#: Where every example opens several clients.
fewer = settings(few, max_examples=7)


# Clients ----------------------------------------------------------------------------------------------------------


def day(offset: int) -> pd.Timestamp:
    """Return the day so many days before `AS_OF`."""
    return pd.Timestamp(AS_OF) - pd.Timedelta(days=offset)


@st.composite
def spans_of(draw, user: str) -> list[dict]:
    """Return spans, one after the other; with gaps, or with overlaps of spans that say the same."""
    begin = draw(st.sampled_from([700, 400, 120, 90, 89, 60, 30, -10]))
    rows, same = [], draw(st.booleans())
    fte, place = st.sampled_from([1.0, 1.2, 0.8, 0.5, 0.0]), st.sampled_from(["", "BY", "SN", "BE"])
    state = {"fte": draw(fte), "subdivision": draw(place)}
    for n in range(draw(st.integers(1, 3))):
        if n and not same:
            state = {"fte": draw(fte), "subdivision": draw(place)}
        end = begin - draw(st.integers(0, 300))
        is_open = draw(st.booleans())
        rows.append({"user_id": user, "from_date": day(begin), "to_date": pd.NaT if is_open else day(end), **state})
        if is_open and not same:
            break
        begin = end - draw(st.integers(-20 if same else 1, 30))
    return rows


@st.composite
def clients(draw) -> dict[str, pd.DataFrame]:
    """Return the tables of a client of two to eight persons, with activity and availability in the last 16 weeks."""
    ids = [f"p{n}" for n in range(draw(st.integers(2, 8)))]
    users = pd.DataFrame({"user_id": ids, "person_id": ids, "account_type": "person"})
    users.loc[draw(st.integers(0, 12)) == np.arange(len(ids)), "account_type"] = "service"
    last = [draw(st.sampled_from([pd.NaT] * 5 + [day(40)])) for _ in ids]
    users["last_active"] = pd.to_datetime(last)
    spans = [row for user in ids for row in draw(spans_of(user))]
    work = st.tuples(
        st.sampled_from(ids), st.integers(-3, 111), st.sampled_from(["view", "view", "write", "login"]),
        st.integers(0, 20), st.sampled_from(["ui", "mobile", "api"]),
    )  # fmt: skip
    rhythm = {user: draw(st.integers(0, 12)) for user in ids}
    rows = [(user, 5 + 7 * week, "view", 1, "ui") for user, n in rhythm.items() for week in range(n)]
    rows += draw(st.lists(work, max_size=20))
    days = st.tuples(st.sampled_from(ids), st.integers(0, 11), st.sampled_from([0.0, 1.0, 2.5, 3.0, 5.0]))
    stated = draw(st.lists(days, max_size=8, unique_by=lambda row: row[:2]))
    gaps = [day(offset) for offset in draw(st.lists(st.integers(0, 120), max_size=3))]
    covered = pd.date_range("2025-06-01", AS_OF)
    return {
        "users": users,
        "assignments": pd.DataFrame(spans),
        "coverage": pd.DataFrame({"source": "log", "date": covered, "complete": ~covered.isin(gaps), "tier": "A"}),
        "availability": schema.conform(
            pd.DataFrame(
                [(user, MONDAYS[week], n) for user, week, n in stated], columns=["user_id", "week", "available_days"]
            ),
            "availability",
        ),
        "activity": activity_of(rows),
    }


def activity_of(rows: list[tuple]) -> pd.DataFrame:
    """Return person-days from user, days before `AS_OF`, action, number and channel."""
    if not rows:
        return schema.empty("activity")
    users, offsets, actions, counts, channels = (list(column) for column in zip(*rows, strict=True))
    columns = {
        f"n_{action}": [n if done == action else 0 for done, n in zip(actions, counts, strict=True)]
        for action in ("login", "view", "write")
    }
    dates = [day(offset) for offset in offsets]
    frame = pd.DataFrame({"user_id": users, "date": dates, "channel": channels, "source": "log", **columns})
    return schema.conform(frame.assign(area="sales"), "activity")


def weeks_of(tables: dict[str, pd.DataFrame], *, weeks: int = 12, rule: Definition = RULE) -> pd.DataFrame:
    return panel.weekly(tables["activity"], population_of(tables), as_of=AS_OF, weeks=weeks, definition=rule)


def assigned(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return segments.assign(weeks_of(tables))


@st.composite
def dense_panels(draw, *, n_weeks: int = 14) -> pd.DataFrame:
    """Return a panel in which everybody's weeks all count."""
    n_people = draw(st.integers(1, 6))
    rows = [
        draw(st.lists(st.sampled_from([0, 0, 1, 16, 30]), min_size=n_weeks, max_size=n_weeks)) for _ in range(n_people)
    ]
    activity = pd.DataFrame(
        {
            "user_id": np.repeat([f"p{n}" for n in range(n_people)], n_weeks),
            "date": np.tile(pd.date_range(end=MONDAYS[-1], periods=n_weeks, freq="7D"), n_people),
            "n_view": np.array(rows).ravel(),
        }
    )
    return panel.weekly(activity, as_of=AS_OF, weeks=n_weeks, definition=RULE)


def sparse(weeks: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """Return a panel without the weeks without use; who has none keeps the row of the last week."""
    used = weeks["active"] | keep
    bare = ~used.groupby(weeks["user_id"]).transform("any") & (weeks["week"] == weeks["week"].max())
    return weeks[used | bare]


def every_result(weeks: pd.DataFrame) -> list[pd.DataFrame]:
    """Return what is made of a panel under each rule, without what is only carried along."""
    made = [segments.assign(weeks, definition=name) for name in ("crmkit", "viva", "viva_4w")]
    return [*made, segments.rolling(weeks)]


# Sparse and dense -------------------------------------------------------------------------------------------------


@few
@given(dense_panels())
def test_weeks_without_use_may_be_left_out_of_a_panel(weeks):
    """One row of the first week tells where the panel begins, its `as_of` where it ends."""
    first = (weeks["week"] == weeks["week"].min()) & (weeks["user_id"] == "p0")
    for found, expected in zip(every_result(sparse(weeks, first)), every_result(weeks), strict=True):
        pdt.assert_frame_equal(found, expected)


@few
@given(dense_panels())
def test_the_last_week_may_be_told_by_a_row_instead_of_the_attrs(weeks):
    ends = weeks["week"].isin([weeks["week"].min(), weeks["week"].max()]) & (weeks["user_id"] == "p0")
    bare = sparse(weeks, ends)
    bare.attrs = {}
    for found, expected in zip(every_result(bare), every_result(weeks), strict=True):
        pdt.assert_frame_equal(found, expected)


def test_a_sparse_panel_in_which_nobody_worked_in_the_first_weeks():
    """Three active weeks of twelve stay three of twelve, though no row tells of the nine others."""
    activity = activity_of([("a", 5 + 7 * week, "view", 1, "ui") for week in range(3)])
    weeks = panel.weekly(activity, as_of=AS_OF, definition=RULE)
    for found, expected in zip(every_result(weeks[weeks["active"]]), every_result(weeks), strict=True):
        pdt.assert_frame_equal(found, expected)


# Order and names --------------------------------------------------------------------------------------------------


def by_person(people: pd.DataFrame, person: dict[str, str]) -> list[tuple]:
    rows = people.fillna({"week_share": -1.0}).itertuples(index=False)
    return sorted(
        (person[row.user_id], row.eligible_weeks, row.active_weeks, row.week_share, row.segment) for row in rows
    )


@fewer
@given(clients(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(tables, random):
    shuffled = {name: rows.iloc[random.sample(range(len(rows)), len(rows))] for name, rows in tables.items()}
    pdt.assert_frame_equal(weeks_of(shuffled), weeks_of(tables))


def renamed(tables: dict[str, pd.DataFrame], random) -> dict[str, pd.DataFrame]:
    """Return a client whose accounts have names that sort otherwise; persons keep their numbers."""
    ids = tables["users"]["user_id"].tolist()
    names = dict(zip(ids, random.sample([f"n{n}" for n in range(len(ids))], len(ids)), strict=True))
    return {
        name: rows.assign(user_id=rows["user_id"].map(names)) if "user_id" in rows else rows
        for name, rows in tables.items()
    }


def persons_of(tables: dict[str, pd.DataFrame]) -> list[tuple]:
    users = tables["users"]
    return by_person(assigned(tables), dict(zip(users["user_id"], users["person_id"], strict=True)))


@fewer
@given(clients(), st.randoms(use_true_random=False))
def test_names_are_irrelevant(tables, random):
    assert persons_of(renamed(tables, random)) == persons_of(tables)


@fewer
@given(clients(), st.randoms(use_true_random=False))
def test_names_of_two_accounts_of_a_person_are_irrelevant(tables, random):
    users = tables["users"]
    tables["users"] = users.assign(person_id=[f"person {n // 2}" for n in range(len(users))], account_type="person")
    assert persons_of(renamed(tables, random)) == persons_of(tables)


# Weeks that do not count ------------------------------------------------------------------------------------------


def without_week(tables: dict[str, pd.DataFrame], week: pd.Timestamp, how: str) -> dict[str, pd.DataFrame]:
    """Return a client for which a week does not count."""
    ids = tables["users"]["user_id"]
    if how == "no_log":
        coverage = tables["coverage"]
        return tables | {"coverage": coverage.assign(complete=coverage["complete"] & (coverage["date"] != week))}
    days = tables["availability"]
    absent = pd.DataFrame({"user_id": ids, "week": week, "available_days": 0.0})
    return tables | {"availability": pd.concat([days[days["week"] != week], absent])}


def of_week(activity: pd.DataFrame, week: pd.Timestamp) -> pd.Series:
    return activity["date"].between(week, week + pd.Timedelta(days=6))


@fewer
@given(clients(), st.integers(0, 11), st.sampled_from(["no_log", "absent"]))
def test_a_week_that_does_not_count_takes_one_from_the_denominator_only(tables, n, how):
    activity = tables["activity"]
    idle = tables | {"activity": activity[~of_week(activity, MONDAYS[n])]}
    without, worked = (assigned(without_week(t, MONDAYS[n], how)) for t in (idle, tables))
    pdt.assert_frame_equal(worked, without)
    counted = weeks_of(idle).query("week == @MONDAYS[@n]").set_index("user_id")["state"].eq("eligible")
    expected = assigned(idle)
    assert without["user_id"].tolist() == expected["user_id"].tolist()
    assert without["active_weeks"].tolist() == expected["active_weeks"].tolist()
    lost = expected["user_id"].map(counted).astype(int)
    assert without["eligible_weeks"].tolist() == (expected["eligible_weeks"] - lost).tolist()


def test_a_week_without_company_does_not_count(client_of, people_tables, days_in_weeks):
    """The company is shut from 26 to 30 May; work in that week changes nothing."""
    tables = people_tables(["a", "b"])
    worked = pd.concat([days_in_weeks(user, 12) for user in "ab"])
    idle = worked[(worked["user_id"] == "a") | (worked["date"] != "2026-05-26")]
    found = {}
    for shut in ("[]", "[2026-05-26, 2026-05-27, 2026-05-28, 2026-05-29]"):
        for name, activity in {"worked": worked, "idle": idle}.items():
            client = client_of(settings=f"calendar: {{free_days: {shut}}}\n", activity=activity, **tables)
            found[name, shut == "[]"] = segments.assign(panel.weekly(client.activity, client, as_of=AS_OF))
    pdt.assert_frame_equal(found["worked", False], found["idle", False])
    assert found["idle", False][["eligible_weeks", "active_weeks"]].values.tolist() == [[11, 11], [11, 11]]
    assert found["idle", True][["eligible_weeks", "active_weeks"]].values.tolist() == [[12, 12], [12, 11]]


@fewer
@given(clients())
def test_work_in_weeks_that_do_not_count_changes_nothing(tables):
    weeks = weeks_of(tables)
    void = set(weeks.loc[weeks["state"] != "eligible", ["user_id", "week"]].itertuples(index=False, name=None))
    activity = tables["activity"]
    mondays = activity["date"] - pd.to_timedelta(activity["date"].dt.day_of_week, unit="D")
    kept = [pair not in void for pair in zip(activity["user_id"], mondays, strict=True)]
    cut = tables | {"activity": activity[np.array(kept, dtype=bool)]}
    pdt.assert_frame_equal(assigned(cut), assigned(tables))
    pdt.assert_series_equal(weeks_of(cut)["active"], weeks["active"])


# Part time, leavers, spans, accounts ------------------------------------------------------------------------------


@fewer
@given(
    clients(), st.sampled_from([0.2, 0.5, 0.6, 0.8, 0.95]), st.booleans(),
    st.lists(st.integers(0, 83), max_size=30), st.sampled_from(["", "BY", "SN"]),
)  # fmt: skip
def test_part_time_with_the_same_rhythm_is_the_same_segment(tables, fte, is_stated, offsets, place):
    """Two persons work on the same days, one of them part time; holidays of their state are free."""
    rows = [(user, offset, "view", 1, "ui") for user in ("full", "part") for offset in offsets]
    both = {
        "users": pd.DataFrame({"user_id": ["full", "part"], "person_id": ["full", "part"]}),
        "assignments": pd.DataFrame(
            {"user_id": ["full", "part"], "from_date": day(400), "fte": [1.0, fte], "subdivision": place}
        ),
        "coverage": tables["coverage"],
        "activity": activity_of(rows),
    }
    if is_stated:
        working = calendar.working_days(MONDAYS, country="DE", subdivision=place)
        both["availability"] = pd.concat(
            [
                pd.DataFrame({"user_id": user, "week": MONDAYS, "available_days": share * working})
                for user, share in (("full", 1.0), ("part", fte))
            ]
        )
    found = assigned(both)
    full, part = found.drop(columns="user_id").to_dict("records")
    assert full == part


@fewer
@given(clients(), st.integers(1, 60), st.booleans(), st.integers(0, 7))
def test_a_leaver_is_never_active_afterwards(tables, offset, by_account, who):
    """They left so many days ago: their spans end, or their account does and the span is open."""
    user = tables["users"]["user_id"].iloc[who % len(tables["users"])]
    is_user = tables["assignments"]["user_id"] == user
    tables = {name: rows.copy() for name, rows in tables.items()}
    tables["assignments"].loc[is_user, "to_date"] = pd.NaT
    if by_account:
        tables["users"].loc[tables["users"]["user_id"] == user, "last_active"] = day(offset)
    else:
        ends = tables["assignments"].loc[is_user, "from_date"].clip(lower=day(offset))
        assume((ends < pd.Timestamp(AS_OF)).all())
        tables["assignments"].loc[is_user, "to_date"] = ends
    daily = activity_of([(user, n, "view", 5, "ui") for n in range(112)])
    tables["activity"] = pd.concat([tables["activity"], daily])
    weeks = weeks_of(tables)
    after = weeks[(weeks["user_id"] == user) & (weeks["week"] > day(offset))]
    assert not after["active"].any()
    assert user not in assigned(tables)["user_id"].tolist()
    assert user not in segments.assign(weeks, definition="viva")["user_id"].tolist()


@fewer
@given(clients())
def test_who_is_outside_is_outside_in_every_week(tables):
    weeks = weeks_of(tables)
    outside = weeks["reason"].isin(OUTSIDE).groupby(weeks["user_id"])
    assert (outside.all() == outside.any()).all()
    inside = outside.any()[lambda is_outside: ~is_outside].index.tolist()
    assert assigned(tables)["user_id"].tolist() == inside
    assert not weeks.loc[weeks["state"] != "eligible", "active"].any()


def adjacent(spans: pd.DataFrame, row: int, share: float) -> pd.DataFrame | None:
    """Return the spans with one of them cut in two that follow each other; None if it has a single day."""
    cut = spans.iloc[row]
    last = cut["to_date"] if pd.notna(cut["to_date"]) else pd.Timestamp(AS_OF) + pd.Timedelta(days=60)
    n_days = (last - cut["from_date"]).days
    if n_days < 1:
        return None
    middle = cut["from_date"] + pd.Timedelta(days=round(share * (n_days - 1)))
    own = spans.loc[spans["user_id"] == cut["user_id"], "from_date"]
    if (own == middle + pd.Timedelta(days=1)).any():
        return None
    parts = pd.DataFrame([cut, cut])
    parts["to_date"] = [middle, cut["to_date"]]
    parts["from_date"] = [cut["from_date"], middle + pd.Timedelta(days=1)]
    return pd.concat([spans.drop(index=spans.index[row]), parts], ignore_index=True)


@fewer
@given(clients(), st.integers(0, 30), st.floats(0, 1))
def test_a_span_may_be_written_as_two(tables, row, share):
    spans = adjacent(tables["assignments"], row % len(tables["assignments"]), share)
    assume(spans is not None)
    pdt.assert_frame_equal(weeks_of(tables | {"assignments": spans}), weeks_of(tables))


@fewer
@given(clients(), st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_a_span_may_be_written_twice(tables, rows):
    spans = tables["assignments"]
    twice = pd.concat([spans, spans.iloc[[row % len(spans) for row in rows]]])
    pdt.assert_frame_equal(weeks_of(tables | {"assignments": twice}), weeks_of(tables))


@fewer
@given(clients(), st.randoms(use_true_random=False))
def test_two_accounts_of_one_person_are_one(tables, random):
    """The same spans for both, and each person-day under one of them."""
    users, activity = tables["users"], tables["activity"]
    second = users.assign(user_id=users["user_id"] + " too")
    account = [user + random.choice(["", " too"]) for user in activity["user_id"]]
    spans = tables["assignments"]
    both = tables | {
        "users": pd.concat([users, second]),
        "assignments": pd.concat([spans, spans.assign(user_id=spans["user_id"] + " too")]),
        "activity": activity.assign(user_id=account),
    }
    is_human = users.loc[users["account_type"] == "person", "user_id"]
    found, expected = weeks_of(both), weeks_of(tables)
    found = found[found["user_id"].isin(is_human)].reset_index(drop=True)
    pdt.assert_frame_equal(found, expected[expected["user_id"].isin(is_human)].reset_index(drop=True))
    pdt.assert_frame_equal(assigned(both), assigned(tables))


# Shares and bands -------------------------------------------------------------------------------------------------


@fewer
@given(clients(), st.randoms(use_true_random=False), st.sampled_from(["crmkit", "viva"]))
def test_shares_add_up_to_their_denominator(tables, random, name):
    people = segments.assign(weeks_of(tables), definition=name)
    people["org_unit"] = [random.choice(["Nord", "Süd"]) for _ in range(len(people))]
    assessed = people[people["segment"] != "not_assessable"]
    whole = segments.shares(people).frame
    assert whole["n"].sum() == len(people)
    counted = whole[whole["segment"] != "not_assessable"]
    assert counted["n"].sum() == len(assessed)
    assert set(whole["n_total"]) == {len(assessed)}
    assert counted["share"].sum() == pytest.approx(1.0) or not len(assessed)
    assert whole.loc[whole["segment"] == "not_assessable", "share"].isna().all()
    parts = segments.shares(people, by="org_unit").frame
    for unit, rows in parts[parts["segment"] != "not_assessable"].groupby("org_unit"):
        n = int((assessed["org_unit"] == unit).sum())
        assert (set(rows["n_total"]), rows["n"].sum()) == ({n}, n)
        assert rows["share"].sum() == pytest.approx(1.0) or not n
    pdt.assert_series_equal(
        parts.groupby("segment")["n"].sum()[lambda n: n > 0],
        whole.set_index("segment")["n"].sort_index()[lambda n: n > 0],
    )


@settings(fewer, max_examples=4)
@given(clients(), st.randoms(use_true_random=False))
def test_bands_of_days_partition_everyone(tables, random):
    activity = tables["activity"]
    shuffled = activity.iloc[random.sample(range(len(activity)), len(activity))]
    known = {
        "mozilla": {"regular", "not_regular"},
        "frequency": {"days_20_plus", "days_11_19", "days_6_10", "days_1_5", "none"},
        "lifecycle": {"new", "returning", "resurrecting", "dormant", "never"},
    }
    everybody = segments.assign(weeks_of(tables))["user_id"].tolist()
    for name, codes in known.items():
        for people in (None, population_of(tables)):
            found = segments.assign_days(activity, people, as_of=AS_OF, definition=name)
            again = segments.assign_days(shuffled, people, as_of=AS_OF, definition=name)
            pdt.assert_frame_equal(again, found)
            assert set(found["segment"]) <= codes
            assert found["user_id"].is_unique
            if people is not None:
                assert found["user_id"].tolist() == everybody


@few
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 29), st.integers(0, 2)), max_size=60))
def test_days_are_counted_in_28_days(rows):
    activity = activity_of([(user, offset, "view", n, "ui") for user, offset, n in rows])
    found = segments.assign_days(activity, as_of=AS_OF, definition="frequency")
    n_days = {
        user: len({offset for name, offset, n in rows if name == user and n and offset < 28})
        for user in sorted({name for name, _, _ in rows})
    }
    assert dict(zip(found["user_id"], found["active_days"], strict=True)) == n_days
    limits = [("days_20_plus", 20), ("days_11_19", 11), ("days_6_10", 6), ("days_1_5", 1), ("none", 0)]
    bands = [next(band for band, least in limits if n >= least) for n in n_days.values()]
    assert found["segment"].tolist() == bands


# Habits -----------------------------------------------------------------------------------------------------------


@fewer
@given(clients())
def test_chances_add_up_to_one(tables):
    weeks = matrix.of(weeks_of(tables))
    chances = habits.probabilities(weeks, RULE)
    unknown = weeks.is_new | (weeks.eligible.sum(axis=1) < RULE.min_eligible_weeks)
    assert np.isnan(chances[unknown]).all()
    assert chances[~unknown].sum(axis=1) == pytest.approx(np.ones((~unknown).sum()))
    assert assigned(tables)["segment"].eq("not_assessable").tolist() == unknown.tolist()


# Viva Insights ----------------------------------------------------------------------------------------------------


def viva_rule(n_actions: list[int], n_weeks: int, least: int) -> str:
    """Return the published rule: rolling mean and count of weeks with use, in the last `n_weeks` weeks."""
    window = n_actions[-n_weeks:]
    mean, habit = sum(window) / len(window), sum(n > 0 for n in window) >= least
    if habit and mean >= 15:
        return "power"
    if habit:
        return "habitual"
    if mean >= 1:
        return "novice"
    return "low" if mean > 0 else "non_user"


@few
@given(dense_panels())
def test_viva_is_the_published_rule(weeks):
    rows = {user: own["n_actions"].tolist() for user, own in weeks.groupby("user_id")}
    for name, n_weeks, least in (("viva", 12, 9), ("viva_4w", 4, 4)):
        found = segments.assign(weeks, definition=name)
        assert found["segment"].tolist() == [viva_rule(own, n_weeks, least) for own in rows.values()]
        every = segments.rolling(weeks, definition=name)
        expected = [viva_rule(own[: n + 1], n_weeks, least) for own in rows.values() for n in range(len(own))]
        assert every["segment"].tolist() == expected


@settings(few, max_examples=3)
@given(dense_panels(n_weeks=20))
def test_viva_is_what_the_package_says(weeks):
    vivainsights = pytest.importorskip("vivainsights")
    labels = {
        "Power User": "power", "Habitual User": "habitual", "Novice User": "novice", "Low User": "low",
        "Non-user": "non_user",
    }  # fmt: skip
    query = pd.DataFrame({"PersonId": weeks["user_id"], "MetricDate": weeks["week"], "n": weeks["n_actions"]})
    for name, version in (("viva", "12w"), ("viva_4w", "4w")):
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = vivainsights.identify_usage_segments(query, metric="n", version=version, return_type="data")
        rows = rows.sort_values(["PersonId", "MetricDate"])
        expected = rows[f"UsageSegments_{version}"].map(labels).tolist()
        assert segments.rolling(weeks, definition=name)["segment"].tolist() == expected
