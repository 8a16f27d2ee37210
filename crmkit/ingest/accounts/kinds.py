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
#: Types of portal users, without blanks and signs: exactly these, for a "Power User" is a colleague.
_PORTAL = re.compile(
    r"powerpartner|powercustomersuccess|customersuccess|csp(lite)?portal|pipelineportal\w*|"
    r"(customer|partner|client|vendor|supplier|kunden|lieferanten)(portal|community)(plus|login)?(manager\w*)?"
    r"(user|benutzer|nutzer|konto|account)?s?|"
    r"portal(e?r)?(user|account|contact|client|customer|partner|benutzer|nutzer|konto|kontakt|kunde)?s?"
)
_SERVICE = re.compile(
    r"(?i)integration|(^|[\s._-])api([\s._-]|$)|^(svc|srv|api|sys|batch|bot|noreply|no-reply)([._-]|$)|"
    r"\bsystemkonto\b|\b(service|system) ?(account|user|konto)\b"
)
_TEST = re.compile(r"(?i)(^|[._\s-])test(user|konto|account)?([._\s-]|\d|$)")
#: Licences and profiles are a machine's if they say nothing but that, or "only"; an API may come with a person's.
_API_ONLY = re.compile(
    r"(?i)\bapi[ -]only\b|\b(nur|only) api\b|\b(service ?(account|konto)|system ?(user|account|konto))\b"
)
_MACHINE_LICENCE = {"api", "integration", "integrations"}
_BESIDE_IT = {"salesforce", "analytics", "cloud", "system", "erp", "sap", "crm", "data", "technical", "technischer",
              "minimum", "access", "only", "nur", "zugriff", "user", "users", "benutzer", "konto", "account", "licence",
              "license", "lizenz"}  # fmt: skip
#: Words of a full name that nobody has: "ERP Schnittstelle" is no person, whatever its login.
_NO_NAMES = re.compile(
    r"(?i)\b(schnittstelle|interface|import|export|connector|konnektor|sync|service|dienst|system|user|benutzer|account|"
    r"konto|server|middleware|rpa|automation|automated|erp|sap|crm|web|website|shop|webshop|portal|newsletter|daten|data|"
    r"process|prozess|technisch\w*)\b"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_INSIDE = 3
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
#: Signs that are looks only: the codes of reasons which neither the system nor the client has stated.
LOOKS = ("name", "profile", "licence")
#: From this share (0–1) of a list, and this many, accounts that only look like machines are asked about.
MANY, _LEAST = 0.2, 3


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
    if any(_is_machine_licence(str(row[field] or "")) for field in ("profile", "licence")):
        return "service", "name"
    looks = _looks(row)
    return (looks, "name") if looks else (PERSON, "")


def is_many(n: int, n_total: int) -> bool:
    """Tell whether so many accounts of a list only look like machines or tests that somebody must be asked."""
    return n >= _LEAST and n > MANY * n_total


def _stated(account_type: str) -> str:
    """Return what the column for the type of the account says, empty if it says nothing of the kind."""
    if _PORTAL.fullmatch(re.sub(r"[\s._-]", "", account_type)):
        return "portal"
    if account_type in _SERVICE_TYPES:
        return "service"
    return account_type if account_type in ("test", PERSON) else ""


def _is_machine_licence(text: str) -> bool:
    words = {word.casefold() for word in _LETTERS.findall(text)}
    is_nothing_else = bool(words & _MACHINE_LICENCE) and words <= _MACHINE_LICENCE | _BESIDE_IT
    return is_nothing_else or bool(_API_ONLY.search(text))


def _looks(row: Mapping[str, object]) -> str:
    """Return what the login looks like, empty for a person.

    `bot.jan` is Jan if the list calls him Jan Bot. Without a name nobody can know: such a login stays a machine's or
    a test's, and many of them are asked about.
    """
    # what stands after the @ is the company, also if that is called api.de
    logins = [str(row[field]).split("@")[0] for field in ("username", "account") if row[field]]
    if _is_named(logins, row):
        return ""
    if logins and _TEST.search(logins[0]):
        return "test"
    return "service" if any(_SERVICE.search(login) for login in logins) else ""


def _is_named(logins: list[str], row: Mapping[str, object]) -> bool:
    """Tell whether a login is made of the full name that the list has for it."""
    name = " ".join(str(row.get(field) or "") for field in ("name", "first_name", "last_name"))
    words = {word.casefold().translate(_ASCII) for word in _LETTERS.findall(name)}
    if len(words) <= 1 or any(sign.search(name) for sign in (_SERVICE, _TEST, _NO_NAMES)):
        return False
    return any(_has_word(login.casefold().translate(_ASCII), word) for login in logins for word in words)


def _has_word(login: str, word: str) -> bool:
    parts = re.split(r"[\W\d_]+", login)
    # a part that is a machine's sign proves nothing, even if it is somebody's name
    if word in parts:
        return not _SERVICE.fullmatch(word)
    return len(word) >= _SHORTEST_INSIDE and any(word in part for part in parts)


def _said(row: Mapping[str, object], given: AccountMarks) -> str:
    texts = [str(row[name]).casefold() for name in ("account", "username", "email", "name") if row[name]]
    for kind, patterns in ((PERSON, given.person), ("service", given.service), ("portal", given.portal),
                           ("test", given.test)):  # fmt: skip
        if any(fnmatchcase(text, pattern.casefold()) for text in texts for pattern in patterns):
            return kind
    return ""
