"""The other words of a report: commentary, goals, decisions, data quality, appendix."""

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit import deletion
from crmkit.errors import InputError, PrivacyError
from crmkit.method.definition import Definition
from crmkit.privacy import protect
from crmkit.report import text
from crmkit.report.text.commentary import safe_html
from crmkit.report.text.quality import missing


def write_comment(client, section: str, content: str | bytes):
    folder = client.folder / "commentary"
    folder.mkdir()
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / f"{section}.md").write_bytes(raw)
    return client


# title


def test_title(client_of, people_tables):
    client = client_of(settings="retrospective: 2\n", **people_tables(["a"]))
    assert text.title(client).plain.splitlines() == [
        "CRM-Retrospektive Nr. 2",
        "Muster GmbH",
        "28. Juni 2026 · Datenstufe A (Ansichten und Änderungen)",
    ]
    assert text.title(client, language="en").plain.splitlines()[0] == "CRM retrospective no. 2"


# commentary


def test_commentary(client_of):
    client = client_of(settings="brand: {consultant: Beratung}\n")
    block = text.commentary(write_comment(client, "areas", "# Kurz\n\nZwei **Wörter**.\n\n- eins\n- zwei\n"), "areas")
    assert block.kind == "commentary"
    assert '<p class="by">Einordnung · Beratung</p>' in block.html
    assert "<h3>Kurz</h3>" in block.html
    assert "<p>Zwei <strong>Wörter</strong>.</p>" in block.html
    assert "<li>eins</li>" in block.html


def test_no_commentary(client_of):
    client = client_of()
    assert text.commentary(client, "areas").kind == "absent"
    assert text.commentary(write_comment(client, "areas", " \n"), "areas").kind == "absent"


def test_commentary_in_another_encoding(client_of, refused):
    client = write_comment(client_of(), "areas", "Größe".encode("cp1252"))
    with refused(InputError, "commentary/areas.md: no UTF-8 text. Save it as UTF-8."):
        text.commentary(client, "areas")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a <b onclick=x>b</b>", "a &lt;b onclick=x&gt;b&lt;/b&gt;"),
        ("![Bild](https://x.example/i.png)", "Bild"),
        ("[hier](javascript:alert(1))", "[hier](javascript:alert(1))"),
        ("[hier](https://x.example)", "hier (https://x.example)"),
        ("<https://x.example>", "https://x.example"),
        ('<img src="x" onerror="y">', "&lt;img src=&quot;x&quot; onerror=&quot;y&quot;&gt;"),
    ],
)
def test_commentary_is_harmless(markdown, html):
    made = safe_html(markdown)
    assert made == f"<p>{html}</p>\n"
    assert not re.search(r"<(script|img|a|b|iframe)\b", made)


def test_commentary_may_have_tables():
    assert "<table>" in safe_html("| a | b |\n|---|---|\n| 1 | 2 |\n")


# the last decisions


# data quality


def test_nothing_is_missing_in_a_full_report(client_of, people_tables, shown):
    block = text.data_quality(client_of(**people_tables(["a"])), shown)
    assert "Was fehlt" not in block.plain
    assert block.plain.splitlines()[0].startswith("Datenstufe A (Ansichten und Änderungen). Die Zahlen sagen,")
    assert "bringt" not in block.plain


