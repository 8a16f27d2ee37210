"""What outlasts a report: goals and their baselines, releases, closed retrospectives, deletions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmkit.cli.commands.program import ClientArguments, app, example, for_each


@app.command(epilog=example("crmkit goals clients/acme", "crmkit goals clients/acme --freeze"))
def goals(
    clients: ClientArguments,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Freeze the baselines of all goals that have begun and have none.")
    ] = False,
    again: Annotated[
        str, typer.Option(metavar="ID", help="Freeze the baseline of one goal again; the earlier one is kept.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why a baseline is frozen again.")] = "",
) -> None:
    """Show the goals of a client and where they stand.

    With --freeze the baselines are kept in history/goals.yml: from then on they hold, whatever later exports say.
    """
    from crmkit.cli.register import register_of

    def show(folder: Path) -> None:
        for line in register_of(folder, freeze=freeze, again=again, reason=reason):
            typer.echo(line)

    for_each(clients, show)


@app.command(epilog=example("crmkit release clients/acme"))
def release(
    clients: ClientArguments,
    as_of: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Day of the retrospective.", show_default="as in client.yml")
    ] = "",
) -> None:
    """Note that a report has been handed out.

    Keeps what it told in history/released: later reports withhold what would, beside it, tell of a few people.
    """
    from crmkit.cli.releasing import note_release

    for_each(clients, lambda folder: typer.echo(note_release(folder, as_of=as_of)))


@app.command(epilog=example("crmkit close clients/acme"))
def close(clients: ClientArguments) -> None:
    """Close a retrospective: the next one looks back on it.

    Seals what the report told, goals, decisions and definition in history/R<n>, with a calendar file for the next
    date, and notes the report as handed out. Needs decisions and a next date.
    """
    from crmkit.cli.closing import close as close_one

    for_each(clients, lambda folder: [typer.echo(line) for line in close_one(folder)])


@app.command(epilog=example("crmkit purge clients/acme --dry-run", "crmkit purge clients/acme --raw --yes"))
def purge(
    clients: ClientArguments,
    *,
    raw: Annotated[
        bool, typer.Option("--raw", help="Raw exports, and lists with a row a person. This is what is deleted anyway.")
    ] = False,
    prepared: Annotated[bool, typer.Option("--prepared", help="Pseudonymous tables.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Both, and the key of the pseudonyms.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be deleted, delete nothing.")] = False,
) -> None:
    """Delete raw exports or prepared tables by the agreed day.

    Says what would be deleted, asks, and keeps a record in history/deletions.yml. Reports, settings, history and
    whatever lies outside the client folder stay.
    """
    from crmkit.cli.purging import kinds_of, purge_client

    kinds = kinds_of(raw=raw, prepared=prepared, everything=everything)
    for_each(clients, lambda folder: purge_client(folder, kinds, yes=yes, dry_run=dry_run))
