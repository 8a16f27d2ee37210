"""The sheets of a survey: who answered (a number, nobody's name), in which unit, and what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit import schema
from crmkit.errors import MethodError
from crmkit.method.counted import RESPONDENTS
from crmkit.method.table import Table
from crmkit.method.whom import Given, Whom, box, each, of

if TYPE_CHECKING:
    from crmkit.client import Client

#: Share of those invited (0–1) below which a survey shows a mood and measures nothing.
MEASURING = 0.4
#: Note of a table: fewer than that answered, or nobody knows how many were invited.
MOOD = "mood"


def answers(client: Client) -> pd.DataFrame:
    """Return what was answered up to the client's ``as_of``: contract `survey`, nothing of a survey begun later."""
    began = client.settings.survey.from_date
    rows = client.survey[client.survey["respondent"] != ""]
    return schema.empty("survey") if began and began > client.as_of else rows.reset_index(drop=True)


def units(rows: pd.DataFrame) -> pd.Series:
    """Return respondent → organisational unit, empty where none is stated."""
    stated = rows.sort_values("org_unit", ascending=False).drop_duplicates("respondent")
    return stated.set_index("respondent")["org_unit"].sort_index()


def k_of(client: Client) -> int:
    """Return the smallest number of people whom a number of the survey may describe."""
    return max(client.k, client.settings.survey.k)


def n_invited(client: Client, n_respondents: int) -> int | None:
    """Return how many were invited, None where that is not known.

    Raises
    ------
    MethodError
        If more answered than were invited.
    """
    invited = client.settings.survey.n_invited
    if invited is not None and n_respondents > invited:
        raise MethodError("client.yml: `survey.invited`: more people answered than were invited. Correct the number.")
    return invited


def notes_of(client: Client, n_respondents: int) -> tuple[str, ...]:
    """Return the note that the survey shows a mood only; nothing where enough of those invited answered."""
    invited = n_invited(client, n_respondents)
    return () if invited and n_respondents / invited >= MEASURING else (MOOD,)


def everybody() -> Whom:
    """Return whom the number of respondents counts."""
    return of(box(RESPONDENTS, {}))


def table_of(
    name: str,
    frame: pd.DataFrame,
    dimensions: tuple[str, ...],
    client: Client,
    where: Mapping[str, Given],
    **more: object,
) -> Table:
    """Return a table of counts of respondents.

    Parameters
    ----------
    name, dimensions
        See `Table`.
    frame
        The dimensions, n and n_total.
    client
        The client.
    where
        Variable → its value in each row, see `whom.each`; of a unit n_total counts the same.
    **more
        Further attributes of `Table`.
    """
    n_total = frame["n_total"].astype("Float64").to_numpy(float, na_value=np.nan)
    shares = frame.assign(share=frame["n"].to_numpy(float) / np.where(n_total > 0, n_total, np.nan))
    unit = {variable: given for variable, given in where.items() if variable == "org_unit"}
    whom = {"n": each(len(frame), RESPONDENTS, where), "n_total": each(len(frame), RESPONDENTS, unit)}
    columns = [*dimensions, "n", "n_total", "share"]
    settings = {"k_min": k_of(client), "whom": whom, **more}
    return Table(
        name, shares[columns].reset_index(drop=True), dimensions, ("n",), {"share": ("n", "n_total")}, ("n_total",),
        RESPONDENTS, **settings,
    )  # fmt: skip
