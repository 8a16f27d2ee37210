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
        # portals by words that mean nothing else
        *(
            ({"account": "17", "account_type": kind}, ("portal", "account_type"))
            for kind in (
                "PowerPartner",
                "PowerCustomerSuccess",
                "CspLitePortal",
                "Partner Portal",
                "portal",
                "Portal User",
            )
        ),
        *(
            ({"account": "17", "account_type": kind}, ("person", ""))
            for kind in ("Power User", "Customer Service", "Partner Manager", "Portalverantwortliche")
        ),
        # the domain of a mail tells nothing
        ({"account": "anna.berg@api.de"}, ("person", "")),
        ({"account": "17", "username": "anna.berg@systemintegration-nord.de"}, ("person", "")),
        ({"account": "17", "username": "anna.berg@test.muster.example"}, ("person", "")),
        # a licence of people may have an API too
        ({"account": "17", "licence": "Enterprise inkl. API-Zugriff"}, ("person", "")),
        ({"account": "17", "profile": "Marketing Integration"}, ("person", "")),
        ({"account": "17", "profile": "Service User"}, ("person", "")),
        *(
            ({"account": "17", "profile": text}, ("service", "name"))
            for text in (
                "Integration User",
                "Salesforce Integration",
                "System Integration",
                "Nur API",
                "API User",
                "Minimum Access - API Only Integrations",
            )
        ),
        # a login made of the name that the list has is that person's
        ({"account": "bot.jan", "name": "Jan Bot"}, ("person", "")),
        ({"account": "api.ferhat", "first_name": "Ferhat", "last_name": "Yilmaz"}, ("person", "")),
        ({"account": "sys-mueller", "name": "Karl Müller"}, ("person", "")),
        ({"account": "max.test", "name": "Max Mustermann"}, ("person", "")),
        ({"account": "test.anna", "name": "Anna Berg"}, ("person", "")),
        # unless the name says so as well, or says nothing
        ({"account": "max.test", "name": "Max Test"}, ("test", "name")),
        ({"account": "api.erp", "name": "ERP Schnittstelle"}, ("service", "name")),
        ({"account": "bot.jan", "name": "Jan"}, ("service", "name")),
        ({"account": "bot.jan"}, ("service", "name")),
        ({"account": "test.anna"}, ("test", "name")),
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


@pytest.mark.parametrize(("n", "is_asked"), [(2, False), (3, True)])
def test_many_that_only_look_like_machines_are_asked_about(folder_of, n, is_asked):
    logins = [f"test{number}" for number in range(n)] + ["a", "b"]
    users = "user_id\n" + "\n".join(logins)
    folder = folder_of(["{file: exports/u.csv, reader: generic.users}"], {"exports/u.csv": users})
    questions = {question.code: question for question in crmkit.ingest.read_exports(folder).book.questions}
    assert ("many_no_people" in questions) is is_asked
    if is_asked:
        assert (questions["many_no_people"].n, questions["many_no_people"].n_total) == (3, 5)
        assert str(questions["many_no_people"]).startswith("generic.users: 3 of 5 accounts look like machines")


def test_what_system_or_client_say_is_not_asked_about(folder_of):
    users = "user_id;account_type\n" + "".join(f"svc.{n};service\ntest{n};\n" for n in range(4))
    folder = folder_of(
        ["{file: exports/u.csv, reader: generic.users}"],
        {"exports/u.csv": users},
        settings='accounts: {test: ["test*"]}\n',
    )
    assert "many_no_people" not in {question.code for question in crmkit.ingest.read_exports(folder).book.questions}
