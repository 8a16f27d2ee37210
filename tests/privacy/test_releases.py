"""Two reports of days that lie close: whoever knows who joined and left must not be able to subtract them."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crmkit import history, privacy
from crmkit.errors import HistoryError, PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.method.whom import box, each, people_on
from crmkit.privacy import releases

SEGMENTS = ("regular", "occasional", "rare")
RULE = Definition()
DAY = dt.date(2026, 6, 28)


def report(people: pd.DataFrame, day: dt.date = DAY, rule: Definition = RULE) -> dict[str, Table]:
    """Return everybody and each unit by segment, with who is in them; people: id, unit, segment."""
    return {"standing": _table(people, None, day, rule), "by_unit": _table(people, "unit", day, rule)}


def _table(people: pd.DataFrame, level: str | None, day: dt.date, rule: Definition) -> Table:
    keys = [level] if level else []
    cells = pd.MultiIndex.from_product(
        [*([sorted(people[level].unique())] if level else []), SEGMENTS], names=[*keys, "segment"]
    )
    frame = people.value_counts([*keys, "segment"]).reindex(cells, fill_value=0).rename("n").reset_index()
    frame["n_total"] = frame.groupby(level)["n"].transform("sum") if level else len(people)
    group = {"org_unit": frame[level]} if level else {}
    frame = frame.rename(columns={"unit": "org_unit"})
    segment, everybody = f"segment@{rule.hash}", people_on(day)
    whom = {
        "n": each(len(frame), everybody, group | {segment: frame["segment"]}),
        "n_total": each(len(frame), everybody, group | {segment: frozenset(SEGMENTS)}),
    }
    units = people.groupby(level)["id"] if level else [(None, people["id"])]
    members = {
        box(everybody, ({"org_unit": unit} if level else {}) | {segment: frozenset(SEGMENTS)}): frozenset(ids)
        for unit, ids in units
    }
    dims = ("org_unit", "segment") if level else ("segment",)
    return Table(
        "by_unit" if level else "standing", frame, dims, ("n",), totals=("n_total",), definition=rule, whom=whom,
        members=members, splits=(segment,),
    )  # fmt: skip


def staff(n: int = 40, units=("A", "B", "C", "D")) -> pd.DataFrame:
    """Return n people in each unit, a third of them in each segment."""
    rows = [(f"{unit}{i}", unit, SEGMENTS[i % 3]) for unit in units for i in range(n)]
    return pd.DataFrame(rows, columns=["id", "unit", "segment"])


def shown_of(tables: dict, unit: str) -> list[int | None]:
    frame = tables["by_unit"].frame
    return [None if pd.isna(n) else int(n) for n in frame.loc[frame["org_unit"] == unit, "n"]]


def joined(people: pd.DataFrame, *new: tuple[str, str, str]) -> pd.DataFrame:
    return pd.concat([people, pd.DataFrame(new, columns=people.columns)], ignore_index=True)


def units(people: pd.DataFrame, day: dt.date = DAY, rule: Definition = RULE) -> dict[str, Table]:
    """Return the units only: of everybody a report within 84 days is another matter."""
    return {"by_unit": _table(people, "unit", day, rule)}


@pytest.fixture
def released():
    return list(privacy.protect(units(staff(), DAY - dt.timedelta(days=35))).values())


def test_the_same_people_may_be_told_of_again(released):
    shown = privacy.protect(report(staff()), releases=released)
    assert [shown_of(shown, unit) for unit in "ABCD"] == [[14, 13, 13]] * 4
    assert privacy.audit(shown, releases=released) == []


def test_a_unit_that_one_person_joined_is_withheld(released):
    """14 regular of 40 five weeks ago, 15 of 41 now: the newcomer is regular."""
    now = report(joined(staff(), ("new", "A", "regular")))
    assert shown_of(privacy.protect(now), "A") == [15, 13, 13]
    shown = privacy.protect(now, releases=released)
    assert shown_of(shown, "A") == [None] * 3
    assert sum(shown_of(shown, unit) == [14, 13, 13] for unit in "BCD") == 2
    assert privacy.audit(shown, releases=released) == []
    found = privacy.audit(privacy.protect(now), releases=released)
    assert {(f.table, f.row, f.reason) for f in found} == {("by_unit", row, "differs") for row in range(3)}


def test_one_left_and_one_joined_is_no_equal_unit(released):
    now = joined(staff().query("id != 'A1'"), ("new", "A", "regular"))
    assert shown_of(privacy.protect(report(now), releases=released), "A") == [None] * 3


def test_who_moved_is_in_neither_unit(released):
    now = staff()
    now.loc[now["id"] == "A0", "unit"] = "B"
    shown = privacy.protect(report(now), releases=released)
    assert shown_of(shown, "A") == shown_of(shown, "B") == [None] * 3
    assert shown_of(shown, "C") == [14, 13, 13]


def test_many_leavers_of_whom_two_were_regular(released):
    """Six left and nobody joined: 14 − 12 = 2 of them were regular."""
    people = staff()
    still = people[~people["id"].isin(["A0", "A3", "A1", "A4", "A2", "A5"])]
    shown = privacy.protect(report(still), releases=released)
    assert shown_of(shown, "A") == [None] * 3


def test_windows_that_do_not_overlap():
    earlier = list(privacy.protect(report(staff(), DAY - dt.timedelta(days=84))).values())
    now = report(joined(staff(), ("new", "A", "regular")))
    assert shown_of(privacy.protect(now, releases=earlier), "A") == [15, 13, 13]


def test_a_threshold_shifted_by_a_week():
    """Under 8 of 12 weeks 14 are regular, under 7 of 12 there are 16: two work in 7 weeks."""
    earlier = list(privacy.protect(units(staff())).values())
    now = staff()
    now.loc[now["id"].isin(["A1", "A4"]), "segment"] = "regular"
    other = replace(RULE, regular_share=7 / 12)
    shown = privacy.protect(report(now, rule=other), releases=earlier)
    assert shown_of(shown, "A") == [None] * 3
    assert shown_of(shown, "B") == [14, 13, 13] or shown_of(shown, "C") == [14, 13, 13]


@pytest.mark.parametrize("days", [0, 7, 28, 83])
def test_everybody_too_soon_after_an_earlier_report(days):
    earlier = list(privacy.protect(report(staff(), DAY - dt.timedelta(days=days))).values())
    now = report(joined(staff(), ("new", "A", "regular")))
    with pytest.raises(PrivacyError) as error:
        privacy.protect(now, releases=earlier)
    assert str(error.value) == (
        f"the report of {DAY - dt.timedelta(days=days)} is too close to 2026-06-28: a few people have joined or left "
        "since, or lie between two definitions, and the difference would tell of them. Take a day at least 84 days "
        "later, and the same definition."
    )
    assert [f.reason for f in privacy.audit(privacy.protect(now), releases=earlier)] == ["differs"]
    privacy.protect(report(staff()), releases=earlier)


def test_everybody_under_another_threshold():
    """[56, 52, 52] were told, [58, 50, 52] would be: two people lie between."""
    earlier = list(privacy.protect({"standing": _table(staff(), None, DAY, RULE)}).values())
    now = staff()
    now.loc[now["id"].isin(["A1", "A4"]), "segment"] = "regular"
    other = {"standing": _table(now, None, DAY, replace(RULE, regular_share=7 / 12))}
    with pytest.raises(PrivacyError, match="or lie between two definitions"):
        privacy.protect(other, releases=earlier)


def test_an_earlier_day_of_everybody_is_withheld_and_the_report_is_not_refused():
    """A report was handed out on 24 May. The new one shows the end of May beside its own day."""
    earlier = list(privacy.protect({"standing": _table(staff(), None, dt.date(2026, 2, 24), RULE)}).values())
    new = joined(staff(), ("new", "A", "regular"))
    tables = {"standing": _table(staff(60), None, DAY, RULE), "february": _table(new, None, dt.date(2026, 2, 28), RULE)}
    shown = privacy.protect(tables, releases=earlier)
    assert shown["february"].frame["n"].isna().all()
    assert shown["standing"].frame["n"].notna().all()


@pytest.mark.parametrize("order", [("A",), ("A1", "A2")])
def test_a_unit_that_was_split_or_merged(order):
    """A has become A1 and A2, or the other way round, and one person has left."""
    people = staff(units=("A1", "A2", "B", "C"))
    one_unit = people.assign(unit=people["unit"].replace({"A1": "A", "A2": "A"}))
    before, after = (one_unit, people) if order == ("A1", "A2") else (people, one_unit)
    earlier = list(privacy.protect(units(before, DAY - dt.timedelta(days=35))).values())
    shown = privacy.protect(units(after[after["id"] != "A10"]), releases=earlier)
    assert all(shown_of(shown, unit) == [None] * 3 for unit in order)


def test_other_pseudonyms_do_not_switch_the_comparison_off(released):
    now = joined(staff(), ("new", "A", "regular"))
    now["id"] = "other " + now["id"]
    shown = privacy.protect(units(now), releases=released)
    assert shown_of(shown, "A") == [None] * 3


def test_days_of_one_report_are_compared_too():
    """The unit's figures of five weeks before go, those of today stay."""
    before = report(staff(), DAY - dt.timedelta(days=35))
    tables = report(joined(staff(), ("new", "A", "regular"))) | {f"{n} before": t for n, t in before.items()}
    shown = privacy.protect(tables)
    assert shown_of(shown, "A") == [15, 13, 13]
    assert shown["by_unit before"].frame["n"].isna().tolist()[:3] == [True] * 3


