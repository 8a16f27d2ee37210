"""Do our goals still fit? What stands on the card of a goal, and who has stayed since its start."""

import pandas as pd
import pytest

from crmkit.errors import PrivacyError, SettingsError
from crmkit.letters import legible
from crmkit.privacy import protect
from crmkit.report import text
from crmkit.report.language import language
from crmkit.report.text.goal_baseline import baseline
from crmkit.report.text.goal_cohort import said
from crmkit.report.text.goal_number import echo

SALES = "Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen."
RATE = "Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern."
GOALS = f"""
goals:
  - id: g1
    sentence: {SALES}
    start: 2026-01-15
    owner_role: Vertriebsleitung
    answers: {{needs: Zeit & Ruhe}}
    fit: fits
    fit_reason: Der Vertrieb trägt es
  - id: g2
    sentence: {RATE}
    start: 2026-01-15
"""
QUESTIONS = [
    "Was brauchen die Teams dafür?",
    "Was haben die Mitarbeitenden persönlich davon?",
    "Was ist der unternehmerische Mehrwert?",
    "Wo liegen die echten Hürden, und wie begegnen wir ihnen?",
]


def measures(*rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["goal", "measure", "owner_role", "date", "status"])
    return frame.assign(hurdle="")


def lines_of(block) -> list[str]:
    return block.plain.replace("\u00a0", " ").splitlines()


def of_goal(table, key: str) -> list[dict]:
    from crmkit.report.cells import rows_of

    return [row for row in rows_of(table) if row["goal_id"] == key]


# cards


def test_cards(client_of, shown):
    done = ("G1", "Übungsrunde", "Vertriebsleitung", "2026-02-16", "done")
    open_one = (f" {SALES.upper().replace(' ', '  ')} ", "Liste ablösen", "", None, "open")
    client = client_of(settings=GOALS, measures=measures(done, open_one, ("", "Etwas", "", None, "open")))
    block = text.goal_cards(client, shown)
    assert lines_of(block) == [
        "Entschieden: 1 × „passt“. Vorgeschlagen: 1 × „passt“. Von 8 Antworten auf die vier Fragen fehlen noch 7.",
        "gefährdet g1",
        SALES,
        "verantwortlich: Vertriebsleitung · beschlossen am 15. Januar 2026 · Frist 15. Oktober 2026",
        "Entscheidung: passt – Der Vertrieb trägt es",
        "Heute", "Ist 46, Ziel 48 bis 15.10.2026",
        "Was die Zahl bedeutet",
        "40 von 69 aktiv (58 %). +20 % relativ = 48 (70 %). +20 Prozentpunkte wären 54 (78 %).",
        "Ausgangsbasis", "40, noch nicht festgeschrieben.",
        QUESTIONS[0], "Zeit & Ruhe", QUESTIONS[1], "offen", QUESTIONS[2], "offen", QUESTIONS[3], "offen",
        "Maßnahmen", "erledigt Übungsrunde Vertriebsleitung · 16.02.2026", "offen Liste ablösen",
        "auf Kurs g2",
        RATE,
        "beschlossen am 15. Januar 2026 · Frist 31. Dezember 2026",
        "Vorschlag: passt – es ist auf Kurs",
        "Heute", "Ist 63 %, Ziel 75 % bis 31.12.2026",
        "Was die Zahl bedeutet", "89 von 190 aktiv (47 %). Das Ziel sind 143 (75 %).",
        "Ausgangsbasis",
        "47 %, vorläufig (erst ein Messwert), festgeschrieben am 31. Januar 2026 (Prüfzeichen 05d05d81).",
        QUESTIONS[0], "offen", QUESTIONS[1], "offen", QUESTIONS[2], "offen", QUESTIONS[3], "offen",
        "Maßnahmen", "Diesem Ziel ist noch keine Maßnahme zugeordnet.",
    ]  # fmt: skip
    assert "Zeit &amp; Ruhe" in block.html
    assert [table.name for table in block.tables] == ["goals", "goal_readings"]


def test_cards_in_english(client_of, shown):
    said_in_english = text.goal_cards(client_of(settings=GOALS), shown, language="en").plain.replace("\u00a0", " ")
    assert "What do the teams need?" in said_in_english
    assert said_in_english.count("\nopen\n") == 7
    assert "40 of 69 active (58%). +20% relative = 48 (70%). +20 percentage points would be 54 (78%)." in (
        said_in_english
    )
    assert "Decision: fits – Der Vertrieb trägt es" in said_in_english


