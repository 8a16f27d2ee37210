"""A panel as arrays of persons × weeks, the form in which windows are counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError, listed
from crmkit.method import made
from crmkit.method.eligibility import OUTSIDE, REASONS, Weeks
from crmkit.method.window import weeks_of

NEEDED = ("user_id", "week", "state", "reason", "active")
_WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True, eq=False)
class Matrix:
    """Persons × weeks of a panel, without those outside the population.

    Attributes
    ----------
    users
        Persons, sorted.
    mondays
        All weeks from the panel's first to its last, without a hole.
    eligible, active
        Whether a week counts, and whether there was work in one that counts; persons × weeks.
    n_actions
        Actions, persons × weeks.
    is_new
        Persons within their onboarding time.
    """

    users: np.ndarray
    mondays: np.ndarray
    eligible: np.ndarray
    active: np.ndarray
    n_actions: np.ndarray
    is_new: np.ndarray


def of(panel: pd.DataFrame, *, last: int | None = None) -> Matrix:
    """Return a panel, or its last weeks, as arrays.

    A week between the panel's first and last for which a person has no row is one without use that counts: a
    panel that leaves out the weeks without use (sparse) gives the same as one that holds them (dense).

    Parameters
    ----------
    panel
        Contract `panel`; its rows in any order.
    last
        Number of weeks to look at, counted back from the panel's end; None: all.

    Raises
    ------
    MethodError
        If a column is missing, or a person has two rows in a week.
    """
    panel = _as_panel(panel)
    mondays = _mondays(panel)
    user, users = _users(panel, len(mondays))
    flags = _of_persons(panel["reason"], user, len(users))
    if last is not None and last < len(mondays):
        # Whoever has a row only before the window stays: as a person without use in it.
        mondays = mondays[-last:]
        inside = panel["week"].to_numpy() >= mondays[0]
        panel, user = panel[inside], user[inside]
    week = ((panel["week"].to_numpy() - mondays[0]) // _WEEK).astype(int) if len(mondays) else np.zeros(0, int)
    cell, shape = user * len(mondays) + week, (len(users), len(mondays))
    rows = np.bincount(cell, minlength=shape[0] * shape[1])
    if (rows > 1).any():
        raise MethodError("panel: a person has two rows in one week, expected one.")
    counts = panel["n_actions"].to_numpy() if "n_actions" in panel else np.zeros(len(panel), int)
    eligible, active = np.ones(shape, bool), np.zeros(shape, bool)
    n_actions = np.zeros(shape, np.int64)
    eligible.ravel()[cell] = panel["state"].to_numpy() == "eligible"
    active.ravel()[cell] = panel["active"].to_numpy()
    n_actions.ravel()[cell] = counts
    is_outside, is_new = flags
    order = np.argsort(users, kind="stable")
    kept = order[~is_outside[order]]
    return Matrix(
        users[kept], mondays, eligible[kept], (active & eligible)[kept], n_actions[kept],
        is_new[kept],
    )  # fmt: skip


def of_weeks(weeks: Weeks, active: np.ndarray) -> Matrix:
    """Return a window of `eligibility.Weeks` as a matrix; actions are not counted."""
    outside, new = ([REASONS.index(reason) for reason in codes] for codes in (OUTSIDE, ("onboarding",)))
    # Reasons of a person hold for all weeks of the window.
    reason = weeks.reason[:, 0] if weeks.reason.shape[1] else np.zeros(len(weeks.users), int)
    order = np.argsort(weeks.users.to_numpy(dtype=object), kind="stable")
    kept = order[~np.isin(reason, outside)[order]]
    eligible = weeks.is_eligible[kept]
    return Matrix(
        weeks.users.to_numpy(dtype=object)[kept], weeks.mondays.to_numpy(), eligible, active[kept] & eligible,
        np.zeros(eligible.shape, np.int64), np.isin(reason, new)[kept],
    )  # fmt: skip


def _users(panel: pd.DataFrame, n_weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's person as a number, and the persons.

    A panel as `panel.weekly` makes it, sorted and without a hole, needs no hashing of a million texts.
    """
    names = panel["user_id"]
    if len(panel) and len(panel) % n_weeks == 0:
        is_next = np.ones(len(panel), bool)
        is_next[1:] = np.asarray(names.iloc[1:].array == names.iloc[:-1].array, dtype=bool)
        firsts = names.iloc[::n_weeks]
        if is_next.reshape(-1, n_weeks)[:, 1:].all() and firsts.is_unique:
            return np.repeat(np.arange(len(firsts)), n_weeks), firsts.to_numpy(dtype=object)
    user, users = pd.factorize(names)
    return user, np.asarray(users, dtype=object)


def _as_panel(panel: pd.DataFrame) -> pd.DataFrame:
    """Return a panel by its contract, whatever file it has come through; one made by the kit is taken as it is."""
    columns = list(getattr(panel, "columns", ()))
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise MethodError(f"panel: {listed(missing)} missing. Found: {listed(columns)}.")
    kinds = {"user_id": "str", "reason": "str", "week": "datetime64[us]", "active": "bool", "state": "str"}
    if isinstance(panel, pd.DataFrame) and all(
        panel[column].dtype == kind and not panel[column].hasnans for column, kind in kinds.items()
    ):
        return panel
    conformed = schema.conform(panel, "panel")
    if (conformed["user_id"] == "").any() or conformed["week"].isna().any():
        raise MethodError("panel: `user_id` or `week` is empty in some rows.")
    conformed.attrs = dict(getattr(panel, "attrs", {}))
    return conformed


def _mondays(panel: pd.DataFrame) -> np.ndarray:
    """Return all weeks of a panel.

    A panel that knows its day and length begins and ends where its window does, whatever rows it has.
    """
    if panel.empty:
        return np.zeros(0, "datetime64[us]")
    weeks = panel["week"].to_numpy()
    as_of, length = made.day_of(panel), made.weeks_of(panel)
    known = weeks_of(as_of, weeks=length or 1).to_numpy() if as_of else weeks
    first, end = min(weeks.min(), known.min()), max(weeks.max(), known.max())
    return np.arange(first, end + _WEEK, _WEEK)


def _of_persons(reason: pd.Series, user: np.ndarray, n_users: int) -> tuple[np.ndarray, np.ndarray]:
    """Return who is outside the population, and who is new to it."""
    has_reason = np.flatnonzero(np.asarray(reason.array != "", dtype=bool))
    codes, reasons = pd.factorize(reason.iloc[has_reason])
    flags = []
    for wanted in (OUTSIDE, ("onboarding",)):
        hit = np.isin(np.asarray(reasons, dtype=object), wanted)[codes]
        flags.append(np.bincount(user[has_reason][hit], minlength=n_users) > 0)
    return flags[0], flags[1]
