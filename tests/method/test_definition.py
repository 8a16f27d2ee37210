"""Definitions: what cannot be is refused, what differs has another hash, rhythms of roles."""

from dataclasses import fields, replace

import pandas as pd
import pandas.testing as pdt
import pytest

from crmkit.errors import MethodError
from crmkit.method import panel, segments, tiers
from crmkit.method.definition import NAMED, Definition, named

MONDAYS = pd.date_range("2026-04-06", periods=12, freq="7D")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"occasional_share": 0.7},
         "`occasional_share` 0.7 is not below `regular_share` 0.666667: the segments overlap."),
        ({"regular_share": 0.25}, "`occasional_share` 0.25 is not below `regular_share` 0.25: the segments overlap."),
        ({"regular_share": 0}, "`regular_share` is 0, expected a share above 0 and up to 1."),
        ({"regular_share": 75}, "`regular_share` is 75, expected a share above 0 and up to 1."),
        ({"regular_share": float("nan")}, "`regular_share` is nan, expected a share above 0 and up to 1."),
        ({"occasional_share": -0.1}, "`occasional_share` is -0.1, expected a share above 0 and up to 1."),
        ({"occasional_share": 1.01}, "`occasional_share` is 1.01, expected a share above 0 and up to 1."),
        ({"window_weeks": 0}, "`window_weeks` is 0, expected a whole number, at least 1."),
        ({"min_eligible_weeks": 0}, "`min_eligible_weeks` is 0, expected a whole number, 1 to 12."),
        ({"min_eligible_weeks": 13}, "`min_eligible_weeks` is 13, expected a whole number, 1 to 12."),
        ({"window_weeks": 3}, "`min_eligible_weeks` is 4, expected a whole number, 1 to 3."),
        ({"onboarding_days": -1}, "`onboarding_days` is -1, expected a whole number, at least 0."),
        ({"min_available_days": 0}, "`min_available_days` is 0, expected a whole number, 1 to 5."),
        ({"min_available_days": 6}, "`min_available_days` is 6, expected a whole number, 1 to 5."),
        ({"min_active_days": 0}, "`min_active_days` is 0, expected a whole number, 1 to 5."),
        ({"min_active_days": 6}, "`min_active_days` is 6, expected a whole number, 1 to 5."),
        ({"actions": ("views",)},
         '`actions`: "views" is not known. Did you mean "view"? Known: login, view, write, export.'),
        ({"channels": ("ui", "app")}, '`channels`: "app" is not known. Did you mean "api"? '
         "Known: ui, mobile, addin, api, background."),
        ({"rhythms": (("Vertrieb", "yearly"),)},
         '`rhythms`: "yearly" is not known. Known: daily, weekly, monthly.'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(changes, message, refused):
    with refused(MethodError, f"definition: {message}"):
        Definition(**changes)


def test_limits_at_their_ends():
    made = Definition(
        regular_share=1, occasional_share=0.001, window_weeks=4, min_eligible_weeks=4, onboarding_days=0,
        min_available_days=5, min_active_days=5,
    )  # fmt: skip
    assert (made.tier, made.for_evidence("logins").actions) == ("A", ("login",))


OTHER = {
    "rule": "viva", "window_weeks": 13, "regular_share": 0.75, "occasional_share": 0.2, "min_eligible_weeks": 5,
    "min_available_days": 2, "onboarding_days": 60, "actions": ("view",), "channels": ("ui",), "evidence": "changes",
    "min_active_days": 2, "rhythms": (("Leitung", "monthly"),),
}  # fmt: skip


def test_every_field_changes_the_hash():
    assert set(OTHER) == {field.name for field in fields(Definition)}
    hashes = {name: replace(Definition(), **{name: value}).hash for name, value in OTHER.items()}
    assert len({*hashes.values(), Definition().hash}) == len(OTHER) + 1
    assert all(len(hash_) == 12 and int(hash_, 16) >= 0 for hash_ in hashes.values())


def test_equal_definitions_have_equal_hashes():
    assert Definition().hash == NAMED["crmkit"].hash == replace(Definition(min_active_days=2), min_active_days=1).hash
    assert Definition().for_evidence("views") == Definition()
    assert Definition().for_evidence("changes").for_evidence("views").hash == Definition().hash


def test_a_whole_number_is_the_same_share():
    assert Definition(regular_share=1) == Definition(regular_share=1.0)
    assert Definition(regular_share=1).hash == Definition(regular_share=1.0).hash


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rule": "clicks"},
         '`rule`: "clicks" is not known. Known: crmkit, viva, viva_4w, mozilla, frequency, lifecycle.'),
        ({"evidence": "clicks"}, '`evidence`: "clicks" is not known. Known: views, logins, changes.'),
        ({"actions": ()}, "`actions` is empty. Known: login, view, write, export."),
        ({"channels": ()}, "`channels` is empty. Known: ui, mobile, addin, api, background."),
        ({"window_weeks": 12.5}, "`window_weeks` is 12.5, expected a whole number, at least 1."),
        ({"rhythms": (("Vertrieb", "daily"), ("Vertrieb", "monthly"))}, "`rhythms`: a role stands twice."),
    ],
)  # fmt: skip
def test_what_would_count_nothing_or_twice_is_refused(changes, message, refused):
    with refused(MethodError, f"definition: {message}"):
        Definition(**changes)


