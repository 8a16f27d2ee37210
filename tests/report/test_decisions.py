"""Decisions and measures: what is agreed, what has passed its date, what the catalogue proposes, who commits."""

import pandas as pd
import pytest

from crmkit.errors import PrivacyError, SettingsError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import text

GOALS = """
goals:
  - {sentence: Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern., start: 2026-01-15}
  - {id: nord, sentence: Wir wollen die Nutzungsbreite bis 31.12.2026 um 10 % steigern., start: 2026-01-15}
"""
COLUMNS = ["goal", "measure", "hurdle", "owner_role", "date", "status", "note"]


def measures(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame([(*row, *[""] * (len(COLUMNS) - len(row))) for row in rows], columns=COLUMNS)


def hurdles(**counts: int) -> dict:
    """Return table `survey_hurdles` of 60 answers, protected."""
    rows = [(code, n, 60, n / 60) for code, n in counts.items()]
    frame = pd.DataFrame(rows, columns=["hurdle", "n", "n_total", "share"])
    table = Table("survey_hurdles", frame, ("hurdle",), ("n",), {"share": ("n", "n_total")}, ("n_total",), k_min=7)
    return {"survey_hurdles": protect(table)}


def lines_of(block) -> list[str]:
    return block.plain.replace("\u00a0", " ").splitlines()


def test_decisions(client_of):
    settings = "decisions: [Lizenzen]\nnext_date: 2026-12-10\n" + GOALS
    rows = measures(
        ("nord", "Training", "Zeit", "Leitung", "2026-10-15", "open"),
        ("", "Neue Maske", "", "CRM-Team", None, "dropped", "Zu viele Felder"),
    )
    assert lines_of(text.decisions(client_of(settings=settings, measures=rows))) == [
        "Heute zu entscheiden", "Lizenzen", "2 Maßnahmen: 1 offen und 1 verworfen.", "Maßnahmen",
        "Maßnahme", "Ziel", "Hürde", "Verantwortliche Rolle", "Termin", "Stand",
        "Training", "nord", "Zeit", "Leitung", "15.10.2026", "offen",
        "Neue Maske", "Zu viele Felder", "–", "–", "CRM-Team", "–", "verworfen",
        "Nächste Retrospektive: 10. Dezember 2026.",
    ]  # fmt: skip


def test_measures_name_their_goal_so_that_a_reader_knows_it(client_of):
    names = ["usage-rate-up-to-75pct-2026-12-31", "NORD ", ""]
    rows = measures(*((name, "b", "", "", None, "open") for name in names))
    shown = lines_of(text.decisions(client_of(settings=GOALS, measures=rows)))
    assert [line for line in shown if line not in ("b", "offen")][5:] == [
        "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.", "nord", "–",
        "Nächste Retrospektive: Termin noch offen.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ["Feste halbe Stunde im Team", "Doppelerfassung", "erledigt"]),
        ("en", ["A fixed half hour for the team", "Double entry", "done"]),
    ],
)
def test_measures_of_the_catalogue_are_worded_in_the_language(client_of, language, said):
    rows = measures(("", "weekly_half_hour", "Doppelerfassung", "Leitung", None, "done"))
    shown = lines_of(text.decisions(client_of(measures=rows), language=language))
    assert [line for line in shown if line in said] == said


def test_what_to_do_stands_with_measures_that_are_still_open(client_of):
    rows = measures(
        ("", "weekly_half_hour", "", "", None, "open"), ("", "keep_on_purpose", "", "", None, "open", "eigene Worte"),
        ("", "first_90_days", "", "", None, "done"),
    )  # fmt: skip
    shown = "\n".join(lines_of(text.decisions(client_of(measures=rows))))
    assert "er gilt als Arbeitszeit." in shown
    assert "eigene Worte" in shown and "Für Listen, die bleiben" not in shown
    assert "Neue Beschäftigte haben einen Plan" not in shown


def test_a_date_that_has_passed_is_named_neutrally(client_of):
    dates = ("2026-06-27", "2026-06-28", None)
    rows = measures(
        *(("", f"m{date}", "", "", date, "open") for date in dates), ("", "d", "", "", "2026-01-01", "done")
    )
    shown = lines_of(text.decisions(client_of(measures=rows)))
    assert shown[0] == "4 Maßnahmen: 3 offen und 1 erledigt; bei einer offenen ist der Termin vorbei."
    assert shown.count("Termin vorbei") == 1
    late = measures(*(("", name, "", "", "2026-01-01", "open") for name in "ab"))
    assert lines_of(text.decisions(client_of(measures=late), language="en"))[0] == (
        "2 measures: 2 open; the date of 2 open measures has passed."
    )


