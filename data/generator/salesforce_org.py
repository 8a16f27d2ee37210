"""A Salesforce org: its accounts, for people and for everything else that logs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.chance import Chance
from generator.names import plain
from generator.people import Person, Place, WorkDay, work_days
from generator.salesforce_ids import long_id, short_id
from generator.seasons import monday_of

#: Number of the first account of a person: the numbers below are Salesforce's own users.
_FIRST_NUMBER = 5_000


@dataclass(frozen=True)
class UnitKind:
    """What a unit does in the CRM.

    `broad` are the weights of objects for people who use all of it; `narrow` the choices of those who
    work in one area only.
    """

    department: str
    role: str
    titles: tuple[str, ...]
    profile: str
    licence: str
    broad: Mapping[str, float]
    narrow: tuple[Mapping[str, float], ...]
    mobile_share: float = 0.0


@dataclass(frozen=True)
class Org:
    """Settings of one org."""

    place: Place
    domain: str
    org_id: str
    pod: str
    units: Mapping[str, UnitKind]
    views_a_day: Mapping[int, float]
    exported: dt.date
    #: The course whose people hold a second account, for administration.
    second_account: str = ""


@dataclass(frozen=True)
class Account:
    """A row of the object User; `person` is None where nobody human stands behind it."""

    short: str
    username: str
    first_name: str
    surname: str
    email: str
    unit: str
    title: str
    role: str
    profile: str
    licence: str
    user_type: str
    created: dt.date
    employee_number: str = ""
    left: dt.date | None = None
    person: Person | None = None
    is_second: bool = False

    @property
    def long(self) -> str:
        """The 18-character id."""
        return long_id(self.short)

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first_name} {self.surname}".strip()


def accounts_of(people: list[Person], org: Org) -> list[Account]:
    """Return the accounts of all people, of services and of a customer, by id."""
    own = [_account(person, org) for person in people]
    seconds = [_second(account, org) for account in own if _holds_second(account.person, org)]
    return sorted([*_machines(org), *own, *seconds], key=lambda account: account.created)


def days_of_accounts(accounts: list[Account], org: Org) -> dict[str, list[WorkDay]]:
    """Return account id → days of work; who has two accounts uses the second one every third week."""
    days: dict[str, list[WorkDay]] = {}
    for account in accounts:
        if account.person is None:
            continue
        own = work_days(account.person, org.place)
        if _holds_second(account.person, org):
            own = [day for day in own if (monday_of(day.date).toordinal() // 7 % 3 == 0) == account.is_second]
        days[account.short] = own
    return days


def _holds_second(person: Person | None, org: Org) -> bool:
    return person is not None and person.course.habit == org.second_account


def _account(person: Person, org: Org) -> Account:
    unit = org.units[person.unit]
    local = f"{plain(person.first_name)}.{plain(person.surname)}"
    return Account(
        short=short_id("User", _FIRST_NUMBER + 2 * person.number, pod=org.pod),
        username=f"{local}@{org.domain}",
        first_name=person.first_name,
        surname=person.surname,
        email=f"{local}@{org.domain}",
        unit=unit.department,
        title=Chance(*person.key(org.place), "title").pick(unit.titles),
        role=unit.role,
        profile=unit.profile,
        licence=unit.licence,
        user_type="Standard",
        created=person.joined,
        employee_number=f"{400 + 7 * person.number:06d}",
        left=person.left,
        person=person,
    )


def _second(account: Account, org: Org) -> Account:
    number = _FIRST_NUMBER + 9_000
    username = account.username.replace("@", ".admin@")
    return replace(
        account, short=short_id("User", number, pod=org.pod), username=username, profile="Systemadministrator",
        created=dt.date(2023, 12, 4), is_second=True,
    )  # fmt: skip


def _machines(org: Org) -> list[Account]:
    """Return what logs in without being an employee: Salesforce's own users, integrations, a customer."""
    start = dt.date(2019, 2, 18)
    rows = [
        ("", "Automated Process", "autoproc", "", "", "AutomatedProcess"),
        ("Platform", "Integration User", "cloud", "Analytics Cloud Integration User",
         "Analytics Cloud Integration User", "CloudIntegrationUser"),
        ("", "Site Gastbenutzer", "gast", "Portal Profil", "Guest User License", "Guest"),
        ("", "Integration ERP", "svc.erp", "Integration ERP", "Salesforce", "Standard"),
        ("", "Integration Website", "svc.website", "Salesforce API Only System Integrations", "Salesforce Integration",
         "Standard"),
        ("Quirin", "Obermayrhofer", "quirin.obermayrhofer", "Kundenportal", "Customer Community", "CspLitePortal"),
    ]  # fmt: skip
    return [
        Account(
            short=short_id("User", 40 + number, pod=org.pod), username=f"{local}@{org.domain}", first_name=first,
            surname=last, email=f"{local}@{org.domain}", unit="", title="", role="", profile=profile, licence=licence,
            user_type=user_type, created=start,
        )
        for number, (first, last, local, profile, licence, user_type) in enumerate(rows)
    ]  # fmt: skip
