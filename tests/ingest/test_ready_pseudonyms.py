"""Pseudonyms that the client's IT has made."""

import hashlib

import pytest

import crmkit
from crmkit.errors import InputError, SettingsError
from crmkit.ingest.discretion.ready_pseudonyms import check_ids

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
LOG = "{file: exports/log.csv, reader: generic.activity}"
READY = "privacy: {pseudonyms: ready}\n"
IDS = [hashlib.sha256(str(n).encode()).hexdigest()[:20] for n in range(30)]
USERS = "user_id;Abteilung\n" + "".join(f"{one};Nord\n" for one in IDS)
DAYS = "user_id;date;n_view\n" + "".join(f"{one};2026-06-22;1\n" for one in IDS)


def test_they_are_taken_and_hashed_once_more(folder_of):
    folder = folder_of([LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": DAYS}, settings=READY)
    made = crmkit.ingest.prepare(folder)
    assert len(made.users) == made.activity["user_id"].nunique() == 30
    assert made.users["user_id"].str.fullmatch("u_[0-9a-f]{20}").all()
    assert not set(made.users["user_id"]) & set(IDS)


@pytest.mark.parametrize(
    "ids",
    [
        IDS, [f"u_{one}" for one in IDS], ["6F9619FF-8B86-D011-B42D-00C04FC964FF"] * 2,
        ["k8sJ2hQ+x1Zb==", "Zq9w0PPe7LmTr"], [], ["0x4FBF10A2B3C4D5E6"],
    ],
)  # fmt: skip
def test_what_looks_drawn_at_random(ids):
    check_ids(ids, file="f", column="c")


NO_PSEUDONYMS = {
    "holds addresses": [*IDS, "eva.winter@muster.example"],
    "holds ids of Salesforce users": [*IDS, "005E00000012345IAA"],
    "holds what may be names, logins or numbers of people": ["Eva Winter-Sommer"],
    " holds what may be names, logins or numbers of people": ["annawinterhuber01", "petersommermann2"],
    "  holds what may be names, logins or numbers of people": ["000000012345", "000000012346"],
    "   holds what may be names, logins or numbers of people": [*IDS, "P00017"],
    "    holds what may be names, logins or numbers of people": [*IDS, "eva.winter.0815"],
    "     holds what may be names, logins or numbers of people": [f"EMP-{n:08}" for n in range(30)],
    "      holds what may be names, logins or numbers of people": [f"E1F{n:010}" for n in range(30)],
    "       holds what may be names, logins or numbers of people": [*IDS, "eva_maria_winter", "otto-kunz-01234"],
    "        holds what may be names, logins or numbers of people": [f"WinterEva1980-04-{n}" for n in range(10, 30)],
    "         holds what may be names, logins or numbers of people": ["D0MAIN/winter_eva", "D0MAIN/kunz_otto"],
}


@pytest.mark.parametrize("problem", NO_PSEUDONYMS)
def test_what_may_be_people(problem, refused):
    message = (
        f"f.csv: column `user_id`: {problem.strip()}, but `privacy.pseudonyms` is `ready` in client.yml. "
        "Deliver pseudonyms of 12 characters or more, or take `ready` out."
    )
    with refused(InputError, message):
        check_ids(NO_PSEUDONYMS[problem], file="f.csv", column="user_id")


def test_a_list_with_names_is_refused(folder_of, refused):
    users = "user_id;Nachname\n" + "".join(f"{one};Winter\n" for one in IDS)
    folder = folder_of([LIST], {"exports/users.csv": users}, settings=READY)
    message = (
        "users.csv: column `Nachname` is refused: it names people, but `privacy.pseudonyms` is `ready` in client.yml. "
        "Remove it from the file."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder)


@pytest.mark.parametrize("header", ["Mitarbeiter", "Sachbearbeiter", "E-Mail-Adresse", "Name", "employee_id"])
@pytest.mark.parametrize("kind", ["users", "log"])
def test_columns_that_name_somebody_are_refused(folder_of, refused, kind, header):
    files = {"users": USERS, "log": DAYS}
    first, *rest = files[kind].splitlines()
    files[kind] = "\n".join([f"{first};{header}", *(f"{line};{'0123456789abcdef'}" for line in rest)])
    made = {f"exports/{name}.csv": text for name, text in files.items()}
    message = (
        f"{kind}.csv: column `{header}` is refused: it names people, but `privacy.pseudonyms` is `ready` in "
        "client.yml. Remove it from the file."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder_of([LIST, LOG], made, settings=READY))


def test_a_list_with_personnel_numbers_is_refused(folder_of, refused):
    users = "user_id;Personalnummer\n" + "".join(f"{one};0047{n:04}\n" for n, one in enumerate(IDS))
    message = (
        "users.csv: column `Personalnummer`: holds what may be names, logins or numbers of people, but "
        "`privacy.pseudonyms` is `ready` in client.yml. Deliver pseudonyms of 12 characters or more, or take `ready` "
        "out."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder_of([LIST], {"exports/users.csv": users}, settings=READY))


def test_a_log_with_logins_is_refused(folder_of, refused):
    folder = folder_of(
        [LIST, LOG], {"exports/users.csv": USERS, "exports/log.csv": DAYS + "ewinter;2026-06-22;1\n"}, settings=READY
    )
    message = (
        "generic.activity: column `user_id`: holds what may be names, logins or numbers of people, but "
        "`privacy.pseudonyms` is `ready` in client.yml. Deliver pseudonyms of 12 characters or more, or take `ready` "
        "out."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder)


def test_nobody_would_be_known_again(folder_of, refused):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    crmkit.ingest.prepare(folder)
    file = folder / "client.yml"
    file.write_text(file.read_text() + READY)
    message = (
        f"{file}: `privacy.pseudonyms` was `made` when `prepared/` was made, so nobody would be known again. "
        "Change it back, or delete `prepared/` to start afresh."
    )
    with refused(SettingsError, message):
        crmkit.ingest.prepare(folder)
