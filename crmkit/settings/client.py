"""All settings of a client, and how they are read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator

from crmkit.approvals import MOST_YEARS
from crmkit.errors import SettingsError
from crmkit.letters import legible_values
from crmkit.settings.agreements import Commitment, Parallel
from crmkit.settings.decisions import Decision
from crmkit.settings.exports import Export
from crmkit.settings.findings import as_settings_error
from crmkit.settings.goals import GoalEntry
from crmkit.settings.privacy import Privacy
from crmkit.settings.rules import AccountMarks, ActiveRule, Calendar, Role
from crmkit.settings.section import Area, Section
from crmkit.settings.survey import Survey
from crmkit.settings.units import ReportingUnit, UnitEntry
from crmkit.yaml_files import YamlFaultError, first_line, read_yaml


class Brand(Section):
    """The consultant's own look."""

    consultant: str = ""
    primary: str = Field(default="#1f4e5f", pattern=r"^#[0-9a-fA-F]{6}$")
    accent: str = Field(default="#d9822b", pattern=r"^#[0-9a-fA-F]{6}$")


class Settings(Section):
    """All settings of a client; only ``name``, ``as_of`` and one export are mandatory."""

    name: str = Field(min_length=1)
    #: Names under which earlier retrospectives were closed.
    former_names: list[str] = []
    as_of: dt.date
    exports: list[Export] = Field(min_length=1)
    language: Literal["de", "en"] = "de"
    timezone: str = "Europe/Berlin"
    country: str = Field(default="DE", pattern=r"^[A-Z]{2}$")
    #: State of the country for public holidays, e.g. ``BY``, ``Augsburg`` or, with the holidays of Catholic
    #: municipalities, ``BY/catholic``; None: nationwide holidays only.
    subdivision: str | None = None
    calendar: Calendar = Calendar()
    crm: str = ""
    retrospective: int = Field(default=1, ge=1)
    areas: dict[str, Area] = {}
    accounts: AccountMarks = AccountMarks()
    roles: dict[str, Role] = {}
    active: ActiveRule = ActiveRule()
    reporting_units: list[UnitEntry] = []
    privacy: Privacy = Privacy()
    parallel: Parallel = Parallel()
    survey: Survey = Survey()
    #: More goals than this nobody follows.
    goals: list[GoalEntry] = Field(default=[], max_length=40)
    #: Needed today, at most three.
    decisions: list[Decision] = Field(default=[], max_length=3)
    commitments: list[Commitment] = Field(default=[], max_length=12)
    participants: list[str] = []
    next_date: dt.date | None = None
    brand: Brand = Brand()

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f'"{value}" is no IANA time zone such as "Europe/Berlin"')
        return value

    @field_validator("goals", mode="before")
    @classmethod
    def _sentences_are_goals(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{"sentence": goal} if isinstance(goal, str) else goal for goal in value]

    @field_validator("decisions", mode="before")
    @classmethod
    def _texts_are_decisions(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{"decision": decision} if isinstance(decision, str) else decision for decision in value]

    @field_validator("reporting_units")
    @classmethod
    def _each_unit_once(cls, value: list[str | ReportingUnit]) -> list[str | ReportingUnit]:
        named = [(unit, (unit,)) if isinstance(unit, str) else (unit.name, unit.units) for unit in value]
        if name := _twice([name for name, _ in named]):
            raise ValueError(f'the name "{name}" stands here twice, rename one or join their units')
        if path := _twice([path for _, paths in named for path in paths]):
            homes = " and ".join(f'"{name}"' for name, paths in named if path in paths)
            raise ValueError(f'the unit "{path}" stands twice (in {homes}), keep it once')
        return value

    @model_validator(mode="after")
    def _data_are_there_on_the_day(self) -> Self:
        for key in ("delete_by", "delete_prepared_by"):
            day = getattr(self.privacy, key)
            if day and day < self.as_of:
                raise ValueError(f"`privacy.{key}` {day} lies before `as_of` {self.as_of}: state a later day")
            if day and day.year > self.as_of.year + MOST_YEARS:
                raise ValueError(
                    f"`privacy.{key}` {day} lies more than {MOST_YEARS} years after `as_of` {self.as_of}: "
                    "state an earlier day"
                )
        return self

    @model_validator(mode="after")
    def _next_one_is_later(self) -> Self:
        if self.next_date and self.next_date <= self.as_of:
            raise ValueError(f"`next_date` {self.next_date} does not lie after `as_of` {self.as_of}: state a later day")
        if self.next_date and self.next_date.year > self.as_of.year + MOST_YEARS:
            raise ValueError(
                f"`next_date` {self.next_date} lies more than {MOST_YEARS} years after `as_of` {self.as_of}: "
                "state an earlier day"
            )
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The client's name, and those that it had."""
        return (self.name, *self.former_names)

    @property
    def reporting_paths(self) -> dict[str, tuple[str, ...]]:
        """The names of the reporting units in their order, and the paths that each stands for."""
        named = ((unit, (unit,)) if isinstance(unit, str) else (unit.name, unit.units) for unit in self.reporting_units)
        return dict(named)

    @property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def is_draft(self) -> bool:
        """True while something of `APPROVALS` is missing: reports carry a watermark that says what."""
        return bool(self.privacy.missing)


def read_settings(file: Path) -> Settings:
    """Read and check a ``client.yml``.

    Parameters
    ----------
    file
        Path of the YAML file.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        For a missing file, broken YAML, unknown or missing key, or wrong value; the message names
        the file and the key.
    """
    if not file.is_file():
        raise SettingsError.missing_file(str(file), f"`crmkit new {file.parent}` makes a client folder.")
    try:
        content = read_yaml(file)
    except (YamlFaultError, OSError) as error:
        raise SettingsError(f"{file}: no valid YAML in UTF-8: {first_line(error)}.") from None
    if not isinstance(content, dict):
        raise SettingsError(f"{file}: expected `key: value` lines, found none.")
    try:
        return Settings.model_validate(_legible(content))
    except ValidationError as error:
        raise as_settings_error(str(file), error, Settings) from None


def _legible(content: dict[Any, Any]) -> dict[Any, Any]:
    """Return settings whose texts a report can show; how exports are read is nothing to be shown."""
    return {key: value if key == "exports" else legible_values(value) for key, value in content.items()}


def _twice(words: list[str]) -> str:
    """Return the first word that stands in a list more than once, or an empty string."""
    return next((word for position, word in enumerate(words) if word in words[:position]), "")
