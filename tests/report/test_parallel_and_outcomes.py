"""Parallel structures and accompanying figures: charts, tables and boxes; ranges, units, nothing concluded."""

import datetime as dt
import re

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts, tables, text

NAN = float("nan")
#: Words that would say why something moved.
CAUSAL = re.compile(
    r"\b(dadurch|deshalb|wegen|dank|aufgrund|infolge|due to|thanks to|therefore|as a result)\b", re.IGNORECASE
)


def shown(name: str, columns: str, *rows: tuple):
    frame = pd.DataFrame(list(rows), columns=columns.split())
    return protect(Table(name, frame, tuple(frame.columns)))


def lists(*rows: tuple, rate: float = NAN, currency: str = ""):
    columns = (
        "process org_unit purpose hours_month_min hours_month_max crm_lacks cost_month_min cost_month_max currency"
    )
    return shown("parallel_lists", columns, *((*row, row[3] * rate, row[4] * rate, currency) for row in rows))


def total(least: float, most: float, *, rate: float = NAN, currency: str = "", n=(2, 2)):
    columns = "period hours_min hours_max cost_min cost_max hourly_rate currency n_estimated n_processes"
    rows = [
        (period, least * k, most * k, least * k * rate, most * k * rate, rate, currency, *n)
        for period, k in (("month", 1), ("year", 12))
    ]
    return shown("parallel_total", columns, *rows)


TWO = (
    ("Angebotsliste", "Vertrieb/Nord", "Offene Angebote", 12.0, 20.0, "Auswertung nach Bauabschnitt"),
    ("Einsatzplanung", "", "", 1.5, 3.0, "auswertung nach  Bauabschnitt."),
)
NOTHING = lists()
NO_TOTAL = shown(
    "parallel_total", "period hours_min hours_max cost_min cost_max hourly_rate currency n_estimated n_processes"
)


def lines_of(block) -> list[str]:
    return block.plain.replace("\u00a0", " ").splitlines()


def words_in(chart) -> list[str]:
    return [word.replace("\u00a0", " ") for word in re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg())]


# parallel structures


@pytest.mark.parametrize(
    ("language", "rate", "currency", "finding"),
    [
        ("de", 65.0, "EUR", "Für 2 Parallelstrukturen werden zusammen 13,5–23 Stunden im Monat geschätzt. Zum eigenen "
         "Satz von 65 € je Stunde sind das 878–1.495 € im Monat und 10.530–17.940 € im Jahr – eine Annahme."),
        ("en", 42.5, "GBP", "2 parallel structures together are estimated at 13.5–23 hours a month. At the company's "
         "own rate of £42.50 an hour that is £574–£978 a month and £6,885–£11,730 a year – an assumption."),
        ("de", NAN, "", "Für 2 Parallelstrukturen werden zusammen 13,5–23 Stunden im Monat geschätzt, 162–276 im Jahr "
         "– eine Annahme."),
    ],
)  # fmt: skip
def test_what_the_hours_come_to_is_a_range_and_an_assumption(language, rate, currency, finding):
    together = total(13.5, 23.0, rate=rate, currency=currency)
    chart = charts.parallel_hours(lists(*TWO), together, language=language)
    assert chart.finding.replace("\u00a0", " ") == finding
    assert "Annahme" in chart.caption or "assumption" in chart.caption


def test_bars_from_lowest_to_highest_in_the_order_of_the_inventory():
    chart = charts.parallel_hours(lists(*TWO), total(13.5, 23.0))
    words = words_in(chart)
    assert words.index("Angebotsliste") < words.index("Einsatzplanung")
    assert {"12–20", "1,5–3", "0", "5", "20"} <= set(words)
    assert chart.alt.endswith("Angebotsliste 12–20; Einsatzplanung 1,5–3.")
    assert chart.svg() == charts.parallel_hours(lists(*TWO), total(13.5, 23.0)).svg()


