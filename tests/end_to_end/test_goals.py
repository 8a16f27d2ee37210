"""The goals of the sample clients from raw exports: every status once, baselines that were frozen in January hold."""

import datetime as dt

import pytest

import crmkit

STATUSES = {
    "musterbau": {
        "Aktive Nutzer im Vertrieb": "on_track", "Regelmäßige Nutzer": "at_risk", "Nutzungsquote": "off_track",
        "Regelmäßige Nutzer im Service": "reached", "Rückmeldung auf Angebote": "too_early",
    },
    "harbourfinch": {
        "Active users in Client Services": "off_track", "Regular users": "at_risk", "Active users in Sales": "missed",
        "Regular users in Operations": "not_measurable", "Usage rate": "too_early",
    },
    "kleinod": {"Regelmäßige Nutzer": "not_measurable"},
}  # fmt: skip


@pytest.fixture(scope="module")
def followed(samples):
    """Return client → id → followed goal."""
    found = {}
    for name in STATUSES:
        crmkit.ingest.prepare(samples / name)
        client = crmkit.open_client(samples / name)
        found[name] = {one.goal.id: one for one in crmkit.progress.follow(client)}
    return found


@pytest.mark.parametrize("name", STATUSES)
def test_statuses(followed, name):
    assert {key: one.status.status for key, one in followed[name].items()} == STATUSES[name]


def test_every_status_stands_in_a_sample():
    from crmkit.report.text.words import WORDS

    assert {status for goals in STATUSES.values() for status in goals.values()} == set(WORDS["status"])


def test_frozen_baselines_hold(followed):
    frozen = {key: one.frozen.frozen_on for key, one in followed["musterbau"].items() if one.frozen}
    assert set(frozen) == set(STATUSES["musterbau"]) - {"Rückmeldung auf Angebote"}
    assert set(frozen.values()) == {dt.date(2026, 1, 31)}
    assert {one.changed for one in followed["musterbau"].values()} == {()}


def test_a_probability_needs_a_year(followed):
    assert {one.status.probability for one in followed["musterbau"].values()} == {None}
    known = {key: one.status.probability for key, one in followed["harbourfinch"].items()}
    assert 0.25 <= known["Regular users"] < 0.6
    assert known["Active users in Client Services"] < 0.25


def test_why_and_where(followed):
    small = followed["harbourfinch"]["Regular users in Operations"]
    assert (small.status.reason, small.measurable_in) == ("few_people", "*")
    assert followed["kleinod"]["Regelmäßige Nutzer"].status.reason == "no_log"


def test_as_of_the_day_of_the_decision(samples):
    """Seen from January, the goals have begun and none is judged; 10 % of 17 are lost in the weeks of Christmas."""
    crmkit.ingest.prepare(samples / "musterbau")
    client = crmkit.open_client(samples / "musterbau", as_of="2026-01-31")
    found = {one.goal.id: (one.status.status, one.status.reason) for one in crmkit.progress.follow(client)}
    assert found.pop("Regelmäßige Nutzer im Service") == ("not_measurable", "noise")
    assert set(found.values()) == {("too_early", "")}
