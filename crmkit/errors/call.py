"""Errors about the call of a command or function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from crmkit.errors.base import CrmkitError, listed


class CallError(CrmkitError):
    """The call itself is wrong: it names something that is not there, or contradicts itself."""

    @classmethod
    def no_folder(cls, folder: str) -> Self:
        """Return the error for a client folder that does not exist."""
        return cls(f"{folder}: no such folder. `crmkit new {folder}` makes a client folder.")

    @classmethod
    def not_a_folder(cls, path: str, folder: str) -> Self:
        """Return the error for a file where a folder is meant."""
        return cls(f"{path}: is a file, expected a client folder. Did you mean `{folder}`?")

    @classmethod
    def no_client(cls, folder: str) -> Self:
        """Return the error for a folder that is no client folder and holds none."""
        return cls(f"{folder}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder.")

    @classmethod
    def same_name(cls, name: str, one: str, other: str) -> Self:
        """Return the error for two client folders whose reports would get the same place."""
        return cls(
            f"two client folders are called `{name}`: {one} and {other}. "
            "Rename one, or render them into different output folders."
        )

    @classmethod
    def reserved_name(cls, folder: str, name: str) -> Self:
        """Return the error for a client folder whose name crmkit needs itself."""
        return cls(f"{folder}: `{name}` cannot be the name of a client folder. Rename it, for example to the firm's.")

    @classmethod
    def wrong_date(cls, key: str, value: str) -> Self:
        """Return the error for a text that is no date."""
        return cls(f'{key}: "{value}" is no date, write it as YYYY-MM-DD.')

    @classmethod
    def wrong_output(cls, folder: str, problem: str) -> Self:
        """Return the error for an output folder that cannot be written."""
        return cls(f"{folder}: cannot be used as output folder: {problem}.")

    @classmethod
    def no_notebook(cls, file: str, problem: str) -> Self:
        """Return the error for a notebook that is not there or cannot be read."""
        return cls(f"{file}: no notebook to render: {problem}.")

    @classmethod
    def internal_notebook(cls, name: str) -> Self:
        """Return the error for a notebook that no client's report is made of."""
        command = "crmkit portfolio FOLDER" if name == "portfolio" else "crmkit check CLIENT --page"
        return cls(f"{name}: is for you alone, no client's report. `{command}` makes its page.")

    @classmethod
    def no_parameters(cls, file: str) -> Self:
        """Return the error for a notebook that cannot be told which client it is about."""
        return cls(
            f"{file}: no code cell has the tag `parameters`. Add one with "
            '`client_dir: str = ""`, `as_of: str = ""` and `language: str = ""`.'
        )

    @classmethod
    def undeclared(cls, file: str, missing: Iterable[str], declared: Iterable[str]) -> Self:
        """Return the error for a notebook whose parameters cell lacks what `render` hands in."""
        return cls(f"{file}: the parameters cell does not declare {listed(missing)}. Declared: {listed(declared)}.")
