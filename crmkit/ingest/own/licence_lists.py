"""Lists of licences that a CRM or a contract shows → rows of `licences`, beside the consultant's own table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from crmkit import schema
from crmkit.ingest.context import Context
from crmkit.ingest.files import open_file
from crmkit.ingest.headers.columns import pick
from crmkit.ingest.own import consultant
from crmkit.settings import Export

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("licence", "n_purchased", "n_assigned", "unit_cost_month", "cost_year", "currency", "notice_date")


def read(path: Path, export: Export, context: Context) -> pd.DataFrame:
    """Return the licences of a list, one row each.

    Parameters
    ----------
    path
        The file.
    export, context
        Mapping and formats; the ledger.

    Returns
    -------
    pandas.DataFrame
        Contract `licences`. Rows without a number are left out and counted.

    Raises
    ------
    InputError
        If a column is missing, a licence stands twice, or a number is none.
    """
    opened = open_file(path, export)
    rows, mapping = pick(opened, export, FIELDS, path.name, required=("licence", "n_purchased"))
    named = rows.filter(pl.col("licence").is_not_null() & pl.col("n_purchased").is_not_null())
    context.book.file(path.name, export, mapping, opened)
    context.book.rows(export.reader, rows.height)
    context.book.note(export.reader, "open", opened.dropped)
    context.book.note(export.reader, "filter", {"no_number": rows.height - named.height})
    return consultant.checked_licences(_typed(named, mapping.headers, export, path), path.name)


def _typed(rows: pl.DataFrame, headers: dict[str, str], export: Export, path: Path) -> pl.DataFrame:
    kinds = schema.TABLES["licences"]
    return rows.select(
        consultant.typed(rows[name], kinds[name], path.name, headers.get(name, name), export) for name in kinds
    )


def beside(own: pd.DataFrame | None, listed: list[pd.DataFrame], context: Context) -> pd.DataFrame | None:
    """Return the consultant's licences with those that only the exports know; her numbers hold.

    Parameters
    ----------
    own
        ``licences.csv``, if it is there.
    listed
        Lists from exports.
    context
        The ledger counts licences of which the export says another number.
    """
    import pandas as pd

    if not listed:
        return own
    found = pd.concat(listed, ignore_index=True).drop_duplicates("licence", keep="last", ignore_index=True)
    if own is None:
        return found
    both = own.merge(found, on="licence", suffixes=("", "_listed"))
    n_other = int((both["n_purchased"] != both["n_purchased_listed"]).sum())
    context.book.note("licences", "match", {"other_number_in_export": n_other})
    return pd.concat([own, found[~found["licence"].isin(own["licence"])]], ignore_index=True)
