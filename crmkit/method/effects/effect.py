"""`Effect`: what an interrupted time series says of a day, and the limits below which it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Result = Literal["found_up", "found_down", "not_found", "cannot_tell"]
#: Weeks with a log that a series needs before the day, and from it on.
LEAST_BEFORE, LEAST_AFTER = 12, 6
#: People below which a share of them jumps about too much to be followed (see `units.sizes.RATE_PEOPLE`).
LEAST_PEOPLE = 15
#: Placebo dates without which a rank among them says nothing at the level of `LEVEL`: one of twenty.
LEAST_PLACEBOS = 19
#: Share of series without an effect in which one may be found by chance (0–1).
LEVEL = 0.05
#: Weeks around the day in which another change cannot be told apart, and no placebo date is tried.
APART_WEEKS = 6


@dataclass(frozen=True)
class Effect:
    """What changed on a day in a weekly share of active people, beyond trend, season and chance.

    Attributes
    ----------
    result
        ``found_up``, ``found_down``, ``not_found`` or ``cannot_tell``.
    reason
        Code of why nothing can be told, else empty: ``before_log``, ``future``, ``few_before``, ``few_after``,
        ``gap``, ``few_people``, ``constant``, ``few_placebos``, ``together``.
    level_share, low_share, high_share
        Change of the level (0.07: seven percentage points) with its 95 % interval: the wider one of the Newey–West
        interval and the one that placebo dates give. None where nothing can be told.
    slope_share, slope_low_share, slope_high_share
        Change of the trend in twelve weeks, beside that of the level, with its Newey–West interval; None with fewer
        than twelve weeks from the day on. It decides nothing.
    placebo_low_share, placebo_high_share
        Between which changes of the level 95 % of the placebo dates lie.
    n_weeks_before, n_weeks_after
        Weeks behind it.
    n_placebos
        Other dates that were tried.
    has_comparison
        Whether the difference to a comparison unit was followed.
    """

    result: Result
    reason: str = ""
    level_share: float | None = None
    low_share: float | None = None
    high_share: float | None = None
    slope_share: float | None = None
    slope_low_share: float | None = None
    slope_high_share: float | None = None
    placebo_low_share: float | None = None
    placebo_high_share: float | None = None
    n_weeks_before: int = 0
    n_weeks_after: int = 0
    n_placebos: int = 0
    has_comparison: bool = False
