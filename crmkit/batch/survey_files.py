"""The survey's files: the sheet to print, checked by the gate, and a template to type answers into."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit import questionnaire
from crmkit.batch.places import replace_all
from crmkit.client import SETTINGS_FILE
from crmkit.errors import CallError, PrivacyError
from crmkit.privacy import gate
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.survey_sheet import file_name, survey_sheet, unit_names
from crmkit.settings import Settings, read_settings

if TYPE_CHECKING:
    import xlsxwriter.worksheet

#: Folder of a client in which the files lie; answers belong beside client.yml, as survey.csv or survey.xlsx.
FOLDER = "survey"
#: Rows of the template in which Excel offers the answers.
_ROWS = 500
_CREATED = dt.datetime(2026, 1, 1)


def write_survey(
    folder: Path, *, output: Path | None = None, language: str = "", with_open: bool = False
) -> list[Path]:
    """Write the sheet to print and the templates of a client.

    Parameters
    ----------
    folder
        The client folder; its exports need not be there yet.
    output
        Where to; None: ``survey/`` in the client folder.
    language
        ``de`` or ``en``; empty: the client's.
    with_open
        Whether the question that is answered in words is asked; its answers are never read.

    Returns
    -------
    list of Path
        ``survey_sheet_<language>.html``, ``survey_template_<language>.xlsx`` and ``.csv``.

    Raises
    ------
    SettingsError
        If the settings are wrong or the language is not known.
    CallError
        If the output is a file.
    PrivacyError
        If the gate finds a name, say in the purpose: nothing is written.
    """
    settings = read_settings(folder / SETTINGS_FILE)
    t = language_of(language or settings.language)
    place = output or folder / FOLDER
    if place.exists() and not place.is_dir():
        raise CallError.wrong_output(str(place), "it is a file")
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix=".") as name:
        staging = Path(name)
        made = _written(settings, staging, t, with_open=with_open)
        _check(made[0], folder)
        (spare := staging / "before").mkdir()
        return replace_all(made, place, spare=spare)


def _written(settings: Settings, staging: Path, t: Language, *, with_open: bool) -> list[Path]:
    page = survey_sheet(settings, with_open=with_open, language=t.code)
    sheet = staging / file_name(t.code)
    sheet.write_text(page + "\n", encoding="utf-8", newline="\n")
    workbook, plain = (staging / f"survey_template_{t.code}.{end}" for end in ("xlsx", "csv"))
    _write_workbook(workbook, settings, t)
    with plain.open("w", encoding="utf-8-sig", newline="") as stream:
        # Excel of a German machine parts columns by semicolons
        csv.writer(stream, delimiter=";" if t.code == "de" else ",").writerow(headings(t))
    return [sheet, workbook, plain]


def _check(file: Path, folder: Path) -> None:
    found = gate.check_file(file, kind="client_html", identities=gate.Identities.of(folder))
    blocking = next((finding for finding in found if finding.severity == "block"), None)
    if blocking:
        raise PrivacyError(f"{folder.name}: the survey sheet is blocked by the gate: {blocking.message}")


def headings(t: Language) -> list[str]:
    """Return the headings of the template: number of the sheet, unit, and the questions with their numbers."""
    asked = [item for item in questionnaire.ITEMS if item.kind not in ("unit", "open")]
    unit = questionnaire.wording(questionnaire.UNIT, t.code)
    return [t.gettext("Bogen"), unit, *(f"{item.key}. {item.wording(t.code)}" for item in asked)]


def _write_workbook(file: Path, settings: Settings, t: Language) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _CREATED, "title": t.gettext("Kurzbefragung zum CRM")})
        looks = {
            "head": workbook.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#f5f7f9"}
            ),
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "words": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        _answers_sheet(workbook.add_worksheet(t.gettext("Antworten")), settings, t, looks)
        _read_me(workbook.add_worksheet(t.gettext("Lies mich")), t, looks)


def _answers_sheet(
    sheet: xlsxwriter.worksheet.Worksheet, settings: Settings, t: Language, looks: dict[str, Any]
) -> None:
    sheet.write_row(0, 0, headings(t), looks["head"])
    sheet.set_row(0, 92)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 26)
    sheet.freeze_panes(1, 1)
    asked = [item for item in questionnaire.ITEMS if item.kind not in ("unit", "open")]
    for column, item in enumerate(asked, start=2):
        words = [answer.wording(t.code) for answer in questionnaire.ANSWERS[item.kind]]
        sheet.set_column(column, column, 34 if item.kind == "hurdles" else 20)
        if item.kind == "hurdles":
            _offer(sheet, column, words, t.gettext("Mehrere mit Semikolon trennen, höchstens drei."), is_strict=False)
        else:
            given = ["1", "2", "3", "4", "5", words[-1]] if item.kind == "scale" else words
            _offer(sheet, column, given, "", is_strict=True)
    if unit_names(settings):
        _offer(sheet, 1, unit_names(settings), "", is_strict=False)


def _offer(sheet: xlsxwriter.worksheet.Worksheet, column: int, words: list[str], hint: str, *, is_strict: bool) -> None:
    """Let Excel offer answers in a column; a list of more than 255 letters it does not take."""
    if len(",".join(words)) > 255:  # noqa: PLR2004
        return
    rule: dict[str, Any] = {"validate": "list", "source": words, "error_type": "stop" if is_strict else "information"}
    if not is_strict:
        rule["show_error"] = False
    if hint:
        rule["input_message"] = hint
    sheet.data_validation(1, column, _ROWS, column, rule)


def _read_me(sheet: xlsxwriter.worksheet.Worksheet, t: Language, looks: dict[str, Any]) -> None:
    lines = [
        t.gettext("Eine Zeile ist ein Bogen, eine Spalte eine Frage. Bögen durchnummerieren, keine Namen eintragen."),
        t.gettext("Skala: 1 (stimme gar nicht zu) bis 5 (stimme voll zu), oder die Worte des Bogens."),
        t.gettext("Leere Felder sind erlaubt; sie zählen wie „kann ich nicht beurteilen“."),
        t.gettext("Hürden: höchstens drei, mit Semikolon getrennt."),
        t.gettext("Organisationseinheit: leer lassen, wo sie nicht angegeben ist."),
        t.gettext("Die ausgefüllte Datei als survey.xlsx neben client.yml legen; dieser Ordner wird nicht gelesen."),
        t.gettext("Freitext gehört nicht hierher, sondern sinngemäß und freigegeben in voices.csv."),
    ]
    sheet.set_column(0, 0, 100)
    sheet.write(0, 0, t.gettext("So wird diese Vorlage ausgefüllt"), looks["title"])
    for row, line in enumerate(lines, start=2):
        sheet.write(row, 0, line, looks["words"])
    for row, item in enumerate(("how_often", "hurdles"), start=len(lines) + 3):
        words = ", ".join(answer.wording(t.code) for answer in questionnaire.ANSWERS[item])
        key = questionnaire.ELSEWHERE if item == "how_often" else questionnaire.HURDLES
        sheet.write(row, 0, f"{key}: {words}", looks["words"])
