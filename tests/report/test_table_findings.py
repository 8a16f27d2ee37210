"""The sentence above a table: literal numbers in, whole sentences in both languages out; nothing from masked cells."""

import re

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect
from crmkit.report import tables
from crmkit.report.table_columns import TITLES
from crmkit.report.text.table_findings import FINDINGS

DAY, LATER = pd.Timestamp("2026-09-30"), pd.Timestamp("2027-03-31")
BEFORE, AFTER = pd.Timestamp("2025-12-28"), pd.Timestamp("2026-06-28")
OF_TOTAL = {"share": ("n", "n_total")}


def table_of(name, columns, rows, dims, *, derived=OF_TOTAL, tier="A", definition=None, **more) -> Table:
    frame = pd.DataFrame(rows, columns=columns.split())
    totals = ("n_total",) if "n_total" in frame else ()
    counts = ("n",) if "n" in frame else ()
    return Table(name, frame, tuple(dims.split()), counts, derived, totals, tier=tier, definition=definition, **more)


def shares(name, dim, rows, **more) -> Table:
    return table_of(name, f"{dim} n n_total share", [(code, n, of, n / of) for code, n, of in rows], dim, **more)


def details(rare=32, dormant=27, never=18, **more) -> Table:
    return shares("details", "detail", [("rare", rare, 190), ("dormant", dormant, 190), ("never", never, 190)], **more)


def intensity() -> Table:
    return shares("intensity", "segment", [("regular", 42, 57), ("occasional", 15, 56)])


def main_area() -> Table:
    return shares("main_area", "area", [("sales", 43, 145), ("service", 30, 145), ("shared", 72, 145)])


def figures(rows=(("cost_per_regular_year", 57, 6000.0), ("cost_per_using_year", 114, 3000.0))) -> Table:
    full = [("usage_rate", "", 114, 190, 0.6), *((metric, "EUR", n, 190, value) for metric, n, value in rows)]
    return table_of("licence_figures", "metric currency n n_total value", full, "metric currency",
                    derived={"value": ("n", "n_total")})  # fmt: skip


COSTS = [
    ("without_use", "EUR", DAY, 45, 70992.0), ("reassignable", "EUR", DAY, 18, 21552.0),
    ("adjustable", "EUR", DAY, 63, 92544.0),
]  # fmt: skip
TYPES = [
    ("without_use", "Salesforce", "EUR", DAY, 39, 69264.0), ("reassignable", "Salesforce", "EUR", DAY, 11, 19536.0),
    ("adjustable", "Salesforce", "EUR", DAY, 50, 88800.0), ("without_use", "Platform", "EUR", LATER, 6, 1728.0),
    ("reassignable", "Platform", "EUR", LATER, 7, 2016.0), ("adjustable", "Platform", "EUR", LATER, 13, 3744.0),
]  # fmt: skip
FRANCS = [
    ("without_use", "CHF", DAY, 8, 9600.0), ("reassignable", "CHF", DAY, 5, 6000.0),
    ("adjustable", "CHF", DAY, 13, 15600.0),
]  # fmt: skip


def cost(rows=COSTS) -> Table:
    return table_of("licence_cost", "kind currency notice_date n cost_year", rows, "kind currency notice_date",
                    derived={"cost_year": ("n",)})  # fmt: skip


def cost_types(rows=TYPES) -> Table:
    dims = "kind licence currency notice_date"
    return table_of("licence_cost_types", f"{dims} n cost_year", rows, dims, derived={"cost_year": ("n",)})


def scenario(*, price: float = 346320.0) -> Table:
    rows = [("Salesforce", "EUR", n, 104 + n, 195, (104 + n) / 195, price / (104 + n), 1776.0 * n)
            for n in (0, 10, 20, 50)]  # fmt: skip
    derived = dict.fromkeys(("share", "cost_per_using_year", "cost_year"), ("n", "n_total"))
    dims = "licence currency n_reassigned"
    return table_of("licence_scenario", f"{dims} n n_total share cost_per_using_year cost_year", rows, dims,
                    derived=derived)  # fmt: skip


def movement(moved=59, expected=51) -> Table:
    rows = [(BEFORE, AFTER, kind, n, 185, n / 185) for kind, n in (("moved", moved), ("expected", expected))]
    dims = "before_date after_date kind"
    return table_of("movement", f"{dims} n n_total share", rows, dims)


def oddities(*rows) -> Table:
    return shares("findings", "finding", [(code, n, 213) for code, n in rows])


def log_findings(code: str, n: int) -> Table:
    dims = "finding n_weeks n_weeks_total"
    return table_of("log_findings", dims, [(code, n, 12)], dims, derived={})


