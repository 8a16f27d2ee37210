"""User lists → one snapshot of accounts a file: who they are, what they are, since when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.accounts import doubles, kinds, states, working_life
from crmkit.ingest.accounts.salesforce_ids import canonical_id
from crmkit.ingest.context import Context
from crmkit.ingest.discretion import absence, ready_pseudonyms, telling_texts
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.headers import layouts
from crmkit.ingest.headers.columns import Mapping, mapping_of
from crmkit.ingest.times import dates
from crmkit.ingest.times.dates import LAST_DAY
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
#: Columns that a question names.
_MOST_NAMED = 3
_MARKED, _MARKED_KIND = "__marked", "__marked_kind"
_DAY_IN_NAME = r"(20\d{2})-?(\d{2})-?(\d{2})"
_DAY_IN_TITLE = r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d{2})\b"


def read(path: Path, export: Export, context: Context) -> pl.DataFrame:
    """Return the accounts of a user list.

    Parameters
    ----------
    path
        The file.
    export
        What client.yml says of it: a reader of user lists, mapping and constants, perhaps its day.
    context
        Time zone; what the client says of single accounts; the ledger.

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
    read_list = _List(opened, export, mapping_of(opened.columns, export, FIELDS, path.name), path, context)
    rows = _dated(_named(read_list), read_list)
    day = _snapshot_day(path, export, opened.above)
    _note(rows, read_list, day)
    _ask_for_login(read_list)
    fte = read_list.headers.get("fte", "fte")
    rows = rows.with_columns(
        working_life.part_time(rows["fte"], file=path.name, column=fte), working_life.subdivision(rows["subdivision"])
    )
    last = doubles.merged(rows, context.book, path.name)
    if day is None:
        context.book.ask("list_undated", source=path.name)
    typed = _typed(last, day, context)
    note_kinds(typed, export.reader, context)
    telling_texts.refuse(typed, read_list.printed, file=path.name, known=telling_texts.names_of(typed))
    return typed.drop("kind_reason", _MARKED, _MARKED_KIND)


@dataclass(frozen=True, eq=False)
class _List:
    """A user list on its way: what was opened, what client.yml says of it, which header is what."""

    opened: Opened
    export: Export
    mapping: Mapping
    path: Path
    context: Context

    @property
    def headers(self) -> dict[str, str]:
        return self.mapping.headers

    @property
    def printed(self) -> dict[str, str]:
        """Column → where what is printed stands: a header, or a constant of client.yml."""
        return self.headers | {name: f"constants: {name}" for name in self.export.constants}

    @property
    def likely(self) -> str:
        """Another reader whose exports have such headers."""
        return recognise(self.opened.columns, apart_from=self.export.reader)


def _named(given: _List) -> pl.DataFrame:
    """Return the accounts as text, each under its id; nothing of what must not be read."""
    rows, columns, file = _picked(given).collect(), given.opened.columns, given.path.name
    _refuse_absence(rows, columns, given.headers, file)
    rows = _identified(rows, given.path, columns)
    if given.context.has_ready_pseudonyms:
        ready_pseudonyms.check_list(rows, columns, given.mapping.certain, file=file)
    return rows.with_columns(layouts.translated(rows[name], name, given.export.reader) for name in _WORDS)


def _picked(given: _List) -> pl.LazyFrame:
    """Return the rows under the kit's columns, and what the layout's marks say of each account."""
    export, opened = given.export, given.opened
    if export.reader != "generic.users" and "user_id" not in given.headers:
        header = next(iter(layouts.layout_of(export.reader).columns.get("user_id", ())), "User ID")
        raise InputError.missing_column(given.path.name, header, opened.columns, "user_id", given.likely)
    marks = layouts.layout_of(export.reader).kinds
    values = given.mapping.values(FIELDS, export.constants)
    marked = layouts.marked(marks, opened.columns).alias(_MARKED)
    kind = layouts.marked(marks, opened.columns, tells="kind").alias(_MARKED_KIND)
    return opened.rows.select(*values, marked, kind)


def _dated(rows: pl.DataFrame, given: _List) -> pl.DataFrame:
    """Return the accounts with their dates; those that cannot be are none, and noted."""
    export, clock = given.export, given.context.clock(given.export)
    parsed = {
        name: dates.parse(
            rows[name], file=given.path.name, column=given.headers.get(name, name), clock=clock,
            date_format=export.date_format, last=LAST_DAY if name == "last_active" else given.context.last_day,
        )
        for name in DATES
    }  # fmt: skip
    n_beyond = sum(int(dated.implausible.sum()) for dated in parsed.values())
    n_unread = sum(int(dated.unreadable.sum()) for dated in parsed.values())
    given.context.book.note(export.reader, "change", {"implausible_date": n_beyond, "unreadable_date": n_unread})
    return rows.with_columns(dated.local.dt.date().alias(name) for name, dated in parsed.items())


