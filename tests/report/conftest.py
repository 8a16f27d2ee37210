"""Protected tables as the method room makes them, with numbers made up by hand."""

import datetime as dt
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
    return counted("standing", frame, ("segment",), tier=tier, evidence=evidence, partition="segment")


def bands_of(*numbers: int) -> Table:
    """Return `standing` of tier C."""
    codes = ["within_4_weeks", "weeks_5_12", "over_12_weeks", "never"]
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


GOALS = [
    (
        "g1", "Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.", "active_users",
        "relative", "at_risk", "2026-01-15", "2026-10-15", "fits", False, 47, 69, 69, 40.0, 48.0, 47.0, 0.3, 1.1, None,
    ),
    (
        "g2", "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.", "usage_rate",
        "target", "on_track", "2026-01-15", "2026-12-31", "", True, 119, 190, 190, 0.47, 0.75, 0.626, 0.02, 0.03, 0.7,
    ),
]  # fmt: skip


def goals_of(rows=GOALS) -> Table:
    dims = ("goal_id", "wording", "metric", "change_unit", "status", "start", "deadline", "fit", "provisional")
    figures = ("baseline", "target", "actual", "required_pace", "observed_pace", "probability")
    frame = columns(" ".join([*dims, "n", "n_baseline", "n_total", *figures]), rows)
    frame[["start", "deadline"]] = frame[["start", "deadline"]].apply(pd.to_datetime).astype("datetime64[us]")
    frame[list(figures)] = frame[list(figures)].astype(float)
    derived = dict.fromkeys(figures, ("n", "n_baseline", "n_total"))
    return Table("goals", frame, dims, ("n", "n_baseline"), derived, ("n_total",), "assessed")


def goal_path_of() -> Table:
    ends = pd.date_range("2025-10-31", "2026-06-30", freq="ME")
    people = [42, 39, 36, 37, 40, 43, 45, 46, 47]
    rows = [("g1", day, "actual", n, 69, float(n)) for day, n in zip(ends, people, strict=True)]
    rows += [
        ("g2", day, "actual", n, 190, n / 190)
        for day, n in zip(ends, [107, 96, 88, 90, 96, 105, 112, 116, 119], strict=True)
    ]
    for key, base, target, end in (("g1", 40.0, 48.0, "2026-10-31"), ("g2", 0.47, 0.75, "2026-12-31")):
        months = pd.date_range("2026-01-31", end, freq="ME")
        steps = [base + (target - base) * (i + 1) / len(months) for i in range(len(months))]
        rows += [(key, day, "target", 40, 69, value) for day, value in zip(months, steps, strict=True)]
    frame = columns("goal_id month path n n_total value", rows)
    dims = ("goal_id", "month", "path")
    return Table("goal_path", frame, dims, ("n",), {"value": ("n", "n_total")}, ("n_total",), "assessed")


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
        12: (28, 12, 14, 0),
    }
    answers = ["agree", "neutral", "disagree", "cannot_judge"]
    rows = [(str(i), a, n, sum(ns)) for i, ns in agreed.items() for a, n in zip(answers, ns, strict=True)]
    frame = with_share(columns("item answer n n_total", rows))
    derived = {"share": ("n", "n_total")}
    return Table("survey_items", frame, ("item", "answer"), ("n",), derived, ("n_total",), "respondents", k_min=7)


def parallel_of() -> Table:
    names = "process org_unit purpose hours_month_min hours_month_max crm_lacks"
    rows = [
        ("Angebotsliste", "Vertrieb", "Übersicht über offene Angebote", 12.0, 20.0, "Auswertung nach Bauabschnitt"),
        ("Einsatzplanung", "Service/Technik", "Termine und Fahrzeuge", 16.0, 30.0, "Kalender je Fahrzeug"),
    ]
    return Table("parallel_lists", columns(names, rows), tuple(names.split()))


def shown_of() -> dict[str, ProtectedTable]:
    """Return all standard tables of a client of tier A, protected with k = 5."""
    tables = [
        standing_of(58, 61, 71, 10), details_of(), by_unit_of(), areas_of(), breadth_of(), unit_area_of(), series_of(),
        changes_of(), waterfall_of(), licence_use_of(), licence_cost_of(), licence_figures_of(), goals_of(),
        goal_path_of(), survey_of(), parallel_of(),
    ]  # fmt: skip
    return protect({table.name: table for table in tables})


def masked_throughout(table: Table) -> ProtectedTable:
    """Return a table in which every count, total and derived value is masked."""
    frame = table.frame.copy()
    for column in (*table.counts, *table.totals):
        frame[column] = pd.array([pd.NA] * len(frame), dtype="Int64")
    for column in table.derived:
        frame[column] = float("nan")
    return ProtectedTable._of(table, frame.assign(suppressed=True), 5)


def without_rows(table: Table) -> ProtectedTable:
    return ProtectedTable._of(table, table.frame.iloc[:0].assign(suppressed=pd.Series(dtype=bool)), 5)


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
        parallel=parallel_of, masked=masked_throughout, empty=without_rows, goal_rows=GOALS, change_rows=CHANGES,
    )  # fmt: skip


@pytest.fixture
def plainly():
    """Return a function that writes no-break spaces as spaces."""
    return lambda text: text.replace("\u00a0", " ")