def test_an_id_that_the_kit_made_is_not_shown(client_of, shown):
    client = client_of(settings=f"goals: [{{sentence: '{RATE}', start: 2026-01-15}}]")
    assert "goal-id" not in text.goal_cards(client, shown).html
    assert "usage-rate" not in text.goal_cards(client, shown).plain


def test_a_goal_in_fields_is_worded(client_of):
    goal = (
        "{metric: active_users, direction: up, change_unit: relative, change_value: 0.2, months: 9, start: 2026-01-15}"
    )
    card = text.goal_cards(client_of(settings=f"goals: [{goal}]"), {})
    assert "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 20 % erhöhen." in lines_of(card)


def test_goals_that_begin_later_stand_last(client_of, shown):
    settings = f"""
goals:
  - {{id: spaeter, sentence: "{RATE}", start: 2026-09-01, owner_role: Leitung}}
  - {{id: g1, sentence: "{SALES}", start: 2026-01-15}}
"""
    lines = lines_of(text.goal_cards(client_of(settings=settings), shown))
    later = lines.index("beginnt am 1. September 2026 spaeter")
    assert lines.index("gefährdet g1") < later
    assert lines[later + 1 : later + 4] == [
        RATE, "verantwortlich: Leitung · Frist 31. Dezember 2026", QUESTIONS[0],
    ]  # fmt: skip


def test_a_start_that_nobody_wrote_down_is_said(client_of):
    client = client_of(settings=f"goals: ['{RATE}']")
    assert "Beginn nicht festgehalten, gerechnet ab 28. Juni 2026 · Frist 31. Dezember 2026" in lines_of(
        text.goal_cards(client, {})
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fit_proposed": "adjust", "fit_code": "off_track", "reachable": 45.0},
         "Vorschlag: anpassen – im bisherigen Tempo ist es nicht zu erreichen; "
         "bis 15.10.2026 erreichbar wären etwa 45 (6 von 10)"),
        ({"fit_proposed": "adjust", "fit_code": "off_track", "reachable": 45.0, "probability": None},
         "Vorschlag: anpassen – im bisherigen Tempo ist es nicht zu erreichen; "
         "bis 15.10.2026 ergibt dieses Tempo etwa 45"),
        ({"fit_proposed": "adjust", "fit_code": "larger_unit", "measurable_in": "Vertrieb", "reachable": None},
         "Vorschlag: anpassen – messbar wäre es in Vertrieb"),
        ({"fit_proposed": "stop", "fit_code": "unit_gone"},
         "Vorschlag: beenden – die Organisationseinheit gibt es nicht mehr"),
        ({"fit_proposed": "", "fit_code": "cannot_tell"},
         "Noch ohne Vorschlag – die Messwerte sagen dafür noch zu wenig"),
    ],
)  # fmt: skip
def test_proposals(client_of, made, changes, said):
    client = client_of(settings=f"goals: [{{id: g1, sentence: '{SALES}', start: 2026-01-15}}]")
    shown = {"goals": protect(made.goals([{"fit": "", **changes}]))}
    assert said in lines_of(text.goal_cards(client, shown))


def test_why_not_measurable(client_of, made):
    client = client_of(settings=f"goals: [{{id: g4, sentence: '{SALES}', start: 2026-01-15}}]")
    lines = lines_of(text.goal_cards(client, {"goals": protect(made.goals([made.unmeasured]))}))
    assert lines[lines.index("Nicht messbar") + 1] == (
        "Die Gruppe ist zu klein, um sie für sich zu zeigen. Messbar wäre das Ziel im ganzen Unternehmen."
    )
    assert "Heute" not in lines
    assert "Ausgangsbasis" not in lines


def test_masked_numbers(client_of, made):
    tables = {"goals": made.masked(made.goals()), "goal_readings": made.masked(made.goal_readings())}
    block = text.goal_cards(client_of(settings=GOALS), tables)
    lines = lines_of(block)
    assert "Was die Zahl bedeutet" not in lines
    assert lines[lines.index("Ausgangsbasis") + 1] == "·, noch nicht festgeschrieben."
    assert lines[-1].startswith("„·“ ist nicht gezeigt")
    assert "nan" not in block.html.lower()


def test_no_goals_and_no_tables(client_of):
    assert text.goal_cards(client_of(), {}).kind == "absent"
    assert text.goal_cards(client_of(settings=GOALS), {}).tables == ()


def test_unknown_status_of_a_measure(client_of, shown, refused):
    client = client_of(settings=GOALS, measures=measures(("g1", "b", "c", None, "opne")))
    message = 'measures.csv: status `opne` is not known. Did you mean "open"? Known: open, done, dropped.'
    with refused(SettingsError, message):
        text.goal_cards(client, shown)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "x" * 3000])