def test_order_and_repeats_do_not_matter():
    one = Definition(actions=("write", "view", "view"), channels=("addin", "ui", "mobile"))
    assert (one, one.hash) == (Definition(), Definition().hash)
    roles = (("Leitung", "monthly"), ("Innendienst", "daily"))
    assert Definition(rhythms=roles).hash == Definition(rhythms=roles[::-1]).hash


def test_names(refused):
    own = Definition(min_active_days=2)
    assert named(own) is own
    assert named("crmkit_two_days") == own
    known = "crmkit, crmkit_known_absences, crmkit_two_days, viva, viva_4w, mozilla, frequency, lifecycle"
    with refused(
        MethodError, f'definition "crmkit_two_day" is not known. Did you mean "crmkit_two_days"? Known: {known}.'
    ):
        named("crmkit_two_day")


# Rhythms ----------------------------------------------------------------------------------------------------------

ROLES = """
roles:
  Innendienst: {areas: [sales], rhythm: daily}
  Leitung: {rhythm: monthly}
  Vertrieb: {areas: [sales]}
"""


def days_of(user: str, days: list[pd.Timestamp]) -> pd.DataFrame:
    return pd.DataFrame({"user_id": user, "date": days, "source": "log", "n_view": 1})


def two_days_a_week(user: str) -> pd.DataFrame:
    """Return work on every Tuesday and Wednesday of the window."""
    return days_of(user, [monday + pd.Timedelta(days=n) for monday in MONDAYS for n in (1, 2)])


@pytest.fixture
def people(client_of, people_tables):
    """Return a function that makes the client of literal work by person, and its segments."""

    def make(roles: dict[str, str], work: list[pd.DataFrame], *, settings: str = ROLES, **columns):
        tables = people_tables(list(roles), role=list(roles.values()), **columns)
        client = client_of(settings=settings, activity=pd.concat(work), **tables)
        return client, segments.assign(panel.weekly(client.activity, client, as_of=client.as_of))

    return make


COLUMNS = ["user_id", "eligible_weeks", "active_weeks", "week_share", "segment"]


def test_daily_work_is_work_on_half_of_the_days(people):
    """Working days are 4 in five weeks: Easter Monday, 1 May, Ascension, Whit Monday, Corpus Christi.

    Two days are half of four and less than half of five.
    """
    roles = {"daily": "Innendienst", "part time": "Innendienst", "unknown": "Azubi", "weekly": "Vertrieb"}
    _, found = people(roles, [two_days_a_week(user) for user in roles], fte=[1.0, 0.5, 1.0, 1.0])
    expected = [
        ("daily", 12, 5, 5 / 12, "occasional"),
        ("part time", 12, 12, 1.0, "regular"),
        ("unknown", 12, 12, 1.0, "regular"),
        ("weekly", 12, 12, 1.0, "regular"),
    ]
    pdt.assert_frame_equal(found, pd.DataFrame(expected, columns=COLUMNS))


