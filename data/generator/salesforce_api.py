"""EventLogFile: API, where integrations outnumber people by far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from generator.people import WorkDay
from generator.salesforce_ids import long_id
from generator.salesforce_logins import address
from generator.salesforce_org import Account, Org
from generator.writing import write_csv

_HEADER = (
    "EVENT_TYPE,TIMESTAMP,REQUEST_ID,ORGANIZATION_ID,USER_ID,RUN_TIME,CPU_TIME,URI,SESSION_KEY,LOGIN_KEY,USER_TYPE,"
    "REQUEST_STATUS,DB_TOTAL_TIME,API_TYPE,API_VERSION,CLIENT_NAME,METHOD_NAME,ENTITY_NAME,ROWS_PROCESSED,REQUEST_SIZE,"
    "RESPONSE_SIZE,DB_BLOCKS,DB_CPU_TIME,EXCEPTION_MESSAGE,TIMESTAMP_DERIVED,USER_ID_DERIVED,CLIENT_IP,URI_ID_DERIVED"
)
#: What the ERP and the website do, hour by hour: client name, method, object.
_JOBS = {
    "Integration ERP": (("beispiel/erp", "upsert", "Account"), ("beispiel/erp", "query", "Product2")),
    "Integration Website": (("beispiel/website", "insert", "Lead"),),
}
_SPREADSHEET = ("beispiel/tabelle", "query", "Opportunity")


def write_api(
    file: Path, accounts: list[Account], days: dict[str, list[WorkDay]], span: tuple[dt.date, dt.date], org: Org
) -> None:
    """Write the API events of a span of days: integrations by the hour, a few people through a spreadsheet."""
    rows = [row for account in accounts for row in _rows(account, days.get(account.short, []), span, org)]
    write_csv(file, _HEADER, sorted(rows, key=lambda row: (row[1], row[4], row[16])), quote_all=True)


def _rows(account: Account, days: list[WorkDay], span: tuple[dt.date, dt.date], org: Org) -> Iterator[list[str]]:
    first, last = span
    if account.surname in _JOBS and account.person is None:
        dates = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        calls = _JOBS[account.surname]
        for date in dates:
            for hour in range(5, 20):
                yield from (_row(account, _at(date, hour), call, org) for call in calls)
    elif account.person and account.person.course.api_only:
        for day in days:
            if first <= day.date <= last:
                yield _row(account, _at(day.date, 8), _SPREADSHEET, org)


def _at(date: dt.date, hour: int) -> dt.datetime:
    return dt.datetime(date.year, date.month, date.day, hour, 15)


def _row(account: Account, time: dt.datetime, call: tuple[str, str, str], org: Org) -> list[str]:
    client_name, method, entity = call
    request = f"TID:{time.toordinal():07d}{account.short[-4:]}p{time:%H%M}{method}{entity}"
    return [
        "API", f"{time:%Y%m%d%H%M%S}.000", request, org.org_id, account.short, "97", "48", "Api",
        "9870000000012300", "9870000000012300", "Standard", "", "46672557", "P", "58.0", client_name, method, entity,
        "20", "1382", "38019", "52", "20", "", f"{time.isoformat()}.000Z", long_id(account.short), address(account), "",
    ]  # fmt: skip
