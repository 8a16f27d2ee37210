"""One client: settings and prepared tables, opened from a client folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmkit import commentary_files, deletion, history, schema
from crmkit.errors import SettingsError
from crmkit.history import Closed, Decided
from crmkit.letters import legible
from crmkit.settings import SMALL_CLIENT_PEOPLE, Decision, Settings, read_settings

if TYPE_CHECKING:
    import pandas as pd

SETTINGS_FILE = "client.yml"
#: Tables that hold codes, counts and pseudonyms only, and may have millions of rows.
_WITHOUT_WORDS = frozenset({"activity", "users", "coverage", "availability"})
PREPARED = "prepared"


@dataclass(frozen=True, eq=False)
class Client:
    """A client folder, opened for reading; made by `open_client`.

    Every table of `schema` that `crmkit prepare` writes is an attribute; one that the client does
    not have is empty. Tables are read when they are first asked for.
    """

    folder: Path
    settings: Settings
    as_of: dt.date

    @property
    def language(self) -> str:
        """Language of the report, ``de`` or ``en``."""
        return self.settings.language

    @property
    def k(self) -> int:
        """Smallest number of people that a published number may describe."""
        return self.settings.privacy.k

    def shows_units(self, n_people: int) -> bool:
        """Return whether units may be shown: not of a small client, nor where totals only were agreed.

        Parameters
        ----------
        n_people
            People of the whole client that a breakdown would split.
        """
        return n_people >= SMALL_CLIENT_PEOPLE and not self.settings.privacy.totals_only

    @property
    def has_agreement(self) -> bool:
        """Whether an agreement is named, without which some analyses are off."""
        return bool(self.settings.privacy.agreement)

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Person-days per area, channel and source."""
        return self._read("activity")

    @cached_property
    def users(self) -> pd.DataFrame:
        """Accounts."""
        return self._read("users")

    @cached_property
    def assignments(self) -> pd.DataFrame:
        """Spans of accounts with licence, unit and role."""
        return self._read("assignments")

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Days that each source covers."""
        return self._read("coverage")

    @cached_property
    def availability(self) -> pd.DataFrame:
        """Available days per person and week."""
        return self._read("availability")

    @cached_property
    def licences(self) -> pd.DataFrame:
        """Licences bought, with prices where the consultant knows them."""
        return self._read("licences")

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What has changed, and when."""
        return self._read("changes")

    @cached_property
    def survey(self) -> pd.DataFrame:
        """Answers of the pulse survey."""
        return self._read("survey")

    @cached_property
    def voices(self) -> pd.DataFrame:
        """Themes from interviews."""
        return self._read("voices")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Measures that were decided."""
        return self._read("measures")

    @cached_property
    def parallel_lists(self) -> pd.DataFrame:
        """Inventory of parallel structures."""
        return self._read("parallel_lists")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Accompanying figures (joy, customers, revenue)."""
        return self._read("outcomes")

    @cached_property
    def org_map(self) -> pd.DataFrame:
        """Units that were renamed, merged or moved: old and new path, and from when."""
        return self._read("org_map")

    @cached_property
    def aggregates(self) -> pd.DataFrame:
        """The client's own aggregates (tier E)."""
        return self._read("aggregates")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Every row that was dropped or changed on reading, counted."""
        return self._read("ledger")

    @cached_property
    def baselines(self) -> list[dict[str, Any]]:
        """Baselines of goals that were frozen, as plain values, oldest first."""
        return history.baselines(self.folder)

    @cached_property
    def deletions(self) -> list[dict[str, Any]]:
        """What of this client has been deleted, as the record says, oldest first, and whether it came again."""
        return deletion.told(self.folder, self.settings)

    @cached_property
    def commentary(self) -> dict[str, str]:
        """The consultant's own words (Markdown) per section; they were written for today's retrospective."""
        if self.as_of != self.settings.as_of:
            return {}
        return commentary_files.read(self.folder)

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What was worked out once for this client, by the functions that need it again."""
        return {}

    @cached_property
    def closed(self) -> list[Closed]:
        """Retrospectives that were closed before the client's ``as_of``, oldest first."""
        return [one for one in history.closed(self.folder, names=self.settings.names) if one.as_of < self.as_of]

    @property
    def last_time(self) -> Closed | None:
        """The retrospective before this one, None if it is the first that is known."""
        return self.closed[-1] if self.closed else None

    def _read(self, table: str) -> pd.DataFrame:
        file = self.folder / PREPARED / f"{table}.parquet"
        if not file.is_file():
            return schema.empty(table)
        import pandas as pd

        rows = schema.conform(pd.read_parquet(file), table)
        return rows if table in _WITHOUT_WORDS else _legible(rows, table)


def _legible(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a table whose texts a report can show; every different text is looked at once."""
    words = [column for column, kind in schema.TABLES[table].items() if kind == "text" and column != "user_id"]
    changed = {}
    for column in words:
        shown = {text: legible(text) for text in rows[column].unique()}
        if any(text != known for text, known in shown.items()):
            changed[column] = rows[column].map(shown).astype(rows[column].dtype)
    return rows.assign(**changed) if changed else rows


def open_client(folder: str | Path, *, as_of: str | dt.date | None = None, language: str | None = None) -> Client:
    """Open a prepared client folder.

    Parameters
    ----------
    folder
        The client folder with its ``client.yml``.
    as_of
        Day of the retrospective (ISO text or date); empty or None: the one in the settings.
    language
        ``de`` or ``en``; empty or None: the one in the settings.

    Returns
    -------
    Client

    Raises
    ------
    SettingsError
        If the settings are wrong, `as_of` is no date, or the folder has not been prepared.

    Examples
    --------
    >>> client = open_client("data/sample/musterbau")  # doctest: +SKIP
    >>> client.settings.name  # doctest: +SKIP
    'Musterbau GmbH'
    """
    folder = Path(folder)
    settings = read_settings(folder / SETTINGS_FILE)
    if not (folder / PREPARED / "users.parquet").is_file():
        raise SettingsError.not_prepared(str(folder))
    if language:
        settings = _with_language(settings, language)
    day = _as_date(as_of) if as_of else settings.as_of
    return Client(folder, settings if day == settings.as_of else _as_it_was(folder, settings, day), day)


def _as_date(value: str | dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise SettingsError(f'as_of: "{value}" is no date, write it as YYYY-MM-DD.') from None


def _as_it_was(folder: Path, settings: Settings, day: dt.date) -> Settings:
    """Return the settings without what was agreed for the retrospective of another day.

    Goals that had begun stay. Decisions and the next date are those of the retrospective that was closed on the day,
    if there was one; those of the settings belong to their own day.
    """
    goals = [goal for goal in settings.goals if goal.start and goal.start <= day]
    then = {one.as_of: one for one in history.closed(folder, names=settings.names)}.get(day)
    decisions = [Decision(decision=one.decision, owner_role=one.owner_role, by=one.by) for one in _decided(then)]
    return settings.model_copy(
        update={
            "goals": goals,
            "decisions": decisions,
            "commitments": [],
            "next_date": then.next_date if then else None,
            "retrospective": then.number if then else settings.retrospective,
        }
    )


def _decided(then: Closed | None) -> list[Decided]:
    return then.decisions if then else []


def _with_language(settings: Settings, language: str) -> Settings:
    if language not in ("de", "en"):
        raise SettingsError(f'language: "{language}" is not known. Known: `de`, `en`.')
    return settings.model_copy(update={"language": language})
