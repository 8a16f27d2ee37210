"""Salesforce EventLogFile: one file a type and day, columns that change by release, UTC.

Source: Salesforce Object Reference, EventLogFile Supported Event Types; column sets as seen in exported files.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.accounts.salesforce_ids import canonical_id
from crmkit.ingest.context import UNKNOWN_AREA, Context
from crmkit.ingest.discretion import ready_pseudonyms
from crmkit.ingest.files import open_file
from crmkit.readers import recognise
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
#: What a row means stands in these columns; of cells that differ from row to row only what the pattern finds.
_TELLING = {
    "EVENT_TYPE": "", "USER_ID": "", "USER_ID_DERIVED": "", "LOGIN_STATUS": "", "DEVICE_PLATFORM": "",
    "PAGE_ENTITY_TYPE": "", "ENTITY_NAME": "", "METHOD_NAME": "", "METHOD": "",
    "BROWSER_TYPE": "(?i)(mozilla)", "ACTION_MESSAGE": r"(ACTION\$[A-Za-z]+)",
    "PAGE_URL": r"(/lightning/(?:r|o)/[A-Za-z0-9_]+)", "URI": r"(/lightning/(?:r|o)/[A-Za-z0-9_]+)",
    "REFERRER_URI": r"(/lightning/(?:r|o)/[A-Za-z0-9_]+)",
}  # fmt: skip
#: What tells a row from any other, beside its time: no single column does, `REQUEST_ID` stands on every row of a
#: request.
_IDENTITY = (
    "EVENT_TYPE", "REQUEST_ID", "SESSION_KEY", "UI_EVENT_TIMESTAMP", "UI_EVENT_SEQUENCE_NUM", "URI", "USER_ID",
    "METHOD_NAME", "PAGE_URL", "PAGE_ENTITY_TYPE", "ENTITY_NAME", "ACTION_MESSAGE", "LOGIN_STATUS",
)  # fmt: skip
#: Between the cells of one row: the control character that ASCII has for it.
_BETWEEN = "\x1f"
#: Years that a log can be of; any other is a mistake, not a time.
_YEARS = (2000, 2099)


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of one file.

    The file is gone through once, piece by piece. What stays in memory of a row is its time, what tells it from
    others and the number of its meaning, 20 bytes; each meaning is worked out once.

    Parameters
    ----------
    path
        CSV file, plain or compressed; joined files may repeat the header.
    export, context
        What the client says of it.

    Returns
    -------
    polars.LazyFrame
        Contract `events`, `event_id` as a number; `source` names the event type. Failed logins, logouts and rows
        without user or time are left out and noted in the ledger.

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
        likely = recognise(opened.columns, apart_from=SOURCE)
        raise InputError.not_this_export(path.name, "Salesforce EventLogFile", missing, opened.columns, likely)
    telling = [name for name in _TELLING if name in opened.columns]
    rows = _slim(opened.rows, telling, opened.columns, context).collect(engine="streaming")
    meanings = _meanings(rows, telling, context)
    _note(meanings, context)
    context.book.file(path.name, export, None, opened)
    context.book.note(SOURCE, "open", opened.dropped)
    return _events(rows, meanings)


def _slim(rows: pl.LazyFrame, telling: list[str], columns: list[str], context: Context) -> pl.LazyFrame:
    """Return what a row means, as one text that is kept once, its time, and what tells it from others."""
    cells = [pl.col(name).str.extract(_TELLING[name]) if _TELLING[name] else pl.col(name) for name in telling]
    meaning = pl.concat_str([cell.fill_null("") for cell in cells], separator=_BETWEEN)
    # a dictionary of this file alone: it goes when the file goes
    words = pl.Categorical(pl.Categories.random())
    timed = rows.with_columns(_timestamp(columns, context).alias("timestamp"))
    return timed.select("timestamp", meaning=meaning.cast(words), event_id=_event_id(columns, pl.col("timestamp")))


def _meanings(rows: pl.DataFrame, telling: list[str], context: Context) -> pl.DataFrame:
    """Return the contract's columns for each meaning, why it does not count, if so, and how many rows have it.

    The position of a row is the number by which `rows` knows the meaning.
    """
    counted = rows.group_by("meaning").agg(n=pl.len(), n_timed=pl.col("timestamp").count())
    counted = counted.with_columns(code=pl.col("meaning").to_physical())
    n_codes = 0 if rows.is_empty() else counted.select(pl.col("code").max()).item() + 1
    codes = pl.DataFrame({"code": pl.int_range(n_codes, dtype=pl.UInt32, eager=True)})
    known = codes.join(counted, on="code", how="left", maintain_order="left")
    parts = known["meaning"].cast(pl.String).str.split_exact(_BETWEEN, len(telling) - 1)
    cells = parts.struct.rename_fields(telling).struct.unnest().with_columns(pl.all().replace("", None))
    nothing = [pl.lit(None, dtype=pl.String).alias(name) for name in _TELLING if name not in telling]
    return cells.with_columns(nothing).select(**_interpreted(context)).hstack(known.select("n", "n_timed"))


def _interpreted(context: Context) -> dict[str, pl.Expr]:
    """Return the contract's columns and the reason for which a row does not count, if any."""
    here = {name: pl.col(name) for name in _TELLING}
    objects, kind = _object(here), here["EVENT_TYPE"]
    named = pl.when(kind.is_in([*KNOWN, *_UNREAD])).then(kind).otherwise(pl.lit("?"))
    return {
        "user_id": _user(here),
        "area": context.area_of(objects),
        "object": objects.fill_null(""),
        "action": _action(here),
        "channel": _channel(here),
        "source": pl.format("{}:{}", pl.lit(SOURCE), named),
        "reason": _reason(here),
    }


