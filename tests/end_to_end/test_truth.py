"""What the kit finds in the samples against what their generator meant, person by person."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import crmkit
from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import user_pseudonym
from crmkit.method.definition import Definition

TRUTH = Path(__file__).parents[1] / "truth"
#: Smallest share of assessed people whose segment agrees (0–1).
AGREED = 0.97


@pytest.fixture(scope="module", params=["musterbau", "harbourfinch"])
def case(request, samples):
    """Return people with their segments, and the truth of every account, of the clients that have a log."""
    folder = samples / request.param
    crmkit.ingest.prepare(folder)
    client = crmkit.open_client(folder)
    weeks = crmkit.panel.weekly(client.activity, client, as_of=client.as_of)
    people = crmkit.standing.describe(crmkit.segments.assign(weeks), client)
    return client, people.set_index("user_id"), truth_of(client, request.param)


def truth_of(client, name: str) -> pd.DataFrame:
    key = read_key(client.folder)
    with (TRUTH / f"{name}.csv").open(encoding="utf-8") as file:
        rows = pd.DataFrame(list(csv.DictReader(file)))
    return rows.set_index(rows["account"].map(lambda account: user_pseudonym(key, account)))


def test_segments_agree_with_the_truth(case):
    _, people, truth = case
    assessed = people[people["segment"] != "not_assessable"]
    assert set(assessed.index) <= set(truth.index)
    agrees = assessed["segment"] == truth.loc[assessed.index, "segment"]
    assert agrees.mean() >= AGREED


def test_everybody_assessable_is_assessed_and_nobody_else(case):
    _, people, truth = case
    persons = truth[truth["segment"] != ""].drop_duplicates("person")
    assert len(people) == len(persons)
    not_yet = set(people.index[people["segment"] == "not_assessable"])
    assert set(truth.loc[list(not_yet), "segment"]) <= {"not_assessable"}
    assert len(not_yet) == (persons["segment"] == "not_assessable").sum()


@pytest.mark.parametrize("name", ["musterbau", "harbourfinch"])
def test_every_account_that_no_human_works_with_is_found(samples, name):
    crmkit.ingest.prepare(samples / name)
    client = crmkit.open_client(samples / name)
    kinds = client.users.set_index("user_id")["account_type"]
    truth = truth_of(client, name)
    assert (truth["account_type"] != "person").any()
    assert (kinds.loc[truth.index] == truth["account_type"]).all()


def test_last_logins_agree_with_the_truth(samples):
    crmkit.ingest.prepare(samples / "kleinod")
    client = crmkit.open_client(samples / "kleinod")
    found = crmkit.standing.last_logins(client).frame.set_index("band")["n"]
    truth = truth_of(client, "kleinod")
    meant = truth.loc[truth["detail"] != "", "detail"].value_counts()
    assert found[found > 0].to_dict() == meant.to_dict()


#: Seed of the simulated workforce.
SEED = 20260913
SUMMER, SPRING = "2026-09-13", "2026-06-28"


def workforce(as_of: str, *, in_weeks_present: float, n_people: int = 400) -> tuple[pd.DataFrame, dict]:
    """Return a steady workforce that takes two or three weeks off between mid-July and mid-September."""
    rng = np.random.default_rng(SEED)
    mondays = pd.date_range(end=pd.Timestamp(as_of) - pd.Timedelta(days=6), periods=12, freq="7D")
    users = [f"u{n:03}" for n in range(n_people)]
    start = pd.Timestamp("2026-07-13") + pd.to_timedelta(7 * rng.integers(0, 7, n_people), unit="D")
    end = start + pd.to_timedelta(7 * rng.integers(2, 4, n_people), unit="D")
    away = (mondays.to_numpy() >= start.to_numpy()[:, None]) & (mondays.to_numpy() < end.to_numpy()[:, None])
    works = ~away & (rng.random(away.shape) < in_weeks_present)
    who, week = np.nonzero(works)
    days = pd.DataFrame({"user_id": np.array(users)[who], "date": mondays[week] + pd.Timedelta(days=1), "n_view": 1})
    listed = pd.DataFrame({"user_id": users, "person_id": users})
    who, week = np.nonzero(away)
    absent = pd.DataFrame({"user_id": np.array(users)[who], "week": mondays[week], "available_days": 0.0})
    coverage = pd.DataFrame(
        {"source": "log", "date": pd.date_range("2026-01-01", as_of), "complete": True, "tier": "A"}
    )
    spans = listed[["user_id"]].assign(from_date=pd.Timestamp("2023-01-01"))
    tables = {"users": listed, "assignments": spans, "coverage": coverage, "availability": absent}
    return days.assign(source="log"), tables


def regular_share(as_of: str, *, in_weeks_present: float, absences_known: bool) -> float:
    days, tables = workforce(as_of, in_weeks_present=in_weeks_present)
    rule = Definition(regular_share=0.75) if absences_known else Definition()
    given = tables if absences_known else {name: rows for name, rows in tables.items() if name != "availability"}
    weeks = crmkit.panel.weekly(days, given, as_of=as_of, definition=rule)
    return (crmkit.segments.assign(weeks)["segment"] == "regular").mean()


def test_summer_moves_no_steady_person_out_of_regular_when_absences_are_known():
    assert regular_share(SUMMER, in_weeks_present=1.0, absences_known=True) == 1.0


def test_summer_hardly_moves_people_of_nine_weeks_in_ten():
    """Who works in nine of ten weeks present is regular in spring and summer; without absences, not in summer."""
    spring = regular_share(SPRING, in_weeks_present=0.9, absences_known=True)
    summer = regular_share(SUMMER, in_weeks_present=0.9, absences_known=True)
    unknown = regular_share(SUMMER, in_weeks_present=0.9, absences_known=False)
    assert spring >= 0.95
    assert spring - summer <= 0.05
    assert summer - unknown >= 0.05
