"""The panels of the goals: what they draw, say, and leave out."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts
from crmkit.report.chart import Block, Chart

GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(von|und|Konten|Nutzung|der|die|das|noch|nicht|je|im)\b")


def words_in(svg: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def copies(made, number: int, **changes):
    """Return tables of several goals that are like the first."""
    ids = [f"g{n}" for n in range(1, number + 1)]
    goals = made.goals([{"goal_id": key, **changes} for key in ids])
    path, history = made.goal_path(), made.goal_history()
    frames = {
        table: pd.concat([table.frame[table.frame["goal_id"] == "g1"].assign(goal_id=key) for key in ids])
        for table in (path, history)
    }
    paths = Table("goal_path", frames[path], path.dimensions, path.counts, path.derived, path.totals)
    return protect(paths), protect(goals), protect(Table("goal_history", frames[history], history.dimensions))


def height_of(chart) -> float:
    return float(re.search(r'height="([\d.]+)"', chart.svg())[1])


def with_path(made, **changes) -> Table:
    table = made.goal_path()
    frame = table.frame[table.frame["goal_id"] == "g1"].assign(**changes)
    return Table("goal_path", frame, table.dimensions, table.counts, table.derived, table.totals)


def test_panel_says_status_baseline_target_reading_and_range(shown):
    chart = charts.goal_path(shown["goal_path"], shown["goals"], shown["goal_history"])
    assert isinstance(chart, Chart)
    assert {
        "gefährdet", "Aussicht: offen (4 von 10)", "Soll-Tempo +0,6, Ist-Tempo +0,3 je Monat",
        "Ausgangsbasis 40 · 15.01.2026", "Ist 46", "Ziel 48", "15.10.2026", "Spanne 43–52", "Stand",
        "auf Kurs", "Ausgangsbasis 47 % · 15.01.2026", "Ist 63 %", "Ziel 75 %", "31.12.2026",
    } <= set(words_in(chart.svg()))  # fmt: skip
    assert chart.finding == "Erreicht oder auf Kurs: 1 von 2 Zielen."
    assert [table.name for table in chart.tables] == ["goal_path", "goals", "goal_history"]


@pytest.mark.parametrize(
    ("notes", "why"),
    [
        ((), "Zu den Zielen gibt es noch keine Messwerte."),
        (
            ("needs_agreement",),
            "Messwerte einzelner Organisationseinheiten über die Zeit setzen eine Vereinbarung voraus.",
        ),
    ],
)
def test_why_there_is_nothing(made, shown, notes, why):
    table = made.goal_path()
    empty = Table("goal_path", table.frame.iloc[:0], table.dimensions, table.counts, table.derived, table.totals)
    block = charts.goal_path(protect(replace(empty, notes=notes)), shown["goals"])
    assert isinstance(block, Block)
    assert why in block.html


def test_alternative_text(shown, plainly):
    alt = plainly(charts.goal_path(shown["goal_path"], shown["goals"], shown["goal_history"]).alt)
    assert alt == (
        "Ziele im Verlauf: „Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.“: "
        "gefährdet. Ausgangsbasis 40, Ist 46, Ziel 48 bis 15.10.2026; Soll-Tempo +0,6, Ist-Tempo +0,3 je Monat; "
        "Aussicht: offen (4 von 10); „Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.“: auf Kurs. "
        "Ausgangsbasis 47 %, Ist 63 %, Ziel 75 % bis 31.12.2026; Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat; "  # noqa: E501
        "Aussicht: wahrscheinlich (7 von 10)."
    )


def test_caption_explains_what_is_drawn_and_no_more(made, shown):
    full = charts.goal_path(shown["goal_path"], shown["goals"], shown["goal_history"]).caption
    assert full == (
        "Ziele im Verlauf. Punkte: Messwerte, jeder aus dem Protokoll steht für 12 Wochen; gestrichelt: Zielpfad. "
        "Fläche: Spanne, in der bei 10 ähnlichen Verläufen etwa 8 lägen, mit ihrer Mitte als Linie. "
        "Zeichen unter den Monaten: Stand des Ziels in diesem Monat"
    )
    path = with_path(made)
    plain = path.frame[~path.frame["path"].str.startswith("fan")]
    bare = Table("goal_path", plain, path.dimensions, path.counts, path.derived, path.totals)
    caption = charts.goal_path(protect(bare), shown["goals"]).caption
    assert "Fläche" not in caption
    assert "Zeichen" not in caption


def test_english_has_no_german(made):
    goals = protect(made.goals([{"wording": "Increase the number of active users by 20 % within 9 months."}]))
    path, history = protect(with_path(made)), protect(made.goal_history())
    chart = charts.goal_path(path, goals, history, language="en")
    assert [
        text for text in (chart.finding, chart.caption, chart.alt, *words_in(chart.svg())) if GERMAN.search(text)
    ] == []
    assert {"at risk", "Chance: open (4 of 10)", "Now 46", "Target 48", "Range 43–52"} <= set(words_in(chart.svg()))


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 8])
def test_one_to_eight_goals_fit_on_a_sheet(made, number):
    chart = charts.goal_path(*copies(made, number))
    words = words_in(chart.svg())
    assert words.count("Ziel 48") == words.count("gefährdet") == number
    assert height_of(chart) < 1350  # a sheet of A4, drawn at three quarters of its size


def test_goals_in_two_columns_stand_beside_each_other(made):
    assert height_of(charts.goal_path(*copies(made, 4))) < height_of(charts.goal_path(*copies(made, 3)))


def test_not_measurable_goals_have_no_plot_but_a_reason(made, shown):
    goals = protect(made.goals([made.unmeasured | {"goal_id": "g2"}, {}]))
    words = words_in(charts.goal_path(shown["goal_path"], goals, shown["goal_history"]).svg())
    assert words.count("Stand") == 1
    assert any(text.startswith("Die Gruppe ist zu klein, um sie für sich zu zeigen.") for text in words)
    assert words.index("gefährdet") < words.index("nicht messbar")


def test_absent_where_nothing_is_measurable(made, shown):
    block = charts.goal_path(shown["goal_path"], protect(made.goals([made.unmeasured])), shown["goal_history"])
    assert isinstance(block, Block)
    assert block.kind == "absent"


def test_masked_readings_are_marked_and_noted(made, shown, plainly):
    path = with_path(made)
    path.frame.loc[path.frame.index[2], ["n"]] = 3
    chart = charts.goal_path(protect(path), shown["goals"])
    assert words_in(chart.svg()).count("·") == 1
    assert "„·“ ist nicht gezeigt: weniger als 5 Personen" in plainly(chart.caption)


def test_what_is_masked_elsewhere_is_not_noted_here(made, shown):
    path = made.goal_path()
    path.frame.loc[path.frame["goal_id"] == "g2", "n"] = 3
    chart = charts.goal_path(protect(path), protect(made.goals([{}])))
    assert "nicht gezeigt" not in chart.caption


def test_everything_masked_is_a_hatched_box(made):
    tables = [made.masked(table()) for table in (made.goal_path, made.goals)]
    chart = charts.goal_path(*tables)
    assert "url(#" in chart.svg()
    assert not any("Ist" in text or "Ziel " in text for text in words_in(chart.svg())[3:])
    assert "Ist ·, Ziel ·" in chart.alt


def test_own_figures_have_their_unit_and_are_joined_over_months(made):
    ends = pd.to_datetime(["2025-12-31", "2026-03-31", "2026-06-30"])
    rows = [("zufriedenheit", day, "actual", value) for day, value in zip(ends, (7.4, 7.6, 7.9), strict=True)]
    frame = pd.DataFrame(rows, columns=["goal_id", "month", "path", "value"]).assign(n=None, n_total=None)
    frame[["n", "n_total"]] = frame[["n", "n_total"]].astype("Int64")
    path = Table("goal_path", frame, ("goal_id", "month", "path"), ("n",), {"value": ("n",)}, ("n_total",))
    chart = charts.goal_path(protect(path), protect(made.goals([made.satisfaction])))
    assert {"Punkte von 10", "Ziel 8,5", "Ist 7,9", "Ausgangsbasis 7,4 · 15.01.2026"} <= set(words_in(chart.svg()))
    assert "Ist 7,9, Ziel 8,5 Punkte von 10 bis 15.01.2027" in chart.alt


def test_a_goal_that_stays_at_zero(made):
    path = protect(with_path(made, value=0.0, n=0))
    goals = protect(made.goals([{"baseline": 0.0, "target": 0.0, "actual": 0.0, "n": 0, "n_baseline": 0}]))
    assert "<svg" in charts.goal_path(path, goals).svg()


@pytest.mark.parametrize("start", ["2025-10-31", "2026-05-20", "2026-06-29", "2026-06-30"])
def test_a_start_close_to_the_last_reading(made, start):
    chart = charts.goal_path(protect(with_path(made)), protect(made.goals([{"start": start}])))
    assert "Ist 46" in words_in(chart.svg())


def test_readings_long_before_the_start_are_left_out(made):
    terms = [{"start": "2026-01-15"}, {"start": "2027-02-15", "deadline": "2027-10-15"}]
    now, later = (charts.goal_path(protect(with_path(made)), protect(made.goals([term]))).svg() for term in terms)
    assert any(text.endswith(" 25") for text in words_in(now))
    assert not any(text.endswith(" 25") for text in words_in(later))


def test_one_reading(made):
    path = with_path(made)
    one = path.frame[path.frame["path"] == "actual"].iloc[[0]]
    table = protect(Table("goal_path", one, path.dimensions, path.counts, path.derived, path.totals))
    assert "<svg" in charts.goal_path(table, protect(made.goals([{}]))).svg()


def test_long_words_and_many_months(made):
    wording = "Wir wollen " + "Donaudampfschifffahrtsgesellschaftskapitänspatentverwaltung " * 8 + "erhöhen."
    path, goals, history = copies(made, 5, wording=wording, deadline="2031-12-31")
    chart = charts.goal_path(path, goals, history)
    assert words_in(chart.svg()).count("Ziel 48") == 5


@pytest.mark.parametrize("hostile", ['<script>alert("x")</script>', "=cmd|' /C calc'!A0", "$x^2$ & \\frac"])
def test_words_of_a_client_are_text(made, hostile):
    path, goals, history = copies(made, 1, wording=hostile, metric="outcome", unit=hostile)
    chart = charts.goal_path(path, goals, history)
    assert "<script" not in chart.svg()
    assert "alert" in chart.svg() or "script" not in hostile


def test_same_tables_same_bytes(made):
    first, second = (charts.goal_path(*copies(made, 6)).svg() for _ in range(2))
    assert first == second


def test_refuses_what_is_not_protected(made, shown, refused):
    message = "goal_path: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        charts.goal_path(shown["goal_path"], shown["goals"], made.goal_history())
