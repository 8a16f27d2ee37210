"""tables.xlsx: the tables of the report as numbers, in the words of the report."""

import hashlib

import pytest
from nbformat import from_dict
from openpyxl import load_workbook

from crmkit.batch.sheet_words import HEADINGS, LONGEST_NAME, SHEET_NAMES, sheet_names, word_in
from crmkit.batch.sheets import OVERVIEW, sheets_in, write_sheets
from crmkit.privacy.gate import check_file
from crmkit.report import table_columns
from crmkit.report.language import language
from crmkit.report.text.evidence import masked_note
from crmkit.report.text.words import word

STANDING = {
    "name": "standing", "columns": ["segment", "n", "n_total", "share"], "counts": ["n"], "tier": "A",
    "rows": [["regular", 1058, 2000, 0.529], ["rare", None, 2000, None]], "suppressed": [False, True],
}  # fmt: skip
CHANGES = {
    "name": "change_log", "columns": ["date", "kind", "title", "org_unit"], "counts": [], "tier": "",
    "rows": [["2026-01-15", "technical", '=HYPERLINK("http://a")', "Vertrieb/Nord"], ["2026-13-99", "x", "@y", ""]],
    "suppressed": [False, False],
}  # fmt: skip
FRAME = {"title": "CRM-Retrospektive Acme", "as_of": "28. Juni 2026", "draft": True, "labels": {"draft": "Entwurf"}}


def notebook(*outputs):
    shown = [{"output_type": "display_data", "data": {}, "metadata": {"crmkit": {"tables": list(o)}}} for o in outputs]
    cells = [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]} for output in shown]
    return from_dict({"cells": [{"cell_type": "markdown", "source": ""}, *cells], "metadata": {"crmkit": FRAME}})


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def book(tmp_path):
    def write(*outputs, language="de"):
        write_sheets(notebook(*outputs), tmp_path / "tables.xlsx", language=language, k=5)
        return load_workbook(tmp_path / "tables.xlsx")

    return write


def test_each_table_once_in_reading_order():
    assert sheets_in(notebook([STANDING], [], [CHANGES, STANDING], [STANDING | {"rows": []}])) == [STANDING, CHANGES]


def test_numbers_are_numbers_and_words_are_the_reports(book):
    sheet = book([STANDING])["Häufigkeit der Nutzung"]
    assert values(sheet) == [
        ["Nutzung", "Konten", "von", "Anteil"],
        ["regelmäßig", 1058, 2000, 0.529],
        ["selten", "·", 2000, "·"],
        [None] * 4,
        [masked_note(5, language("de")), None, None, None],
    ]
    assert (sheet.freeze_panes, sheet["D2"].number_format, sheet["B2"].number_format) == ("A2", "0.0%", "#,##0")


def test_nothing_that_a_client_wrote_is_calculated_or_linked(book, tmp_path):
    sheet = book([CHANGES])["Änderungen"]
    assert (sheet["C2"].value, sheet["C2"].data_type, sheet["C2"].hyperlink) == (
        """'=HYPERLINK("http://a")""",
        "s",
        None,
    )
    assert (sheet["A2"].is_date, sheet["A3"].value, sheet["B3"].value) == (True, "2026-13-99", "x")
    assert sheet["C3"].value == "'@y"
    assert {f.rule for f in check_file(tmp_path / "tables.xlsx", kind="client_tables")} == {"identities_unchecked"}


def test_what_is_missing_but_not_masked_is_a_dash(book):
    sheet = book([STANDING | {"suppressed": [False, False]}])["Häufigkeit der Nutzung"]
    assert values(sheet)[2] == ["selten", "–", 2000, "–"]
    assert sheet.max_row == 3


def test_columns_that_say_nothing_or_only_the_kit_needs_are_left_out(book):
    goals = {
        "name": "goals", "columns": ["wording", "change_unit", "actual", "probability"], "counts": [], "tier": "A",
        "rows": [["Ziel 1", "target", 0.59, None], ["Ziel 2", "relative", 48, None]], "suppressed": [False, False],
    }  # fmt: skip
    sheet = book([goals])["Ziele und ihr Stand"]
    assert values(sheet) == [["Ziel", "Ist"], ["Ziel 1", 0.59], ["Ziel 2", 48]]
    assert [sheet["B2"].number_format, sheet["B3"].number_format] == ["0.0%", "#,##0"]


def test_values_of_goals_have_the_format_of_their_unit(book):
    goals = {
        "name": "goals", "columns": ["goal_id", "metric", "unit", "target", "required_pace"], "counts": [], "tier": "",
        "rows": [["a", "outcome", "Stunden", 0.5, 0.1], ["b", "usage_rate", "", 0.75, 0.02]],
        "suppressed": [False, False],
    }  # fmt: skip
    path = {
        "name": "goal_path", "columns": ["goal_id", "path", "value"], "counts": [], "tier": "",
        "rows": [["a", "fan_mid", 0.5], ["b", "actual", 0.63]], "suppressed": [False, False],
    }  # fmt: skip
    sheets = book([goals], [path])
    assert [sheets["Ziele und ihr Stand"][cell].number_format for cell in ("D2", "D3", "E2", "E3")] == [
        "#,##0.0#", "0.0%", "#,##0.0#", "0.0%",
    ]  # fmt: skip
    assert values(sheets["Messwerte und Zielpfad"])[1:] == [["a", "Spanne, Mitte", 0.5], ["b", "Messwert", 0.63]]
    assert [sheets["Messwerte und Zielpfad"][cell].number_format for cell in ("C2", "C3")] == ["#,##0.0#", "0.0%"]


