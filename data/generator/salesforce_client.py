"""Writes the exports of a client on Salesforce."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from generator.people import Person, WorkDay
from generator.salesforce_api import write_api
from generator.salesforce_logins import Login, logins_of, write_screen
from generator.salesforce_logins import write_api as write_api_logins
from generator.salesforce_org import Account, Org, accounts_of, days_of_accounts
from generator.salesforce_pages import views_of_month, write_pages, write_uris
from generator.salesforce_users import write_users
from generator.truth import write_truth

Plan = dict[str, dict[str, int]]
#: Every 18th view of the last month stands in the URI file too.
_URI_STEP = 18
#: These months were joined from pieces; in the first of them one day was fetched twice.
_JOINED = {10: 14, 3: 0}


@dataclass(frozen=True)
class Spans:
    """What the client exported: days of user lists, and file names and days of logs."""

    user_lists: tuple[dt.date, ...]
    screen_logins: tuple[str, dt.date, dt.date] | None
    api_logins: tuple[str, dt.date, dt.date]
    pages: tuple[dt.date, dt.date]
    api: tuple[dt.date, dt.date]


def write_client(folder: Path, truth: Path, people: list[Person], org: Org, spans: Spans) -> None:
    """Write user lists, login histories, event log files and the truth."""
    accounts = accounts_of(people, org)
    days = days_of_accounts(accounts, org)
    logins = {account.short: logins_of(account, days.get(account.short, []), org) for account in accounts}
    exports = folder / "exports"
    for day in spans.user_lists:
        write_users(exports / f"users_{day}.csv", accounts, logins, day, org)
    _write_logins(exports, logins, org, spans)
    _write_events(exports / "eventlog", accounts, days, org, spans)
    write_truth(truth, ((a.long, _person_id(a), _kind(a), a.person) for a in accounts))


def _write_logins(exports: Path, logins: dict[str, list[Login]], org: Org, spans: Spans) -> None:
    every = [login for own in logins.values() for login in own]
    if spans.screen_logins:
        name, first, last = spans.screen_logins
        write_screen(exports / name, [login for login in every if first <= login.time.date() <= last])
    name, first, last = spans.api_logins
    write_api_logins(exports / name, [login for login in every if first <= login.time.date() <= last], org)


def _write_events(
    folder: Path, accounts: list[Account], days: dict[str, list[WorkDay]], org: Org, spans: Spans
) -> None:
    by_date: dict[dt.date, list[tuple[Account, WorkDay]]] = defaultdict(list)
    for account in accounts:
        for day in days.get(account.short, []):
            if spans.pages[0] <= day.date <= spans.pages[1]:
                by_date[day.date].append((account, day))
    months = sorted({date.replace(day=1) for date in by_date})
    for month in months:
        joined = month.month in _JOINED
        file = folder / f"LightningPageView_{month:%Y-%m}.csv.gz"
        views = views_of_month(month, by_date, org)
        write_pages(file, views, org, joined=joined, repeated_day=_JOINED.get(month.month, 0))
    write_uris(
        folder / f"URI_{months[-1]:%Y-%m}.csv.gz", views_of_month(months[-1], by_date, org), org, every=_URI_STEP
    )
    write_api(folder / f"API_{spans.api[0]:%Y-%m}.csv.gz", accounts, days, spans.api, org)


def _person_id(account: Account) -> str:
    return account.employee_number or account.short


def _kind(account: Account) -> str:
    if account.person:
        return "person"
    return "portal" if account.user_type == "CspLitePortal" else "service"
