"""`crmkit check`: what was delivered, and what it allows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crmkit import commentary_files
from crmkit.cli import purging
from crmkit.cli.checking import changes, exports, findings, goals, history, own_tables, units
from crmkit.cli.paths import short_path
from crmkit.client import SETTINGS_FILE
from crmkit.errors import listed
from crmkit.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

TIERS = {
    "A": "views and writes per person and day: everything can be said",
    "B": "logins or changed records per person and day: segments, labelled by their evidence",
    "C": "last logins only: how long ago people logged in last, nothing about regularity",
    "D": "licences only: what is bought, assigned, and when it can be cancelled",
    "E": "the client's own aggregates: printed as delivered",
}
#: Code of an export → what to ask the client for.
EXPORTS = {
    "": "nothing: this is the highest tier",
    "page_views": "views per person and day (Salesforce: EventLogFile LightningPageView, or "
    "LightningUsageByPageMetrics; Dynamics 365: Purview audit log)",
    "login_history": "the login history of the whole window, one row a login (Salesforce: Setup, Login History)",
    "user_list": "the list of users with their last login",
}
WEEKS = 12
#: Step of the ledger that counts what was read; all others say what was dropped or changed.
READ = "read"
#: Step that counts accounts that are no people.
ACCOUNTS = "accounts"


def report_on(folder: Path) -> Iterator[str]:
    """Return what `check` says of a client, line by line.

    Parameters
    ----------
    folder
        The client folder; its exports are read, nothing is written.

    Yields
    ------
    str

    Raises
    ------
    CrmkitError
        If settings or exports are wrong.
    """
    import pandas as pd

    from crmkit import ingest
    from crmkit.method import tiers
    from crmkit.method.window import weeks_of

    settings = read_settings(folder / SETTINGS_FILE)
    tables = ingest.read_exports(folder)
    coverage, activity, ledger, aggregates = tables.coverage, tables.activity, tables.ledger, tables.aggregates
    tier = tiers.of_window(coverage, as_of=settings.as_of, weeks=WEEKS, aggregates=aggregates)
    mondays = weeks_of(settings.as_of, weeks=WEEKS)
    last = mondays[-1] + pd.Timedelta(days=6)
    yield f"{settings.name} ({short_path(folder)})"
    yield f"  tier {tier}: {TIERS[tier]}"
    yield f"  window: {mondays[0]:%Y-%m-%d} to {last:%Y-%m-%d}, {WEEKS} complete weeks before {settings.as_of}"
    if not ingest.exports_are_here(folder, settings):
        yield "  the exports are not here: said from what was prepared elsewhere"
    yield "  read:"
    yield from _read(ledger, coverage, activity)
    yield from _accounts(tables.users)
    yield from _no_people(ledger)
    yield from units.lines(settings, tables)
    yield "  dropped or changed:"
    yield from _dropped(ledger)
    yield from exports.lines(folder, settings, tables)
    yield from findings.lines(settings, tables)
    yield from changes.lines(settings, tables)
    yield from goals.lines(settings, tables)
    yield from own_tables.lines(settings, tables)
    yield from history.lines(folder, settings)
    yield from (f"  {line}" for line in commentary_files.faults(folder))
    yield f"  would lift the tier: {EXPORTS[tiers.lift(tier)]}"
    if settings.is_draft:
        missing = listed(f"privacy.{key}" for key in settings.privacy.missing)
        yield f"  draft: missing in client.yml: {missing}"
    yield _switched(settings.privacy.agreement)
    yield from (f"  due: {line}" for line in purging.due(folder))


def _switched(agreement: str) -> str:
    """Return what an agreement switches on, in its own words: the kit cannot know whether it is one."""
    followed = "use and goals by unit over time, movement between two days, how newcomers begin and stay"
    if agreement:
        return f"  on by `privacy.agreement`: {followed}; it says: {agreement}"
    return f"  off until `privacy.agreement` names one: {followed}"


def _read(ledger: pd.DataFrame, coverage: pd.DataFrame, activity: pd.DataFrame) -> Iterator[str]:
    """Return a line per source: its rows, its days, its tier, and the person-days that came of it."""
    n_rows = ledger[ledger["step"] == READ].groupby("source", sort=True)["n_rows"].sum()
    for source in sorted({*n_rows.index, *coverage["source"]}):
        said = [f"{n_rows[source]} rows"] if source in n_rows else []
        covered = coverage[coverage["source"] == source]
        if len(covered):
            said += [f"tier {covered['tier'].iloc[0]}", _span(covered["date"])]
        n_days = int((activity["source"] == source).sum())
        said += [f"{n_days} person-days"] if n_days else []
        yield f"    {source}: {', '.join(said)}"


def _span(dates: pd.Series) -> str:
    if dates.nunique() == 1:
        return f"state of {dates.min():%Y-%m-%d}"
    return f"{dates.nunique()} days, {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"


def _accounts(users: pd.DataFrame) -> Iterator[str]:
    if len(users):
        kinds = users["account_type"].value_counts().sort_index()
        parts = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
        yield f"    {len(users)} accounts of {users['person_id'].nunique()} holders: {parts}"


def _no_people(ledger: pd.DataFrame) -> Iterator[str]:
    """Return how many accounts of each list are no people, and by which sign."""
    others = ledger[ledger["step"] == ACCOUNTS]
    for source, rows in others.groupby("source", sort=True):
        signs = ", ".join(f"{row['n_rows']} {_sign(row['reason'])}" for row in rows.to_dict("records"))
        yield f"    {source}: no people: {signs}"


def _sign(reason: str) -> str:
    kind, _, sign = reason.partition("_")
    return f"{kind} (by {sign.replace('_', ' ')})"


def _dropped(ledger: pd.DataFrame) -> Iterator[str]:
    changed = ledger[~ledger["step"].isin([READ, ACCOUNTS])]
    for row in changed.to_dict("records"):
        share = "" if math.isnan(row["share"]) else f" ({row['share']:.1%})"
        yield f"    {row['source']}, {row['step']}: {row['n_rows']} rows{share}, {row['reason']}"
    if changed.empty:
        yield "    nothing"