def test_a_measure_without_a_status_is_open(client_of):
    shown = lines_of(text.decisions(client_of(measures=measures(("", "a", "", "", "2026-01-01", "")))))
    assert shown[0] == "1 Maßnahme: 1 offen; bei einer offenen ist der Termin vorbei."


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("", "b", "", "", None, "opne"),
         'measures.csv: status `opne` is not known. Did you mean "open"? Known: open, done, dropped.'),
        (("nrod", "b", "", "", None, "open"),
         'measures.csv: row 3: goal "nrod" is not in client.yml. Did you mean "nord"? Known: '
         "`usage-rate-up-to-75pct-2026-12-31`, `nord`. Leave it empty if the measure serves no single goal."),
        (("", "weekly_half_hours", "", "", None, "open"),
         'measures.csv: row 3: measure `weekly_half_hours` is not in the catalogue. Did you mean "weekly_half_hour"? '
         "`crmkit measures` lists all; own words are fine too."),
    ],
)  # fmt: skip
def test_what_is_not_known(client_of, refused, row, message):
    client = client_of(settings=GOALS, measures=measures(("", "a", "", "", None, "open"), row))
    with refused(SettingsError, message):
        text.decisions(client)


def test_a_goal_that_had_not_begun_on_an_earlier_day_is_no_mistake(client_of):
    rows = measures(("nord", "b", "", "", None, "open"))
    assert "nord" in text.decisions(client_of(settings=GOALS, measures=rows, as_of="2026-01-01")).plain


def test_proposals_for_the_hurdles_named_most_that_no_measure_meets(client_of):
    rows = measures(
        ("", "Telefon anbinden", "Zeit", "", None, "open"), ("", "first_90_days", "training", "", None, "dropped"),
        ("", "stop_duplicates", "", "", None, "open"),
    )  # fmt: skip
    shown = hurdles(time=40, handling=9, data_quality=30, training=20, double_entry=8, none=50)
    said = lines_of(text.decisions(client_of(measures=rows), shown))
    start = said.index("Vorschläge aus dem Katalog")
    table = said[start:-1]
    assert table[1:6] == ["Vorschlag", "Hürde", "Aufwand", "Meist verantwortlich", "Erstes Zeichen"]
    assert [line for line in table if line.startswith("genannt")] == [
        "genannt von 30 von 60 (50 %)", "genannt von 30 von 60 (50 %)", "genannt von 20 von 60 (33 %)",
        "genannt von 20 von 60 (33 %)", "genannt von 9 von 60 (15 %)", "genannt von 9 von 60 (15 %)",
    ]  # fmt: skip
    assert "Dubletten beim Anlegen melden" not in table and "Zuständige Rolle je Kundengruppe" in table
    assert table[-1] == ("Für die meistgenannten Hürden der Befragung, zu denen noch keine Maßnahme vereinbart ist.")


def test_proposals_from_what_is_shown_alone(client_of):
    masked = hurdles(time=3, handling=0)
    assert text.decisions(client_of(), masked).kind == "absent"
    assert text.decisions(client_of(), {}).kind == "absent"
    assert "A start page for each role" in text.decisions(client_of(), hurdles(handling=20), language="en").plain


def test_proposals_need_a_protected_table(client_of, refused):
    message = "text.decisions: expected a ProtectedTable, found a DataFrame. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        text.decisions(client_of(), {"survey_hurdles": pd.DataFrame()})


def test_commitments_and_roles_at_the_table(client_of):
    settings = """
commitments:
  - {role: Geschäftsleitung, commitment: Die Montagsrunde arbeitet mit dem CRM, by: 2026-09-01}
  - {role: Vertriebsleitung, commitment: Übung gilt als Arbeitszeit}
participants: [Teamleitung, Betriebsrat, Teamleitung]
"""
    assert lines_of(text.decisions(client_of(settings=settings))) == [
        "Was die Führung zusagt", "Zusage", "Rolle", "Termin",
        "Die Montagsrunde arbeitet mit dem CRM", "Geschäftsleitung", "01.09.2026",
        "Übung gilt als Arbeitszeit", "Vertriebsleitung", "–",
        "Am Tisch: 2 × Teamleitung und Betriebsrat.", "Nächste Retrospektive: Termin noch offen.",
    ]  # fmt: skip


def test_decisions_without_measures(client_of):
    block = text.decisions(client_of(settings="next_date: 2026-12-10\n"), language="en")
    assert block.plain == "Next retrospective: 10 December 2026."
    assert text.decisions(client_of()).kind == "absent"


def test_words_of_a_client_are_no_markup(client_of):
    hostile = "<script>alert(1)</script>"
    settings = f"commitments: [{{role: '{hostile}', commitment: '{hostile}'}}]\nparticipants: ['{hostile}']\n"
    rows = measures(("", hostile, hostile, hostile, None, "open", hostile))
    assert "<script" not in text.decisions(client_of(settings=settings, measures=rows)).html
