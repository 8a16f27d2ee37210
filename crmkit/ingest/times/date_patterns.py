"""How exports write dates: patterns, words for zones, words for "never"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOCK = (
    r"(?:[T ]\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<ap>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[A-Za-z]{1,5}|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)?)?$"
)


@dataclass(frozen=True)
class Family:
    """Formats that one pattern with named groups y, m, d (or a, b), h, mi, s, f, ap, zone reads."""

    name: str
    pattern: str
    is_utc: bool = False


ISO = Family("iso", r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _CLOCK)
GERMAN = Family("german", r"^(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})" + _CLOCK)
#: Day first or month first: only the whole column can tell.
SLASH = Family("slash", r"^(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4}|\d{2})" + _CLOCK)
COMPACT_DAY = Family(
    "compact_day",
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<h>)?(?P<mi>)?(?P<s>)?(?P<f>)?(?P<ap>)?(?P<zone>)?$",
)
#: ``20230105172045.123``, Salesforce's TIMESTAMP, is UTC.
COMPACT = Family(
    "compact",
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})(?:\.(?P<f>\d{1,6}))?"
    r"(?P<ap>)?(?P<zone>)?$",
    is_utc=True,
)
#: Seconds or milliseconds since 1970, UTC, of this century, so that a phone number is no date; or, in 18 digits, the
#: ticks of an Active Directory.
EPOCH = Family("epoch", r"^1\d{9}(?:\d{3})?$|^1[23]\d{16}$")
#: Months as words, German and English, long and short; only their first three letters are looked at.
MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mär": 3, "mae": 3, "mrz": 3, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
_MONTH = r"(?P<m>[A-Za-zäÄ]{3,9})"
#: ``5. März 2026``, ``05-Mar-26``
DAY_WORD = Family("day_word", r"^(?P<d>\d{1,2})\.?[ -]?" + _MONTH + r"\.?[ -](?P<y>\d{4}|\d{2})" + _CLOCK)
#: ``Mar 5 2026``, ``March 5th 2026 2:30 PM``
WORD_DAY = Family("word_day", "^" + _MONTH + r"\.? (?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<y>\d{4})" + _CLOCK)
#: Days since 1900 as Excel counts them, of the years 2000 to 2079; only where a whole column is such.
SERIAL = Family("serial", r"^(?:3[67]|[4-5]\d|6[0-4])\d{3}(?:\.\d+)?$")
FAMILIES = (ISO, GERMAN, SLASH, COMPACT_DAY, COMPACT, EPOCH, DAY_WORD, WORD_DAY, SERIAL)

#: A day of the week before the date says nothing more.
WEEKDAY = (
    r"^(?i:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,? +"
)

#: Texts that mean "no date": a user who never logged in is no error.
NEVER = (
    "", "-", "–", "—", "nie", "noch nie", "never", "n/a", "#n/a", "null", "none", "nan", "nat", "00.00.0000",
    "0000-00-00", "0000-00-00 00:00:00", "unbekannt", "unknown", "00000000", "not in use", "nicht benutzt",
    "noch nicht angemeldet", "noch nie angemeldet", "never logged in",
    # no end
    "31.12.9999", "9999-12-31", "99991231", "12/31/9999", "9999-12-31 00:00:00",
)  # fmt: skip

#: Minutes east of UTC. Words with several meanings (IST, AST, BST outside Britain) are left out on purpose.
ZONE_MINUTES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEZ": 0, "BST": 60, "WEST": 60, "WESZ": 60, "MEZ": 60, "CET": 60,
    "MESZ": 120, "CEST": 120, "OEZ": 120, "EET": 120, "OESZ": 180, "EEST": 180, "PST": -480, "PDT": -420,
    "MST": -420, "MDT": -360, "CST": -360, "CDT": -300, "EST": -300, "EDT": -240,
}  # fmt: skip

#: Zones of a country that writes the month first.
MONTH_FIRST_ZONES = ("PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT")

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


def zone_minutes(zone: str) -> int | None:
    """Return the minutes east of UTC of a zone word or offset, None if it is not known."""
    offset = _OFFSET.fullmatch(zone.strip())
    if offset is None:
        return ZONE_MINUTES.get(zone.strip().upper())
    sign, hours, minutes = offset.groups()
    return (1 if sign == "+" else -1) * (int(hours) * 60 + int(minutes or 0))
