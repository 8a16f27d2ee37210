"""The first page: every sentence on it, worked out by hand."""

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.privacy import protect
from crmkit.report import text
from crmkit.report.language import language
from crmkit.report.text.glance import GoalLine, contract, glance_of

SETTINGS = """
retrospective: 2
next_date: 2026-12-10
decisions: [Lizenzumfang festlegen, Training ausweiten]
goals:
  - Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
"""
LOGINS = {"source": "logins", "date": pd.date_range("2026-01-01", "2026-06-28"), "complete": True, "tier": "B"}


def page_of(client, shown, plainly, code="de") -> dict[str, object]:
    page = glance_of(client, shown, language(code))
    return {
        "sentence": plainly(page.sentence), "bar": plainly(page.bar.sentence) if page.bar else "",
        "questions": [plainly(answer) for _, answer in page.questions], "decisions": page.decisions,
        "contract": plainly(page.contract), "basis": page.basis, "limits": plainly(page.limits),
        "next_date": page.next_date,
    }  # fmt: skip


def test_tier_a(client_of, people_tables, shown, plainly):
    client = client_of(settings=SETTINGS, **people_tables(["a"]))
    assert page_of(client, shown, plainly) == {
        "sentence": "58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und "
        "71 (37 %) selten.",
        "bar": "Von 220 Lizenzen: 58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar · "
        "20 frei oder technisch",
        "questions": [
            "Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).",
            "Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190). "
            "8 Änderungen seit Juli 2025: 4 technisch, 2 organisatorisch und 2 kulturell.",
            "2 Ziele: 1 gefährdet und 1 auf Kurs. Entschieden: 1 × „passt“. Vorgeschlagen: 1 × „passt“.",
        ],
        "decisions": ("Lizenzumfang festlegen", "Training ausweiten"),
        "contract": "220 Lizenzen, Vertragssumme 353.520 € im Jahr; nächster Kündigungstermin 30. September 2026.",
        "basis": "Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026.",
        "limits": "Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.",
        "next_date": "Nächste Retrospektive: 10. Dezember 2026.",
    }


SMALL = "Bei weniger als 60 Personen zeigt der Bericht nur Gesamtzahlen, damit niemand zu erkennen ist."
TOTALS = "Vereinbart sind Gesamtzahlen: Organisationseinheiten zeigt der Bericht nicht."


@pytest.mark.parametrize(("note", "said"), [("small_client", SMALL), ("totals_only", TOTALS)])
@pytest.mark.parametrize("tier", ["A", "C", "E"])
def test_one_sentence_says_why_there_are_no_units(client_of, people_tables, made, *, plainly, note, said, tier):
    tables = {
        "A": {"standing": made.standing(58, 61, 71, 10), "by_unit": replace(made.by_unit(), notes=(note,))},
        "C": {"standing": made.bands(30, 20, 10, 8), "logins_by_unit": replace(made.by_unit(), notes=(note,))},
        "E": {"standing": replace(made.aggregates(), notes=(note,))},
    }[tier]
    if tier == "C":
        # a table by segments is empty there anyhow: its note means nothing
        tables["by_unit"] = replace(made.by_unit(), notes=("other",))
    shown = {name: protect(table) for name, table in tables.items()}
    client = client_of(settings=SETTINGS, **people_tables(["a"], tier=tier if tier != "E" else "C"))
    assert page_of(client, shown, plainly)["limits"].endswith(said)
    without = {name: protect(replace(table, notes=())) for name, table in tables.items()}
    assert said not in str(page_of(client, without, plainly)["limits"])


def test_tier_a_in_english(client_of, people_tables, shown, plainly):
    client = client_of(settings=SETTINGS, **people_tables(["a"]))
    page = page_of(client, shown, plainly, "en")
    assert page["bar"] == (
        "Of 220 licences: 58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable · 20 free or technical"
    )
    assert page["questions"] == [
        "Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).",
        "Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026. "
        "8 changes since July 2025: 4 technical, 2 organisational and 2 cultural.",
        "2 goals: 1 at risk and 1 on track. Decided: 1 × “fits”. Suggested: 1 × “fits”.",
    ]
    assert page["contract"] == "220 licences, contract sum €353,520 a year; next notice date 30 September 2026."


def test_goals_with_status_and_pace(client_of, people_tables, shown, plainly):
    page = glance_of(client_of(settings=SETTINGS, **people_tables(["a"])), shown, language("de"))
    assert page.goals[1] == GoalLine(
        wording="Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.",
        status="on_track",
        said="auf Kurs",
        line="Ist 63\u00a0%, Ziel 75\u00a0% bis 31.12.2026",
        pace="Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat",
    )


