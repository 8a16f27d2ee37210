"""Protected tables as the method room makes them, with numbers made up by hand."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect

WINDOW = (dt.date(2026, 4, 6), dt.date(2026, 6, 28))
UNITS = {
    "Vertrieb/Vertrieb Nord": (14, 11, 9),
    "Vertrieb/Vertrieb Süd": (12, 10, 13),
    "Marketing": (6, 7, 12),
    "Service/Innendienst": (15, 12, 6),
    "Service/Technik im Außendienst und Bereitschaft": (3, 9, 20),
    "Einkauf": (2, 3, 4),
    "Geschäftsleitung": (6, 9, 7),
}


def columns(text: str, rows: list[tuple]) -> pd.DataFrame:
    """Return a frame of literal rows under the column names of a text."""
    return pd.DataFrame(rows, columns=text.split())


def with_share(frame: pd.DataFrame) -> pd.DataFrame:
    share = (frame["n"] / frame["n_total"].where(frame["n_total"] > 0)).astype(float)
    if "segment" in frame:
        share = share.where(frame["segment"] != "not_assessable")
    return frame.assign(share=share)


def counted(name: str, frame: pd.DataFrame, dims: tuple[str, ...], *, tier="A", evidence="views", **more) -> Table:
    definition = Definition().for_evidence(evidence) if tier in "AB" else None
    return Table(
        name, with_share(frame), dims, ("n",), {"share": ("n", "n_total")}, ("n_total",), "assessed", tier, WINDOW,
        definition, **more,
    )  # fmt: skip


def standing_of(*numbers: int, tier="A", evidence="views") -> Table:
    """Return `standing` with n of regular, occasional, rare, [no_write_trace,] not_assessable."""
    codes = ["regular", "occasional", "rare", *(["no_write_trace"] if len(numbers) == 5 else []), "not_assessable"]
    rows = [(code, n, sum(numbers[:-1])) for code, n in zip(codes, numbers, strict=True)]
    frame = columns("segment n n_total", rows)
    return counted(
        "standing", frame, ("segment",), tier=tier, evidence=evidence, partition="segment", apart=("not_assessable",)
    )


def bands_of(*numbers: int) -> Table:
    """Return `standing` of tier C; a fifth number is that of accounts which a later list knows."""
    codes = ["within_4_weeks", "weeks_5_12", "over_12_weeks", "never", "after_as_of"][: max(len(numbers), 4)]
    rows = [(code, n, sum(numbers)) for code, n in zip(codes, numbers, strict=True)]
    return counted("standing", columns("band n n_total", rows), ("band",), tier="C", partition="band")


def aggregates_of() -> Table:
    """Return `standing` of tier E."""
    meant = {
        "regelmäßig": "mindestens 8 von 12 Wochen",
        "gelegentlich": "3 bis 7 von 12 Wochen",
        "selten": "höchstens 2 von 12 Wochen",
    }
    counts = {"Kundenbüro": (31, 18, 12), "Energieberatung": (9, 11, 8), "Außendienst": (3, 12, 29)}
    rows = [
        (unit, band, meaning, n, sum(numbers))
        for unit, numbers in counts.items()
        for n, (band, meaning) in zip(numbers, meant.items(), strict=True)
    ]
    dims = ("org_unit", "band", "definition")
    return counted("standing", columns("org_unit band definition n n_total", rows), dims, tier="E", partition="band")


def by_unit_of(units=UNITS) -> Table:
    codes = ["regular", "occasional", "rare"]
    rows = [(u, code, n, sum(ns)) for u, ns in units.items() for code, n in zip(codes, ns, strict=True)]
    frame = columns("org_unit segment n n_total", rows)
    return counted("by_unit", frame, ("org_unit", "segment"), partition="segment")


def areas_of() -> Table:
    rows = [("sales", 104, 190), ("marketing", 31, 190), ("service", 77, 190), ("shared", 122, 190)]
    return counted("area_usage", columns("area n n_total", rows), ("area",))


def breadth_of() -> Table:
    cells = {"regular": (0, 6, 21, 31), "occasional": (0, 42, 14, 5), "rare": (40, 26, 5, 0)}
    rows = [(s, code, n, sum(ns)) for s, ns in cells.items() for code, n in zip(["0", "1", "2", "3+"], ns, strict=True)]
    return counted("breadth", columns("segment n_areas n n_total", rows), ("segment", "n_areas"))


def unit_area_of() -> Table:
    cells = {
        "Vertrieb/Vertrieb Nord": (30, 5, 0, 24),
        "Vertrieb/Vertrieb Süd": (26, 8, 2, 20),
        "Marketing": (6, 22, 0, 15),
        "Service/Innendienst": (9, 0, 31, 28),
        "Geschäftsleitung": (12, 6, 5, 17),
    }
    totals = {unit: sum(UNITS[unit]) for unit in cells}
    areas = ["sales", "marketing", "service", "shared"]
    rows = [(u, area, n, totals[u]) for u, ns in cells.items() for area, n in zip(areas, ns, strict=True)]
    return counted("unit_area", columns("org_unit area n n_total", rows), ("org_unit", "area"))


def details_of() -> Table:
    rows = [("rare", 33, 190), ("dormant", 24, 190), ("never", 14, 190)]
    return counted("details", columns("detail n n_total", rows), ("detail",))


def plain(name: str, frame: pd.DataFrame, dims: tuple[str, ...], counts=("n",), *, tier="A", **derived) -> Table:
    totals = ("n_total",) if "n_total" in frame else ()
    return Table(name, frame, dims, counts, derived, totals, "holders", tier, WINDOW)


def waterfall_of() -> Table:
    rows = [("purchased", 220), ("assigned", 209), ("persons", 200), ("past_onboarding", 190), ("assessed", 190)]
    return plain("waterfall", columns("step n", rows), ("step",))


def licence_use_of(*, price: float | None = 148.0) -> Table:
    day = pd.Timestamp("2026-09-30")
    cost = (float("nan"), float("nan")) if price is None else (price * 12 * 195, 24.0 * 12 * 25)
    rows = [
        ("Salesforce", "EUR", day, 195, cost[0], 186, 52, 55, 61, 10),
        ("Salesforce Platform", "EUR", day, 25, cost[1], 23, 6, 6, 10, 0),
    ]
    counts = ("n_assigned", "n_regular", "n_occasional", "n_rare", "n_not_assessable")
    dims = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
    return plain("licence_use", columns(" ".join([*dims, *counts]), rows), dims, counts)


def licence_cost_of() -> Table:
    day = pd.Timestamp("2026-09-30")
    rows = [
        ("without_use", "EUR", day, 38, 64320.0),
        ("reassignable", "EUR", day, 11, 16560.0),
        ("adjustable", "EUR", day, 49, 80880.0),
    ]
    dims = ("kind", "currency", "notice_date")
    return plain("licence_cost", columns("kind currency notice_date n cost_year", rows), dims, cost_year=("n",))


def licence_figures_of() -> Table:
    rows = [
        ("usage_rate", "", 119, 190, 119 / 190),
        ("regular_share", "", 58, 190, 58 / 190),
        ("cost_per_regular_year", "EUR", 58, 190, 5265.4),
    ]
    frame = columns("metric currency n n_total value", rows)
    return plain("licence_figures", frame, ("metric", "currency"), value=("n", "n_total"))


def series_of() -> Table:
    ends = [*pd.date_range("2025-09-30", "2026-05-31", freq="ME"), pd.Timestamp("2026-06-28")]
    active = [104, 107, 96, 88, 90, 96, 105, 112, 116, 119]
    regular = [54, 55, 47, 40, 41, 45, 50, 55, 57, 58]
    months = list(zip(ends, active, regular, strict=True))
    rows = [(day, "active", 1.0, n, 190) for day, n, _ in months]
    rows += [(day, "regular", 1.0, n, 190) for day, _, n in months]
    frame = columns("month metric coverage_share n n_total", rows)
    return counted("usage_series", frame, ("month", "metric", "coverage_share"))


CHANGES = [
    ("2025-07-14", "organisational", "Wechsel in der Leitung Vertrieb Süd", "Vertrieb/Vertrieb Süd"),
    ("2025-09-15", "technical", "Angebotsvorlagen im CRM", "Vertrieb"),
    ("2025-11-10", "technical", "Neue Erfassungsmaske (Release 25.4)", ""),
    ("2025-12-08", "technical", "Erfassungsmaske zurückgenommen", ""),
    ("2026-01-12", "cultural", "Geschäftsleitung arbeitet in der Montagsrunde mit dem CRM-Dashboard", ""),
    ("2026-02-16", "cultural", "Trainingsreihe „CRM im Alltag“ begonnen", ""),
    ("2026-03-02", "organisational", "Reklamationen werden als Fall im CRM geführt", "Service/Innendienst"),
    ("2026-04-20", "technical", "Dublettenprüfung für Firmen", ""),
]


def changes_of(rows=CHANGES) -> Table:
    frame = columns("date kind title org_unit", rows)
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[us]")
    return Table("change_log", frame, ("date", "kind", "title", "org_unit"), window=WINDOW)


#: Columns of table `goals` beside its counts and figures, with what stands there for a plain goal.
GOAL = {
    "goal_id": "g1", "wording": "Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.",
    "metric": "active_users", "outcome": "", "unit": "", "org_unit": "Vertrieb", "area": "", "change_unit": "relative",
    "status": "at_risk", "tending": "", "reason": "", "agreed": "", "fingerprint": "05d05d81",
    "reason_again": "", "measurable_in": "",
    "start": "2026-01-15", "deadline": "2026-10-15",
    "fit": "fits", "fit_proposed": "adjust", "fit_code": "at_risk_without_measures", "provisional": False,
    "frozen_date": None, "changed": "", "shape": "linear",
}  # fmt: skip
GOAL_COUNTS = {"n": 46, "n_baseline": 40, "n_total": 69, "n_total_baseline": 69}
GOAL_FIGURES = {
    "baseline": 40.0, "target": 48.0, "actual": 46.0, "required_pace": 0.6, "observed_pace": 0.3, "probability": 0.43,
    "low": 43.2, "high": 51.7, "drifted_baseline": None, "reachable": 47.0,
}  # fmt: skip
#: A goal on the whole client, on course, that the consultant has not decided on.
RATE = {
    "goal_id": "g2", "wording": "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.",
    "metric": "usage_rate", "org_unit": "", "change_unit": "target", "status": "on_track", "deadline": "2026-12-31",
    "fit": "", "fit_proposed": "fits", "fit_code": "on_track", "provisional": True, "frozen_date": "2026-01-31",
    "n": 119, "n_baseline": 89, "n_total": 190, "n_total_baseline": 190, "baseline": 0.47, "target": 0.75,
    "actual": 0.626, "required_pace": 0.02, "observed_pace": 0.03, "probability": 0.7, "low": 0.7, "high": 0.8,
    "reachable": 0.76,
}  # fmt: skip
#: What no people stand behind.
NOBODY = {"n": None, "n_baseline": None, "n_total": None, "n_total_baseline": None}
SATISFACTION = NOBODY | {
    "goal_id": "zufriedenheit", "wording": "Wir wollen die Kundenzufriedenheit in 12 Monaten auf 8,5 erhöhen.",
    "metric": "outcome", "outcome": "Kundenzufriedenheit", "unit": "Punkte von 10", "org_unit": "",
    "change_unit": "target", "status": "off_track", "deadline": "2027-01-15", "fit": "", "fit_proposed": "stop",
    "fit_code": "no_effect", "baseline": 7.4, "target": 8.5, "actual": 7.9, "required_pace": 0.08,
    "observed_pace": 0.05, "probability": None, "low": None, "high": None, "reachable": 8.1,
}  # fmt: skip
UNMEASURED = NOBODY | dict.fromkeys(GOAL_FIGURES) | {
    "goal_id": "g4", "wording": "Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.",
    "metric": "regular_users", "org_unit": "Einkauf", "status": "not_measurable", "reason": "few_people",
    "measurable_in": "*", "fit": "", "fit_proposed": "adjust", "fit_code": "larger_unit",
}  # fmt: skip
GOALS = [{}, RATE]


def goals_of(rows=GOALS) -> Table:
    """Return table `goals`: each row says in what it differs from the first goal."""
    whole = GOAL | GOAL_COUNTS | GOAL_FIGURES
    frame = pd.DataFrame([whole | row for row in rows], columns=list(whole))
    days = ["start", "deadline", "frozen_date"]
    frame[days] = frame[days].apply(pd.to_datetime).astype("datetime64[us]")
    kinds = {**dict.fromkeys(GOAL_COUNTS, "Int64"), **dict.fromkeys(GOAL_FIGURES, "float64")}
    counts, totals = ("n", "n_baseline"), ("n_total", "n_total_baseline")
    derived = dict.fromkeys(GOAL_FIGURES, (*counts, "n_total"))
    return Table("goals", frame.astype(kinds), tuple(GOAL), counts, derived, totals, "assessed")


def goal_path_of() -> Table:
    ends = pd.date_range("2025-10-31", "2026-06-30", freq="ME")
    people = [42, 39, 36, 37, 40, 43, 45, 46, 46]
    rows = [("g1", day, "actual", n, 69, float(n)) for day, n in zip(ends, people, strict=True)]
    rows += [
        ("g2", day, "actual", n, 190, n / 190)
        for day, n in zip(ends, [107, 96, 88, 90, 96, 105, 112, 116, 119], strict=True)
    ]
    for key, base, target, end in (("g1", 40.0, 48.0, "2026-10-31"), ("g2", 0.47, 0.75, "2026-12-31")):
        months = pd.date_range("2026-01-31", end, freq="ME")
        steps = [base + (target - base) * (i + 1) / len(months) for i in range(len(months))]
        rows += [(key, day, "target", 40, 69, value) for day, value in zip(months, steps, strict=True)]
    fan = {"fan_low": (46, 43.2), "fan_mid": (46, 47.4), "fan_high": (46, 51.7)}
    for path, values in fan.items():
        days = (pd.Timestamp("2026-06-30"), pd.Timestamp("2026-10-15"))
        rows += [("g1", day, path, 46, 69, value) for day, value in zip(days, values, strict=True)]
    frame = columns("goal_id month path n n_total value", rows)
    dims = ("goal_id", "month", "path")
    return Table("goal_path", frame, dims, ("n",), {"value": ("n", "n_total")}, ("n_total",), "assessed")


def goal_readings_of() -> Table:
    rows = [
        ("g1", "relative", True, 0.2, 40, 69, 48.0, 48 / 69, 40 / 69),
        ("g1", "points", False, 0.2, 40, 69, 54.0, 54 / 69, 40 / 69),
        ("g2", "target", True, 0.75, 89, 190, 143.0, 143 / 190, 89 / 190),
    ]
    frame = columns("goal_id unit meant change_value n_baseline n_total_baseline target_n target_share share", rows)
    derived = dict.fromkeys(("target_n", "target_share", "share"), ("n_baseline", "n_total_baseline"))
    dims = ("goal_id", "unit", "meant", "change_value")
    return Table("goal_readings", frame, dims, ("n_baseline",), derived, ("n_total_baseline",), "assessed")


def goal_cohort_of() -> Table:
    rows = [("g1", "stayed_then", "", 36, 62), ("g1", "stayed_now", "", 41, 62), ("g1", "today", "", 46, 69)]
    rows += [("g2", group, "", n, 190) for group, n in (("stayed_then", 89), ("stayed_now", 119), ("today", 119))]
    frame = with_share(columns("goal_id group moved n n_total", rows))
    derived = {"share": ("n", "n_total")}
    return Table("goal_cohort", frame, ("goal_id", "group", "moved"), ("n",), derived, ("n_total",), "assessed")


def goal_history_of() -> Table:
    ends = pd.date_range("2026-01-31", "2026-06-30", freq="ME")
    statuses = {
        "g1": ["too_early", "too_early", "too_early", "at_risk", "on_track", "at_risk"],
        "g2": ["too_early", "too_early", "too_early", "off_track", "off_track", "on_track"],
    }
    rows = [(key, day, code) for key, codes in statuses.items() for day, code in zip(ends, codes, strict=True)]
    return Table("goal_history", columns("goal_id month status", rows), ("goal_id", "month", "status"))


def survey_of() -> Table:
    agreed = {
        1: (31, 14, 9, 0),
        2: (35, 9, 8, 2),
        3: (19, 15, 20, 0),
        4: (16, 17, 21, 0),
        5: (21, 15, 18, 0),
        6: (37, 9, 8, 0),
        7: (18, 11, 25, 0),
        8: (15, 12, 27, 0),
        10: (24, 18, 12, 0),
        14: (28, 12, 14, 0),
    }
    answers = ["agree", "neutral", "disagree", "cannot_judge"]
    rows = [(str(i), a, n, sum(ns)) for i, ns in agreed.items() for a, n in zip(answers, ns, strict=True)]
    frame = with_share(columns("item answer n n_total", rows))
    derived = {"share": ("n", "n_total")}
    return Table("survey_items", frame, ("item", "answer"), ("n",), derived, ("n_total",), "respondents", k_min=7)


def voices_of() -> list[Table]:
    """Return the other tables of the survey and of the interviews, each made up by itself."""
    derived, everybody = {"share": ("n", "n_total")}, ("n_total",)
    response = columns("org_unit n n_total share", [("", 54, 90, 0.6)])
    topics = columns("topic n_items n_total index_share", [("benefit", 2, 54, 0.61), ("ease", 2, 54, 0.32)])
    hurdles = with_share(columns("hurdle n n_total", [("time", 30, 54), ("handling", 12, 54), ("none", 3, 54)]))
    by_unit = [("Vertrieb", "1", 20, 30), ("Vertrieb", "5", 11, 30), ("Service", "1", 11, 24), ("Service", "5", 10, 24)]
    by_unit = with_share(columns("org_unit item n n_total", by_unit))
    benefit = columns("org_unit n_total index_share", [("Vertrieb", 30, 0.62), ("Service", 24, 0.46)])
    usage = with_share(columns("org_unit n n_total", [("Vertrieb", 48, 76), ("Service", 35, 61)]))
    bounds = columns("item low_share high_share", [("1", 0.34, 0.74)])
    themes = columns("theme n_interviews n_interviews_all n_not_released", [("Zeit", 2, 3, 1)])
    said = [("Zeit", "Vertrieb", "Abends fehlt die Ruhe."), ("Zeit", "", "Am Telefon geht es schneller.")]
    index = {"index_share": ("n_total",)}
    range_ = {"low_share": (), "high_share": ()}
    return [
        Table("survey_response", response, ("org_unit",), ("n",), derived, everybody, k_min=7),
        Table("survey_topics", topics, ("topic", "n_items"), (), index, everybody, k_min=7),
        Table("survey_hurdles", hurdles, ("hurdle",), ("n",), derived, everybody, k_min=7),
        Table("survey_by_unit", by_unit, ("org_unit", "item"), ("n",), derived, everybody, k_min=7),
        Table("survey_benefit", benefit, ("org_unit",), (), index, everybody, k_min=7),
        Table("survey_usage", usage, ("org_unit",), ("n",), derived, everybody),
        Table("survey_bounds", bounds, ("item",), (), range_, k_min=7),
        Table("interview_themes", themes, tuple(themes.columns)),
        Table("interview_quotes", columns("theme role_group paraphrase", said), ("theme", "role_group", "paraphrase")),
    ]


def parallel_of() -> Table:
    names = "process org_unit purpose hours_month_min hours_month_max crm_lacks"
    rows = [
        ("Angebotsliste", "Vertrieb", "Übersicht über offene Angebote", 12.0, 20.0, "Auswertung nach Bauabschnitt"),
        ("Einsatzplanung", "Service/Technik", "Termine und Fahrzeuge", 16.0, 30.0, "Kalender je Fahrzeug"),
    ]
    return Table("parallel_lists", columns(names, rows), tuple(names.split()))


def outcomes_of() -> Table:
    rows = [("Rückmeldung auf Angebote", "%", dt.datetime(2026, month, 28), 50.0 + month) for month in (1, 3, 6)]
    return Table("outcomes", columns("outcome unit date value", rows), ("outcome", "unit", "date", "value"))


def shown_of() -> dict[str, ProtectedTable]:
    """Return all standard tables of a client of tier A, protected with k = 5."""
    tables = [
        standing_of(58, 61, 71, 10), details_of(), by_unit_of(), areas_of(), breadth_of(), unit_area_of(), series_of(),
        changes_of(), waterfall_of(), licence_use_of(), licence_cost_of(), licence_figures_of(), goals_of(),
        goal_path_of(), goal_readings_of(), goal_cohort_of(), goal_history_of(), survey_of(), parallel_of(),
        outcomes_of(),
        *voices_of(),
    ]  # fmt: skip
    # made up one by one: their numbers do not hang together
    return {table.name: protect(table) for table in tables}


def masked_throughout(table: Table) -> ProtectedTable:
    """Return a table in which every count, total and derived value is masked."""
    frame = table.frame.copy()
    for column in (*table.counts, *table.totals):
        frame[column] = pd.array([pd.NA] * len(frame), dtype="Int64")
    for column in table.derived:
        frame[column] = float("nan")
    return ProtectedTable._of(table, frame.assign(suppressed=True), 5)


def without_rows(table: Table) -> ProtectedTable:
    return protect(replace(table, frame=table.frame.iloc[:0], withheld=(), whom={}))


@pytest.fixture(scope="session")
def shown() -> dict[str, ProtectedTable]:
    """Return all standard tables of a client of tier A, protected."""
    return shown_of()


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Return the functions that make tables."""
    return SimpleNamespace(
        standing=standing_of, bands=bands_of, aggregates=aggregates_of, by_unit=by_unit_of, areas=areas_of,
        breadth=breadth_of, unit_area=unit_area_of, details=details_of, waterfall=waterfall_of,
        licence_use=licence_use_of, licence_cost=licence_cost_of, licence_figures=licence_figures_of,
        series=series_of, changes=changes_of, goals=goals_of, goal_path=goal_path_of, survey=survey_of,
        parallel=parallel_of, voices=voices_of, goal_readings=goal_readings_of, goal_cohort=goal_cohort_of,
        outcomes=outcomes_of, goal_history=goal_history_of, masked=masked_throughout, empty=without_rows,
        goal_rows=GOALS,
        change_rows=CHANGES, satisfaction=SATISFACTION, unmeasured=UNMEASURED, rate=RATE, nobody=NOBODY,
    )  # fmt: skip


@pytest.fixture
def plainly():
    """Return a function that writes no-break spaces as spaces."""
    return lambda text: text.replace("\u00a0", " ")
