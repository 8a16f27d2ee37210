"""All definitions side by side on a client worked out by hand; differences of fewer than k people are not shown."""

from dataclasses import replace

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit import privacy
from crmkit.method import definitions
from crmkit.method.definition import Definition

OWN = ("crmkit", "crmkit_known_absences", "crmkit_two_days", "crmkit_8_weeks", "crmkit_16_weeks")
SEGMENTS = ("regular", "occasional", "rare")


@pytest.fixture
def client_with(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client of groups: letter → (people, last weeks worked, days a week)."""

    def make(groups, *, settings="", tier="A", absent=None, covered=("2025-06-01", "2026-06-28")):
        ids = {letter: [f"{letter}{i:02}" for i in range(n)] for letter, (n, _, _) in groups.items()}
        tables = people_tables([user for users in ids.values() for user in users], tier=tier, covered=covered)
        parts = [
            pd.DataFrame({"user_id": ids[letter]}).merge(
                days_in_weeks("", n_weeks, n_view=1, n_login=1)
                .drop(columns="user_id")
                .assign(date=lambda rows, day=day: rows["date"] + pd.Timedelta(days=day)),
                how="cross",
            )
            for letter, (_, n_weeks, n_days) in groups.items()
            for day in range(n_days)
        ]
        # The absent people of a group: letter → (how many, last weeks away).
        away = [
            {"user_id": user, "week": pd.Timestamp("2026-06-22") - pd.Timedelta(weeks=week), "available_days": 0.0}
            for letter, (n, weeks) in (absent or {}).items()
            for user in ids[letter][:n]
            for week in range(weeks)
        ]
        rows = {"availability": pd.DataFrame(away)} if away else {}
        return client_of(activity=pd.concat(parts), settings=settings, **tables, **rows)

    return make


def numbers(table) -> dict[str, dict[str, int]]:
    """Return definition → segment → n."""
    return {
        str(code): dict(zip(rows["segment"], rows["n"], strict=True))
        for code, rows in table.frame.groupby("definition", sort=False)
    }


def own(table, code) -> list[int]:
    return table.frame.loc[table.frame["definition"] == code, "n"].tolist()


#: a: every week on one day; b: every week on two; c: the last six weeks; d: never.
GROUPS = {"a": (10, 20, 1), "b": (10, 20, 2), "c": (10, 6, 1), "d": (10, 0, 1)}


def test_compare(client_with):
    """12 weeks: a and b 12 of 12, c 6 of 12. On two days only b. 8 weeks: c 6 of 8 = 0.75. 16 weeks: c 6 of 16.

    viva: c has 6 actions in 12 weeks, low; nobody 15 a week. viva_4w: a, b and c in 4 of 4 weeks. mozilla: nobody
    on 14 of 27 days. frequency: a and c on 4 of 28 days, b on 8. lifecycle: a, b and c in June and in May, d never.
    """
    table = definitions.compare(client_with(GROUPS))
    assert numbers(table) == {
        "crmkit": {"regular": 20, "occasional": 10, "rare": 10},
        "crmkit_known_absences": {"regular": 20, "occasional": 10, "rare": 10},
        "crmkit_two_days": {"regular": 10, "occasional": 0, "rare": 30},
        "crmkit_8_weeks": {"regular": 30, "occasional": 0, "rare": 10},
        "crmkit_16_weeks": {"regular": 20, "occasional": 10, "rare": 10},
        "viva": {"power": 0, "habitual": 20, "novice": 0, "low": 10, "non_user": 10},
        "viva_4w": {"power": 0, "habitual": 30, "novice": 0, "low": 0, "non_user": 10},
        "mozilla": {"regular": 0, "not_regular": 40},
        "frequency": {"days_20_plus": 0, "days_11_19": 0, "days_6_10": 10, "days_1_5": 20, "none": 10},
        "lifecycle": {"new": 0, "returning": 30, "resurrecting": 0, "dormant": 0, "never": 10},
    }
    assert (table.partition, table.population, table.tier, table.notes) == (
        "segment", "assessed", "A", ("differences_below_k",),
    )  # fmt: skip


def test_segments_partition_the_same_people(client_with):
    table = definitions.compare(client_with(GROUPS))
    by_definition = table.frame.groupby("definition")
    assert by_definition["n"].sum().eq(40).all()
    assert table.frame["n_total"].eq(40).all()
    pdt.assert_series_equal(table.frame["share"], table.frame["n"] / 40, check_names=False)
    assert by_definition["share"].sum().round(9).eq(1).all()
    assert not privacy.protect(table).frame["n"].between(1, 4).any()


def test_only_who_is_assessed_is_counted(client_with, client_of):
    """The ten of d began in June: under no definition are they anybody's non-users."""
    client = client_with(GROUPS)
    new = client.assignments["user_id"].str[0] == "d"
    spans = client.assignments.assign(from_date=client.assignments["from_date"].mask(new, pd.Timestamp("2026-06-01")))
    again = client_of(users=client.users, assignments=spans, coverage=client.coverage, activity=client.activity)
    found = numbers(definitions.compare(again))
    assert {code: sum(segments.values()) for code, segments in found.items()} == dict.fromkeys(found, 30)
    assert found["viva"]["non_user"] == found["lifecycle"]["never"] == found["frequency"]["none"] == 0


@pytest.mark.parametrize(("n", "eight_weeks"), [(4, [20, 4, 10]), (5, [25, 0, 10])])
def test_fewer_than_k_people_make_no_difference(client_with, n, eight_weeks):
    """c would be regular in 8 weeks: with four of them the numbers of the base stand there, with five the true ones."""
    table = definitions.compare(client_with({**GROUPS, "c": (n, 6, 1)}))
    assert own(table, "crmkit") == [20, n, 10]
    assert own(table, "crmkit_8_weeks") == eight_weeks


def test_each_limit_by_itself(client_with):
    """In 8 weeks c (2 of the last weeks: 2 of 8, 2 of 12) are occasional, e (6) regular.

    Two of e are too few: that limit stays at 20; the five of c are enough: the other limit moves.
    """
    groups = {"a": (20, 20, 1), "e": (2, 6, 1), "c": (5, 2, 1), "d": (13, 0, 1)}
    table = definitions.compare(client_with(groups))
    assert own(table, "crmkit") == [20, 2, 18]
    assert own(table, "crmkit_8_weeks") == [20, 7, 13]


def test_limits_near_the_same_one(client_with):
    """On two days only the sixteen of b are used at all, all of them regularly: four fewer than 16 + 4 regular ones.

    Both limits are shown where that one is: never further from the truth than those four.
    """
    groups = {"a": (4, 20, 1), "b": (16, 20, 2), "c": (6, 6, 1), "d": (10, 0, 1)}
    table = definitions.compare(client_with(groups))
    assert own(table, "crmkit") == [20, 6, 10]
    assert own(table, "crmkit_two_days") == [20, 0, 16]


@pytest.mark.parametrize(("k", "n_regular"), [(10, 30), (11, 20)])
def test_k_of_the_client(client_with, k, n_regular):
    """Ten people differ: enough for k = 10, too few for k = 11."""
    table = definitions.compare(client_with(GROUPS, settings=f"privacy: {{k: {k}}}\n"))
    assert own(table, "crmkit_8_weeks")[0] == n_regular


@pytest.mark.parametrize(("n", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_variant_that_cannot_assess_a_few_is_left_out(client_with, n, shown):
    """n of a were away in the last five weeks: 7 of 12 weeks count, but 3 of 8, fewer than four."""
    table = definitions.compare(client_with(GROUPS, absent={"a": (n, 5)}))
    assert own(table, "crmkit") == [20, 10, 10]
    found = table.frame[table.frame["definition"] == "crmkit_8_weeks"]
    expected = [["crmkit_8_weeks", "regular", 30 - n, 40 - n], ["crmkit_8_weeks", "occasional", 0, 40 - n],
                ["crmkit_8_weeks", "rare", 10, 40 - n]]  # fmt: skip
    assert found[["definition", "segment", "n", "n_total"]].values.tolist() == (expected if shown else [])


def test_variants():
    rule = Definition(rhythms=(("Leitung", "monthly"),))
    assert definitions.variants(rule) == {
        "crmkit": rule,
        "crmkit_known_absences": replace(rule, regular_share=0.75),
        "crmkit_two_days": replace(rule, min_active_days=2),
        "crmkit_8_weeks": replace(rule, window_weeks=8),
        "crmkit_16_weeks": replace(rule, window_weeks=16),
    }


@pytest.mark.parametrize(("occasional", "known"), [(0.25, True), (0.74, True), (0.75, False), (0.8, False)])
def test_a_variant_that_cannot_be(occasional, known):
    rule = Definition(regular_share=0.9, occasional_share=occasional)
    assert ("crmkit_known_absences" in definitions.variants(rule)) == known


def test_a_variant_that_cannot_be_is_no_row(client_with):
    """Regular from 90 % on, occasional from 80 %: 75 % lies below both. c: 6 of 12 and 6 of 8 weeks, rare."""
    client = client_with(GROUPS, settings="active: {regular_share: 0.9, occasional_share: 0.8}\n")
    table = definitions.compare(client)
    found = [code for code in table.frame["definition"].unique() if code.startswith("crmkit")]
    assert found == [code for code in OWN if code != "crmkit_known_absences"]
    assert own(table, "crmkit") == own(table, "crmkit_8_weeks") == [20, 0, 20]


def test_the_clients_own_definition_is_the_base(client_with):
    """Two days a week are agreed: then only b, and the variant with two days is the same."""
    table = definitions.compare(client_with(GROUPS, settings="active: {min_days: 2}\n"))
    assert own(table, "crmkit") == own(table, "crmkit_two_days") == [10, 0, 30]
    assert table.definition == Definition(min_active_days=2)


def test_logins_are_enough_in_tier_b(client_with):
    table = definitions.compare(client_with(GROUPS, tier="B"))
    assert (table.tier, own(table, "crmkit"), own(table, "crmkit_8_weeks")) == ("B", [20, 10, 10], [30, 0, 10])


def test_other_tiers_have_no_rows(client_with, client_of):
    table = definitions.compare(client_with(GROUPS, tier="C"))
    assert table.frame.columns.tolist() == ["definition", "segment", "n", "n_total", "share"]
    assert table.frame.empty
    assert privacy.protect(table).frame.empty


@pytest.mark.parametrize("covered", [("2026-06-28", "2026-06-28"), ("2024-01-01", "2024-12-31")])
def test_no_log_of_the_window(client_with, covered):
    assert definitions.compare(client_with(GROUPS, covered=covered)).frame.empty


def test_nobody(client_of):
    rows = pd.DataFrame(
        {"org_unit": ["Netz"], "band": ["oft"], "n": [30], "from_date": "2026-01-05", "to_date": "2026-03-29",
         "definition": "Anmeldung"}
    )  # fmt: skip
    assert definitions.compare(client_of()).frame.empty
    assert definitions.compare(client_of(aggregates=rows)).frame.empty


def test_input_unchanged(client_with):
    client = client_with(GROUPS)
    before = {name: getattr(client, name).copy(deep=True) for name in ("users", "assignments", "coverage", "activity")}
    definitions.compare(client)
    for name, rows in before.items():
        pdt.assert_frame_equal(getattr(client, name), rows)
