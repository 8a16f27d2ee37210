"""What a cell says of the state of an account: words that name a state mean it whichever column they stand in."""

from __future__ import annotations

from typing import Literal

import polars as pl

from crmkit.readers import folded

State = Literal["on", "off", "yes", "no"]

_WORDS: dict[State, tuple[str, ...]] = {
    "yes": ("true", "ja", "yes", "1", "x", "wahr", "y", "j", "t", "on", "✓", "✔", "☑", "☒"),
    "no": ("false", "nein", "no", "0", "falsch", "n", "f", "off", "☐"),
    "on": (
        "aktiv", "active", "aktiviert", "activated", "enabled", "freigeschaltet", "freigegeben", "offen", "open",
        "entsperrt", "unlocked", "nicht gesperrt", "not locked", "nicht deaktiviert", "not disabled", "normal",
        "in use", "in benutzung", "angestellt", "employed",
    ),
    "off": (
        "inaktiv", "inactive", "nicht aktiv", "not active", "nicht aktiviert", "gesperrt", "locked", "locked out",
        "blocked", "blockiert", "deaktiviert", "deactivated", "disabled", "not enabled", "stillgelegt", "abgeschaltet",
        "gelöscht", "deleted", "entfernt", "removed", "ausgeschieden", "ausgetreten", "gekündigt", "beendet", "left",
        "suspended", "suspendiert", "terminated", "archived", "archiviert", "closed", "geschlossen", "expired",
        "abgelaufen", "revoked", "entzogen", "former", "ehemalig",
    ),
}  # fmt: skip
_STATES: dict[str, State] = {folded(word) or word: state for state, words in _WORDS.items() for word in words}
#: A question is worth it where more than this share (0–1) of the accounts with a state have one that is not understood.
MOST_UNKNOWN = 0.1


def state_of(word: str) -> State | None:
    """Return what a word says, None if it is not known.

    Examples
    --------
    >>> state_of("Aktiv"), state_of(" nicht aktiv."), state_of("Ja"), state_of("vielleicht")
    ('on', 'off', 'yes', None)
    """
    return _STATES.get(folded(word) or word.strip())


def is_active(active: pl.Series, disabled: pl.Series) -> pl.Series:
    """Return whether accounts are in use, null where neither column says so.

    Parameters
    ----------
    active, disabled
        Cells of the two columns as text; a plain yes means the opposite in the second.
    """
    states = pl.DataFrame([_states(active).alias("active"), _states(disabled).alias("disabled")])
    return states.select(
        pl.when(pl.col("disabled").is_in(["off", "yes"])).then(statement=False)
        .when(pl.col("active").is_in(["on", "yes"])).then(statement=True)
        .when(pl.col("active").is_in(["off", "no"])).then(statement=False)
        .when(pl.col("disabled").is_in(["on", "no"])).then(statement=True)
        .alias("active")
    ).to_series()  # fmt: skip


def unknown(cells: pl.Series) -> pl.Series:
    """Return which cells say something of a state that is not understood."""
    return cells.is_not_null() & _states(cells).is_null()


def _states(cells: pl.Series) -> pl.Series:
    words = {word: state_of(word) for word in cells.drop_nulls().unique()}
    return cells.cast(pl.String).replace_strict(words, default=None, return_dtype=pl.String)
