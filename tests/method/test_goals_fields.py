"""A goal's fields, the place behind its words, and what its number means in people."""

import dataclasses
import datetime as dt
import pickle

import pandas as pd
import pytest

from crmkit.errors import GoalError
from crmkit.method import goals
from crmkit.method.goals import Goal
from crmkit.method.goals.days import add_months, month_number, whole_months

FIELDS = {
    "metric": "active_users", "change_value": 0.2, "change_unit": "relative", "direction": "up",
    "start": dt.date(2026, 1, 31), "deadline": dt.date(2026, 10, 31),
}  # fmt: skip
UNITS = ["Vertrieb", "Vertrieb/Nord", "Vertrieb/Süd", "Service/Nord", "Service/Innen Dienst", "Einkauf"]


def goal(**changes) -> Goal:
    return Goal(**{**FIELDS, **changes})


def test_is_frozen_and_hashable():
    one, same = goal(answers={"gain": "Zeit", "needs": "Hilfe"}), goal(answers={"needs": "Hilfe", "gain": "Zeit"})
    assert one == same
    assert len({one, same}) == 1
    assert one.answers["gain"] == "Zeit"
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.metric = "breadth"
    with pytest.raises(TypeError):
        one.answers["gain"] = "mehr Zeit"


def test_answers_do_not_follow_their_source():
    answers = {"gain": "Zeit"}
    one = goal(answers=answers)
    answers["gain"] = "Geld"
    assert dict(one.answers) == {"gain": "Zeit"}


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({}, "active-users-up-20pct-2026-10-31"),
        ({"place": "Vertrieb Süd & Größe"}, "active-users-vertrieb-sued-groesse-up-20pct-2026-10-31"),
        ({"change_unit": "points", "change_value": 0.025, "area": "sales"},
         "active-users-sales-up-2-5pp-2026-10-31"),
        ({"change_unit": "absolute", "change_value": 12}, "active-users-up-12-2026-10-31"),
        ({"change_unit": "target", "change_value": 0.8}, "active-users-up-to-80pct-2026-10-31"),
        ({"id": "own"}, "own"),
    ],
)  # fmt: skip
def test_id_tells_the_content(changes, slug):
    assert goal(**changes).id == slug


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metric": "active_user"},
         '`metric`: "active_user" is not known. Did you mean "active_users"? Known: active_users, regular_users, '
         "usage_rate, breadth, data_quality, outcome."),
        ({"change_unit": "percent"},
         '`change_unit`: "percent" is not known. Known: relative, points, absolute, target.'),
        ({"direction": "upward"}, '`direction`: "upward" is not known. Known: up, down, keep.'),
        ({"answers": {"gains": "x"}},
         '`answers`: "gains" is not known. Did you mean "gain"? Known: needs, gain, value, hurdles.'),
        ({"change_value": 0}, "`change_value`: 0 is no change."),
        ({"change_value": -0.2}, "`change_value`: -0.2 is no change."),
        ({"change_value": float("nan")}, "`change_value`: nan is no change."),
        ({"direction": "keep"}, "`change_value`: 0.2: what is kept does not change."),
        ({"metric": "usage_rate", "change_unit": "absolute", "change_value": 12},
         "`change_unit`: `usage_rate` is a share, not a number of people."),
        ({"change_unit": "absolute", "change_value": 2.5}, "`change_value`: 2.5 is no whole number of people."),
        ({"change_unit": "points", "change_value": 20},
         "`change_value`: 20 is more than the whole, 20 % are 0.2."),
        ({"deadline": dt.date(2026, 1, 31)}, "`deadline`: 2026-01-31 is not after the start 2026-01-31."),
        ({"change_value": 1e-9}, "`change_value`: 1e-09 is no change."),
        ({"change_value": float("inf")}, "`change_value`: inf is no change."),
        ({"metric": "outcome"}, "`outcome`: the name of the client's own figure is missing."),
        ({"metric": "outcome", "outcome": " \x00 "}, "`outcome`: the name of the client's own figure is missing."),
        ({"outcome": "NPS"}, "`outcome`: no outcome is meant."),
        ({"metric": "outcome", "outcome": "NPS", "place": "Nord"},
         "`outcome`: a figure of the whole client, neither of a unit nor of a CRM area."),
        ({"metric": "outcome", "outcome": "NPS", "percent": True},
         "`percent`: only the target of an outcome needs it."),
    ],
)  # fmt: skip
def test_fields_that_cannot_be(changes, message):
    with pytest.raises(GoalError) as caught:
        goal(**changes)
    assert str(caught.value) == f"goal: {message}"


