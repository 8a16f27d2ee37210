"""Goals of a client, followed: frozen baselines, larger units, own figures, measures, those who stayed."""

import datetime as dt

import pandas as pd
import pytest

from crmkit import history, open_client, privacy, schema
from crmkit.errors import GoalError
from crmkit.method import progress
from crmkit.method.goals import frozen

#: 2026-06-28 minus 40 weeks lies in September 2025: readings from then on.
N_WEEKS = 40
SENTENCE = "Wir wollen die Zahl der aktiven Nutzer {place}in 9 Monaten um {change} erhöhen."


def goal_lines(*goals: str) -> str:
    return "goals:\n" + "".join(f"  - {goal}\n" for goal in goals)


def entry(place="", change="20 %", start="2026-03-31", **more) -> str:
    fields = {"sentence": SENTENCE.format(place=place, change=change), **more}
    return "{" + ", ".join(f'{key}: "{value}"' for key, value in fields.items()) + f", start: {start}}}"


def in_fields(**fields) -> str:
    said = {"direction": "up", "months": 9, "start": "2026-01-15", **fields}
    return "{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}"


def freeze(client, **how) -> list[frozen.Frozen]:
    """Freeze and keep, as `crmkit goals --freeze` does; what the client remembers is read anew."""
    new = progress.freeze(client, **how)
    history.keep_baselines(client.folder, [one.entry() for one in new])
    for name in ("memory", "baselines"):
        vars(client).pop(name, None)
    return new


@pytest.fixture
def firm(client_of, people_tables, days_in_weeks):
    """Return a function that makes a client: 30 of 90 work every week, 10 more since March, in two units."""

    def make(*goals: str, units=("Vertrieb/Nord", "Vertrieb/Süd"), settings="", **tables):
        ids = [f"u{i:02}" for i in range(90)]
        people = people_tables(ids, org_unit=[units[i % len(units)] for i in range(90)])
        days = [days_in_weeks(user, N_WEEKS) for user in ids[:30]] + [days_in_weeks(user, 16) for user in ids[30:40]]
        return client_of(settings=goal_lines(*goals) + settings, activity=pd.concat(days), **people, **tables)

    return make


def test_followed(firm):
    one = progress.follow(firm(entry()))[0]
    assert (one.status.baseline, one.status.actual, one.status.target) == (30, 40, 36)
    assert (one.status.status, one.proposal) == ("reached", ("reached", "reached"))
    assert (one.frozen, one.changed, one.agreed, one.measurable_in) == (None, (), "", "")


def test_frozen_once_and_held(firm):
    client = firm(entry(id="mehr"))
    assert [kept.id for kept in freeze(client)] == ["mehr"]
    assert freeze(client) == []
    one = progress.follow(client)[0]
    assert one.frozen.frozen_on == dt.date(2026, 6, 28)
    assert progress.overview(client).frame["frozen_date"].tolist() == [pd.Timestamp("2026-06-28")]
    assert (one.changed, one.drifted_baseline) == ((), None)


def test_a_goal_that_was_moved_is_seen(firm):
    """The goal posts: 20 % were agreed, 10 % stand in client.yml today."""
    freeze(firm(entry(id="mehr")))
    moved = firm(entry(id="mehr", change="10 %"))
    # Freezing once more does not wipe the trace out: that takes a reason.
    assert freeze(moved) == []
    one = progress.follow(moved)[0]
    assert (one.frozen, one.changed) == (None, ("goal_changed",))
    assert one.agreed == SENTENCE.format(place="", change="20 %")
    # Owner, answers and wording may change: the goal is the same.
    same = progress.follow(firm(entry(id="mehr", owner_role="Vertrieb")))[0]
    assert (same.changed, same.frozen is not None) == ((), True)


