"""Salesforce EventLogFile: one file a type and day, columns that change by release, UTC.

Source: Salesforce Object Reference, EventLogFile Supported Event Types; column sets as seen in exported files.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest import ready_pseudonyms
from crmkit.ingest.context import Context
from crmkit.ingest.files import open_file
from crmkit.ingest.salesforce_ids import canonical_id
from crmkit.settings import Export

SOURCE = "salesforce.event_log"
#: What people do in the user interface, and what machines do.
_VIEWS = ("LightningPageView", "URI", "Report", "Search")
_MACHINES = {"API": "api", "RestApi": "api", "AuraRequest": "background"}
_NO_ACTION = ("Logout",)
KNOWN = (*_VIEWS, *_MACHINES, *_NO_ACTION, "Login", "ReportExport")
#: Further types of Salesforce, named in the ledger; any other word may be a cell of another column, perhaps a name.
_UNREAD = (
    "ApexCallout", "ApexExecution", "ApexRestApi", "ApexSoap", "ApexTrigger", "ApexUnexpectedException",
    "ApiTotalUsage", "AsyncReportRun", "BulkApi", "BulkApi2", "BulkApiRequest", "ChangeSetOperation", "Console",
    "ContentDistribution", "ContentDocumentLink", "ContentTransfer", "Dashboard", "DatabaseSave",
    "DocumentAttachmentDownloads", "FlowExecution", "GroupMembership", "HostnameRedirects", "InsufficientAccess",
    "KnowledgeArticleView", "LightningError", "LightningInteraction", "LightningPerformance", "LoginAs",
    "MetadataApiOperation", "MultiBlockReport", "NamedCredential", "PackageInstall", "PermissionUpdate",
    "QueuedExecution", "Sandbox", "SearchClick", "Sites", "TimeBasedWorkflow", "TransactionSecurity", "UITracking",
    "VisualforceRequest", "WaveChange", "WaveDownload", "WaveInteraction", "WavePerformance",
)  # fmt: skip

_PAGE_OBJECT = r"/lightning/(?:r|o)/([A-Za-z0-9_]+)"
_CLASSIC_WRITES = r"(?i)^(?:insert|update|upsert|delete|create|POST|PUT|PATCH|DELETE)"


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of one file.

    Parameters
    ----------
    path
        CSV file, plain or compressed; joined files may repeat the header.
    export, context
        What the client says of it.

    Returns
    -------
    polars.LazyFrame
        Contract `events`; `source` names the event type. Failed logins, logouts and rows without user or
        time are left out and noted in the ledger.

    Raises
    ------
    InputError
        If the file is no EventLogFile.
    """
    opened = open_file(path, export)
    if context.has_ready_pseudonyms:
        ready_pseudonyms.refuse_headers(opened.columns, {"USER_ID", "USER_ID_DERIVED"}, file=path.name)
    missing = [c for c in ("EVENT_TYPE", "USER_ID") if c not in opened.columns]
    if missing:
        raise InputError.not_this_export(path.name, "Salesforce EventLogFile", missing, opened.columns)
    rows = _interpreted(opened.rows, opened.columns, context)
    reasons = rows.group_by("source", "reason").len().collect().iter_rows()
    for source, reason, n in reasons:
        context.book.rows(source, n)
        context.book.note(source, "filter", {reason: n} if reason else {})
    context.book.note(SOURCE, "open", opened.dropped)
    return rows.filter(pl.col("reason").is_null()).drop("reason")


def _interpreted(rows: pl.LazyFrame, columns: list[str], context: Context) -> pl.LazyFrame:
    """Return the contract's columns and the reason for which a row does not count, if any."""
    col = {name: pl.col(name) if name in columns else pl.lit(None, dtype=pl.String) for name in _USED}
    kind = col["EVENT_TYPE"]
    named = pl.when(kind.is_in([*KNOWN, *_UNREAD])).then(kind).otherwise(pl.lit("?"))
    used = rows.with_columns(
        [expression.alias(f"_{name}") for name, expression in col.items()]
    )  # every column there is under one name, missing ones null
    here = {name: pl.col(f"_{name}") for name in _USED}
    objects = _object(here)
    return used.select(
        user_id=_user(here),
        timestamp=_timestamp(here, context),
        area=context.area_of(objects),
        object=objects.fill_null(""),
        action=_action(here),
        channel=_channel(here),
        source=pl.format("{}:{}", pl.lit(SOURCE), named),
        event_id=_event_id(here),
        reason=_reason(here, _timestamp(here, context)),
    )


_USED = (
    "EVENT_TYPE", "TIMESTAMP", "TIMESTAMP_DERIVED", "REQUEST_ID", "USER_ID", "USER_ID_DERIVED", "LOGIN_STATUS",
    "LOGIN_TYPE", "API_TYPE", "BROWSER_TYPE", "DEVICE_PLATFORM", "PAGE_ENTITY_TYPE", "PAGE_URL", "URI",
    "REFERRER_URI", "METHOD_NAME", "METHOD", "ENTITY_NAME", "ACTION_MESSAGE", "SESSION_KEY", "UI_EVENT_TIMESTAMP",
    "UI_EVENT_SEQUENCE_NUM",
)  # fmt: skip