def test_what_nobody_estimated_is_said():
    open_one = ("Adressen", "", "", NAN, NAN, "")
    chart = charts.parallel_hours(lists(TWO[0], open_one), total(12.0, 20.0, n=(1, 2)))
    assert chart.finding.startswith("Für 1 von 2 Parallelstrukturen werden")
    assert "nicht geschätzt" in words_in(chart)
    rows = [
        line.split("\t") for line in lines_of(tables.parallel(lists(TWO[0], open_one), total(12.0, 20.0, n=(1, 2))))
    ]
    assert rows[3] == ["Adressen", "–", "–", "nicht geschätzt"]


def test_the_inventory_with_its_sums():
    block = tables.parallel(lists(*TWO, rate=65.0, currency="EUR"), total(13.5, 23.0, rate=65.0, currency="EUR"))
    assert [line.split("\t") for line in lines_of(block)] == [
        ["Was außerhalb des CRM geführt wird"],
        ["Vorgang", "Organisationseinheit", "Zweck", "Stunden je Monat (Annahme)", "Kosten je Monat (Annahme)"],
        ["Angebotsliste", "Vertrieb › Nord", "Offene Angebote", "12–20", "780–1.300 €"],
        ["Einsatzplanung", "–", "–", "1,5–3", "98–195 €"],
        ["Zusammen je Monat", "", "", "13,5–23", "878–1.495 €"],
        ["Zusammen je Jahr", "", "", "162–276", "10.530–17.940 €"],
    ]
    assert "eine Annahme. Kosten: Stunden mal eigener Satz von 65\u00a0€ je Stunde." in block.html


def test_without_a_rate_no_money_and_without_units_no_column():
    bare = [(row[0], "", *row[2:]) for row in TWO]
    rows = [line.split("\t") for line in lines_of(tables.parallel(lists(*bare), total(13.5, 23.0), language="en"))]
    assert rows[1] == ["Process", "Purpose", "Hours a month (assumption)"]
    assert rows[-1] == ["Together, a year", "", "162–276"]


def test_what_the_crm_lacks_once_with_the_processes_that_need_it():
    assert lines_of(text.crm_lacks(lists(*TWO))) == [
        "Was dem CRM dafür fehlt", "Auswertung nach Bauabschnitt Angebotsliste, Einsatzplanung",
    ]  # fmt: skip
    assert text.crm_lacks(lists(("A", "", "", 1.0, 2.0, ""))).kind == "absent"


def test_nothing_is_kept_elsewhere():
    assert charts.parallel_hours(NOTHING, NO_TOTAL).kind == "absent"
    assert tables.parallel(NOTHING, NO_TOTAL).kind == "absent"
    assert text.crm_lacks(NOTHING, language="en").kind == "absent"


# how often customer data are kept elsewhere


def elsewhere(*numbers: int):
    codes = ("never", "rarely", "monthly", "weekly", "daily")
    rows = [(code, n, sum(numbers), n / sum(numbers)) for code, n in zip(codes, numbers, strict=True)]
    frame = pd.DataFrame(rows, columns=["answer", "n", "n_total", "share"])
    return protect(
        Table("survey_elsewhere", frame, ("answer",), ("n",), {"share": ("n", "n_total")}, ("n_total",), k_min=7)
    )


def test_how_often_data_are_kept_elsewhere():
    chart = charts.elsewhere(elsewhere(15, 12, 10, 15, 8))
    assert chart.finding.replace("\u00a0", " ") == (
        "Mindestens wöchentlich führen nach eigener Angabe 23 von 60 (38 %) Kundendaten außerhalb des CRM."
    )
    answers = ["nie", "selten", "monatlich", "wöchentlich", "täglich"]
    assert {*answers, "Nennungen"} <= set(words_in(chart))
    places = [chart.alt.index(f"{answer} ") for answer in answers]
    assert places == sorted(places)
    assert charts.elsewhere(elsewhere(15, 12, 10, 15, 8), language="en").finding.startswith(
        "By their own account 23 of"
    )


def test_what_few_said_is_not_shown():
    chart = charts.elsewhere(elsewhere(20, 12, 10, 16, 2))
    assert "·" in chart.alt and "Mindestens wöchentlich" not in chart.finding
    empty = shown("survey_elsewhere", "answer n n_total share")
    assert charts.elsewhere(empty).kind == "absent"


