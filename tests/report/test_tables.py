"""Tables: formats, words for codes, what is masked, what is left out."""

import re

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect
from crmkit.report import tables
from crmkit.report.table_columns import HEADINGS, TITLES

NAMES = [
    "standing", "details", "by_unit", "area_usage", "breadth", "unit_area", "usage_series", "change_log", "waterfall",
    "licence_use", "licence_cost", "licence_figures", "goals", "goal_path", "goal_readings",
    "goal_cohort", "goal_history", "survey_items", "parallel_lists", "survey_topics", "survey_response",
    "survey_hurdles", "survey_by_unit",
]  # fmt: skip


def lines_of(block) -> list[list[str]]:
    """Return title, headings and rows; the finding above them is looked at in test_table_findings.py."""
    lines = block.plain.removeprefix(f"{block.finding}\n").splitlines()
    return [line.replace("\u00a0", " ").split("\t") for line in lines]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_standard_table(name, language, shown):
    block = tables.html(shown[name], language=language)
    assert block.kind == "table"
    assert block.tables == (shown[name],)
    assert block.html.count("<tr>") == len(shown[name].frame) + 1
    assert not re.search(r"<script|style=|\sid=|nan|NaT|<NA>|None", block.html)
    headings = lines_of(block)[1]
    assert not any(re.fullmatch(r"[a-z]+_[a-z_]+|n", heading) for heading in headings)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("change_log", "parallel_lists", "goals")])
def test_english_headings_and_words(name, shown):
    title, headings, *_ = lines_of(tables.html(shown[name], language="en"))
    assert not re.search(r"[äöüßÄÖÜ]|Konten|Lizenz", " ".join([*title, *headings]))


def test_standing(shown):
    assert lines_of(tables.html(shown["standing"])) == [
        ["Konten nach Häufigkeit der Nutzung"],
        ["Nutzung", "Konten", "von", "Anteil"],
        ["regelmäßig", "58", "190", "31 %"],
        ["gelegentlich", "61", "190", "32 %"],
        ["selten", "71", "190", "37 %"],
        ["noch nicht auswertbar", "10", "190", "–"],
    ]


def test_licences_with_prices(shown):
    assert lines_of(tables.html(shown["licence_use"], language="en"))[1:3] == [
        ["Licence", "bought", "assigned", "regularly", "occasionally", "rarely", "not yet assessable", "Cost a year",
         "Notice date"],
        ["Salesforce", "195", "186", "52", "55", "61", "10", "€346,320", "30 Sept 2026"],
    ]  # fmt: skip


def test_licences_without_prices_have_no_price_column(made):
    headings = lines_of(tables.html(protect(made.licence_use(price=None))))[1]
    assert "Kosten im Jahr" not in headings


def test_without_a_log_of_use_no_zero_stands_for_it(made):
    table = made.licence_use()
    tier_c = Table(table.name, table.frame, table.dimensions, table.counts, population="holders", tier="C")
    headings = lines_of(tables.html(protect(tier_c)))[1]
    assert headings == ["Lizenz", "gekauft", "vergeben", "Kosten im Jahr", "Kündigungstermin"]


def test_three_amounts_are_not_added(shown):
    block = tables.html(shown["licence_cost"])
    assert lines_of(block) == [
        ["Lizenzkosten in drei Blickwinkeln"],
        ["Lizenzkosten", "Lizenzen", "Kosten im Jahr", "Kündigungstermin"],
        ["Lizenzkosten ohne erkennbare Nutzung", "38", "64.320 €", "30.09.2026"],
        ["neu vergebbar", "11", "16.560 €", "30.09.2026"],
        ["zum Vertragstermin anpassbar", "49", "80.880 €", "30.09.2026"],
    ]
    assert "Die Beträge überschneiden sich und werden nicht addiert." in block.html


def test_figures_have_the_unit_of_their_row(shown):
    assert [line[1] for line in lines_of(tables.html(shown["licence_figures"]))[2:]] == ["63 %", "31 %", "5.265 €"]


def test_changes(shown):
    assert lines_of(tables.html(shown["change_log"]))[1:3] == [
        ["Datum", "Art", "Was sich geändert hat", "Organisationseinheit"],
        ["14.07.2025", "organisatorisch", "Wechsel in der Leitung Vertrieb Süd", "Vertrieb › Vertrieb Süd"],
    ]
    assert lines_of(tables.html(shown["change_log"]))[4][3] == "alle"


def test_tiers_c_and_e_have_their_own_words(made):
    assert lines_of(tables.html(protect(made.bands(14, 9, 6, 7))))[:3] == [
        ["Konten nach der Zeit seit der letzten Anmeldung"],
        ["Letzte Anmeldung", "Konten", "von", "Anteil"],
        ["vor höchstens 4 Wochen", "14", "36", "39 %"],
    ]
    assert lines_of(tables.html(protect(made.aggregates())))[:3] == [
        ["Auswertung des Auftraggebers, wie geliefert"],
        ["Organisationseinheit", "Gruppe", "Definition des Auftraggebers", "Personen", "von", "Anteil"],
        ["Kundenbüro", "regelmäßig", "mindestens 8 von 12 Wochen", "31", "61", "51 %"],
    ]


def test_masked_cells_have_a_footnote(made):
    block = tables.html(protect(made.standing(3, 60, 90, 10)))
    assert lines_of(block)[2] == ["regelmäßig", "·", "153", "·"]
    assert '<td class="num masked">·</td>' in block.html
    assert (
        "„·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar"
        in block.html.replace("\u00a0", " ")
    )
    assert "nicht gezeigt" not in tables.html(protect(made.standing(58, 61, 71, 10))).html


@pytest.mark.parametrize("language", ["de", "en"])
def test_survives_when_everything_is_masked(made, language):
    for make in (made.goals, made.licence_use, made.licence_figures, made.goal_path, made.survey, made.series):
        table = made.masked(make())
        block = tables.html(table, language=language)
        assert "·" in block.plain
        assert block.html.count("<tr>") == len(table.frame) + 1


def test_absent_without_rows(made):
    block = tables.html(made.empty(made.standing(1, 2, 3, 4)))
    assert (block.kind, block.plain) == ("absent", "Dafür liegen keine Daten vor.")


def test_refuses_what_is_not_protected(made, refused):
    message = "tables.html: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        tables.html(made.details())


def test_words_of_a_client_are_text(made):
    rows = [("2026-01-01", "technical", '<img src=x onerror="alert(1)">', "A & B/C")]
    block = tables.html(protect(made.changes(rows)))
    assert "<img" not in block.html
    assert "&lt;img src=x onerror=" in block.html
    assert "A &amp; B › C" in block.html


def test_a_table_that_nobody_knows():
    frame = pd.DataFrame({"thing": ["x"], "n": [1200]})
    table = ProtectedTable._of(Table("things", frame, ("thing",), ("n",)), frame.assign(suppressed=False), 5)
    assert lines_of(tables.html(table)) == [["things"], ["thing", "Konten"], ["x", "1.200"]]


def test_input_stays_as_it_is(shown):
    before = shown["goals"].frame.copy()
    tables.html(shown["goals"])
    pd.testing.assert_frame_equal(shown["goals"].frame, before)


def test_every_column_of_a_standard_table_has_a_heading(shown):
    known = {*HEADINGS, "suppressed", "currency", "change_unit", "provisional"}
    assert {column for name in NAMES for column in shown[name].frame} - known == set()
    assert set(NAMES) - set(TITLES) == set()
