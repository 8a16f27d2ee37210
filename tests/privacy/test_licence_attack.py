"""Nobody who holds the tables of licences can tell what a few people do, though contract and prices are known."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crmkit import privacy, schema
from crmkit.client import open_client
from crmkit.method import licences, panel, segments, standing
from tests.privacy.licence_attacker import LEFT, NEW, Attacker, Contract, Group, client_by_chance

SETTINGS = """
name: Muster GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: generic.users}
"""
TABLES = ("waterfall", "use", "cost", "cost_by_type", "figures", "scenario")
#: Weeks of the window in which people of a kind work.
WEEKS = {"r": 12, "o": 5, "w": 2, "x": 0, "n": 3, "l": 12, "s": 12}
SEEDS = 12


def make_client(folder: Path, contracts: list[Contract], groups: list[Group]):
    people = [(f"{group.kind}{g:02}{i:02}", group) for g, group in enumerate(groups) for i in range(group.n)]
    users = pd.DataFrame(
        {
            "user_id": user,
            "person_id": user,
            "account_type": "service" if group.kind == "s" else "person",
            "last_active": pd.Timestamp("2026-03-01") if group.kind == LEFT else pd.NaT,
        }
        for user, group in people
    )
    assignments = pd.DataFrame(
        {"user_id": user, "from_date": pd.Timestamp("2026-06-01" if group.kind == NEW else "2024-01-01"),
         "to_date": pd.NaT, "licence": licence}
        for user, group in people for licence in sorted(group.licences)
    )  # fmt: skip
    tuesdays = pd.date_range(end="2026-06-23", periods=12, freq="7D")[::-1]
    activity = pd.DataFrame(
        {"user_id": user, "date": day, "source": "log", "area": "sales", "n_view": 1}
        for user, group in people for day in tuesdays[: WEEKS[group.kind]]
    )  # fmt: skip
    days = pd.date_range("2025-06-01", "2026-06-28")
    bought = pd.DataFrame(
        {"licence": one.licence, "n_purchased": one.n, "unit_cost_month": one.price, "currency": one.currency}
        for one in contracts
    ).assign(cost_year=np.nan, notice_date=pd.NaT)
    tables = {
        "users": users, "assignments": assignments, "licences": bought,
        "coverage": pd.DataFrame({"source": "log", "date": days, "complete": True, "tier": "A"}),
    } | ({"activity": activity} if len(activity) else {})  # fmt: skip
    (folder / "prepared").mkdir(parents=True)
    (folder / "client.yml").write_text(SETTINGS, encoding="utf-8")
    for name, rows in tables.items():
        schema.conform(rows, name).to_parquet(folder / "prepared" / f"{name}.parquet")
    return open_client(folder)


def told_of(folder: Path, contracts: list[Contract], groups: list[Group]) -> list[tuple[str, int, int, int]]:
    """Return of whom the protected tables of a client tell."""
    client = make_client(folder, contracts, groups)
    people = standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)
    made = {name: getattr(licences, name)(people, client) for name in TABLES}
    made |= {"standing": standing.overview(people, client), "details": standing.details(people)}
    attacker = Attacker(contracts, groups)
    attacker.look_at(privacy.protect(made))
    return attacker.told(5)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_clients_by_chance(tmp_path, seed):
    assert told_of(tmp_path, *client_by_chance(np.random.default_rng(seed))) == []


def groups_of(text: str) -> list[Group]:
    """Read ``A: 20r 10x, A+B: 2r`` as groups of people."""
    parts = (part.split(":") for part in text.split(","))
    return [
        Group(int(word[:-1]), word[-1], frozenset(held.strip().split("+")))
        for held, words in parts for word in words.split()
    ]  # fmt: skip


def contracts_of(text: str) -> list[Contract]:
    """Read ``A 50@100 EUR`` as what was bought."""
    rows = (part.split() for part in text.split(","))
    return [Contract(name, int(n.split("@")[0]), float(n.split("@")[1]), currency) for name, n, currency in rows]


@pytest.mark.parametrize(
    ("bought", "held"),
    [
        # what the waterfall counts is what segments and licences count
        ("A 50@100 EUR", "A: 30r 2x"),
        ("A 40@10 EUR, B 3@100 EUR", "A: 20r 9x, B: 2r"),
        ("A 60@10 EUR", "A: 20r 10x, Gold: 2r"),
        ("A 40@10 EUR, B 30@100 CHF", "A: 20r, B: 12r, A+B: 2r, Gold: 6r"),
        # leavers and newcomers, beside technical accounts
        ("A 50@100 EUR", "A: 20r 10x 2l"),
        ("A 50@100 EUR", "A: 20r 10x 2l 4s"),
        ("A 30@10 CHF", "A: 7r 4o 2x 4n 2s"),
        # more held than bought
        ("A 18@10 EUR, B 3@40 EUR", "A: 2r 9x, B: 7r"),
        ("A 15@25 EUR, B 10@100 EUR", "A: 8x, B: 6r 8x"),
        ("A 18@40 EUR, B 5@25 EUR, C 25@110 CHF", "A: 1r 7x, B: 5r 7x, C: 7r 4o, B+C: 4x, A+C: 1x"),
        # two prices in one currency
        ("A 21@25 EUR, B 12@10 EUR", "A: 8r 7x, B: 5r 1x"),
        ("A 16@40 EUR, B 22@100 EUR", "A: 8r 8x, B: 10r 1x"),
        ("A 19@10 EUR, B 0@25 EUR", "A: 14r 3x 7l, B: 12r 7x 1s"),
        # how many rows a scenario has
        ("A 7@100 EUR", "A: 2r 6x"),
        ("A 40@10 EUR, B 3@100 CHF", "A: 20r 9x, B: 2r"),
        ("A 10@40 EUR, B 13@10 CHF", "A: 7r, B: 10r 8x 1o"),
    ],
)
def test_what_has_told_once(tmp_path, bought, held):
    assert told_of(tmp_path, contracts_of(bought), groups_of(held)) == []


def test_the_attacker_finds_what_is_not_protected(tmp_path):
    """Two idle people, in tables of which only single numbers were masked."""
    contracts, groups = contracts_of("A 50@100 EUR"), groups_of("A: 30r 2x")
    client = make_client(tmp_path, contracts, groups)
    people = standing.describe(segments.assign(panel.weekly(client.activity, client, as_of=client.as_of)), client)
    made = {name: privacy.protect(getattr(licences, name)(people, client)) for name in TABLES}
    made |= {"standing": privacy.protect(standing.overview(people, client)), "details": standing.details(people)}
    attacker = Attacker(contracts, groups)
    attacker.look_at(made)
    assert ("idle A", 2, 2, 2) in attacker.told(5)


if __name__ == "__main__":
    n_told = 0
    for seed in range(int(sys.argv[1])):
        with tempfile.TemporaryDirectory() as place:
            found = told_of(Path(place) / "client", *client_by_chance(np.random.default_rng(seed)))
        n_told += len(found)
        if found:
            print(seed, found)
    print(f"{sys.argv[1]} clients, {n_told} groups of fewer than 5 people told of")
