"""The goals of ``client.yml``: sentences and fields that mean the same, and what each wrong entry says."""

import datetime as dt

import pytest
import yaml

from crmkit.errors import GoalError, SettingsError
from crmkit.method import goals
from crmkit.settings import GoalEntry, read_settings

AS_OF = dt.date(2026, 1, 31)
HEAD = """
name: Muster GmbH
as_of: 2026-01-31
exports:
  - {file: exports/users.csv, reader: generic.users}
"""
SENTENCE = "Die Nutzungsquote soll in 9 Monaten um 10 % steigen."
FIELDS = {
    "metric": "usage_rate", "direction": "up", "change_unit": "relative", "change_value": 0.1, "months": 9,
}  # fmt: skip
CONTENT = f"""{HEAD}
language: en
goals:
  - Die Nutzungsquote soll in 9 Monaten um 10 % steigen.
  - id: satisfaction
    sentence: Wir wollen die Kennzahl „Kundenzufriedenheit“ in 12 Monaten auf 8,5 erhöhen.
    start: 2025-12-31
    owner_role: Leitung Service
    answers: {{gain: Weniger Rückfragen, needs: Zeit}}
    path: s_curve
    effect_from: 2026-03-01
    fit: adjust
    fit_reason: Neue Struktur
  - metric: outcome
    outcome: Termintreue
    direction: up
    change_unit: target
    change_value: 0.9
    percent: true
    deadline: 2026-12-31
  - {{metric: active_users, org_unit: Vertrieb/Nord, area: sales, direction: down, change_unit: absolute,
      change_value: 12, months: 6, id: fewer}}
"""


def settings_of(tmp_path, goal_entries: list, *, head: str = HEAD):
    file = tmp_path / "client.yml"
    text = yaml.safe_dump({"goals": goal_entries}, allow_unicode=True, sort_keys=False)
    file.write_text(head + text, encoding="utf-8")
    return read_settings(file)


def goals_of(tmp_path, goal_entries: list):
    settings = settings_of(tmp_path, goal_entries)
    return goals.from_entries(settings.goals, settings.as_of, language=settings.language)


# sentence: the same as fields
PAIRS = {
    SENTENCE: FIELDS,
    "Wir wollen die Zahl der aktiven Nutzer im CRM-Bereich Vertrieb in der Organisationseinheit Nord bis 31.12.2026 "
    "auf 150 steigern.": {
        "metric": "active_users", "area": "sales", "org_unit": "Nord", "direction": "up", "change_unit": "target",
        "change_value": 150, "deadline": dt.date(2026, 12, 31),
    },
    "Keep the usage rate for 12 months.": {"metric": "usage_rate", "direction": "keep", "months": 12},
    "Keep the usage rate at 80 % for 12 months.": {
        "metric": "usage_rate", "direction": "keep", "change_unit": "target", "change_value": 0.8, "months": 12,
    },
    "Reduce the number of regular users by 12 users within 1 month.": {
        "metric": "regular_users", "direction": "down", "change_unit": "absolute", "change_value": 12, "months": 1,
    },
    "Die Datenqualität soll in einem Jahr um 5 Prozentpunkte steigen.": {
        "metric": "data_quality", "direction": "up", "change_unit": "points", "change_value": 0.05, "months": 12,
    },
    "Die Nutzungsbreite soll in zwei Quartalen um ein Drittel wachsen.": {
        "metric": "breadth", "direction": "up", "change_unit": "relative", "change_value": 1 / 3, "months": 6,
    },
    "Wir wollen die Kennzahl „Kundenzufriedenheit“ in 9 Monaten auf 8,5 erhöhen.": {
        "metric": "outcome", "outcome": " Kundenzufriedenheit ", "direction": "up", "change_unit": "target",
        "change_value": 8.5, "months": 9,
    },
    "Wir wollen die Kennzahl „Termintreue“ in 9 Monaten auf 90 % erhöhen.": {
        "metric": "outcome", "outcome": "Termintreue", "direction": "up", "change_unit": "target",
        "change_value": 0.9, "percent": True, "months": 9,
    },
    "Wir wollen die Kennzahl „Antwortzeit“ in 9 Monaten um 1,5 Tage senken.": {
        "metric": "outcome", "outcome": "Antwortzeit", "direction": "down", "change_unit": "absolute",
        "change_value": 1.5, "months": 9,
    },
}  # fmt: skip


