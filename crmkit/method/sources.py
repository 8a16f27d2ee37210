"""What each source covers of the window, and how far it can be relied on: a light, and the reasons for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from crmkit.method import tiers
from crmkit.method.window import days_of

#: Lights from best to worst.
LIGHTS = ("green", "amber", "red")
#: Code of a reason → the light that it alone would give.
REASONS: dict[str, str] = {
    # a log
    "covers_window": "green", "covers_part": "amber", "covers_nothing": "red", "gaps": "amber",
    "gaps_outside": "green", "perhaps_cut_off": "amber", "logins_missing": "amber", "many_unknown": "amber",
    "expires_soon": "green", "not_counted": "green",
    # a list of accounts
    "current_list": "green", "old_list": "amber", "no_last_logins": "amber",
    # licences, sums
    "delivered": "green",
}  # fmt: skip
#: Tables that the consultant keeps herself: no source of the CRM.
OWN_TABLES = (
    "licences", "changes", "measures", "parallel_lists", "survey", "voices", "outcomes", "org_map", "availability",
    "people.csv",
)  # fmt: skip
#: Reasons for which a row is lost because something about it is not known.
UNKNOWN = ("not_in_user_list", "unknown_user", "unknown_event_type", "unreadable_date", "no_user", "no_time")
#: Share of a source's rows (0–1) from which losing them for such a reason is said.
MANY_UNKNOWN = 0.05
#: Age of the newest user list (days before the end of the window) from which it is old.
OLD_LIST_DAYS = 28
#: Days before the system forgets what follows the last day delivered, from which on that is said.
EXPIRES_DAYS = 30
#: Reason of the ledger → reason of a light.
_COMPARED = {"perhaps_cut_off": "perhaps_cut_off", "login_not_in_log": "logins_missing"}
_LOGS = ("A", "B")
COLUMNS = (
    "source", "tier", "n_rows", "n_person_days", "first_date", "last_date", "covered_share", "n_gap_days",
    "expires_date", "light", "reasons",
)  # fmt: skip


def overview(
    coverage: pd.DataFrame,
    activity: pd.DataFrame,
    ledger: pd.DataFrame,
    *,
    as_of: dt.date,
    weeks: int = 12,
    last_logins: bool = True,
    tier_of: Mapping[str, str] | None = None,
    keeps_days: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Return what each source has, covers and is worth.

    Parameters
    ----------
    coverage, activity, ledger
        Contracts of these names.
    as_of, weeks
        The window.
    last_logins
        Whether the user list states any last login.
    tier_of
        Source without coverage → data tier of its export (A–E).
    keeps_days
        Source → for how long the system keeps it (days).

    Returns
    -------
    pandas.DataFrame
        A row a source, sorted by name: source, tier, n_rows read, n_person_days, first_date and last_date of the
        days covered, covered_share of the window's weeks (0–1; missing where no log), n_gap_days inside the
        window, expires_date (day on which the system forgets the day after the last one), light (one of
        `LIGHTS`), reasons (tuple of codes, keys of `REASONS`, the worst first).
    """
    n_rows = ledger[ledger["step"] == "read"].groupby("source")["n_rows"].sum()
    missing = gaps(coverage)
    names = sorted({*n_rows.index, *coverage["source"]} - {*OWN_TABLES})
    rows = []
    for source in names:
        days = coverage[coverage["source"] == source]
        tier = str(days["tier"].iloc[0]) if len(days) else (tier_of or {}).get(source, "")
        row = {
            "source": source,
            "tier": tier,
            "n_rows": int(n_rows.get(source, 0)),
            "n_person_days": int((activity["source"] == source).sum()),
            **_covered(days, tier, as_of=as_of, weeks=weeks),
            "n_gap_days": n_inside(missing[missing["source"] == source], as_of=as_of, weeks=weeks),
            "expires_date": _expires(days, (keeps_days or {}).get(source)),
        }
        found = _reasons(row, missing, ledger, as_of=as_of, weeks=weeks, last_logins=last_logins)
        rows.append(row | {"light": light_of(found), "reasons": found})
    return _typed(rows)


def light_of(reasons: Iterable[str]) -> str:
    """Return the worst light that reasons give, green without any.

    Examples
    --------
    >>> light_of(["covers_part", "gaps_outside"])
    'amber'
    """
    return max((REASONS[reason] for reason in reasons), key=LIGHTS.index, default=LIGHTS[0])


