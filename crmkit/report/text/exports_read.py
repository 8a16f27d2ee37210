"""What each reader reads of an export, in words: which columns, and of which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmkit.report.language import N_, Language

if TYPE_CHECKING:
    from crmkit.settings import Export, Settings

#: Reader → what its export is called.
NAMES: Mapping[str, str] = {
    "salesforce.users": N_("Benutzerliste (Salesforce, Objekt User)"),
    "salesforce.login_history": N_("Anmeldeverlauf (Salesforce)"),
    "salesforce.event_log": N_("Ereignisprotokoll (Salesforce, EventLogFile)"),
    "generic.users": N_("Benutzerliste"),
    "generic.activity": N_("Nutzung je Person und Tag"),
    "generic.weeks": N_("Nutzung je Person und Woche"),
    "generic.logins": N_("Anmeldeprotokoll"),
    "generic.changes": N_("Protokoll der Änderungen"),
    "generic.aggregates": N_("Eigene Auswertung des Auftraggebers (nur Summen)"),
}
#: Reader → the columns it looks for, as they stand in the export.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "salesforce.users": (
        "Id", "Username", "Name", "FirstName", "LastName", "Email", "EmployeeNumber", "Department", "Division",
        "UserRole.Name", "Title", "UserRoleId", "Profile.Name", "ProfileId", "Profile.UserLicense.Name",
        "UserLicense.Name", "License", "CreatedDate", "LastLoginDate", "LastModifiedDate", "IsActive", "UserType",
    ),
    "salesforce.login_history": ("Username", "UserId", "Login Time", "Login Type", "Status", "Application",
                                 "API Type", "Id"),
    "salesforce.event_log": (
        "EVENT_TYPE", "TIMESTAMP", "TIMESTAMP_DERIVED", "REQUEST_ID", "USER_ID", "USER_ID_DERIVED", "LOGIN_STATUS",
        "LOGIN_TYPE", "API_TYPE", "BROWSER_TYPE", "DEVICE_PLATFORM", "PAGE_ENTITY_TYPE", "PAGE_URL", "URI",
        "REFERRER_URI", "METHOD_NAME", "METHOD", "ENTITY_NAME", "ACTION_MESSAGE", "SESSION_KEY", "UI_EVENT_TIMESTAMP",
        "UI_EVENT_SEQUENCE_NUM",
    ),
}  # fmt: skip
#: Reader → the kit's own names of the columns that client.yml maps; unmapped ones are read under these names.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "generic.users": (
        "user_id", "username", "name", "first_name", "last_name", "email", "employee_number", "org_unit", "division",
        "role", "licence", "profile", "fte", "subdivision", "first_active", "last_active", "last_login",
        "last_modified", "active", "account_type",
    ),
    "generic.logins": ("user_id", "timestamp", "channel", "event_id"),
    "generic.changes": ("user_id", "timestamp", "object", "area", "channel", "operation", "event_id"),
    "generic.activity": (
        "user_id", "date", "object", "area", "channel", "action", "n_login", "n_view", "n_write", "n_export",
    ),
    "generic.weeks": (
        "user_id", "week", "object", "area", "channel", "action", "n_days", "n_login", "n_view", "n_write", "n_export",
    ),
    "generic.aggregates": ("org_unit", "band", "n", "from_date", "to_date", "definition"),
}  # fmt: skip

#: Tables with a row a person, or an answer, that may lie beside the exports → the columns that are read of them.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "people.csv": ("user_id", "fte", "subdivision", "org_unit", "role", "left"),
    "availability.csv": ("user_id", "week", "available_days"),
    "survey.csv": ("item", "answer"),
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
    read = [
        Read(t.gettext(NAMES[reader]) if reader in NAMES else reader, _files(exports, t), columns)
        for (reader, columns), exports in kinds.items()
    ]
    return [*read, _beside(t)]


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
    if export.reader in COLUMNS:
        return ", ".join(dict.fromkeys([*COLUMNS[export.reader], *mapped]))
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