@pytest.mark.parametrize("sentence", PAIRS)
def test_fields_mean_what_the_sentence_means(tmp_path, sentence):
    stated, written = goals_of(tmp_path, [sentence, {**PAIRS[sentence], "id": "fields"}])
    assert stated.meaning == written.meaning
    assert stated.wording == sentence
    assert goals.parse(written.wording, start=AS_OF).meaning == stated.meaning


@pytest.mark.parametrize("sentence", PAIRS)
def test_a_goal_is_worded_in_the_language_of_the_client(sentence):
    entry = GoalEntry.model_validate(PAIRS[sentence])
    for language, first in (("de", "Wir wollen "), ("en", "We want to ")):
        goal = goals.from_entry(entry, AS_OF, language=language)
        assert goal.wording == goal.sentence(language)
        assert goal.wording.startswith(first)


def test_a_whole_file(tmp_path):
    file = tmp_path / "client.yml"
    file.write_text(CONTENT, encoding="utf-8")
    settings = read_settings(file)
    first, figure, percent, fewer = goals.from_entries(settings.goals, settings.as_of, language=settings.language)
    assert first.id == "usage-rate-up-10pct-2026-10-31"
    assert (figure.id, figure.start, figure.deadline) == ("satisfaction", dt.date(2025, 12, 31), dt.date(2026, 12, 31))
    assert (figure.outcome, figure.change_value, figure.percent) == ("Kundenzufriedenheit", 8.5, False)
    assert (figure.owner_role, figure.shape, figure.effect_from) == (
        "Leitung Service", "s_curve", dt.date(2026, 3, 1),
    )  # fmt: skip
    assert dict(figure.answers) == {"gain": "Weniger Rückfragen", "needs": "Zeit"}
    assert (figure.fit, figure.fit_reason) == ("adjust", "Neue Struktur")
    assert percent.wording == "We want to increase the figure “Termintreue” to 90 % within 11 months."
    assert percent.id == "termintreue-up-to-90pct-2026-12-31"
    assert (fewer.org_unit, fewer.area, fewer.place) == ("Vertrieb/Nord", "sales", "")
    assert fewer.wording == (
        "We want to reduce the number of active users in the CRM area Sales in the organisational unit Vertrieb/Nord "
        "by 12 users within 6 months."
    )


def without(*names: str) -> dict:
    return {name: value for name, value in FIELDS.items() if name not in names}


BESIDE = "stands beside a sentence; write a goal as sentence or as fields"
NEEDED = "is missing; a goal without a sentence needs it"
EITHER = "`goals.0`: a goal without a sentence needs either `months` or `deadline`"
UNREADABLE = [
    ({"sentence": SENTENCE, "metric": "usage_rate"}, f"`goals.0`: `metric` {BESIDE}"),
    ({"sentence": SENTENCE, "months": 9}, f"`goals.0`: `months` {BESIDE}"),
    ({"sentence": SENTENCE, "percent": True}, f"`goals.0`: `percent` {BESIDE}"),
    ({"sentence": SENTENCE, "change_value": 0}, f"`goals.0`: `change_value` {BESIDE}"),
    ({}, "`goals.0`: `sentence` is missing"),
    ({"owner_role": "Leitung"}, "`goals.0`: `sentence` is missing"),
    (without("metric"), f"`goals.0`: `metric` {NEEDED}"),
    (without("direction"), f"`goals.0`: `direction` {NEEDED}"),
    (without("change_unit"), f"`goals.0`: `change_unit` {NEEDED}"),
    (without("change_value"), f"`goals.0`: `change_value` {NEEDED}"),
    ({**without("change_value"), "direction": "keep", "change_unit": "target"}, f"`goals.0`: `change_value` {NEEDED}"),
    ({**without("change_unit"), "direction": "keep"}, f"`goals.0`: `change_unit` {NEEDED}"),
    (without("months"), EITHER),
    ({**FIELDS, "deadline": "2026-12-31"}, EITHER),
    ({**FIELDS, "months": 0}, "`goals.0.months`: input should be greater than or equal to 1"),
    ({**FIELDS, "months": 121}, "`goals.0.months`: input should be less than or equal to 120"),
    ({**FIELDS, "direction": "upward"}, "`goals.0.direction`: input should be 'up', 'down' or 'keep'"),
    ({**FIELDS, "change_unit": "percent"},
     "`goals.0.change_unit`: input should be 'relative', 'points', 'absolute' or 'target'"),
    ({**FIELDS, "area": "slaes"}, "`goals.0.area`: input should be 'sales', 'marketing', 'service' or 'shared'"),
    ({**FIELDS, "path": "curve"}, "`goals.0.path`: input should be 'linear' or 's_curve'"),
    ({**FIELDS, "change_value": "viel"},
     "`goals.0.change_value`: input should be a valid number, unable to parse string as a number"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "message"), UNREADABLE)
