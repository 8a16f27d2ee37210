"""What is said of goals: units, status, chance, why not measurable, and words for every code."""

import re
from itertools import product
from typing import get_args

import pytest

from crmkit.method.goals import fit, followed, tracking
from crmkit.method.goals.goal import CHANGE_UNITS, METRICS, PEOPLE_METRICS, SHAPES
from crmkit.privacy import protect
from crmkit.report import charts, tables
from crmkit.report.cells import rows_of
from crmkit.report.charts.status_marks import MARKS
from crmkit.report.language import language
from crmkit.report.text import goals
from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.words import WORDS, word

DE, EN = language("de"), language("en")
REASONS = (
    "no_reading", "coverage", "few_people", "no_baseline", "definition_break", "baseline_zero",
    "target_not_beyond_baseline", "noise", "no_figures", "no_log", "target_impossible",
)  # fmt: skip
CHANGED = followed.CHANGES
GROUPS = ("stayed_then", "stayed_now", "today")
PATHS = ("actual", "target", "fan_low", "fan_mid", "fan_high")


def rows(table) -> list[dict]:
    return rows_of(protect(table))


# words for codes


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("status", get_args(tracking.Status)), ("goal_reason", REASONS), ("fit_code", fit.CODES),
        ("goal_change", CHANGED), ("goal_cohort", GROUPS), ("path", PATHS), ("goal_change_unit", CHANGE_UNITS),
        ("goal_state", PEOPLE_METRICS), ("metric", METRICS), ("shape", SHAPES), ("place", ("*",)),
    ],
)  # fmt: skip
def test_no_code_is_without_words(kind, codes):
    assert [code for code in codes if code not in WORDS[kind]] == []
    assert [code for code in codes if word(EN, kind, code) == code and kind not in ("status", "place")] == []


def test_every_status_has_a_place_and_a_mark():
    statuses = set(get_args(tracking.Status))
    assert set(goals.BY_ATTENTION) == statuses
    assert set(MARKS) == statuses


def test_reasons_of_the_method_are_known():
    from crmkit.method.goals import course

    source = course.why_not_measurable.__doc__ or ""
    assert set(re.findall(r"``(\w+)``", source)) - {"k"} <= set(REASONS)


# units


@pytest.mark.parametrize(
    ("metric", "unit", "kind", "said"),
    [
        ("active_users", "", "people", "48"),
        ("usage_rate", "", "share", "4.800 %"),
        ("breadth", "", "share", "4.800 %"),
        ("outcome", "%", "share", "4.800 %"),
        ("outcome", "Punkte von 10", "own", "48 Punkte von 10"),
        ("outcome", "", "own", "48"),
        ("data_quality", "", "share", "4.800 %"),
        ("data_quality", "Punkte", "own", "48 Punkte"),
    ],
)
def test_unit_of_a_goal(metric, unit, kind, said, plainly):
    found = GoalUnit.of({"metric": metric, "unit": unit})
    assert (found.kind, plainly(found.named(48.0, DE))) == (kind, said)


def test_values_say_as_much_as_they_need():
    own, people, share = GoalUnit("own", "Tage"), GoalUnit("people"), GoalUnit("share")
    assert [own.amount(value, DE) for value in (8.0, 8.14, 0.25, 1234.5)] == ["8", "8,1", "0,25", "1.234"]
    assert [own.pace(value, DE) for value in (0.05, 1.0, -2.4)] == ["+0,05", "+1,0", "−2,4"]
    assert [people.amount(value, DE) for value in (40.0, 40.5, None)] == ["40", "40,5", "·"]
    assert [share.pace(value, DE) for value in (0.026, None)] == ["+2,6 Prozentpunkte", "–"]
    assert own.named(None, DE) == "·"


def test_ranges():
    assert GoalUnit("people").span(43.2, 51.7, DE) == "43–52"
    assert GoalUnit("share").span(0.522, 0.61, DE) == "52–61\u00a0%"
    assert GoalUnit("share").span(0.522, 0.61, EN) == "52–61%"
    assert GoalUnit("people").span(12.1, 12.3, DE) == "12"


@pytest.mark.parametrize(
    ("values", "kind", "levels"),
    [
        ([36, 42, 48], "people", [30, 35, 40, 45, 50]),
        ([0, 0], "people", [0, 1]),
        ([5, 6], "people", [4, 5, 6]),
        ([0.47, 0.75], "share", [0.4, 0.5, 0.6, 0.7, 0.8]),
        ([1.0], "share", [0.95, 1.0]),
        ([0.571, 0.573], "share", [0.56, 0.58]),
        ([7.4, 8.5], "own", [7, 7.5, 8, 8.5]),
    ],
)
def test_level_lines(values, kind, levels):
    assert GoalUnit(kind).levels(values) == pytest.approx(levels)


