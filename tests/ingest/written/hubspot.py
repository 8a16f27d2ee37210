"""HubSpot: login history of the settings in both languages and of the API, audit log, records, activities by owner."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

OBJECTS = {"lead": "DEAL", "ticket": "TICKET", "contact": "CONTACT"}
#: What is entered as an activity is shared, whatever it is about.
ACTIVITIES = {"contact": "CALL"}


def user_id(user: User) -> str:
    return str(9586500 + user.number)


def owner_id(user: User) -> str:
    """The id of another user: the two kinds of numbers have nothing to do with each other."""
    return str(9586500 + user.number % len(USERS) + 1)


def _z(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%dT%H:%M:%S}.303Z"


PEOPLE = [
    ["User ID", "First Name", "Last Name", "Email", "Last Login", "Assigned Teams", "Assigned Role", "Permissions"],
    *([user_id(u), u.first, u.last, u.email, "2025-11-03 13:12", "Nord", "Vertrieb", "super-admin"] for u in USERS),
]
OWNERS = [
    ["id", "email", "type", "firstName", "lastName", "userId", "userIdIncludingInactive", "createdAt", "updatedAt",
     "archived"],
    *(
        [owner_id(u), u.email, "PERSON", u.first, u.last, user_id(u), user_id(u), "2024-01-01T00:00:00.000Z",
         "2024-01-01T00:00:00.000Z", "false"]
        for u in USERS
    ),
]  # fmt: skip


def english_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Date", "Email", "Login succeeded", "IP address", "Location", "Type", "User agent"]]
    return rows + [
        [
            f"{d.utc:%Y-%m-%d %H:%M:%S} UTC",
            d.user.email,
            "true",
            "192.0.2.1",
            "Berlin, DE",
            "Password login",
            "Mozilla/5.0",
        ]
        for d in doings
    ]


def german_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Zeitstempel", "E-Mail-Adresse", "Erfolgreich", "IP-Adresse", "Standort", "Anmeldetyp", "Benutzer-Agent"]]
    rows += [
        [f"{d.utc:%Y-%m-%dT%H:%M:%S}Z", d.user.email, "Ja", "192.0.2.1", "Berlin, DE", "SSO-Anmeldung", "Mozilla/5.0"]
        for d in doings
    ]
    when, email = rows[1][:2]
    return [*rows, [when, email, "Ja", "192.0.2.1", "", "HubSpot-Tools-Anmeldung", ""],
            [when, email, "Nein", "192.0.2.1", "", "Passwort-Anmeldung", ""]]  # fmt: skip


def api_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [
        ["id", "userId", "email", "loginAt", "loginSucceeded", "ipAddress", "countryCode", "regionCode", "userAgent"]
    ]
    rows += [
        [str(5432653 + n), user_id(d.user), d.user.email, _z(d), "true", "192.0.2.1", "de", "be", "Mozilla/5.0"]
        for n, d in enumerate(doings)
    ]
    return [*rows, ["1", *rows[1][1:4], "false", *rows[1][5:]]]


def _audit(header: list[str], user) -> object:
    def write(doings: list[Doing]) -> list[list[str]]:
        rows = [
            [f"jAzNiQgaEZUT{n}", "CRM_OBJECT", OBJECTS[d.thing], "UPDATE", "42", _z(d), *user(d.user)]
            for n, d in enumerate(doings)
        ]
        login = ["jAz", "LOGIN", "LOGIN_SUCCEEDED", "PERFORM", "", *rows[0][5:]]
        return [header, *rows, login, ["jAy", "LOGIN", "LOGIN_FAILED", *login[3:]]]

    return write


API_AUDIT = [
    "id",
    "category",
    "subCategory",
    "action",
    "targetObjectId",
    "occurredAt",
    "actingUser.userId",
    "actingUser.userEmail",
]
CSV_AUDIT = ["ID", "Category", "Subcategory", "Action", "Target object ID", "Date", "Modified by"]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["hs_object_id", "hs_created_by_user_id", "hs_createdate", "hs_updated_by_user_id", "hs_lastmodifieddate",
             "hubspot_owner_id", "hs_object_source"]]  # fmt: skip
    for n, (first, last) in enumerate(created_and_changed(doings)):
        by = [user_id(first.user), _z(first), user_id(last.user), _z(last)]
        rows.append([str(n), *by, owner_id(first.user), "CRM_UI"])
    return rows


def activities(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "type", "hs_createdate", "hs_timestamp", "hubspot_owner_id", "hubspot_team_id", "hs_object_source"]]
    rows += [
        [str(n), ACTIVITIES[d.thing], _z(d), "2026-08-27T20:50:44.778Z", owner_id(d.user), "6789", "CRM_UI"]
        for n, d in enumerate(doings)
    ]
    return rows


_PEOPLE, _OWNERS = ("hubspot.users", PEOPLE), ("hubspot.owners", OWNERS)
WRITTEN = [
    Written("hubspot.login_history", "login_history_en.csv", english_logins, ("login",), user_id, False, _PEOPLE),
    Written("hubspot.login_history", "login_history_de.csv", german_logins, ("login",), user_id, False, _PEOPLE),
    Written("hubspot.login_history", "login_api.csv", api_logins, ("login",), user_id, False, _PEOPLE),
    Written("hubspot.audit_log", "audit_api.csv", _audit(API_AUDIT, lambda u: [user_id(u), u.email]), ("write",),
            user_id, users=_PEOPLE),
    Written("hubspot.audit_log", "audit.csv", _audit(CSV_AUDIT, lambda u: [u.email]), ("write",), user_id,
            users=_PEOPLE),
    Written("hubspot.records", "deals.csv", records, ("write",), user_id, users=_PEOPLE, things=("lead",)),
    Written("hubspot.activities", "engagements.csv", activities, ("write",), user_id, users=_OWNERS,
            things=("contact",)),
]  # fmt: skip