def test_names_are_tidied():
    tidied = goal(place=" Su\u0308d\x00\n Mitte\t")
    assert tidied.place == "Süd Mitte"
    assert goal(metric="outcome", outcome="Freude  am\x01CRM").outcome == "Freude am CRM"


@pytest.mark.parametrize("unit", ["relative", "points", "absolute"])
def test_what_is_kept_as_it_is_has_one_unit(unit):
    kept = goal(direction="keep", change_value=0, change_unit=unit)
    assert kept.change_unit == "relative"
    assert goals.parse(kept.sentence("de"), start=kept.start).meaning == kept.meaning


def test_unknown_language():
    with pytest.raises(GoalError) as caught:
        goal().sentence("fr")
    assert str(caught.value) == 'goal: `language`: "fr" is not known. Known: de, en.'


def test_calendar_months():
    assert add_months(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert add_months(dt.date(2026, 3, 31), -1) == dt.date(2026, 2, 28)
    assert whole_months(dt.date(2026, 1, 31), dt.date(2026, 2, 28)) == 1
    assert whole_months(dt.date(2026, 2, 28), dt.date(2026, 3, 31)) is None
    assert month_number(dt.date(2026, 2, 28)) - month_number(dt.date(2025, 12, 31)) == 2


# place → org_unit, area, notes
PLACES = {
    "": (None, None, ()),
    "Vertrieb/Nord": ("Vertrieb/Nord", None, ()),
    "vertrieb/nord": ("Vertrieb/Nord", None, ()),
    "Süd": ("Vertrieb/Süd", None, ()),
    "Vertrieb Nord": ("Vertrieb/Nord", None, ()),
    "vertrieb - nord": ("Vertrieb/Nord", None, ()),
    "innen dienst": ("Service/Innen Dienst", None, ()),
    "Marketing": (None, "marketing", ()),
    "Kundenservice": (None, "service", ()),
    "Customer Service": (None, "service", ()),
    # A unit above the listed ones counts, and it wins against the area of the same name.
    "Vertrieb": ("Vertrieb", None, ("unit_before_area",)),
    "Service": ("Service", None, ("unit_before_area",)),
}


@pytest.mark.parametrize("place", PLACES)
def test_resolve(place):
    found = goal(place=place).resolve(UNITS)
    assert (found.org_unit, found.area, found.notes) == PLACES[place]
    assert found.place == ""
    assert found.id == goal(place=place).id
    assert found.resolve(UNITS) == found


def test_resolve_against_a_client(client_of, people_tables):
    tables = people_tables(["a", "b", "c"], org_unit=["Vertrieb/Nord", "", "Vertrieb/Süd"])
    client = client_of(**tables)
    assert goal(place="Nord").resolve(client).org_unit == "Vertrieb/Nord"
    assert goal(place="Vertrieb").resolve(client).org_unit == "Vertrieb"


def test_resolve_what_is_named():
    both = goals.parse(
        "Die Nutzungsquote im CRM-Bereich Vertrieb soll in 9 Monaten um 10 % steigen.", start="2026-01-31"
    )
    assert (both.resolve(UNITS).org_unit, both.resolve(UNITS).area) == (None, "sales")
    unit = goals.parse(
        "Die Nutzungsquote in der Organisationseinheit Süd soll in 9 Monaten um 10 % steigen.", start="2026-01-31"
    )
    assert unit.resolve(UNITS).org_unit == "Vertrieb/Süd"
    pair = goal(org_unit="Süd", place="Marketing").resolve(UNITS)
    assert (pair.org_unit, pair.area) == ("Vertrieb/Süd", "marketing")
    pair = goal(area="marketing", place="Vertrieb").resolve(UNITS)
    assert (pair.org_unit, pair.area, pair.notes) == ("Vertrieb", "marketing", ())


AREAS = "Areas: `Vertrieb`, `Marketing`, `Service`, `Gemeinsames`."
UNIT_LIST = (
    "Units: `Einkauf`, `Service`, `Service/Innen Dienst`, `Service/Nord`, `Vertrieb`, `Vertrieb/Nord`, `Vertrieb/Süd`."
)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"place": "Einkuaf"},
         'goal: "Einkuaf" is no organisational unit of the client and no CRM area. Did you mean "Einkauf"? '
         f"{UNIT_LIST} {AREAS}"),
        ({"org_unit": "Marketing"}, f'goal: "Marketing" is no organisational unit of the client. {UNIT_LIST}'),
        ({"area": "sales", "place": "Marketing"},
         f'goal: "Marketing" is no organisational unit of the client. {UNIT_LIST}'),
        ({"place": "Nord"},
         'goal: "Nord" can mean `Service/Nord`, `Vertrieb/Nord`. Write the whole path in quotation marks.'),
    ],
)  # fmt: skip
def test_places_that_are_not_found(changes, message):
    with pytest.raises(GoalError) as caught:
        goal(**changes).resolve(UNITS)
    assert str(caught.value) == message