# accompanying figures

FIGURES = shown(
    "outcomes", "outcome unit date value",
    *(("Rückmeldung", "%", pd.Timestamp(day), value) for day, value in
      (("2025-09-30", 54.0), ("2025-12-31", 51.0), ("2026-06-28", 63.0))),
    *(("Zufriedenheit", "Punkte von 10", pd.Timestamp(day), value) for day, value in
      (("2025-12-31", 7.4), ("2026-06-28", 7.9))),
    ("Umsatz", "Mio. €", pd.Timestamp("2026-03-31"), 4.25),
)  # fmt: skip
CHANGES = shown(
    "outcome_changes", "outcome unit n_readings first_date first_value last_date last_value change",
    ("Rückmeldung", "%", 3, pd.Timestamp("2025-09-30"), 54.0, pd.Timestamp("2026-06-28"), 63.0, 9.0),
    ("Zufriedenheit", "Punkte von 10", 2, pd.Timestamp("2025-12-31"), 7.4, pd.Timestamp("2026-06-28"), 7.9, 0.5),
    ("Umsatz", "Mio. €", 1, pd.Timestamp("2026-03-31"), 4.25, pd.Timestamp("2026-03-31"), 4.25, NAN),
)  # fmt: skip
NO_FIGURES = shown("outcomes", "outcome unit date value")
NO_CHANGES = shown("outcome_changes", "outcome unit n_readings first_date first_value last_date last_value change")


@pytest.mark.parametrize(
    ("language", "finding"),
    [
        ("de", "Rückmeldung: von 54 % auf 63 %; Zufriedenheit: von 7,4 auf 7,9 Punkte von 10; Umsatz: 4,25 Mio. € "
         "(eine Messung)."),
        ("en", "Rückmeldung: from 54% to 63%; Zufriedenheit: from 7.4 to 7.9 Punkte von 10; Umsatz: 4.25 Mio. € (one "
         "reading)."),
    ],
)  # fmt: skip
def test_figures_are_described_and_nothing_is_concluded(language, finding):
    chart = charts.outcomes(FIGURES, CHANGES, language=language)
    assert chart.finding.replace("\u00a0", " ") == finding
    assert not CAUSAL.search(" ".join([chart.finding, chart.caption, chart.alt]))


def test_the_usage_rate_stands_above_in_whole_percent(made):
    chart = charts.outcomes(FIGURES, CHANGES, protect(made.series()))
    words = words_in(chart)
    assert words[0] == "Nutzungsquote"
    assert not [word for word in words if re.fullmatch(r"\d+,\d+ %", word)]
    assert [table.name for table in chart.tables] == ["outcomes", "outcome_changes", "usage_series"]
    assert chart.svg() == charts.outcomes(FIGURES, CHANGES, protect(made.series())).svg()


def test_masked_usage_is_left_out(made):
    chart = charts.outcomes(FIGURES, CHANGES, made.masked(made.series()))
    assert "Nutzungsquote" not in words_in(chart)


def test_few_readings_are_dots(made):
    def lines(chart) -> int:
        return len(re.findall(r'<path[^>]*stroke-width: 2"|stroke-width: 2[;"]', chart.svg()))

    only_two = shown("outcomes", "outcome unit date value", *FIGURES.frame.iloc[3:5, :4].itertuples(index=False))
    assert (lines(charts.outcomes(FIGURES, CHANGES)), lines(charts.outcomes(only_two, CHANGES))) == (1, 0)


def test_figures_below_zero_and_always_zero():
    rows = [
        ("Saldo", "T€", pd.Timestamp(f"2026-0{month}-28"), value) for month, value in ((1, -4.0), (2, 0.0), (3, 2.0))
    ]
    rows += [("Null", "", pd.Timestamp(f"2026-0{month}-28"), 0.0) for month in (1, 2, 3)]
    chart = charts.outcomes(shown("outcomes", "outcome unit date value", *rows), CHANGES)
    assert {"-4", "2", "0"} <= set(words_in(chart))


