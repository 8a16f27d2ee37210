"""`crmkit readers`: what can be read, one system or export in detail, and the page docs/readers.md."""

from __future__ import annotations

from collections.abc import Iterator

from crmkit.errors import CallError, did_you_mean
from crmkit.readers import Reader, readers, systems
from crmkit.readers.catalogue import OfNoUse, System

_INTRO = """# What each CRM exports, and how the kit reads it

`crmkit readers --page` writes this page from the readers' own descriptions (`crmkit/readers/systems/*.yml`).
`crmkit readers salesforce` shows a part of it in the terminal, `crmkit check` names the reader for a file.

* **Tier**: A views and writes per person and day · B logins or changed records · C last logins · D licences ·
  E the client's own aggregates.
* **Known from**: *any file* – by what its columns are called, whatever made it; *real file* – read against a file of
  the system; *source code* – the schema in the system's source; *documentation* – the vendor's; *hearsay* – what people
  say: the first real file may need `columns:` in client.yml.
* Columns are found by their headers, in any order and case. What `columns:` and `constants:` in client.yml say holds.
* Not to be sent, whatever the system: reasons for absence, contents of fields, salaries. Columns that are not named
  here are not read.
"""


def lines_of(part: str = "") -> Iterator[str]:
    """Return the readers, a line each; or, for a system or a reader, all that is known of it.

    Raises
    ------
    CallError
        If nothing begins so.
    """
    known = readers()
    if not part:
        width = max(map(len, known))
        yield from (_line(reader, width) for _, reader in sorted(known.items()))
        return
    chosen = [reader for name, reader in sorted(known.items()) if name == part or name.startswith(f"{part}.")]
    if not chosen:
        names = [*known, *{name.partition(".")[0] for name in known}]
        raise CallError(f"no reader `{part}`.{did_you_mean(part, names)} `crmkit readers` lists all.")
    for reader in chosen:
        yield from _details(reader)


def _line(reader: Reader, width: int) -> str:
    needs = f"; needs {', '.join(reader.needs)}" if reader.needs else ""
    return f"{reader.name:<{width}}  tier {reader.tier}  {reader.description}{needs}"


def _details(reader: Reader) -> Iterator[str]:
    yield f"{reader.name}: {reader.title.en}"
    yield from (f"  {label}: {text}" for label, text in _facts(reader))


def _facts(reader: Reader) -> Iterator[tuple[str, str]]:
    """Return what is known of a reader, as label and text."""
    yield "tier", reader.tier
    yield "ask for", reader.ask.en
    yield "auf Deutsch", reader.ask.de
    if reader.needs:
        yield "needs", ", ".join(reader.needs)
    if reader.headers:
        yield "reads", ", ".join(reader.headers)
    yield "shows", reader.shows
    yield "cannot show", reader.lacks
    if reader.keeps_days:
        yield "the log lives", f"{reader.keeps_days} days"
    if reader.layout.cut_at:
        yield "cut off at", f"{', '.join(f'{n:,}' for n in reader.layout.cut_at)} rows"
    yield "known from", reader.verified


def page() -> str:
    """Return docs/readers.md."""
    parts = [_INTRO]
    for system in systems():
        parts.append(f"## {system.crm or 'Any system'}\n")
        if system.note:
            parts.append(f"{system.note.strip()}\n")
        parts += [f"Not read: {export.what}.\n" for export in _each_once(system)]
        chosen = [reader for reader in readers().values() if reader.crm == system.crm]
        parts += ["| reader | tier | what | the log lives | known from |", "|---|---|---|---|---|"]
        parts += [_row(reader) for reader in chosen]
        parts += ["", *(_section(reader) for reader in chosen)]
    return "\n".join(parts)


def _each_once(system: System) -> list[OfNoUse]:
    return list({export.what: export for export in system.of_no_use}.values())


def _row(reader: Reader) -> str:
    lives = f"{reader.keeps_days} days" if reader.keeps_days else "–"
    return f"| `{reader.name}` | {reader.tier} | {_cell(reader.title.en)} | {lives} | {reader.verified} |"


def _section(reader: Reader) -> str:
    facts = [f"* **{label}**: {text}" for label, text in _facts(reader) if label not in ("tier", "known from")]
    return "\n".join([f"### {reader.name}", "", *facts, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
