"""Salesforce: EventLogFile, login history of a German and an English org and of the API, daily metrics, records."""

import datetime as dt

from crmkit.ingest.accounts.salesforce_ids import canonical_id
from tests.ingest.written.doings import USERS, Doing, User, Written

OBJECTS = {"lead": "Lead", "ticket": "Case", "contact": "Contact"}


def _account(user: User) -> str:
    return canonical_id(user.salesforce)


def _z(when: dt.datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")


PEOPLE = [
    ["Id", "Username", "FirstName", "LastName", "Email", "Department", "UserType", "IsActive", "CreatedDate"],
    *(
        [canonical_id(u.salesforce), u.email.upper(), u.first, u.last, u.email, "Nord", "Standard", "true",
         "2024-01-01T00:00:00.000Z"]
        for u in USERS
    ),
]  # fmt: skip

PAGE_HEADERS = [
    "EVENT_TYPE", "TIMESTAMP", "REQUEST_ID", "ORGANIZATION_ID", "USER_ID", "CLIENT_ID", "SESSION_KEY", "LOGIN_KEY",
    "USER_TYPE", "APP_NAME", "DEVICE_PLATFORM", "SDK_APP_VERSION", "OS_NAME", "OS_VERSION", "USER_AGENT",
    "BROWSER_NAME", "BROWSER_VERSION", "SDK_VERSION", "DEVICE_MODEL", "DEVICE_ID", "SDK_APP_TYPE", "CONNECTION_TYPE",
    "UI_EVENT_ID", "UI_EVENT_SOURCE", "UI_EVENT_TIMESTAMP", "PAGE_START_TIME", "DURATION", "EFFECTIVE_PAGE_TIME",
    "DEVICE_SESSION_ID", "UI_EVENT_SEQUENCE_NUM", "PAGE_ENTITY_ID", "PAGE_ENTITY_TYPE", "PAGE_CONTEXT", "PAGE_URL",
    "PAGE_APP_NAME", "TIMESTAMP_DERIVED", "USER_ID_DERIVED", "CLIENT_IP",
]  # fmt: skip


def pages(doings: list[Doing]) -> list[list[str]]:
    rows = [PAGE_HEADERS]
    for n, doing in enumerate(doings):
        said = {
            "EVENT_TYPE": "LightningPageView", "TIMESTAMP": doing.utc.strftime("%Y%m%d%H%M%S.123"),
            "REQUEST_ID": f"TID:{n}", "USER_ID": doing.user.salesforce, "USER_TYPE": "Standard(db=S,api=Standard)",
            "DEVICE_PLATFORM": "SFX:BROWSER:DESKTOP", "PAGE_ENTITY_TYPE": OBJECTS[doing.thing],
            "PAGE_URL": f"/lightning/r/{OBJECTS[doing.thing]}/500/view", "TIMESTAMP_DERIVED": _z(doing.utc),
            "CLIENT_IP": "Salesforce.com IP",
        }  # fmt: skip
        rows.append([said.get(header, "") for header in PAGE_HEADERS])
    return rows


def german_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Benutzername", "Anmeldezeit", "Quell-IP", "Standort", "Anmeldetyp", "Status", "Browser", "Plattform",
             "Anwendung", "Client-Version", "API-Typ", "Anmelde-URL"]]  # fmt: skip
    for d in doings:
        zone = "MESZ" if d.summer else "MEZ"
        rows.append(
            [
                d.user.email,
                f"{d.local:%d.%m.%Y %H:%M:%S} {zone}",
                "192.0.2.1",
                "Deutschland",
                "Anwendung",
                "Erfolgreich",
                "Chrome 130",
                "Windows 10",
                "Browser",
                "N/V",
                "N/V",
                "x.my.salesforce.com",
            ]
        )
    return rows


def english_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Username", "Login Time", "Source IP", "Location", "Login Type", "Status", "Browser", "Platform",
             "Application", "Client Version", "API Type", "API Version", "Login URL"]]  # fmt: skip
    for d in doings:
        pacific = d.utc - dt.timedelta(hours=7 if d.utc < dt.datetime(2025, 11, 2, 9, tzinfo=dt.UTC) else 8)
        zone = "PDT" if d.utc < dt.datetime(2025, 11, 2, 9, tzinfo=dt.UTC) else "PST"
        time = f"{pacific.month}/{pacific.day}/{pacific.year}, {pacific:%I:%M:%S %p} {zone}"
        rows.append(
            [
                d.user.email,
                time,
                "192.0.2.1",
                "Germany",
                "Application",
                "Success",
                "Chrome 130",
                "Windows 10",
                "Browser",
                "N/A",
                "N/A",
                "N/A",
                "x.my.salesforce.com",
            ]
        )
    return rows


def api_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Id", "UserId", "LoginTime", "LoginType", "SourceIp", "LoginUrl", "Browser", "Platform", "Status",
             "Application", "ClientVersion", "ApiType", "ApiVersion", "CountryIso"]]  # fmt: skip
    return rows + [
        [f"0YaE00000{n:06d}KAA", d.user.salesforce, _z(d.utc), "Application", "192.0.2.1", "x", "Chrome 130", "Windows",
         "Success", "Browser", "N/A", "N/A", "9998.0", "DE"]
        for n, d in enumerate(doings)
    ]  # fmt: skip


def history(doings: list[Doing]) -> list[list[str]]:
    return [["Id", "IsDeleted", "LeadId", "CreatedById", "CreatedDate", "Field", "DataType"]] + [
        [f"017E00000{n:06d}", "false", "00Q1", d.user.salesforce, _z(d.utc), "Status", "Text"]
        for n, d in enumerate(doings)
    ]


def records(doings: list[Doing]) -> list[list[str]]:
    """Each record was created by one and changed last by another, or by the same in the same moment."""
    rows = [["Id", "CreatedById", "CreatedDate", "LastModifiedById", "LastModifiedDate"]]
    for n, (first, last) in enumerate(zip(doings[::2], doings[1::2], strict=True)):
        by = (first.user.salesforce, _z(first.utc), last.user.salesforce, _z(last.utc))
        rows.append([f"00T{n:012d}", *by])
    return rows


def _metrics(third: str, word) -> object:
    def write(doings: list[Doing]) -> list[list[str]]:
        return [["UserId", "MetricsDate", third, "TotalCount"]] + [
            [d.user.salesforce, f"{d.local:%Y-%m-%d}", word(d), "1"] for d in doings
        ]

    return write


def _desktop(_: Doing) -> str:
    return "Lightning Experience"


_LIST = ("salesforce.users", PEOPLE)
WRITTEN = [
    Written("salesforce.event_log", "LightningPageView_2025.csv", pages, ("view",), _account),
    Written("salesforce.login_history", "LoginHistory_de.csv", german_logins, ("login",), _account, False, _LIST),
    Written("salesforce.login_history", "LoginHistory_en.csv", english_logins, ("login",), _account, False, _LIST),
    Written("salesforce.login_history", "LoginHistory_api.csv", api_logins, ("login",), _account, False, _LIST),
    Written("salesforce.history", "LeadHistory.csv", history, ("write",), _account, things=("lead",)),
    Written("salesforce.records", "Lead.csv", records, ("write",), _account, things=("lead",)),
    Written("salesforce.lightning_pages", "ByPageMetrics.csv", _metrics("PageName", lambda d: OBJECTS[d.thing]),
            ("view",), _account),
    Written("salesforce.lightning_apps", "ByAppTypeMetrics.csv", _metrics("AppExperience", _desktop),
            ("view",), _account, False),
]  # fmt: skip
