"""The object User, as a query on it gives it on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.chance import Chance
from generator.salesforce_logins import Login, last_login
from generator.salesforce_org import Account, Org
from generator.writing import write_csv

_HEADER = (
    "Id,Username,Email,FirstName,LastName,Name,Department,Division,Title,UserRole.Name,Profile.Name,"
    "Profile.UserLicense.Name,UserType,IsActive,LastLoginDate,CreatedDate,LastModifiedDate,TimeZoneSidKey,LocaleSidKey,"
    "EmployeeNumber"
)


def write_users(file: Path, accounts: list[Account], logins: dict[str, list[Login]], day: dt.date, org: Org) -> None:
    """Write the accounts that existed on `day`, with their state on that day."""
    known = [account for account in accounts if account.created <= day]
    write_csv(file, _HEADER, (_row(account, logins[account.short], day, org) for account in known))


def _row(account: Account, logins: list[Login], day: dt.date, org: Org) -> list[str]:
    has_left = account.left is not None and account.left < day
    changed = account.left if has_left and account.left else account.created
    return [
        account.long, account.username, account.email, account.first_name, account.surname, account.name,
        _department(account, day, org), "", account.title, account.role, account.profile, account.licence,
        account.user_type, "false" if has_left else "true", last_login(logins, day), f"{account.created}T06:30:00.000Z",
        f"{changed}T15:00:00.000Z", "Europe/Berlin", "de_DE", account.employee_number,
    ]  # fmt: skip


def _department(account: Account, day: dt.date, org: Org) -> str:
    """Return the unit on a day: in the older list, a few people of the two sales units stand in the other one."""
    moved = account.person and day < org.exported and Chance(org.place.client, account.short, "moved").happens(0.05)
    swap = {"Vertrieb/Vertrieb Nord": "Vertrieb/Vertrieb Süd", "Vertrieb/Vertrieb Süd": "Vertrieb/Vertrieb Nord"}
    return swap.get(account.unit, account.unit) if moved else account.unit
