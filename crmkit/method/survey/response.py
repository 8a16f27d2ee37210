"""How many answered, and how far those who did not could move the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crmkit.errors import MethodError
from crmkit.method.counted import UNIT
from crmkit.method.survey import sheets
from crmkit.method.survey.items import agreeing, answering, n_sheets
from crmkit.method.table import Table
from crmkit.method.whom import Whom, box, of
from crmkit.method.withheld import n_people, without_units

if TYPE_CHECKING:
    from crmkit.client import Client

#: The universe of those who were invited and did not answer.
_SILENT = "invited, no answer"


def response(client: Client) -> Table:
    """Return how many of those invited answered.

    Returns
    -------
    Table
        org_unit (empty: everybody; units where client.yml counts those invited by unit), n (who answered), n_total (who
        were invited, missing where that is not known), share (0–1). No units where somebody stated none of those
        that were counted: in which of them an answer is missing is not known then.

    Raises
    ------
    MethodError
        If more answered than were invited, in all or in a unit.

    Notes
    -----
    Those invited are those who answered and those who did not, so that a handful who did not answer is a number of a
    few people and is guarded like any other.
    """
    n = n_sheets(client)
    rows = [("", n, sheets.n_invited(client, n))] if n else []
    frame = pd.DataFrame([*rows, *_units(client)], columns=["org_unit", "n", "n_total"])
    frame = frame.astype({"org_unit": "str", "n": "int64"})
    frame["n_total"] = frame["n_total"].astype("Int64")
    where = [{} if unit == "" else {UNIT: unit} for unit in frame["org_unit"]]
    whom: dict[str, tuple[Whom | None, ...]] = {
        "n": tuple(of(box(sheets.RESPONDENTS, one)) for one in where),
        "n_total": tuple(of(box(sheets.RESPONDENTS, one), box(_SILENT, one)) for one in where),
    }
    share = frame["n"].to_numpy(float) / frame["n_total"].astype("Float64").to_numpy(float, na_value=np.nan)
    return Table(
        "survey_response", frame.assign(share=share), ("org_unit",), ("n",), {"share": ("n", "n_total")}, ("n_total",),
        "invited", k_min=sheets.k_of(client), whom=whom, notes=sheets.notes_of(client, n) if n else (),
        window=_window(client),
    )  # fmt: skip


def _units(client: Client) -> list[tuple[str, int, int]]:
    """Return unit, who answered and who were invited, where enough answered."""
    invited = client.settings.survey.invited
    if without_units(client, n_people(client)):
        return []
    answered = sheets.units(sheets.answers(client)).value_counts()
    found = [(unit, int(answered.get(unit, 0)), n) for unit, n in invited.items() if unit]
    if more := [unit for unit, n, total in found if n > total]:
        raise MethodError(
            f"client.yml: `survey.invited`: more people answered in `{more[0]}` than were invited. Correct the number."
        )
    if sum(n for _, n, _ in found) < answered.sum():
        return []
    return [(unit, n, total) for unit, n, total in found if n >= sheets.k_of(client)]


def _window(client: Client) -> tuple | None:
    run = client.settings.survey
    return (run.from_date, run.to_date) if run.from_date and run.to_date else None


def bounds(client: Client) -> Table:
    """Return, for each item, how agreement would be if all who did not answer disagreed, and if all of them agreed.

    Returns
    -------
    Table
        item, low_share, high_share (0–1 of those invited). They follow from the numbers of agreement, response and
        invitation, and are shown where these are. No rows where it is not known how many were invited.
    """
    n = n_sheets(client)
    invited = sheets.n_invited(client, n)
    frame = agreeing(client) if invited else agreeing(client).iloc[:0]
    n_agree, n_silent = frame["n"].to_numpy(float), (invited or 0) - n
    made = pd.DataFrame(
        {
            "item": frame["item"].astype("str"),
            "low_share": n_agree / (invited or 1),
            "high_share": (n_agree + n_silent) / (invited or 1),
        }
    )
    everybody, all_invited = sheets.everybody(), of(box(sheets.RESPONDENTS, {}), box(_SILENT, {}))
    rests_on = tuple((answering(item, ["agree"]), everybody, all_invited) for item in made["item"])
    return Table(
        "survey_bounds", made.reset_index(drop=True), ("item",), (), {"low_share": (), "high_share": ()},
        population="invited", k_min=sheets.k_of(client), rests_on={"low_share": rests_on, "high_share": rests_on},
    )  # fmt: skip
