"""The tables that the consultant writes: licences, changes, measures, survey and the like; and aggregates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit import schema
from crmkit.errors import InputError
from crmkit.ingest.context import Context
from crmkit.ingest.discretion import absence, telling_texts
from crmkit.ingest.files import open_file
from crmkit.ingest.headers.columns import pick
from crmkit.ingest.own import interviews, own_rows, survey_answers
from crmkit.ingest.times import dates
from crmkit.settings import Export

if TYPE_CHECKING:
    import pandas as pd

#: Table → columns that must be there; the others of its contract may be missing.
REQUIRED: dict[str, tuple[str, ...]] = {
    "licences": ("licence", "n_purchased"),
    "changes": ("date", "kind", "title"),
    "measures": ("measure",),
    "parallel_lists": ("process", "hours_month_min", "hours_month_max"),
    "survey": ("respondent", "item", "answer"),
    "voices": ("theme", "paraphrase", "released"),
    "outcomes": ("outcome", "date", "value"),
    "org_map": ("old", "new"),
    "availability": ("user_id", "week", "available_days"),
    "aggregates": ("org_unit", "band", "n"),
}
#: Tables that may come as something else than CSV → the ends of their names.
ENDS: dict[str, tuple[str, ...]] = {"survey": (".csv", ".xlsx")}
#: Beyond this a number in a table is a mistake, and no longer counts in ones.
MOST = 1e15


def read(path: Path, table: str, context: Context, export: Export | None = None) -> pd.DataFrame:
    """Return a consultant's table by its contract.

    Parameters
    ----------
    path
        CSV or Excel file.
    table
        Name of the table, a key of `REQUIRED`.
    context
        Time zone; the ledger.
    export
        Mapping and formats, for aggregates.

    Returns
    -------
    pandas.DataFrame
        Contract `table`.

    Raises
    ------
    InputError
        If a column is missing, a value is no number or date, a reason for absence is in the file, or a row cannot be
        right or names a user.
    """
    if table == "survey":
        return survey_answers.read(path, context)
    export = export or Export(file=path.name, reader=table)
    opened = open_file(path, export)
    if table == "availability":
        absence.refuse_headers(opened.columns, path.name)
    fields = tuple(schema.TABLES[table])
    rows, mapping = pick(opened, export, fields, path.name, required=REQUIRED[table])
    headers = mapping.headers
    if table == "aggregates":
        context.book.file(path.name, export, mapping, opened)
    context.book.rows(table, rows.height)
    context.book.note(table, "open", opened.dropped)
    if table == "aggregates":
        telling_texts.refuse(rows, headers, file=path.name, known=context.names)
    if table == "voices":
        rows = interviews.released(rows, headers, file=path.name, known=context.names)
    kinds = schema.TABLES[table]
    cells = [typed(rows[name], kinds[name], path.name, headers.get(name, name), export) for name in fields]
    read_rows = schema.conform(rows.with_columns(cells), table)
    if table == "licences":
        _check_licences(read_rows, path.name)
    own_rows.refuse(read_rows, table, headers, file=path.name, context=context)
    return read_rows


def checked_licences(rows: pl.DataFrame, file: str) -> pd.DataFrame:
    """Return licences by their contract.

    Raises
    ------
    InputError
        For what would make money wrong.
    """
    licences = schema.conform(rows, "licences")
    _check_licences(licences, file)
    return licences


def _check_licences(licences: pd.DataFrame, file: str) -> None:
    """Refuse what would make money wrong: a licence twice, negative numbers, two prices, a price in no currency."""
    per_month = licences["unit_cost_month"] * licences["n_purchased"] * 12
    prices = licences[["unit_cost_month", "cost_year"]]
    problems = {
        "the licence stands twice; add the numbers up, or name the contracts apart": licences["licence"].duplicated(),
        "a negative number": (licences["n_purchased"] < 0) | (prices < 0).any(axis=1),
        "`unit_cost_month` × `n_purchased` × 12 and `cost_year` differ; keep one of them": (
            (per_month - licences["cost_year"]).abs() > 0.01 * per_month.abs()
        ),
        "a price, but no `n_purchased`": prices.notna().any(axis=1) & (licences["n_purchased"] == 0),
        "a price without `currency`": prices.notna().any(axis=1) & (licences["currency"] == ""),
    }
    for problem, is_wrong in problems.items():
        if is_wrong.any():
            raise InputError.wrong_row(file, int(is_wrong.to_numpy().argmax()) + 2, problem)


def typed(values: pl.Series, kind: str, file: str, column: str, export: Export) -> pl.Series:
    """Return texts as what a contract calls for: date, bool, int, float or text."""
    if kind == "date":
        clock = dates.Clock("UTC", "UTC")
        parsed = dates.parse(values, file=file, column=column, clock=clock, date_format=export.date_format)
        return parsed.local.alias(values.name)
    if kind == "bool":
        return values.str.to_lowercase().is_in(interviews.TRUE)
    if kind in ("int", "float"):
        numbers = decimal(values, file, column)
        return numbers.round().cast(pl.Int64) if kind == "int" else numbers
    return values


def decimal(values: pl.Series, file: str, column: str) -> pl.Series:
    """Return numbers of a column, with decimal point or comma; blank is null.

    Raises
    ------
    InputError
        Naming file, column and row of the first cell that is no number.
    """
    plain = values.str.replace_all(r"[\s€%]", "")
    german = plain.str.contains(",") & ~plain.str.contains(r",\d{3}(\D|$)") | plain.str.contains(
        r"^\d{1,3}(\.\d{3})+(,|$)"
    )
    swapped = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    text = pl.select(pl.when(german).then(swapped).otherwise(plain.str.replace_all(",", "", literal=True))).to_series()
    numbers = text.cast(pl.Float64, strict=False)
    is_one = (numbers.abs() <= MOST).fill_null(value=False)
    wrong = values.is_not_null() & ~is_one
    if wrong.any():
        raise InputError.bad_number(file, column, int(wrong.arg_true()[0]) + 2)
    return numbers.alias(values.name)


def default_aggregate_dates(rows: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return aggregates whose missing period is the twelve weeks up to `as_of`."""
    import pandas as pd

    end = pd.Timestamp(as_of)
    return rows.assign(
        from_date=rows["from_date"].fillna(end - pd.Timedelta(days=83)), to_date=rows["to_date"].fillna(end)
    )
