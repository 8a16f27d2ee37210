"""The client's identities as the gate knows them: keyed digests, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from crmkit.ingest.discretion.keys import existing_key
from crmkit.ingest.discretion.name_forms import FUNCTION_WORDS
from crmkit.ingest.discretion.pseudonyms import identity_digest

IDENTITIES_FILE = Path("prepared", "identities.parquet")
#: Kinds of identity by which a person is known to others; ids alone do not find anybody's name.
_NAMING = frozenset({"name", "email"})


@dataclass(frozen=True)
class Identities:
    """Digests of all identities of a client, and the key to compare with.

    Attributes
    ----------
    key
        The client's key; None if it is not at hand: then nothing can be compared.
    kinds
        Digest → kinds of identity (name, email, username, id, surname).
    folder
        The client folder, whose path must not stand in a file either.
    is_listed
        False if the client folder has no list of identities. An empty list is one, too: a client that
        delivers only aggregates has nobody to name.
    """

    key: bytes | None = None
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    folder: Path | None = None
    is_listed: bool = True

    @classmethod
    def of(cls, folder: str | Path) -> Self:
        """Read the digests and the key of a client folder, as far as they are there.

        Raises
        ------
        SettingsError
            If the key file holds no key.
        """
        folder = Path(folder)
        file = folder / IDENTITIES_FILE
        return cls(existing_key(folder), _read(file) if file.is_file() else {}, folder, file.is_file())

    @property
    def can_compare(self) -> bool:
        """True if there is a key, and a list with names or addresses (or nobody at all) to compare with."""
        is_known = not self.kinds or any(kinds & _NAMING for kinds in self.kinds.values())
        return self.key is not None and self.is_listed and is_known

    def rule_for(self, text: str) -> str:
        """Return the rule that a text breaks: ``identity``, ``surname`` or none."""
        kinds = self.kinds.get(identity_digest(self.key, text), frozenset()) if self.key else frozenset()
        if not kinds:
            return ""
        # a user name that is also a surname is a word like any other: "winter", "klein"; so is "von der Heide"
        if "surname" in kinds and (" " not in text or len(kinds) == 1):
            return "surname"
        return "" if kinds <= {"username", "id"} and text in FUNCTION_WORDS else "identity"


def _read(file: Path) -> dict[str, frozenset[str]]:
    import pandas as pd

    digests = pd.read_parquet(file, columns=["kind", "digest"])
    kinds: dict[str, frozenset[str]] = {}
    for kind, digest in zip(digests["kind"], digests["digest"], strict=True):
        kinds[digest] = kinds.get(digest, frozenset()) | {kind}
    return kinds