# The client's figures; the last row of each says in which unit it is kept.
OUTCOMES = pd.DataFrame(
    {
        "outcome": ["Termintreue", "Antwortzeit", "Termintreue", "NPS", "nps", "Umsatz  je Kunde", ""],
        "date": pd.to_datetime(["2026-05-01", "2026-05-01", "2026-01-01", *["2026-05-01"] * 3, None]),
        "value": [80.0, 3.5, 0.8, 40, 41, 1500, 1],
        "unit": [" % ", "Tage", "", "", "", "EUR", ""],
    }
)  # fmt: skip


def figure(outcome="Termintreue", unit="relative", value=0.1, **changes) -> Goal:
    return goal(metric="outcome", outcome=outcome, change_unit=unit, change_value=value, **changes)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Termintreue", "Termintreue"),
        ("termintreue", "Termintreue"),
        ("  TERMIN\ttreue ".replace("\t", ""), "Termintreue"),
        ("umsatz je kunde", "Umsatz je Kunde"),
        ("NPS", "NPS"),
        ("nps", "nps"),
        # Two spellings are one figure.
        ("Nps", "NPS"),
    ],
)
def test_resolve_figures(client_of, name, found):
    client = client_of(outcomes=OUTCOMES)
    resolved = figure(name).resolve(client)
    assert resolved.outcome == found
    assert resolved.id == figure(name).id
    assert resolved.resolve(client) == resolved


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Termintreu",
         'goal: the figure "Termintreu" is not in outcomes.csv. Did you mean "Termintreue"? '
         "Found: `Antwortzeit`, `NPS`, `Termintreue`, `Umsatz  je Kunde`, `nps`."),
        ("Freude",
         'goal: the figure "Freude" is not in outcomes.csv. '
         "Found: `Antwortzeit`, `NPS`, `Termintreue`, `Umsatz  je Kunde`, `nps`."),
    ],
)  # fmt: skip
def test_figures_that_are_not_found(client_of, refused, name, message):
    client = client_of(outcomes=OUTCOMES)
    with refused(GoalError, message):
        figure(name).resolve(client)


def test_a_client_without_figures(client_of, refused):
    with refused(GoalError, 'goal: the figure "NPS" is not in outcomes.csv. Found: nothing.'):
        figure("NPS").resolve(client_of())


def test_figures_are_not_checked_against_units():
    assert figure("Freude").resolve(UNITS) == figure("Freude")


