"""The contract of every table: its columns, their kinds, and a check that a frame keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from crmkit.errors import MethodError, listed

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "date", "timestamp", "int", "float", "bool"]

TABLES: dict[str, dict[str, Kind]] = {
    "events": {
        "user_id": "text", "timestamp": "timestamp", "area": "text", "object": "text", "action": "text",
        "channel": "text", "source": "text", "event_id": "text",
    },
    "activity": {
        "user_id": "text", "date": "date", "area": "text", "channel": "text", "source": "text",
        "n_login": "int", "n_view": "int", "n_write": "int", "n_export": "int",
    },
    "users": {
        "user_id": "text", "person_id": "text", "account_type": "text", "first_active": "date",
        "last_active": "date", "last_login": "date",
    },
    "snapshots": {
        "user_id": "text", "person_id": "text", "system": "text", "delivery": "text", "snapshot": "date",
        "kind": "text", "licence": "text", "org_unit": "text", "role": "text", "fte": "float", "subdivision": "text",
        "state": "text", "first_active": "date", "last_active": "date", "last_login": "date", "last_modified": "date",
        "left": "date",
    },
    "assignments": {
        "user_id": "text", "from_date": "date", "to_date": "date", "licence": "text", "org_unit": "text",
        "role": "text", "fte": "float", "subdivision": "text", "evidence": "text",
    },
    "coverage": {"source": "text", "date": "date", "complete": "bool", "tier": "text"},
    "deliveries": {"delivery": "text", "source": "text", "date": "date"},
    "availability": {"user_id": "text", "week": "date", "available_days": "float"},
    "licences": {
        "licence": "text", "n_purchased": "int", "unit_cost_month": "float", "cost_year": "float",
        "currency": "text", "notice_date": "date",
    },
    "changes": {"date": "date", "kind": "text", "title": "text", "org_unit": "text"},
    "survey": {"respondent": "text", "org_unit": "text", "item": "text", "answer": "text"},
    "voices": {"source": "text", "role_group": "text", "theme": "text", "paraphrase": "text", "released": "bool"},
    "measures": {
        "goal": "text", "measure": "text", "hurdle": "text", "owner_role": "text", "date": "date", "status": "text",
        "note": "text",
    },
    "parallel_lists": {
        "process": "text", "org_unit": "text", "purpose": "text", "hours_month_min": "float",
        "hours_month_max": "float", "crm_lacks": "text",
    },
    "outcomes": {"outcome": "text", "date": "date", "value": "float", "unit": "text"},
    "org_map": {"old": "text", "new": "text", "from_date": "date"},
    "aggregates": {
        "org_unit": "text", "band": "text", "n": "int", "from_date": "date", "to_date": "date", "definition": "text",
    },
    "ledger": {"source": "text", "step": "text", "reason": "text", "n_rows": "int", "share": "float"},
    "panel": {
        "user_id": "text", "week": "date", "state": "text", "reason": "text", "active": "bool", "n_actions": "int",
        "n_days": "int",
    },
    "series": {
        "month": "date", "population": "text", "value": "float", "n_total": "float", "coverage_share": "float",
        "definition_hash": "text", "noise": "float",
    },
}  # fmt: skip

#: What a missing column means, where it may be left out of a frame that is handed in.
DEFAULTS: dict[str, dict[str, Any]] = {
    "activity": {
        "area": "shared", "channel": "ui", "source": "", "n_login": 0, "n_view": 0, "n_write": 0, "n_export": 0,
    },
    "users": {"account_type": "person", "first_active": None, "last_active": None, "last_login": None},
    "assignments": {
        "to_date": None, "licence": "", "org_unit": "", "role": "", "fte": 1.0, "subdivision": "", "evidence": "stated",
    },
    "coverage": {"complete": True, "tier": "A"},
    "panel": {"reason": "", "n_actions": 0, "n_days": 0},
    "measures": {"goal": "", "hurdle": "", "owner_role": "", "date": None, "status": "", "note": ""},
}  # fmt: skip

_DTYPES: dict[Kind, str] = {
    "text": "str", "date": "datetime64[us]", "timestamp": "datetime64[us]", "int": "int64", "float": "float64",
    "bool": "bool",
}  # fmt: skip


#: Beyond this a count is a mistake, and float64 no longer counts.
_MOST = 2**53


def empty(table: str) -> pd.DataFrame:
    """Return a table without rows that keeps its contract."""
    import pandas as pd

    return pd.DataFrame({column: pd.Series(dtype=_DTYPES[kind]) for column, kind in TABLES[table].items()})


def conform(frame: object, table: str) -> pd.DataFrame:
    """Return a copy of `frame` with exactly the columns and types of a table's contract.

    Parameters
    ----------
    frame
        Any eager frame that narwhals knows (pandas, polars, pyarrow); it is not changed.
    table
        Name of the table, a key of `TABLES`.

    Returns
    -------
    pandas.DataFrame
        The contract's columns in their order, a fresh index. Columns with an entry in `DEFAULTS`
        may be missing, further columns are left out.

    Raises
    ------
    MethodError
        If a column without a default is missing or cannot be read as its kind.
    """
    import narwhals as nw
    import pandas as pd

    columns, defaults = TABLES[table], DEFAULTS.get(table, {})
    if isinstance(frame, pd.DataFrame) and _conforms(frame, columns):
        known = frame.reset_index(drop=True)
        known.attrs = {}
        return known
    try:
        given = nw.from_native(frame, eager_only=True).to_pandas()  # type: ignore[call-overload]
    except (TypeError, nw.exceptions.NarwhalsError) as error:
        raise MethodError(
            f"table `{table}`: a {type(frame).__name__} is no eager frame ({type(error).__name__})."
        ) from None
    missing = [column for column in columns if column not in given and column not in defaults]
    if missing:
        raise MethodError(f"table `{table}`: {listed(missing)} missing. Found: {listed(given.columns)}.")
    filled = {
        column: given[column] if column in given else pd.Series(defaults[column], index=given.index, dtype=object)
        for column in columns
    }
    cast = {column: _cast(values, columns[column], f"{table}.{column}") for column, values in filled.items()}
    return pd.DataFrame(cast).reset_index(drop=True)


def _conforms(frame: pd.DataFrame, columns: dict[str, Kind]) -> bool:
    """Tell whether a frame keeps its contract already: most have been through here before."""
    return list(frame.columns) == list(columns) and all(
        frame[column].dtype == _DTYPES[kind]
        and not (kind == "text" and frame[column].hasnans)
        and not (kind == "date" and (frame[column] != frame[column].dt.normalize())[frame[column].notna()].any())
        for column, kind in columns.items()
    )


def _cast(values: pd.Series, kind: Kind, name: str) -> pd.Series:

    try:
        if kind == "date":
            return _dates(values)
        if kind == "text":
            return values.astype("str").where(values.notna(), "")
        if kind == "int":
            return _whole(values)
        if kind == "bool":
            return _truth(values)
        return values.astype(_DTYPES[kind])  # type: ignore[call-overload]
    except (TypeError, ValueError) as error:
        raise MethodError(f"column `{name}` cannot be read as {kind}: {type(error).__name__}.") from None


def _dates(values: pd.Series) -> pd.Series:
    """Return days; texts are ISO dates, a number is none."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values) and values.notna().any():
        raise TypeError
    iso = pd.to_datetime(values, format="ISO8601") if not pd.api.types.is_datetime64_any_dtype(values) else values
    local = iso.dt.tz_localize(None) if iso.dt.tz is not None else iso
    return local.dt.normalize().astype("datetime64[us]")


def _whole(values: pd.Series) -> pd.Series:
    """Return whole numbers, missing ones as 0; a fraction is none."""
    numbers = values.astype("float64").fillna(0)
    if not ((numbers % 1 == 0) & (numbers.abs() < _MOST)).all():
        raise ValueError
    return numbers.astype("int64")


def _truth(values: pd.Series) -> pd.Series:
    """Return truth values; "False" as a text is not true, and neither is what is missing."""
    known = {True: True, False: False, "True": True, "False": False, "true": True, "false": False}
    if not values.dropna().isin(list(known)).all():
        raise ValueError
    return values.map(known).fillna(value=False).astype("bool")