def test_codes_of_goals_are_words(book):
    columns = ["goal_id", "reason", "measurable_in", "changed", "fit_proposed", "fit_code", "shape"]
    row = ["a", "noise", "*", "goal_changed baseline_drifted", "adjust", "larger_unit", "s_curve"]
    goals = {"name": "goals", "columns": columns, "counts": [], "tier": "", "rows": [row], "suppressed": [False]}
    assert values(book([goals])["Ziele und ihr Stand"])[1] == [
        "a", "Der Schritt ist kleiner als die übliche Schwankung von Quartal zu Quartal.", "im ganzen Unternehmen",
        "Seit dem Start wurde das Ziel verändert. Mit den heutigen Daten wäre die Ausgangsbasis eine andere.",
        "anpassen", "in einer größeren Einheit wäre es messbar", "S-Kurve",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["de", "en"])
def test_tables_of_goals_have_words_for_all_they_hold(book, code):
    frames = {
        "goal_readings": (["goal_id", "unit", "meant", "change_value", "n_baseline", "n_total_baseline", "target_n",
                           "target_share", "share"], ["a", "points", True, 0.2, 40, 69, 48.0, 0.7, 0.58]),
        "goal_cohort": (["goal_id", "group", "moved", "n", "share"], ["a", "stayed_now", "few", 40, 0.58]),
        "goal_history": (["goal_id", "month", "status"], ["a", "2026-06-30", "off_track"]),
    }  # fmt: skip
    for name, (columns, row) in frames.items():
        sheet = {"name": name, "columns": columns, "counts": [], "tier": "", "rows": [row], "suppressed": [False]}
        shown = book([sheet], language=code)
        headings, cells = values(shown[shown.sheetnames[1]])
        assert not [heading for heading in headings if "_" in heading or heading in ("unit", "group", "n", "meant")]
        assert not {"points", "stayed_now", "few", "off_track"} & {str(cell) for cell in cells}


def test_the_overview_says_whose_tables_these_are(book):
    overview = book([STANDING, CHANGES])["Übersicht"]
    assert values(overview) == [
        ["CRM-Retrospektive Acme", None],
        ["28. Juni 2026", None],
        ["Entwurf", None],
        [None, None],
        ["Häufigkeit der Nutzung", "Konten nach Häufigkeit der Nutzung"],
        ["Änderungen", "Änderungen"],
    ]
    assert book().sheetnames == ["Übersicht"]


def test_the_same_table_twice_with_other_numbers(book):
    other = STANDING | {"rows": [["regular", 7, 9, 0.5]], "suppressed": [False]}
    assert book([STANDING], [other]).sheetnames == ["Übersicht", "Häufigkeit der Nutzung", "Häufigkeit der Nutzung 2"]


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_sheets(notebook([STANDING], [CHANGES]), tmp_path / f"{name}.xlsx", language="de", k=5)
    digests = {hashlib.sha256((tmp_path / f"{name}.xlsx").read_bytes()).hexdigest() for name in ("a", "b")}
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Ziele", "ZIELE", "ziele"], ["Ziele", "ZIELE 2", "ziele 3"]),
        (["a/b:c*d?[e]\\f"], ["a b c d e f"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["Auswertung des Auftraggebers, wie geliefert"], ["Auswertung des Auftraggebers"]),
        (["", "''", "'q'"], ["–", "– 2", "q"]),
    ],
)
def test_names_of_sheets_are_what_excel_allows(titles, names):
    assert sheet_names(titles) == names


def test_every_word_is_translated_and_every_name_fits():
    english = language("en")
    words = {*SHEET_NAMES.values(), *HEADINGS.values(), OVERVIEW}
    assert {word for word in words if english.gettext(word) == word} == set()
    for t in (language("de"), english):
        names = [t.gettext(name) for name in SHEET_NAMES.values()]
        assert [name for name in names if len(name) > LONGEST_NAME and "," not in name] == []
        assert len({*sheet_names(names)}) == len(names)


def test_words_of_the_survey_too():
    """Their words live with the questionnaire; in a German sheet no answer may stay a code."""
    german, english = language("de"), language("en")
    asked = {"name": "survey_hurdles"}, "hurdle", "benefit_unclear"
    assert [word_in(*asked, t) for t in (german, english)] == ["Nutzen ist nicht klar", "the benefit is unclear"]
    assert word_in({"name": "survey_elsewhere"}, "answer", "cannot_judge", german) == "kann ich nicht beurteilen"
    assert word_in({"name": "survey_items"}, "item", "10", german) == "Ich arbeite gern mit dem CRM."
    assert word_in({"name": "survey_items"}, "answer", "agree", german) == "stimme zu"
    assert word_in({"name": "by_unit"}, "org_unit", "Vertrieb", german) == "Vertrieb"


def test_every_kind_of_code_has_words():
    kinds = {*table_columns.CODES.values(), *table_columns.KINDS.values(), *table_columns.OWN_CODES.values()}
    assert [word(language("de"), kind, "no such code") for kind in kinds] == ["no such code"] * len(kinds)