# chance


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.05, "wenig wahrscheinlich (1 von 10)"),
        (0.24, "wenig wahrscheinlich (2 von 10)"),
        (0.25, "offen (2 von 10)"),
        (0.59, "offen (5 von 10)"),
        (0.6, "wahrscheinlich (6 von 10)"),
        (0.7, "wahrscheinlich (7 von 10)"),
        (0.95, "wahrscheinlich (9 von 10)"),
    ],
)
def test_chance_never_says_more_than_there_is(probability, said):
    assert goals.chance(probability, DE) == said


def test_chance_in_english():
    assert goals.chance(0.7, EN) == "likely (7 of 10)"


# status


def test_those_first_that_ask_for_attention(made):
    statuses = ["reached", "too_early", "on_track", "not_measurable", "missed", "at_risk", "off_track"]
    table = made.goals([{"goal_id": code, "status": code} for code in statuses])
    assert [goal["goal_id"] for goal in goals.by_attention(rows(table))] == list(goals.BY_ATTENTION)


def test_same_status_stays_in_order(made):
    table = made.goals([{"goal_id": "b"}, {"goal_id": "a"}])
    assert [goal["goal_id"] for goal in goals.by_attention(rows(table))] == ["b", "a"]


@pytest.mark.parametrize(
    ("measurable_in", "de", "en"),
    [
        ("", "", ""),
        ("*", " Messbar wäre das Ziel im ganzen Unternehmen.", " The goal would be measurable in the whole company."),
        ("Vertrieb/Nord", " Messbar wäre das Ziel in Vertrieb › Nord.",
         " The goal would be measurable in Vertrieb › Nord."),
    ],
)  # fmt: skip
def test_why_and_where(made, measurable_in, de, en):
    [goal] = rows(made.goals([made.unmeasured | {"measurable_in": measurable_in}]))
    assert goals.status_line(goal, DE) == f"Die Gruppe ist zu klein, um sie für sich zu zeigen.{de}"
    assert goals.status_line(goal, EN) == f"The group is too small to be shown by itself.{en}"


def test_status_line_has_the_unit_of_the_goal(made, plainly):
    lines = [plainly(goals.status_line(goal, DE)) for goal in rows(made.goals([{}, made.rate, made.satisfaction]))]
    assert lines == [
        "Ist 46, Ziel 48 bis 15.10.2026",
        "Ist 63 %, Ziel 75 % bis 31.12.2026",
        "Ist 7,9, Ziel 8,5 Punkte von 10 bis 15.01.2027",
    ]


def test_fitting(made):
    kinds = [{"fit": "fits"}, {"fit": "fits"}, {"fit": "", "fit_proposed": "stop"}, {"fit": "", "fit_proposed": ""}]
    said = goals.fitting(rows(made.goals(kinds)), DE).replace("\u00a0", " ")
    assert said == "Entschieden: 2 × „passt“. Vorgeschlagen: 1 × „beenden“. Noch ohne Vorschlag: 1."
    assert goals.fitting([], DE) == ""


# findings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([{}], "Ist 46, Ziel 48 bis 15.10.2026: gefährdet."),
        ([{"status": "not_measurable", "reason": "noise"}],
         "Das Ziel ist nicht messbar. Der Schritt ist kleiner als die übliche Schwankung von Quartal zu Quartal."),
        ([{}, {"goal_id": "b", "status": "reached"}], "Erreicht oder auf Kurs: 1 von 2 Zielen."),
    ],
)  # fmt: skip
def test_finding(made, changes, said):
    assert goals.finding(protect(made.goals(changes)), DE) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([{}], "Das Ist-Tempo reicht für das Ziel bisher nicht."),
        ([{"observed_pace": 0.6}], "Das Ist-Tempo reicht für das Ziel, wenn es so bleibt."),
        ([{"baseline": 40.0, "target": 30.0, "required_pace": -1.0, "observed_pace": -1.5}],
         "Das Ist-Tempo reicht für das Ziel, wenn es so bleibt."),
        ([{}, {"goal_id": "b", "shape": "s_curve"}], ""),
        ([{"required_pace": None, "observed_pace": None}], ""),
    ],
)  # fmt: skip
def test_pace_finding(made, changes, said):
    assert goals.pace_finding(protect(made.goals(changes)), DE) == said


