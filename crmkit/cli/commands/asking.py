"""What only says something: the gate, the lens on suppression, readers and measures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmkit.cli import SOME_FAILED
from crmkit.cli.commands.program import ClientArguments, app, example, for_each


@app.command(epilog=example("crmkit verify reports/acme/2026-06-28/retrospective.html"))
def verify(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="HTML pages, notebooks, Excel files.")],
    client: Annotated[
        Path | None,
        typer.Option(help="Client folder whose users to look for.", show_default="as the manifest of reports/ says"),
    ] = None,
) -> None:
    """Say what in a file must not leave.

    Runs the gate alone: names, ids, e-mail addresses, scripts, paths, references to outside.
    """
    from crmkit.cli.verifying import verify_files

    lines, blocked = verify_files(files, client=client)
    for line in lines:
        typer.echo(line)
    if blocked:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog=example("crmkit lens clients/acme"))
def lens(clients: ClientArguments) -> None:
    """Show what disappears from the report at k = 5, 7 and 10.

    For the talk with works council and data protection officer: how many numbers of each table are shown.
    """
    from crmkit.cli.releasing import lens_of

    for_each(clients, lambda folder: [typer.echo(line) for line in lens_of(folder)])


@app.command(epilog=example("crmkit readers", "crmkit readers salesforce"))
def readers(
    part: Annotated[str, typer.Argument(metavar="SYSTEM|READER", help="What to show in detail.")] = "",
    page: Annotated[bool, typer.Option("--page", help="The whole list as Markdown.")] = False,
) -> None:
    """List the readers and what they read.

    For a system or a reader: where the client's administrator clicks, what the export shows and what it cannot.
    """
    from crmkit.cli import listing_readers

    for line in [listing_readers.page()] if page else listing_readers.lines_of(part):
        typer.echo(line, nl=not page)


@app.command(epilog=example("crmkit measures", "crmkit measures training --language de"))
def measures(
    hurdle: Annotated[str, typer.Argument(metavar="HURDLE", help="What to show in detail.")] = "",
    language: Annotated[str, typer.Option(metavar="de|en", help="Language of the measures.")] = "en",
    page: Annotated[bool, typer.Option("--page", help="The whole catalogue as Markdown.")] = False,
) -> None:
    """List measures that have proved useful, by the hurdle they meet.

    For a hurdle: what to do, the effort, who usually owns it, the first sign that it works. measures.csv may name a
    measure by its id.
    """
    from crmkit.cli import listing_measures

    for line in [listing_measures.page()] if page else listing_measures.lines_of(hurdle, language=language):
        typer.echo(line, nl=not page)
