"""Microsoft Purview, unified audit log: a few columns, and in one of them a JSON document a row.

Source: Microsoft, Dataverse and model-driven apps activity logging; Office 365 Management Activity API schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.context import Context
from crmkit.ingest.files import Opened, open_file
from crmkit.ingest.systems.generic_events import read_opened
from crmkit.readers import header_of
from crmkit.settings import Export

#: Our name → headers of the portal, of the old portal and of PowerShell.
_HEADERS = {
    "row_id": ("recordid", "identity"),
    "row_time": ("creationdate",),
    "row_type": ("recordtype",),
    "row_operation": ("operation", "operations"),
    "row_user": ("userid", "userids"),
    "audit": ("auditdata",),
}
#: What is taken out of the JSON, and nothing else: the rest is content.
_KEYS = (
    "CreationTime", "Id", "Operation", "RecordType", "UserType", "Workload", "UserId", "UserUpn", "SystemUserId",
    "EntityName", "Message", "UserAgent",
)  # fmt: skip
#: Longer texts are no names (characters).
_LONGEST = 500
#: More cells than this share (0–1) that are no JSON are no slips but a damaged export.
_MOST_BROKEN = 0.5
_NOTHING = ("", "n/a", "null", "none", "not available")
_CRM_TYPES, _CRM_WORKLOADS = ("21", "crm"), ("crm", "dynamics365", "dynamics 365", "dynamicscrm")
#: Record type and message of Dynamics that says nothing; the real one is in `Message`.
_ANY_MESSAGE = "crmdefaultactivity"
#: The server itself, applications, policies. 2 is an administrator of Microsoft 365: a person.
_SERVER_SIDE = (
    "3", "4", "5", "6", "7", "8", "dcadmin", "system", "application", "serviceprincipal", "custompolicy",
    "systempolicy",
)  # fmt: skip
_GUID = r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?"
_MACHINE = (
    rf"^(?:#.*|system|integration|s2s.*|unknown|app|nt authority.*|service ?(?:principal|account).*|"
    rf"crmoln@microsoft\.com|{_GUID}(?:@.*)?|[0-9a-f]{{32}}@.*)$"
)
_LOGIN = r"^(?:user ?)?(?:login|logon|logged ?in|signin|signed ?in)|^user ?access"
_EXPORT = r"^export|viewer ?export"
_WRITE = (
    r"^(?:create|update|upsert|(?:bulk)?delete|assign|set|associate|disassociate|merge|close|win|lose|qualify|convert|"
    r"add|remove|send|book|reschedule|revise|cancel|fulfill|lock|unlock|grant|modify|revoke|route|pick|release|import|"
    r"clone|copy|renew|resolve|reopen|complete|generate|apply|save)"
)
_ADDIN, _MOBILE = r"outlook|microsoft office|msoffice|owa/", r"iphone|ipad|android|mobile"
_BACKGROUND, _BROWSER = r"logic-?apps|microsoft-?flow|power-?automate|azure-", r"mozilla|opera"
#: A moment of this century; .NET writes the year 1 where it knows none.
_THIS_CENTURY, _ISO = r"^20\d\d-\d\d-\d\dT", r"^\d{4}-"


def read(path: Path, export: Export, context: Context) -> pl.LazyFrame:
    """Return the events of Dynamics 365 in a unified audit log.

    Parameters
    ----------
    path
        CSV file of the Purview portal, of its predecessor, or of ``Search-UnifiedAuditLog``.
    export, context
        What the client says of it; `context.principals` leads from names and keys to accounts.

    Returns
    -------
    polars.LazyFrame
        Contract `events`. Rows of other workloads, of service accounts and of the server itself, and those that
        are no JSON, are left out and noted in the ledger.

    Raises
    ------
    InputError
        If the file is no unified audit log, has nothing of Dynamics 365, or most of its JSON is broken.
    """
    opened = open_file(path, export)
    said = _said(opened, path.name).with_columns(reason=_of_whom())
    _check(said, path.name)
    rows = _interpreted(said, context.principals)
    return read_opened(replace(opened, rows=rows.lazy(), columns=rows.columns), path, export, context)


def _said(opened: Opened, file: str) -> pl.DataFrame:
    """Return what each row says, in its columns and in its JSON, without the content."""
    found = {name: header_of(opened.columns, forms) for name, forms in _HEADERS.items()}
    missing = [name for name, key in (("AuditData", "audit"), ("CreationDate", "row_time")) if found[key] is None]
    if missing:
        raise InputError.not_this_export(file, "unified audit log of Microsoft Purview", missing, opened.columns)
    return _with_nothing_as_null(_unpacked(opened.rows, found))


def _unpacked(rows: pl.LazyFrame, headers: Mapping[str, str | None]) -> pl.DataFrame:
    """Return our columns and the keys of the JSON, piece by piece: a log may be larger than the memory."""
    columns = [(pl.col(h) if h else pl.lit(None, dtype=pl.String)).alias(name) for name, h in headers.items()]
    parsed = pl.col("audit").map_batches(_parsed, return_dtype=_STRUCT, is_elementwise=True)
    return rows.select(columns).with_columns(audit=parsed).unnest("audit").collect(engine="streaming")


def _with_nothing_as_null(rows: pl.DataFrame) -> pl.DataFrame:
    texts = pl.col(pl.String).str.strip_chars()
    return rows.with_columns(pl.when(~texts.str.to_lowercase().is_in(_NOTHING)).then(texts).name.keep())


_STRUCT = pl.Struct({"is_json": pl.Boolean, **dict.fromkeys(_KEYS, pl.String)})


def _parsed(cells: pl.Series) -> pl.Series:
    """Return the keys of JSON documents.

    Python's parser, row by row: three times as fast as as many JSON paths of polars, each of which parses anew, and
    unlike `json_decode` it survives a row that is none.
    """
    documents = [_document(cell) for cell in cells]
    keys = {key: [_text(document.get(key)) for document in documents] for key in _KEYS}
    return pl.DataFrame(
        {"is_json": [bool(document) for document in documents], **keys}, schema=_STRUCT.to_schema()
    ).to_struct()


def _document(cell: str | None) -> Mapping[str, object]:
    """Return a JSON object, an empty one for anything else: broken, nested without end, a list."""
    try:
        document = json.loads(cell or "")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _text(value: object) -> str | None:
    if isinstance(value, int):
        return str(value)[:_LONGEST]
    # half a surrogate is valid JSON but no text
    return value[:_LONGEST].encode("utf-8", "ignore").decode() if isinstance(value, str) else None


def _of_whom() -> pl.Expr:
    """Return the reason for which a row is no person's doing in Dynamics 365, whoever it is; null for none."""
    kind = pl.coalesce("row_type", "RecordType").str.to_lowercase()
    workload = pl.col("Workload").str.to_lowercase()
    operation = pl.coalesce("Operation", "row_operation").str.to_lowercase()
    is_crm = pl.any_horizontal(kind.is_in(_CRM_TYPES), workload.is_in(_CRM_WORKLOADS), operation == _ANY_MESSAGE)
    unsaid = kind.is_null() & ~pl.col("is_json")
    return (
        pl.when(~is_crm.fill_null(value=False) & ~unsaid).then(pl.lit("other_workload"))
        .when(~pl.col("is_json")).then(pl.lit("not_json"))
        .when(pl.col("UserType").str.to_lowercase().is_in(_SERVER_SIDE)).then(pl.lit("server_side"))
    )  # fmt: skip


