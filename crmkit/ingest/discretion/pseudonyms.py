"""Keyed pseudonyms, and the digests by which the gate recognises a name without knowing it.

Whoever has just the prepared tables and not the key can neither reverse a pseudonym nor try names out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

#: Bytes of the key: as long as SHA-256's own output.
KEY_BYTES = 32

_NOT_IN_WORDS = re.compile(r"[^\w@.+-]+")


def normalise(text: str) -> str:
    """Return a text in the one form in which identities are compared.

    Unicode NFKC, case folded, every run of characters that is not a letter, digit or one of ``@._+-``
    one space, no space at the ends.

    Examples
    --------
    >>> normalise("  Müller,  Hans ")
    'müller hans'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _NOT_IN_WORDS.sub(" ", folded).strip()


def user_pseudonym(key: bytes, account: str) -> str:
    """Return ``u_`` and 20 hexadecimal digits for an account, in whatever case a later list writes it.

    Ids that differ by case alone are those of Salesforce with 15 characters; they come with 18, which differ more.
    """
    return "u_" + _digest(key, "user:", account.casefold())[:20]


def person_pseudonym(key: bytes, person: str) -> str:
    """Return ``p_`` and 20 hexadecimal digits for a person."""
    return "p_" + _digest(key, "person:", person.casefold())[:20]


def identity_digest(key: bytes, text: str) -> str:
    """Return 32 hexadecimal digits for a name, address or id, compared in its normalised form.

    Parameters
    ----------
    key
        The client's key, from `read_key`.
    text
        Name, e-mail address, username or id, in any spelling.

    Returns
    -------
    str
        Equal for texts that are equal after `normalise`.
    """
    return _digest(key, "identity:", normalise(text))[:32]


def key_check(key: bytes) -> str:
    """Return a digest that tells whether two prepared folders were made with the same key."""
    return _digest(key, "check:", "")[:16]


def _digest(key: bytes, domain: str, text: str) -> str:
    return hmac.new(key, (domain + text).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
