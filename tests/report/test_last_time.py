"""What was decided last time and what has become of it; use then and today as words and as a figure."""

import datetime as dt

import pandas as pd
import pytest

from crmkit import history
from crmkit.client import open_client
from crmkit.errors import HistoryError, PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts, tables, text
from crmkit.report.language import language
from crmkit.report.text import compared

DE, EN = language("de"), language("en")
THEN, NOW = pd.Timestamp("2025-06-29"), pd.Timestamp("2026-06-28")


def by_hand(client, content: str, number: int = 1):
    """Write down a retrospective as somebody does who has held it without the kit; return the client opened again."""
    place = client.folder / "history" / f"R{number}"
    place.mkdir(parents=True)
    (place / "retrospective.yml").write_text(f"as_of: 2025-0{number}-28\n{content}", encoding="utf-8")
    return open_client(client.folder)


def test_decisions_by_hand(client_of):
    content = "decisions:\n  - {decision: Liste ablösen, status: open}\n  - {decision: Log sichern, status: done}\n"
    block = text.last_time(by_hand(client_of(settings="retrospective: 2\n"), content))
    assert block.plain.splitlines() == [
        "Die letzte CRM-Retrospektive, Nr. 1, hatte den Stichtag 28. Januar 2025. Festgehalten sind ihre Beschlüsse, "
        "keine Zahlen.",
        "2 Beschlüsse: 1 erledigt und 1 offen.", "Beschlüsse der 1. Retrospektive", "Beschluss", "Stand",
        "Liste ablösen", "offen", "Log sichern", "erledigt",
    ]  # fmt: skip


def test_decisions_measures_and_goals_of_a_sealed_one(client_of):
    sentence = "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern."
    measure = {"goal": "quote", "measure": "Übungsrunde ", "hurdle": "", "owner_role": "Leitung", "status": "done"}
    client = client_of(
        settings=f"retrospective: 2\ngoals: [{{id: quote, sentence: {sentence}, start: 2026-01-15}}]\n",
        measures=pd.DataFrame([measure | {"date": pd.NaT}]),
    )
    said = {
        "number": 1, "client": "Muster GmbH", "as_of": "2025-06-29", "next_date": "2026-06-25",
        "decisions": [{"decision": "Log sichern", "owner_role": "IT", "by": "2025-07-31"}],
        "goals": [
            {"id": "quote", "wording": "Nutzungsquote auf 75 %", "status": ""},
            {"id": "alt", "wording": "Mehr aktive Nutzer", "status": "at_risk"},
        ],
        "measures": [
            {"measure": "Übungsrunde", "owner_role": "Leitung", "status": "open"}, {"measure": "Newsletter"},
        ],
    }  # fmt: skip
    place = history.keep_closed(client.folder, said, {"tables.json": "{}\n"})
    (place / "became.yml").write_text("- {decision: Log sichern, status: done, note: seit Juli}\n", encoding="utf-8")
    goals = protect(Table("goals", pd.DataFrame({"goal_id": ["quote"], "wording": ["Anders"], "status": ["on_track"]}),
                          ("goal_id", "wording", "status")))  # fmt: skip
    client = open_client(client.folder)
    assert text.last_time(client, {"goals": goals}).plain.splitlines() == [
        "Die letzte CRM-Retrospektive, Nr. 1, hatte den Stichtag 29. Juni 2025. Als nächster Termin war der "
        "25. Juni 2026 vereinbart.",
        "1 Beschluss: 1 erledigt.", "Beschlüsse der 1. Retrospektive",
        "Beschluss", "Verantwortliche Rolle", "Termin", "Stand",
        "Log sichern", "IT", "31.07.2025", "erledigt", "seit Juli",
        "Maßnahmen der 1. Retrospektive", "Maßnahme", "Verantwortliche Rolle", "damals", "heute",
        "Übungsrunde", "Leitung", "offen", "erledigt", "Newsletter", "–", "offen", "nicht mehr geführt",
        "Ziele der 1. Retrospektive", "Ziel", "damals", "heute",
        "Nutzungsquote auf 75\u00a0%", "neu vereinbart", "auf Kurs", "Mehr aktive Nutzer", "gefährdet",
        "nicht mehr geführt",
    ]  # fmt: skip
    english = text.last_time(client, {"goals": goals}, language="en").plain.splitlines()
    assert english[:2] == [
        "The last CRM retrospective, no. 1, was of 29 June 2025. The next one had been agreed for 25 June 2026.",
        "1 decision: 1 done.",
    ]


