"""What a first page can be made of: small literal tables, one case for each kind of sentence.

A case is its settings, the tier of its client and its tables. To add one: a function here, named like the case, and its
words in both languages in `first_page_words.py`; `test_first_page.py` says which sentence no case has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from crmkit import schema
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect

LATER = "retrospective: 2\n"
DECIDED = "next_date: 2026-12-10\ndecisions: [Lizenzumfang festlegen, Training ausweiten]\n"
ONE_GOAL = "goals: [Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.]\n"
TWO_GOALS = """goals:
  - Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
  - Wir wollen die Zahl der aktiven Nutzer bis 31.12.2026 um 20 % erhöhen.
"""


@dataclass(frozen=True)
class Case:
    """What a page is made of; `tier` is that of the client's log, empty without any."""

    settings: str = ""
    tier: str = "A"
    tables: Mapping[str, Table] = field(default_factory=dict)
    aggregates: bool = False


def everything(made) -> Case:
    tables = [made.standing(58, 61, 71, 10), made.series(), made.changes(), made.licence_use(), made.goals()]
    return Case("\n" + LATER + DECIDED + TWO_GOALS, tables={table.name: table for table in tables})


def first_time(made) -> Case:
    tables = [made.standing(58, 61, 71, 10), made.series(), made.changes(made.change_rows[:1])]
    return Case(tables={table.name: table for table in tables})


def first_reading_only(made) -> Case:
    series = made.series()
    last = series.frame[series.frame["month"] == series.frame["month"].max()].reset_index(drop=True)
    return Case(
        "\n" + LATER, tables={"standing": made.standing(58, 61, 71, 10), "usage_series": replace(series, frame=last)}
    )


def later_without_readings(made) -> Case:
    return Case("\n" + LATER + DECIDED, tables={"standing": made.standing(58, 61, 71, 10)})


def comparison(rows: list[tuple], note: str = "") -> Table:
    """Return table `comparison`: metric, date, n, n_total."""
    frame = pd.DataFrame(rows, columns=["metric", "date", "n", "n_total"]).astype({"n": "int64", "n_total": "int64"})
    frame["date"] = pd.to_datetime(frame["date"])
    notes = (note,) if note else ()
    return Table("comparison", frame, ("metric", "date"), ("n",), {}, ("n_total",), "assessed", "A", notes=notes)


def compared(made) -> Case:
    rows = [("active", "2025-06-29", 104, 190), ("active", "2026-06-28", 119, 190)]
    rows += [("regular", "2025-06-29", 54, 190), ("regular", "2026-06-28", 58, 190)]
    tables = {"standing": made.standing(58, 61, 71, 10), "comparison": comparison(rows), "change_log": made.changes()}
    return Case("\n" + LATER, tables=tables)


def compared_by_logins(made) -> Case:
    standing = made.standing(50, 40, 60, 8, tier="B", evidence="logins")
    rows = [("active", "2025-06-29", 90, 150), ("active", "2026-06-28", 90, 150)]
    table = replace(comparison(rows), tier="B", definition=standing.definition)
    return Case("\n" + LATER, tier="B", tables={"standing": standing, "comparison": table})


def compared_and_masked(made) -> Case:
    rows = [("active", "2025-06-29", 3, 190), ("active", "2026-06-28", 4, 190)]
    return Case("\n" + LATER, tables={"standing": made.standing(58, 61, 71, 10), "comparison": comparison(rows)})


def _refused(made, note: str) -> Case:
    tables = {"standing": made.standing(58, 61, 71, 10), "comparison": comparison([], note)}
    return Case("\n" + LATER, tables=tables | {"usage_series": made.series()})


def refused_not_kept(made) -> Case:
    return _refused(made, "not_kept")


def refused_crm_changed(made) -> Case:
    return _refused(made, "crm_changed")


def refused_too_close(made) -> Case:
    return _refused(made, "too_close")


def refused_no_log(made) -> Case:
    return _refused(made, "no_log")


def refused_definition_changed(made) -> Case:
    return _refused(made, "definition_changed")


