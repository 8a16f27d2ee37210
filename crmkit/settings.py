"""The settings of one client, ``client.yml``: every default once, with its unit and reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from crmkit.approvals import MOST_YEARS, named, visible
from crmkit.errors import SettingsError
from crmkit.letters import legible_values
from crmkit.settings_errors import TAGS, as_settings_error
from crmkit.yaml_files import YamlFaultError, first_line, read_yaml

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

    #: File or pattern below the client folder.
    file: str = Field(min_length=1, max_length=1000)
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

    @field_validator("file")
    @classmethod
    def _below_the_client_folder(cls, value: str) -> str:
        parts = PureWindowsPath(value).parts  # both kinds of slashes
        if PureWindowsPath(value).anchor or ".." in parts or parts[:1] == ("~",):
            raise ValueError("leads out of the client folder; name a file below it, such as exports/users.csv")
        if not value.isprintable():
            raise ValueError("holds characters that no file name has")
        return value


class Role(Section):
    """What is expected of a role, agreed before results are seen."""

    areas: list[Area] = []
    rhythm: Rhythm = "weekly"


#: Smallest share of weeks (0–1) of regular use: a holiday must not make anyone occasional where nobody states it.
REGULAR_KNOWN, REGULAR_UNKNOWN = 0.75, 8 / 12


class ActiveRule(Section):
    """Which actions make a week an active one (agreed before results are seen)."""

    actions: list[Action] = ["view", "write"]
    channels: list[Channel] = ["ui", "mobile", "addin"]
    #: True only if `availability` lists the absences: then regular is 75 % of weeks, else 8 of 12.
    absences_known: bool = False
    #: Smallest share of weeks (0–1) of regular use; None: 0.75 or 8/12, see `absences_known`.
    regular_share: float | None = Field(default=None, gt=0, le=1)
    #: Smallest share of weeks (0–1) of occasional use.
    occasional_share: float = Field(default=0.25, gt=0, lt=1)
    #: Days with work that make a week an active one.
    min_days: int = Field(default=1, ge=1, le=5)

    @model_validator(mode="after")
    def _segments_do_not_overlap(self) -> Self:
        regular = self.regular_share or (REGULAR_KNOWN if self.absences_known else REGULAR_UNKNOWN)
        if self.occasional_share >= regular:
            raise ValueError(
                f"`occasional_share` {self.occasional_share:g} is not below `regular_share` {regular:.3g}: "
                "the segments overlap"
            )
        return self


class Calendar(Section):
    """Working days that public holidays do not tell: a company's own free days and half days."""

    #: Days off for everybody, as date or, each year, as month and day (``12-24``).
    free_days: list[str] = []
    #: Days of which half is worked.
    half_days: list[str] = []

    @field_validator("free_days", "half_days", mode="before")
    @classmethod
    def _days_are_days(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        for day in map(str, value):
            text = day if len(day) > len("12-24") else f"2024-{day}"
            try:
                dt.date.fromisoformat(text)
            except ValueError:
                raise ValueError(f'"{day}" is no day, write it as 2026-12-24, or 12-24 for every year') from None
        return [str(day) for day in value]


#: What has to be settled before a report is more than a draft, in the order in which it is asked for.
APPROVALS = ("legal_basis", "purpose", "agreement", "delete_by", "delete_prepared_by")


class Privacy(Section):
    """What was agreed with works council and data protection officer."""

    k: int = Field(default=SMALLEST_K, ge=SMALLEST_K)
    legal_basis: str = ""
    purpose: str = ""
    #: Without one, analyses that follow people over time or by unit are off.
    agreement: str = ""
    #: Role that answers questions about the data, no name.
    contact_role: str = ""
    #: Day by which the raw exports are gone (`crmkit purge`).
    delete_by: dt.date | None = None
    #: The same for the pseudonymous tables.
    delete_prepared_by: dt.date | None = None
    #: True: no units at all, also for a large client.
    totals_only: bool = False
    #: ready: the client's own IT has put pseudonyms in the place of all names; files with names are refused.
    pseudonyms: Literal["made", "ready"] = "made"

    @field_validator("legal_basis", "purpose", "agreement", "contact_role", mode="after")
    @classmethod
    def _what_nobody_sees_says_nothing(cls, value: str) -> str:
        return visible(value)

    @field_validator("legal_basis", "purpose", "agreement", mode="after")
    @classmethod
    def _what_stands_open_is_not_named(cls, value: str, info: ValidationInfo) -> str:
        return named(value, may_deny=info.field_name == "purpose")

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of `APPROVALS` that are not filled in."""
        return tuple(name for name in APPROVALS if not getattr(self, name))


class GoalEntry(Section):
    """A goal: its sentence, or the same as fields, and what was agreed on it."""

    #: Short name, unique; ``measures.csv`` refers to it. Without it one is made from the content.
    id: str = Field(default="", max_length=60)
    sentence: str = ""
    #: Instead of a sentence; meaning and units as in `crmkit.Goal`.
    metric: str | None = None
    outcome: str = ""
    org_unit: str | None = None
    area: Area | None = None
    direction: Literal["up", "down", "keep"] | None = None
    change_value: float | None = None
    change_unit: Literal["relative", "points", "absolute", "target"] | None = None
    percent: bool = False
    #: Term in calendar months from the start, or its last day.
    months: int | None = Field(default=None, ge=1, le=120)
    deadline: dt.date | None = None
    start: dt.date | None = None
    #: Way from baseline to target: straight, or in an S that begins with the first measure's effect.
    path: Literal["linear", "s_curve"] = "linear"
    effect_from: dt.date | None = None
    owner_role: str = ""
    #: Answers to the four questions: needs, gain, value, hurdles.
    answers: dict[Literal["needs", "gain", "value", "hurdles"], str] = {}
    fit: Literal["fits", "adjust", "reached", "stop"] | None = None
    fit_reason: str = ""

    @field_validator("change_value", mode="before")
    @classmethod
    def _truth_is_no_number(cls, value: Any) -> Any:
        if isinstance(value, bool):
            raise ValueError("a truth value is no number")
        return value

    @model_validator(mode="after")
    def _sentence_or_fields(self) -> Self:
        values = {name: getattr(self, name) for name in GOAL_FIELDS}
        stated = {name for name, value in values.items() if value not in (None, "") and value is not False}
        if self.sentence and stated:
            raise ValueError(f"`{min(stated)}` stands beside a sentence; write a goal as sentence or as fields")
        if self.sentence:
            return self
        if not stated:
            raise ValueError("`sentence` is missing")
        kept_as_is = self.direction == "keep" and self.change_unit != "target" and self.change_value is None
        needed = ("metric", "direction") if kept_as_is else ("metric", "direction", "change_unit", "change_value")
        missing = [name for name in needed if name not in stated]
        if missing:
            raise ValueError(f"`{missing[0]}` is missing; a goal without a sentence needs it")
        if (self.months is None) == (self.deadline is None):
            raise ValueError("a goal without a sentence needs either `months` or `deadline`")
        return self


#: Keys of a goal that is not written as a sentence.
GOAL_FIELDS = (
    "metric", "outcome", "org_unit", "area", "direction", "change_value", "change_unit", "percent", "months",
    "deadline",
)  # fmt: skip


class ReportingUnit(Section):
    """A unit of the report: one or several organisational units with everything below them, under one name."""

    name: str = Field(min_length=1)
    units: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)


#: One entry of ``reporting_units``: a path, which is its own name, or a group.
UnitEntry = Annotated[
    Annotated[str, Field(min_length=1), Tag(TAGS[0])] | Annotated[ReportingUnit, Tag(TAGS[1])],
    Discriminator(lambda entry: TAGS[isinstance(entry, (dict, ReportingUnit))]),
]


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
    #: State of the country for public holidays, e.g. ``BY``, ``Augsburg`` or, with the holidays of Catholic
    #: municipalities, ``BY/catholic``; None: nationwide holidays only.
    subdivision: str | None = None
    calendar: Calendar = Calendar()
    crm: str = ""
    retrospective: int = Field(default=1, ge=1)
    areas: dict[str, Area] = {}
    roles: dict[str, Role] = {}
    active: ActiveRule = ActiveRule()
    reporting_units: list[UnitEntry] = []
    privacy: Privacy = Privacy()
    #: More goals than this nobody follows.
    goals: list[GoalEntry] = Field(default=[], max_length=40)
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
    def object_areas(self) -> dict[str, Area]:
        """The object → area map: the kit's own, overridden by the client's."""
        return OBJECT_AREAS | self.areas

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
