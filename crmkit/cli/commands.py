"""The commands: each calls one room and prints what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import crmkit
from crmkit.cli import SOME_FAILED
from crmkit.cli.paths import short_path
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


def _example(*commands: str) -> str:
    """Return examples for the end of a help page; the mark keeps the lines as they are."""
    return "\n".join(["\b", "Example:", *(f"  {command}" for command in commands)])


@app.command(epilog=_example("crmkit new clients/acme"))
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The client folder to make.")]) -> None:
    """Make a client folder with a commented client.yml."""
    from crmkit.cli.new import make_client_folder

    for path in make_client_folder(folder):
        typer.echo(str(path))


@app.command(epilog=_example("crmkit check clients/acme", "crmkit check clients/acme --page"))
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
    from crmkit.cli.checking import report_on
    from crmkit.cli.checking_page import write_page

    def check_one(folder: Path) -> None:
        for line in report_on(folder):
            typer.echo(line)
        if page:
            typer.echo(write_page(folder, output=output, language=language))

    _for_each(clients, check_one)


@app.command(epilog=_example("crmkit prepare clients/acme"))
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

    _for_each(clients, prepare_one)


@app.command(epilog=_example("crmkit render clients/acme", "crmkit render clients --output reports --jobs 2"))
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


@app.command(epilog=_example("crmkit portfolio clients", "crmkit portfolio clients --language en"))
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


@app.command(epilog=_example("crmkit goals clients/acme", "crmkit goals clients/acme --freeze"))
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

    _for_each(clients, show)


@app.command(epilog=_example("crmkit verify reports/acme/2026-06-28/retrospective.html"))
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


@app.command(epilog=_example("crmkit purge clients/acme --dry-run", "crmkit purge clients/acme --raw --yes"))
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
    _for_each(clients, lambda folder: purge_client(folder, kinds, yes=yes, dry_run=dry_run))


@app.command(epilog=_example("crmkit sheet clients/acme", "crmkit sheet clients/acme --language en"))
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

    _for_each(clients, write_one)


@app.command(epilog=_example("crmkit survey clients/acme", "crmkit survey clients/acme --language en"))
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

    _for_each(clients, write_one)


@app.command(epilog=_example("crmkit release clients/acme"))
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

    _for_each(clients, lambda folder: typer.echo(note_release(folder, as_of=as_of)))


@app.command(epilog=_example("crmkit close clients/acme"))
def close(clients: ClientArguments) -> None:
    """Close a retrospective: the next one looks back on it.

    Seals what the report told, goals, decisions and definition in history/R<n>, with a calendar file for the next
    date, and notes the report as handed out. Needs decisions and a next date.
    """
    from crmkit.cli.closing import close as close_one

    _for_each(clients, lambda folder: [typer.echo(line) for line in close_one(folder)])


@app.command(epilog=_example("crmkit lens clients/acme"))
def lens(clients: ClientArguments) -> None:
    """Show what disappears from the report at k = 5, 7 and 10.

    For the talk with works council and data protection officer: how many numbers of each table are shown.
    """
    from crmkit.cli.releasing import lens_of

    _for_each(clients, lambda folder: [typer.echo(line) for line in lens_of(folder)])


@app.command(epilog=_example("crmkit readers", "crmkit readers salesforce"))
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


@app.command(epilog=_example("crmkit measures", "crmkit measures training --language de"))
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


def _for_each(clients: list[Path], do: object) -> None:
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
