"""What all commands share: the program that they belong to, the clients that they are for, examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import crmkit
from crmkit.cli import SOME_FAILED
from crmkit.errors import CallError, CrmkitError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    # plain text: no frames that a console may not be able to show, and no heavy import for a help page
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 all well, 1 some client failed or something that blocks was found, 2 wrong call. "
    "The option --debug, anywhere, shows the traceback of an error.",
)

ClientArguments = Annotated[
    list[Path], typer.Argument(metavar="CLIENT", help="Client folders, or folders of client folders.")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crmkit {crmkit.__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Show how a client's CRM is really used: retrospective workbooks from its exports.

    A first run, on the sample clients: crmkit render data/sample
    """


def example(*commands: str) -> str:
    """Return examples for the end of a help page; the mark keeps the lines as they are."""
    return "\n".join(["\b", "Example:", *(f"  {command}" for command in commands)])


def for_each(clients: list[Path], do: object) -> None:
    """Do something with every client; one that fails is named and does not stop the others."""
    from crmkit.batch.plan import client_folders

    failed = False
    for folder in client_folders(clients):
        try:
            do(folder)  # type: ignore[operator]
        except CallError:
            raise
        except CrmkitError as error:
            typer.echo(f"error: {error}", err=True)
            failed = True
    if failed:
        raise typer.Exit(SOME_FAILED)
