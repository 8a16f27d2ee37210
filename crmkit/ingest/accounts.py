"""User lists → one snapshot of accounts a file: who they are, what they are, since when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest import (
    absence,
    account_kinds,
    dates,
    layouts,
    ready_pseudonyms,
    telling_texts,
    working_life,
)
from crmkit.ingest.columns import Mapping, mapping_of
from crmkit.ingest.context import Context
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.salesforce_ids import canonical_id
from crmkit.readers import recognise
from crmkit.settings import Export

FIELDS = (
    "user_id", "username", "name", "first_name", "last_name", "email", "employee_number", "org_unit", "division",
    "role", "licence", "profile", "fte", "subdivision", "first_active", "last_active", "last_login",
    "last_modified", "active", "disabled", "account_type", "other_id",
)  # fmt: skip
DATES = ("first_active", "last_active", "last_login", "last_modified")
#: Columns whose words a layout may translate.
_WORDS = ("active", "disabled", "account_type", "licence", "role")
#: More rows than this share (0–1) of accounts that stood there before are no slips but a column that is no key.
MOST_DOUBLE = 0.5
#: Rows that tell what a column holds.
_LOOKED_AT = 1_000
_MARKED, _MARKED_KIND = "__marked", "__marked_kind"
_DAY_IN_NAME = r"(20\d{2})-?(\d{2})-?(\d{2})"
_DAY_IN_TITLE = r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d{2})\b"
_YES = ("true", "ja", "yes", "1", "x", "aktiv", "active", "wahr", "enabled", "y", "j")
_NO = ("false", "nein", "no", "0", "inaktiv", "inactive", "falsch", "disabled", "gesperrt", "n")


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
    layouts.refuse_another(export, opened.columns, path.name)
    export = layouts.with_defaults(export, opened.columns)
    mapping = mapping_of(opened.columns, export, FIELDS, path.name)
    rows = _picked(opened, mapping, export, path.name).collect()
    _refuse_absence(rows, opened.columns, mapping.headers, path.name)
    rows = _identified(rows, path, opened.columns)
    if context.has_ready_pseudonyms:
        ready_pseudonyms.check_list(rows, opened.columns, mapping.certain, file=path.name)
    rows = rows.with_columns(layouts.translated(rows[name], name, export.reader) for name in _WORDS)
    parsed = _dates(rows, mapping.headers, path, export, context)
    rows = rows.with_columns(dated.local.dt.date().alias(name) for name, dated in parsed.items())
    n_beyond = {"implausible_date": sum(int(dated.implausible.sum()) for dated in parsed.values())}
    context.book.note(export.reader, "change", n_beyond)
    _note(rows, mapping, export, path, opened, context)
    _ask_for_login(opened, mapping, export, path.name, context)
    rows = rows.with_columns(
        working_life.part_time(rows["fte"], file=path.name, column=mapping.headers.get("fte", "fte")),
        working_life.subdivision(rows["subdivision"]),
    )
    last = rows.unique("account", keep="last", maintain_order=True)
    typed = _typed(last, snapshot_day(path, export, opened.above), context)
    note_kinds(typed, export.reader, context)
    telling_texts.refuse(typed, mapping.headers, file=path.name, known=telling_texts.names_of(typed))
    return typed.drop("kind_reason", _MARKED, _MARKED_KIND)


def _picked(opened: Opened, mapping: Mapping, export: Export, file: str) -> pl.LazyFrame:
    """Return the rows under the kit's columns, and what the layout's marks say of each account."""
    if export.reader != "generic.users" and "user_id" not in mapping.headers:
        raise InputError.missing_column(
            file, _id_header(export), opened.columns, "user_id", recognise(opened.columns, apart_from=export.reader)
        )
    marks = layouts.layout_of(export.reader).kinds
    values = [
        pl.col(mapping.headers[name]).alias(name)
        if name in mapping.headers
        else pl.lit(export.constants.get(name), dtype=pl.String).alias(name)
        for name in FIELDS
    ]
    marked = layouts.marked(marks, opened.columns).alias(_MARKED)
    return opened.rows.select(*values, marked, layouts.marked_kind(marks, opened.columns).alias(_MARKED_KIND))


def _id_header(export: Export) -> str:
    return next(iter(layouts.layout_of(export.reader).columns.get("user_id", ())), "User ID")


def _note(
    rows: pl.DataFrame, mapping: Mapping, export: Export, path: Path, opened: Opened, context: Context
) -> None:
    """Write into the book what was read, left out, and could not be told."""
    n_double = rows.height - rows["account"].n_unique()
    if n_double > MOST_DOUBLE * rows.height:
        column, likely = mapping.headers.get("user_id", ""), recognise(opened.columns, apart_from=export.reader)
        raise InputError.no_key(path.name, column, n_double, rows.height, likely)
    context.book.file(path.name, export, mapping, opened)
    context.book.rows(export.reader, rows.height)
    context.book.note(export.reader, "open", opened.dropped)
    context.book.note(export.reader, "filter", {"duplicate": n_double})
    words = rows.select(pl.col("active", "disabled").str.to_lowercase())
    n_unknown = words.select(
        (pl.any_horizontal(pl.all().is_not_null() & ~pl.all().is_in([*_YES, *_NO]))).sum()
    ).item()
    context.book.note(export.reader, "change", {"unknown_state": n_unknown})


def _ask_for_login(opened: Opened, mapping: Mapping, export: Export, file: str, context: Context) -> None:
    """Ask whether a column of dates that is called something else is the last login."""
    if "last_login" in {*mapping.headers, *export.constants}:
        return
    free = [header for header in opened.columns if header not in mapping.headers.values()]
    rows = opened.rows.select(free).head(_LOOKED_AT).collect()
    dated = [header for header in free if dates.are_dates(rows[header])]
    if dated:
        context.book.ask("last_login_missing", source=file, names=" or ".join(f"`{header}`" for header in dated[:3]))


def note_kinds(accounts: pl.DataFrame, reader: str, context: Context) -> None:
    """Write down how many accounts are no people, and by which sign."""
    others = accounts.filter(pl.col("kind") != "person")
    counts = others.group_by("kind", "kind_reason").len().sort("kind", "kind_reason")
    context.book.note(reader, "accounts", {f"{kind}_{reason}": n for kind, reason, n in counts.iter_rows()})


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
        raise InputError.missing_column(path.name, "User ID", found, "user_id", recognise(found))
    return rows.filter(pl.col("account").is_not_null())


def _dates(
    rows: pl.DataFrame, headers: dict[str, str], path: Path, export: Export, context: Context
) -> dict[str, dates.Parsed]:
    clock = context.clock(export)
    return {
        name: dates.parse(
            rows[name], file=path.name, column=headers.get(name, name), clock=clock, date_format=export.date_format
        )
        for name in DATES
    }


def snapshot_day(path: Path, export: Export, above: Sequence[str] = ()) -> dt.date | None:
    """Return the day of a user list: as stated, or from its file name, or from what stands above its headers."""
    if export.exported:
        return export.exported
    said = [_day(_DAY_IN_NAME, path.name, (1, 2, 3)), *(_day(_DAY_IN_TITLE, text, (3, 2, 1)) for text in above)]
    return next((day for day in said if day), None)


def _day(pattern: str, text: str, order: tuple[int, int, int]) -> dt.date | None:
    stated = re.search(pattern, text)
    try:
        return dt.date(*(int(stated[part]) for part in order)) if stated else None
    except ValueError:
        return None


def _typed(rows: pl.DataFrame, snapshot: dt.date | None, context: Context) -> pl.DataFrame:
    active, disabled = pl.col("active").str.to_lowercase(), pl.col("disabled").str.to_lowercase()
    is_active = (
        pl.when(disabled.is_in(_YES)).then(statement=False)
        .when(active.is_in(_YES)).then(statement=True)
        .when(active.is_in(_NO)).then(statement=False)
        .when(disabled.is_in(_NO)).then(statement=True)
    )  # fmt: skip
    kinds = [
        account_kinds.kind_of(row, row[_MARKED_KIND], row[_MARKED], context.accounts)
        for row in rows.iter_rows(named=True)
    ]
    return rows.with_columns(
        active=is_active,
        kind=pl.Series([kind for kind, _ in kinds], dtype=pl.String),
        kind_reason=pl.Series([reason for _, reason in kinds], dtype=pl.String),
        snapshot=pl.lit(snapshot, dtype=pl.Date),
        org_unit=_unit(),
    ).drop("disabled")


def _unit() -> pl.Expr:
    """Return the unit as a path; a division stands above its departments."""
    inside = pl.col("division").is_not_null() & (pl.col("division") != pl.col("org_unit"))
    path = pl.concat_str(["division", "org_unit"], separator="/")
    return pl.when(inside & pl.col("org_unit").is_not_null()).then(path).otherwise(pl.coalesce("org_unit", "division"))
