"""What index, manifest and internal pages may tell of an error: everything but a person's name."""

from __future__ import annotations

from pathlib import Path

from crmkit.errors import CrmkitError
from crmkit.privacy import gate

#: Instead of a message that names a person: an export, for instance, may be called like one.
NOT_SHOWN = "what went wrong names a person and is not shown here; `crmkit check` on the client folder tells it"


def naming_nobody(message: str, folder: Path, *, otherwise: str = NOT_SHOWN) -> str:
    """Return a message, unless it names one of a client's users: it stands in the index and on the terminal.

    Parameters
    ----------
    message
        What went wrong.
    folder
        The client folder; if it was never prepared, only patterns are looked for.
    otherwise
        What is said instead.
    """
    try:
        identities = gate.Identities.of(folder)
    except (CrmkitError, OSError, ValueError):
        identities = None
    found = gate.check_line(message, identities=identities)
    return otherwise if any(finding.severity == "block" for finding in found) else message