def test_words_of_a_client_are_text(client_of, shown, hostile):
    settings = GOALS.replace("Zeit & Ruhe", f'"{hostile}"').replace("Vertriebsleitung", f'"{hostile}"')
    client = client_of(settings=settings, measures=measures(("g1", hostile, hostile, None, "open")))
    block = text.goal_cards(client, shown)
    assert "<script" not in block.html
    # endless words are cut where settings and tables are opened
    assert block.plain.replace("\u00ad", "").replace("\u200b", "").count(legible(hostile)) == 4
    assert block.html == text.goal_cards(client, shown).html


def test_cards_refuse_what_is_not_protected(client_of, made, refused):
    message = "text.goal_cards: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        text.goal_cards(client_of(settings=GOALS), {"goals": made.goals()})


# echo of the number


def reading(unit: str, value: float, target: float, *, meant: bool = True, n: int = 60) -> dict:
    return {
        "unit": unit, "meant": meant, "change_value": value, "n_baseline": n, "n_total_baseline": 200,
        "target_n": target, "target_share": target / 200,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "readings", "de", "en"),
    [
        ("active_users", [reading("relative", 0.2, 72), reading("points", 0.2, 100, meant=False)],
         "60 von 200 aktiv (30 %). +20 % relativ = 72 (36 %). +20 Prozentpunkte wären 100 (50 %).",
         "60 of 200 active (30%). +20% relative = 72 (36%). +20 percentage points would be 100 (50%)."),
        ("regular_users", [reading("points", 0.125, 85), reading("relative", 0.125, 68, meant=False)],
         "60 von 200 regelmäßig aktiv (30 %). +12,5 Prozentpunkte = 85 (42 %). +12,5 % relativ wären 68 (34 %).",
         "60 of 200 regularly active (30%). +12.5 percentage points = 85 (42%). +12.5% relative would be 68 (34%)."),
        ("active_users", [reading("absolute", 12.0, 72)], "60 von 200 aktiv (30 %). +12 Konten = 72 (36 %).",
         "60 of 200 active (30%). +12 accounts = 72 (36%)."),
        ("usage_rate", [reading("target", 0.75, 150)], "60 von 200 aktiv (30 %). Das Ziel sind 150 (75 %).",
         "60 of 200 active (30%). The target is 150 (75%)."),
        ("active_users", [reading("relative", 0.1, 54)], "60 von 200 aktiv (30 %). −10 % relativ = 54 (27 %).",
         "60 of 200 active (30%). −10% relative = 54 (27%)."),
        ("active_users", [reading("relative", 0.0, 60)],
         "60 von 200 aktiv (30 %). Halten heißt: 60 (30 %), von der üblichen Schwankung abgesehen.",
         "60 of 200 active (30%). Keeping means: 60 (30%), but for the usual fluctuation."),
        ("active_users", [reading("relative", 0.2, 72) | {"n_baseline": None}], "", ""),
        ("breadth", [reading("relative", 0.2, 72)], "", ""),
        ("active_users", [], "", ""),
    ],
)  # fmt: skip
def test_echo(metric, readings, de, en, plainly):
    goal = {"metric": metric}
    assert (plainly(echo(goal, readings, language("de"))), plainly(echo(goal, readings, language("en")))) == (de, en)


# baseline

FROZEN = {"frozen_date": "2026-01-20"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "40, noch nicht festgeschrieben."),
        (FROZEN, "40, festgeschrieben am 20. Januar 2026\u00a0(Prüfzeichen 05d05d81)."),
        ({"provisional": True}, "40, vorläufig (erst ein Messwert), noch nicht festgeschrieben."),
        (FROZEN | {"changed": "baseline_drifted", "baseline": 41.0, "drifted_baseline": 43.0},
         "41, festgeschrieben am 20. Januar 2026\u00a0(Prüfzeichen 05d05d81). "
         "Mit den heutigen Daten wäre die Ausgangsbasis 43 statt 41; es gilt die festgeschriebene."),
        (FROZEN | {"changed": "goal_changed definition_changed"},
         "40, festgeschrieben am 20. Januar 2026\u00a0(Prüfzeichen 05d05d81). Seit dem Start wurde das Ziel verändert. "
         "Seit dem Start hat sich geändert, was als Nutzung zählt."),
        (FROZEN | {"changed": "goal_changed", "agreed": "Wir wollten mehr."},
         "40, festgeschrieben am 20. Januar 2026\u00a0(Prüfzeichen 05d05d81). "
         "Seit dem Start wurde das Ziel verändert; festgeschrieben war: „Wir wollten mehr.“"),
        (FROZEN | {"changed": "frozen_again", "agreed": "Wir wollten mehr.",
          "reason_again": "Konten bereinigt"},
         "40, festgeschrieben am 20. Januar 2026\u00a0(Prüfzeichen 05d05d81). "
         "Neu festgeschrieben (Begründung: Konten bereinigt); zuvor galt: „Wir wollten mehr.“"),
        ({"baseline": None}, ""),
    ],
)  # fmt: skip
def test_baseline(made, changes, words):
    [goal] = of_goal(protect(made.goals([changes])), "g1")
    assert baseline(goal, language("de")) == words


