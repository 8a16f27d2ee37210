"""`crmkit close`: a retrospective is kept as it was, so that the next one can ask what has become of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit.errors import HistoryError

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable

CALENDAR = "next_retrospective.ics"
_MEASURE = ("goal", "measure", "hurdle", "owner_role", "date", "status")


def close(folder: Path, *, today: dt.date | None = None) -> Iterator[str]:
    """Close the retrospective of a client's ``as_of``, line by line what was kept.

    Parameters
    ----------
    folder
        The client folder; it is prepared if needed.
    today
        Day of closing; None: the clock's.

    Raises
    ------
    HistoryError
        If it is closed already, lacks decisions or the next day, does not follow the one before it, or would keep a
        text that names a user.
    CrmkitError
        If settings, exports or history are wrong.
    """
    from crmkit import history, open_client, privacy
    from crmkit.batch.preparing import prepare_if_needed
    from crmkit.cli.naming_nobody import kept_settings, require_nobody
    from crmkit.cli.paths import short_path
    from crmkit.method import retrospective
    from crmkit.privacy import releases
    from crmkit.report.calendar_file import calendar_file

    day = today or dt.date.today()
    prepare_if_needed(folder)
    client = open_client(folder)
    _check(client, history.closed(folder, names=client.settings.names), day)
    shown = privacy.protect(retrospective.tables(client), k=client.k, releases=releases.of_client(client))
    said, tables = _said(client, shown, day), _tables(shown)
    files = {
        history.TABLES: json.dumps(tables, ensure_ascii=False, indent=0, default=str, allow_nan=False) + "\n",
        history.SETTINGS: kept_settings(folder),
        CALENDAR: calendar_file(client, closed_on=day),
    }
    require_nobody(folder, said, tables)
    told = releases.keep(folder, shown, as_of=client.as_of)
    place = history.keep_closed(folder, said, files)
    yield from _lines(client, str(short_path(place)), str(short_path(told)))


def _check(client: Client, earlier: list[Any], today: dt.date) -> None:
    """Refuse to close what the next retrospective could not begin with."""
    settings, last = client.settings, earlier[-1] if earlier else None
    for one in earlier:
        if one.number == settings.retrospective or one.as_of == client.as_of:
            raise HistoryError.already_closed(one.number, one.as_of)
    if last and (client.as_of < last.as_of or settings.retrospective != last.number + 1):
        raise HistoryError.not_next(last.number, last.as_of)
    latest = max(client.as_of, (last.closed_on if last else None) or client.as_of)
    if today < latest:
        raise HistoryError.clock(today, latest)
    if not settings.decisions:
        raise HistoryError.not_closable("`decisions`", "what was decided, one to three lines")
    if settings.next_date is None:
        raise HistoryError.not_closable("`next_date`", "the day of the next retrospective")
    if settings.next_date <= client.as_of:
        raise HistoryError.not_closable("`next_date`", f"a day after {client.as_of}")


def _tables(shown: Mapping[str, ProtectedTable]) -> dict[str, dict[str, Any]]:
    """Return what the report shows as plain values: masked numbers are None, nothing else is known of them."""
    from crmkit.report.chart import sheet_of

    kept = {}
    for name, table in shown.items():
        sheet = sheet_of(table)
        kept[name] = {key: sheet[key] for key in ("columns", "rows", "tier")}
        kept[name]["definition"] = table.definition.hash if table.definition else ""
    return kept


def _said(client: Client, shown: Mapping[str, ProtectedTable], today: dt.date) -> dict[str, Any]:
    from crmkit.method import comparison, tiers
    from crmkit.report.cells import records_of

    settings, rule = client.settings, tiers.definition_of(client)
    tier = tiers.of_client(client)
    measures = [{key: row[key] for key in _MEASURE if row.get(key)} for row in records_of(client.measures)]
    said = {
        "number": settings.retrospective, "client": settings.name, "as_of": client.as_of, "closed_on": today,
        "crm": settings.crm, "tier": tier, "draft": settings.is_draft,
        "definition": {"hash": rule.hash, **asdict(rule)} if tier in ("A", "B") else {},
        "decisions": [one.model_dump(exclude_defaults=True) for one in settings.decisions],
        "goals": _goals(client, shown["goals"]), "measures": measures, "licences": comparison.kept_licences(client),
        "participants": settings.participants, "next_date": settings.next_date,
    }  # fmt: skip
    # as JSON knows it: what is read again has the same hash
    return json.loads(json.dumps(said, default=str))


def _goals(client: Client, table: ProtectedTable) -> list[dict[str, Any]]:
    """Return all goals, with their status where they had begun."""
    from crmkit.method import progress
    from crmkit.report.cells import rows_of

    status_of = {row["goal_id"]: row["status"] for row in rows_of(table)}
    return [
        {
            "id": goal.id, "wording": goal.wording, "start": goal.start, "deadline": goal.deadline,
            "status": status_of.get(goal.id, ""),
        }
        for goal in progress.goals_of(client)
    ]  # fmt: skip


def _lines(client: Client, place: str, told: str) -> Iterator[str]:
    settings = client.settings
    yield f"{settings.name}: retrospective {settings.retrospective} of {client.as_of} is closed"
    yield f"  kept: {place}"
    yield f"  told: {told}"
    yield f"  next: {settings.next_date}, {place}/{CALENDAR}"
    if settings.is_draft:
        yield f"  still missing: {', '.join(f'`privacy.{name}`' for name in settings.privacy.missing)}"
    yield (
        f"  For the next one: note in {place}/became.yml what has become of the decisions, and set `as_of` and "
        f"`retrospective: {settings.retrospective + 1}` in client.yml."
    )
