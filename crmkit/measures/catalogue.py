"""The catalogue of measures: what has proved useful, which hurdle it meets, and by what to see that it works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from crmkit.errors import SettingsError, did_you_mean
from crmkit.readers.catalogue import Words
from crmkit.settings.section import Section
from crmkit.yaml_files import read_yaml

Hurdle = Literal[
    "time", "handling", "data_quality", "missing_feature", "mobile_offline", "training", "benefit_unclear",
    "double_entry", "leadership", "goals_unknown", "parallel_structures",
]  # fmt: skip
#: Days, weeks or months of work.
Effort = Literal["small", "medium", "large"]
#: How an id is written; a client's own words hardly ever look like that.
_ID = re.compile(r"[a-z]+(_[a-z0-9]+)+")


class Entry(Section):
    """A measure as it stands in the catalogue, under its id."""

    #: The hurdles that it meets, the one it is made for first.
    hurdles: tuple[Hurdle, ...] = Field(min_length=1)
    effort: Effort
    title: Words
    #: What to do, in one or two sentences.
    what: Words
    #: Who usually answers for it: a role.
    owner: Words
    #: By what to see first that it works.
    sign: Words


class Measure(Entry):
    """A measure of the catalogue.

    Attributes
    ----------
    id
        Name under which ``measures.csv`` may refer to it.
    hurdles, effort, title, what, owner, sign
        See `Entry`.
    """

    id: str


class Catalogue(Section):
    """All hurdles and measures."""

    hurdles: dict[Hurdle, Words]
    measures: dict[str, Entry]

    @model_validator(mode="after")
    def _every_hurdle_is_met(self) -> Self:
        met = {hurdle for entry in self.measures.values() for hurdle in entry.hurdles}
        if without := [hurdle for hurdle in self.hurdles if hurdle not in met]:
            raise ValueError(f"no measure against `{without[0]}`")
        if wrong := [name for name in self.measures if not _ID.fullmatch(name)]:
            raise ValueError(f"`{wrong[0]}` is no id: lower case, words joined by `_`")
        return self


@cache
def _catalogue() -> Catalogue:
    return Catalogue.model_validate(read_yaml(Path(str(files("crmkit.measures") / "catalogue.yml"))))


def hurdles() -> Mapping[str, Words]:
    """Return code → name of every hurdle, in the order of the catalogue."""
    return {str(code): words for code, words in _catalogue().hurdles.items()}


@cache
def measures() -> Mapping[str, Measure]:
    """Return all measures by their ids, in the order of the catalogue."""
    return {name: Measure(id=name, **dict(entry)) for name, entry in _catalogue().measures.items()}


def measures_against(hurdle: str) -> list[Measure]:
    """Return the measures against a hurdle (its code), those made for it first."""
    known = [one for one in measures().values() if hurdle in one.hurdles]
    return sorted(known, key=lambda one: one.hurdles.index(hurdle))  # type: ignore[arg-type]


def measure_of(text: str, *, place: str) -> Measure | None:
    """Return the measure that a text names by its id; None for somebody's own words.

    Parameters
    ----------
    text
        An id, or own words.
    place
        Where it stands, for the message: ``measures.csv: row 4``.

    Raises
    ------
    SettingsError
        If it is written like an id and none is so.
    """
    name = text.strip()
    if name in measures() or not _ID.fullmatch(name):
        return measures().get(name)
    hint = did_you_mean(name, measures())
    raise SettingsError(
        f"{place}: measure `{name}` is not in the catalogue.{hint} `crmkit measures` lists all; own words are fine too."
    )


def hurdle_of(text: str) -> str:
    """Return the code of a hurdle that is named by its code or, in either language, by its name; else nothing.

    Examples
    --------
    >>> hurdle_of("double_entry"), hurdle_of("Doppelerfassung"), hurdle_of("the weather")
    ('double_entry', 'double_entry', '')
    """
    name = " ".join(text.split()).casefold()
    named = {form.casefold(): code for code, words in hurdles().items() for form in (code, words.de, words.en)}
    return named.get(name, "")