def test_first_last_and_change_in_their_own_unit():
    rows = [line.split("\t") for line in lines_of(tables.outcome_changes(CHANGES))]
    assert rows == [
        ["Begleitende Kennzahlen, erste und letzte Messung"],
        ["Eigene Kennzahl", "Erste Messung", "Letzte Messung", "Veränderung", "Messungen"],
        ["Rückmeldung", "54 % (30.09.2025)", "63 % (28.06.2026)", "+9 Prozentpunkte", "3"],
        [
            "Zufriedenheit",
            "7,4 Punkte von 10 (31.12.2025)",
            "7,9 Punkte von 10 (28.06.2026)",
            "+0,5 Punkte von 10",
            "2",
        ],
        ["Umsatz", "4,25 Mio. € (31.03.2026)", "4,25 Mio. € (31.03.2026)", "–", "1"],
    ]


def test_all_readings_as_a_table():
    rows = [line.split("\t") for line in lines_of(tables.html(FIGURES))]
    assert rows[2] == ["Rückmeldung", "%", "30.09.2025", "54 %"]
    assert rows[-1] == ["Umsatz", "Mio. €", "31.03.2026", "4,25 Mio. €"]


LOG = shown(
    "change_log", "date kind title org_unit",
    (pd.Timestamp("2025-07-14"), "organisational", "Davor", ""),
    (pd.Timestamp("2025-11-10"), "technical", "Neue Maske", ""),
    (pd.Timestamp("2026-02-16"), "cultural", "Training", "Vertrieb"),
)  # fmt: skip
NO_LOG = shown("change_log", "date kind title org_unit")


def test_what_else_happened_and_that_it_proves_nothing():
    block = text.what_else(LOG, FIGURES)
    assert lines_of(block) == [
        "Was sonst noch dafür spricht oder dagegen",
        "Zwischen 30. September 2025 und 28. Juni 2026 hat sich außerdem verändert:",
        "Training 16.02.2026 · kulturell", "Neue Maske 10.11.2025 · technisch",
        "Dass zwei Zahlen sich zugleich bewegen, beweist keinen Zusammenhang. Auch Jahreszeit, Markt, Preise und "
        "Personal verändern sich.",
    ]  # fmt: skip
    assert not CAUSAL.search(block.plain + text.what_else(LOG, FIGURES, language="en").plain)


def test_what_else_without_changes_on_one_day_and_with_many():
    assert lines_of(text.what_else(NO_LOG, FIGURES))[1] == (
        "Zwischen 30. September 2025 und 28. Juni 2026 ist keine Änderung festgehalten."
    )
    one_day = shown("outcomes", "outcome unit date value", ("Umsatz", "€", pd.Timestamp("2026-03-31"), 4.0))
    assert lines_of(text.what_else(LOG, one_day))[1] == "Es gibt erst Werte von einem Tag, dem 31. März 2026."
    days = [dt.date(2026, 1, day) for day in range(1, 12)]
    many = shown("change_log", "date kind title org_unit", *((pd.Timestamp(day), "technical", "x", "") for day in days))
    assert lines_of(text.what_else(many, FIGURES))[-2] == "3 weitere Änderungen"


def test_no_figures():
    assert charts.outcomes(NO_FIGURES, NO_CHANGES).kind == "absent"
    assert tables.outcome_changes(NO_CHANGES).kind == "absent"
    assert text.what_else(LOG, NO_FIGURES).kind == "absent"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda bare: charts.parallel_hours(bare, bare), "parallel_hours"),
        (lambda bare: tables.parallel(bare, bare), "tables.parallel"),
        (text.crm_lacks, "text.crm_lacks"),
        (charts.elsewhere, "elsewhere"),
        (lambda bare: charts.outcomes(bare, bare), "outcomes"),
        (tables.outcome_changes, "tables.outcome_changes"),
        (lambda bare: text.what_else(bare, bare), "text.what_else"),
    ],
)
def test_only_protected_tables(call, name, refused):
    message = f"{name}: expected a ProtectedTable, found a DataFrame. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        call(pd.DataFrame())