def test_baseline_in_an_own_unit(made):
    [goal] = of_goal(protect(made.goals([made.satisfaction])), "zufriedenheit")
    assert baseline(goal, language("en")) == "7.4 Punkte von 10, not yet fixed."


# the same people, then and now


def test_those_who_have_stayed(shown):
    block = text.goal_cohort(shown["goal_cohort"], shown["goals"])
    assert lines_of(block)[0] == "Dieselben Menschen, damals und heute"
    assert lines_of(block)[2:] == [
        SALES,
        "Von den 62, die seit dem Start dabei sind, waren damals 36 aktiv, heute 41. Von allen heute: 46 von 69.",
    ]
    english = text.goal_cohort(shown["goal_cohort"], shown["goals"], language="en").plain
    assert "Of the 62 who have been there since the start, 36 were active then, 41 today." in english


@pytest.mark.parametrize(
    ("groups", "n_start", "begins"),
    [
        ({"stayed_then": (36, 62), "stayed_now": (41, 62), "today": (46, 69)}, 69, "Von den 62"),
        # nobody came, some left
        ({"stayed_then": (36, 62), "stayed_now": (41, 62), "today": (41, 62)}, 69, "Von den 62"),
        # nobody came, nobody left
        ({"stayed_then": (36, 62), "stayed_now": (41, 62), "today": (41, 62)}, 62, ""),
        # today is masked
        ({"stayed_then": (36, 62), "stayed_now": (41, 62)}, 69, "Von den 62"),
        ({"today": (46, 69)}, 69, ""),
        ({}, None, ""),
    ],
)
def test_only_where_it_says_something(groups, n_start, begins):
    rows = {group: {"n": n, "n_total": total, "moved": ""} for group, (n, total) in groups.items()}
    line = said(rows, {"metric": "active_users", "n_total_baseline": n_start}, language("de"))
    assert line.startswith(begins)
    assert bool(line) == bool(begins)


def test_so_few_came_or_went_that_it_is_the_same_people(made, shown):
    few, table = "Seit dem Start sind nur wenige gekommen oder gegangen;", made.goal_cohort()
    table.frame["moved"] = "few"
    lines = lines_of(text.goal_cohort(made.masked(table), shown["goals"]))
    assert len(lines) == 2
    assert few in lines[1]
    assert "Deshalb steht hier beides" not in lines[1]


def test_few_are_said_of_the_goals_they_are_true_of(made, shown):
    table = made.goal_cohort()
    table.frame["moved"] = ["few"] * 3 + [""] * 3
    one = lines_of(text.goal_cohort(made.masked(table), shown["goals"]))
    assert [line.split(" ")[0] for line in one[1:]] == ["Kommen", "Wir", "Seit"]
    assert "Deshalb steht hier beides" not in one[1]
    table.frame.loc[table.frame["goal_id"] == "g2", "n_total"] = [185, 185, 190]
    both = lines_of(text.goal_cohort(protect(table), shown["goals"]))
    assert [line.split(" ")[0] for line in both[1:]] == ["Kommen", "Wir", "Seit", "Wir", "Von"]
    assert "Deshalb steht hier beides" in both[1]


def test_absent_without_anything_to_say(made, shown):
    assert text.goal_cohort(made.masked(made.goal_cohort()), shown["goals"]).kind == "absent"
    assert text.goal_cohort(made.empty(made.goal_cohort()), shown["goals"]).kind == "absent"


def test_cohort_refuses_what_is_not_protected(made, shown, refused):
    message = "text.goal_cohort: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        text.goal_cohort(made.goal_cohort(), shown["goals"])


def test_an_open_measure_whose_day_has_passed_is_overdue(client_of, shown):
    dated = [("g1", name, "", day, "open") for name, day in (("alt", "2026-06-27"), ("neu", "2026-06-28"))]
    said = lines_of(text.goal_cards(client_of(settings=GOALS, measures=measures(*dated)), shown))
    assert any("überfällig seit 27.06.2026" in line for line in said)
    assert any("bis 28.06.2026" in line for line in said)
