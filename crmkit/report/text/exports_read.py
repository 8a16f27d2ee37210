"""What each reader reads of an export, in words: which columns, and of which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.readers import readers
from crmkit.report.language import Language

if TYPE_CHECKING:
    from crmkit.settings import Export, Settings

#: Reader → the kit's own names of the columns that client.yml maps; unmapped ones are read under these names.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "generic.users": (
        "user_id", "username", "name", "first_name", "last_name", "email", "employee_number", "org_unit", "division",
        "role", "licence", "profile", "fte", "subdivision", "first_active", "last_active", "last_login",
        "last_modified", "active", "disabled", "account_type", "other_id",
    ),
    "generic.logins": ("user_id", "timestamp", "channel", "event_id"),
    "generic.changes": ("user_id", "timestamp", "object", "area", "channel", "operation", "event_id", "record"),
    "generic.activity": (
        "user_id", "date", "object", "area", "channel", "action", "event_id", "n_login", "n_view", "n_write",
        "n_export", "n",
    ),
    "generic.weeks": (
        "user_id", "week", "object", "area", "channel", "action", "n_days", "n_login", "n_view", "n_write", "n_export",
    ),
    "generic.licences": (
        "licence", "n_purchased", "n_assigned", "unit_cost_month", "cost_year", "currency", "notice_date",
    ),
    "generic.aggregates": ("org_unit", "band", "n", "from_date", "to_date", "definition"),
}  # fmt: skip

#: Tables with a row a person, or an answer, that may lie beside the exports → the columns that are read of them.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "people.csv": ("user_id", "person", "fte", "subdivision", "org_unit", "role", "left"),
    "availability.csv": ("user_id", "week", "available_days"),
    "survey.csv": ("respondent", "org_unit", "item", "answer"),
}


@dataclass(frozen=True)
class Read:
    """The exports of one reader: what they are, how many files, of which days, and which columns are read."""

    name: str
    files: str
    columns: str


def exports_read(settings: Settings, t: Language) -> list[Read]:
    """Return what is read, exports of one kind and the same columns together, in the order of client.yml.

    Names of files are left out: they hold names of people now and then.
    """
    kinds: dict[tuple[str, str], list[Export]] = {}
    for export in settings.exports:
        kinds.setdefault((export.reader, _columns(export, t)), []).append(export)
    read = [Read(_title(reader, t), _files(exports, t), columns) for (reader, columns), exports in kinds.items()]
    return [*read, _beside(t)]


def _title(reader: str, t: Language) -> str:
    known = readers()
    return getattr(known[reader].title, t.code) if reader in known else reader


def _beside(t: Language) -> Read:
    """Return what is read of the tables that may come with the exports."""
    columns = "; ".join(f"{file}: {', '.join(names)}" for file, names in BESIDE.items())
    return Read(
        t.gettext("Beiblätter: Personen, Verfügbarkeit, Befragung"),
        t.gettext("falls geliefert; Verfügbarkeit als Tage je Woche, ohne Gründe"),
        columns,
    )


def _columns(export: Export, t: Language) -> str:
    """Return the columns that are read; what client.yml maps stands under the header that it has there."""
    mapped = list(dict.fromkeys(export.columns.values()))
    if not export.reader.startswith("generic."):
        named = readers()[export.reader].named if export.reader in readers() else ()
        return ", ".join(dict.fromkeys([*named, *mapped]))
    fields = FIELDS.get(export.reader, ())
    others = ", ".join(name for name in fields if name not in {*export.columns, *export.constants})
    if mapped and others:
        return t.gettext("{mapped}; falls vorhanden auch: {others}", mapped=", ".join(mapped), others=others)
    return ", ".join(mapped) or others


def _files(exports: Iterable[Export], t: Language) -> str:
    given = list(exports)
    said = t.ngettext("{n} Datei", "{n} Dateien", len(given))
    first = [export.covers.from_date for export in given if export.covers]
    last = [export.covers.to_date for export in given if export.covers]
    states = sorted(export.exported for export in given if export.exported)
    if first:
        return f"{said}, {t.date(min(first), short=True)} – {t.date(max(last), short=True)}"
    if states:
        days = t.joined([t.date(day, short=True) for day in states])
        return f"{said}, {t.gettext('Stand {days}', days=days)}"
    return said
