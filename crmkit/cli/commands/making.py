"""From a new folder to the report: what makes something of a client."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmkit.cli import SOME_FAILED
from crmkit.cli.commands.program import ClientArguments, app, example, for_each
from crmkit.cli.paths import short_path
from crmkit.errors import CallError


@app.command(epilog=example("crmkit new clients/acme"))
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The client folder to make.")]) -> None:
    """Make a client folder with a commented client.yml."""
    from crmkit.cli.new import make_client_folder

    for path in make_client_folder(folder):
        typer.echo(str(path))


@app.command(epilog=example("crmkit sheet clients/acme", "crmkit sheet clients/acme --language en"))
def sheet(
    clients: ClientArguments,
    language: Annotated[
        str, typer.Option(metavar="de|en", help="Language of the sheet.", show_default="as in client.yml")
    ] = "",
    output: Annotated[Path, typer.Option(help="Where the reports go.")] = Path("reports"),
) -> None:
    """Write one page for works council and data protection.

    What is read and dropped, who sees what, the smallest group, legal basis, purpose, day of deletion, with a sample
    of made-up figures. Needs client.yml only, no exports: it is laid before them before any data are pulled.
    """
    from crmkit.batch.privacy_sheet import write_privacy_sheet

    def write_one(folder: Path) -> None:
        typer.echo(short_path(write_privacy_sheet(folder, output=output, language=language)))

    for_each(clients, write_one)


@app.command(epilog=example("crmkit survey clients/acme", "crmkit survey clients/acme --language en"))
def survey(
    clients: ClientArguments,
    language: Annotated[
        str, typer.Option(metavar="de|en", help="Language of the survey.", show_default="as in client.yml")
    ] = "",
    output: Annotated[
        Path | None, typer.Option(help="Where the files go.", show_default="survey/ in the client folder")
    ] = None,
    with_open: Annotated[
        bool, typer.Option("--with-open", help="Ask the question that is answered in words, too; it is never read.")
    ] = False,
) -> None:
    """Write the pulse survey, to print and to type in.

    A sheet of A4 and a template in Excel and CSV; fifteen questions at most, anonymous. The answers go beside
    client.yml as survey.csv or survey.xlsx, also as Microsoft Forms exports them.
    """
    from crmkit.batch.survey_files import write_survey

    def write_one(folder: Path) -> None:
        for path in write_survey(folder, output=output, language=language, with_open=with_open):
            typer.echo(short_path(path))

    for_each(clients, write_one)


@app.command(epilog=example("crmkit check clients/acme", "crmkit check clients/acme --page"))
def check(
    clients: ClientArguments,
    page: Annotated[
        bool, typer.Option("--page", help="Write it as a page, with the mail to the client: data_check.html.")
    ] = False,
    language: Annotated[
        str, typer.Option(metavar="de|en", help="Language of the page.", show_default="as in client.yml")
    ] = "",
    output: Annotated[Path, typer.Option(help="Where the reports go.")] = Path("reports"),
) -> None:
    """Say what the exports contain and allow.

    What was read and dropped, the data tier, and the one export that would lift it. Writes no tables. With --page, a
    page that is for you alone: how each column was read, what is covered, and the mail with what to ask for next.
    """
    from crmkit.cli.checking import report_on, write_page

    def check_one(folder: Path) -> None:
        for line in report_on(folder):
            typer.echo(line)
        if page:
            typer.echo(write_page(folder, output=output, language=language))

    for_each(clients, check_one)


@app.command(epilog=example("crmkit prepare clients/acme"))
def prepare(
    clients: ClientArguments,
    key: Annotated[
        Path | None,
        typer.Option(
            help="File with the key of the pseudonyms, or folder of keys; also CRMKIT_KEY_FILE in the environment.",
            show_default="pseudonym.key in the client folder",
        ),
    ] = None,
) -> None:
    """Turn raw exports into pseudonymous tables.

    The only step that sees a name. `render` does this by itself when exports or settings have changed.
    """
    from crmkit.batch.plan import client_folders
    from crmkit.batch.preparing import prepare_again

    if key and not key.is_dir() and len(client_folders(clients)) > 1:
        raise CallError("--key: one key for several clients would make them comparable. Name a folder of keys.")

    def prepare_one(folder: Path) -> None:
        prepare_again(folder, key_file=key)
        typer.echo(short_path(folder / "prepared"))

    for_each(clients, prepare_one)


@app.command(epilog=example("crmkit render clients/acme", "crmkit render clients --output reports --jobs 2"))
def render(
    clients: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CLIENT|FOLDER",
            help="Client folders, or folders of client folders; without any, the current folder.",
        ),
    ] = None,
    output: Annotated[Path, typer.Option(help="Where the reports go.")] = Path("reports"),
    jobs: Annotated[int | None, typer.Option(min=1, help="Clients at a time.", show_default="number of cores")] = None,
    as_of: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Day of the retrospective.", show_default="as in client.yml")
    ] = "",
    notebook: Annotated[
        Path | None, typer.Option(help="Another notebook.", show_default="the kit's retrospective")
    ] = None,
) -> None:
    """Render the reports of one or many clients.

    HTML, notebook and tables per client, an internal index page and a manifest. A client that fails does not
    stop the others, and keeps its last good report. Ends with the paths of the rendered reports.
    """
    from crmkit.cli.rendering import render_with_progress

    failed = render_with_progress(clients or [Path()], output=output, jobs=jobs, as_of=as_of, notebook=notebook)
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog=example("crmkit portfolio clients", "crmkit portfolio clients --language en"))
def portfolio(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder of client folders; without one, the current folder.")
    ] = Path(),
    language: Annotated[str, typer.Option(metavar="de|en", help="Language of the page.", show_default="de")] = "",
    output: Annotated[Path, typer.Option(help="Where the reports go.")] = Path("reports"),
) -> None:
    """Show all clients of a folder side by side, for you alone.

    Where each stands, what is coming up and what is overdue, how the goals are, what licences cost, what is missing.
    Takes what is prepared; a client that cannot be opened is named and does not stop the others.
    """
    from crmkit.cli.listing_clients import write_page

    path, failed = write_page(folder, output=output, language=language)
    for line in failed:
        typer.echo(f"error: {line}", err=True)
    typer.echo(path)
    if failed:
        raise typer.Exit(SOME_FAILED)
