"""Salesforce Login History: as downloaded in Setup (English or German labels), or from the API."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.accounts.salesforce_ids import canonical_id
from crmkit.ingest.context import UNKNOWN_AREA, Context
from crmkit.ingest.discretion import ready_pseudonyms
from crmkit.ingest.files import open_file
from crmkit.ingest.times import dates
from crmkit.readers import folded, recognise
from crmkit.settings import Export

SOURCE = "salesforce.login_history"
#: The kit's column → header on screen in English and German, and in the API form.
_HEADERS = {
    "user": ("username", "benutzername", "userid"),
    "time": ("login time", "anmeldezeit", "logintime"),
    "type": ("login type", "anmeldetyp", "logintype"),
    "status": ("status",),
    "application": ("application", "anwendung"),
    "api_type": ("api type", "api typ", "apitype"),
    "id": ("id",),
}
_SUCCESS = ("success", "erfolgreich", "erfolg")
_NOTHING = ("", "n/a", "n/v", "none")
#: Salesforce's own licence manager logs in under names such as ``033…2@00d2…db``.
_LICENCE_MANAGER = r"^033[0-9a-z]+@00d[0-9a-z]+$"


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the logins of one file.

    Parameters
    ----------
    path
        The file; keyed on the user's name (screen form) or id (API form).
    export, context
        What the client says of it; `context.principals` leads from names to ids.

    Returns
    -------
    polars.LazyFrame
        Contract `events`, action ``login``. Failed logins, the licence manager and names that no user
        list knows are left out and noted in the ledger.

    Raises
    ------
    InputError
        If the file is no login history, or its times cannot be read.
    """
    opened = open_file(path, export)
    if context.has_ready_pseudonyms:
        ready_pseudonyms.refuse_headers(opened.columns, {_header(opened.columns, "user")}, file=path.name)
    rows = _named(opened.rows, opened.columns, path).collect()
    times = dates.parse(
        rows["time"], file=path.name, column=_header(opened.columns, "time"), clock=context.clock(export),
        date_format=export.date_format, last=context.last_day,
    )  # fmt: skip
    judged = rows.with_columns(timestamp=times.local, user_id=_accounts(rows["user"], context)).with_columns(
        reason=pl.when(pl.lit(times.implausible)).then(pl.lit("implausible_date")).otherwise(_reason())
    )
    context.book.file(path.name, export, None, opened)
    context.book.rows(SOURCE, rows.height)
    context.book.note(SOURCE, "open", opened.dropped)
    dropped = judged.filter(pl.col("reason").is_not_null()).group_by("reason").len()
    context.book.note(SOURCE, "filter", dict(dropped.iter_rows()))
    return (
        judged.lazy()
        .filter(pl.col("reason").is_null())
        .select(
            pl.col("user_id"),
            pl.col("timestamp"),
            area=pl.lit(UNKNOWN_AREA),
            object=pl.lit(""),
            action=pl.lit("login"),
            channel=_channel(),
            source=pl.lit(SOURCE),
            event_id=pl.coalesce(
                pl.col("id"), pl.concat_str(["user", "time", "type", "application"], separator="|", ignore_nulls=True)
            ),
        )
    )


def _header(columns: list[str], name: str) -> str:
    forms = [folded(form) for form in _HEADERS[name]]
    return next((column for column in columns if folded(column) in forms), name)


def _named(rows: pl.LazyFrame, columns: list[str], path: Path) -> pl.LazyFrame:
    found = {name: _header(columns, name) for name in _HEADERS}
    missing = [_HEADERS[name][0].title() for name in ("user", "time") if found[name] not in columns]
    if missing:
        likely = recognise(columns, apart_from=SOURCE)
        raise InputError.not_this_export(path.name, "Salesforce login history", missing, columns, likely)
    nothing = pl.lit(None, dtype=pl.String)
    return rows.select([(pl.col(h) if h in columns else nothing).alias(name) for name, h in found.items()])


def _accounts(users: pl.Series, context: Context) -> pl.Series:
    """Return the account of each user id or name; names in any case; null for an unknown name."""
    known = {name: context.principals.get(name.casefold(), _own_id(name)) for name in users.drop_nulls().unique()}
    return users.replace_strict(known, default=None, return_dtype=pl.String)


def _own_id(name: str) -> str | None:
    return canonical_id(name) if name.startswith("005") and "@" not in name else None


def _reason() -> pl.Expr:
    status = pl.col("status").str.to_lowercase()
    manager = pl.col("user").str.to_lowercase().str.contains(_LICENCE_MANAGER).fill_null(value=False)
    return (
        pl.when(manager).then(pl.lit("licence_manager"))
        .when(status.is_not_null() & ~status.is_in(_SUCCESS)).then(pl.lit("failed_login"))
        .when(pl.col("user_id").is_null()).then(pl.lit("unknown_user"))
        .when(pl.col("timestamp").is_null()).then(pl.lit("no_time"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip


def _channel() -> pl.Expr:
    kind = pl.col("type").fill_null("").str.to_lowercase()
    application = pl.col("application").fill_null("").str.to_lowercase()
    api = ~pl.col("api_type").fill_null("").str.to_lowercase().is_in(_NOTHING) | kind.str.contains("api")
    return (
        pl.when(application.str.contains("outlook|gmail")).then(pl.lit("addin"))
        .when(application.str.contains("ios|android|mobile")).then(pl.lit("mobile"))
        .when(api | kind.str.contains("remote access 2")).then(pl.lit("api"))
        .otherwise(pl.lit("ui"))
    )  # fmt: skip
