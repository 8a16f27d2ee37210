"""SuiteCRM and SugarCRM: tracker, audit table of a module, records."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

MODULES = {"lead": "Leads", "ticket": "Cases", "contact": "Contacts"}
ACTIONS = {"login": "authenticate", "view": "detailview", "write": "save"}


def _account(user: User) -> str:
    return user.guid


def _db(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%d %H:%M:%S}"


PEOPLE = [
    ["id", "user_name", "first_name", "last_name", "is_admin", "status", "is_group", "portal_only", "deleted",
     "department", "title", "date_entered", "date_modified", "reports_to_id"],
    *(
        [u.guid, u.login, u.first, u.last, "0", "Active", "0", "0", "0", "Nord", "Vertrieb", "2024-01-01 00:00:00",
         "2024-01-01 00:00:00", ""]
        for u in USERS
    ),
]  # fmt: skip


def tracker(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "monitor_id", "user_id", "module_name", "item_id", "item_summary", "date_modified", "action",
             "session_id", "visible", "deleted"]]  # fmt: skip
    for n, d in enumerate(doings):
        module = MODULES.get(d.thing, "Users")
        # what is not shown under "last viewed", or was deleted since, was done all the same
        rows.append(
            [str(n), "m", d.user.guid, module, "i", "", _db(d), ACTIONS[d.what], "s", str(n % 2), str(n % 3 % 2)]
        )
    return [*rows, ["999", "m", USERS[0].guid, "Users", "i", "", _db(doings[0]), "logout", "s", "0", "0"]]


def audit(doings: list[Doing]) -> list[list[str]]:
    """Every save touches two fields."""
    rows = [["id", "parent_id", "date_created", "created_by", "field_name", "data_type"]]
    return rows + [
        [f"{n}-{name}", f"p{n}", _db(d), d.user.guid, name, "varchar"]
        for n, d in enumerate(doings)
        for name in ("status", "assigned_user_id")
    ]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "name", "date_entered", "date_modified", "modified_user_id", "created_by", "deleted"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        rows.append([str(n), "", _db(first), _db(last), last.user.guid, first.user.guid, "0"])
    return rows


_LIST = ("suitecrm.users", PEOPLE)
WRITTEN = [
    Written("suitecrm.tracker", "tracker.csv", tracker, ("login", "view", "write"), _account, users=_LIST),
    Written("suitecrm.tracker", "tracker_2025.csv", tracker, ("login", "view", "write"), _account),
    Written("suitecrm.audit", "suitecrm_cases_audit.csv", audit, ("write",), _account, users=_LIST, things=("ticket",)),
    Written("suitecrm.audit", "leads_audit.csv", audit, ("write",), _account, things=("lead",)),
    Written("suitecrm.records", "leads.csv", records, ("write",), _account, users=_LIST, things=("lead",)),
]