def test_three_days_are_half_of_five(people):
    work = [monday + pd.Timedelta(days=n) for monday in MONDAYS for n in (1, 2, 4)]
    _, found = people({"daily": "Innendienst"}, [days_of("daily", work)])
    assert found[["active_weeks", "segment"]].values.tolist() == [[12, "regular"]]


def test_monthly_work_lasts_for_the_four_weeks_after_it(people):
    """The week of 27 April and four more, the week of 1 June and the three that are left."""
    roles = {
        "april and june": "Leitung",
        "march": "Leitung",
        "may": "Leitung",
        "never": "Leitung",
        "weekly": "Vertrieb",
    }
    april, may, june = (pd.Timestamp(day) for day in ("2026-05-03", "2026-05-31", "2026-06-01"))
    work = {
        "april and june": [april, june],
        "march": [pd.Timestamp("2026-03-30")],
        "may": [may],
        "weekly": [april, june],
    }
    _, found = people(roles, [days_of(user, days) for user, days in work.items()])
    expected = [
        ("april and june", 12, 9, 9 / 12, "regular"),
        ("march", 12, 4, 4 / 12, "occasional"),
        ("may", 12, 5, 5 / 12, "occasional"),
        ("never", 12, 0, 0.0, "rare"),
        ("weekly", 12, 2, 2 / 12, "rare"),
    ]
    pdt.assert_frame_equal(found, pd.DataFrame(expected, columns=COLUMNS))


def test_monthly_work_is_the_same_in_a_longer_window(people):
    client, _ = people({"lead": "Leitung"}, [days_of("lead", [pd.Timestamp("2026-06-01")])])
    for n in (12, 13, 15):
        weeks = panel.weekly(client.activity, client, as_of=client.as_of, weeks=n)
        assert weeks.loc[weeks["active"], "week"].tolist() == list(MONDAYS[-4:])


def test_a_week_that_does_not_count_is_not_active_in_a_month_with_work(people, client_of):
    """The log of the week with the work has a gap: the week itself counts for nobody, the three after it are active."""
    client, _ = people({"lead": "Leitung"}, [days_of("lead", [pd.Timestamp("2026-06-01")])])
    days = client.coverage
    holed = days.assign(complete=days["complete"] & (days["date"] != "2026-06-03"))
    again = client_of(
        settings=ROLES, activity=client.activity, users=client.users, assignments=client.assignments, coverage=holed
    )
    weeks = panel.weekly(again.activity, again, as_of=again.as_of)
    assert segments.assign(weeks)[["eligible_weeks", "active_weeks"]].values.tolist() == [[11, 3]]


def test_who_changes_the_role_changes_the_rhythm(people, client_of):
    """Until 3 May monthly, then weekly: work on 7 April makes four weeks active, work on 5 May one."""
    client, _ = people({"a": "Leitung"}, [days_of("a", [pd.Timestamp("2026-04-07"), pd.Timestamp("2026-05-05")])])
    spans = pd.concat([client.assignments, client.assignments.assign(role="Vertrieb", from_date="2026-05-04")])
    spans["to_date"] = pd.to_datetime(["2026-05-03", None])
    spans["from_date"] = pd.to_datetime(spans["from_date"])
    moved = client_of(
        settings=ROLES, activity=client.activity, users=client.users, assignments=spans, coverage=client.coverage
    )
    weeks = panel.weekly(moved.activity, moved, as_of=moved.as_of)
    assert weeks.loc[weeks["active"], "week"].tolist() == [*MONDAYS[:4], MONDAYS[4]]


def test_the_rhythms_of_a_client_are_in_its_definition(people):
    client, _ = people({"a": "Leitung"}, [days_of("a", [pd.Timestamp("2026-06-01")])])
    expected = Definition(rhythms=(("Innendienst", "daily"), ("Leitung", "monthly")))
    assert tiers.definition_of(client) == expected
