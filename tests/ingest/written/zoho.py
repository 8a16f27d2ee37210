"""Zoho CRM: audit log, login history, module export."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

MODULES = {"lead": "Deals", "ticket": "Cases", "contact": "Contacts"}


def _account(user: User) -> str:
    return f"13865860000000780{user.number:02d}"


def _local(d: Doing) -> str:
    return f"{d.local:%d.%m.%Y %H:%M:%S}"


PEOPLE = [
    ["User ID", "First Name", "Last Name", "Full Name", "Email", "Role", "Profile", "Status", "Created Time"],
    *(
        [_account(u), u.first, u.last, u.name, u.email, "Vertrieb", "Standard", "active", "01.01.2024 00:00:00"]
        for u in USERS
    ),
]


def audit(doings: list[Doing]) -> list[list[str]]:
    rows = [["Time", "Done By", "Action", "Module", "Record Name", "Source"]]
    rows += [
        [_local(d), d.user.name, ("Added", "Updated", "Deleted")[n % 3], MODULES[d.thing], "", "UI"]
        for n, d in enumerate(doings)
    ]
    return [*rows, [_local(doings[0]), USERS[0].name, "Updated", "Deals", "", "Workflow"]]


def logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["User Name", "Login Time", "Logout Time", "IP Address", "Browser", "Status"]]
    rows += [[d.user.name, _local(d), "", "192.0.2.1", "Chrome", "Success"] for d in doings]
    return [*rows, [USERS[0].name, _local(doings[0]), "", "192.0.2.9", "Chrome", "Failed"]]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["Record Id", "Deal Name", "Created By", "Created By ID", "Created Time", "Modified By", "Modified By ID",
             "Modified Time"]]  # fmt: skip
    for n, (first, last) in enumerate(created_and_changed(doings)):
        by = [[d.user.name, _account(d.user), _local(d)] for d in (first, last)]
        rows.append([f"zcrm_{n}", "", *by[0], *by[1]])
    return rows


_LIST = ("zoho.users", PEOPLE)
WRITTEN = [
    Written("zoho.audit_log", "AuditLog.csv", audit, ("write",), _account, users=_LIST),
    Written("zoho.login_history", "LoginHistory.csv", logins, ("login",), _account, False, _LIST),
    Written("zoho.records", "Deals_2025_11_30.csv", records, ("write",), _account, users=_LIST, things=("lead",)),
]