SAID = [
    (
        details(),
        "Von 77 selten genutzten Konten sind 45 (58 %) derzeit ohne Nutzung: 27 wurden früher genutzt, 18 bisher "
        "nicht.",
        "Of 77 rarely used accounts, 45 (58%) are not in use at present: 27 were used before, 18 have not been used so "
        "far.",
    ),
    (
        details(32, 0, 0),
        "Alle 32 selten genutzten Konten wurden im Zeitraum genutzt.",
        "All 32 rarely used accounts were used in the period.",
    ),
    (
        intensity(),
        "Von 57 regelmäßig genutzten Konten werden 42 (74 %) an mindestens zwei Tagen je Woche mit Nutzung genutzt; "
        "von 56 gelegentlich genutzten 15 (27 %).",
        "Of 57 accounts used regularly, 42 (74%) are used on at least two days per week with use; of 56 used "
        "occasionally, 15 (27%).",
    ),
    (
        main_area(),
        "Von 145 Konten mit Nutzung werden 72 (50 %) an den meisten Tagen im CRM-Bereich Übergreifend genutzt, 43 "
        "(30 %) Vertrieb und 30 (21 %) Service.",
        "Of 145 accounts in use, 72 (50%) are used on most days in the CRM area Shared, 43 (30%) Sales and 30 (21%) "
        "Service.",
    ),
    (
        figures(),
        "Eine Lizenz kostet im Mittel 1.800 € im Jahr; je regelmäßig genutztem Konto sind es 6.000 €, je regelmäßig "
        "oder gelegentlich genutztem 3.000 €.",
        "A licence costs €1,800 a year on average; per account used regularly it is €6,000, per account used "
        "regularly or occasionally €3,000.",
    ),
    (
        cost(),
        "45 Lizenzen ohne erkennbare Nutzung kosten 70.992 € im Jahr. Die drei Beträge überschneiden sich.",
        "45 licences without recognisable use cost €70,992 a year. The three amounts overlap.",
    ),
    (
        cost([*COSTS, *FRANCS]),
        "45 Lizenzen ohne erkennbare Nutzung kosten 70.992 € im Jahr. 8 Lizenzen ohne erkennbare Nutzung kosten 9.600 "
        "CHF im Jahr. Die drei Beträge überschneiden sich.",
        "45 licences without recognisable use cost €70,992 a year. 8 licences without recognisable use cost CHF9,600 "
        "a year. The three amounts overlap.",
    ),
    (
        scenario(),
        "Annahme: Würden 20 freie oder ungenutzte Lizenzen „Salesforce“ neu vergeben und genutzt, stiege der genutzte "
        "Anteil von 53 % (104 von 195) auf 64 % (124 von 195); je genutzter Lizenz wären es 2.793 € im Jahr statt "
        "3.330 €.",
        "Assumption: if 20 free or unused “Salesforce” licences were reassigned and used, the share in use would rise "
        "from 53% (104 of 195) to 64% (124 of 195); per licence in use it would be €2,793 a year instead of €3,330.",
    ),
    (
        scenario(price=float("nan")),
        "Annahme: Würden 20 freie oder ungenutzte Lizenzen „Salesforce“ neu vergeben und genutzt, stiege der genutzte "
        "Anteil von 53 % (104 von 195) auf 64 % (124 von 195).",
        "Assumption: if 20 free or unused “Salesforce” licences were reassigned and used, the share in use would rise "
        "from 53% (104 of 195) to 64% (124 of 195).",
    ),
    (
        movement(),
        "Zwischen 28.12.2025 und 28.06.2026 wechselten 59 von 185 Konten (32 %) die Häufigkeit der Nutzung, etwa so "
        "viele, wie bei gleichen Gewohnheiten durch Zufall zu erwarten wären (51).",
        "Between 28 Dec 2025 and 28 Jun 2026, 59 of 185 accounts (32%) changed their frequency of use, about as many "
        "as would be expected by chance with the same habits (51).",
    ),
    (
        movement(80, 51),
        "Zwischen 28.12.2025 und 28.06.2026 wechselten 80 von 185 Konten (43 %) die Häufigkeit der Nutzung, deutlich "
        "mehr, als bei gleichen Gewohnheiten durch Zufall zu erwarten wären (51).",
        "Between 28 Dec 2025 and 28 Jun 2026, 80 of 185 accounts (43%) changed their frequency of use, clearly more "
        "than would be expected by chance with the same habits (51).",
    ),
    (
        movement(20, 51),
        "Zwischen 28.12.2025 und 28.06.2026 wechselten 20 von 185 Konten (11 %) die Häufigkeit der Nutzung, deutlich "
        "weniger, als bei gleichen Gewohnheiten durch Zufall zu erwarten wären (51).",
        "Between 28 Dec 2025 and 28 Jun 2026, 20 of 185 accounts (11%) changed their frequency of use, clearly fewer "
        "than would be expected by chance with the same habits (51).",
    ),
    (
        oddities(("fte_zero", 6), ("assumed_span", 14)),
        "Bei 14 von 213 Konten (7 %) sind Beginn oder Ende nicht angegeben, sondern aus Benutzerlisten angenommen.",
        "For 14 of 213 accounts (7%), start or end is not stated but assumed from user lists.",
    ),
    (
        oddities(("unit_not_shown", 9)),
        "9 von 213 Konten (4 %) gehören zu keiner Berichtseinheit.",
        "9 of 213 accounts (4%) belong to no unit of the report.",
    ),
    (
        log_findings("weeks_without_log", 3),
        "Ohne vollständiges Protokoll sind 3 von 12 Wochen; sie zählen nicht.",
        "3 of 12 weeks are without a complete log; they do not count.",
    ),
    (
        log_findings("log_ends_before_window", 12),
        "Das Protokoll endet vor dem Zeitraum; ohne vollständiges Protokoll sind 12 von 12 Wochen.",
        "The log ends before the period; 12 of 12 weeks are without a complete log.",
    ),
]


