"""What `crmkit check` asks about the consultant's own tables: what can be right, and hardly is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crmkit import schema

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest import Prepared
    from crmkit.settings import Settings

#: Hours a month of ten people who do nothing else (160 each).
MOST_HOURS = 1_600


def lines(settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return what is to be asked, a line each; nothing where all is likely.

    Parameters
    ----------
    settings
        The day of the retrospective.
    tables
        Parallel structures and the client's own figures.
    """
    said = [*_hours(_table(tables, "parallel_lists")), *_later(_table(tables, "outcomes"), settings)]
    if said:
        yield "  to be asked:"
        yield from (f"    {line}" for line in said)


def _table(tables: Prepared, name: str) -> pd.DataFrame:
    return tables.others.get(name, schema.empty(name))


def _hours(lists: pd.DataFrame) -> Iterator[str]:
    for row in (lists["hours_month_max"] > MOST_HOURS).to_numpy().nonzero()[0]:
        yield (
            f"parallel_lists.csv: row {row + 2}: more than {MOST_HOURS:,} hours a month, ten people who do nothing "
            "else: is that meant, or hours a year?"
        )


def _later(outcomes: pd.DataFrame, settings: Settings) -> Iterator[str]:
    n = int((outcomes["date"].dt.date > settings.as_of).sum()) if len(outcomes) else 0
    if n:
        values = "1 value is" if n == 1 else f"{n} values are"
        yield f"outcomes.csv: {values} of a day after {settings.as_of} and not shown: is the date right?"
