"""Every sentence that the first page can say, in both languages; none can be added without one of these cases."""

import re

import pytest

from crmkit.report import text
from crmkit.report.language import Language, language
from crmkit.report.text.words import WORDS as WORDS_FOR_CODES
from tests.report.first_page_cases import CASES, opened
from tests.report.first_page_words import WORDS
from tests.report.said import kinds_reachable_from, texts_reachable_from

#: Said by what the first page calls, but never there: a share of nobody is left out before.
NEVER = {"{n} von {total}"}
#: Kind of code → the codes that tables of a first page never have, all others have to be said.
NEVER_CODES = {
    # tier A is called by its own name
    "evidence": {"views"},
    # of these notes the page says those on holidays
    "note": set(WORDS_FOR_CODES["note"]) - {"summer_window", "christmas_window"},
    # the page is by the definition of the report; the others stand in the appendix
    "segment": set(WORDS_FOR_CODES["segment"])
    - {"regular", "occasional", "rare", "no_write_trace", "not_assessable", "unassigned"},
}
NAMES = [case.__name__ for case in CASES]


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_page_says(case, code, made, *, client_of, people_tables, plainly):
    client, shown = opened(case(made), client_of, people_tables)
    page = plainly(text.at_a_glance(client, shown, language=code).plain)
    assert page.splitlines() == WORDS[case.__name__][code].strip().splitlines()


def test_every_case_has_words_and_every_word_a_case():
    assert sorted(WORDS) == sorted(NAMES)


@pytest.fixture
def said(monkeypatch) -> set:
    """Return the set into which every text falls that is asked of the catalogue."""
    asked: set = set()
    gettext, ngettext = Language.gettext, Language.ngettext

    def recorded(self, words, /, **values):
        asked.add(words)
        return gettext(self, words, **values)

    def recorded_plural(self, one, many, n, /, **values):
        # both forms have to be heard
        asked.add((one, many, n == 1))
        return ngettext(self, one, many, n, **values)

    monkeypatch.setattr(Language, "gettext", recorded)
    monkeypatch.setattr(Language, "ngettext", recorded_plural)
    return asked


def test_no_sentence_is_without_a_case(said, made, client_of, people_tables):
    """A text in the source of the first page that no case above lets it say is a sentence without a test."""
    for case in CASES:
        client, shown = opened(case(made), client_of, people_tables)
        text.at_a_glance(client, shown)
    reachable = texts_reachable_from("crmkit.report.text.glance", "at_a_glance")
    forms = {one if isinstance(one, str) else (*one, is_one) for one in reachable for is_one in (True, False)}
    assert sorted(map(str, forms - said - NEVER)) == []
    assert len(reachable) > 60


def test_no_word_for_a_code_is_without_a_case(said, made, client_of, people_tables):
    """A reason why a goal is not measurable is a sentence, too; as the word for a code, no search for texts sees it."""
    for case in CASES:
        client, shown = opened(case(made), client_of, people_tables)
        text.at_a_glance(client, shown)
    kinds = kinds_reachable_from("crmkit.report.text.glance", "at_a_glance") | {"band"}
    unsaid = {
        (kind, code)
        for kind in kinds
        for code, words in WORDS_FOR_CODES[kind].items()
        if words not in said and code not in NEVER_CODES.get(kind, set())
    }
    assert sorted(unsaid) == []
    assert {"status", "fit", "goal_reason", "export", "segment"} <= kinds


def test_what_is_reachable_is_found():
    """The search itself: through calls, modules, constants and methods, and no further."""
    found = texts_reachable_from("crmkit.report.text.glance", "contract")
    assert "{n} Lizenzen" in found
    assert "{first} und {last}" in found
    assert "Noch ist kein Ziel vereinbart." not in found
    assert texts_reachable_from("crmkit.report.text.evidence", "limit") >= {"Aussagen zur Nutzung sind nicht möglich."}


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_english_pages_are_english(case, made, client_of, people_tables):
    """But for what the client wrote: goals, decisions, units and bands."""
    client, shown = opened(case(made), client_of, people_tables)
    page = text.at_a_glance(client, shown, language="en").plain
    own = [*(one.decision for one in client.settings.decisions), *(goal.wording for goal in page_goals(client, shown))]
    own += ["regelmäßig", "gelegentlich", "selten", "Vertrieb › Nord", "Punkte von 10"]
    for words in own:
        page = page.replace(words, "").replace(re.sub(r"(?<=\d) (?=%)", "\u00a0", words), "")
    assert not re.search(r"\b(?:der|die|das|und|nicht|von|mit|Konten|Ziel|Lizenzen)\b|[äöüß]", page)


def page_goals(client, shown):
    from crmkit.report.text.glance import glance_of

    return glance_of(client, shown, language("en")).goals
