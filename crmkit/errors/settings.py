"""Errors about ``client.yml`` and the client folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from crmkit.errors.base import CrmkitError, did_you_mean, listed


class SettingsError(CrmkitError):
    """Something in ``client.yml`` or the client folder is wrong."""

    @classmethod
    def unknown_key(cls, file: str, key: str, known: Iterable[str]) -> Self:
        """Return the error for a key that the settings do not know."""
        known = sorted(known)
        hint = did_you_mean(key.rsplit(".", 1)[-1], known)
        return cls(f"{file}: unknown key `{key}`.{hint} Known here: {listed(known, most=30)}.")

    @classmethod
    def wrong_value(cls, file: str, key: str, problem: str) -> Self:
        """Return the error for a value of the wrong type or range."""
        return cls(f"{file}: `{key}`: {problem}.")

    @classmethod
    def missing_key(cls, file: str, key: str) -> Self:
        """Return the error for a mandatory key that is not there."""
        return cls(f"{file}: the key `{key}` is missing. `crmkit new DIR` writes a file that explains every key.")

    @classmethod
    def missing_file(cls, file: str, todo: str) -> Self:
        """Return the error for a file that is named but does not exist."""
        return cls(f"{file}: no such file. {todo}")

    @classmethod
    def not_prepared(cls, folder: str) -> Self:
        """Return the error for a client folder whose exports have not been prepared."""
        return cls(f"{folder}: not prepared yet, run `crmkit prepare {folder}`.")

    @classmethod
    def wrong_key(cls, file: str) -> Self:
        """Return the error for a key file that holds no key."""
        return cls(
            f"{file}: holds no key (64 random hexadecimal digits). "
            "Restore it, or delete it and `prepared/` and prepare all exports again."
        )

    @classmethod
    def open_key(cls, file: str, mode: int) -> Self:
        """Return the error for a key file that others than its owner may read."""
        return cls(f"{file}: others than its owner may read the key (mode {mode:04o}). Run `chmod 600 {file}`.")

    @classmethod
    def other_key(cls, file: str) -> Self:
        """Return the error for a key that is not the one of the prepared tables."""
        return cls(
            f"{file}: is not the key that `prepared/` was made with. Use that key (`crmkit prepare --key FILE`, or "
            "CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
        )

    @classmethod
    def no_key(cls, file: str) -> Self:
        """Return the error for a key that is needed again but not at hand."""
        return cls(
            f"{file}: no such file, but `prepared/` was made with a key. Name it (`crmkit prepare --key FILE`, or "
            "CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
        )

    @classmethod
    def other_pseudonyms(cls, file: str, before: str) -> Self:
        """Return the error for a client whose pseudonyms are no longer made where they were."""
        return cls(
            f"{file}: `privacy.pseudonyms` was `{before}` when `prepared/` was made, so nobody would be known again. "
            "Change it back, or delete `prepared/` to start afresh."
        )

    @classmethod
    def key_place(cls, file: str, problem: str) -> Self:
        """Return the error for a place where no key can be kept."""
        return cls(f"{file}: no place for the key: {problem}.")

    @classmethod
    def wrong_constant(cls, column: str, known: Iterable[str], found: str) -> Self:
        """Return the error for a constant of an export that is none of a fixed list of words."""
        known = list(known)
        return cls(
            f"client.yml: exports: `constants: {{{column}: …}}`:{did_you_mean(found, known)} Known: {listed(known)}."
        )

    @classmethod
    def outside(cls, file: str) -> Self:
        """Return the error for a file that a link takes out of the client folder."""
        return cls(f"{file}: leads out of the client folder (a link). Put the file itself there.")

    @classmethod
    def not_a_file(cls, file: str) -> Self:
        """Return the error for a folder, pipe or device where a file is meant."""
        return cls(f"{file}: is no ordinary file. Name a file, or a pattern such as `exports/*.csv`.")

    @classmethod
    def no_exports(cls, folder: str) -> Self:
        """Return the error for a client folder that holds prepared tables but none of its exports."""
        return cls(
            f"{folder}: the exports are not here, so there is nothing to prepare; `prepared/` stays as it is. "
            "`crmkit render` works with it."
        )

    @classmethod
    def changed_without_exports(cls, file: str) -> Self:
        """Return the error for settings that the prepared tables do not follow and no longer can."""
        return cls(
            f"{file}: `exports`, `timezone`, `areas` or `privacy.pseudonyms` have changed since `prepared/` was made, "
            "and the exports are not here. Undo the change, or prepare again where the exports are."
        )
