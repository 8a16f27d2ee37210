"""EventLogFile: LightningPageView and URI, month by month, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.chance import Chance
from generator.people import WorkDay
from generator.salesforce_ids import long_id, short_id
from generator.salesforce_logins import address
from generator.salesforce_org import Account, Org
from generator.writing import write_csv

_BERLIN = ZoneInfo("Europe/Berlin")
_PAGE_HEADER = (
    "EVENT_TYPE,TIMESTAMP,REQUEST_ID,ORGANIZATION_ID,USER_ID,CLIENT_ID,SESSION_KEY,LOGIN_KEY,USER_TYPE,APP_NAME,"
    "DEVICE_PLATFORM,SDK_APP_VERSION,OS_NAME,OS_VERSION,USER_AGENT,BROWSER_NAME,BROWSER_VERSION,SDK_VERSION,DEVICE_MODEL,"
    "DEVICE_ID,SDK_APP_TYPE,CONNECTION_TYPE,UI_EVENT_ID,UI_EVENT_SOURCE,UI_EVENT_TIMESTAMP,PAGE_START_TIME,DURATION,"
    "EFFECTIVE_PAGE_TIME,DEVICE_SESSION_ID,UI_EVENT_SEQUENCE_NUM,PAGE_ENTITY_ID,PAGE_ENTITY_TYPE,PAGE_CONTEXT,PAGE_URL,"
    "PAGE_APP_NAME,PREVPAGE_ENTITY_ID,PREVPAGE_ENTITY_TYPE,PREVPAGE_CONTEXT,PREVPAGE_URL,PREVPAGE_APP_NAME,"
    "TARGET_UI_ELEMENT,PARENT_UI_ELEMENT,GRANDPARENT_UI_ELEMENT,TIMESTAMP_DERIVED,USER_ID_DERIVED,CLIENT_IP"
)
_URI_HEADER = (
    "EVENT_TYPE,TIMESTAMP,REQUEST_ID,ORGANIZATION_ID,USER_ID,RUN_TIME,CPU_TIME,URI,SESSION_KEY,LOGIN_KEY,REQUEST_STATUS,"
    "DB_TOTAL_TIME,DB_BLOCKS,DB_CPU_TIME,REFERRER_URI,TIMESTAMP_DERIVED,USER_ID_DERIVED,CLIENT_IP,URI_ID_DERIVED"
)
_DESKTOP = (
    "SFX:BROWSER:DESKTOP", "WINDOWS", "11",
    '"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36"',
    "CHROME", "137",
)  # fmt: skip
_PHONE = (
    "S1:HYBRID:PHONE",
    "ANDROID",
    "15",
    '"SalesforceMobileSDK/12.1 android mobile/15 (SM-A556B) Salesforce1"',
    "",
    "",
)
#: Records per object that people open again and again.
_RECORDS = 240
_HOME = ("", "", "one:home", "/lightning/page/home")


@dataclass(frozen=True)
class View:
    """One page that somebody opened; `time` in UTC, `page` is entity id, entity type, context and URL."""

    time: dt.datetime
    account: Account
    page: tuple[str, str, str, str]
    before: tuple[str, str, str, str]
    seconds: int
    is_mobile: bool
    number: int


def views_of_month(
    month: dt.date, by_date: Mapping[dt.date, list[tuple[Account, WorkDay]]], org: Org
) -> Iterator[list[View]]:
    """Yield the views of each day of a month, in order of time."""
    for date in sorted(day for day in by_date if (day.year, day.month) == (month.year, month.month)):
        views = [view for account, day in by_date[date] for view in _views_of_day(account, day, org)]
        yield sorted(views, key=lambda view: (view.time, view.number, view.account.short))


def write_pages(file: Path, days: Iterator[list[View]], org: Org, *, joined: bool, repeated_day: int = 0) -> None:
    """Write a LightningPageView file of a month.

    Parameters
    ----------
    file
        Path ending in ``.csv.gz``.
    days
        Views of each day.
    org
        The org.
    joined
        True: made of weekly pieces joined end to end, so that the header repeats in the middle.
    repeated_day
        This day of the month was fetched twice and stands in the file twice; 0: none.
    """
    write_csv(file, _PAGE_HEADER, _page_rows(days, org, joined, repeated_day), quote_all=True)


def write_uris(file: Path, days: Iterator[list[View]], org: Org, *, every: int) -> None:
    """Write a small URI file: every n-th view, its area hidden in the referrer."""
    views = (view for day in days for view in day)
    rows = (_uri_row(view, org) for number, view in enumerate(views) if number % every == 0)
    write_csv(file, _URI_HEADER, rows, quote_all=True)


def _page_rows(days: Iterator[list[View]], org: Org, joined: bool, repeated_day: int) -> Iterator[Sequence[str]]:
    for day in days:
        if not day:
            continue
        date = day[0].time.date()
        if joined and date.weekday() == 0 and date.day > 3:
            yield _PAGE_HEADER.split(",")
        for _ in range(2 if date.day == repeated_day else 1):
            yield from (_page_row(view, org) for view in day)


def _views_of_day(account: Account, day: WorkDay, org: Org) -> list[View]:
    if account.person is None or account.person.course.api_only:
        return []
    chance = Chance(org.place.client, account.short, day.date, "views")
    unit = org.units[account.person.unit]
    own = Chance(org.place.client, account.short, "area")
    weights = unit.broad if day.habit.broad else own.pick(unit.narrow)
    is_mobile = own.happens(unit.mobile_share) and chance.happens(0.5)
    minutes = sorted({8 + chance.below(590) for _ in range(chance.weighted(org.views_a_day))})
    views: list[View] = []
    for number, minute in enumerate(minutes):
        page = _page(weights, chance, org)
        before = views[-1].page if views else ("", "", "", "")
        seconds = 5 * (1 + chance.below(24))
        views.append(View(_time(day.date, minute, chance), account, page, before, seconds, is_mobile, number))
    return views


def _time(day: dt.date, minute: int, chance: Chance) -> dt.datetime:
    """Return a time between 7:08 and 16:57 local, in UTC."""
    local = dt.datetime(day.year, day.month, day.day, 7 + minute // 60, minute % 60, chance.below(60), 0, _BERLIN)
    return local.astimezone(dt.UTC).replace(tzinfo=None)


def _page(weights: Mapping[str, float], chance: Chance, org: Org) -> tuple[str, str, str, str]:
    """Return a page: a record, a list of records, or the home page (object ``Home``)."""
    kind = chance.weighted(weights)
    if kind == "Home":
        return _HOME
    if kind not in ("Report", "Dashboard") and chance.happens(0.3):
        return ("", kind, "force:objectHomeDesktop", f"/lightning/o/{kind}/list?filterName=Recent")
    # the square puts weight on few records, as at work
    record = long_id(short_id(kind, 90_000 + int(_RECORDS * chance.unit() ** 2), pod=org.pod))
    return (record, kind, "one:recordHomeFlexipage2Wrapper", f"/lightning/r/{kind}/{record}/view")


def _page_row(view: View, org: Org) -> list[str]:
    key = _session(view)
    milliseconds = int(view.time.replace(tzinfo=dt.UTC).timestamp()) * 1000
    agent = _PHONE if view.is_mobile else _DESKTOP
    return [
        "LightningPageView", f"{view.time:%Y%m%d%H%M%S}.{view.number:03d}", _request(view), org.org_id,
        view.account.short, "", key, f"L{key[1:]}", "Standard", "one:one", agent[0], "", *agent[1:], "", "", "", "", "",
        "ltng:pageView", "", str(milliseconds), str(milliseconds - 1000 * view.seconds), f"{view.seconds}.0",
        f"{view.seconds}.0", _device(view), str(view.number), *view.page,
        "LightningSales", *view.before, "LightningSales" if view.before[3] else "", "", "", "",
        f"{view.time.isoformat()}.{view.number:03d}Z", view.account.long, address(view.account),
    ]  # fmt: skip


def _uri_row(view: View, org: Org) -> list[str]:
    key = _session(view)
    return [
        "URI", f"{view.time:%Y%m%d%H%M%S}.{view.number:03d}", _request(view, kind="u"), org.org_id, view.account.short,
        "51", "47", "/aura", key, f"L{key[1:]}", "", "1212948", "", "",
        f"{org.place.client}-lightning-force-com{view.page[3]}", f"{view.time.isoformat()}.{view.number:03d}Z",
        view.account.long, address(view.account), "",
    ]  # fmt: skip


def _session(view: View) -> str:
    """Return the key of the day's session, 16 characters."""
    return f"S{view.account.short[-3:]}bK7vPqL{view.time.toordinal() % 100_000:05d}"


def _device(view: View) -> str:
    """Return the key of the device's session, 40 hexadecimal digits."""
    return f"52d30a461f5099bb4dc9fb4a769{view.account.short[-4:].encode().hex()}{view.time.toordinal() % 100_000:05d}"


def _request(view: View, *, kind: str = "a") -> str:
    """Return the id of the request, unique to the view."""
    return f"TID:{view.time.toordinal():07d}{view.account.short[-4:]}{kind}{view.time:%H%M%S}{view.number:02d}"
