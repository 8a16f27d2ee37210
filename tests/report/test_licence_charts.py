"""Licences per type: picture, sentence and tables, from literal numbers."""

import re

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts, tables

DAY = pd.Timestamp("2026-09-30")
DIMS = ("licence", "currency", "notice_date", "n_purchased", "cost_year")
COUNTS = ("n_assigned", "n_regular", "n_occasional", "n_rare", "n_not_assessable")


def use_of(rows: list[tuple], *, counts=COUNTS, tier="A", definition=None) -> Table:
    """Return `licence_use` of rows: licence, bought, then the counts."""
    full = [(name, "EUR", DAY, bought, 100.0 * bought, *numbers) for name, bought, *numbers in rows]
    frame = pd.DataFrame(full, columns=[*DIMS, *counts])
    return Table("licence_use", frame, DIMS, counts, population="holders", tier=tier, definition=definition)


SOME = [("Salesforce", 195, 186, 52, 55, 61, 10), ("Salesforce Platform", 25, 23, 6, 6, 10, 0)]
MORE = [("Enterprise", 100, 112, 40, 30, 32, 10), ("Team", 60, 50, 20, 10, 20, 0)]


def words_in(svg: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def lines_of(block) -> list[list[str]]:
    """Return title, headings and rows; the finding above them is looked at in test_table_findings.py."""
    lines = block.plain.removeprefix(f"{block.finding}\n").splitlines()
    return [line.replace("\u00a0", " ").split("\t") for line in lines]


# licence_types


def test_licences_are_bought_assigned_free_and_used(plainly):
    table = protect(use_of(SOME))
    chart = charts.licence_types(table)
    assert plainly(chart.finding) == (
        "Von 220 gekauften Lizenzen sind 209 vergeben und 11 frei. "
        "Genutzt werden 58 regelmäßig, 61 gelegentlich und 71 selten."
    )
    assert plainly(charts.licence_types(table, language="en").finding) == (
        "Of 220 licences bought, 209 are assigned and 11 are free. In use: 58 regularly, 61 occasionally and 71 rarely."
    )
    assert chart.alt == (
        "Gekaufte Lizenzen je Lizenzart nach Häufigkeit der Nutzung: Salesforce: regelmäßig 52, gelegentlich 55, "
        "selten 61, noch nicht auswertbar 10, frei 9; Salesforce Platform: regelmäßig 6, gelegentlich 6, selten 10, "
        "frei 2."
    )
    assert {"Salesforce", "52", "55", "61", "195", "25", "gekauft", "frei", "sonst vergeben"} <= set(
        words_in(chart.svg())
    )


def test_types_stand_in_the_order_of_the_table():
    words = words_in(charts.licence_types(protect(use_of(SOME[::-1]))).svg())
    assert words.index("Salesforce Platform") < words.index("Salesforce")


def test_more_assigned_than_bought_is_said(plainly):
    chart = charts.licence_types(protect(use_of(MORE)))
    assert plainly(chart.finding) == (
        "Von 160 gekauften Lizenzen sind 162 vergeben und 10 frei. "
        "Genutzt werden 60 regelmäßig, 40 gelegentlich und 52 selten. "
        "Enterprise: 12 Lizenzen mehr vergeben als gekauft."
    )
    assert "12 Lizenzen mehr vergeben als gekauft" in words_in(chart.svg())
    english = charts.licence_types(protect(use_of([("Team", 49, 50, 20, 10, 20, 0)])), language="en")
    assert plainly(english.finding).endswith("Team: 1 licence more assigned than bought.")


def test_without_a_write_trace_has_a_part_of_its_own(plainly):
    counts = (*COUNTS[:4], "n_no_write_trace", "n_not_assessable")
    chart = charts.licence_types(protect(use_of([("Team", 100, 90, 20, 25, 20, 15, 10)], counts=counts)))
    assert "selten 20, ohne Schreibspur 15, noch nicht auswertbar 10, frei 10" in chart.alt


@pytest.mark.parametrize("tier", ["C", "D", "E"])
def test_without_a_log_only_assigned_and_free(tier, plainly):
    bare = use_of([row[:3] for row in SOME], counts=("n_assigned",), tier=tier)
    for table in (bare, use_of(SOME, tier=tier)):
        chart = charts.licence_types(protect(table))
        assert plainly(chart.finding) == "Von 220 gekauften Lizenzen sind 209 vergeben und 11 frei."
        assert chart.alt == (
            "Gekaufte Lizenzen je Lizenzart: Salesforce: vergeben 186, frei 9; "
            "Salesforce Platform: vergeben 23, frei 2."
        )
        assert not re.search("regelmäßig|gelegentlich|selten", chart.svg())


def test_masked_parts_are_hatched_and_not_counted(plainly):
    chart = charts.licence_types(
        protect(use_of([("Salesforce", 195, 186, 52, 55, 61, 10), ("Gast", 9, 8, 2, 3, 3, 0)]))
    )
    assert "Gast: regelmäßig ·, gelegentlich ·, selten ·" in chart.alt
    assert plainly(chart.finding) == "Von 204 gekauften Lizenzen sind 194 vergeben und 10 frei."
    assert "nicht gezeigt" in chart.caption
    assert "hatch" in chart.svg() or "pattern" in chart.svg()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Gekauft sind 220 Lizenzen; wie viele davon insgesamt vergeben sind, ist nicht darstellbar."),
        ("en", "220 licences are bought; how many of them are assigned in all cannot be shown."),
    ],
)
def test_survives_when_everything_is_masked(language, said, made, plainly):
    chart = charts.licence_types(made.masked(use_of(SOME)), language=language)
    assert plainly(chart.finding) == said
    assert "186" not in chart.svg()