@pytest.mark.parametrize(("table", "german", "english"), SAID, ids=lambda value: getattr(value, "name", ""))
def test_findings(table, german, english, plainly):
    block = tables.html(protect(table))
    assert plainly(block.finding) == german
    assert plainly(tables.html(protect(table), language="en").finding) == english
    assert block.plain.splitlines()[:2] == [block.finding, TITLES[table.name]]
    assert block.html.startswith('<p class="finding">')


def test_a_finding_may_be_left_to_the_chart():
    block = tables.html(protect(movement()), finding=False)
    assert block.finding == ""
    assert block.plain.startswith(f"{TITLES['movement']}\n")
    assert "finding" not in block.html


def test_a_table_without_a_sentence_has_its_title_alone(shown):
    assert tables.html(shown["change_log"]).finding == ""
    assert '<p class="finding">' not in tables.html(shown["change_log"]).html


def test_goals_say_where_the_pace_is_enough(shown):
    assert tables.html(shown["goals"]).finding == "Das Ist-Tempo reicht bei 1 von 2 laufenden Zielen."


def test_the_log_behind_it_is_said(plainly):
    by_logins = details(tier="B", definition=Definition().for_evidence("logins"))
    assert plainly(tables.html(protect(by_logins)).finding) == (
        "Laut Anmeldungen: Von 77 selten genutzten Konten sind 45 (58 %) derzeit ohne Nutzung: 27 wurden früher "
        "genutzt, 18 bisher nicht."
    )


@pytest.mark.parametrize("rows", [(("cost_per_regular_year", 57, 6000.0),), (("cost_per_using_year", 114, 3000.0),)])
def test_one_cost_per_account(rows, plainly):
    said = plainly(tables.html(protect(figures(rows))).finding)
    assert re.fullmatch(r"Eine Lizenz kostet im Mittel 1.800 € im Jahr; je (regelmäßig )?genutztem Konto sind es "
                        r"[36].000 €\.", said)  # fmt: skip


def test_without_prices_nothing_is_said_of_cost():
    assert tables.html(protect(figures(()))).finding == ""


# masked


def masked(table: Table, where) -> ProtectedTable:
    """Return a table with counts, totals and derived values of some rows masked."""
    rows, frame = where(table.frame), table.frame.copy()
    for column in (*table.counts, *table.derived):
        frame[column] = frame[column].astype("Float64" if column in table.derived else "Int64").mask(rows)
    return ProtectedTable._of(table, frame.assign(suppressed=rows), 5)


@pytest.mark.parametrize("table", [table for table, _, _ in SAID if table.counts], ids=lambda table: table.name)
def test_nothing_is_said_of_a_table_that_is_masked_throughout(table, made):
    assert tables.html(made.masked(table)).finding == ""


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        (details(), lambda frame: frame["detail"] == "rare"),
        (details(), lambda frame: frame["detail"] == "never"),
        (cost(), lambda frame: frame["kind"] == "without_use"),
        (movement(), lambda frame: frame["kind"] == "moved"),
        (movement(), lambda frame: frame["kind"] == "expected"),
        (scenario(), lambda frame: frame["n_reassigned"] == 0),
    ],
    ids=["rare", "never", "without_use", "moved", "expected", "now"],
)
def test_nothing_is_said_without_the_cell_it_rests_on(table, hidden):
    block = tables.html(masked(table, hidden))
    assert block.finding == ""
    assert "·" in block.plain


