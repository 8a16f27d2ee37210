"""CAS genesisWorld: text files with the names of the database and with German titles."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed


def _account(user: User) -> str:
    return user.login


def _local(d: Doing) -> str:
    return f"{d.local:%d.%m.%Y %H:%M:%S}"


PEOPLE = [
    ["Anmeldename", "Anzeigename", "Abteilung", "Benutzerart", "Lizenz", "Deaktiviert", "Letzte Anmeldung"],
    *([u.login, u.name, "Nord", "Benutzer", "Premium", "Nein", "03.11.2025 14:12"] for u in USERS),
]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [["GGUID", "KEYWORD", "INSERTUSER", "INSERTTIMESTAMP", "UPDATEUSER", "UPDATETIMESTAMP"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        rows.append([f"0x{n:032X}", "", first.user.login.upper(), _local(first), last.user.login.upper(), _local(last)])
    return rows


def german(doings: list[Doing]) -> list[list[str]]:
    rows = [["GGUID", "Stichwort", "Erstellt am", "Erstellt von", "Geändert am", "Geändert von"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        rows.append([f"0x{n:032X}", "", _local(first), first.user.name, _local(last), last.user.name])
    return rows


_LIST = ("cas.users", PEOPLE)
WRITTEN = [
    Written("cas.records", "Verkaufschancen.txt", records, ("write",), _account, users=_LIST, things=("lead",),
            delimiter=";"),
    Written("cas.records", "Adressen.txt", german, ("write",), _account, users=_LIST, things=("contact",),
            delimiter="\t"),
]  # fmt: skip