def test_absent_without_rows_and_refuses_what_is_not_protected(made, refused):
    assert charts.licence_types(made.empty(use_of(SOME))).kind == "absent"
    message = "licence_types: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        charts.licence_types(use_of(SOME))


def test_same_table_same_bytes_in_colours_of_the_page():
    table = protect(use_of(SOME))
    svg = charts.licence_types(table).svg()
    assert svg == charts.licence_types(table).svg()
    assert re.match(r'<svg width="880" height="[\d.]+" viewBox="0 0 880 ', svg)
    assert not re.search(r"(?:fill|stroke): #[0-9a-f]{6}", svg.split(">", 1)[1])


@pytest.mark.parametrize(
    "rows",
    [
        [("X", 0, 0, 0, 0, 0, 0)],
        [("Sehr lange Lizenzbezeichnung mit Zusatzpaket und Kundenservice", 9000, 8990, 5, 8900, 85, 0), *SOME],
        [("<b>&", 30, 30, 10, 10, 10, 0)],
    ],
)
def test_lopsided_licences(rows):
    svg = charts.licence_types(protect(use_of(rows))).svg()
    assert "<svg" in svg
    assert "<b>" not in svg


def test_a_masked_part_leaves_use_unsaid(plainly):
    chart = charts.licence_types(protect(use_of([SOME[0], ("Platform", 25, 18, 3, 6, 9, 0)])))
    assert plainly(chart.finding) == "Von 220 gekauften Lizenzen sind 204 vergeben und 16 frei."


def test_the_log_is_said_where_it_is_known(plainly):
    rule = Definition().for_evidence("changes")
    said = plainly(charts.licence_types(protect(use_of(SOME, tier="B", definition=rule))).finding)
    assert "Laut Datenpflege: Genutzt werden 58 regelmäßig" in said
    assert "Laut" not in charts.licence_types(protect(use_of(SOME, tier="B"))).finding


# tables


def cost_types() -> Table:
    rows = [
        ("without_use", "Salesforce", "EUR", DAY, 31, 55056.0),
        ("without_use", "Platform", "EUR", DAY, 7, 2016.0),
        ("reassignable", "Salesforce", "EUR", DAY, 9, 15984.0),
        ("adjustable", "Salesforce", "EUR", DAY, 40, 71040.0),
    ]
    dims = ("kind", "licence", "currency", "notice_date")
    frame = pd.DataFrame(rows, columns=[*dims, "n", "cost_year"])
    return Table("licence_cost_types", frame, dims, ("n",), {"cost_year": ("n",)}, (), "holders", "A")


