"""Blocks of the data check: findings, words, lines to paste, the mail; and that no report takes or shows them."""

import datetime as dt
import re
from html import unescape
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
import yaml

from crmkit import schema
from crmkit.errors import PrivacyError
from crmkit.ingest import Prepared
from crmkit.ingest.bookkeeping import QUESTIONS, Book
from crmkit.ingest.headers.columns import Mapping
from crmkit.method.sources import LIGHTS, REASONS
from crmkit.readers import readers
from crmkit.report import data_check, sections
from crmkit.report.data_check import making
from crmkit.report.data_check.accounts import split
from crmkit.report.data_check.columns import entry
from crmkit.report.data_check.examined import examined
from crmkit.report.data_check.questions import WORDS_OF_QUESTIONS
from crmkit.report.data_check.request import letter, reader_for
from crmkit.report.data_check.sources import WORDS_OF_REASONS
from crmkit.report.language import language
from crmkit.report.text.words import WORDS
from crmkit.settings import Export, Settings

AS_OF = dt.date(2026, 6, 28)
BLOCKS = ("standing", "sources", "coverage", "columns", "dropped", "accounts", "objects", "questions", "request")
EVIL = '<script>alert("1")</script> & <b>'


def coverage_of(source: str, first: str, last: str, *, tier: str, without=()) -> pd.DataFrame:
    days = pd.date_range(first, last, unit="us")
    complete = ~days.isin(pd.to_datetime(list(without)))
    return pd.DataFrame({"source": source, "date": days, "complete": complete, "tier": tier})


def users_of(*, kinds=("person",) * 3, last_login="2026-06-20") -> pd.DataFrame:
    ids = [f"u{number}" for number in range(len(kinds))]
    frame = pd.DataFrame({"user_id": ids, "person_id": ids, "account_type": kinds, "last_login": last_login})
    return schema.conform(frame, "users")


def ledger_of(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source", "step", "reason", "n_rows", "share"])
    return schema.conform(frame, "ledger")


LIST = coverage_of("generic.users", "2026-06-28", "2026-06-28", tier="C")
LOGINS = coverage_of("generic.logins", "2026-01-05", "2026-06-28", tier="B")


@pytest.fixture
def seen():
    """Return a function that examines literal tables."""

    def make(*, code="de", book=None, settings=None, others=None, **tables):
        own = {name: schema.empty(name) for name in Prepared.__dataclass_fields__ if name in schema.TABLES}
        given = {"identities": pd.DataFrame(), "others": others or {}, **own, **tables}
        prepared = Prepared(**given, book=book or Book())
        known = {"name": "Muster GmbH", "as_of": AS_OF, "exports": [{"file": "a.csv", "reader": "generic.users"}]}
        return examined(prepared, Settings.model_validate(known | (settings or {})), as_of=AS_OF, t=language(code))

    return make


def book_of(*files, unmapped=None, asked=()) -> Book:
    book = Book(unmapped=unmapped or {})
    for file, export, mapping, headers in files:
        book.file(file, export, mapping, SimpleNamespace(columns=headers))
    for code, values in asked:
        book.ask(code, **values)
    return book


# the wall to the client's report


@pytest.mark.parametrize("name", BLOCKS)
def test_no_block_takes_what_a_report_has(name, client_of, refused):
    with refused(
        PrivacyError,
        f"data_check.{name}: expected what `data_check.examine` returns, found a Client. "
        "The data check is internal and takes nothing that a report has.",
    ):
        getattr(data_check, name)(client_of())


@pytest.mark.parametrize("name", BLOCKS)
def test_a_clients_page_leaves_every_block_out(name, seen):
    block = getattr(data_check, name)(seen(coverage=pd.concat([LIST, LOGINS]), users=users_of()))
    assert block.kind == sections.INTERNAL
    assert block.kind not in sections.SHOWN_KINDS
    data, metadata = block._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])
    assert sections.present(notebook).cells == []
    assert len(sections.present(notebook, kinds=(sections.INTERNAL,)).cells) == 1


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize("name", BLOCKS)
def test_nothing_was_delivered(name, code, seen):
    block = getattr(data_check, name)(seen(code=code))
    assert block.finding in block.plain
    assert block.finding


def test_the_page_says_that_it_is_internal(seen):
    known = seen()
    page = data_check.variables(known.settings, as_of=AS_OF, language="de")
    assert page["audience"] == "internal"
    assert page["title"] == "Datenprüfung Muster GmbH – Intern – nicht weitergeben"
    assert page["labels"]["internal"] == "Intern – nicht weitergeben"
    assert page["tier_label"] == "Zeitraum 6. April – 28. Juni 2026"
    english = data_check.variables(known.settings, as_of=AS_OF, language="en")
    assert english["labels"]["internal"] == "Internal – do not pass on"