def test_late_exports_do_not_move_a_frozen_baseline(firm, days_in_weeks):
    client = firm(entry(id="mehr"))
    freeze(client)
    late = pd.concat([schema.conform(days_in_weeks(f"u{i:02}", N_WEEKS), "activity") for i in range(50, 57)])
    pd.concat([client.activity, late]).to_parquet(client.folder / "prepared" / "activity.parquet")
    one = progress.follow(open_client(client.folder))[0]
    assert (one.status.baseline, one.drifted_baseline, one.changed) == (30, 37, ("baseline_drifted",))


def test_another_definition_since(firm):
    freeze(firm(entry(id="mehr")))
    one = progress.follow(firm(entry(id="mehr"), settings="active: {regular_share: 0.9}"))[0]
    assert (one.status.reason, one.changed) == ("definition_break", ("definition_changed",))
    assert one.proposal == ("adjust", "freeze_again")


def test_frozen_again(firm, refused):
    client = firm(entry(id="mehr"))
    freeze(client)
    with refused(GoalError, "goal: `reason`: say why the baseline is frozen again."):
        freeze(client, again="mehr")
    with refused(GoalError, 'no goal has the id "mehrr". Did you mean "mehr"? Known: `mehr`.'):
        freeze(client, again="mehrr", reason="x")
    freeze(client, again="mehr", reason="Konten bereinigt")
    assert [kept.reason for kept in frozen.of_entries(history.baselines(client.folder))] == ["", "Konten bereinigt"]
    one = progress.follow(client)[0]
    assert (one.changed, one.reason_again) == (("frozen_again",), "Konten bereinigt")
    assert one.agreed == SENTENCE.format(place="", change="20 %")


def test_a_goal_that_is_gone_leaves_its_trace(firm):
    freeze(firm(entry(id="mehr")))
    renamed = firm(entry(id="besser"))
    assert [kept.id for kept in progress.dropped(renamed)] == ["mehr"]
    assert progress.dropped(firm(entry(id="mehr"))) == []


def test_a_goal_without_a_start_is_not_frozen(firm, refused):
    client = firm(f'{{id: mehr, sentence: "{SENTENCE.format(place="", change="20 %")}"}}')
    assert progress.follow(client)[0].changed == ("no_start",)
    message = 'goal "mehr": its baseline cannot be frozen: client.yml states no `start`, so it begins anew each time.'
    # It does not keep other goals from being frozen.
    assert freeze(client) == []
    with refused(GoalError, message):
        freeze(client, again="mehr", reason="x")


def test_a_path_that_was_changed_is_seen_and_does_not_hold(firm):
    freeze(firm(entry(id="mehr")))
    one = progress.follow(firm(entry(id="mehr", path="s_curve")))[0]
    assert (one.goal.shape, one.changed) == ("linear", ("path_changed",))


def test_an_unmeasurable_goal_is_not_frozen_again(firm, refused):
    client = firm(entry(id="fern", place="in der Einheit Vertrieb/Nord "), units=("Vertrieb/Nord", *["Service"] * 29))
    assert progress.follow(client)[0].status.reason == "few_people"
    with refused(GoalError, 'goal "fern": its baseline cannot be frozen: it cannot be measured (few people).'):
        freeze(client, again="fern", reason="x")


def test_two_goals_do_not_tell_of_the_few_between_them(client_of, people_tables, days_in_weeks):
    """12 of 20 in Eins and 2 of 3 in Zwei: 14 of 23 in both would tell of Zwei."""
    ids = [f"u{i:02}" for i in range(83)]
    units = ["A/Eins"] * 20 + ["A/Zwei"] * 3 + ["B"] * 60
    active = [*ids[:12], *ids[20:22], *ids[23:50]]
    days = pd.concat([days_in_weeks(user, N_WEEKS) for user in active])
    lines = goal_lines(*(entry(place=f"in der Einheit {unit} ", change="50 %") for unit in ("A", "A/Eins")))
    outer, inner = progress.follow(client_of(settings=lines, activity=days, **people_tables(ids, org_unit=units)))
    assert (outer.status.n, outer.status.n_total) == (14, 23)
    assert (inner.status.status, inner.status.reason, inner.status.n) == ("not_measurable", "few_people", None)
    alone = goal_lines(entry(place="in der Einheit A/Eins ", change="50 %"))
    assert (
        progress.follow(client_of(settings=alone, activity=days, **people_tables(ids, org_unit=units)))[0].status.n
        == 12
    )


