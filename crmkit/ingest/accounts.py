"""User lists → one snapshot of accounts a file: who they are, what they are, since when."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest import absence, dates, ready_pseudonyms, telling_texts, working_life
from crmkit.ingest.columns import chosen, pick
from crmkit.ingest.context import Context
from crmkit.ingest.files import open_file
from crmkit.ingest.salesforce_ids import canonical_id
from crmkit.settings import Export

FIELDS = (
    "user_id", "username", "name", "first_name", "last_name", "email", "employee_number", "org_unit", "division",
    "role", "licence", "profile", "fte", "subdivision", "first_active", "last_active", "last_login",
    "last_modified", "active", "account_type",
)  # fmt: skip
DATES = ("first_active", "last_active", "last_login", "last_modified")
#: Headers of the Salesforce User object, also through its relations.
SALESFORCE = {
    "user_id": ("Id",), "username": ("Username",), "name": ("Name",), "first_name": ("FirstName",),
    "last_name": ("LastName",), "email": ("Email",), "employee_number": ("EmployeeNumber",),
    "org_unit": ("Department",), "division": ("Division",),
    "role": ("UserRole.Name", "Title", "UserRoleId"), "profile": ("Profile.Name", "ProfileId"),
    "licence": ("Profile.UserLicense.Name", "UserLicense.Name", "License"), "first_active": ("CreatedDate",),
    "last_login": ("LastLoginDate",), "last_modified": ("LastModifiedDate",), "active": ("IsActive",),
    "account_type": ("UserType",),
}  # fmt: skip

_YES = ("true", "ja", "yes", "1", "x", "aktiv", "active", "wahr", "enabled", "y", "j")
_NO = ("false", "nein", "no", "0", "inaktiv", "inactive", "falsch", "disabled", "gesperrt", "n")
_SERVICE_TYPES = ("automatedprocess", "cloudintegrationuser", "csnonly", "guest", "service", "system", "api",
                  "technisch", "integration", "servicekonto", "systemkonto", "bot")  # fmt: skip
_PORTAL = re.compile(r"^(power|csp|portal|customer|partner|pipelineportal)", re.IGNORECASE)
_SERVICE = re.compile(r"(?i)integration|\bapi\b|api only|^svc[._-]|^api[._-]|^integration[._-]|\bsystemkonto\b")
_TEST = re.compile(r"(?i)(^|[._\s-])test([._\s-]|\d|@|$)")


def read(path: Path, export: Export, context: Context) -> pl.DataFrame:
    """Return the accounts of a user list.

    Parameters
    ----------
    path
        The file.
    export
        Reader ``salesforce.users`` or ``generic.users``, and its mapping.
    context
        Time zone; the ledger.

    Returns
    -------
    polars.DataFrame
        `FIELDS` (text, dates as date, active as bool, fte as share), `account` (the id as logs use it), `kind`
        (person / service / portal / test) and `snapshot` (day of the export; null if not known).

    Raises
    ------
    InputError
        If accounts cannot be told apart, or a date cannot be read.
    """
    opened = open_file(path, export)
    export = _with_salesforce_headers(export, opened.columns) if export.reader == "salesforce.users" else export
    is_salesforce = export.reader == "salesforce.users"
    rows = pick(opened, export, FIELDS, path.name, required=("user_id",) if is_salesforce else ()).collect()
    headers = chosen(opened, export, FIELDS, path.name)
    _refuse_absence(rows, opened.columns, headers, path.name)
    rows = _identified(rows, path, opened.columns)
    if context.has_ready_pseudonyms:
        ready_pseudonyms.check_list(rows, opened.columns, headers, file=path.name)
    rows = rows.with_columns(_dates(rows, headers, path, export, context))
    context.book.rows(export.reader, rows.height)
    context.book.note(export.reader, "open", opened.dropped)
    double = rows.height - rows["account"].n_unique()
    context.book.note(export.reader, "filter", {"duplicate": double})
    rows = rows.with_columns(
        working_life.part_time(rows["fte"], file=path.name, column=headers.get("fte", "fte")),
        working_life.subdivision(rows["subdivision"]),
    )
    typed = _typed(rows.unique("account", keep="last", maintain_order=True), snapshot_day(path, export))
    telling_texts.refuse(rows, headers, file=path.name, known=telling_texts.names_of(typed))
    return typed


def _refuse_absence(rows: pl.DataFrame, columns: list[str], headers: dict[str, str], file: str) -> None:
    absence.refuse_absence_headers(columns, file)
    for column in (*telling_texts.PRINTED, "active", "account_type"):
        if column in headers:
            absence.refuse_values(rows[column], file=file, column=headers[column])


def _with_salesforce_headers(export: Export, columns: list[str]) -> Export:
    """Return the export with the headers of Salesforce's User object where the client maps nothing else."""
    own = {
        field: next(header for header in headers if header in columns)
        for field, headers in SALESFORCE.items()
        if any(header in columns for header in headers)
    }
    return export.model_copy(update={"columns": own | export.columns})


