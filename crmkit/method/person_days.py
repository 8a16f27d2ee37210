"""Segments that other people publish and that rest on person-days instead of weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method import made, matrix, panel
from crmkit.method.definition import Definition, named
from crmkit.method.population import Population
from crmkit.method.window import day_of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Mozilla: active on at least this many of the 27 days before `as_of`.
MOZILLA_DAYS, MOZILLA_WINDOW = 14, 27
FREQUENCY_WINDOW = 28
#: Days used in 28 days → band.
FREQUENCY_BANDS = {"days_20_plus": 20, "days_11_19": 11, "days_6_10": 6, "days_1_5": 1}


def assign_days(
    activity: object,
    people: Client | Population | Mapping[str, pd.DataFrame] | None = None,
    *,
    as_of: dt.date | str,
    definition: str = "mozilla",
) -> pd.DataFrame:
    """Return the segment of every person under a definition that counts days.

    Parameters
    ----------
    activity
        Contract `activity`; views and writes by people count.
    people
        As in `panel.weekly`: then everybody of the population has a row, also without any activity, on the
        evidence that a client's data allow. None: everyone with a row in `activity`.
    as_of
        Day of the retrospective.
    definition
        ``mozilla``: regular = active on ≥ 14 of the 27 days before `as_of`, else not_regular. Source: Mozilla
        Data Documentation, "Active DAU and regular users" (regular user v3).
        ``frequency``: days used in the 28 days up to `as_of`: days_1_5, days_6_10, days_11_19, days_20_plus,
        none. Source: bands as in L28 histograms of days active (Facebook growth accounting, "L-ness").
        ``lifecycle``: in the month of `as_of`: new (first event ever), returning (active the month before too),
        resurrecting (active again after a pause), dormant (not active this month), never (no work action at
        all). Source: growth accounting, J. Hsu (Social Capital), Diligence at Social Capital, part 1 (2015).

    Returns
    -------
    pandas.DataFrame
        user_id, active_days (in the definition's window), segment; sorted by user_id.

    Raises
    ------
    MethodError
        If the definition is not one for days.
    """
    rules = {"mozilla": _mozilla, "frequency": _frequency, "lifecycle": _lifecycle}
    if definition not in rules:
        raise MethodError(f'definition "{definition}" does not count days. Known: {", ".join(rules)}.')
    day = pd.Timestamp(day_of(as_of))
    rows = schema.conform(activity, "activity")
    rows = rows[rows["date"] <= day]
    if people is None:
        rule, users = Definition(), sorted(rows["user_id"].unique())
    else:
        weeks = panel.weekly(rows, people, as_of=day.date())
        rule, users = made.rule_of(weeks) or Definition(), list(matrix.of(weeks).users)
    work = panel.work_actions(rows, people, definition=rule)
    days = work[["user_id", "date"]].drop_duplicates()
    found = rules[definition](days, pd.Index(users, name="user_id"), day).reset_index()
    made.note(found, named(definition), as_of=day.date())
    return found


def _days(days: pd.DataFrame, users: pd.Index, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    inside = days[days["date"].between(first, last)]
    return inside.groupby("user_id").size().reindex(users, fill_value=0).rename("active_days")


def _mozilla(days: pd.DataFrame, users: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    n_days = _days(days, users, day - pd.Timedelta(days=MOZILLA_WINDOW), day - pd.Timedelta(days=1))
    return n_days.to_frame().assign(segment=np.where(n_days >= MOZILLA_DAYS, "regular", "not_regular"))


def _frequency(days: pd.DataFrame, users: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    n_days = _days(days, users, day - pd.Timedelta(days=FREQUENCY_WINDOW - 1), day)
    bands = np.select([n_days >= least for least in FREQUENCY_BANDS.values()], list(FREQUENCY_BANDS), "none")
    return n_days.to_frame().assign(segment=bands)


def _lifecycle(days: pd.DataFrame, users: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    month = day.to_period("M")
    now = _days(days, users, month.start_time, day)
    before = _days(days, users, (month - 1).start_time, (month - 1).end_time)
    first = days.groupby("user_id")["date"].min().reindex(users)
    segment = np.select(
        [first.isna(), now == 0, first >= month.start_time, before > 0],
        ["never", "dormant", "new", "returning"],
        "resurrecting",
    )
    return now.to_frame().assign(segment=segment)
