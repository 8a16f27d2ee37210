"""The settings of one client, ``client.yml``: every default once, with its unit and reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crmkit.errors import SettingsError

Area = Literal["sales", "marketing", "service", "shared"]
Rhythm = Literal["daily", "weekly", "monthly"]
Action = Literal["login", "view", "write", "export"]
Channel = Literal["ui", "mobile", "addin", "api", "background"]

#: No published number may describe fewer people; works councils commonly agree on five.
SMALLEST_K = 5
#: A free-text survey says more about a person than a count does, hence a higher floor.
SURVEY_K = 7
#: Below this many people a breakdown describes single persons: totals only.
SMALL_CLIENT_PEOPLE = 60

#: Which area of the CRM an object belongs to; no CRM exports this, so clients may override it.
OBJECT_AREAS: dict[str, Area] = {
    "Lead": "sales", "Opportunity": "sales", "Quote": "sales", "Order": "sales", "Contract": "sales",
    "Product2": "sales", "Campaign": "marketing", "CampaignMember": "marketing", "ListEmail": "marketing",
    "Case": "service", "Ticket": "service", "Knowledge__kav": "service", "Incident": "service",
    "Account": "shared", "Contact": "shared", "Task": "shared", "Event": "shared", "Dashboard": "shared",
    "Report": "shared",
}  # fmt: skip


class Section(BaseModel):
    """A part of the settings: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Section):
    """A span of days, both ends included; YAML keys ``from`` and ``to``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    from_date: dt.date = Field(alias="from")
    to_date: dt.date = Field(alias="to")


class Export(Section):
    """One export of the client's CRM and how to read it."""

    file: str
    reader: str
    #: The kit's column name → the header in the file.
    columns: dict[str, str] = {}
    #: The kit's column name → one value for all rows (e.g. ``area: sales``).
    constants: dict[str, str] = {}
    #: strptime format of the dates; without it the order of day and month must follow from the column.
    date_format: str | None = None
    #: Time zone of the file's clock times; without it the client's.
    timezone: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    #: The days that the export covers; without it the first to the last day with a row.
    covers: Span | None = None
    #: For user lists: the day of the export, from which the state of the accounts is known.
    exported: dt.date | None = None


class Role(Section):
    """What is expected of a role, agreed before results are seen."""

    areas: list[Area] = []
    rhythm: Rhythm = "weekly"


class ActiveRule(Section):
    """Which actions make a week an active one (agreed before results are seen)."""

    actions: list[Action] = ["view", "write"]
    channels: list[Channel] = ["ui", "mobile", "addin"]
    #: True only if `availability` lists the absences: then regular is 75 % of weeks, else 8 of 12.
    absences_known: bool = False


class Privacy(Section):
    """What was agreed with works council and data protection officer."""

    k: int = Field(default=SMALLEST_K, ge=SMALLEST_K)
    legal_basis: str = ""
    purpose: str = ""
    agreement: str = ""
    delete_by: dt.date | None = None


class GoalEntry(Section):
    """A goal: its sentence and what the four questions were answered with."""

    sentence: str
    start: dt.date | None = None
    owner_role: str = ""
    #: Answers to the four questions: needs, gain, value, hurdles.
    answers: dict[Literal["needs", "gain", "value", "hurdles"], str] = {}
    fit: Literal["fits", "adjust", "reached", "stop"] | None = None
    fit_reason: str = ""


class Brand(Section):
    """The consultant's own look."""

    consultant: str = ""
    primary: str = Field(default="#1f4e5f", pattern=r"^#[0-9a-fA-F]{6}$")
    accent: str = Field(default="#d9822b", pattern=r"^#[0-9a-fA-F]{6}$")


class Settings(Section):
    """All settings of a client; only ``name``, ``as_of`` and one export are mandatory."""

    name: str = Field(min_length=1)
    as_of: dt.date
    exports: list[Export] = Field(min_length=1)
    language: Literal["de", "en"] = "de"
    timezone: str = "Europe/Berlin"
    country: str = Field(default="DE", pattern=r"^[A-Z]{2}$")
    #: State of the country for public holidays, e.g. ``BY``; None: nationwide holidays only.
    subdivision: str | None = None
    crm: str = ""
    retrospective: int = Field(default=1, ge=1)
    areas: dict[str, Area] = {}
    roles: dict[str, Role] = {}
    active: ActiveRule = ActiveRule()
    reporting_units: list[str] = []
    privacy: Privacy = Privacy()
    goals: list[GoalEntry] = []
    decisions: list[str] = Field(default=[], max_length=3)
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

    @property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def object_areas(self) -> dict[str, Area]:
        """The object → area map: the kit's own, overridden by the client's."""
        return OBJECT_AREAS | self.areas

    @property
    def is_draft(self) -> bool:
        """True while the agreement or the legal basis is missing: reports carry a watermark."""
        return not (self.privacy.agreement and self.privacy.legal_basis)


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
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: no valid YAML in UTF-8: {_first_line(error)}.") from None
    if not isinstance(content, dict):
        raise SettingsError(f"{file}: expected `key: value` lines, found none.")
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise _as_settings_error(str(file), error) from None


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return where + str(getattr(error, "problem", None) or error).splitlines()[0]


def _as_settings_error(file: str, error: ValidationError) -> SettingsError:
    """Turn pydantic's first finding into one line with the key and what to do."""
    first = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return SettingsError.unknown_key(file, key, _keys_beside(first["loc"]))
    if first["type"] == "missing":
        return SettingsError.missing_key(file, key)
    problem = first["msg"].removeprefix("Value error, ")
    return SettingsError.wrong_value(file, key, problem[0].lower() + problem[1:])


def _keys_beside(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys known at the place where an unknown one was found."""
    section: Any = Settings
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        section = _section_of(section.model_fields[part].annotation) if part in section.model_fields else section
    return [field.alias or name for name, field in section.model_fields.items()]


def _section_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    inner = [_section_of(arg) for arg in getattr(annotation, "__args__", ())]
    return next((found for found in inner if found is not None), None)