def test_what_was_done_yesterday_is_no_reason_to_stop(firm):
    """Nothing has moved: a training of last week cannot show yet, one of before the goal says nothing."""
    goal = entry(id="mehr", change="50 %", start="2025-12-31")
    dates = {"2026-06-21": "adjust", "2019-05-01": "adjust", "2026-02-01": "stop"}
    for day, fit in dates.items():
        measures = pd.DataFrame(
            {
                "goal": "mehr",
                "measure": "Training",
                "hurdle": "",
                "owner_role": "",
                "date": [pd.Timestamp(day)],
                "status": "done",
            }
        )
        assert still(firm, goal, measures).proposal.fit == fit


def still(firm, goal, measures):
    """Return a followed goal of a client in which nothing has moved."""
    client = firm(goal, measures=measures)
    day = client.activity["user_id"].isin([f"u{i:02}" for i in range(30)])
    client.activity[day].to_parquet(client.folder / "prepared" / "activity.parquet")
    return progress.follow(open_client(client.folder))[0]


@pytest.mark.parametrize(
    ("name", "units", "message"),
    [
        ("Datenqualität", ["", ""],
         'goal: the figure "data quality": a share; write it in outcomes.csv with the unit "%".'),
        ("Datenqualität", ["%", "Punkte"],
         'goal: the figure "data quality": stands in outcomes.csv in several units (`%`, `Punkte`); keep one.'),
    ],
)  # fmt: skip
def test_figures_in_one_unit(firm, refused, name, units, message):
    dates = pd.to_datetime(["2025-12-31", "2026-03-31"])
    outcomes = pd.DataFrame({"outcome": name, "date": dates, "value": [60.0, 66.0], "unit": units})
    quality = in_fields(metric="data_quality", change_unit="relative", change_value=0.1)
    with refused(GoalError, message):
        progress.follow(firm(quality, outcomes=outcomes))


def test_quarterly_figures_are_replayed(firm):
    dates = pd.to_datetime(["2025-12-31", "2026-03-31", "2026-06-28"])
    outcomes = pd.DataFrame({"outcome": "Zufriedenheit", "date": dates, "value": [7.4, 7.6, 7.9], "unit": "Punkte"})
    figure = in_fields(metric="outcome", outcome="Zufriedenheit", change_unit="target", change_value=8.5)
    history = progress.history(firm(figure, outcomes=outcomes)).frame
    assert "not_measurable" not in set(history["status"])


def test_two_goals_of_one_id(firm, refused):
    client = firm(entry(id="mehr"), entry(id="mehr", change="10 %"))
    with refused(
        GoalError,
        f'goals: the id "mehr" stands for two goals: "{SENTENCE.format(place="", change="20 %")}" and '
        f'"{SENTENCE.format(place="", change="10 %")}". Give one another `id`.',
    ):
        progress.follow(client)


def test_a_goal_of_tomorrow_is_not_followed(firm):
    client = firm(entry(start="2026-06-29"))
    assert progress.follow(client) == []
    assert [goal.start for goal in progress.goals_of(client)] == [dt.date(2026, 6, 29)]
    for table in (progress.overview, progress.readings_table, progress.paths, progress.history, progress.cohort):
        assert table(client).frame.empty
        assert privacy.protect(table(client)).frame.empty