def test_the_one_before_this_one(client_of):
    client = by_hand(client_of(settings="retrospective: 3\n"), "decisions: [{decision: Alt, status: done}]")
    assert "Alt" in text.last_time(client).plain
    client = by_hand(client, "decisions: [{decision: Neu, status: dropped}]", number=2)
    assert ("Neu" in text.last_time(client).plain, "Alt" in text.last_time(client).plain) == (True, False)


@pytest.mark.parametrize("content", ["", "number: 1", "decisions: []", "decisions:"])
def test_without_decisions(client_of, content):
    client = by_hand(client_of(settings="retrospective: 2\n"), content)
    block = text.last_time(client)
    assert (block.kind, block.plain) == (
        "absent", "Von der letzten Retrospektive sind keine Beschlüsse festgehalten.",
    )  # fmt: skip


def test_first_time_and_nothing_kept(client_of):
    client = client_of()
    assert text.last_time(client).plain == "Es ist die erste Retrospektive."
    later = client_of(settings="retrospective: 2\n")
    assert text.last_time(later).plain == "Von der letzten Retrospektive ist nichts festgehalten."


def test_a_bare_table_is_refused(client_of):
    client = by_hand(client_of(settings="retrospective: 2\n"), "decisions: [Log]")
    with pytest.raises(PrivacyError):
        text.last_time(client, {"goals": Table("goals", pd.DataFrame({"goal_id": []}), ("goal_id",))})


def test_another_clients_history_stops_the_report(client_of, refused):
    client = client_of(settings="retrospective: 2\n")
    said = {"number": 1, "client": "Andere AG", "as_of": "2025-06-29", "decisions": [{"decision": "Log"}]}
    history.keep_closed(client.folder, said, {"tables.json": "{}\n"})
    message = (
        "history/R1/retrospective.yml: is the history of another client. Move the folder to where it belongs; if the "
        "client was renamed, add its earlier name to `former_names` in client.yml."
    )
    with refused(HistoryError, message):
        assert open_client(client.folder).closed
    renamed = client_of(settings="retrospective: 2\nformer_names: [Andere AG]\n")
    assert len(renamed.closed) == 1


# use then and today


def whole(rows=None, *, notes=()) -> Table:
    """Return 105 → 113 of 190 used, 46 → 57 of them regularly."""
    used, regular = [(THEN, 105, 190), (NOW, 113, 190)], [(THEN, 46, 190), (NOW, 57, 190)]
    found = [*(("active", *row) for row in used), *(("regular", *row) for row in regular)]
    frame = pd.DataFrame(found if rows is None else rows, columns=["metric", "date", "n", "n_total"])
    frame = frame.assign(share=frame["n"] / frame["n_total"])
    return Table(
        "comparison",
        frame,
        ("metric", "date"),
        ("n",),
        {"share": ("n", "n_total")},
        ("n_total",),
        notes=notes,
        tier="A",
    )


def units(rows=None) -> Table:
    found = [
        ("Vertrieb/Nord", THEN, 18, 35), ("Vertrieb/Nord", NOW, 24, 37),
        ("Innendienst", THEN, 25, 34), ("Innendienst", NOW, 20, 33),
        ("Einkauf", THEN, 3, 19), ("Einkauf", NOW, 9, 18),
    ] if rows is None else rows  # fmt: skip
    frame = pd.DataFrame(found, columns=["org_unit", "date", "n", "n_total"])
    frame = frame.assign(share=frame["n"] / frame["n_total"])
    return Table(
        "comparison_units", frame, ("org_unit", "date"), ("n",), {"share": ("n", "n_total")}, ("n_total",), tier="A"
    )