def masked(made) -> Case:
    series = made.series()
    few = replace(series, withheld=tuple(range(len(series.frame))))
    tables = {"standing": made.standing(3, 60, 90, 10), "usage_series": few, "licence_use": made.licence_use()}
    return Case("\n" + LATER, tables=tables)


def nobody_assessable(made) -> Case:
    return Case(tables={"standing": made.standing(0, 0, 0, 12)})


def small_client(made) -> Case:
    unit = replace(made.by_unit(), notes=("small_client",))
    return Case(tables={"standing": made.standing(14, 9, 12, 5), "by_unit": unit})


def totals_only(made) -> Case:
    unit = replace(made.by_unit(), notes=("totals_only",))
    return Case(tables={"standing": made.standing(14, 9, 12, 5), "by_unit": unit})


def holidays(made) -> Case:
    return Case(tables={"standing": replace(made.standing(14, 9, 12, 5), notes=("summer_window", "christmas_window"))})


def records_changed(made) -> Case:
    tables = {
        "standing": made.standing(50, 40, 60, 20, 8, tier="B", evidence="changes"), "licence_use": made.licence_use(),
    }  # fmt: skip
    return Case(tier="B", tables=tables)


def logins(made) -> Case:
    return Case(tier="B", tables={"standing": made.standing(50, 40, 60, 8, tier="B", evidence="logins")})


def logins_of_a_few(made) -> Case:
    return Case(tier="B", tables={"standing": made.standing(3, 60, 90, 8, tier="B", evidence="logins")})


def accounts_some_masked(made) -> Case:
    return Case(tables={"standing": made.standing(3, 60, 90, 8)})


def last_logins(made) -> Case:
    return Case(tier="C", tables={"standing": made.bands(14, 9, 6, 7)})


def last_logins_of_a_later_list(made) -> Case:
    return Case(tier="C", tables={"standing": made.bands(14, 9, 6, 7, 8)})


def last_logins_of_a_few(made) -> Case:
    return Case(tier="C", tables={"standing": made.bands(3, 9, 16, 9)})


def one_never_logged_in(made) -> Case:
    # one would be masked: the number is written in behind the protection, for the sake of its grammar
    table = protect(made.bands(14, 9, 6, 7))
    table.frame.loc[3, "n"] = 1
    return Case(tier="C", tables={"standing": table})


def licences_alone(made) -> Case:
    return Case(tier="", tables={"licence_use": made.licence_use(price=None)})


def notice_date_passed(made) -> Case:
    use = made.licence_use()
    use.frame["notice_date"] = pd.Timestamp("2026-06-27")
    return Case(tier="", tables={"licence_use": use})


def no_notice_date(made) -> Case:
    use = made.licence_use()
    use.frame["notice_date"] = pd.NaT
    return Case(tier="", tables={"licence_use": use})


def two_currencies(made) -> Case:
    use = made.licence_use()
    use.frame["currency"] = ["EUR", "CHF"]
    return Case(tier="", tables={"licence_use": use})


def own_figures(made) -> Case:
    table = made.aggregates()
    kept = table.frame[table.frame["org_unit"] != "Außendienst"].reset_index(drop=True)
    return Case(tier="", tables={"standing": replace(table, frame=kept)}, aggregates=True)


def own_figures_some_masked(made) -> Case:
    return Case(tier="", tables={"standing": made.aggregates()}, aggregates=True)


def own_figures_all_masked(made) -> Case:
    return Case(tier="", tables={"standing": made.masked(made.aggregates())}, aggregates=True)


def nothing(made) -> Case:
    return Case(tier="")


def goal_without_reading(made) -> Case:
    return Case("\n" + ONE_GOAL, tier="")


def goals_without_reading(made) -> Case:
    return Case("\n" + TWO_GOALS, tier="")


def one_goal(made) -> Case:
    return Case("\n" + ONE_GOAL, tier="", tables={"goals": made.goals([made.rate])})


def goal_begun(made) -> Case:
    return Case("\n" + ONE_GOAL, tier="", tables={"goals": made.goals([made.rate | {"status": "too_early"}])})