def test_the_smallest_unit_in_which_it_can_be_measured(client_of, people_tables, days_in_weeks):
    """4 of 30 in the team: too few to be told; 34 of 60 in the department."""
    ids = [f"u{i:02}" for i in range(90)]
    units = ["Vertrieb/Nord"] * 30 + ["Vertrieb/Süd"] * 30 + ["Service"] * 30
    days = [days_in_weeks(user, N_WEEKS) for user in [*ids[:4], *ids[30:60]]]
    lines = goal_lines(*(entry(place=f"in der Einheit {unit} ") for unit in ("Vertrieb/Nord", "Service")))
    client = client_of(settings=lines, activity=pd.concat(days), **people_tables(ids, org_unit=units))
    small, empty = progress.follow(client)
    assert (small.status.reason, small.measurable_in) == ("few_people", "Vertrieb")
    assert small.proposal == ("adjust", "larger_unit")
    # That nobody does in a unit tells it of each of them.
    assert (empty.status.reason, empty.measurable_in) == ("few_people", "*")


def test_own_figures(firm):
    outcomes = pd.DataFrame(
        {
            "outcome": ["Zufriedenheit", "zufriedenheit ", "Datenqualität", "Datenqualität", "Datenqualität"],
            "date": pd.to_datetime(["2025-12-31", "2026-06-10", "2025-12-31", "2026-03-30", "2026-03-31"]),
            "value": [7.4, 7.9, 60.0, 10.0, 66.0], "unit": ["Punkte", "Punkte", "%", "%", "%"],
        }
    )  # fmt: skip
    figure = in_fields(metric="outcome", outcome="Zufriedenheit", change_unit="target", change_value=8.5)
    quality = in_fields(metric="data_quality", change_unit="relative", change_value=0.1)
    one, two = progress.follow(firm(figure, quality, outcomes=outcomes))
    assert (one.status.baseline, one.status.actual, one.status.target, one.unit) == (7.4, 7.9, 8.5, "Punkte")
    assert (one.status.status, one.status.provisional, one.status.n, one.status.probability) == (
        "off_track", True, None, None,
    )  # fmt: skip
    # Two readings of a month: the last one counts.
    assert (two.status.baseline, two.status.actual) == pytest.approx((0.6, 0.66))
    assert (two.status.status, two.unit) == ("reached", "%")


def test_a_figure_that_nobody_measures(firm):
    quality = in_fields(metric="data_quality", change_unit="relative", change_value=0.1)
    one = progress.follow(firm(quality))[0]
    assert (one.status.status, one.status.reason) == ("not_measurable", "no_figures")
    assert one.proposal == (None, "cannot_tell")


def test_regular_use_cannot_be_followed_by_last_logins(client_of, people_tables):
    lines = goal_lines('"Wir wollen die Zahl der regelmäßigen Nutzer in 9 Monaten um 20 % erhöhen."')
    one = progress.follow(client_of(settings=lines, **people_tables([f"u{i:02}" for i in range(60)], tier="C")))[0]
    assert (one.status.status, one.status.reason) == ("not_measurable", "no_log")
    assert one.proposal == (None, "cannot_tell")


def test_measures_decide_on_the_fit(firm):
    measures = pd.DataFrame(
        {
            "goal": ["MEHR ", "anderes"], "measure": ["Training", "Liste"], "hurdle": "", "owner_role": "Leitung",
            "date": pd.to_datetime(["2026-04-15", "2026-05-01"]), "status": ["done", "open"],
        }
    )  # fmt: skip
    lost = entry(id="mehr", change="200 %", start="2025-12-31")
    assert progress.follow(firm(lost))[0].proposal == ("adjust", "off_track")
    moved = progress.follow(firm(lost, measures=measures))[0]
    assert moved.proposal == ("adjust", "off_track")


def test_an_s_begins_with_the_first_measure(firm):
    measures = pd.DataFrame(
        {
            "goal": "mehr", "measure": ["Training", "Liste", "Alt"], "hurdle": "", "owner_role": "",
            "date": pd.to_datetime(["2026-05-15", "2026-07-01", "2025-01-01"]), "status": "open",
        }
    )  # fmt: skip
    one = progress.follow(firm(entry(id="mehr", path="s_curve"), measures=measures))[0]
    assert (one.goal.shape, one.goal.effect_from) == ("s_curve", dt.date(2026, 5, 15))
    straight = progress.follow(firm(entry(id="mehr"), measures=measures))[0]
    assert straight.goal.effect_from is None