# sources and coverage


def test_sources(seen):
    gap = coverage_of("generic.logins", "2026-01-05", "2026-06-28", tier="B", without=["2026-06-17"])
    ledger = ledger_of(("generic.logins", "read", "read", 1200, 1.0), ("generic.users", "read", "read", 3, 1.0))
    block = data_check.sources(seen(coverage=pd.concat([LIST, gap]), users=users_of(), ledger=ledger))
    assert block.finding == "1 von 2 Quellen sind in Ordnung."
    assert "mit Vorbehalt" in block.plain
    assert "deckt 11 von 12 Wochen des Zeitraums ab; im Zeitraum fehlt 1 Arbeitstag" in block.plain
    assert "05.01.2026 – 28.06.2026" in block.plain
    assert "1.200" in block.plain
    # a word and a shape, never a colour alone
    assert 'class="status status-at_risk">mit Vorbehalt' in block.html


def test_every_reason_and_light_has_words():
    assert set(WORDS_OF_REASONS) == set(REASONS)
    assert set(WORDS["light"]) == set(making.MARKS) == set(LIGHTS)


def test_coverage_is_a_picture_with_words(seen):
    gap = coverage_of("generic.logins", "2026-01-05", "2026-06-28", tier="B", without=["2026-06-17"])
    block = data_check.coverage(seen(coverage=pd.concat([LIST, gap]), users=users_of()))
    assert "Das Protokoll deckt den Zeitraum nicht ganz ab und hat darin Lücken." in block.plain
    alt = unescape(re.search(r'aria-label="([^"]*)"', block.html)[1])
    assert alt == (
        "Abgedeckte Tage je Quelle; grau hinterlegt der Zeitraum 6. April – 28. Juni 2026: Anmeldeprotokoll: "
        "5. Januar – 16. Juni 2026 und 18. Juni – 28. Juni 2026, 11 von 12 Wochen, offen 17. Juni – 17. Juni 2026; "
        "Benutzerliste: Stand 28. Juni 2026."
    )
    assert "17.06.2026 – 17.06.2026" in block.plain


def test_coverage_of_many_years_is_cut_and_says_so(seen):
    old = coverage_of("generic.logins", "2015-01-05", "2026-06-28", tier="B")
    block = data_check.coverage(seen(coverage=old, users=users_of()))
    assert "Frühere Tage als 8. Juni 2024 sind nicht gezeigt" in block.plain


def test_the_same_picture_has_the_same_bytes(seen):
    html = [data_check.coverage(seen(coverage=LOGINS, users=users_of())).html for _ in range(2)]
    assert html[0] == html[1]


# columns


MAPPING = Mapping(
    {"user_id": "Login", "org_unit": "Abteilung oder Team"}, {"user_id": "known", "org_unit": "alike"},
    {"role": ["Rolle A", "Rolle B"]},
)  # fmt: skip
EXPORT = Export(file="exports/users.csv", reader="generic.users", exported=AS_OF, columns={"email": "Mail"})


def pasted(block) -> list:
    return [yaml.safe_load(unescape(text)) for text in re.findall(r'<pre class="paste">(.*?)</pre>', block.html, re.S)]


def test_guessed_columns_come_with_lines_to_paste(seen):
    headers = ["Login", "Abteilung oder Team", "Rolle A", "Rolle B", "Telefon"]
    block = data_check.columns(seen(book=book_of(("users.csv", EXPORT, MAPPING, headers))))
    assert block.finding == (
        "2 von 3 Spalten sind nur an ähnlichen Überschriften erkannt oder offen; client.yml kann es sagen."
    )
    assert "Nicht gelesen: Telefon." in block.plain
    assert "Zur Wahl stehen role: Rolle A, Rolle B." in block.plain
    [[said]] = pasted(block)
    assert said == {
        "file": "exports/users.csv", "reader": "generic.users", "exported": AS_OF,
        "columns": {"email": "Mail", "org_unit": "Abteilung oder Team", "role": "Rolle A"},
    }  # fmt: skip
    assert Export.model_validate(said).columns == said["columns"]