def goal_not_measurable(made) -> Case:
    goal = made.unmeasured | {"fit_proposed": "", "measurable_in": ""}
    return Case("\n" + ONE_GOAL, tier="", tables={"goals": made.goals([goal])})


def goal_missed(made) -> Case:
    goal = made.rate | {
        "wording": "Wir wollen die Nutzungsquote bis 31.05.2026 auf 75 % steigern.", "deadline": "2026-05-31",
        "required_pace": None, "status": "missed", "fit": "stop",
    }  # fmt: skip
    return Case("\n" + ONE_GOAL, tier="", tables={"goals": made.goals([goal])})


def _not_measurable(made, reasons: list[str], *, measurable_in: str = "") -> Case:
    goal = made.unmeasured | {"measurable_in": measurable_in}
    goals = [goal | {"wording": f"Ziel {n}", "reason": reason} for n, reason in enumerate(reasons, 1)]
    return Case("\n" + TWO_GOALS, tier="", tables={"goals": made.goals(goals)})


def goals_without_data(made) -> Case:
    return _not_measurable(made, ["no_reading", "coverage", "no_units", "no_baseline", "no_log"])


def goals_without_sense(made) -> Case:
    wrong = ["definition_break", "baseline_zero", "target_impossible", "target_not_beyond_baseline", "noise"]
    return _not_measurable(made, wrong)


def goals_for_the_whole(made) -> Case:
    return _not_measurable(made, ["no_figures", "few_people"], measurable_in="*")


def goals_of_all_kinds(made) -> Case:
    proposed = made.unmeasured | {"measurable_in": "Vertrieb/Nord"}
    undecided = made.satisfaction | {"fit": "", "fit_proposed": ""}
    early = made.nobody | {
        "status": "too_early", "actual": None, "target": None, "baseline": None, "required_pace": None, "fit": "",
        "fit_proposed": "fits", "wording": "Wir wollen die Nutzungsquote in 12 Monaten halten.",
    }  # fmt: skip
    goals = [{}, made.rate, proposed, undecided, early, made.rate | {"status": "reached", "fit": "reached"}]
    return Case("\n" + TWO_GOALS, tier="", tables={"goals": made.goals(goals)})


def seven_goals(made) -> Case:
    goals = [made.rate | {"wording": f"Ziel {name}"} for name in "abcdefg"]
    return Case("\n" + TWO_GOALS, tier="", tables={"goals": made.goals(goals)})


CASES: list[Callable] = [
    compared, compared_by_logins, compared_and_masked, refused_not_kept, refused_crm_changed, refused_too_close,
    refused_no_log, refused_definition_changed,
    everything, first_time, first_reading_only, later_without_readings, masked, nobody_assessable, small_client,
    totals_only, holidays, records_changed, logins, logins_of_a_few,
    accounts_some_masked, last_logins, last_logins_of_a_later_list,
    last_logins_of_a_few,
    one_never_logged_in, licences_alone, notice_date_passed, no_notice_date, goal_begun, two_currencies, own_figures,
    own_figures_some_masked, own_figures_all_masked, nothing, goal_without_reading, goals_without_reading, one_goal,
    goal_not_measurable, goal_missed, goals_without_data, goals_without_sense, goals_for_the_whole,
    goals_of_all_kinds, seven_goals,
]  # fmt: skip


def opened(case: Case, client_of, people_tables):
    """Return the client and the protected tables of a case, each table by itself: their numbers were made up so."""
    # all cases of a test share a folder: what a case does not have is written as empty
    tables = {name: schema.empty(name) for name in ("coverage", "aggregates")}
    tables |= people_tables(["a"], tier=case.tier) if case.tier else {}
    if case.aggregates:
        row = {"org_unit": ["Nord"], "band": ["oft"], "n": [9], "from_date": pd.Timestamp("2026-01-05")}
        tables["aggregates"] = pd.DataFrame({**row, "to_date": pd.Timestamp("2026-03-29"), "definition": "x"})
    shown = {name: t if isinstance(t, ProtectedTable) else protect(t) for name, t in case.tables.items()}
    return client_of(settings=case.settings, **tables), shown
