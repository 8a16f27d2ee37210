"""Dates and times as clients write them → the client's local wall time.

One format holds for a whole column. It is declared, or inferred from all values; where day and month
could be swapped the column is refused, since a silent guess moves people's weeks by months.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from crmkit.errors import InputError
from crmkit.ingest.times.date_patterns import (
    FAMILIES,
    MONTH_FIRST_ZONES,
    MONTHS,
    NEVER,
    SLASH,
    WEEKDAY,
    Family,
    zone_minutes,
)

#: More values than this share (0–1) outside the column's format are no slips but another format.
MOST_UNREADABLE = 0.05
#: No CRM knows of an earlier day, and a later one stands for "for ever".
FIRST_DAY, LAST_DAY = dt.date(1985, 1, 1), dt.date(2090, 1, 1)
_EPOCH_MS_DIGITS = 13
_LAST_MONTH = 12
#: Dates of which something can be told.
_FEW = 3
_FILETIME_DIGITS, _FILETIME_BEGINS_MS = 18, 11_644_473_600_000
#: Families of plain numbers, which may be anything else.
_BARE = ("compact_day", "compact", "epoch", "serial")
#: Families in which day and month cannot be swapped, so that one may stand beside another.
_UNMISTAKABLE = ("iso", "german", "day_word", "word_day")
#: Two digits of a year mean one up to this, where the last day that can be lies beyond.
_TWO_DIGITS_END = dt.date(2050, 12, 31)
_WITH_WORDS = ("day_word", "word_day")
#: Excel's day 0: it takes 1900 for a leap year.
_EXCEL_BEGINS = dt.datetime(1899, 12, 30)


@dataclass(frozen=True)
class Clock:
    """Where a column's times come from and where they go: names of time zones.

    Attributes
    ----------
    source
        Zone of times that say none themselves.
    local
        The client's zone.
    """

    source: str
    local: str


@dataclass(frozen=True, eq=False)
class Parsed:
    """A column of dates, read.

    Attributes
    ----------
    local
        Local wall time (``datetime[us]``), null where blank, "never" or unreadable.
    unreadable
        True where there was something that is no date.
    has_clock
        True if any value has a time of day.
    implausible
        True where a date lies before `FIRST_DAY`, or after the last day that can be; it is no date then.
    """

    local: pl.Series
    unreadable: pl.Series
    has_clock: bool
    implausible: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Boolean))


def parse(
    values: pl.Series,
    *,
    file: str,
    column: str,
    clock: Clock,
    date_format: str | None = None,
    last: dt.date = LAST_DAY,
) -> Parsed:
    """Read a column of dates or times.

    Parameters
    ----------
    values
        Texts; null, blank and words for "never" are no dates and no errors.
    file, column
        Names for the messages.
    clock
        Time zones.
    date_format
        strptime format that the client declared; None: inferred.
    last
        Last day that can be.

    Returns
    -------
    Parsed
        As long as `values`.

    Raises
    ------
    InputError
        If day and month may be swapped, or more than 5 % of the values do not fit one format.
    """
    text = tidy(values)
    given = text.is_not_null()
    parsed = _declared(text, date_format, clock) if date_format else _inferred(text, clock, file, column, last)
    unreadable = given & parsed.local.is_null()
    n_wrong, n_given = int(unreadable.sum()), int(given.sum())
    if n_wrong > MOST_UNREADABLE * n_given:
        raise InputError.wrong_dates(file, column, n_wrong, n_given, date_format)
    implausible = ~parsed.local.dt.date().is_between(FIRST_DAY, last).fill_null(value=True)
    return Parsed(parsed.local.set(implausible, None), unreadable, parsed.has_clock, implausible)


def are_dates(values: pl.Series) -> bool:
    """Tell whether a column plainly holds dates or times: nearly all that is filled, in one family of formats."""
    text = tidy(values).drop_nulls()
    written = [family for family in FAMILIES if family.name not in _BARE]
    fits = max((int(text.str.contains(family.pattern).sum()) for family in written), default=0)
    return len(text) > 0 and fits >= (1 - MOST_UNREADABLE) * len(text)


def tidy(values: pl.Series) -> pl.Series:
    """Return the texts without odd spaces, commas between their parts and the word "Uhr"; null for "never"."""
    text = (
        values.cast(pl.String)
        .str.replace_all(r"[\u00a0\u202f\u2009\s]+", " ")
        .str.strip_chars()
        .str.replace(WEEKDAY, "")
        .str.replace(r"^(\d{5}),(\d+)$", "${1}.${2}")
        .str.replace_all(r",\s+", " ")
        .str.replace(r"^([^,]*\d{4}),(\d)", "${1} ${2}")
        .str.replace(r"(?i)\s*Uhr\b", "")
        .str.replace(r"(?i) (um|at) (\d)", " ${2}")
    )
    return text.set(text.str.to_lowercase().is_in(NEVER), None)


def _declared(text: pl.Series, date_format: str, clock: Clock) -> Parsed:
    """Read by the declared format; the comma that `tidy` takes away is taken from the format too."""
    wanted = date_format.replace(", ", " ").replace(",", " ").replace(" %Z", "").replace("%Z", "")
    zone = (
        text.str.extract(r" ([A-Za-z]{3,5})$")
        if "%Z" in date_format
        else pl.Series([None] * len(text), dtype=pl.String)
    )
    bare = text.str.replace(r" [A-Za-z]{3,5}$", "") if "%Z" in date_format else text
    try:
        naive = bare.str.strptime(pl.Datetime("us"), wanted, strict=False)
    except pl.exceptions.PolarsError:
        naive = pl.Series([None] * len(text), dtype=pl.Datetime("us"))
    has_clock = any(part in wanted for part in ("%H", "%I", "%T", "%R", "%X"))
    if isinstance(naive.dtype, pl.Datetime) and naive.dtype.time_zone:
        return Parsed(naive.dt.convert_time_zone(clock.local).dt.replace_time_zone(None), text.is_null(), has_clock)
    offsets = _offsets(zone)
    naive = naive.set(zone.is_not_null() & offsets.is_null(), None)
    return Parsed(_to_local(naive, offsets, clock) if has_clock else naive, text.is_null(), has_clock)


def _inferred(text: pl.Series, clock: Clock, file: str, column: str, last: dt.date) -> Parsed:
    """Read by the family of formats that fits most values; others by one that cannot be mistaken for it."""
    fits = {family: int(text.str.contains(family.pattern).sum()) for family in FAMILIES}
    ranked = sorted(FAMILIES, key=lambda candidate: -fits[candidate])
    parsed = _by_family(ranked[0], text, clock, file, column, last)
    for family in ranked[1:]:
        rest = text.is_not_null() & parsed.local.is_null() & text.str.contains(family.pattern).fill_null(value=False)
        if family.name in _UNMISTAKABLE and fits[family] and rest.any():
            more = _by_family(family, text.set(~rest, None), clock, file, column, last)
            local = parsed.local.zip_with(~rest, more.local)
            parsed = Parsed(local, text.is_null(), parsed.has_clock or more.has_clock)
    return parsed


def _by_family(family: Family, text: pl.Series, clock: Clock, file: str, column: str, last: dt.date) -> Parsed:  # noqa: PLR0917
    if family.name == "serial":
        return _from_serial(text, file, column)
    if family.name == "epoch":
        return Parsed(_from_epoch(text, clock), text.is_null(), has_clock=True)
    # An empty group is a part that is not there.
    parts = text.str.extract_groups(family.pattern).struct.unnest().with_columns(pl.all().replace("", None))
    if family is SLASH:
        parts = _in_order(parts, file, column)
    if family.name in _WITH_WORDS:
        parts = parts.with_columns(_month_numbers(parts["m"]))
    return _assemble(parts.with_columns(_years(parts["y"], last)), family, clock)


def _years(years: pl.Series, last: dt.date) -> pl.Series:
    """Return years of four digits; one of two lies in the century in which it can have been."""
    number = years.cast(pl.Int64, strict=False)
    pivot = min(last, _TWO_DIGITS_END).year % 100
    full = pl.select(pl.when(number > pivot).then(number + 1900).otherwise(number + 2000)).to_series()
    return full.zip_with(years.str.len_chars() == 2, number).cast(pl.String).alias("y")  # noqa: PLR2004


def _from_serial(text: pl.Series, file: str, column: str) -> Parsed:
    """Read days as Excel counts them; among other values a number is no day."""
    days = text.cast(pl.Float64, strict=False)
    if not text.drop_nulls().str.contains(FAMILIES[-1].pattern).all():
        raise InputError.wrong_dates(file, column, int(days.is_null().sum()), len(text), None)
    has_clock = bool((days % 1 > 0).any())
    seconds = pl.lit((days * 86_400).round().cast(pl.Int64))
    local = pl.select(pl.lit(_EXCEL_BEGINS) + pl.duration(seconds=seconds)).to_series()
    return Parsed(local.cast(pl.Datetime("us")), text.is_null(), has_clock)


def _month_numbers(words: pl.Series) -> pl.Series:
    known = {word: MONTHS.get(word.casefold()[:3]) for word in words.drop_nulls().unique()}
    numbers = words.replace_strict(known, default=None, return_dtype=pl.Int64)
    return numbers.cast(pl.String).alias("m")


def _offsets(zones: pl.Series) -> pl.Series:
    """Return the minutes east of UTC of each zone word or offset, null where there is none or it is not known."""
    known = {zone: zone_minutes(zone) for zone in zones.drop_nulls().unique()}
    return zones.replace_strict(known, default=None, return_dtype=pl.Int64)


def _from_epoch(text: pl.Series, clock: Clock) -> pl.Series:
    number = text.cast(pl.Int64, strict=False)
    is_ms = text.str.len_chars() == _EPOCH_MS_DIGITS
    is_filetime = text.str.len_chars() == _FILETIME_DIGITS
    in_ms = pl.when(is_ms).then(number).when(is_filetime).then(number // 10_000 - _FILETIME_BEGINS_MS)
    ms = pl.select(in_ms.otherwise(number * 1000)).to_series()
    utc = ms.cast(pl.Datetime("ms")).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(clock.local).dt.replace_time_zone(None)


def _in_order(parts: pl.DataFrame, file: str, column: str) -> pl.DataFrame:
    """Name the first two numbers of a date with slashes day and month, or refuse to guess."""
    first, second = (parts[name].cast(pl.Int64, strict=False) for name in ("a", "b"))
    is_day_first, is_month_first = bool((first > _LAST_MONTH).any()), bool((second > _LAST_MONTH).any())
    if is_day_first and is_month_first:
        raise InputError.mixed_dates(file, column, int((first > _LAST_MONTH).sum()), int((second > _LAST_MONTH).sum()))
    if _may_begin_with_year(parts):
        raise InputError.ambiguous_dates(file, column)
    month_first = is_month_first
    if not is_day_first and not is_month_first and bool((first != second).any()):
        month_first = bool(parts["zone"].str.to_uppercase().is_in(MONTH_FIRST_ZONES).any())
        if not month_first:
            raise InputError.ambiguous_dates(file, column)
    return parts.rename({"a": "m", "b": "d"} if month_first else {"a": "d", "b": "m"})


def _may_begin_with_year(parts: pl.DataFrame) -> bool:
    """Tell whether ``26/06/11`` may be the year first: two digits everywhere, and the first hardly ever change."""
    known = parts.drop_nulls("a")
    if known.height < _FEW or not (known["y"].str.len_chars() == 2).all():  # noqa: PLR2004
        return False
    return known["a"].n_unique() <= known["y"].n_unique() // 2


def _assemble(parts: pl.DataFrame, family: Family, clock: Clock) -> Parsed:
    """Put local times together from the parts of a pattern."""
    hour = pl.col("h").cast(pl.Int64, strict=False)
    half = pl.col("ap").str.to_uppercase().str.slice(0, 1)
    hour24 = pl.when(half.is_null()).then(hour).otherwise(hour % 12 + pl.when(half == "P").then(12).otherwise(0))
    iso = pl.format(
        "{}-{}-{} {}:{}:{}.{}", "y", pl.col("m").str.zfill(2), pl.col("d").str.zfill(2),
        hour24.cast(pl.String).fill_null("0").str.zfill(2), pl.col("mi").fill_null("00"), pl.col("s").fill_null("00"),
        pl.col("f").fill_null("0").str.slice(0, 6),
    )  # fmt: skip
    naive = parts.select(iso.str.strptime(pl.Datetime("us"), "%Y-%m-%d %H:%M:%S%.f", strict=False)).to_series()
    has_clock = bool(parts["h"].is_not_null().any())
    if not has_clock:
        return Parsed(naive, naive.is_null(), has_clock=False)
    # with fractions it is Salesforce's, which is UTC; without, anybody's wall time
    zone = parts["zone"]
    if family.is_utc:
        zone = zone.set(parts["f"].is_not_null(), "Z")
    offsets = _offsets(zone)
    naive = naive.set(zone.is_not_null() & offsets.is_null(), None)
    local = _to_local(naive, offsets, clock)
    # a date without a time of day belongs to that day in every zone
    dates_only = parts["h"].is_null()
    return Parsed(local.zip_with(~dates_only, naive), naive.is_null(), has_clock=True)


def _to_local(naive: pl.Series, offsets: pl.Series, clock: Clock) -> pl.Series:
    """Return local wall time: by the row's own offset (minutes) where it has one, else by the source's zone."""
    minutes = pl.col("offset").fill_null(0) * 60_000_000
    utc = (pl.col("naive") - minutes.cast(pl.Duration("us"))).dt.replace_time_zone("UTC")
    by_offset = utc.dt.convert_time_zone(clock.local).dt.replace_time_zone(None)
    elsewhere = pl.col("naive")
    if clock.source != clock.local:
        # the hour that spring skips does not exist: read it as the hour after it
        zoned = elsewhere.dt.replace_time_zone(clock.source, ambiguous="earliest", non_existent="null")
        later = elsewhere.dt.offset_by("1h").dt.replace_time_zone(
            clock.source, ambiguous="earliest", non_existent="null"
        )
        elsewhere = pl.coalesce(zoned, later).dt.convert_time_zone(clock.local).dt.replace_time_zone(None)
    chosen = pl.when(pl.col("offset").is_null()).then(elsewhere).otherwise(by_offset)
    return pl.DataFrame({"naive": naive, "offset": offsets}).select(chosen.alias("local")).to_series()
