"""`Language`: words, numbers and dates of a report, German by default, English by the catalogue.

Message ids are the German texts themselves, so the source reads as the report does. The English
catalogue is a plain ``crmkit.po``, read when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations, Translations

from crmkit.errors import SettingsError, did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Code of a report's language → locale of its numbers and dates.
LOCALES: Mapping[str, str] = {"de": "de_DE", "en": "en_GB"}


class Language:
    """A report's language; made by `language`.

    Attributes
    ----------
    code
        ``de`` or ``en``.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = Locale.parse(LOCALES[code])
        self._catalogue = NullTranslations() if code == "de" else _catalogue(code)

    def gettext(self, text: str, /, **values: object) -> str:
        """Return a German text in this language; `values` fill its ``{placeholders}``."""
        said = self._catalogue.gettext(text) if text else ""
        return tight(said.format(**values)) if values else said

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the German text for one or for several; ``{n}`` is the formatted number."""
        return tight(self._catalogue.ngettext(one, many, n).format(**{"n": self.number(n), **values}))

    def markdown(self, source: str) -> str:
        """Return a notebook's Markdown cell in this language; its whole source is one message."""
        return self.gettext(source.strip())

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with the language's separators: ``1.250`` or ``1,250``."""
        return format_decimal(value, format=_decimals(digits), locale=self._locale)

    def signed(self, value: float, digits: int = 0) -> str:
        """Return a number with its sign: ``+1,5``, ``−3``, ``±0``."""
        rounded = round(float(value), digits)
        sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
        return sign + self.number(abs(rounded), digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share (0–1) as percent, in German with a no-break space; some is never none, most never all."""
        least = 10.0 ** -(digits + 2)
        if 0 < share < least / 2:
            return f"<\u00a0{self._percent(least, digits)}"
        if 1 - least / 2 < share < 1:
            return f">\u00a0{self._percent(1 - least, digits)}"
        return self._percent(share, digits)

    def _percent(self, share: float, digits: int) -> str:
        return format_percent(share, format=_decimals(digits) + self._percent_sign, locale=self._locale)

    def money(self, value: float, currency: str, digits: int = 0) -> str:
        """Return whole units of a currency, or a bare number where the currency is not known."""
        if not currency:
            return self.number(value, digits)
        pattern = self._locale.currency_formats["standard"].pattern.replace("0.00", f"{0:.{digits}f}")
        return format_currency(
            round(value, digits), currency, format=pattern, locale=self._locale, currency_digits=False
        )

    def date(self, day: dt.date, *, short: bool = False) -> str:
        """Return a day: ``28. Juni 2026``, short ``28.06.2026``."""
        if short:
            return format_date(day, format="dd.MM.yyyy" if self.code == "de" else "d MMM yyyy", locale=self._locale)
        return format_date(day, format="long", locale=self._locale)

    def month(self, day: dt.date, *, short: bool = False) -> str:
        """Return a month: ``Juni 2026``, short ``Jun 26``."""
        if short:
            return format_date(day, format="LLL yy", locale=self._locale).replace(".", "")
        return format_skeleton("yMMMM", day, locale=self._locale)

    def span(self, window: tuple[dt.date, dt.date]) -> str:
        """Return a span of days, the year once where both share it."""
        first, last = window
        if first.year != last.year:
            return f"{self.date(first)} – {self.date(last)}"
        same = "d. MMMM" if self.code == "de" else "d MMMM"
        return f"{format_date(first, format=same, locale=self._locale)} – {self.date(last)}"

    def joined(self, parts: list[str]) -> str:
        """Return parts as a phrase: ``a, b und c``."""
        if len(parts) < 2:  # noqa: PLR2004
            return "".join(parts)
        return self.gettext("{first} und {last}", first=", ".join(parts[:-1]), last=parts[-1])

    @property
    def _percent_sign(self) -> str:
        return "\u00a0%" if self.code == "de" else "%"


@lru_cache(maxsize=len(LOCALES))
def language(code: str) -> Language:
    r"""Return a language by its code.

    Parameters
    ----------
    code
        ``de`` or ``en``.

    Returns
    -------
    Language

    Raises
    ------
    SettingsError
        If the language is not known.

    Examples
    --------
    >>> language("de").percent(0.305, 1), language("en").money(48000, "EUR")
    ('30,5\xa0%', '€48,000')
    """
    if code not in LOCALES:
        raise SettingsError(f'language: "{code}" is not known.{did_you_mean(code, LOCALES)} Known: {listed(LOCALES)}.')
    return Language(code)


def _catalogue(code: str) -> NullTranslations:
    """Return a language's catalogue, compiled in memory: no compiled file to forget."""
    source = files("crmkit.report") / "locale" / code / "LC_MESSAGES" / "crmkit.po"
    messages = read_po(io.BytesIO(source.read_bytes()), locale=code, domain="crmkit")
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled, domain="crmkit")


def _decimals(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def tight(text: str) -> str:
    """Return a text in which no number is parted from its unit or its share at the end of a line."""
    return re.sub(r"(?<=\d) (?=[%€£$(])", "\u00a0", text)


def N_(text: str) -> str:  # noqa: N802
    """Mark a text for the catalogue; it is translated where it is used."""
    return text
