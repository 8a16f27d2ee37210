"""SuperOffice: rows of a table with the numbers of associates, and a list in German."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed


def _account(user: User) -> str:
    return str(100 + user.number)


PEOPLE = [
    ["associate_id", "name", "deleted", "group_idx", "lastlogin", "person_id", "type", "registered",
     "registered_associate_id", "updated", "userName"],
    *(
        [_account(u), u.login, "0", "4", "2025-11-03 13:12:11", str(u.number), "0", "2024-01-01 00:00:00", "1",
         "2024-01-01 00:00:00", u.email]
        for u in USERS
    ),
]  # fmt: skip
ASSOCIATES = [
    ["Benutzer-ID", "Vorname", "Nachname", "Primärgruppe", "Rolle", "Benutzerplan", "Zugehörigkeit: Firma"],
    *([u.login, u.first, u.last, "Nord", "Vertrieb", "Sales-Premium", "Muster GmbH"] for u in USERS),
]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["sale_id", "associate_id", "registered", "registered_associate_id", "updated", "updated_associate_id"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        by = [[f"{d.utc:%Y-%m-%dT%H:%M:%S}Z", _account(d.user)] for d in (first, last)]
        rows.append([str(n), "1", *by[0], *by[1]])
    return rows


def german(doings: list[Doing]) -> list[list[str]]:
    rows = [["Erfasst am", "Erfasst von", "Aktualisiert am", "Aktualisiert von", "Thema"]]
    for first, last in created_and_changed(doings):
        by = [[f"{d.local:%d.%m.%Y %H:%M:%S}", d.user.login] for d in (first, last)]
        rows.append([*by[0], *by[1], ""])
    return rows


WRITTEN = [
    Written("superoffice.records", "sale.csv", records, ("write",), _account, users=("superoffice.users", PEOPLE),
            things=("lead",)),
    Written("superoffice.record_list", "Anfragen.csv", german, ("write",), lambda user: user.login,
            users=("superoffice.users", ASSOCIATES), things=("ticket",)),
]  # fmt: skip
