"""From a wish to a goal that can be measured."""

import pandas as pd
import pytest

from crmkit import formulation
from crmkit.errors import GoalError

N_WEEKS = 40


@pytest.fixture
def client(client_of, people_tables, days_in_weeks):
    """30 of 90 people work every week, all of them in Nord; 3 of the 15 in Süd do; nobody has areas but sales."""
    ids = [f"u{i:02}" for i in range(105)]
    units = ["Vertrieb/Nord"] * 60 + ["Service"] * 30 + ["Vertrieb/Süd"] * 15
    days = [days_in_weeks(user, N_WEEKS) for user in [*ids[:30], *ids[90:93]]]
    return client_of(activity=pd.concat(days), **people_tables(ids, org_unit=units))


@pytest.mark.parametrize(
    ("wish", "sentence", "taken"),
    [
        (
            "Nord soll das CRM öfter nutzen",
            "regelmäßigen Nutzer in der Organisationseinheit Vertrieb/Nord in 9 Monaten um 5 % erhöhen",
            ("direction", "place"),
        ),
        (
            "Wir brauchen mehr aktive Nutzer im Vertrieb, binnen eines Jahres",
            "aktiven Nutzer in der Organisationseinheit Vertrieb in 12 Monaten um 5 % erhöhen",
            ("metric", "direction", "term", "place"),
        ),
        # Three of fifteen cannot be told: the department above them.
        (
            "Süd soll mehr",
            "regelmäßigen Nutzer in der Organisationseinheit Vertrieb in 9 Monaten um 5 % erhöhen",
            ("direction", "place"),
        ),
        ("", "regelmäßigen Nutzer in 9 Monaten um 5 % erhöhen", ()),
        ("fewer regular users", "regelmäßigen Nutzer in 9 Monaten um 5 % senken", ("metric", "direction")),
    ],
)
def test_wishes(client, wish, sentence, taken):
    found = formulation.propose(client, wish)
    assert found.goal.sentence("de") == f"Wir wollen die Zahl der {sentence}."
    assert found.taken == taken
    assert found.status.status == "too_early"
    assert found.goal.wording == found.goal.sentence("de")


def test_a_goal_that_can_be_measured_stays(client):
    wish = "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 20 % erhöhen."
    found = formulation.propose(client, wish, start="2026-07-01")
    assert (found.goal.sentence("de"), found.reasons) == (wish, ())
    assert (found.goal.start.isoformat(), found.goal.deadline.isoformat()) == ("2026-07-01", "2027-04-01")
    assert (found.status.baseline, found.status.target) == (33, 40)


def test_reasons_are_said(client):
    said = formulation.propose(client, "Süd soll mehr").reasons
    assert any(line.startswith("regular users:") for line in said)
    assert "Vertrieb instead of Vertrieb/Süd: there it could not be measured" in said


def test_no_goal_beyond_everybody(client_of, people_tables, days_in_weeks):
    """All 60 work every week: there is nobody left to win."""
    ids = [f"u{i:02}" for i in range(60)]
    days = pd.concat([days_in_weeks(user, N_WEEKS) for user in ids])
    client = client_of(activity=days, **people_tables(ids, org_unit="Vertrieb"))
    with pytest.raises(GoalError, match="no goal can be proposed that could be measured"):
        formulation.propose(client, "Mehr regelmäßige Nutzer")


def test_no_log(client_of, people_tables, refused):
    client = client_of(**people_tables([f"u{i:02}" for i in range(60)], tier="C"))
    with refused(GoalError, '"mehr": no goal can be proposed that could be measured (no reading).'):
        formulation.propose(client, "mehr")
    with refused(GoalError, '"bessere Datenqualität": no goal can be proposed that could be measured (no figures).'):
        formulation.propose(client, "bessere Datenqualität")


@pytest.mark.parametrize(
    "wish",
    [
        "Nutzungsquote auf 75 %", "um 10 Prozentpunkte mehr", "Nutzer verdoppeln", "aktive Nutzer halten",
        "weniger Doppelerfassung im Vertrieb", "Das CRM soll weniger Zeit kosten und mehr genutzt werden",
        "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen.", "mehr bis 31.12.2020",
        "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 900 % erhöhen.",
    ],
)  # fmt: skip
def test_what_was_stated_is_never_left_out(client, wish):
    with pytest.raises(GoalError):
        formulation.propose(client, wish)


@pytest.mark.parametrize("months", [0, 1.5, 10**6])
def test_terms(client, months, refused):
    with refused(GoalError, f"goal: `months`: {months} is no number of months from 1 to 120."):
        formulation.propose(client, "mehr", months=months)
