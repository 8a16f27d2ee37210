"""Errors about goals: their sentences, their fields, their frozen baselines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from crmkit.errors.base import CrmkitError, did_you_mean, listed


class GoalError(CrmkitError):
    """A goal sentence or its parts are not understood."""

    @classmethod
    def not_understood(
        cls, sentence: str, parts: Iterable[str], *, example: str, hint: str = "", known: Iterable[str] = ()
    ) -> Self:
        """Return the error for words of a sentence that mean nothing here; `known`: metrics, if none was named."""
        named = ", ".join(f'"{part}"' for part in parts)
        metrics = f" No metric is named; known: {', '.join(known)}." if known else ""
        return cls._in_sentence(sentence, f"not understood: {named}.{hint}{metrics}", example)

    @classmethod
    def too_long(cls, n: int, most: int) -> Self:
        """Return the error for a text that is too long for a sentence."""
        return cls(f"goal: the sentence has {n} characters, at most {most} are read. Write one goal in one sentence.")

    @classmethod
    def not_frozen(cls, name: str, problem: str) -> Self:
        """Return the error for a baseline that cannot be frozen."""
        return cls(f'goal "{name}": its baseline cannot be frozen: {problem}.')

    @classmethod
    def unreadable_history(cls, file: str) -> Self:
        """Return the error for a file of frozen baselines that has lost its form."""
        return cls(f"{file}: cannot be read. Restore it from a backup; it is not written by hand.")

    @classmethod
    def unwritable_history(cls, file: str, problem: str) -> Self:
        """Return the error for a file of frozen baselines that cannot be written."""
        return cls(f"{file}: cannot be written: {problem.lower()}.")

    @classmethod
    def changed_history(cls, file: str, name: str, number: int) -> Self:
        """Return the error for a frozen baseline that somebody has changed."""
        return cls(
            f'{file}: entry {number}, "{name}": not what was frozen, its hash differs. Restore the file, or remove '
            "the entry and freeze the baseline again with a reason."
        )

    @classmethod
    def unknown_goal(cls, name: str, known: Iterable[str]) -> Self:
        """Return the error for an id that no goal of the client has."""
        known = list(known)
        return cls(f'no goal has the id "{name}".{did_you_mean(name, known)} Known: {listed(known)}.')

    @classmethod
    def not_measurable(cls, wish: str, reason: str) -> Self:
        """Return the error for a wish that no measurable goal can be made of."""
        return cls(f'"{wish}": no goal can be proposed that could be measured ({reason.replace("_", " ")}).')

    @classmethod
    def in_entry(cls, number: int, error: GoalError) -> Self:
        """Return an error about a field with the entry of client.yml it stands in; a sentence names itself."""
        field = str(error).removeprefix("goal: ")
        return cls(str(error) if field == str(error) else f"client.yml: `goals.{number}`: {field}")

    @classmethod
    def same_id(cls, name: str, first: str, second: str) -> Self:
        """Return the error for two goals of one id."""
        return cls(f'goals: the id "{name}" stands for two goals: "{first}" and "{second}". Give one another `id`.')

    @classmethod
    def missing_part(cls, sentence: str, what: str, *, example: str) -> Self:
        """Return the error for a sentence that lacks a part of a goal."""
        return cls._in_sentence(sentence, f"{what} is missing.", example)

    @classmethod
    def twice(cls, sentence: str, what: str, parts: Iterable[str], *, example: str) -> Self:
        """Return the error for a sentence that states one part of a goal more than once."""
        named = " and ".join(f'"{part}"' for part in parts)
        return cls._in_sentence(sentence, f"{what} is stated twice: {named}.", example)

    @classmethod
    def wrong_part(cls, sentence: str, part: str, problem: str, *, example: str, hint: str = "") -> Self:
        """Return the error for a part that is understood but cannot be meant."""
        return cls._in_sentence(sentence, f'"{part}": {problem}.{hint}', example)

    @classmethod
    def _in_sentence(cls, sentence: str, problem: str, example: str) -> Self:
        return cls(f'goal "{sentence}": {problem} A sentence that works: "{example}"')

    @classmethod
    def wrong_field(cls, key: str, problem: str) -> Self:
        """Return the error for a field of a goal that cannot be."""
        return cls(f"goal: `{key}`: {problem}.")

    @classmethod
    def unknown_place(cls, place: str, units: Iterable[str], areas: Iterable[str] = ()) -> Self:
        """Return the error for a place that is no unit of the client (and, with `areas`, no area of the CRM)."""
        units, areas = list(units), list(areas)
        hint = did_you_mean(place, [*units, *areas])
        no_area, known = (" and no CRM area", f" Areas: {listed(areas)}.") if areas else ("", "")
        return cls(
            f'goal: "{place}" is no organisational unit of the client{no_area}.{hint} '
            f"Units: {listed(units, most=30)}.{known}"
        )

    @classmethod
    def unknown_outcome(cls, name: str, known: Iterable[str]) -> Self:
        """Return the error for a figure that the client does not have."""
        known = list(known)
        hint = did_you_mean(name, known)
        return cls(f'goal: the figure "{name}" is not in outcomes.csv.{hint} Found: {listed(known, most=30)}.')

    @classmethod
    def wrong_outcome(cls, name: str, problem: str) -> Self:
        """Return the error for a goal whose number does not fit its figure."""
        return cls(f'goal: the figure "{name}": {problem}.')

    @classmethod
    def ambiguous_place(cls, place: str, units: Iterable[str]) -> Self:
        """Return the error for a place that several units of the client answer to."""
        return cls(f'goal: "{place}" can mean {listed(units)}. Write the whole path in quotation marks.')
