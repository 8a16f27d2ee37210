"""vtiger and berliCRM: login history as table and as German export, ModTracker."""

from tests.ingest.written.doings import USERS, Doing, User, Written

MODULES = {"lead": "Potentials", "ticket": "HelpDesk", "contact": "Contacts"}


def _account(user: User) -> str:
    return str(4 + user.number)


def _utc(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%d %H:%M:%S}"


PEOPLE = [
    ["id", "user_name", "is_admin", "first_name", "last_name", "email1", "title", "department", "status", "deleted",
     "date_entered", "roleid"],
    *(
        [_account(u), u.login, "off", u.first, u.last, u.email, "Vertrieb", "Nord", "Active", "0",
         "2024-01-01 00:00:00", "H5"]
        for u in USERS
    ),
]  # fmt: skip


def logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["login_id", "user_name", "user_ip", "logout_time", "login_time", "status"]]
    rows += [
        [str(n), d.user.login, "192.0.2.1", _utc(d), _utc(d), ("Signed in", "Signed off")[n % 2]]
        for n, d in enumerate(doings)
    ]
    return [*rows, ["900", USERS[0].login, "192.0.2.9", "0000-00-00 00:00:00", _utc(doings[0]), "Failed login"]]


def german_logins(doings: list[Doing]) -> list[list[str]]:
    rows = [["Nutzername", "IP Adresse des Nutzers", "Anmeldezeit", "Abmeldezeit", "Status"]]
    return rows + [[d.user.login, "192.0.2.1", f"{d.local:%d-%m-%Y %H:%M:%S}", "", "Angemeldet"] for d in doings]


def changes(doings: list[Doing]) -> list[list[str]]:
    rows = [["id", "crmid", "module", "whodid", "changedon", "status"]]
    return rows + [
        [str(n), "42", MODULES[d.thing], _account(d.user), _utc(d), str(n % 6)] for n, d in enumerate(doings)
    ]


_LIST = ("vtiger.users", PEOPLE)
WRITTEN = [
    Written("vtiger.login_history", "vtiger_loginhistory.csv", logins, ("login",), _account, False, _LIST),
    Written("vtiger.login_list", "Anmeldehistorie.csv", german_logins, ("login",), _account, False, _LIST),
    Written("vtiger.changes", "vtiger_modtracker_basic.csv", changes, ("write",), _account, users=_LIST),
]  # fmt: skip