def test_what_is_missing_and_what_would_bring_it(client_of, people_tables, made):
    from crmkit.report.language import language

    client = client_of(**people_tables(["a"], tier="C"))
    tables = {"licence_use": made.masked(made.licence_use()), "area_usage": made.empty(made.areas())}
    assert missing(client, tables, language("de")) == [
        ("Häufigkeit der Nutzung", "ein Anmeldeverlauf oder ein Protokoll der Änderungen"),
        ("Genutzte CRM-Bereiche", "ein Protokoll, das Objekte oder Seiten nennt"),
        ("Parallelstrukturen", "eine Bestandsaufnahme im Workshop"),
        ("Verlauf der Nutzung", "Protokolle mehrerer Monate"),
        ("Änderungen", "eine Liste der Änderungen mit Datum"),
        ("Stand der Ziele", "vereinbarte Ziele mit Messwerten"),
        ("Stimmen aus dem Team", "eine anonyme Befragung"),
        ("Themen aus Interviews", "kurze Interviews, sinngemäß notiert und freigegeben"),
        ("Begleitende Kennzahlen", "Zahlen zu Arbeitsfreude, Kunden oder Umsatz"),
    ]
    said = text.data_quality(client, tables).plain
    assert "Aussagen zur Regelmäßigkeit sind nicht möglich." in said
    assert "Die nächste Datenstufe bringt: ein Anmeldeverlauf oder ein Protokoll der Änderungen." in said


def test_sources_and_ledger(client_of, people_tables):
    ledger = pd.DataFrame(
        [("exports/log.csv", "read", "read", 1800, 1.0), ("exports/log.csv", "filter", "failed_login", 41, 0.0228),
         ("users", "match", "not_in_user_list", 3, 0.01), ("licences", "read", "read", 2, 1.0),
         ("log", "filter", "something_new", 9, float("nan"))],
        columns=["source", "step", "reason", "n_rows", "share"],
    )  # fmt: skip
    client = client_of(ledger=ledger, **people_tables(["a"], covered=("2026-06-01", "2026-06-28")))
    block = text.data_quality(client, {})
    lines = block.plain.splitlines()
    at = lines.index("Was die Quellen abdecken")
    assert lines[at + 6 : at + 11] == ["log", "01.06.2026", "28.06.2026", "28", "A"]
    at = lines.index("Was gelesen, ausgelassen und geändert wurde")
    assert lines[at + 6 :] == [
        "log.csv", "gelesen", "alle Zeilen", "1.800", "–",
        "log.csv", "ausgelassen", "fehlgeschlagene Anmeldung", "41", "2,3\u00a0%",
        "users", "nicht zugeordnet", "nicht in der Benutzerliste", "·", "·",
        "Lizenzliste", "gelesen", "alle Zeilen", "2", "–",
        "log", "ausgelassen", "anderer Grund", "9", "–",
        "„·“ ist nicht gezeigt: weniger als 5 Zeilen",
    ]  # fmt: skip
    assert "exports/" not in block.html


def test_data_quality_refuses_what_is_not_protected(client_of, made, refused):
    message = "text.data_quality: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        text.data_quality(client_of(), {"details": made.details()})


# appendix


def test_method(client_of, people_tables):
    block = text.method(client_of(**people_tables([f"u{i}" for i in range(60)])))
    assert block.plain.splitlines() == [
        "Methode und Parameter",
        "Stichtag", "28. Juni 2026",
        "Grundlage", "Datenstufe A (Ansichten und Änderungen). "
        "Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.",
        "Zeitraum", "12 volle Kalenderwochen, 6. April – 28. Juni 2026",
        "Als Nutzung zählt",
        "Ansicht und Änderung; über: Oberfläche des CRM, mobile App und Erweiterung (etwa in Outlook)",
        "regelmäßig", "Nutzung in mindestens 8 von 12 Wochen",
        "gelegentlich", "Nutzung in mindestens 3 von 12 Wochen",
        "selten", "Nutzung in weniger Wochen; bei fehlenden Wochen gilt der Anteil",
        "noch nicht auswertbar", "weniger als 4 auswertbare Wochen, oder erste Lizenz vor weniger als 90 Tagen",
        "Auswertbare Woche", "mindestens 3 Arbeitstage, Lizenz, Protokoll vollständig",
        "Organisationseinheiten",
        "Häufigkeiten ab 25, nur die Nutzungsquote ab 15 Konten; kleinere Einheiten nicht",
        "Abwesenheiten", "nicht bekannt",
        "Kennung der Definition", Definition().hash,
        "Kleinste gezeigte Gruppe", "5 Personen",
        "Gezählt sind alle Konten, keine Stichprobe; Stichprobenfehler gibt es deshalb nicht.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("n_people", "settings", "said"),
    [(59, "", True), (60, "", False), (60, "privacy: {totals_only: true}", True)],
)
def test_method_of_a_client_without_units(client_of, people_tables, n_people, settings, said):
    client = client_of(settings=settings, **people_tables([f"u{i}" for i in range(n_people)]))
    lines = text.method(client).plain.splitlines()
    assert (lines[lines.index("Organisationseinheiten") + 1] == "keine, nur Gesamtzahlen") == said