def test_what_is_shown_is_said_beside_what_is_not(plainly):
    some = masked(intensity(), lambda frame: frame["segment"] == "occasional")
    assert plainly(tables.html(some).finding) == (
        "Von 57 regelmäßig genutzten Konten werden 42 (74 %) an mindestens zwei Tagen je Woche mit Nutzung genutzt."
    )
    some = masked(main_area(), lambda frame: frame["area"] != "sales")
    assert plainly(tables.html(some).finding) == (
        "Von 145 Konten mit Nutzung werden 43 (30 %) an den meisten Tagen im CRM-Bereich Vertrieb genutzt."
    )
    some = masked(oddities(("fte_zero", 6), ("assumed_span", 14)), lambda frame: frame["finding"] == "assumed_span")
    assert plainly(tables.html(some).finding) == (
        "Bei 6 von 213 Konten (3 %) ist die Arbeitszeit zeitweise 0 %; diese Wochen zählen nicht."
    )


def test_every_finding_belongs_to_a_table():
    assert set(FINDINGS) - set(TITLES) == set()


# licence_costs


def lines_of(block) -> list[list[str]]:
    return [line.replace("\u00a0", " ").split("\t") for line in block.plain.splitlines()]


def test_costs_of_types_and_together():
    total, types = protect(cost()), protect(cost_types())
    block = tables.licence_costs(total, types)
    assert lines_of(block)[1:] == [
        ["Lizenzkosten in drei Blickwinkeln"],
        ["Lizenz", "ohne erkennbare Nutzung", "neu vergebbar", "zum Vertragstermin anpassbar", "Kündigungstermin"],
        ["Salesforce", "69.264 € (39 Lizenzen)", "19.536 € (11 Lizenzen)", "88.800 € (50 Lizenzen)", "30.09.2026"],
        ["Platform", "1.728 € (6 Lizenzen)", "2.016 € (7 Lizenzen)", "3.744 € (13 Lizenzen)", "31.03.2027"],
        ["zusammen", "70.992 € (45 Lizenzen)", "21.552 € (18 Lizenzen)", "92.544 € (63 Lizenzen)", "30.09.2026"],
    ]
    assert block.tables == (total, types)
    assert "Die Beträge überschneiden sich und werden nicht addiert." in block.html
    assert '<td class="num">69.264\u00a0€<br><small>39 Lizenzen</small></td>' in block.html


def test_costs_in_english():
    lines = lines_of(tables.licence_costs(protect(cost()), protect(cost_types()), language="en"))
    assert lines[2:4] == [
        ["Licence", "without recognisable use", "reassignable", "adjustable at the contract date", "Notice date"],
        ["Salesforce", "€69,264 (39 licences)", "€19,536 (11 licences)", "€88,800 (50 licences)", "30 Sept 2026"],
    ]
    assert lines[-1][0] == "together"


def test_currencies_are_not_added_and_a_single_type_stands_once():
    francs = [(kind, "Zürich", *rest) for kind, *rest in FRANCS]
    block = tables.licence_costs(protect(cost([*COSTS, *FRANCS])), protect(cost_types([*TYPES, *francs])))
    assert [line[:2] for line in lines_of(block)[3:]] == [
        ["Salesforce", "69.264 € (39 Lizenzen)"],
        ["Platform", "1.728 € (6 Lizenzen)"],
        ["zusammen", "70.992 € (45 Lizenzen)"],
        ["Zürich", "9.600 CHF (8 Lizenzen)"],
    ]


def test_masked_costs_are_one_dot(made):
    some = masked(cost_types(), lambda frame: (frame["licence"] == "Platform") & (frame["kind"] != "reassignable"))
    block = tables.licence_costs(protect(cost()), some)
    assert lines_of(block)[4] == ["Platform", "·", "2.016 € (7 Lizenzen)", "·", "31.03.2027"]
    assert "„·“ ist nicht gezeigt: weniger als 5 Personen" in block.html.replace("\u00a0", " ")
    hidden = tables.licence_costs(made.masked(cost()), made.masked(cost_types()), language="en")
    assert hidden.finding == ""
    assert {cell for line in lines_of(hidden)[2:] for cell in line[1:4]} == {"·"}


def test_a_number_of_licences_stands_where_their_price_would_tell_which_they_are():
    total = protect(cost())
    total.frame.loc[total.frame["kind"] == "without_use", "cost_year"] = float("nan")
    together = lines_of(tables.licence_costs(total, protect(cost_types())))[-1]
    assert together[:2] == ["zusammen", "· (45 Lizenzen)"]


def test_costs_are_absent_without_prices_and_refused_unprotected(made, refused):
    assert tables.licence_costs(made.empty(cost()), made.empty(cost_types())).kind == "absent"
    message = "licence_costs: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        tables.licence_costs(protect(cost()), cost_types())