def scenario(*, tier="A") -> Table:
    rows = [
        ("Salesforce", "EUR", n, 107 + n, 195, (107 + n) / 195, 346320 / (107 + n), 1776.0 * n) for n in (0, 10, 20)
    ]
    dims, more = ("licence", "currency", "n_reassigned"), ("n", "n_total", "share", "cost_per_using_year", "cost_year")
    derived = dict.fromkeys(more[2:], ("n", "n_total"))
    frame = pd.DataFrame(rows, columns=[*dims, *more])
    return Table("licence_scenario", frame, dims, ("n",), derived, ("n_total",), "holders", tier)


def test_amounts_per_type_are_not_added():
    block = tables.html(protect(cost_types()))
    assert lines_of(block)[:3] == [
        ["Lizenzkosten in drei Blickwinkeln, je Lizenzart"],
        ["Lizenz", "Lizenzkosten", "Lizenzen", "Kosten im Jahr", "Kündigungstermin"],
        ["Salesforce", "Lizenzkosten ohne erkennbare Nutzung", "31", "55.056 €", "30.09.2026"],
    ]
    assert lines_of(block)[-1][1] == "zum Vertragstermin anpassbar"
    assert "Die Beträge überschneiden sich und werden nicht addiert." in block.html


def test_scenario_is_an_assumption_and_no_promise():
    block = tables.html(protect(scenario()))
    assert lines_of(block) == [
        ["Was wäre, wenn Lizenzen neu vergeben würden"],
        ["Lizenz", "neu vergeben", "dann genutzt", "von gekauften", "Anteil", "Kosten je genutzter Lizenz im Jahr",
         "Vertragspreis der neu vergebenen im Jahr"],
        ["Salesforce", "0", "107", "195", "55 %", "3.237 €", "0 €"],
        ["Salesforce", "10", "117", "195", "60 %", "2.960 €", "17.760 €"],
        ["Salesforce", "20", "127", "195", "65 %", "2.727 €", "35.520 €"],
    ]  # fmt: skip
    assert "Eine Annahme, keine Zusage:" in block.html
    english = tables.html(protect(scenario()), language="en")
    assert "An assumption, no promise:" in english.html
    assert not re.search("[äöüß]|Lizenz", english.plain.replace("Salesforce", ""))


def test_cost_per_used_account_is_money():
    rows = [("usage_rate", "", 119, 190, 119 / 190), ("cost_per_using_year", "EUR", 119, 190, 2567.0)]
    frame = pd.DataFrame(rows, columns=["metric", "currency", "n", "n_total", "value"])
    dims, derived = ("metric", "currency"), {"value": ("n", "n_total")}
    table = protect(Table("licence_figures", frame, dims, ("n",), derived, ("n_total",), "holders", "A"))
    assert lines_of(tables.html(table)) == [
        ["Kennzahlen, die zusammengehören"],
        ["Kennzahl", "Wert", "Konten", "von"],
        ["Nutzungsquote", "63 %", "119", "190"],
        ["Lizenzkosten je genutztem Konto im Jahr", "2.567 €", "119", "190"],
    ]


def test_intensity_as_a_table():
    rows = [("regular", 41, 58, 41 / 58), ("occasional", 9, 61, 9 / 61)]
    frame = pd.DataFrame(rows, columns=["segment", "n", "n_total", "share"])
    table = Table("intensity", frame, ("segment",), ("n",), {"share": ("n", "n_total")}, ("n_total",), "assessed", "A")
    assert lines_of(tables.html(protect(table))) == [
        ["Konten mit mindestens zwei aktiven Tagen in den Wochen mit Nutzung"],
        ["Nutzung", "Konten", "von", "Anteil"],
        ["regelmäßig", "41", "58", "71 %"],
        ["gelegentlich", "9", "61", "15 %"],
    ]


@pytest.mark.parametrize("make", [cost_types, scenario])
@pytest.mark.parametrize("language", ["de", "en"])
def test_tables_survive_when_everything_is_masked(make, language, made):
    table = made.masked(make())
    block = tables.html(table, language=language)
    assert "·" in block.plain
    assert block.html.count("<tr>") == len(table.frame) + 1
    assert not re.search("verschwend|waste", block.html)