def _check(said: pl.DataFrame, file: str) -> None:
    ours = said.filter(pl.col("reason").ne_missing("other_workload"))
    if ours.is_empty():
        raise InputError(
            f"{file}: none of its {said.height} rows is about Dynamics 365. Search again with the record type CRM."
        )
    n_broken = ours.height - int(ours["is_json"].sum())
    if n_broken > _MOST_BROKEN * ours.height:
        raise InputError(
            f"{file}: column `AuditData`: {n_broken} of {ours.height} cells hold no JSON. Export again, and do not "
            "open and save the file in Excel, which cuts long cells."
        )


def _interpreted(said: pl.DataFrame, principals: Mapping[str, str]) -> pl.DataFrame:
    """Return the columns that the layout names, and the reason for which a row does not count."""
    messages = [pl.col(name).str.to_lowercase() for name in ("Message", "Operation", "row_operation")]
    agent = pl.col("UserAgent").str.to_lowercase()
    rows = said.with_columns(
        user=_user(principals),
        action=_action(pl.coalesce(pl.when(message != _ANY_MESSAGE).then(message) for message in messages)),
        channel=_channel(agent),
        CreationTime=_time(),
        Id=pl.coalesce("row_id", "Id").str.to_lowercase(),
    )
    machine = ~pl.col("user").is_in(list(principals)) & pl.col("user").str.to_lowercase().str.contains(_MACHINE)
    reason = pl.coalesce("reason", pl.when(machine).then(pl.lit("service_account")))
    return rows.select("user", "CreationTime", "EntityName", "channel", "action", "Id", reason)


def _user(principals: Mapping[str, str]) -> pl.Expr:
    """Return the first name that the user list knows, else the first address, else the first name there is."""
    names = [_folded(pl.col(name)) for name in ("UserUpn", "UserId", "row_user", "SystemUserId")]
    known = [pl.when(name.str.to_lowercase().is_in(list(principals))).then(name.str.to_lowercase()) for name in names]
    addresses = [pl.when(name.str.contains("@", literal=True)).then(name) for name in names]
    return pl.coalesce(*known, *addresses, *names)


def _folded(name: pl.Expr) -> pl.Expr:
    """Return addresses and keys in lower case, in which they differ from row to row; ready pseudonyms as they are."""
    in_any_case = name.str.contains("@", literal=True) | name.str.contains(f"(?i)^{_GUID}$")
    return pl.when(in_any_case).then(name.str.to_lowercase()).otherwise(name)


def _action(message: pl.Expr) -> pl.Expr:
    return (
        pl.when(message.str.contains(_LOGIN)).then(pl.lit("login"))
        .when(message.str.contains(_EXPORT)).then(pl.lit("export"))
        .when(message.str.contains(_WRITE)).then(pl.lit("write"))
        .otherwise(pl.lit("view"))
    )  # fmt: skip


def _channel(agent: pl.Expr) -> pl.Expr:
    """Return the channel; what says nothing of itself is taken for the browser, what is no browser for a program."""
    return (
        pl.when(agent.is_null()).then(pl.lit("ui"))
        .when(agent.str.contains(_ADDIN)).then(pl.lit("addin"))
        .when(agent.str.contains(_BACKGROUND)).then(pl.lit("background"))
        .when(agent.str.contains(_MOBILE)).then(pl.lit("mobile"))
        .when(agent.str.contains(_BROWSER)).then(pl.lit("ui"))
        .otherwise(pl.lit("api"))
    )  # fmt: skip


def _time() -> pl.Expr:
    """Return the time in the JSON, ISO and UTC in every layout; else that of the row, in any format."""
    inside, outside = pl.col("CreationTime"), pl.col("row_time")
    told = outside.str.contains(_THIS_CENTURY) | ~outside.str.contains(_ISO)
    return pl.coalesce(pl.when(inside.str.contains(_THIS_CENTURY)).then(inside), pl.when(told).then(outside))
