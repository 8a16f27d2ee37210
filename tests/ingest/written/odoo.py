"""Odoo: messages by partner, records with technical and with German headers."""

from tests.ingest.written.doings import USERS, Doing, User, Written, created_and_changed

MODELS = {"lead": "crm.lead", "ticket": "helpdesk.ticket", "contact": "res.partner"}


def _account(user: User) -> str:
    return str(6 + user.number)


def partner(user: User) -> str:
    """The number of another user."""
    return str(6 + user.number % len(USERS) + 1)


def _utc(d: Doing) -> str:
    return f"{d.utc:%Y-%m-%d %H:%M:%S}"


PEOPLE = [
    [".id", "login", "name", "email", "partner_id/.id", "active", "share", "login_date", "create_date",
     "create_uid/.id"],
    *(
        [_account(u), u.email, u.name, u.email, partner(u), "True", "False", "2025-11-03 13:12:11",
         "2024-01-01 00:00:00", "1"]
        for u in USERS
    ),
]  # fmt: skip


def messages(doings: list[Doing]) -> list[list[str]]:
    rows = [[".id", "author_id/.id", "date", "model", "message_type"]]
    rows += [
        [str(n), partner(d.user), _utc(d), MODELS[d.thing], ("comment", "notification", "tracking")[n % 3]]
        for n, d in enumerate(doings)
    ]
    when = _utc(doings[0])
    return [
        *rows,
        ["800", "4711", when, "crm.lead", "email"],
        ["801", partner(USERS[0]), when, "crm.lead", "auto_comment"],
    ]


def records(doings: list[Doing]) -> list[list[str]]:
    rows = [[".id", "create_uid/.id", "create_date", "write_uid/.id", "write_date"]]
    for n, (first, last) in enumerate(created_and_changed(doings)):
        rows.append([str(n), _account(first.user), _utc(first), _account(last.user), _utc(last)])
    return rows


def german(doings: list[Doing]) -> list[list[str]]:
    """As the list exports it: names of users, wall time, and a sign against formulas."""
    rows = [["Verkaufschance", "Angelegt von", "Angelegt am", "Zuletzt aktualisiert von", "Zuletzt aktualisiert am"]]
    for first, last in created_and_changed(doings):
        by = [[d.user.name, f"{d.local:%Y-%m-%d %H:%M:%S}"] for d in (first, last)]
        rows.append(["'-", *by[0], *by[1]])
    return rows


_LIST = ("odoo.users", PEOPLE)
WRITTEN = [
    Written("odoo.messages", "mail.message.csv", messages, ("write",), _account, users=_LIST),
    Written("odoo.records", "crm.lead.csv", records, ("write",), _account, users=_LIST, things=("lead",)),
    Written("odoo.records", "helpdesk_ticket.csv", records, ("write",), _account, things=("ticket",)),
    Written("odoo.record_list", "Lead (crm.lead).csv", german, ("write",), _account, users=_LIST, things=("lead",)),
]  # fmt: skip
