"""`crmkit survey`: a sheet to print and templates that are read back."""

from pathlib import Path

import openpyxl
import pytest

from crmkit import questionnaire
from crmkit.cli.new import make_client_folder

USERS = "user_id;name;org_unit\nu1;Eva Winter;Nord\nu2;Peter Sommer;Nord\n"
FILES = ("survey_sheet_{}.html", "survey_template_{}.xlsx", "survey_template_{}.csv")


@pytest.fixture
def acme(tmp_path) -> Path:
    make_client_folder(tmp_path / "acme")
    return tmp_path / "acme"


def test_files_lie_in_the_client_folder(crmkit, acme):
    places = [acme / "survey" / name.format("de") for name in FILES]
    assert crmkit("survey", acme) == (0, "".join(f"{place}\n" for place in places), "")
    assert sorted((acme / "survey").iterdir()) == sorted(places)


def test_somewhere_else_in_english(crmkit, acme, tmp_path):
    done = crmkit("survey", acme, "--output", tmp_path / "out", "--language", "en")
    assert done.out == "".join(f"{tmp_path / 'out' / name.format('en')}\n" for name in FILES)
    page = (tmp_path / "out" / FILES[0].format("en")).read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert all(item.en in page for item in questionnaire.ITEMS if item.is_on)
    assert questionnaire.item("15").en not in page
    assert crmkit("survey", acme, "--language", "fr").err == 'error: language: "fr" is not known. Known: `de`, `en`.\n'


def test_written_answers_only_if_wanted(crmkit, acme):
    crmkit("survey", acme, "--with-open")
    page = (acme / "survey" / FILES[0].format("de")).read_text(encoding="utf-8")
    assert questionnaire.item("15").de in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_file_in_the_place_of_the_folder(crmkit, acme):
    (acme / "survey").write_text("")
    assert crmkit("survey", acme).err == f"error: {acme / 'survey'}: cannot be used as output folder: it is a file.\n"


def test_a_name_on_the_sheet_blocks_it(crmkit, acme):
    text = (acme / "client.yml").read_text(encoding="utf-8")
    (acme / "client.yml").write_text(text.replace('purpose: ""', "purpose: Fragen an eva.winter@acme.example"))
    done = crmkit("survey", acme)
    assert done.err.startswith("error: acme: the survey sheet is blocked by the gate: ")
    assert not list((acme / "survey").iterdir())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_template_is_read_back(crmkit, acme, language):
    from crmkit.ingest.context import Context
    from crmkit.ingest.own import consultant

    crmkit("survey", acme, "--language", language)
    book = openpyxl.load_workbook(acme / "survey" / FILES[1].format(language))
    sheet = book.worksheets[0]
    words = {kind: [a.wording(language) for a in questionnaire.ANSWERS[kind]] for kind in questionnaire.ANSWERS}
    asked = [questionnaire.item_of(cell.value) for cell in sheet[1][2:]]
    given = {"scale": 4, "how_often": words["how_often"][1], "hurdles": "; ".join(words["hurdles"][:2])}
    sheet.append([1, "Nord", *(given[item.kind] for item in asked)])
    sheet.append([2, None, *(words[item.kind][-1] for item in asked)])
    book.save(acme / "survey.xlsx")
    rows = consultant.read(acme / "survey.xlsx", "survey", Context())
    assert set(rows["item"]) == {str(number) for number in range(1, 15)}
    first = rows[rows["org_unit"] == "Nord"]
    assert set(first.loc[first["item"] == "13", "answer"]) == {"time", "handling"}
    assert set(first.loc[first["item"] == "1", "answer"]) == {"4"}
    assert set(rows.loc[(rows["org_unit"] == "") & (rows["item"] == "12"), "answer"]) == {"cannot_judge"}
