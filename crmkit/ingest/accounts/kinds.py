"""Who is a person: accounts of machines, partners and tests are told apart, each by a sign that is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from crmkit.settings import AccountMarks

PERSON = "person"
_SERVICE_TYPES = ("automatedprocess", "cloudintegrationuser", "csnonly", "guest", "service", "system", "api", "bot",
                  "technisch", "technischer benutzer", "integration", "servicekonto", "systemkonto", "dienst",
                  "service account", "application", "non-interactive")  # fmt: skip
_PORTAL = re.compile(r"^(power|csp|portal|customer|partner|pipelineportal)", re.IGNORECASE)
_SERVICE = re.compile(
    r"(?i)integration|\bapi\b|api only|^(svc|srv|api|sys|batch|bot|noreply|no-reply)[._@-]|"
    r"\bsystemkonto\b|\b(service|system) ?(account|user|konto)\b"
)
_TEST = re.compile(r"(?i)(^|[._\s-])test(user|konto|account)?([._\s-]|\d|@|$)")


def kind_of(
    row: Mapping[str, object], marked_kind: str | None, marked: str | None, given: AccountMarks | None = None
) -> tuple[str, str]:
    """Return what an account is, and by which sign; only people are ever counted.

    Parameters
    ----------
    row
        An account of a user list.
    marked_kind, marked
        What the layout's marks say: what it is, and the code of the reason.
    given
        What the client says; it comes first.

    Returns
    -------
    kind : str
        person, service, portal or test.
    reason : str
        Code of the sign; empty for a person.
    """
    said = _said(row, given) if given else ""
    if said:
        return said, "" if said == PERSON else "set_by_client"
    if marked_kind and marked:
        return marked_kind, marked
    stated = _stated(str(row["account_type"] or "").strip().lower())
    if stated:
        return stated, "" if stated == PERSON else "account_type"
    if _TEST.search(str(row["username"] or row["account"])):
        return "test", "name"
    hints = (row["profile"], row["licence"], row["username"], row["account"])
    is_service = any(_SERVICE.search(str(hint)) for hint in hints if hint)
    return ("service", "name") if is_service else (PERSON, "")


def _stated(account_type: str) -> str:
    """Return what the column for the type of the account says, empty if it says nothing of the kind."""
    if _PORTAL.match(account_type):
        return "portal"
    if account_type in _SERVICE_TYPES:
        return "service"
    return account_type if account_type in ("test", PERSON) else ""


def _said(row: Mapping[str, object], given: AccountMarks) -> str:
    texts = [str(row[name]).casefold() for name in ("account", "username", "email", "name") if row[name]]
    for kind, patterns in ((PERSON, given.person), ("service", given.service), ("portal", given.portal),
                           ("test", given.test)):  # fmt: skip
        if any(fnmatchcase(text, pattern.casefold()) for text in texts for pattern in patterns):
            return kind
    return ""
