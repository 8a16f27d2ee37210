"""`crmkit goals`: the register of a client's goals, and the freezing of their baselines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crmkit.client import Client

STATUSES = {
    "not_measurable": "not measurable", "reached": "reached", "missed": "missed", "too_early": "too early to tell",
    "on_track": "on track", "at_risk": "at risk", "off_track": "off track",
}  # fmt: skip
#: Reason of a goal that is not measurable → what it means, and what to do.
REASONS = {
    "no_reading": "no reading since the start, or none of the last month",
    "no_log": "the client's data have no monthly readings of use: a log of views, changes or logins would bring them",
    "target_impossible": "the target is more than everybody, or less than nobody",
    "no_figures": "outcomes.csv has no such figure",
    "coverage": "the log covers less than 80 % of the last window",
    "few_people": "too few people, or too few of them counted",
    "no_units": "no figures of units are shown: fewer than 60 people, or totals only were agreed",
    "no_baseline": "no reading before the start",
    "definition_break": "baseline and readings rest on different definitions; freeze again with --again and --reason",
    "baseline_zero": "a relative change of nothing; state a number",
    "target_not_beyond_baseline": "the target was met at the start",
    "noise": "the step is smaller than readings move by chance",
}
CHANGED = {
    "no_start": "no `start` in client.yml: the goal begins anew at every retrospective",
    "goal_changed": "changed since its baseline was frozen; agreed was: {agreed}",
    "path_changed": "`path` or `effect_from` were changed since; those that were frozen hold",
    "frozen_again": "frozen again ({reason_again}); before that was agreed: {agreed}",
    "definition_changed": "the definition has changed since the baseline was frozen",
    "baseline_drifted": "with today's data the baseline would be {drifted} (frozen: {baseline})",
}
_MASKED = "·"


def register_of(folder: Path, *, freeze: bool = False, again: str = "", reason: str = "") -> Iterator[str]:
    """Return the goals of a client, line by line, after their baselines have been frozen if so wished.

    Parameters
    ----------
    folder
        The client folder; it is prepared if needed.
    freeze
        Freeze the baselines of all goals that have begun and have none.
    again, reason
        Id of a goal whose baseline is frozen again, and why.

    Raises
    ------
    CrmkitError
        If settings, exports or goals are wrong.
    """
    from crmkit import history
    from crmkit.batch.preparing import prepare_if_needed
    from crmkit.client import open_client
    from crmkit.errors import CallError
    from crmkit.method import progress
    from crmkit.privacy import protect
    from crmkit.report.cells import rows_of

    if reason and not again:
        raise CallError("--reason: say with --again which baseline is frozen again.")
    prepare_if_needed(folder)
    client = open_client(folder)
    kept = progress.freeze(client, again=again, reason=reason) if freeze or again else []
    if kept:
        history.keep_baselines(folder, [frozen.entry() for frozen in kept])
        client = open_client(folder)
    yield f"{client.settings.name}, {client.as_of}"
    yield from (f"  frozen: {frozen.id}" for frozen in kept)
    shown = rows_of(protect(progress.overview(client), k=client.k))
    for row in shown:
        yield from _lines(row)
    yield from _later(client)
    for kept in progress.dropped(client):
        yield f"  {kept.id}: frozen on {kept.frozen_on}, no longer in client.yml"
        yield f"    {kept.sentence}"
    if not client.settings.goals:
        yield "  no goals in client.yml"
    if any(_can_be_frozen(row) for row in shown):
        yield "  to freeze a baseline before its readings change: crmkit goals CLIENT --freeze"


def _can_be_frozen(row: dict[str, Any]) -> bool:
    is_stopped = {"goal_changed", "no_start"} & set(row["changed"].split())
    return row["frozen_date"] is None and row["baseline"] is not None and not is_stopped


def _lines(row: dict[str, Any]) -> Iterator[str]:
    alone = f" (the last reading alone: {STATUSES[row['tending']]})" if row["tending"] else ""
    yield f"  {row['goal_id']}: {STATUSES[row['status']]}{alone}"
    yield f"    {row['wording']}"
    if row["reason"]:
        where = {"": "", "*": "; measurable for the whole client"}
        larger = where.get(row["measurable_in"], f"; measurable in {row['measurable_in']}")
        yield f"    {REASONS[row['reason']]}{larger}"
    if row["target"] is not None:
        yield f"    {_course(row)}"
    frozen = f"frozen on {row['frozen_date']} ({row['fingerprint']})" if row["frozen_date"] else "not frozen"
    if row["baseline"] is not None:
        yield f"    baseline {frozen}{', a single reading' if row['provisional'] else ''}"
    for code in row["changed"].split():
        words = {
            "reason_again": row["reason_again"],
            "agreed": row["agreed"],
            "drifted": _value(row, "drifted_baseline"),
            "baseline": _value(row, "baseline"),
        }
        yield f"    {CHANGED[code].format(**words)}"


def _course(row: dict[str, Any]) -> str:
    start, now, target = (_value(row, name) for name in ("baseline", "actual", "target"))
    said = f"{start} at the start, {now} now, {target} by {row['deadline']}"
    if row["required_pace"] is not None and row["observed_pace"] is not None:
        said += f"; needed {_pace(row, 'required_pace')}, observed {_pace(row, 'observed_pace')} a month"
    return said + (f"; chance {row['probability']:.0%}" if row["probability"] is not None else "")


def _value(row: dict[str, Any], column: str) -> str:
    value = row[column]
    if value is None:
        return _MASKED
    return f"{value:.1%}" if _is_share(row) else f"{value:,.10g}"


def _pace(row: dict[str, Any], column: str) -> str:
    return f"{row[column] * 100:+.1f} points" if _is_share(row) else f"{row[column]:+.2g}"


def _is_share(row: dict[str, Any]) -> bool:
    from crmkit.report.text.goal_units import GoalUnit

    return GoalUnit.of(row).kind == "share"


def _later(client: Client) -> Iterator[str]:
    from crmkit.method import progress

    for goal in progress.goals_of(client):
        if goal.start > client.as_of:
            yield f"  {goal.id}: begins on {goal.start}"
            yield f"    {goal.wording}"
