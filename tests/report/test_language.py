"""Formats of both languages, and a catalogue that is complete, alive and well-mannered."""

import ast
import datetime as dt
import io
import json
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from crmkit.errors import SettingsError
from crmkit.method import areas, changes, segments, standing, survey, tiers
from crmkit.report.language import language, tight
from crmkit.report.text.words import WORDS, word

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "crmkit" / "report" / "locale" / "en" / "LC_MESSAGES" / "crmkit.po"
DAY = dt.date(2026, 3, 8)


def test_numbers_and_dates():
    de, en = language("de"), language("en")
    assert [de.number(1250), de.number(7.45, 1), de.signed(-0.26, 1), de.signed(0)] == ["1.250", "7,4", "−0,3", "±0"]
    assert [en.number(1250), en.number(7.45, 1), en.signed(1.26, 1), en.signed(0)] == ["1,250", "7.4", "+1.3", "±0"]
    assert [de.percent(0.305), de.percent(0.305, 1)] == ["30\u00a0%", "30,5\u00a0%"]
    assert [en.percent(0.305), en.percent(0.305, 1)] == ["30%", "30.5%"]
    assert [de.money(96000.4, "EUR"), de.money(96000, "CHF"), de.money(5, "")] == [
        "96.000\u00a0€",
        "96.000\u00a0CHF",
        "5",
    ]
    assert [en.money(96000.4, "EUR"), en.money(96000, "GBP"), en.money(5, "")] == ["€96,000", "£96,000", "5"]
    assert [de.date(DAY), de.date(DAY, short=True)] == ["8. März 2026", "08.03.2026"]
    assert [en.date(DAY), en.date(DAY, short=True)] == ["8 March 2026", "8 Mar 2026"]
    assert [de.month(DAY), de.month(DAY, short=True)] == ["März 2026", "Mär 26"]
    assert [en.month(DAY), en.month(DAY, short=True)] == ["March 2026", "Mar 26"]


def test_spans_name_the_year_once():
    window = (dt.date(2026, 4, 6), dt.date(2026, 6, 28))
    assert language("de").span(window) == "6. April – 28. Juni 2026"
    assert language("en").span(window) == "6 April – 28 June 2026"
    assert language("de").span((dt.date(2025, 12, 1), DAY)) == "1. Dezember 2025 – 8. März 2026"


def test_some_is_never_none_and_most_is_never_all():
    t = language("en")
    assert [t.percent(share) for share in (0, 0.004, 0.005, 0.994, 0.996, 1)] == [
        "0%", "<\u00a01%", "0%", "99%", ">\u00a099%", "100%",
    ]  # fmt: skip
    assert t.percent(0.0004, 1) == "<\u00a00.1%"


def test_phrases():
    assert [language("de").joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a und b", "a, b und c",
    ]  # fmt: skip
    assert language("en").joined(["a", "b"]) == "a and b"


def test_numbers_keep_their_unit():
    assert tight("um 20 % auf 58 (30 %)") == "um 20\u00a0% auf 58\u00a0(30\u00a0%)"


def test_plural():
    assert [language("de").ngettext("{n} Ziel", "{n} Ziele", n) for n in (1, 1200)] == ["1 Ziel", "1.200 Ziele"]
    assert [language("en").ngettext("{n} Ziel", "{n} Ziele", n) for n in (1, 1200)] == ["1 goal", "1,200 goals"]


def test_nothing_is_said_for_nothing():
    assert language("en").gettext("") == ""


def test_values_with_braces_stay_as_they_are():
    assert language("de").gettext("Ziel {target}", target="{x}") == "Ziel {x}"


def test_unknown_language(refused):
    with refused(SettingsError, 'language: "fr" is not known. Known: `de`, `en`.'):
        language("fr")


def test_languages_are_read_once():
    assert language("en") is language("en")


# catalogue


def texts_of_source() -> set[str | tuple[str, str]]:
    """Return every text that the source marks for the catalogue, also inside f-strings."""
    found: set[str | tuple[str, str]] = set()
    for file in (ROOT / "crmkit").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if name in ("gettext", "N_") and said:
                found.add(said[0])
            elif name == "ngettext" and len(said) == 2:
                found.add((said[0], said[1]))
    return found


def texts_of_notebooks() -> set[str]:
    """Return the source of every Markdown cell."""
    cells = [
        cell for file in (ROOT / "notebooks").glob("*.ipynb") for cell in json.loads(file.read_text("utf-8"))["cells"]
    ]
    return {"".join(cell["source"]).strip() for cell in cells if cell["cell_type"] == "markdown"}


@pytest.fixture(scope="module")
def catalogue():
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")


def strings_of(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def ids_of(message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def test_every_text_is_in_the_catalogue_and_no_other(catalogue):
    listed = {tuple(m.id) if isinstance(m.id, list | tuple) else m.id for m in catalogue if m.id}
    used = texts_of_source() | texts_of_notebooks()
    assert used - listed == set()
    assert listed - used == set()


def test_every_translation_is_there_and_certain(catalogue):
    assert [m.id for m in catalogue if m.id and (m.fuzzy or not all(strings_of(m)))] == []
    assert not catalogue.obsolete


def test_translations_have_the_same_placeholders(catalogue):
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for message in (m for m in catalogue if m.id and not ids_of(m)[0].startswith("#")):
        for text, said in zip(ids_of(message), strings_of(message), strict=True):
            assert names(text) == names(said), text


def test_templates_have_no_words_of_their_own():
    for file in (ROOT / "crmkit" / "report" / "blocks").glob("*.j2"):
        markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", file.read_text(encoding="utf-8"), flags=re.S)
        bare = re.sub(r"<[^>]*>", " ", markup)
        assert not re.search(r"[A-Za-zÄÖÜäöü]{2,}", bare), file.name


# words for codes


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("segment", segments.SEGMENTS),
        ("detail", ("rare", "dormant", "never")),
        ("band", (*standing.LOGIN_BANDS, "never")),
        ("area", areas.AREAS),
        ("n_areas", ("0", "1", "2", "3+")),
        ("change", changes.KINDS),
        ("answer", survey.ANSWERS),
        ("cost", ("without_use", "reassignable", "adjustable")),
        ("export", set(tiers.LIFTS.values()) - {""}),
        ("evidence", ("views", "logins", "changes")),
    ],
)
def test_every_code_of_the_method_has_a_word(kind, codes):
    assert [code for code in codes if code not in WORDS[kind]] == []


def test_statuses_of_goals_have_words():
    from typing import get_args

    from crmkit.method.goals.goal import METRICS, Fit
    from crmkit.method.goals.tracking import Status

    assert [code for code in get_args(Status) if code not in WORDS["status"]] == []
    assert [code for code in get_args(Fit) if code not in WORDS["fit"]] == []
    assert [code for code in METRICS if code not in WORDS["metric"]] == []


def test_words_in_both_languages():
    assert word(language("de"), "segment", "not_assessable") == "noch nicht auswertbar"
    assert word(language("en"), "segment", "not_assessable") == "not yet assessable"
    assert word(language("en"), "segment", "the client's own") == "the client's own"


def test_reasons_of_the_ledger_have_words():
    from crmkit.ingest.bookkeeping import EXPECTED

    assert [code for code in EXPECTED if code not in WORDS["reason"]] == []
