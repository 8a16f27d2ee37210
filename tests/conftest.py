"""Fixtures that several rooms use."""

import datetime as dt
from contextlib import contextmanager

import pandas as pd
import pytest
from hypothesis import settings

from crmkit import schema
from crmkit.client import Client, open_client

# machines are noisy: no example fails for the time it takes
settings.register_profile("kit", deadline=None)
settings.load_profile("kit")

SETTINGS = """
name: Muster GmbH
as_of: 2026-06-28
subdivision: BY
exports:
  - {file: exports/users.csv, reader: generic.users}
"""


@pytest.fixture
def client_of(tmp_path):
    """Return a function that writes tables as a prepared client folder and opens it."""

    def make(*, settings: str = "", as_of: str = "", **tables: pd.DataFrame) -> Client:
        (tmp_path / "prepared").mkdir(exist_ok=True)
        (tmp_path / "client.yml").write_text(SETTINGS + settings, encoding="utf-8")
        for name in {"users", *tables}:
            rows = schema.conform(tables[name], name) if name in tables else schema.empty(name)
            rows.to_parquet(tmp_path / "prepared" / f"{name}.parquet")
        return open_client(tmp_path, as_of=as_of)

    return make


@pytest.fixture
def people_tables():
    """Return a function that makes users, assignments and coverage of persons who are simply there."""

    def make(user_ids: list[str], *, covered=("2025-06-01", "2026-06-28"), tier="A", source="log", **columns):
        users = pd.DataFrame({"user_id": user_ids, "person_id": user_ids, "account_type": "person"})
        assignments = pd.DataFrame(
            {"user_id": user_ids, "from_date": pd.Timestamp("2024-01-01"), "to_date": pd.NaT, "licence": "Sales"}
        ).assign(**columns)
        days = pd.date_range(*covered)
        coverage = pd.DataFrame({"source": source, "date": days, "complete": True, "tier": tier})
        return {"users": users, "assignments": assignments, "coverage": coverage}

    return make


@pytest.fixture
def days_in_weeks():
    """Return a function that makes one person-day on the Tuesday of each of the last n weeks up to a day."""

    def make(user_id: str, n_weeks: int, *, last="2026-06-28", source="log", area="sales", **counts) -> pd.DataFrame:
        sunday = dt.date.fromisoformat(last)
        dates = [sunday - dt.timedelta(days=5 + 7 * week) for week in range(n_weeks)]
        rows = pd.DataFrame({"user_id": user_id, "date": pd.to_datetime(dates), "source": source, "area": area})
        return rows.assign(**(counts or {"n_view": 1}))

    return make


@pytest.fixture
def refused():
    """Return a context manager that expects an error with exactly this message."""

    @contextmanager
    def expect(error: type[Exception], message: str):
        with pytest.raises(error) as caught:
            yield
        assert str(caught.value) == message

    return expect