def test_entries_that_cannot_be_read(tmp_path, refused, entry, message):
    with refused(SettingsError, f"{tmp_path / 'client.yml'}: {message}."):
        settings_of(tmp_path, [entry])


def test_an_unknown_key(tmp_path):
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, [{**FIELDS, "change_units": "points"}])
    assert 'unknown key `goals.0.change_units`. Did you mean "change_unit"?' in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


IMPOSSIBLE = [
    ({**FIELDS, "metric": "usage_rat"},
     '`metric`: "usage_rat" is not known. Did you mean "usage_rate"? Known: active_users, regular_users, usage_rate, '
     "breadth, data_quality, outcome"),
    ({**FIELDS, "change_value": 0}, "`change_value`: 0 is no change"),
    ({**FIELDS, "change_value": -0.1}, "`change_value`: -0.1 is no change"),
    ({**FIELDS, "change_value": float("nan")}, "`change_value`: nan is no change"),
    ({**FIELDS, "change_value": float("inf")}, "`change_value`: inf is no change"),
    ({**FIELDS, "change_unit": "points", "change_value": 10},
     "`change_value`: 10 is more than the whole, 20 % are 0.2"),
    ({**FIELDS, "direction": "keep"}, "`change_value`: 0.1: what is kept does not change"),
    ({**FIELDS, "change_unit": "absolute", "change_value": 5},
     "`change_unit`: `usage_rate` is a share, not a number of people"),
    ({**FIELDS, "change_unit": "target", "percent": True}, "`percent`: only the target of an outcome needs it"),
    ({**FIELDS, "metric": "outcome"}, "`outcome`: the name of the client's own figure is missing"),
    ({**FIELDS, "outcome": "NPS"}, "`outcome`: no outcome is meant"),
    ({**FIELDS, "metric": "outcome", "outcome": "NPS", "org_unit": "Nord"},
     "`outcome`: a figure of the whole client, neither of a unit nor of a CRM area"),
    ({**FIELDS, "metric": "outcome", "outcome": "NPS", "change_unit": "target", "change_value": 70, "percent": True},
     "`change_value`: 70 is more than the whole, 20 % are 0.2"),
    ({**without("months"), "deadline": "2026-01-31"}, "`deadline`: 2026-01-31 is not after the start 2026-01-31"),
    ({**FIELDS, "effect_from": "2025-12-31"},
     "`effect_from`: 2025-12-31 is not within the term 2026-01-31 to 2026-10-31"),
    ({**FIELDS, "start": "9999-06-30"}, "`start`: 9999-06-30 is not within the years 1990 to 2200"),
    ({**FIELDS, "start": "2200-06-30"}, "`deadline`: 2201-03-30 is not within the years 1990 to 2200"),
    ({"sentence": SENTENCE, "effect_from": "2026-10-31"},
     "`effect_from`: 2026-10-31 is not within the term 2026-01-31 to 2026-10-31"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "message"), IMPOSSIBLE)
def test_entries_that_are_no_goal(tmp_path, refused, entry, message):
    with refused(GoalError, f"client.yml: `goals.1`: {message}."):
        goals_of(tmp_path, ["Keep the usage rate for 12 months.", entry])


def test_a_sentence_names_itself(tmp_path, refused):
    sentence = "Wir wollen die Nutzungsquote in 9 Monaten erhöhen."
    message = (
        f'goal "{sentence}": the amount (such as "um 20 %") is missing. '
        'A sentence that works: "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen."'
    )
    with refused(GoalError, message):
        goals_of(tmp_path, [sentence])


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([SENTENCE, {**FIELDS}],
         'goals: the id "usage-rate-up-10pct-2026-10-31" stands for two goals: '
         f'"{SENTENCE}" and "Wir wollen die Nutzungsquote in 9 Monaten um 10 % erhöhen.". Give one another `id`.'),
        ([{"sentence": SENTENCE, "id": "a"}, {"sentence": "Keep the usage rate for 6 months.", "id": "a"}],
         f'goals: the id "a" stands for two goals: "{SENTENCE}" and "Keep the usage rate for 6 months.". '
         "Give one another `id`."),
    ],
)  # fmt: skip
def test_two_goals_of_one_id(tmp_path, refused, entries, message):
    with refused(GoalError, message):
        goals_of(tmp_path, entries)


def test_no_goals(tmp_path):
    assert goals_of(tmp_path, []) == []