def test_files_that_are_read_alike_stand_together(seen):
    certain = Mapping({"user_id": "Id"}, {"user_id": "layout"})
    files = [(f"users_{n}.csv", EXPORT, certain, ["Id"]) for n in range(5)]
    block = data_check.columns(seen(book=book_of(*files)))
    assert block.finding == "Die eine Spalte ist sicher erkannt."
    assert "Benutzerliste: users_0.csv, users_1.csv, users_2.csv, 2 weitere" in block.plain
    assert "Aufbau des Exports ist bekannt" in block.plain
    assert "<pre" not in block.html


def test_a_reader_with_columns_of_its_own_says_so(seen):
    export = {"file": "exports/log.csv", "reader": "salesforce.event_log"}
    block = data_check.columns(seen(settings={"exports": [export]}))
    assert "Der Reader kennt die Spalten selbst und liest: EVENT_TYPE, TIMESTAMP" in block.plain


def test_a_file_that_looks_like_another_export(seen):
    headers = ["Id", "Username", "UserType"]
    certain = Mapping({"user_id": "Id"}, {"user_id": "known"})
    block = data_check.columns(seen(book=book_of(("users.csv", EXPORT, certain, headers))))
    assert "Stimmt das, dann in client.yml: reader: salesforce.users" in block.plain


def test_files_that_nobody_named(client_of, tmp_path):
    client_of(users=users_of())
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "~$neu.xlsx").write_text("lock")
    (tmp_path / "exports" / "mehr.csv").write_text("Id,Username,UserType\nx,y,Standard\n", encoding="utf-8")
    (tmp_path / "exports" / "sonst.bin").write_bytes(b"\x00\x01")
    (tmp_path / "exports" / "users.csv").write_text("Login\nu1\nu2\n", encoding="utf-8")
    known = data_check.examine(tmp_path)
    assert known.unnamed == (("exports/mehr.csv", "salesforce.users"), ("exports/sonst.bin", ""))
    block = data_check.columns(known)
    assert pasted(block)[-1] == [{"file": "exports/mehr.csv", "reader": "salesforce.users"}]
    assert "kein Reader erkannt" in block.plain


