"""No text that a client may read breaks a rule of wording, in neither language."""

import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from babel.messages.pofile import read_po

from crmkit import questionnaire
from crmkit.report.privacy_sheet import privacy_sheet
from crmkit.report.survey_sheet import survey_sheet
from crmkit.settings import read_settings
from tests.wording.page import BREAK, kit_words_of, words_of
from tests.wording.rules import ENGLISH, FOREIGN, GERMAN, RULES, around, broken

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "crmkit" / "report" / "locale" / "en" / "LC_MESSAGES" / "crmkit.po"
SAMPLES = sorted(file.parent for file in (ROOT / "data" / "sample").glob("*/client.yml"))
#: Texts as data: what readers ask a client for, measures to choose from.
DATA = sorted(file for file in (ROOT / "crmkit").rglob("*.yml") if file.parent.name != "new_client")
#: Documents for a client: its administrators, its IT, its works council, its staff.
FOR_CLIENTS = [
    ROOT / "docs" / name for name in ("exports.md", "measures.md", "privacy.md", "readers.md", "survey.md")
] + sorted((ROOT / "docs" / "recipes").glob("*.md"))
#: Code, and what a document quotes in order to speak of it.
QUOTED = re.compile(r"```.*?```|`[^`]*`|„[^“]*“|“[^”]*”|\"[^\"]*\"", re.S)
#: Headings of exports, as the systems write them.
HEADINGS = re.compile(r"^\* \*\*reads\*\*: .*$", re.M)


@pytest.mark.parametrize("rule", RULES, ids=[rule.breaks for rule in RULES])
def test_each_rule_finds_what_breaks_it(rule):
    assert rule.broken_by(rule.breaks)
    assert not rule.broken_by("58 von 190 ausgewerteten Konten werden regelmäßig genutzt; je CRM-Bereich weniger.")
    assert not rule.broken_by("58 of 190 accounts assessed are used regularly, after the training.")


def test_what_the_rules_let_stand():
    assert broken("## In welchen Bereichen wird damit gearbeitet?") == []
    assert broken("Einheiten stehen in der Reihenfolge der Organisation, nie als Rangliste.") == []
    assert broken("Never shown: single people and clock times; no rankings.") == []
    assert broken("Eine Rangliste der Bereiche; three seats") == [
        "seats → Lizenzen",
        "Bereiche → Organisationseinheit oder CRM-Bereich",
        "Rangliste → Reihenfolge der Organisation",
    ]


def test_the_catalogue():
    messages = [m for m in read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en") if m.id]
    said = [text for m in messages for side in (m.id, m.string) for text in ([side] if isinstance(side, str) else side)]
    assert len(said) > 1000
    assert {text: found for text in said if (found := broken(text))} == {}


def test_the_english_side_of_the_catalogue_is_english():
    messages = [m for m in read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en") if m.id]
    said = [text for m in messages for text in ([m.string] if isinstance(m.string, str) else m.string)]
    # what stands in quotation marks may be an example in the other language
    unquoted = {text: re.sub(r"“[^”]*”|‘[^’]*’", "", text) for text in said}
    assert {text: found for text, words in unquoted.items() if (found := GERMAN.findall(words))} == {}


@pytest.mark.parametrize("file", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda file: file.stem)
def test_the_notebooks(file):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    said = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert said
    assert {text: found for text in said if (found := broken(text))} == {}


@pytest.mark.parametrize("file", sorted((ROOT / "crmkit").rglob("*.j2")), ids=lambda file: file.name)
def test_the_templates(file):
    words = re.sub(r"\{[%{#].*?[%}#]\}|<style>.*?</style>|<[^>]*>", " ", file.read_text(encoding="utf-8"), flags=re.S)
    assert broken(words) == []


def texts_of(value: object) -> list[str]:
    """Return the prose of plain values: texts of several words, keys aside."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) and len(value.split()) > 2 else []


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.name)
def test_texts_shipped_as_data(file):
    said = texts_of(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert said
    assert {text: found for text in said if (found := broken(text))} == {}


def test_the_questionnaire():
    answers = [answer for one in questionnaire.ANSWERS.values() for answer in one]
    said = [(each.de, each.en) for each in (*questionnaire.ITEMS, *answers)]
    assert len(said) > 30
    assert {text: found for pair in said for text in pair if (found := broken(text))} == {}
    # answers of a word or two have no word that would tell
    assert [(de, en) for de, en in said if ENGLISH.search(de) or GERMAN.search(en)] == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("sheet", [survey_sheet, privacy_sheet], ids=lambda sheet: sheet.__name__)
def test_the_sheets(sheet, folder, language):
    text = kit_words_of(sheet(read_settings(folder / "client.yml"), language=language), folder)
    assert len(text) > 1000
    assert broken(text) == []
    assert around(FOREIGN[language], text) == []


@pytest.mark.parametrize("file", FOR_CLIENTS, ids=lambda file: file.name)
def test_documents_for_clients(file):
    text = HEADINGS.sub("", QUOTED.sub("", file.read_text(encoding="utf-8")))
    assert len(text) > 500
    assert broken(text) == []


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_commentaries_of_the_samples(folder):
    """Words of a consultant, who may say what she likes; those of the samples show how it is done."""
    said = [file.read_text(encoding="utf-8") for file in folder.glob("commentary/*.md")]
    assert said
    assert [found for text in said if (found := broken(text))] == []


# what a page says


def parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(BREAK) if part.strip()]


def test_words_of_a_page():
    page = '<p aria-label="a">b <style>c</style>&amp;</p><td data-heading="d">e</td>'
    assert parts(words_of(page)) == ["b", "&", "e", "a", "d"]


def test_words_that_are_not_the_kits(tmp_path):
    settings = 'name: Die Gute GmbH\ndecisions: ["Training „Alltag“"]\nlanguage: en\n'
    (tmp_path / "client.yml").write_text(settings, encoding="utf-8")
    (tmp_path / "prepared").mkdir()
    rows = pd.DataFrame({"org_unit": ["Vertrieb/Süd"], "band": ["oft"], "hurdle": ["time"], "kind": ["Technik"]})
    rows.to_parquet(tmp_path / "prepared" / "aggregates.parquet")

    def said(page: str) -> list[str]:
        return parts(kit_words_of(page, tmp_path))

    assert said('<h1>Die Gute GmbH</h1><aside class="commentary">Das meinen wir.</aside><p>text</p>') == ["text"]
    # a name that a chart breaks into lines, a path as it is shown, a quotation in a quotation, the name of a reader
    assert said("<text>Die Gute</text><text>GmbH</text><td>Vertrieb › Süd</td><td>Süd</td>") == []
    assert said("<p>After “Training ‚Alltag‘”: by generic.users</p>") == ["After '", "': by"]
    assert said("<p>18 oft, 3 selten</p>") == ["18", ", 3 selten"]
    # neither half a name nor a code of the kit
    assert said("<p>Die Gute</p><td>time</td><td>Technik</td><td>Südwest</td>") == [
        "Die Gute",
        "time",
        "Technik",
        "Südwest",
    ]
