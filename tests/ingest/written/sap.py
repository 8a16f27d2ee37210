"""SAP: transactions of SAP CRM, use of Cloud for Customer in both languages."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

TYPES = {"lead": "BUS2000111", "ticket": "BUS2000116", "contact": "BUS2000126"}


def _account(user: User) -> str:
    return user.login.upper().replace(".", "")


PEOPLE = [
    ["BNAME", "USTYP", "CLASS", "GLTGV", "GLTGB", "UFLAG", "ERDAT", "TRDAT", "LTIME"],
    *(
        [_account(u), "A", "VERTRIEB", "01.01.2024", "31.12.9999", "0", "01.01.2024", "03.11.2025", "14:12:11"]
        for u in USERS
    ),
]
BUSINESS_USERS = [
    [
        "Business User ID",
        "Business User",
        "User Locked",
        "Employee ID",
        "Department",
        "Counted User Type",
        "Valid From",
        "Valid To",
    ],
    *([_account(u), u.name, "No", f"E{u.number:05d}", "Nord", "Enterprise", "01.01.2024", "31.12.9999"] for u in USERS),
]


def records(doings: list[Doing]) -> list[list[str]]:
    """Rows of one kind after the other: a record was created and changed as what it is."""
    rows = [["CLIENT", "GUID", "OBJECT_TYPE", "CREATED_AT", "CREATED_BY", "CHANGED_AT", "CHANGED_BY"]]
    for thing, kind in TYPES.items():
        for n, (first, last) in enumerate(created_and_changed([d for d in doings if d.thing == thing])):
            by = [[f"{d.utc:%Y%m%d%H%M%S}", _account(d.user)] for d in (first, last)]
            rows.append(["100", f"{kind}{n}", kind, *by[0], *by[1]])
    return rows


def _usage(header: list[str], client: str) -> object:
    def write(doings: list[Doing]) -> list[list[str]]:
        return [header] + [[_account(d.user), f"{d.local:%d.%m.%Y}", client, "1"] for d in doings]

    return write


_BUSINESS = ("sap.c4c_users", BUSINESS_USERS)
_ENGLISH = ["Business User ID", "Calendar Day", "Client Type", "Number of Logons"]
_GERMAN = ["Geschäftsbenutzer-ID", "Kalendertag", "Gerätetyp", "Anzahl Anmeldungen"]
WRITTEN = [
    Written("sap.records", "CRMD_ORDERADM_H.csv", records, ("write",), _account, users=("sap.users", PEOPLE)),
    Written("sap.c4c_usage", "usage.csv", _usage(_ENGLISH, "HTML5"), ("login",), _account, False, _BUSINESS),
    Written("sap.c4c_usage", "nutzung.csv", _usage(_GERMAN, "Tablet"), ("login",), _account, False, channel="mobile"),
]  # fmt: skip