def test_at_most_five_goals_those_first_that_ask_for_attention(client_of, people_tables, made):
    statuses = ["reached", "too_early", "on_track", "missed", "at_risk", "off_track"]
    goals = [{"goal_id": code, "wording": code, "status": code} for code in statuses]
    tables = {"goals": protect(made.goals([*goals, made.unmeasured | {"wording": "not_measurable"}]))}
    client = client_of(settings=SETTINGS, **people_tables(["a"]))
    page = glance_of(client, tables, language("de"))
    assert [goal.wording for goal in page.goals] == ["off_track", "at_risk", "missed", "not_measurable", "on_track"]
    assert page.more_goals == "und 2 weitere Ziele"
    assert page.goals[3].line.startswith("Die Gruppe ist zu klein")
    assert "und 2 weitere Ziele" in text.at_a_glance(client, tables).plain
    assert glance_of(client, tables, language("en")).more_goals == "and 2 more goals"


@pytest.mark.parametrize(("number", "more"), [(0, ""), (5, ""), (6, "und 1 weiteres Ziel")])
def test_more_goals_are_counted(client_of, people_tables, made, number, more):
    tables = {"goals": protect(made.goals([{"goal_id": str(n)} for n in range(number)]))}
    assert glance_of(client_of(**people_tables(["a"])), tables, language("de")).more_goals == more


def test_first_time_is_a_baseline(client_of, people_tables, shown, plainly):
    page = page_of(client_of(**people_tables(["a"])), shown, plainly)
    assert page["questions"][1] == (
        "Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive. "
        "8 Änderungen seit Juli 2025: 4 technisch, 2 organisatorisch und 2 kulturell."
    )
    assert page["questions"][2] == "Noch ist kein Ziel vereinbart."
    assert page["decisions"] == ("Heute ist keine Entscheidung vorbereitet.",)
    assert page["next_date"] == "Nächste Retrospektive: Termin noch offen."


def test_tier_b_says_on_which_log(client_of, people_tables, made, plainly):
    tables = {"standing": protect(made.standing(50, 40, 60, 20, 8, tier="B", evidence="changes"))}
    page = page_of(client_of(**people_tables(["a"], tier="B")), tables, plainly)
    assert page["sentence"] == (
        "Laut Datenpflege: 50 von 170 ausgewerteten Konten (29 %) werden regelmäßig genutzt, 40 (24 %) gelegentlich "
        "und 60 (35 %) selten; 20 (12 %) sind ohne Schreibspur."
    )
    assert page["bar"] == (
        "Von 178 Konten, laut Datenpflege: 50 regelmäßig · 40 gelegentlich · 60 selten · 20 ohne Schreibspur · "
        "8 noch nicht auswertbar"
    )
    assert page["basis"] == "Datenstufe B (Datenpflege), 6. April – 28. Juni 2026."
    assert page["limits"] == "Wer nur liest, hinterlässt keine Spur: Nutzung ohne Datenpflege ist nicht zu sehen."


def test_tier_c(client_of, people_tables, made, plainly):
    tables = {"standing": protect(made.bands(14, 9, 6, 7)), "area_usage": made.empty(made.areas())}
    page = page_of(client_of(**people_tables(["a"], tier="C")), tables, plainly)
    assert page["sentence"] == (
        "Bei 14 von 36 Konten (39 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. "
        "7 Konten waren noch nie angemeldet."
    )
    assert page["bar"] == (
        "Letzte Anmeldung von 36 Konten: 14 vor höchstens 4 Wochen · 9 vor 5–12 Wochen · 6 vor über 12 Wochen · 7 noch nie"  # noqa: E501
    )
    assert page["questions"][0] == "Mehr Aufschluss gäbe ein Anmeldeverlauf oder ein Protokoll der Änderungen."
    assert page["basis"] == "Datenstufe C (letzte Anmeldung), 6. April – 28. Juni 2026."
    assert page["limits"] == "Aussagen zur Regelmäßigkeit sind nicht möglich."


def test_tier_d_has_licences_only(client_of, made, plainly):
    tables = {"licence_use": protect(made.licence_use(price=None))}
    page = page_of(client_of(), tables, plainly)
    assert page["sentence"] == "Zur Nutzung liegen keine Daten vor."
    assert page["bar"] == "Von 220 Lizenzen: 209 vergeben · 11 nicht vergeben"
    assert page["contract"] == "220 Lizenzen; nächster Kündigungstermin 30. September 2026."
    assert page["limits"] == "Aussagen zur Nutzung sind nicht möglich."


