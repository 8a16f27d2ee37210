"""What pydantic finds wrong in ``client.yml``, as one line with the key and what to do."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from crmkit.errors import SettingsError

#: Tags of the two forms of a reporting unit; pydantic puts them into the place of an error.
TAGS = ("<path>", "<group>")


def as_settings_error(file: str, error: ValidationError, settings: type[BaseModel]) -> SettingsError:
    """Turn pydantic's first finding into one line with the key and what to do.

    Parameters
    ----------
    file
        Name of the file, for the message.
    error
        What pydantic found.
    settings
        The model that was validated: its keys are proposed for an unknown one.

    Returns
    -------
    SettingsError
    """
    first = _first(error)
    loc = tuple(part for part in first["loc"] if part not in TAGS)
    key = ".".join(str(part) for part in loc)
    if first["type"] == "extra_forbidden":
        return SettingsError.unknown_key(file, key, _keys_beside(loc, settings))
    if first["type"] == "missing":
        return SettingsError.missing_key(file, key)
    problem = first["msg"].removeprefix("Value error, ")
    problem = (problem[0].lower() + problem[1:]).replace("tuple", "list")
    # what is wrong between two keys names both itself
    return SettingsError.wrong_value(file, key, problem) if key else SettingsError(f"{file}: {problem}.")


def _first(error: ValidationError) -> Any:
    """Return the first finding; an unknown key beside a missing one, because it is probably its misspelling."""
    found = error.errors(include_url=False, include_context=False)
    beside = [other for other in found if other["loc"][:-1] == found[0]["loc"][:-1]]
    unknown = [other for other in beside if other["type"] == "extra_forbidden"]
    return unknown[0] if unknown and found[0]["type"] == "missing" else found[0]


def _keys_beside(loc: tuple[int | str, ...], settings: type[BaseModel]) -> list[str]:
    """Return the keys known at the place where an unknown one was found."""
    section: Any = settings
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        section = _section_of(section.model_fields[part].annotation) if part in section.model_fields else section
    return [field.alias or name for name, field in section.model_fields.items()]


def _section_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_section_of(arg) for arg in getattr(annotation, "__args__", ())]
    return next((found for found in inner if found is not None), None)
