"""Ids as Salesforce makes them: 15 characters that differ by case, or 18 with a checksum."""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
#: First three characters of an id: kind of record.
PREFIXES = {
    "Account": "001", "Contact": "003", "User": "005", "Opportunity": "006", "Lead": "00Q", "Quote": "0Q0",
    "Case": "500", "Knowledge__kav": "ka0", "Campaign": "701", "CampaignMember": "00v", "Task": "00T",
    "Report": "00O", "Dashboard": "01Z", "LoginHistory": "0Ya", "Product2": "01t",
}  # fmt: skip


def short_id(kind: str, number: int, *, pod: str = "9") -> str:
    """Return the 15-character id of the record with a running number; `pod` names the installation."""
    text = ""
    for _ in range(6):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return f"{PREFIXES[kind]}0{pod}0000{text}"


def long_id(short: str) -> str:
    """Return the 18-character form: each further character says which of five are upper case."""
    chunks = (short[start : start + 5] for start in (0, 5, 10))
    return short + "".join(
        _SUFFIX[sum(1 << n for n, letter in enumerate(chunk) if letter.isupper())] for chunk in chunks
    )
