"""What disappears at a higher k: for the talk with works council and data protection officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from crmkit.method.table import Table
from crmkit.privacy.suppress import Released, protect

#: The values of k that are talked about.
KS = (5, 7, 10)


def lens(tables: Mapping[str, Table], *, ks: Sequence[int] = KS, releases: Iterable[Released] = ()) -> pd.DataFrame:
    """Return how many numbers each table shows at several values of k.

    Parameters
    ----------
    tables
        All tables of a report under their names.
    ks
        Values of k, each at least 5.
    releases
        What readers already hold, see `protect`.

    Returns
    -------
    pandas.DataFrame
        table, k, n_numbers (counts and totals that there are), n_shown; a row for each table with numbers and k.
        Neither tells how large a masked number is.

    Raises
    ------
    PrivacyError
        As `protect` does.
    """
    rows, held = [], list(releases)
    for k in ks:
        for name, table in protect(tables, k=k, releases=held).items():
            n_numbers = int(tables[name].frame[list(table.hidden)].notna().to_numpy().sum())
            rows.append((name, k, n_numbers, n_numbers - int(table.hidden.to_numpy().sum())))
    frame = pd.DataFrame(rows, columns=["table", "k", "n_numbers", "n_shown"])
    return frame[frame["n_numbers"] > 0].reset_index(drop=True)