def test_entries_keep_what_the_client_says():
    export = Export.model_validate({"file": "a.csv", "reader": "x", "covers": {"from": AS_OF, "to": AS_OF}})
    assert entry(export, {"date": "Tag"}) == {
        "file": "a.csv", "reader": "x", "covers": {"from": AS_OF, "to": AS_OF}, "columns": {"date": "Tag"},
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a\u202eb", "a: b # c", "ja", "2026", "a" * 300, "x\ty", "„Q“ 'q' \"q\""])
def test_lines_to_paste_mean_what_they_say(text):
    said = making.as_yaml({"areas": {text: "sales"}})
    assert yaml.safe_load(said) == {"areas": {text: "sales"}}
    assert "\u202e" not in said


# what was dropped, accounts, objects


def test_dropped_rows_in_words(seen):
    ledger = ledger_of(
        ("generic.logins", "read", "read", 1000, 1.0),
        ("generic.logins", "filter", "failed_login", 30, 0.03),
        ("generic.logins", "match", "not_in_user_list", 20, 0.02),
        ("generic.logins", "filter", "quite_new", 1, 0.001),
        ("generic.users", "accounts", "service_name", 2, 0.1),
    )
    block = data_check.dropped(seen(ledger=ledger))
    assert block.finding.replace("\u00a0", " ") == (
        "51 von 1.000 gelesenen Zeilen (5,1 %) zählen nicht; häufigster Grund: fehlgeschlagene Anmeldung."
    )
    assert "anderer Grund (quite_new)" in block.plain
    assert "am Namen des Kontos erkannt" not in block.plain


def test_accounts_by_kind_and_sign(seen):
    users = users_of(kinds=("person", "person", "service", "portal"))
    ledger = ledger_of(
        ("salesforce.users", "accounts", "service_user_type", 6, 0.1),
        ("salesforce.users", "accounts", "portal_something_new", 1, 0.1),
    )
    block = data_check.accounts(seen(users=users, ledger=ledger))
    assert block.finding == "2 von 4 Konten gehören Personen; dazu 1 Dienstkonto und 1 Portalkonto."
    assert "am UserType erkannt" in block.plain
    assert "anderes Zeichen (something_new)" in block.plain
    without = data_check.accounts(seen(users=users_of(last_login=None)))
    assert without.finding == "Alle 3 Konten gehören Personen. Letzte Anmeldungen stehen bei keinem."


def test_objects_without_an_area(seen):
    unmapped = {"generic.changes": {"": 7, "Bauakte": 3, "Los: 1": 9}}
    block = data_check.objects(seen(book=book_of(unmapped=unmapped)))
    assert block.finding == "Zu 2 Objekten ist kein CRM-Bereich bekannt; sie zählen als „Sonstige“."
    assert pasted(block) == [{"areas": {"Los: 1": "shared", "Bauakte": "shared"}}]
    many = {"generic.changes": {f"Objekt {n:02}": 1 for n in range(23)}}
    block = data_check.objects(seen(book=book_of(unmapped=many)))
    assert "3 weitere sind nicht gezeigt." in block.plain
    assert len(pasted(block)[0]["areas"]) == 20


# words for codes


def test_reasons_without_words():
    """Readers are added all the time: what they drop, and by which sign, needs a word here."""
    dropped = {mark.reason for reader in readers().values() for mark in reader.layout.drop}
    signs = {mark.reason for reader in readers().values() for mark in reader.layout.kinds}
    assert sorted(dropped - set(WORDS["reason"]) - set(WORDS["account_sign"])) == []
    assert sorted(signs - set(WORDS["account_sign"])) == []


def test_columns_without_words():
    """A reader with code of its own has names of its own, which no page shows."""
    columns = {name for reader in readers().values() if not reader.code for name in reader.layout.columns}
    assert sorted(columns - set(WORDS["column"])) == []


def test_questions_have_words():
    assert set(WORDS_OF_QUESTIONS) == set(QUESTIONS)


def test_kinds_and_signs_are_parted():
    assert split("portal_user_type") == ("portal", "user_type")
    assert split("odd") == ("service", "odd")


# questions and the mail


ASKED = (
    ("perhaps_cut_off", {"source": "salesforce.login_history", "n": 20_000}),
    ("login_not_in_log", {"source": "generic.logins", "n": 5, "n_total": 20}),
    ("accounts_not_listed", {"n": 1}),
    ("something new", {}),
    ("last_login_missing", {"source": "users.csv", "names": ("Zuletzt", "Stand")}),
)


def test_questions_in_words(seen):
    block = data_check.questions(seen(book=book_of(asked=ASKED, unmapped={"generic.changes": {"Bauakte": 3}})))
    assert block.finding == "6 Fragen kann nur der Auftraggeber beantworten."
    assert "Anmeldeverlauf (Salesforce): genau 20.000 Zeilen" in block.plain
    assert "Von 20 Personen, deren letzte Anmeldung" in block.plain
    assert "kennen ein Konto, das in keiner Benutzerliste steht" in block.plain
    assert "something new" in block.plain
    assert (
        "users.csv: Keine Spalte ist als letzte Anmeldung zu erkennen. Steht sie in einer von diesen: Zuletzt, Stand?"
        in (block.plain)
    )
    assert "„Bauakte“" in block.plain


def test_questions_as_text_are_english():
    asked = [str(question) for question in book_of(asked=ASKED).questions]
    assert asked[0] == (
        "salesforce.login_history: exactly 20,000 rows, a number at which exports are cut off: ask for the rest, or by "
        "month"
    )
    assert asked[3] == "something new"


def test_the_whole_mail(seen):
    known = seen(
        coverage=pd.concat([LIST, LOGINS]), users=users_of(), settings={"brand": {"consultant": "Beratung X"}},
        others={"licences": pd.DataFrame({"licence": ["x"]})}, book=book_of(asked=ASKED[2:3]),
    )  # fmt: skip
    assert letter(known) == (
        "Betreff: CRM-Retrospektive Muster GmbH: was wir als Nächstes brauchen\n\n"
        "Guten Tag [Anrede und Name],\n\n"
        "vielen Dank für die Daten, sie sind geprüft. Für die nächste Auswertung brauchen wir bis zum [Datum] noch "
        "Folgendes:\n\n"
        "1. Ein Protokoll der Ansichten je Person und Tag. Je Person und Tag: Kennung, Datum, Objekt oder Modul, Zahl "
        "der Aufrufe, Änderungen, Exporte – keine Inhalte, keine Uhrzeiten. Zeitraum: 6. April – 28. Juni 2026, gern "
        "auch länger.\n\n"
        "Fragen zu den Daten, die schon da sind:\n"
        "– Die Protokolle kennen ein Konto, das in keiner Benutzerliste steht. Ist die Liste vollständig, auch mit den "
        "nicht mehr aktiven?\n\n"
        "Bitte nicht senden:\n"
        "– Gründe für Abwesenheiten (Urlaub, Krankheit, Elternzeit)\n"
        "– Inhalte: Texte von Notizen, E-Mails und Datensätzen, Namen Ihrer Kunden\n"
        "– Gehälter, Beurteilungen, private Anschriften, Passwörter\n\n"
        "So kommen die Dateien zu uns: bitte verschlüsselt, über Ihren gesicherten Datenaustausch oder als Archiv mit "
        "AES-256, das Passwort getrennt am Telefon; nicht als offener Anhang einer E-Mail. Bitte unverändert als CSV "
        "oder Excel, wie das System sie ausgibt.\n\n"
        "Bitte senden Sie erst, wenn Betriebsrat und Datenschutz zugestimmt haben; eine Unterlage dafür stellen wir "
        "bereit.\n\n"
        "Bei Fragen melden Sie sich gern jederzeit.\n\n"
        "Mit freundlichen Grüßen\n[Ihr Name], Beratung X\n"
    )


def test_nothing_to_settle_is_no_mail(seen):
    views = coverage_of("generic.activity", "2026-01-05", "2026-06-28", tier="A")
    licences = {"licences": pd.DataFrame({"licence": ["x"]})}
    block = data_check.request(seen(coverage=pd.concat([LIST, views]), users=users_of(), others=licences))
    assert block.plain == "Mit dem Auftraggeber ist nichts zu klären."


def test_every_request_in_both_languages(seen):
    old = coverage_of("generic.users", "2026-01-01", "2026-01-01", tier="C")
    gap = coverage_of("generic.logins", "2026-01-05", "2026-06-21", tier="B")
    kept = coverage_of("salesforce.event_log:URI", "2026-06-22", "2026-06-28", tier="A")
    for code, words in (("de", "Es fehlen noch die Tage 22. Juni – 26. Juni 2026"), ("en", "22 June – 26 June 2026")):
        text = letter(seen(code=code, coverage=pd.concat([old, gap]), users=users_of()))
        assert words in text
        assert text == letter(seen(code=code, coverage=pd.concat([old, gap]), users=users_of()))
    text = letter(seen(coverage=kept, users=users_of(last_login=None)))
    assert "Ereignisprotokoll (Salesforce, EventLogFile) – URI: bitte weiter sichern" in text
    assert "spätestens am 28. Juli 2026. Das System hebt dieses Protokoll 30 Tage auf." in text


def test_sums_alone_need_a_new_agreement_for_lists(seen):
    sums = schema.conform(
        pd.DataFrame(
            {"org_unit": ["A"], "band": ["x"], "n": [9], "from_date": AS_OF, "to_date": AS_OF, "definition": ""}
        ),
        "aggregates",
    )
    agreed = {"privacy": {"agreement": "Freigabe der Summen vom 1. Mai 2026"}}
    assert "Bisher sind nur Summen freigegeben" in letter(seen(aggregates=sums, settings=agreed))


@pytest.mark.parametrize(
    ("crm", "export", "name"),
    [
        ("Salesforce", "page_views", "salesforce.lightning_pages"),  # the event log lasts for 30 days only
        ("Salesforce Sales Cloud", "login_history", "salesforce.login_history"),
        ("Eigenbau in Access", "login_history", "generic.logins"),
        ("", "user_list", "generic.users"),
        ("CRM mit Benutzerliste in Excel", "page_views", "generic.activity"),
    ],
)
def test_the_clients_own_crm_is_asked_for(crm, export, name, seen):
    assert reader_for(export, seen(settings={"crm": crm})).name == name


# what a client may write


def test_nothing_becomes_markup(seen):
    mapping = Mapping({"user_id": EVIL, "org_unit": f"Team {EVIL}"}, {"user_id": "known", "org_unit": "alike"})
    known = seen(
        book=book_of((f"{EVIL}.csv", EXPORT, mapping, [EVIL, f"Team {EVIL}", f"mehr {EVIL}"]),
                     unmapped={f"x:{EVIL}": {EVIL: 3}}, asked=[(EVIL, {})]),
        settings={"name": EVIL, "crm": EVIL, "brand": {"consultant": EVIL}},
        ledger=ledger_of(*((EVIL, step, EVIL, 3, 0.1) for step in ("read", "filter", "accounts"))),
        coverage=coverage_of(EVIL, "2026-01-05", "2026-06-28", tier="A"),
        users=users_of(),
    )  # fmt: skip
    for name in BLOCKS:
        html = getattr(data_check, name)(known).html
        assert not re.search(r"<script|<b>", html), name
    assert unescape(data_check.objects(known).html).count(EVIL) >= 2