# Those who stayed ------------------------------------------------------------------------------------------------


def joiners(n: int, days_in_weeks, people_tables, client_of, *, active: int):
    """Return a client of 60, 30 of them active; n join in January 2026, of whom some are active."""
    ids, new = [f"u{i:02}" for i in range(60)], [f"n{i:02}" for i in range(n)]
    tables = people_tables([*ids, *new], org_unit="Vertrieb")
    joined = tables["assignments"]["user_id"].isin(new)
    tables["assignments"].loc[joined, "from_date"] = pd.Timestamp("2026-01-12")
    days = [days_in_weeks(user, N_WEEKS) for user in ids[:30]] + [days_in_weeks(user, 22) for user in new[:active]]
    client = client_of(settings=goal_lines(entry(start="2026-01-05")), activity=pd.concat(days), **tables)
    return privacy.protect(progress.cohort(client)).frame


def test_hiring_alone_is_seen(days_in_weeks, people_tables, client_of):
    rows = joiners(20, days_in_weeks, people_tables, client_of, active=10)
    assert rows[["group", "n", "n_total"]].values.tolist() == [
        ["stayed_then", 30, 60], ["stayed_now", 30, 60], ["today", 40, 80],
    ]  # fmt: skip


@pytest.mark.parametrize(("n", "active"), [(4, 2), (20, 3), (20, 17), (4, 0)])
def test_few_joiners_do_not_follow_from_those_who_stayed(n, active, days_in_weeks, people_tables, client_of):
    rows = joiners(n, days_in_weeks, people_tables, client_of, active=active)
    assert rows["n"].isna().tolist() == [True, True, False]
    assert rows["moved"].eq("few").all() == (n < 5)


def test_totals_only_measures_goals_of_the_whole_client_alone(firm):
    goals = (entry(id="alle"), entry(id="nord", place="in der Einheit Vertrieb/Nord "))
    whole, part = progress.follow(firm(*goals, settings="privacy: {totals_only: true}\n"))
    assert (whole.status.status, whole.status.n) == ("reached", 40)
    assert (part.status.status, part.status.reason, part.measurable_in) == ("not_measurable", "no_units", "*")
    assert (part.status.n, part.status.baseline, len(part.series)) == (None, None, 0)
    assert part.proposal == ("adjust", "larger_unit")
    assert progress.follow(firm(*goals))[1].status.n is not None


def test_a_small_client_measures_no_goal_of_a_unit(client_of, people_tables, days_in_weeks):
    ids = [f"u{i:02}" for i in range(50)]
    days = pd.concat(days_in_weeks(user, N_WEEKS) for user in ids[:30])
    lines = goal_lines(entry(place="in der Einheit A "))
    one = progress.follow(client_of(settings=lines, activity=days, **people_tables(ids, org_unit="A")))[0]
    assert (one.status.status, one.status.reason, one.measurable_in) == ("not_measurable", "no_units", "*")


def test_without_an_agreement_no_unit_is_followed_over_time(firm):
    """The card of a goal on a unit keeps baseline and today; goals of the whole client stay as they are."""
    goals = (entry(id="alle"), entry(id="nord", place="in der Einheit Vertrieb/Nord "))
    agreed = firm(*goals, settings="privacy: {agreement: BV 7/2025}\n")
    for table in (progress.paths, progress.history):
        assert set(table(agreed).frame["goal_id"]) == {"alle", "nord"}
    alone = firm(*goals)
    for table in (progress.paths, progress.history, progress.cohort):
        assert set(table(alone).frame["goal_id"]) == {"alle"}
        assert table(alone).notes == ("needs_agreement",)
    shown = progress.overview(alone).frame.set_index("goal_id")
    assert shown.loc["nord", ["n_baseline", "n"]].tolist() == [15, 20]


def test_goals_of_the_whole_client_need_no_agreement(firm):
    assert progress.paths(firm(entry(id="alle"))).notes == ()
