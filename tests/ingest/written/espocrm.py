"""EspoCRM: action history as CSV and as Excel writes it in German, log of logins, records."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

OBJECTS = {"lead": "Lead", "ticket": "Case", "contact": "Contact"}
GERMAN = {"lead": "Interessent", "ticket": "Fall", "contact": "Kontakt"}


def _account(user: User) -> str:
    return user.guid[-17:]


def _utc(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%d %H:%M:%S}"


PEOPLE = [
    ["id", "userName", "firstName", "lastName", "name", "type", "isActive", "emailAddress", "defaultTeamName",
     "createdAt", "modifiedAt", "createdById"],
    *(
        [_account(u), u.login, u.first, u.last, u.name, "admin" if u.number == 1 else "regular", "1", u.email, "Nord",
         "2024-01-01 00:00:00", "2024-01-01 00:00:00", "system"]
        for u in USERS
    ),
]  # fmt: skip


def history(doings: list[Doing]) -> list[list[str]]:
    rows = [["number", "targetType", "targetId", "targetName", "action", "createdAt", "userId", "userName", "userType",
             "ipAddress", "authTokenId"]]  # fmt: skip
    for n, d in enumerate(doings):
        action = "read" if d.what == "view" else ("create", "update", "delete")[n % 3]
        by = [_account(d.user), d.user.name, "regular", "192.0.2.1", "t"]
        rows.append([str(n), OBJECTS[d.thing], "i", "", action, _utc(d), *by])
    machine = ["900", "Lead", "i", "", "create", _utc(doings[0]), "api1", "Webshop", "api", "192.0.2.1", ""]
    return [*rows, machine, ["901", *machine[1:6], "p1", "Kundin", "portal", "192.0.2.1", ""]]


def german_history(doings: list[Doing]) -> list[list[str]]:
    rows = [["Benutzer", "Aktion", "Zieltyp", "Datum", "IP-Adresse"]]
    words = {"view": "Lesen", "write": "Aktualisieren"}
    return rows + [
        [d.user.name, words[d.what], GERMAN[d.thing], f"{d.local:%d.%m.%Y %H:%M}", "192.0.2.1"] for d in doings
    ]


def logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "username", "portalId", "portalName", "userId", "userName", "ipAddress", "createdAt", "isDenied",
             "denialReason", "authenticationMethod"]]  # fmt: skip
    rows += [
        [f"r{n}", d.user.login.upper(), "", "", _account(d.user), d.user.name, "192.0.2.1", _utc(d), "", "", "Espo"]
        for n, d in enumerate(doings)
    ]
    when = _utc(doings[0])
    denied = ["d1", USERS[0].login, "", "", "", "", "192.0.2.9", when, "1", "CREDENTIALS", "Espo"]
    portal = ["d2", "kunde", "p1", "Portal", "x9", "Kundin", "192.0.2.9", when, "", "", "Espo"]
    return [*rows, denied, portal, ["d3", "webshop", "", "", "x8", "Shop", "192.0.2.9", when, "", "", "ApiKey"]]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "name", "createdAt", "createdById", "createdByName", "modifiedAt", "modifiedById", "modifiedByName"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        by = [[_utc(d), _account(d.user), d.user.name] for d in (first, last)]
        rows.append([f"k{n}", "", *by[0], *by[1]])
    return rows


_LIST = ("espocrm.users", PEOPLE)
WRITTEN = [
    Written("espocrm.action_history", "ActionHistoryRecord.csv", history, ("view", "write"), _account, users=_LIST),
    Written("espocrm.action_history_list", "Aktionsverlauf.csv", german_history, ("view", "write"), _account,
            users=_LIST),
    Written("espocrm.auth_log", "AuthLogRecord.csv", logins, ("login",), _account, False, _LIST),
    Written("espocrm.records", "Contact.csv", records, ("write",), _account, users=_LIST, things=("contact",)),
]  # fmt: skip