def gaps(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the days that a log leaves open between its first and its last day.

    Parameters
    ----------
    coverage
        Contract `coverage`; days that are not complete, or not there at all, are open.

    Returns
    -------
    pandas.DataFrame
        A row a run of open days of a source of tier A or B: source, from_date, to_date, n_days (working days,
        Monday to Friday). Weekends neither begin nor part a run.
    """
    logs = coverage[coverage["tier"].isin(_LOGS)]
    runs = [run for source, days in logs.groupby("source", sort=True) for run in _open_runs(str(source), days)]
    return pd.DataFrame(runs, columns=["source", "from_date", "to_date", "n_days"])


def missing_spans(coverage: pd.DataFrame, *, as_of: dt.date, weeks: int = 12) -> list[tuple[dt.date, dt.date]]:
    """Return the working days of the window that no source of `coverage` covers completely, as spans.

    Parameters
    ----------
    coverage
        Contract `coverage`; of the sources that may stand in for each other.
    as_of, weeks
        The window.

    Returns
    -------
    list of tuple of date
        First and last working day of each span; weekends do not part them.
    """
    first, last = days_of(as_of, weeks=weeks)
    covered = coverage.loc[coverage["complete"], "date"]
    runs = _runs(pd.bdate_range(first, last), set(covered))
    return [(start.date(), end.date()) for start, end, _ in runs]


def n_inside(spans: pd.DataFrame, *, as_of: dt.date, weeks: int = 12) -> int:
    """Return how many working days of the window lie in spans (from_date, to_date)."""
    first, last = (pd.Timestamp(day) for day in days_of(as_of, weeks=weeks))
    each = zip(spans["from_date"], spans["to_date"], strict=True)
    return sum(len(pd.bdate_range(max(start, first), min(end, last))) for start, end in each)


def _covered(days: pd.DataFrame, tier: str, *, as_of: dt.date, weeks: int) -> dict[str, Any]:
    is_log = tier in _LOGS and len(days) > 0
    return {
        "first_date": days["date"].min(),
        "last_date": days["date"].max(),
        "covered_share": tiers.covered_share(days, as_of=as_of, weeks=weeks) if is_log else float("nan"),
    }


def _expires(days: pd.DataFrame, keeps_days: int | None) -> pd.Timestamp | None:
    """Return the day on which the system forgets the first day that was not delivered."""
    if keeps_days is None or days.empty:
        return None
    return days["date"].max() + pd.Timedelta(days=keeps_days + 1)


def _reasons(
    row: Mapping[str, Any], missing: pd.DataFrame, ledger: pd.DataFrame, *, as_of: dt.date, weeks: int,
    last_logins: bool,
) -> tuple[str, ...]:  # fmt: skip
    """Return the reasons for a light, the worst first."""
    own = ledger[ledger["source"].isin([row["source"], str(row["source"]).partition(":")[0]])]
    found = [
        *_by_kind(row, as_of=as_of, weeks=weeks, last_logins=last_logins),
        *_by_gaps(row, missing),
        *(said for code, said in _COMPARED.items() if (own["reason"] == code).any()),
        *(["many_unknown"] if _share_unknown(ledger, row) >= MANY_UNKNOWN else []),
        *(["expires_soon"] if _expires_soon(row, as_of) else []),
    ]
    return tuple(sorted(found, key=lambda reason: -LIGHTS.index(REASONS[reason])))


def _by_kind(row: Mapping[str, Any], *, as_of: dt.date, weeks: int, last_logins: bool) -> list[str]:
    if row["tier"] == "C":
        end = pd.Timestamp(days_of(as_of, weeks=weeks)[1])
        is_old = pd.isna(row["last_date"]) or row["last_date"] < end - pd.Timedelta(days=OLD_LIST_DAYS)
        return ["old_list" if is_old else "current_list", *([] if last_logins else ["no_last_logins"])]
    if row["tier"] in _LOGS:
        share = row["covered_share"]
        if pd.isna(share):
            return ["not_counted" if row["n_person_days"] else "covers_nothing"]
        return ["covers_window" if share == 1 else "covers_part" if share > 0 else "covers_nothing"]
    return ["delivered" if row["tier"] else "not_counted"]


def _by_gaps(row: Mapping[str, Any], missing: pd.DataFrame) -> list[str]:
    if row["n_gap_days"]:
        return ["gaps"]
    return ["gaps_outside"] if (missing["source"] == row["source"]).any() else []


def _share_unknown(ledger: pd.DataFrame, row: Mapping[str, Any]) -> float:
    """Return the largest share of rows that one such reason takes; person-days lost stand against those kept, too."""
    own = ledger[(ledger["source"] == row["source"]) & ledger["reason"].isin(UNKNOWN)]
    n_all = {"match": row["n_person_days"]}
    shares = [
        n / total
        for step, n in zip(own["step"], own["n_rows"], strict=True)
        if (total := int(n_all.get(step, 0)) + n if step in n_all else row["n_rows"])
    ]
    return float(max(shares, default=0.0))


def _expires_soon(row: Mapping[str, Any], as_of: dt.date) -> bool:
    day = row["expires_date"]
    return day is not None and day <= pd.Timestamp(as_of) + pd.Timedelta(days=EXPIRES_DAYS + 1)


def _open_runs(source: str, days: pd.DataFrame) -> list[tuple[str, pd.Timestamp, pd.Timestamp, int]]:
    working = pd.bdate_range(days["date"].min(), days["date"].max())
    return [(source, *run) for run in _runs(working, set(days.loc[days["complete"], "date"]))]


def _runs(working: pd.DatetimeIndex, covered: set[pd.Timestamp]) -> list[tuple[pd.Timestamp, pd.Timestamp, int]]:
    """Return first and last day, and number of days, of each run of working days that are not covered."""
    is_open = pd.Series([day not in covered for day in working], index=working, dtype=bool)
    number = (is_open != is_open.shift()).cumsum()
    return [(run.index[0], run.index[-1], len(run)) for _, run in is_open[is_open].groupby(number[is_open])]


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    kinds = {
        "n_rows": "int64", "n_person_days": "int64", "n_gap_days": "int64", "covered_share": "float64",
        **dict.fromkeys(("first_date", "last_date", "expires_date"), "datetime64[us]"),
    }  # fmt: skip
    return frame.astype(kinds)