def _user(col: dict[str, pl.Expr]) -> pl.Expr:
    """Return the 18-character id; Salesforce's own derived id is trusted before our suffix."""
    computed = col["USER_ID"].map_batches(_canonical, return_dtype=pl.String)
    derived = pl.when(col["USER_ID_DERIVED"] != "").then(col["USER_ID_DERIVED"])
    return pl.coalesce(derived, computed)


def _canonical(ids: pl.Series) -> pl.Series:
    """Return the 18-character form of a column of ids; each id is computed once."""
    known = {given: canonical_id(given) for given in ids.drop_nulls().unique()}
    return ids.replace_strict(known, default=None, return_dtype=pl.String)


def _timestamp(col: dict[str, pl.Expr], context: Context) -> pl.Expr:
    """Return local wall time from the exact time, or from the compact one that loses nothing as text."""
    exact = col["TIMESTAMP_DERIVED"].str.strptime(pl.Datetime("us"), "%Y-%m-%dT%H:%M:%S%.fZ", strict=False)
    compact = col["TIMESTAMP"].str.strptime(pl.Datetime("us"), "%Y%m%d%H%M%S%.f", strict=False)
    utc = pl.coalesce(exact, compact).dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(context.timezone).dt.replace_time_zone(None)


def _object(col: dict[str, pl.Expr]) -> pl.Expr:
    """Return the object a page shows; where the URI is just ``/aura`` it hides in the referrer."""
    page = col["PAGE_URL"].str.extract(_PAGE_OBJECT)
    uri = pl.coalesce(col["URI"].str.extract(_PAGE_OBJECT), col["REFERRER_URI"].str.extract(_PAGE_OBJECT))
    is_report = col["EVENT_TYPE"].is_in(["Report", "ReportExport"])
    named = pl.when(col["PAGE_ENTITY_TYPE"] != "").then(col["PAGE_ENTITY_TYPE"])
    entity = pl.when(col["ENTITY_NAME"] != "").then(col["ENTITY_NAME"])
    return pl.when(is_report).then(pl.lit("Report")).otherwise(pl.coalesce(named, page, entity, uri))


def _action(col: dict[str, pl.Expr]) -> pl.Expr:
    kind = col["EVENT_TYPE"]
    method = pl.coalesce(col["METHOD_NAME"], col["METHOD"], col["ACTION_MESSAGE"].str.extract(r"ACTION\$([A-Za-z]+)"))
    writes = kind.is_in(list(_MACHINES)) & method.str.contains(_CLASSIC_WRITES).fill_null(value=False)
    return (
        pl.when(kind == "Login").then(pl.lit("login"))
        .when(kind == "ReportExport").then(pl.lit("export"))
        .when(writes).then(pl.lit("write"))
        .otherwise(pl.lit("view"))
    )  # fmt: skip


def _channel(col: dict[str, pl.Expr]) -> pl.Expr:
    kind = col["EVENT_TYPE"]
    platform = col["DEVICE_PLATFORM"].str.to_uppercase().fill_null("")
    mobile = platform.str.starts_with("S1") | platform.str.contains("PHONE|TABLET|MOBILE")
    machine_login = (kind == "Login") & ~col["BROWSER_TYPE"].fill_null("").str.contains("(?i)mozilla")
    return (
        pl.when(kind.is_in(list(_MACHINES))).then(kind.replace(_MACHINES))
        .when(machine_login).then(pl.lit("api"))
        .when(mobile).then(pl.lit("mobile"))
        .otherwise(pl.lit("ui"))
    )  # fmt: skip


def _event_id(col: dict[str, pl.Expr]) -> pl.Expr:
    """Return what is unique for a row: no single column is, `REQUEST_ID` stands on every row of a request."""
    parts = ("EVENT_TYPE", "REQUEST_ID", "SESSION_KEY", "UI_EVENT_TIMESTAMP", "UI_EVENT_SEQUENCE_NUM", "TIMESTAMP",
             "URI", "USER_ID", "METHOD_NAME", "PAGE_URL", "ACTION_MESSAGE", "LOGIN_STATUS")  # fmt: skip
    return pl.concat_str([col[part].fill_null("") for part in parts], separator="|")


def _reason(col: dict[str, pl.Expr], timestamp: pl.Expr) -> pl.Expr:
    failed = (col["EVENT_TYPE"] == "Login") & (col["LOGIN_STATUS"].fill_null("LOGIN_NO_ERROR") != "LOGIN_NO_ERROR")
    return (
        pl.when(~col["EVENT_TYPE"].is_in(KNOWN)).then(pl.lit("unknown_event_type"))
        .when(col["EVENT_TYPE"].is_in(_NO_ACTION)).then(pl.lit("not_an_action"))
        .when(failed).then(pl.lit("failed_login"))
        .when(col["USER_ID"].fill_null("") == "").then(pl.lit("no_user"))
        .when(timestamp.is_null()).then(pl.lit("no_time"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip
