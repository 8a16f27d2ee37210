"""Looking values up by key, also where there is nothing to look up."""

from __future__ import annotations

import pandas as pd


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each key, missing where there is none; `Series.map` fails on empty frames."""
    return values.reindex(pd.Index(keys, dtype=object)).set_axis(keys.index)
