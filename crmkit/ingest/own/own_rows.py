"""Rows of the consultant's own tables that cannot be right, or that name a user of the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from crmkit.errors import InputError
from crmkit.ingest.discretion import telling_texts
from crmkit.ingest.discretion.pseudonyms import normalise

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest.context import Context

#: Table → columns that are printed as they come.
PRINTED = {
    "changes": ("title", "org_unit"),
    "licences": ("licence",),
    "org_map": ("old", "new"),
    "measures": ("goal", "measure", "hurdle", "owner_role", "note"),
    "parallel_lists": ("process", "org_unit", "purpose", "crm_lacks"),
    "outcomes": ("outcome", "unit"),
}
_NAMED = "it holds a name or address of a user and would be printed; name roles and teams, not people"


def refuse(rows: pd.DataFrame, table: str, headers: Mapping[str, str], *, file: str, context: Context) -> None:
    """Refuse a table with rows that cannot be right, or with a text that names a user.

    Parameters
    ----------
    rows
        The table by its contract, in the order of the file.
    table
        Its name; tables of which nothing is known here pass.
    headers
        Column of the kit → header in the file.
    file
        Name for the message.
    context
        What names a user; the last day that a reading can be of.

    Raises
    ------
    InputError
        Naming file, row and fault of the first such row; no text of it is shown.
    """
    for column in PRINTED.get(table, ()):
        for row, text in enumerate(rows[column], start=2):
            if telling_texts.tells(text, context.names):
                raise InputError.refused_value(file, headers.get(column, column), row, _NAMED)
    find = _FAULTS.get(table)
    for problem, is_wrong in (find(rows, context) if find else {}).items():
        if is_wrong.any():
            raise InputError.wrong_row(file, int(is_wrong.to_numpy().argmax()) + 2, problem)


def _in_measures(rows: pd.DataFrame, context: Context) -> dict[str, pd.Series]:
    return {"`measure` is empty": _is_blank(rows["measure"])}


def _in_parallel_lists(rows: pd.DataFrame, context: Context) -> dict[str, pd.Series]:
    least, most = rows["hours_month_min"], rows["hours_month_max"]
    names = rows[["process", "org_unit"]].map(normalise)
    return {
        "`process` is empty": _is_blank(rows["process"]),
        "the process stands twice for this unit; keep one row, or name the lists apart": names.duplicated(),
        "one of `hours_month_min` and `hours_month_max` is missing; state both or neither": least.isna() != most.isna(),
        "hours must be 0 ≤ min ≤ max": (least < 0) | (most < least),
    }


def _in_outcomes(rows: pd.DataFrame, context: Context) -> dict[str, pd.Series]:
    import pandas as pd

    names, units = rows["outcome"].map(normalise), rows["unit"].str.strip()
    return {
        "`outcome` is empty": _is_blank(rows["outcome"]),
        "`date` is empty": rows["date"].isna(),
        "`value` is empty": rows["value"].isna(),
        "the date lies more than a year after `as_of`": rows["date"] > pd.Timestamp(context.last_day),
        "the figure stands there twice on this date; keep one row": pd.DataFrame(
            {"name": names, "date": rows["date"]}
        ).duplicated(),
        "the figure has another unit further up; keep one unit": units != units.groupby(names).transform("first"),
    }


def _is_blank(texts: pd.Series) -> pd.Series:
    return texts.str.strip() == ""


_FAULTS: dict[str, Callable[[pd.DataFrame, Context], dict[str, pd.Series]]] = {
    "measures": _in_measures,
    "parallel_lists": _in_parallel_lists,
    "outcomes": _in_outcomes,
}
