"""Errors about what is kept of a client, and what is deleted."""

from __future__ import annotations

from typing import Self

from crmkit.errors.base import CrmkitError


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
