"""Public holidays of the place where somebody works; one reading of what client.yml says of it for all rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from crmkit.errors import MethodError

#: Holidays that are free only in some municipalities of a state, as a part of the subdivision: ``BY/catholic``.
_REGIONAL = "catholic"
#: Codes of states have so few letters; longer names are towns.
_CODE_LETTERS = 3


def public_holidays(country: str, subdivision: str, years: Iterable[int]) -> list[dt.date]:
    """Return the public holidays of a place.

    Parameters
    ----------
    country, subdivision
        ISO codes such as ``DE`` and ``BY``; ``BY/catholic`` adds the holidays of Catholic municipalities,
        ``Augsburg`` those of the town. Empty: the country's.
    years
        Calendar years.

    Raises
    ------
    MethodError
        If they are not known.
    """
    import holidays

    state, _, regional = subdivision.removeprefix(f"{country}-").partition("/")
    state = state.upper() if len(state) <= _CODE_LETTERS else state
    categories = ("public", _REGIONAL) if regional == _REGIONAL else ("public",)
    try:
        if regional not in ("", _REGIONAL):
            raise NotImplementedError
        return list(holidays.country_holidays(country, subdiv=state or None, years=years, categories=categories))
    except (NotImplementedError, ValueError):
        raise MethodError(
            f'public holidays of country "{country}", subdivision "{subdivision}" are not known.'
        ) from None
