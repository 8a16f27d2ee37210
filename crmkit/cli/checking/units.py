"""What `crmkit check` says of organisational units: which can be shown, which to merge, which are spelled twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import yaml

from crmkit import schema
from crmkit.errors import did_you_mean
from crmkit.settings import SMALL_CLIENT_PEOPLE, Settings

if TYPE_CHECKING:
    import pandas as pd

    from crmkit.ingest import Prepared

#: What can be shown of a unit → how a line about it ends.
SHOWS = {"segments": "three segments", "usage_rate": "usage rate only", "nothing": "nothing"}
#: Name of what a proposal leaves over, by the language of the report.
REST = {"de": "weitere", "en": "others"}


def lines(settings: Settings, tables: Prepared) -> Iterator[str]:
    """Return what can be shown by unit, line by line; nothing where nobody has a unit.

    Parameters
    ----------
    settings
        Day, k, language and the reporting units.
    tables
        Accounts, their spans, and the client's map of units.

    Yields
    ------
    str
        Lines that are meant for a file stand at its very left.

    Raises
    ------
    MethodError
        If the client's ``org_map.csv`` contradicts itself.
    """
    from crmkit.method import units

    spans = _spans_of_persons(tables)
    org_map = tables.others.get("org_map", schema.empty("org_map"))
    spans = spans.assign(org_unit=units.today(spans["org_unit"], org_map, as_of=settings.as_of))
    people = _people(spans, settings)
    if not spans["org_unit"].any():
        return
    if settings.privacy.totals_only:
        yield "  units: none; `privacy.totals_only` is set"
    elif len(people) < SMALL_CLIENT_PEOPLE:
        yield f"  units: none can be shown; below {SMALL_CLIENT_PEOPLE} people, only the client as a whole"
    elif settings.reporting_units:
        yield from _configured(people, settings)
    else:
        yield from _proposed(people, settings)
    yield from _spellings(spans["org_unit"], people["org_unit"].value_counts(), has_map=len(org_map) > 0)


def _spans_of_persons(tables: Prepared) -> pd.DataFrame:
    """Return the spans of all accounts of persons, under the id of the person."""
    persons = tables.users.loc[tables.users["account_type"] == "person", ["user_id", "person_id"]]
    return tables.assignments.merge(persons, on="user_id").assign(user_id=lambda spans: spans["person_id"])


def _people(spans: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return user_id and org_unit of every person on the day; of several accounts the span begun last counts."""
    import pandas as pd

    day = pd.Timestamp(settings.as_of)
    begun = spans["from_date"].isna() | (spans["from_date"] <= day)
    held = spans[begun & (spans["to_date"].isna() | (spans["to_date"] >= day))]
    held = held.assign(has_unit=held["org_unit"] != "")
    ordered = held.sort_values(["has_unit", "from_date", "org_unit"], na_position="first")
    return ordered.drop_duplicates("user_id", keep="last")[["user_id", "org_unit"]]


def _configured(people: pd.DataFrame, settings: Settings) -> Iterator[str]:
    from crmkit.method import units

    configured = settings.reporting_paths
    shown = people.assign(org_unit=units.reporting(people["org_unit"], configured))
    found = units.sizes(shown, k=settings.privacy.k)
    of_unit = {name: (n, shows) for name, n, shows in found.itertuples(index=False)}
    known = _with_parents(people["org_unit"])
    yield _summary(found["shows"], settings, len(configured))
    for name, paths in configured.items():
        unknown = [path for path in paths if path not in known]
        if len(unknown) < len(paths):
            n, shows = of_unit.get(name, (0, "nothing"))
            yield f"    {name}: {_people_text(n)}, {SHOWS[shows]}"
        for path in unknown:
            yield f"    {path}: nobody is in this unit.{did_you_mean(path, sorted(known))}"
    if "" in of_unit:
        yield f"    in none of them: {_people_text(of_unit[''][0])}"


def _proposed(people: pd.DataFrame, settings: Settings) -> Iterator[str]:
    from crmkit.method import units

    rest = REST[settings.language]
    as_is = units.sizes(people, k=settings.privacy.k)
    yield _summary(as_is["shows"], settings, int((as_is["org_unit"] != "").sum()))
    merged = units.proposal(people, k=settings.privacy.k, rest=rest)
    if _n_shown(merged) <= _n_shown(as_is):
        return
    left_over = (merged["org_unit"] == "") | ((merged["org_unit"] == rest) & (merged["shows"] == "nothing"))
    kept = merged[~left_over]
    n_left = merged.loc[left_over, "n_people"].sum()
    shown = _can_be_shown(kept["shows"], len(kept))
    yield f"  units: with these lines in client.yml, {shown}; in none of them: {_people_text(n_left)}"
    entries = [_entry(name, members) for name, members in zip(kept["org_unit"], kept["members"], strict=True)]
    text = yaml.safe_dump({"reporting_units": entries}, allow_unicode=True, sort_keys=False, width=1000)
    yield from text.splitlines()


def _n_shown(sizes: pd.DataFrame) -> int:
    return int(sizes.loc[sizes["shows"] != "nothing", "n_people"].sum())


def _entry(name: str, members: Sequence[str]) -> str | dict[str, object]:
    """Return a reporting unit as client.yml has it: its path, or a group if that does not include every member."""
    from crmkit.method.units.paths import is_within

    alone = all(is_within(member, name) for member in members)
    return name if alone else {"name": name, "units": list(members)}


def _summary(shows: pd.Series, settings: Settings, n_units: int) -> str:
    return f"  units: at k={settings.privacy.k}, {_can_be_shown(shows, n_units)}"


def _can_be_shown(shows: pd.Series, n_units: int) -> str:
    n_segments, n_rate = int((shows == "segments").sum()), int((shows == "usage_rate").sum())
    noun = "unit" if n_units == 1 else "units"
    return f"{n_segments} of {n_units} {noun} can be shown with three segments, {n_rate} with the usage rate only"


def _people_text(n: object) -> str:
    return "1 person" if n == 1 else f"{n} people"


def _with_parents(names: Iterable[str]) -> set[str]:
    """Return units and all units above them."""
    found: set[str] = set()
    for name in names:
        parts = name.split("/")
        found |= {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return found - {""}


def _spellings(names: pd.Series, counts: pd.Series, *, has_map: bool) -> Iterator[str]:
    from crmkit.method import units

    found = units.similar(names.unique(), counts=counts)
    if found.empty:
        return
    many = f"{len(found)} names are probably other spellings of units"
    said = "1 name is probably another spelling of a unit" if len(found) == 1 else many
    yield f"  units: {said}; if so, add to org_map.csv:"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([] if has_map else [("old", "new")])
    writer.writerows(zip(found["name"], found["proposed"], strict=True))
    yield from text.getvalue().splitlines()