def test_releases_are_kept_with_the_client(tmp_path):
    now, client = report(joined(staff(), ("new", "A", "regular"))), SimpleNamespace(folder=tmp_path, as_of=DAY)
    day = dt.date(2026, 5, 24)
    told = privacy.protect(units(staff(), day))
    file = releases.keep(tmp_path, told, as_of=day)
    assert file == tmp_path / "history" / "released" / "2026-05-24.json"
    assert shown_of(privacy.protect(now, releases=releases.of_client(client)), "A") == [None] * 3
    assert "A0" not in file.read_text(encoding="utf-8")
    # the same report is not kept twice, another one of the same day is
    assert releases.keep(tmp_path, told, as_of=day) == file
    other = releases.keep(tmp_path, privacy.protect(units(staff(50), day)), as_of=day)
    assert other.name == "2026-05-24_2.json"
    other.unlink()
    other.with_name("2026-05-24_2.people.json").unlink()
    # Without the pseudonyms nobody knows who came and went: then only what is the same may be told again.
    (tmp_path / history.RELEASED / "2026-05-24.people.json").unlink()
    kept = releases.of_client(client)
    assert shown_of(privacy.protect(now, releases=kept), "A") == [None] * 3
    assert shown_of(privacy.protect(now, releases=kept), "B") != [None] * 3