def test_method_with_another_definition(client_of, people_tables):
    rule = Definition(regular_share=0.75)
    said = text.method(client_of(**people_tables(["a"])), rule, language="en").plain
    assert "used in at least 9 of 12 weeks" in said
    assert rule.hash in said


def test_without_a_log_there_is_no_rule(client_of, people_tables):
    said = text.method(client_of(**people_tables(["a"], tier="C"))).plain
    assert "regelmäßig" not in said
    assert "Aussagen zur Regelmäßigkeit sind nicht möglich." in said


def test_glossary(client_of):
    assert text.glossary().plain.splitlines()[:2] == ["Begriffe", "Ausgewertetes Konto"]
    assert "Usage rate" in text.glossary(client_of(), language="en").plain


def test_privacy(client_of):
    settings = 'privacy: {legal_basis: "Art. 6", purpose: Verbesserung, delete_by: 2026-12-31, k: 7}\n'
    lines = text.privacy(client_of(settings=settings)).plain.splitlines()
    assert lines[0] == "Unterlage für die Abstimmung mit Betriebsrat und Datenschutz"
    assert lines[4:] == [
        "Zweck", "Verbesserung", "Rechtsgrundlage", "Art. 6", "Vereinbarung", "offen",
        "Rohdaten", "werden bis 31. Dezember 2026 gelöscht",
        "Pseudonyme Tabellen", "ohne Frist – offen",
        "Kleinste gezeigte Gruppe", "7 Personen",
        "Was gelesen wird", "Export", "Umfang", "Spalten",
        "Benutzerliste", "1 Datei",
        "user_id, username, name, first_name, last_name, email, employee_number, org_unit, division, role, licence, "
        "profile, fte, subdivision, first_active, last_active, last_login, last_modified, active, disabled, "
        "account_type, other_id",
        "Beiblätter: Personen, Verfügbarkeit, Befragung",
        "falls geliefert; Verfügbarkeit als Tage je Woche, ohne Gründe",
        "people.csv: user_id, person, fte, subdivision, org_unit, role, left; availability.csv: user_id, week, "
        "available_days; survey.csv: respondent, org_unit, item, answer",
        "Wer was sieht", "Wer", "sieht",
        "IT des Auftraggebers",
        "die Exporte, die sie liefert; sie kann auch selbst pseudonymisieren und nur das übergeben",
        "Beratung", "die Exporte bis zur Löschung, die pseudonymen Tabellen, den Bericht",
        "Leitung, Führungskräfte, Teilnehmende",
        "nur den Bericht: Gruppen ab 7 Personen, keine Namen, keine Pseudonyme",
        "Betriebsrat, Datenschutz", "diese Unterlage, den Bericht, das Löschprotokoll",
        "Auswertungen", "Auswertung", "Stand",
        "Häufigkeit der Nutzung, CRM-Bereiche, Lizenzen und Ziele im Ganzen", "eingeschaltet",
        "dasselbe je Organisationseinheit, ab 60 Personen", "eingeschaltet",
        "Verlauf je Organisationseinheit, auch ihrer Ziele, nur vierteljährlich",
        "ausgeschaltet: erst wenn eine Vereinbarung genannt ist",
        "Wechsel aller Konten zwischen zwei Zeitpunkten, nur als Summen",
        "ausgeschaltet: erst wenn eine Vereinbarung genannt ist",
        "Einstieg und weitere Nutzung neuer Konten, nur als Gruppe",
        "ausgeschaltet: erst wenn eine Vereinbarung genannt ist",
        "anonyme Befragung, ab 7 Antworten", "eingeschaltet",
    ]  # fmt: skip