def test_where_nothing_is_measurable_the_table_says_so(made):
    block = tables.html(protect(made.goals([made.unmeasured])))
    assert block.finding.startswith("Das Ziel ist nicht messbar. Die Gruppe ist zu klein")
    assert "Tempo" not in block.html


# table


def test_table_of_goals(shown, plainly):
    lines = plainly(tables.html(shown["goals"]).plain).splitlines()
    assert [line.split("\t") for line in lines[2:]] == [
        ["Ziel", "Ausgangsbasis", "Soll", "Ist", "Soll-Tempo", "Ist-Tempo", "Aussicht", "Stand"],
        ["Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.", "40",
         "48 (bis 15.10.2026)", "46", "+0,6", "+0,3", "4 von 10 (offen)", "gefährdet"],
        ["Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.", "47 % (vorläufig)",
         "75 % (bis 31.12.2026)", "63 %", "+2,0 (Prozentpunkte)", "+3,0 (Prozentpunkte)", "7 von 10 (wahrscheinlich)",
         "auf Kurs"],
    ]  # fmt: skip


def test_chances_are_explained_where_there_are_any(made, shown):
    explained, missing = "Aussicht: „6 von 10“ heißt", "Eine Aussicht gibt es nur für"
    assert explained in tables.html(shown["goals"]).html
    assert missing not in tables.html(shown["goals"]).html
    without = tables.html(protect(made.goals([{"probability": None}]))).html
    assert missing in without
    assert explained not in without
    assert "Aussicht</th>" not in without


def test_values_carry_their_heading_for_narrow_pages(shown):
    block = tables.html(shown["goals"])
    assert '<div class="table stacked">' in block.html
    assert '<td class="num" data-heading="Ausgangsbasis">40</td>' in block.html
    assert "data-heading" not in tables.html(shown["by_unit"]).html


def test_not_measurable_goals_say_why(made, plainly):
    block = tables.html(protect(made.goals([{}, made.unmeasured, made.satisfaction])))
    assert "Die Gruppe ist zu klein, um sie für sich zu zeigen. Messbar wäre das Ziel im ganzen Unternehmen." in (
        block.html
    )
    assert "<small>Punkte von 10</small>" in block.html
    assert 'class="num nothing" data-heading="Ist">–</td>' in block.html


def test_masked_goals(made, plainly):
    block = tables.html(made.masked(made.goals()))
    assert 'class="num masked" data-heading="Ist">·</td>' in block.html
    assert "„·“ ist nicht gezeigt" in plainly(block.html)


# alternative text


def test_spoken(made, plainly):
    said = [plainly(goals.spoken(goal, DE)) for goal in rows(made.goals([{}, made.unmeasured]))]
    assert said == [
        "„Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.“: gefährdet. "
        "Ausgangsbasis 40, Ist 46, Ziel 48 bis 15.10.2026; Soll-Tempo +0,6, Ist-Tempo +0,3 je Monat; "
        "Aussicht: offen (4 von 10)",
        "„Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.“: nicht messbar. "
        "Die Gruppe ist zu klein, um sie für sich zu zeigen. Messbar wäre das Ziel im ganzen Unternehmen",
    ]


def test_what_the_last_reading_says_by_itself(made, plainly):
    [goal] = rows(made.goals([{"tending": "off_track"}]))
    assert goals.tendency(goal, DE) == "Letzte Messung für sich: so nicht erreichbar"
    assert goals.spoken(goal, EN).endswith("; Last reading by itself: off track")
    table = protect(made.goals([{"tending": "off_track"}]))
    assert "<small>Letzte Messung für sich: so nicht erreichbar</small>" in tables.html(table).html
    chart = charts.goal_path(protect(made.goal_path()), table)
    assert "Letzte Messung für sich: so nicht erreichbar" in chart.svg()


def test_spoken_says_what_is_masked(made):
    [masked] = rows_of(made.masked(made.goals([{}])))
    assert goals.spoken(masked, EN).endswith(": at risk. Baseline ·, Now ·, target · by 15 Oct 2026")


# all statuses, in charts and tables


@pytest.mark.parametrize(("status", "code"), [*product(get_args(tracking.Status), ("de", "en"))])
def test_every_status(made, status, code):
    reason = "noise" if status == "not_measurable" else ""
    table = protect(made.goals([{"status": status, "reason": reason}, made.rate]))
    path, history = protect(made.goal_path()), protect(made.goal_history())
    chart = charts.goal_path(path, table, history, language=code)
    said = word(language(code), "status", status)
    assert said in chart.alt
    assert said in chart.svg()
    assert f'<span class="status status-{status}">{said}</span>' in tables.html(table, language=code).html