def with_intensity(people: pd.DataFrame, day: dt.date = DAY) -> dict[str, Table]:
    """Return everybody by segment, and how many of each segment are more intensive."""
    told = _table(people, None, day, RULE)
    more = _table(people[people["id"].str.endswith(("0", "3", "6", "9"))], None, day, RULE)
    (name,) = told.splits
    whom = {
        "n": each(len(more.frame), people_on(day), {name: more.frame["segment"], "intensive": "yes"}),
        "n_total": each(len(more.frame), people_on(day), {name: frozenset(SEGMENTS), "intensive": "yes"}),
    }
    return {"standing": told, "intensity": replace(more, name="intensity", whom=whom, splits=(), members={})}


def test_a_report_made_again_after_its_pseudonyms_were_deleted():
    """It told of 31 May as well; nobody knows any more who came and went, but all that was told together before."""
    may = DAY - dt.timedelta(days=28)
    month = {"may": replace(_table(joined(staff(), ("new", "A", "regular")), None, may, RULE), name="may")}
    first = privacy.protect({**report(staff()), **month})
    kept = [replace(group, people=None) for group in releases.groups_of_tables(first)]
    # one more table of the same day says nothing about 31 May
    shown = privacy.protect(with_intensity(staff()), releases=kept)
    assert shown["standing"].frame["n"].tolist() == [56, 52, 52]
    assert privacy.audit(shown, releases=kept) == []
    # what is not the same as then does
    with pytest.raises(PrivacyError, match="too close to 2026-06-28"):
        privacy.protect(report(staff().query("id != 'A1'")), releases=kept)
    # and so does a number of which 31 May has told as well, but not this day
    more = privacy.protect(
        {**report(staff()), "may": with_intensity(joined(staff(), ("new0", "A", "regular")), may)["intensity"]}
    )
    kept = [replace(group, people=None) for group in releases.groups_of_tables(more)]
    with pytest.raises(PrivacyError, match="too close to 2026-06-28"):
        privacy.protect(with_intensity(staff()), releases=kept)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"universe": 1}]', "[" * 100_000])
def test_a_damaged_release_is_named(tmp_path, text):
    file = tmp_path / history.RELEASED / "2026-05-24.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HistoryError, match=r"^history/released.*: cannot be read\. Restore it from a backup"):
        releases.of_client(SimpleNamespace(folder=tmp_path, as_of=DAY))


@pytest.mark.parametrize("seed", range(30))
def test_no_newcomer_leaver_or_mover_can_be_read_off(seed):
    """Whoever knows everybody's comings and goings, and that others did not change, bounds no such group."""
    rng = np.random.default_rng(seed)
    before = staff(int(rng.integers(16, 40)))
    before["segment"] = rng.choice(SEGMENTS, size=len(before))
    now = before[rng.random(len(before)) > rng.choice([0.0, 0.02, 0.2])].copy()
    movers = rng.random(len(now)) < rng.choice([0.0, 0.02])
    now.loc[movers, "unit"] = rng.choice(list("ABCD"), size=int(movers.sum()))
    new = [
        (f"new{i}", str(rng.choice(list("ABCD"))), str(rng.choice(SEGMENTS))) for i in range(int(rng.integers(0, 9)))
    ]
    now = joined(now, *new)
    first = privacy.protect(units(before, DAY - dt.timedelta(days=35)))
    second = privacy.protect(report(now), releases=list(first.values()))
    assert privacy.audit(second, releases=list(first.values())) == []
    for unit in "ABCD":
        then, today = (set(people.loc[people["unit"] == unit, "id"]) for people in (before, now))
        n_joined, n_left = len(today - then), len(then - today)
        told = zip(shown_of(first, unit), shown_of(second, unit), strict=True)
        differences = [n - m for m, n in told if m is not None and n is not None]
        if differences and (n_joined or n_left):
            assert 0 in (n_joined, n_left) or min(n_joined, n_left) >= 5
            assert max(n_joined, n_left) >= 5
            assert (n_joined and n_left) or not any(0 < abs(d) < 5 for d in differences)