@pytest.mark.parametrize(
    ("name", "unit", "value", "percent"),
    [
        ("Termintreue", "relative", 0.1, False),
        ("Termintreue", "points", 0.1, False),
        ("Termintreue", "target", 0.9, True),
        ("Antwortzeit", "relative", 0.1, False),
        ("Antwortzeit", "absolute", 1.5, False),
        ("Antwortzeit", "target", 3, False),
    ],
)
def test_units_that_fit_a_figure(client_of, name, unit, value, percent):
    client = client_of(outcomes=OUTCOMES)
    assert figure(name, unit, value, percent=percent).resolve(client).outcome == name
    kept = figure(name, "relative", 0, direction="keep")
    assert kept.resolve(client) == kept


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (figure("Termintreue", "absolute", 5),
         'it is kept in percent, write its change as "5 percentage points" or in percent'),
        (figure("Termintreue", "target", 90), 'it is kept in percent, write its target as "90 %"'),
        (figure("Antwortzeit", "points", 0.05), 'it is not kept in percent, write its change as "5" or in percent'),
        (figure("Antwortzeit", "target", 0.7, percent=True), 'it is not kept in percent, write its target as "70"'),
    ],
)  # fmt: skip
def test_units_that_do_not_fit_a_figure(client_of, refused, wrong, problem):
    client = client_of(outcomes=OUTCOMES)
    with refused(GoalError, f'goal: the figure "{wrong.outcome}": {problem}.'):
        wrong.resolve(client)


def test_a_resolved_goal_is_written_and_read_again():
    found = goal(place="Süd", area="service").resolve(UNITS)
    assert found.sentence("de") == (
        "Wir wollen die Zahl der aktiven Nutzer im CRM-Bereich Service in der Organisationseinheit Vertrieb/Süd "
        "in 9 Monaten um 20 % erhöhen."
    )
    for language in ("de", "en"):
        assert goals.parse(found.sentence(language), start=found.start).meaning == found.meaning


# change_value, change_unit, direction: targets of 60 of 200
READINGS = {
    (0.2, "relative", "up"): [("relative", 72, 0.36, True), ("points", 100, 0.5, False)],
    (0.2, "points", "up"): [("points", 100, 0.5, True), ("relative", 72, 0.36, False)],
    (0.2, "relative", "down"): [("relative", 48, 0.24, True), ("points", 20, 0.1, False)],
    (1 / 3, "relative", "up"): [("relative", 80, 0.4, True), ("points", 127, 0.635, False)],
    (0.01, "relative", "up"): [("relative", 61, 0.305, True), ("points", 62, 0.31, False)],
    (0.01, "relative", "down"): [("relative", 59, 0.295, True), ("points", 58, 0.29, False)],
    (0.8, "relative", "up"): [("relative", 108, 0.54, True)],
    (1.0, "relative", "up"): [("relative", 120, 0.6, True)],
    (12, "absolute", "up"): [("absolute", 72, 0.36, True)],
    (0.8, "target", "up"): [("target", 160, 0.8, True)],
    (150, "target", "up"): [("target", 150, 0.75, True)],
    (0, "relative", "keep"): [("relative", 60, 0.3, True)],
}


@pytest.mark.parametrize("change", READINGS)
def test_readings_of_a_number(change):
    value, unit, direction = change
    found = goals.reading(goal(change_value=value, change_unit=unit, direction=direction), 60, 200)
    assert (found.n, found.n_total, found.share) == (60, 200, 0.3)
    assert [dataclasses.astuple(target) for target in found.targets] == READINGS[change]


@pytest.mark.parametrize(("n", "n_total"), [(201, 200), (-1, 200), (0, 0)])
def test_baselines_that_cannot_be(n, n_total):
    with pytest.raises(GoalError) as caught:
        goals.reading(goal(), n, n_total)
    assert str(caught.value) == f"goal: `n`: {n} of {n_total} people cannot be a baseline."


def test_no_float_makes_a_target_harder():
    # 60 × 1.2 is 72 as it stands on paper, whatever floats make of it.
    for n in range(5, 400, 5):
        assert goals.reading(goal(), n, 1000).targets[0].n == n + n // 5


def test_resolve_leaves_the_client_as_it_is():
    assignments = pd.DataFrame({"org_unit": ["Vertrieb/Nord", "Vertrieb/Nord"]})
    before = assignments.copy()
    goal(place="nord").resolve(assignments["org_unit"])
    pd.testing.assert_frame_equal(assignments, before)


def test_a_change_that_cannot_be_meant(refused):
    with refused(GoalError, "goal: `change_value`: 1e+308 cannot be meant."):
        goal(change_value=1e308)
