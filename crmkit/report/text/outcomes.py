"""The client's own figures in words: values and changes in their own unit, and what else happened in that time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.language import Language

Rows = list[dict[str, Any]]
PERCENT = "%"
#: Figures that the finding names, and changes that are listed; the rest are counted.
_MOST_NAMED, _MOST_CHANGES = 3, 8
#: Decimals of a value that has more.
_MOST_DIGITS = 2


def what_else(change_log: ProtectedTable, outcomes: ProtectedTable, *, language: str = "de") -> Block:
    """Return what else happened while the client's figures moved, and that this proves nothing.

    Parameters
    ----------
    change_log
        Table `change_log`.
    outcomes
        Table `outcomes`: its first and last day say which changes are meant.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        Newest first. An absent block without figures.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    log, figures = (require_protected(table, name="text.what_else") for table in (change_log, outcomes))
    days = [row["date"] for row in rows_of(figures)]
    if not days:
        return Block.absent(t.gettext("Begleitende Kennzahlen liegen nicht vor."))
    inside = [row for row in rows_of(log) if row["date"] and min(days) <= row["date"] <= max(days)]
    html = fill(
        "points",
        title=t.gettext("Was sonst noch dafür spricht oder dagegen"),
        before=_before(min(days), max(days), len(inside), t),
        points=_points(sorted(inside, key=lambda row: row["date"], reverse=True), t),
        after=t.gettext(
            "Dass zwei Zahlen sich zugleich bewegen, beweist keinen Zusammenhang. Auch Jahreszeit, Markt, Preise und "
            "Personal verändern sich."
        ),
    )
    return Block(html, as_text(html))


def _before(first: dt.date, last: dt.date, n: int, t: Language) -> str:
    if first == last:
        return t.gettext("Es gibt erst Werte von einem Tag, dem {date}.", date=t.date(last))
    words = {"first": t.date(first), "last": t.date(last)}
    if not n:
        return t.gettext("Zwischen {first} und {last} ist keine Änderung festgehalten.", **words)
    return t.gettext("Zwischen {first} und {last} hat sich außerdem verändert:", **words)


def _points(rows: Rows, t: Language) -> list[tuple[str, str]]:
    points = [
        (row["title"], f"{t.date(row['date'], short=True)} · {word(t, 'change', row['kind'])}")
        for row in rows[:_MOST_CHANGES]
    ]
    n_more = len(rows) - len(points)
    if n_more > 0:
        points.append((t.ngettext("{n} weitere Änderung", "{n} weitere Änderungen", n_more), ""))
    return points


def finding(changes: ProtectedTable, t: Language) -> str:
    """Return from what to what the first figures moved; neither good nor bad, and not why."""
    rows = rows_of(changes)
    said = [_moved(row, t) for row in rows[:_MOST_NAMED]]
    if len(rows) > _MOST_NAMED:
        said.append(t.ngettext("{n} weitere Kennzahl", "{n} weitere Kennzahlen", len(rows) - _MOST_NAMED))
    return f"{'; '.join(said)}." if said else ""


def _moved(row: dict[str, Any], t: Language) -> str:
    last = amount(row["last_value"], row["unit"], t)
    if row["change"] is None:
        return t.gettext("{name}: {last} (eine Messung)", name=row["outcome"], last=last)
    words = {"name": row["outcome"], "first": number(row["first_value"], row["unit"], t), "last": last}
    return t.gettext("{name}: von {first} auf {last}", **words)


def number(value: float, unit: str, t: Language) -> str:
    """Return a value without the name of its unit; percent keep their sign."""
    return t.percent(value / 100, _digits(value)) if unit == PERCENT else t.number(value, _digits(value))


def amount(value: float, unit: str, t: Language) -> str:
    """Return a value with the name of its unit."""
    said = number(value, unit, t)
    return said if unit in ("", PERCENT) else f"{said} {unit}"


def difference(row: dict[str, Any], t: Language) -> str:
    """Return a change in the figure's own unit; percentages in points."""
    digits = max(_digits(row["first_value"]), _digits(row["last_value"]))
    said = t.signed(row["change"], digits)
    if row["unit"] == PERCENT:
        return t.gettext("{value} Prozentpunkte", value=said)
    return f"{said} {row['unit']}".strip()


def _digits(value: float) -> int:
    """Return how many decimals a value has, at most two.

    Examples
    --------
    >>> _digits(54.0), _digits(7.4), _digits(1.2345)
    (0, 1, 2)
    """
    return next((n for n in range(_MOST_DIGITS) if abs(round(value, n) - value) < 1e-9), _MOST_DIGITS)  # noqa: PLR2004