def _note(rows: pl.DataFrame, given: _List, day: dt.date | None) -> None:
    """Write into the book what was read, left out, and could not be told."""
    book, reader, opened = given.context.book, given.export.reader, given.opened
    n_double = rows.height - rows["account"].n_unique()
    if n_double > MOST_DOUBLE * rows.height:
        column = given.headers.get("user_id", "")
        raise InputError.no_key(given.path.name, column, n_double, rows.height, given.likely)
    book.file(given.path.name, given.export, given.mapping, opened, day)
    book.rows(reader, rows.height)
    book.note(reader, "open", opened.dropped)
    book.note(reader, "filter", {"duplicate": n_double})
    _note_states(rows, given)


def _note_states(rows: pl.DataFrame, given: _List) -> None:
    """Count accounts whose state is not understood, and ask where they are many."""
    n = int((states.unknown(rows["active"]) | states.unknown(rows["disabled"])).sum())
    n_total = rows.select(pl.any_horizontal(pl.col("active", "disabled").is_not_null()).sum()).item()
    given.context.book.note(given.export.reader, "change", {"unknown_state": n})
    if n > states.MOST_UNKNOWN * n_total:
        named = [given.headers[name] for name in ("active", "disabled") if name in given.headers]
        given.context.book.ask("unknown_states", source=given.path.name, n=n, n_total=n_total, names=named)


def _ask_for_login(given: _List) -> None:
    """Ask whether a column of dates that is called something else is the last login."""
    if "last_login" in {*given.headers, *given.export.constants}:
        return
    free = [header for header in given.opened.columns if header not in given.headers.values()]
    rows = given.opened.rows.select(free).head(_LOOKED_AT).collect()
    dated = [header for header in free if dates.are_dates(rows[header])]
    if dated:
        given.context.book.ask("last_login_missing", source=given.path.name, names=dated[:_MOST_NAMED])


def note_kinds(accounts: pl.DataFrame, reader: str, context: Context) -> None:
    """Write down how many accounts are no people, and by which sign; ask where that may be wrong."""
    others = accounts.filter(pl.col("kind") != "person")
    counts = others.group_by("kind", "kind_reason").len().sort("kind", "kind_reason")
    context.book.note(reader, "accounts", {f"{kind}_{reason}": n for kind, reason, n in counts.iter_rows()})
    n_looks = others.filter(pl.col("kind_reason").is_in(kinds.LOOKS) & (pl.col("kind") != "portal")).height
    if kinds.is_many(n_looks, accounts.height):
        context.book.ask("many_no_people", source=reader, n=n_looks, n_total=accounts.height)
    n_shared = doubles.n_with_shared_number(accounts)
    if n_shared:
        context.book.ask("shared_employee_number", source=reader, n=n_shared)


def _refuse_absence(rows: pl.DataFrame, columns: list[str], headers: dict[str, str], file: str) -> None:
    absence.refuse_absence_headers(columns, file)
    for column in (*telling_texts.PRINTED, "active", "account_type"):
        if column in headers:
            absence.refuse_values(rows[column], file=file, column=headers[column])


def _identified(rows: pl.DataFrame, path: Path, found: list[str]) -> pl.DataFrame:
    """Add `account`: the id, else the e-mail address, else the name."""
    full = pl.concat_str(["first_name", "last_name"], separator=" ")
    rows = rows.with_columns(name=pl.coalesce("name", full))
    given = rows.select(pl.coalesce("user_id", "email", "name")).to_series()
    rows = rows.with_columns(
        account=pl.Series([canonical_id(text) if text else None for text in given], dtype=pl.String)
    )
    rows = rows.with_columns(doubles.one_spelling(rows["account"], given))
    if rows["account"].is_null().all():
        raise InputError.missing_column(path.name, "User ID", found, "user_id", recognise(found))
    return rows.filter(pl.col("account").is_not_null())


def _snapshot_day(path: Path, export: Export, above: Sequence[str]) -> dt.date | None:
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
    told = [kinds.kind_of(row, row[_MARKED_KIND], row[_MARKED], context.accounts) for row in rows.iter_rows(named=True)]
    return rows.with_columns(
        active=states.is_active(rows["active"], rows["disabled"]),
        kind=pl.Series([kind for kind, _ in told], dtype=pl.String),
        kind_reason=pl.Series([reason for _, reason in told], dtype=pl.String),
        snapshot=pl.lit(snapshot, dtype=pl.Date),
        org_unit=_unit(),
    ).drop("disabled")


def _unit() -> pl.Expr:
    """Return the unit as a path; a division stands above its departments."""
    inside = pl.col("division").is_not_null() & (pl.col("division") != pl.col("org_unit"))
    path = pl.concat_str(["division", "org_unit"], separator="/")
    return pl.when(inside & pl.col("org_unit").is_not_null()).then(path).otherwise(pl.coalesce("org_unit", "division"))