def _note(meanings: pl.DataFrame, context: Context) -> None:
    """Write into the ledger how many rows each source has, and which of them do not count."""
    n_untimed = pl.when(pl.col("reason").is_null()).then(pl.col("n") - pl.col("n_timed"))
    sums = meanings.filter(pl.col("n") > 0).group_by("source", "reason", maintain_order=True)
    for source, reason, n, n_without_time in sums.agg(pl.col("n").sum(), n_untimed.sum().alias("no_time")).iter_rows():
        context.book.rows(source, n)
        context.book.note(source, "filter", {reason: n} if reason else {"no_time": n_without_time})
    named = pl.col("reason").is_null() & (pl.col("object") != "") & (pl.col("n") > 0)
    unknown = meanings.filter(named & (pl.col("area") == UNKNOWN_AREA))
    for (source,), rows in unknown.group_by("source", maintain_order=True):
        context.book.objects(str(source), rows["object"], rows["n"])


def _events(rows: pl.DataFrame, meanings: pl.DataFrame) -> pl.LazyFrame:
    counts = meanings["reason"].is_null()
    if not counts.all() or rows["timestamp"].null_count():
        rows = rows.filter(_looked_up(counts) & pl.col("timestamp").is_not_null())
    texts = {name: _looked_up(meanings[name]) for name in ("user_id", "area", "object", "action", "channel", "source")}
    return rows.lazy().select("timestamp", "event_id", **texts)


def _looked_up(values: pl.Series) -> pl.Expr:
    """Return for each row the value of its meaning."""
    code = pl.col("meaning").to_physical()
    return code.map_batches(values.gather, return_dtype=values.dtype, is_elementwise=True)


def _user(col: dict[str, pl.Expr]) -> pl.Expr:
    """Return the 18-character id; Salesforce's own derived id is trusted before our suffix."""
    computed = col["USER_ID"].map_batches(_canonical, return_dtype=pl.String)
    derived = pl.when(col["USER_ID_DERIVED"] != "").then(col["USER_ID_DERIVED"])
    return pl.coalesce(derived, computed)


def _canonical(ids: pl.Series) -> pl.Series:
    """Return the 18-character form of a column of ids; each id is computed once."""
    known = {given: canonical_id(given) for given in ids.drop_nulls().unique()}
    return ids.replace_strict(known, default=None, return_dtype=pl.String)


def _timestamp(columns: list[str], context: Context) -> pl.Expr:
    """Return local wall time from the exact time, or from the compact one that loses nothing as text."""
    times = []
    if "TIMESTAMP_DERIVED" in columns:
        times.append(_time(pl.col("TIMESTAMP_DERIVED"), 19, "%Y-%m-%dT%H:%M:%S", "Z"))
    if "TIMESTAMP" in columns:
        times.append(_time(pl.col("TIMESTAMP"), 14, "%Y%m%d%H%M%S", ""))
    utc = pl.coalesce(*times, pl.lit(None, dtype=pl.Datetime("us")))
    return utc.dt.replace_time_zone("UTC").dt.convert_time_zone(context.timezone).dt.replace_time_zone(None)


def _time(texts: pl.Expr, n_characters: int, pattern: str, end: str) -> pl.Expr:
    """Return the time of texts in one fixed form; whole seconds are read seven times as fast as with their fraction."""
    seconds = texts.str.slice(0, n_characters).str.strptime(pl.Datetime("us"), pattern, strict=False, cache=False)
    rest = texts.str.slice(n_characters)
    fraction = rest.str.strip_suffix(end).cast(pl.Float64, strict=False).fill_null(0.0)
    is_time = rest.str.contains(rf"^(?:\.\d+)?{end}$") & seconds.is_between(
        dt.datetime(_YEARS[0], 1, 1), dt.datetime(_YEARS[1] + 1, 1, 1), closed="left"
    )
    exact = seconds.to_physical() + (fraction * 1e6).round().cast(pl.Int64)
    return pl.when(is_time).then(exact.cast(pl.Datetime("us")))


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


def _event_id(columns: list[str], timestamp: pl.Expr) -> pl.Expr:
    """Return what is unique for a row as a number of 64 bits; a cell that is empty or missing adds nothing.

    As a text it would be some 200 bytes a row. Among n different rows two have the same number with odds of
    n² / 2⁶⁵: one in 90,000 for 20 million rows, one in 3,600 for 100 million; one event of them would be lost.
    """
    number = timestamp.hash(len(_IDENTITY))
    for seed, name in enumerate(_IDENTITY):
        if name in columns:
            cell = pl.col(name)
            number ^= pl.when(cell != "").then(cell.hash(seed)).otherwise(pl.lit(0, dtype=pl.UInt64))
    return number


def _reason(col: dict[str, pl.Expr]) -> pl.Expr:
    failed = (col["EVENT_TYPE"] == "Login") & (col["LOGIN_STATUS"].fill_null("LOGIN_NO_ERROR") != "LOGIN_NO_ERROR")
    return (
        pl.when(~col["EVENT_TYPE"].is_in(KNOWN)).then(pl.lit("unknown_event_type"))
        .when(col["EVENT_TYPE"].is_in(_NO_ACTION)).then(pl.lit("not_an_action"))
        .when(failed).then(pl.lit("failed_login"))
        .when(col["USER_ID"].fill_null("") == "").then(pl.lit("no_user"))
        .otherwise(pl.lit(None, dtype=pl.String))
    )  # fmt: skip
