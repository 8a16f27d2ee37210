"""Two CRMs at one client: whose id is whose, and who is one person."""

import pytest

import crmkit
from crmkit.errors import InputError, SettingsError

HUBSPOT = "{file: exports/hubspot.csv, reader: generic.users, exported: 2026-06-28%s}"
SUITE = "{file: exports/suite.csv, reader: generic.users, exported: 2026-06-28%s}"
LOGS = [
    "{file: exports/h_log.csv, reader: generic.logins%s}",
    "{file: exports/s_log.csv, reader: generic.activity%s}",
]
USERS = "user_id;E-Mail;Name;Abteilung\n"
FILES = {
    "exports/hubspot.csv": USERS + "1;a@muster.example;Änne Köhler;Nord\n2;b@muster.example;Bert Ölmann;Nord\n",
    "exports/suite.csv": USERS + "1;b@muster.example;Bert Ölmann;Nord\n3;c@muster.example;Cara Weiß;Süd\n",
    "exports/h_log.csv": "user_id;timestamp\n1;2026-06-01 08:00\nB@muster.example;2026-06-01 09:00\n",
    "exports/s_log.csv": "user_id;date;n_view\n1;2026-06-02;5\n3;2026-06-02;7\n",
}


def systems(first=", system: hubspot", second=", system: suite"):
    return [HUBSPOT % first, SUITE % second, LOGS[0] % first, LOGS[1] % second]


def test_equal_ids_of_two_systems_are_two_accounts(folder_of):
    made = crmkit.ingest.read_exports(folder_of(systems(), FILES))
    assert len(made.users) == 4
    assert made.users["person_id"].nunique() == 4
    by_user = made.activity.groupby("user_id")[["n_login", "n_view"]].sum()
    assert sorted(map(tuple, by_user.to_numpy().tolist())) == [(0, 5), (0, 7), (1, 0), (1, 0)]


def test_people_csv_joins_accounts_of_two_systems(folder_of):
    people = "user_id;person;FTE\nhubspot:2;Bert;0,5\nsuite:1;Bert;\n3;Cara;1\n"
    made = crmkit.ingest.read_exports(folder_of(systems(), FILES | {"people.csv": people}))
    assert made.users["person_id"].nunique() == 3
    twice = made.users[made.users["person_id"].duplicated(keep=False)]["user_id"]
    # what is stated of one account of a person holds for all
    assert made.assignments[made.assignments["user_id"].isin(twice)]["fte"].tolist() == [0.5, 0.5]


def test_an_id_of_two_systems_is_written_with_its_system(folder_of, refused):
    people = "user_id;person\n3;Cara\n1;Bert\n"
    message = (
        "people.csv: column `user_id`, row 3: the id is known in `hubspot`, `suite`. "
        "Write it with its system, such as `hubspot:…`."
    )
    with refused(InputError, message):
        crmkit.ingest.read_exports(folder_of(systems(), FILES | {"people.csv": people}))


def test_without_a_name_the_lists_are_one_system(folder_of):
    """The same reader twice: the second list is a later state of the first."""
    made = crmkit.ingest.read_exports(folder_of(systems("", ""), FILES))
    assert len(made.users) == 3


def test_lists_of_two_crms_with_equal_ids_are_asked_about(folder_of, refused):
    salesforce = "Id,Username,UserType\n1,a@muster.example,Standard\n2,b@muster.example,Standard\n"
    exports = ["{file: exports/sf.csv, reader: salesforce.users}", "{file: exports/suite.csv, reader: suitecrm.users}"]
    suite = "id,user_name,first_name,last_name,status,is_group,portal_only\n1,a,A,B,Active,0,0\n"
    folder = folder_of(exports, {"exports/sf.csv": salesforce, "exports/suite.csv": suite})
    message = (
        "client.yml: exports: `sf.csv` and `suite.csv` are of two systems and know 1 accounts by the same id. "
        "Name the system of each (`system: sales`): then equal ids are different accounts."
    )
    with refused(SettingsError, message):
        crmkit.ingest.read_exports(folder)


def test_names_of_systems_are_no_identities(folder_of):
    """The gate looks for the login as it stands in the system, not for the kit's own writing of it."""
    from crmkit.ingest.discretion.pseudonyms import identity_digest

    files = FILES | {"exports/hubspot.csv": USERS + "a.koehler@muster.example;;Änne Köhler;Nord\n"}
    made = crmkit.ingest.read_exports(folder_of(systems()[:2], files), key=bytes(32))
    digests = set(made.identities["digest"])
    assert identity_digest(bytes(32), "a.koehler@muster.example") in digests
    assert identity_digest(bytes(32), "a.koehler") in digests


@pytest.mark.parametrize("system", ["a:b", "x" * 50, "Ü"])
def test_odd_names_of_systems_are_refused(folder_of, system):
    with pytest.raises(SettingsError, match="system"):
        crmkit.ingest.read_exports(folder_of(systems(f", system: '{system}'"), FILES))


def test_a_list_of_another_system_ends_no_account(folder_of):
    """Who is not on the later list of the other CRM has not left."""
    exports = [
        "{file: exports/sf.csv, reader: salesforce.users, exported: 2026-01-31}",
        "{file: exports/suite.csv, reader: suitecrm.users, exported: 2026-06-28}",
    ]
    salesforce = "Id,Username,UserType,CreatedDate\n005E00000012345,a@muster.example,Standard,2024-01-01T00:00:00Z\n"
    suite = "id,user_name,first_name,last_name,status,is_group,portal_only\n7,a,A,B,Active,0,0\n"
    made = crmkit.ingest.read_exports(folder_of(exports, {"exports/sf.csv": salesforce, "exports/suite.csv": suite}))
    assert made.assignments["to_date"].isna().all()
