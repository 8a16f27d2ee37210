"""Pipedrive: activities and deals of the API, deals as the list exports them in both languages."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed


def _account(user: User) -> str:
    return str(13000000 + user.number)


def _utc(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%d %H:%M:%S}"


PEOPLE = [
    ["id", "name", "default_currency", "email", "lang", "activated", "last_login", "created", "modified", "role_id",
     "timezone_name", "active_flag", "is_admin", "is_you"],
    *(
        [_account(u), u.name, "EUR", u.email, "2", "true", "2025-11-03 13:12:11", "2024-01-01 00:00:00",
         "2025-11-03 13:12:11", "1", "Europe/Berlin", "true", "0", "false"]
        for u in USERS
    ),
]  # fmt: skip


def activities(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "type", "done", "due_date", "add_time", "update_time", "created_by_user_id", "update_user_id"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        rows.append(
            [str(n), "call", "1", "2025-12-01", _utc(first), _utc(last), _account(first.user), _account(last.user)]
        )
    return rows


def deals(doings: list[Doing]) -> list[list[str]]:
    """The API nests who created a deal; who changed it last is not told."""
    rows = [
        [
            "id",
            "creator_user_id.id",
            "creator_user_id.name",
            "creator_user_id.email",
            "title",
            "add_time",
            "update_time",
        ]
    ]
    return rows + [
        [str(n), _account(d.user), d.user.name, d.user.email, "", _utc(d), _utc(d)] for n, d in enumerate(doings)
    ]


def english(doings: list[Doing]) -> list[list[str]]:
    rows = [
        ["Deal - ID", "Deal - Title", "Deal - Creator", "Deal - Owner", "Deal - Deal created", "Deal - Update time"]
    ]
    return rows + [
        [str(n), "", d.user.name, "Niemand", f"{d.local:%Y-%m-%d %H:%M:%S}", "2025-11-30 10:00:00"]
        for n, d in enumerate(doings)
    ]


def german(doings: list[Doing]) -> list[list[str]]:
    rows = [["Deal - ID", "Deal - Titel", "Deal - Ersteller", "Deal - Besitzer", "Deal - Deal erstellt"]]
    return rows + [[str(n), "", d.user.name, "Niemand", f"{d.local:%d.%m.%Y %H:%M:%S}"] for n, d in enumerate(doings)]


_LIST = ("pipedrive.users", PEOPLE)
WRITTEN = [
    Written("pipedrive.api_records", "activities.csv", activities, ("write",), _account, users=_LIST,
            things=("contact",)),
    Written("pipedrive.api_records", "deals.csv", deals, ("write",), _account, users=_LIST, things=("lead",)),
    Written("pipedrive.records", "deals-9876-1.csv", english, ("write",), _account, users=_LIST, things=("lead",)),
    Written("pipedrive.records", "Deals_Export.csv", german, ("write",), _account, users=_LIST, things=("lead",)),
]  # fmt: skip