def test_tier_e(client_of, made, plainly):
    aggregates = pd.DataFrame(
        {"org_unit": ["Nord"], "band": ["oft"], "n": [9], "from_date": pd.Timestamp("2026-01-05"),
         "to_date": pd.Timestamp("2026-03-29"), "definition": "x"}
    )  # fmt: skip
    page = page_of(client_of(aggregates=aggregates), {"standing": protect(made.aggregates())}, plainly)
    assert page["sentence"] == "Der Auftraggeber hat 133 Personen in 3 Organisationseinheiten ausgezählt, in 3 Gruppen."
    assert page["bar"] == ""
    assert page["basis"] == "Datenstufe E (gelieferte Auswertung), 6. April – 28. Juni 2026."


def test_masked_numbers_are_marked_and_nothing_is_computed_from_them(client_of, people_tables, made, plainly):
    tables = {"standing": protect(made.standing(3, 60, 90, 10)), "licence_use": protect(made.licence_use())}
    page = page_of(client_of(**people_tables(["a"])), tables, plainly)
    assert page["bar"] == "Von 220 Lizenzen: · regelmäßig · · gelegentlich · 90 selten · 10 noch nicht auswertbar"
    assert page["questions"][0] == "Die Zahlen sind zu klein, um sie zu zeigen."
    assert page["limits"].endswith(
        "„·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar."
    )


def test_everything_masked(client_of, people_tables, shown, made):
    tables = {name: made.masked(table) for name, table in shown.items()}
    block = text.at_a_glance(client_of(settings=SETTINGS, **people_tables(["a"])), tables)
    assert "nan" not in block.html.lower()
    assert not re.search(r"\b(58|61|71|119)\b", block.plain)


def test_more_people_than_licences(client_of, people_tables, made, plainly):
    tables = {"standing": protect(made.standing(100, 100, 100, 0)), "licence_use": protect(made.licence_use())}
    page = page_of(client_of(**people_tables(["a"])), tables, plainly)
    assert page["bar"] == "Von 300 Konten: 100 regelmäßig · 100 gelegentlich · 100 selten"


def test_without_any_table(client_of):
    block = text.at_a_glance(client_of(), {})
    assert block.kind == "glance"
    assert "Zur Nutzung liegen keine Daten vor." in block.plain
    assert "Zu Lizenzen und Vertrag liegen keine Angaben vor." in block.plain
    assert block.tables == ()


def test_goals_without_readings(client_of, people_tables, plainly):
    page = page_of(client_of(settings=SETTINGS, **people_tables(["a"])), {}, plainly)
    assert page["questions"][2] == "1 Ziel vereinbart, noch ohne Messwert."


@pytest.mark.parametrize(
    ("currency", "price", "said"),
    [
        ("EUR", None, ""),
        ("EUR", 148.0, ", Vertragssumme 353.520 € im Jahr"),
        ("", 148.0, ", Vertragssumme 353.520 im Jahr"),
    ],
)
def test_contract(client_of, made, currency, price, said):
    table = made.licence_use(price=price)
    table.frame["currency"] = currency
    contract_said = contract(client_of(), protect(table), language("de")).replace("\u00a0", " ")
    assert contract_said == f"220 Lizenzen{said}; nächster Kündigungstermin 30. September 2026."


def test_currencies_are_never_added(client_of, made, plainly):
    table = made.licence_use()
    table.frame["currency"] = ["EUR", "CHF"]
    said = plainly(contract(client_of(), protect(table), language("de")))
    assert said.startswith("220 Lizenzen, Vertragssumme 346.320 € und 7.200 CHF im Jahr;")


def test_half_a_price_is_no_sum(client_of, made, plainly):
    table = made.licence_use()
    table.frame.loc[0, "cost_year"] = float("nan")
    assert "Vertragssumme" not in contract(client_of(), protect(table), language("de"))


def test_a_notice_date_that_is_over_is_not_the_next(client_of, made):
    client = client_of(as_of="2026-10-31")
    assert client.as_of == dt.date(2026, 10, 31)
    said = contract(client, protect(made.licence_use(price=None)), language("de"))
    assert said.endswith("; der Kündigungstermin 30. September 2026 ist verstrichen.")


def test_html_is_the_page_and_its_words_are_text(client_of, people_tables, shown):
    settings = "\ndecisions: ['<b>Los</b> & fertig']\n"
    block = text.at_a_glance(client_of(settings=settings, **people_tables(["a"])), shown)
    assert block.kind == "glance"
    assert "&lt;b&gt;Los&lt;/b&gt; &amp; fertig" in block.html
    assert '<span style="flex-grow: 58; background: var(--c-regular, #17506b)"></span>' in block.html
    assert not re.search(r"<script|<svg|src=", block.html)
    assert [table.name for table in block.tables] == ["standing", "licence_use", "usage_series", "goals"]


def test_refuses_what_is_not_protected(client_of, made, refused):
    message = "text.at_a_glance: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        text.at_a_glance(client_of(), {"details": made.details()})