def test_privacy_of_a_small_client(client_of, people_tables):
    """What the sheet could not know before there were data."""
    small = text.privacy(
        client_of(settings="privacy: {agreement: BV 7/2025}", **people_tables(["a"]))
    ).plain.splitlines()
    assert small.count("ausgeschaltet: weniger als 60 Personen") == 2
    both = client_of(settings="privacy: {agreement: BV 7/2025, totals_only: true}", **people_tables(["a"]))
    assert text.privacy(both).plain.splitlines().count("ausgeschaltet: vereinbart sind nur Gesamtzahlen") == 2


def test_glossary_of_a_small_client(client_of, people_tables):
    small = text.glossary(client_of(**people_tables(["a"]))).plain
    large = text.glossary(client_of(**people_tables([f"u{i}" for i in range(60)]))).plain
    assert ("Organisationseinheit" in small, "Organisationseinheit" in large) == (False, True)


def test_privacy_says_when_data_were_deleted(client_of, tmp_path):
    client = client_of(settings="privacy: {delete_by: 2026-12-31}\n")
    (tmp_path / "exports").mkdir()
    for day, expected in ((dt.date(2026, 3, 1), "werden bis 31. Dezember 2026 gelöscht"),
                          (dt.date(2026, 7, 1), "gelöscht am 1. Juli 2026")):  # fmt: skip
        (tmp_path / "exports" / "users.csv").write_text("user_id\na\n")
        deletion.delete(tmp_path, *deletion.deletable(tmp_path, client.settings, ["raw"]), today=day)
        lines = text.privacy(client_of(settings="privacy: {delete_by: 2026-12-31}\n")).plain.splitlines()
        assert lines[lines.index("Rohdaten") + 1] == expected
    (tmp_path / "exports" / "users.csv").write_text("user_id\na\n")
    lines = text.privacy(client_of(settings="privacy: {delete_by: 2026-12-31}\n")).plain.splitlines()
    assert lines[lines.index("Rohdaten") + 1] == "gelöscht am 1. Juli 2026; seither neu geliefert"


def test_what_is_off_without_an_agreement(client_of, people_tables, made):
    """The note of a table says so; where there are no units, nobody misses their course."""
    off = ("needs_agreement",)
    notes = {"unit_series": off, "goal_path": off, "movement": off, "time_to_regular": off, "retention": off}
    shown = {name: replace(made.empty(made.details()), name=name, notes=codes) for name, codes in notes.items()}
    client = client_of(**people_tables(["a"]))
    said = text.data_quality(client, shown | {"by_unit": protect(made.by_unit())}).plain.splitlines()
    assert said[1] == (
        "Nicht ausgewertet, solange keine Vereinbarung genannt ist: Verlauf der Nutzung je Organisationseinheit, "
        "Verlauf von Zielen einzelner Organisationseinheiten, Wechsel zwischen zwei Zeitpunkten, "
        "Zeit neuer Konten bis zur regelmäßigen Nutzung und Verbleib neuer Konten."
    )
    said = text.data_quality(client, shown).plain.splitlines()
    assert "je Organisationseinheit" not in said[1]
    assert said[1].startswith("Nicht ausgewertet, solange keine Vereinbarung genannt ist: Verlauf von Zielen")
    tier_c = client_of(**people_tables(["a"], tier="C"))
    assert "Nicht ausgewertet" not in text.data_quality(tier_c, shown).plain


@pytest.mark.parametrize("call", [text.method, text.privacy, text.glossary, text.title, text.decisions])
def test_english_has_no_german(client_of, people_tables, call):
    client = client_of(settings="next_date: 2026-12-10\n", **people_tables(["a"]))
    assert not re.search(r"[äöüßÄÖÜ„]|\b(und|der|von)\b", call(client, language="en").plain)