def _identified(rows: pl.DataFrame, path: Path, found: list[str]) -> pl.DataFrame:
    """Add `account`: the id, else the e-mail address, else the name."""
    full = pl.concat_str(["first_name", "last_name"], separator=" ")
    rows = rows.with_columns(name=pl.coalesce("name", full))
    given = rows.select(pl.coalesce("user_id", "email", "name")).to_series()
    rows = rows.with_columns(
        account=pl.Series([canonical_id(text) if text else None for text in given], dtype=pl.String)
    )
    if rows["account"].is_null().all():
        raise InputError.missing_column(path.name, "User ID", found, "user_id")
    return rows.filter(pl.col("account").is_not_null())


def _dates(
    rows: pl.DataFrame, headers: dict[str, str], path: Path, export: Export, context: Context
) -> list[pl.Series]:
    return [
        dates.parse(
            rows[name],
            file=path.name,
            column=headers.get(name, name),
            clock=context.clock(export),
            date_format=export.date_format,
        )
        .local.dt.date()
        .alias(name)
        for name in DATES
    ]


def snapshot_day(path: Path, export: Export) -> dt.date | None:
    """Return the day of a user list: as stated, or from its file name."""
    if export.exported:
        return export.exported
    stated = re.search(r"(20\d{2})-?(\d{2})-?(\d{2})", path.name)
    try:
        return dt.date(*map(int, stated.groups())) if stated else None
    except ValueError:
        return None


def _typed(rows: pl.DataFrame, snapshot: dt.date | None) -> pl.DataFrame:
    active = pl.col("active").str.to_lowercase()
    kinds = [_kind(row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(
        active=pl.when(active.is_in(_YES)).then(statement=True).when(active.is_in(_NO)).then(statement=False),
        kind=pl.Series(kinds, dtype=pl.String),
        snapshot=pl.lit(snapshot, dtype=pl.Date),
        org_unit=_unit(),
    )


def _unit() -> pl.Expr:
    """Return the unit as a path; a division stands above its departments."""
    inside = pl.col("division").is_not_null() & (pl.col("division") != pl.col("org_unit"))
    path = pl.concat_str(["division", "org_unit"], separator="/")
    return pl.when(inside & pl.col("org_unit").is_not_null()).then(path).otherwise(pl.coalesce("org_unit", "division"))


def _kind(row: dict[str, object]) -> str:
    """Return what an account is; only people are ever counted."""
    given = str(row["account_type"] or "").strip().lower()
    if _PORTAL.match(given):
        return "portal"
    if given in _SERVICE_TYPES:
        return "service"
    if given == "test" or _TEST.search(str(row["username"] or row["account"])):
        return "test"
    hints = (row["profile"], row["licence"], row["username"], row["account"])
    return "service" if any(_SERVICE.search(str(hint)) for hint in hints if hint) else "person"
