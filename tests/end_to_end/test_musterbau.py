"""From raw Salesforce files to segments: the picture of the sample, and the truth behind each person."""

import csv
import datetime as dt
from pathlib import Path

import pytest

import crmkit
from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import user_pseudonym

TRUTH = Path(__file__).parents[1] / "truth" / "musterbau.csv"


@pytest.fixture(scope="module")
def people(musterbau):
    weeks = crmkit.panel.weekly(musterbau.activity, musterbau, as_of=musterbau.as_of)
    return crmkit.standing.describe(crmkit.segments.assign(weeks), musterbau)


@pytest.fixture(scope="module")
def truth(musterbau):
    key = read_key(musterbau.folder)
    with TRUTH.open(encoding="utf-8") as rows:
        return {user_pseudonym(key, row["account"]): row for row in csv.DictReader(rows)}


def test_thirty_thirty_forty(people):
    shares = crmkit.segments.shares(people).frame.set_index("segment")["share"]
    assert shares["regular"] == pytest.approx(0.30, abs=0.02)
    assert shares["occasional"] == pytest.approx(0.30, abs=0.02)
    assert shares["rare"] == pytest.approx(0.40, abs=0.02)


def test_the_truth_agrees(people, truth):
    assessed = people[people["segment"] != "not_assessable"]
    known = assessed[assessed["user_id"].isin(truth)]
    assert len(known) == len(assessed)
    agreed = [
        truth[user]["segment"] == segment for user, segment in zip(known["user_id"], known["segment"], strict=True)
    ]
    assert sum(agreed) / len(agreed) >= 0.95


def test_who_is_not_assessable_and_who_is_not_there(people, truth):
    """Nobody outside the population is counted, and joiners are never called rare."""
    not_yet = set(people.loc[people["segment"] == "not_assessable", "user_id"])
    assert not_yet == {
        user for user, row in truth.items() if row["segment"] == "not_assessable" and user in set(people["user_id"])
    }
    outside = {user for user, row in truth.items() if row["segment"] in ("", "none", "outside")}
    assert outside & set(people["user_id"]) == set()


def test_tier_by_retrospective(musterbau):
    """The first retrospective had nothing but logins."""
    from crmkit.method import tiers

    first = crmkit.open_client(musterbau.folder, as_of="2025-06-29")
    assert (tiers.of_client(musterbau), tiers.of_client(first)) == ("A", "B")
    assert tiers.definition_of(first).evidence == "logins"


def test_the_calls_of_a_notebook(musterbau, people):
    """Every public call works on the sample as the documentation writes it."""
    c = musterbau
    panel = crmkit.panel.weekly(c.activity, people=c, as_of=c.as_of, weeks=12, definition=None)
    assert list(panel) == ["user_id", "week", "state", "reason", "active", "n_actions", "n_days"]
    assigned = crmkit.segments.assign(panel, definition="crmkit")
    assert list(assigned) == ["user_id", "eligible_weeks", "active_weeks", "week_share", "segment"]
    for name in ("viva", "viva_4w"):
        assert len(crmkit.segments.assign(panel, definition=name)) > 0
    for name in ("mozilla", "frequency", "lifecycle"):
        assert len(crmkit.segments.assign_days(c.activity, as_of=c.as_of, definition=name)) > 0
    assert crmkit.segments.shares(people, by="org_unit").dimensions == ("org_unit", "segment")
    earlier = crmkit.segments.assign(crmkit.panel.weekly(c.activity, c, as_of=dt.date(2026, 3, 29)))
    moved = crmkit.segments.migration(earlier, assigned)
    assert list(moved.frame) == ["segment_before", "segment_after", "n"]
    protected = crmkit.privacy.protect({"standing": crmkit.segments.shares(people)}, k=5, releases=())
    assert crmkit.privacy.audit(protected, k=5, releases=()) == []
    chart = crmkit.charts.segment_bar(protected["standing"], language="en")
    data, metadata = chart._repr_mimebundle_()
    assert "<svg" in data["image/svg+xml"]
    assert metadata["crmkit"]["alt"]


def test_a_goal_from_sentence_to_status(musterbau):
    sentence = "Wir wollen die Zahl der aktiven Nutzer im Bereich Vertrieb in 9 Monaten um 20 % erhöhen."
    goal = crmkit.goals.parse(sentence, start=dt.date(2026, 1, 15)).resolve(musterbau)
    assert goal.sentence("en")
    series = crmkit.progress.readings(goal, musterbau)
    status = crmkit.goals.track(goal, series, as_of=musterbau.as_of)
    assert status.deadline == dt.date(2026, 10, 15)
    assert status.baseline is not None
    assert status.actual is not None
    assert status.target == -(-status.baseline * 12 // 10)


def test_events_to_person_days(musterbau):
    files = sorted((musterbau.folder / "exports" / "eventlog").glob("LightningPageView_2026-06*"))
    events, ledger = crmkit.ingest.read_events(files, reader="salesforce.event_log", settings=None)
    days = crmkit.ingest.daily(events).collect()
    assert days["n_view"].sum() > 0
    assert list(ledger.columns) == ["source", "step", "reason", "n_rows", "share"]
