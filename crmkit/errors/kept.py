"""Errors about what is kept of a client, and what is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from crmkit.errors.base import CrmkitError, did_you_mean, listed


class HistoryError(CrmkitError):
    """What was kept of an earlier report cannot be read or written."""

    @classmethod
    def unreadable(cls, file: str) -> Self:
        """Return the error for a file that has lost its form."""
        return cls(f"{file}: cannot be read. Restore it from a backup; it is not written by hand.")

    @classmethod
    def unwritable(cls, file: str, problem: str) -> Self:
        """Return the error for a file that cannot be written."""
        return cls(f"{file}: cannot be written: {problem.lower()}.")

    @classmethod
    def no_yaml(cls, file: str, problem: str) -> Self:
        """Return the error for a file that is no YAML."""
        return cls(f"{file}: no valid YAML in UTF-8: {problem}.")

    @classmethod
    def no_day(cls, file: str) -> Self:
        """Return the error for a retrospective without its day."""
        return cls(f"{file}: `as_of` is missing or no date, write it as YYYY-MM-DD.")

    @classmethod
    def wrong_number(cls, file: str, number: int) -> Self:
        """Return the error for a retrospective in the folder of another."""
        return cls(f"{file}: `number` is not {number}, as the folder says. Restore the folder from a backup.")

    @classmethod
    def changed(cls, file: str) -> Self:
        """Return the error for a file that is not what was sealed."""
        return cls(
            f"{file}: is not what was sealed when the retrospective was closed. Restore it from a backup; what became "
            "of decisions belongs into became.yml."
        )

    @classmethod
    def other_client(cls, file: str) -> Self:
        """Return the error for the history of somebody else."""
        return cls(
            f"{file}: is the history of another client. Move the folder to where it belongs; if the client was "
            "renamed, add its earlier name to `former_names` in client.yml."
        )

    @classmethod
    def missing_before(cls, file: str, number: int) -> Self:
        """Return the error for a retrospective that was closed after another one than that which is there."""
        return cls(
            f"{file}: retrospective {number} was closed after one that is not there, or not as it was. "
            "Restore history/ from a backup."
        )

    @classmethod
    def order(cls, file: str, number: int) -> Self:
        """Return the error for retrospectives whose days do not follow each other."""
        return cls(f"{file}: its `as_of` is not later than that of retrospective {number}.")

    @classmethod
    def no_decisions(cls, file: str) -> Self:
        """Return the error for entries that are none."""
        return cls(f"{file}: every entry needs `decision`, and may have `status` and `note`.")

    @classmethod
    def unknown_key(cls, file: str, key: str, known: Iterable[str]) -> Self:
        """Return the error for a key that nobody knows."""
        return cls(f"{file}: key `{key}` is not known.{did_you_mean(key, known)} Known: {listed(known)}.")

    @classmethod
    def no_date(cls, file: str, key: str) -> Self:
        """Return the error for a day of a decision that is none."""
        return cls(f"{file}: `{key}` is no date, write it as YYYY-MM-DD.")

    @classmethod
    def unknown_status(cls, file: str, status: str, known: Iterable[str]) -> Self:
        """Return the error for a status that nobody knows."""
        return cls(f"{file}: status `{status}` is not known.{did_you_mean(status, known)} Known: {', '.join(known)}.")

    @classmethod
    def not_decided(cls, file: str, decision: str, known: Iterable[str]) -> Self:
        """Return the error for a decision that nobody took."""
        return cls(f'{file}: "{decision}" was not decided then.{did_you_mean(decision, known)}')

    @classmethod
    def already_closed(cls, number: int, day: object) -> Self:
        """Return the error for a retrospective that is closed."""
        return cls(
            f"retrospective {number} is closed (as_of {day}), and a closed one is not changed. For the next one set "
            f"`as_of` and `retrospective: {number + 1}` in client.yml."
        )

    @classmethod
    def not_next(cls, number: int, day: object) -> Self:
        """Return the error for a retrospective that does not follow the last one."""
        return cls(
            f"client.yml: retrospective {number} of {day} was closed last. Set `retrospective: {number + 1}` and an "
            "`as_of` after it."
        )

    @classmethod
    def clock(cls, today: object, day: object) -> Self:
        """Return the error for a clock that was set back."""
        return cls(f"the clock of this machine says {today}, which lies before {day}. Set it right, then close.")

    @classmethod
    def names_somebody(cls, place: str) -> Self:
        """Return the error for a text that names a user, and would be kept."""
        return cls(
            f"{place}: holds a name, address, user name or id of one of the client's users, and would be kept for "
            "years. Write roles and teams, not people; nothing was closed."
        )

    @classmethod
    def not_closable(cls, key: str, problem: str) -> Self:
        """Return the error for a retrospective that lacks what the next one begins with."""
        return cls(f"client.yml: {key} is missing: {problem}. A retrospective is not closed without it.")


class DeletionError(CrmkitError):
    """Something that was to be deleted is still there, or the record of deletions is not what it was."""

    @classmethod
    def link(cls, file: str) -> Self:
        """Return the error for a link where a file or folder of the client is meant."""
        return cls(
            f"{file}: is a link or lies behind one, and nothing outside the client folder is deleted. Delete what it "
            "points to where that lies, then the link, and run `crmkit purge` again; nothing was deleted."
        )

    @classmethod
    def not_deleted(cls, file: str, problem: str, n_left: int, n_files: int) -> Self:
        """Return the error for files that the system did not let go."""
        return cls(
            f"{file}: cannot be deleted: {problem.lower()}; {n_left} of {n_files} files are left. "
            "Close the programs that use them, see to their permissions, and run `crmkit purge` again."
        )

    @classmethod
    def unreadable(cls, file: str) -> Self:
        """Return the error for a record that cannot be read."""
        return cls(f"{file}: is no record of deletions. Restore it from a backup; nothing was deleted.")

    @classmethod
    def changed(cls, file: str, number: int) -> Self:
        """Return the error for an entry that is not what was recorded."""
        return cls(
            f"{file}: entry {number} is not what was recorded, or one before it is missing. "
            "Restore the file from a backup; nothing was deleted."
        )

    @classmethod
    def unwritable(cls, file: str, problem: str) -> Self:
        """Return the error for a record that cannot be written."""
        return cls(f"{file}: cannot be written: {problem.lower()}. Nothing is deleted without a record.")
