"""The sheet that comes before the data: complete, in both languages, and harmless whatever client.yml says."""

import datetime as dt
import re

import pytest

from crmkit import schema
from crmkit.errors import SettingsError
from crmkit.report.language import language
from crmkit.report.markup import as_text
from crmkit.report.privacy_sheet import cut, privacy_sheet, sheet_of
from crmkit.report.text import exports_read
from crmkit.settings import Settings

LOGINS = "salesforce.login_history"
EXPORTS = [
    {"file": "exports/a.csv", "reader": "salesforce.users", "exported": "2026-06-28"},
    {"file": "exports/l1.csv", "reader": LOGINS, "covers": {"from": "2026-01-01", "to": "2026-03-31"}},
    {"file": "exports/l2.csv", "reader": LOGINS, "covers": {"from": "2026-04-01", "to": "2026-06-28"}},
    {"file": "exports/Eva Winter.csv", "reader": "generic.changes", "columns": {"user_id": "Wer", "timestamp": "Wann"},
     "constants": {"area": "sales"}},
]  # fmt: skip
AGREED = {
    "legal_basis": "Art. 6 Abs. 1 lit. f DSGVO", "purpose": "Verbesserung des CRM im Ganzen", "agreement": "BV 7/2025",
    "contact_role": "Datenschutzbeauftragte", "delete_by": "2026-12-31", "delete_prepared_by": "2028-06-30", "k": 7,
}  # fmt: skip


def settings_of(privacy=AGREED, exports=EXPORTS, **more) -> Settings:
    given = {"name": "Acme & Söhne", "as_of": "2026-06-28", "exports": exports, "privacy": privacy, **more}
    return Settings.model_validate(given)


def body_of(html: str) -> list[str]:
    return as_text(html[html.index("<body") :]).splitlines()


def test_all_of_it():
    lines = body_of(privacy_sheet(settings_of(crm="Salesforce", brand={"consultant": "Beispiel-Beratung"})))
    assert lines[:22] == [
        "Beispiel-Beratung",
        "Datenblatt für Betriebsrat und Datenschutz",
        "Acme & Söhne",
        "CRM-Retrospektive Nr. 1 · Stichtag 28. Juni 2026 · Salesforce",
        "Was vereinbart ist",
        "Zweck", "Verbesserung des CRM im Ganzen",
        "Rechtsgrundlage", "Art. 6 Abs. 1 lit. f DSGVO",
        "Vereinbarung", "BV 7/2025",
        "Ansprechstelle", "Datenschutzbeauftragte",
        "Rohdaten", "werden bis 31. Dezember 2026 gelöscht",
        "Pseudonyme Tabellen", "werden bis 30. Juni 2028 gelöscht",
        "Kleinste gezeigte Gruppe", "7 Personen",
        "Was gelesen wird",
        "Benutzerliste (Salesforce, Objekt User)",
        "1 Datei, Stand 28.06.2026",
    ]  # fmt: skip
    assert lines[23:29] == [
        "Anmeldeverlauf (Salesforce)",
        "2 Dateien, 01.01.2026 – 28.06.2026",
        "Username, UserId, Login Time, Login Type, Status, Application, API Type, Id",
        "Protokoll der Änderungen",
        "1 Datei",
        "Wer, Wann; falls vorhanden auch: object, channel, operation, event_id, record",
    ]
    assert "Eva Winter" not in "\n".join(lines)
    assert not any("Entwurf" in line for line in lines)


def test_the_sample_keeps_the_rule_that_it_explains():
    for k in (5, 7, 10, 23):
        sample = sheet_of(settings_of({"k": k}), language("de"), []).sample
        shown = [row for row in sample.rows if row.total is not None]
        assert [row.unit for row in sample.rows] == [
            "Einheit A",
            "Einheit B",
            "Einheit C",
            "Einheit D",
            "alle zusammen",
        ]
        assert all(n >= k for row in shown for _, n in row.parts)
        hidden = [shown[-1].parts[i][1] - shown[0].parts[i][1] - shown[1].parts[i][1] for i in range(3)]
        assert min(hidden) >= k
        assert all(row.total == sum(n for _, n in row.parts) for row in shown)


def test_totals_only():
    page = sheet_of(settings_of({**AGREED, "totals_only": True}), language("de"), [])
    assert [row.unit for row in page.sample.rows] == ["alle zusammen"]
    assert page.sample.note == "Vereinbart sind Gesamtzahlen: Einheiten stehen nicht im Bericht."
    assert [one.why for one in page.analyses if not one.is_on] == ["vereinbart sind nur Gesamtzahlen"] * 2


def test_what_is_missing_is_a_draft():
    html = privacy_sheet(settings_of({"purpose": "x"}))
    said = "Entwurf – noch offen: Rechtsgrundlage, Zweck, Vereinbarung, Löschdatum, Frist der pseudonymen Tabellen"
    assert html.count(said) == 2
    lines = body_of(html)
    assert [lines[lines.index(term) + 1] for term in ("Rechtsgrundlage", "Vereinbarung", "Rohdaten")] == ["offen"] * 3
    assert html.count('status-dropped"') == 3


def test_deleted_data_are_said_to_be():
    deletions = [{"kind": "raw", "date": dt.date(2026, 7, 1), "n_left": 0}]
    lines = body_of(privacy_sheet(settings_of(), deletions=deletions))
    assert lines[lines.index("Rohdaten") + 1] == "gelöscht am 1. Juli 2026"


