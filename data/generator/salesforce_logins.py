"""Login History, as the setup page gives it (German labels) and as the API gives it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.chance import Chance
from generator.people import WorkDay
from generator.salesforce_ids import long_id, short_id
from generator.salesforce_org import Account, Org
from generator.writing import write_csv

_BERLIN = ZoneInfo("Europe/Berlin")
#: A browser stays logged in for some days: logins on days that do not open a week.
_AGAIN = 0.3
_LOGIN_URL = "login.salesforce.com"
_SCREEN = (
    "Benutzername,Anmeldezeit,Quell-IP,Standort,Anmeldetyp,Status,Browser,Plattform,Anwendung,Clientversion,API-Typ,"
    "API-Version,Anmelde-URL,Community,HTTP-Methode"
)
_API = (
    "Id,UserId,LoginTime,LoginType,LoginSubType,SourceIp,ForwardedForIp,LoginUrl,AuthenticationServiceId,LoginGeoId,"
    "NetworkId,TlsProtocol,CipherSuite,OptionsIsGet,OptionsIsPost,Browser,Platform,Status,Application,ClientVersion,"
    "ApiType,ApiVersion,CountryIso"
)
_GERMAN = {
    "Application": "Anwendung", "Other Apex API": "Sonstige Apex-API", "Success": "Erfolgreich",
    "Invalid Password": "Ungültiges Kennwort", "Germany": "Deutschland",
}  # fmt: skip


@dataclass(frozen=True)
class Login:
    """One attempt to log in; `time` in UTC, without a zone."""

    time: dt.datetime
    account: Account
    kind: str = "Application"
    status: str = "Success"


def logins_of(account: Account, days: list[WorkDay], org: Org) -> list[Login]:
    """Return the logins of an account, failed ones too, in order."""
    if account.person is None:
        return _machine_logins(account, org)
    chance = Chance(org.place.client, account.short, "logins")
    kind = "Other Apex API" if account.person.course.api_only else "Application"
    own = [Login(_morning(day.date, chance), account, kind) for day in days if day.opens_week or chance.happens(_AGAIN)]
    if account.person.course.habit == "never" and chance.happens(0.2):
        first = org.exported - dt.timedelta(days=60 + chance.below(80))
        return [Login(_morning(first, chance), account, status="Invalid Password")]
    return own


def last_login(logins: Iterable[Login], day: dt.date) -> str:
    """Return the last successful login up to a day as Salesforce writes it, or an empty text."""
    times = [login.time for login in logins if login.status == "Success" and login.time.date() <= day]
    return f"{max(times).isoformat()}.000Z" if times else ""


def write_screen(file: Path, logins: list[Login]) -> None:
    """Write the file of the setup page: newest first, local time with a zone word, German labels."""
    newest_first = sorted(logins, key=lambda login: (login.time, login.account.short), reverse=True)
    rows = [_screen_row(login) for login in newest_first]
    rows[40:40] = [
        _licence_manager_row(rows[40], "033a0000000TqGf2"),
        _licence_manager_row(rows[40], "033a0000000TqHk2"),
    ]
    write_csv(file, _SCREEN, rows)


def write_api(file: Path, logins: list[Login], org: Org) -> None:
    """Write the answer to a query on LoginHistory: oldest first, ids, UTC."""
    oldest_first = sorted(logins, key=lambda login: (login.time, login.account.short))
    write_csv(file, _API, (_api_row(number, login, org) for number, login in enumerate(oldest_first)))


def _morning(day: dt.date, chance: Chance) -> dt.datetime:
    """Return a time between 7:00 and 9:59 local, in UTC."""
    local = dt.datetime(
        day.year, day.month, day.day, 7 + chance.below(3), chance.below(60), chance.below(60), 0, _BERLIN
    )
    return local.astimezone(dt.UTC).replace(tzinfo=None)


def _machine_logins(account: Account, org: Org) -> list[Login]:
    """Return a daily login of an integration, a monthly one of the customer, none of Salesforce's own users."""
    if account.user_type not in ("Standard", "CspLitePortal"):
        return []
    step, kind = (1, "Other Apex API") if account.user_type == "Standard" else (30, "Application")
    n_days = (org.exported - dt.date(2024, 1, 1)).days
    starts = [dt.datetime(2024, 1, 1, 1, 5) + dt.timedelta(days=n) for n in range(0, n_days + 1, step)]
    return [Login(start, account, kind) for start in starts]


def _screen_row(login: Login) -> list[str]:
    local = login.time.replace(tzinfo=dt.UTC).astimezone(_BERLIN)
    word = "MESZ" if local.dst() else "MEZ"
    is_api = login.kind != "Application"
    return [
        login.account.username, f"{local:%d.%m.%Y %H:%M:%S} {word}", address(login.account), _GERMAN["Germany"],
        _GERMAN[login.kind], _GERMAN[login.status], *(("N/V", "Unbekannt") if is_api else ("Edge 137", "Windows 11")),
        "N/V" if is_api else "Browser", "N/V", "SOAP Partner" if is_api else "N/V", "58.0" if is_api else "N/V",
        _LOGIN_URL, "N/V", "POST",
    ]  # fmt: skip


def _licence_manager_row(model: list[str], number: str) -> list[str]:
    """Return a row as managed packages leave it: a user name that is nobody's."""
    return [f"{number}@00d200000abcdb", *model[1:]]


def _api_row(number: int, login: Login, org: Org) -> list[str]:
    is_api = login.kind != "Application"
    return [
        long_id(short_id("LoginHistory", 700_000 + number, pod=org.pod)), login.account.long,
        f"{login.time.isoformat()}.000Z", login.kind, "", address(login.account), "", _LOGIN_URL, "", "",
        "000000000000000AAA", "TLS 1.3", "TLS_AES_256_GCM_SHA384", "false", "true",
        *(("Unknown", "Unknown") if is_api else ("Edge 149", "Windows 11")), login.status,
        "N/A" if is_api else "Browser", "N/A", "SOAP Partner" if is_api else "N/A", "66.0" if is_api else "N/A", "DE",
    ]  # fmt: skip


def address(account: Account) -> str:
    """Return the account's address, from the ranges kept free for documentation."""
    place = int(account.short[-2:].encode().hex(), 16)
    return f"203.0.113.{10 + place % 4}" if account.person else f"198.51.100.{20 + place % 3}"
