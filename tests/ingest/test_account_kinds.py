"""Who is a person: every account that is none is counted with the sign that says so."""

import pytest

import crmkit
from crmkit.ingest.accounts.kinds import kind_of
from crmkit.settings import AccountMarks

EMPTY = {"account": "", "username": None, "email": None, "name": None, "profile": None, "licence": None,
         "account_type": None}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"account": "a.koehler"}, ("person", "")),
        ({"account": "svc.import"}, ("service", "name")),
        ({"account": "api_erp"}, ("service", "name")),
        ({"account": "17", "username": "noreply@muster.example"}, ("service", "name")),
        ({"account": "17", "profile": "Integration"}, ("service", "name")),
        ({"account": "17", "licence": "API Only"}, ("service", "name")),
        ({"account": "test1"}, ("test", "name")),
        ({"account": "17", "username": "Testuser.Nord"}, ("test", "name")),
        ({"account": "17", "account_type": "Customer Portal"}, ("portal", "account_type")),
        ({"account": "17", "account_type": "Servicekonto"}, ("service", "account_type")),
        # what the list states holds against what a name looks like
        ({"account": "svc.meyer", "account_type": "person"}, ("person", "")),
        ({"account": "systemhaus.weber"}, ("person", "")),
        ({"account": "testa.rossa"}, ("person", "")),
        ({"account": "attest"}, ("person", "")),
        ({"account": "e.api"}, ("service", "name")),
        ({"account": "17", "account_type": "Extern"}, ("person", "")),
    ],
)
def test_signs(row, expected):
    assert kind_of(EMPTY | row, None, None) == expected


def test_the_layouts_mark_comes_before_names_and_the_client_before_all():
    row = EMPTY | {"account": "svc.x", "email": "svc.x@muster.example", "name": "Änne Köhler"}
    assert kind_of(row, "portal", "user_type") == ("portal", "user_type")
    assert kind_of(row, "portal", "user_type", AccountMarks(service=["SVC.*"])) == ("service", "set_by_client")
    assert kind_of(row, "portal", "user_type", AccountMarks(person=["svc.x@*"], service=["*"])) == ("person", "")
    assert kind_of(row, None, None, AccountMarks(test=["änne*"])) == ("test", "set_by_client")


def test_all_are_counted_with_their_sign(folder_of):
    users = "Id,Username,UserType,Profile.Name\n" + "".join(
        f"005E000000123{n:02d},{name},{kind},{profile}\n"
        for n, (name, kind, profile) in enumerate([
            ("a@x.example", "Standard", "Sales"), ("b@x.example", "Standard", "Integration"),
            ("c@x.example", "AutomatedProcess", ""), ("d@x.example", "CspLitePortal", ""),
            ("0331r2@00d2x9db", "Standard", ""), ("schulung7@x.example", "Standard", "Sales"),
            ("e@x.example", "Guest", ""),
        ])
    )  # fmt: skip
    settings = 'accounts: {test: ["schulung*"]}\n'
    folder = folder_of(["{file: exports/u.csv, reader: salesforce.users}"], {"exports/u.csv": users}, settings=settings)
    made = crmkit.ingest.read_exports(folder)
    rows = made.ledger[made.ledger["step"] == "accounts"]
    assert dict(zip(rows["reason"], rows["n_rows"], strict=True)) == {
        "portal_user_type": 1, "service_licence_manager": 1, "service_profile": 1, "service_user_type": 2,
        "test_set_by_client": 1,
    }  # fmt: skip
    assert made.users["account_type"].value_counts().to_dict() == {"service": 4, "person": 1, "portal": 1, "test": 1}


def test_without_a_list_names_in_the_log_tell(folder_of):
    log = "user_id;timestamp\nsvc.import;2026-06-01 08:00\na;2026-06-01 09:00\n"
    folder = folder_of(["{file: exports/l.csv, reader: generic.logins}"], {"exports/l.csv": log})
    made = crmkit.ingest.read_exports(folder)
    assert sorted(made.users["account_type"]) == ["person", "service"]