def test_everybody_then_and_today():
    table = protect(whole())
    assert compared.whole(table, DE) == (
        "Nutzungsquote am 29.06.2025 105 von 190\u00a0(55\u00a0%), am 28.06.2026 113 von 190\u00a0(59\u00a0%): "
        "+4,2 Prozentpunkte."
    )
    assert compared.whole(table, EN) == (
        "Usage rate on 29 Jun 2025 105 of 190\u00a0(55%), on 28 Jun 2026 113 of 190\u00a0(59%): +4.2 percentage points."
    )


def test_masked_numbers_are_not_told():
    few = protect(whole([("active", THEN, 3, 190), ("active", NOW, 113, 190)]))
    assert compared.whole(few, DE) == "Die Zahlen sind zu klein, um sie zu zeigen."


@pytest.mark.parametrize("code", sorted(compared.REFUSED))
def test_why_nothing_is_compared(code):
    table = protect(whole([], notes=(code,)))
    assert compared.whole(table, DE) == compared.REFUSED[code]
    block = charts.dumbbell(table, protect(units([])))
    assert (block.kind, block.plain) == ("absent", compared.REFUSED[code])
    assert compared.whole(table, EN) != compared.REFUSED[code]


def test_units_are_counted_and_never_named():
    assert compared.by_unit(protect(units()), DE) == (
        "In 1 von 2 dargestellten Organisationseinheiten liegt die Nutzungsquote mindestens 5 Prozentpunkte höher als "
        "bei der letzten Retrospektive, in 1 mindestens 5 Prozentpunkte niedriger."
    )
    assert "Nord" not in compared.by_unit(protect(units()), EN)


@pytest.mark.parametrize("code", ["de", "en"])
def test_dumbbell(code):
    chart = charts.dumbbell(protect(whole()), protect(units()), language=code)
    t = language(code)
    assert chart.finding.startswith(compared.whole(protect(whole()), t))
    assert chart.finding.endswith(compared.by_unit(protect(units()), t))
    shown = {
        "de": [
            "Alle ausgewerteten Konten: 55\u00a0% → 59\u00a0%",
            "davon regelmäßig genutzt: 24\u00a0% → 30\u00a0%",
            "Nord: 51\u00a0% → 65\u00a0%",
            "Einkauf: ·",
        ],
        "en": ["All accounts assessed: 55% → 59%", "Nord: 51% → 65%", "Einkauf: ·"],
    }[code]
    assert all(words in chart.alt for words in shown)
    assert chart.svg().count("<svg") == 1
    assert chart.svg() == charts.dumbbell(protect(whole()), protect(units()), language=code).svg()


def test_dumbbell_of_a_small_client():
    chart = charts.dumbbell(protect(whole()), protect(units([])))
    assert (len(chart.tables), "Konten" in chart.alt) == (1, True)


def test_a_first_retrospective_compares_from_the_next_one_on():
    block = charts.dumbbell(protect(whole([])), protect(units([])))
    assert (block.kind, block.plain) == ("absent", "Verglichen wird ab der nächsten Retrospektive.")


def test_licences_then_and_today():
    rows = [
        ("Sales", "EUR", 80, 75, 96000.0, 90000.0, dt.datetime(2026, 12, 31)),
        ("Service", "EUR", None, 10, None, 3000.0, None),
        ("Alt", "CHF", 5, None, None, None, None),
    ]
    names = ["n_purchased_before", "n_purchased", "cost_year_before", "cost_year"]
    frame = pd.DataFrame(rows, columns=["licence", "currency", *names, "notice_date"])
    frame["notice_date"] = pd.to_datetime(frame["notice_date"])
    table = protect(Table("licence_changes", frame, tuple(frame)))
    block = tables.html(table)
    assert block.finding == (
        "Gekauft waren damals 85 Lizenzen, heute 85; Vertragssumme im Jahr 96.000\u00a0€, heute 93.000\u00a0€."
    )
    assert "Alt\t5\t–\t–\t–\t–" in block.plain
    assert "80\t75\t96.000\u00a0€\t90.000\u00a0€\t31.12.2026" in block.plain