def test_exports_that_came_again_are_said_to_be_there():
    deletions = [{"kind": "raw", "date": dt.date(2026, 7, 1), "n_left": 0, "came_again": True}]
    lines = body_of(privacy_sheet(settings_of(), deletions=deletions))
    assert lines[lines.index("Rohdaten") + 1] == "gelöscht am 1. Juli 2026; seither neu geliefert"


def test_tables_beside_the_exports_and_what_stays_of_names():
    said = "\n".join(body_of(privacy_sheet(settings_of())))
    for words in ("people.csv: user_id, person, fte", "availability.csv: user_id, week",
                  "survey.csv: respondent, org_unit",
                  "mit dem Schlüssel gebildete Prüfsummen", "Ordner der Retrospektive"):  # fmt: skip
        assert words in said
    open_end = body_of(privacy_sheet(settings_of({**AGREED, "delete_prepared_by": None})))
    assert open_end[open_end.index("Pseudonyme Tabellen") + 1] == "ohne Frist – offen"
    assert "Entwurf – noch offen: Frist der pseudonymen Tabellen" in open_end


def test_ready_made_pseudonyms():
    said = "\n".join(body_of(privacy_sheet(settings_of({"pseudonyms": "ready"}))))
    assert "Der Auftraggeber liefert Pseudonyme statt Namen; Dateien mit Namen werden abgewiesen." in said


def test_english():
    privacy = {**AGREED, "legal_basis": "Art. 6", "purpose": "To improve", "agreement": "", "contact_role": ""}
    html = privacy_sheet(settings_of(privacy, name="Acme"), language="en")
    assert '<html lang="en">' in html
    said = "\n".join(body_of(html))
    assert "Data sheet for works council and data protection officer" in said
    assert not re.search(r"[äöüßÄÖÜ„]|\b(und|der|von|Wer|Wann)\b", said.replace("Wer, Wann", ""))


def test_an_unknown_language(refused):
    with refused(SettingsError, 'language: "fr" is not known. Known: `de`, `en`.'):
        privacy_sheet(settings_of(), language="fr")


HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>{{ 7*7 }}{0}%s\u202e=HYPERLINK("http://x")</style>'


def test_hostile_words_are_words():
    privacy = {"k": 5, **dict.fromkeys(("legal_basis", "purpose", "agreement", "contact_role"), HOSTILE)}
    exports = [{"file": "a.csv", "reader": HOSTILE, "columns": {"user_id": HOSTILE}}]
    html = privacy_sheet(settings_of(privacy, exports, name=HOSTILE, crm=HOSTILE, brand={"consultant": HOSTILE}))
    assert not re.search(r"<script|<img|onerror=alert\(1\)>(?!&)", html.replace("&lt;", "&").replace("&gt;", "&"))
    assert html.count("</style>") == 1
    assert "49" not in "".join(body_of(html))


def test_long_words_are_cut():
    long = dict.fromkeys(("legal_basis", "purpose", "agreement", "contact_role"), "Wort " * 1000)
    exports = [
        {"file": f"{n}.csv", "reader": "generic.logins", "columns": {"user_id": f"Spalte {n} " * 500}} for n in range(9)
    ]
    page = sheet_of(settings_of(long, exports, name="A" * 10_000), language("de"), [])
    assert max(len(words) for _, words in page.agreed) <= 200
    assert len(page.name) <= 80
    assert page.read[-1][0] == "Beiblätter: Personen, Verfügbarkeit, Befragung"
    assert page.read[-2] == ("und 4 weitere Exporte", "", "Der Bericht nennt sie alle.")
    assert max(len(columns) for _, _, columns in page.read[:-1]) <= 198


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [("a b c", 5, "a b c"), ("aaa bbb ccc", 9, "aaa bbb …"), ("a" * 20, 9, "aaaaaaa …"), ("", 9, "")],
)
def test_cut(text, most, expected):
    assert cut(text, most) == expected


def test_columns_are_those_that_are_read():
    """The words say what `ingest` reads; only that room may be asked for it."""
    from crmkit.ingest.accounts import people, user_lists
    from crmkit.ingest.own import consultant, licence_lists
    from crmkit.ingest.systems import generic_events, salesforce_events, salesforce_logins
    from crmkit.readers import readers

    assert {name for name in readers() if name.startswith("generic.")} == set(exports_read.FIELDS)
    assert exports_read.FIELDS["generic.users"] == user_lists.FIELDS
    assert exports_read.FIELDS["generic.licences"] == licence_lists.FIELDS
    for kind, fields in generic_events.FIELDS.items():
        assert exports_read.FIELDS[f"generic.{kind}"] == tuple(fields)
    said = {re.sub(r"\W", "", name).casefold() for name in readers()["salesforce.login_history"].headers}
    known = {re.sub(r"\W", "", form).casefold() for forms in salesforce_logins._HEADERS.values() for form in forms}
    assert said <= known
    assert set(consultant.REQUIRED["aggregates"]) <= set(exports_read.FIELDS["generic.aggregates"])
    used = {*salesforce_events._TELLING, *salesforce_events._IDENTITY, "TIMESTAMP", "TIMESTAMP_DERIVED"}
    assert set(readers()["salesforce.event_log"].headers) >= used
    assert exports_read.BESIDE["people.csv"] == people.FIELDS
    assert exports_read.BESIDE["availability.csv"] == consultant.REQUIRED["availability"]
    assert exports_read.BESIDE["survey.csv"] == tuple(schema.TABLES["survey"])
