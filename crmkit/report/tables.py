"""Tables as HTML: a computed finding, the language's formats, words for codes, "·" for what is masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crmkit.report import table_columns as spec
from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.licence_costs import licence_costs
from crmkit.report.outcome_table import outcome_changes
from crmkit.report.parallel_table import parallel
from crmkit.report.survey_usage import survey_usage
from crmkit.report.table_block import NOTHING, Cell, Column, block_of
from crmkit.report.table_notes import notes_of
from crmkit.report.text import goals, outcomes, table_findings
from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.movement import cohort
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable


def html(table: ProtectedTable, *, language: str = "de", finding: bool = True) -> Block:
    """Return a protected table as HTML.

    Parameters
    ----------
    table
        Any standard table.
    language
        ``de`` or ``en``.
    finding
        Whether the sentence that the table proves stands above it; False where a chart beside it says it.

    Returns
    -------
    Block
        Kind ``table``: numbers right-aligned, masked ones as "·" with a footnote, columns without any
        value left out. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If `table` is not protected.
    """
    t, table = language_of(language), require_protected(table, name="tables.html")
    if table.frame.empty:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    shape, rows = shape_of(table), rows_of(table)
    names = _columns_of(table, shape, rows)
    columns = [Column(_heading(shape, name, t), _is_number(name, table)) for name in names]
    body = [[cell_of(row, name, table, t) for name in names] for row in rows]
    said = table_findings.finding(table, t) if finding else ""
    title, notes = t.gettext(spec.TITLES.get(shape, shape)), notes_of(shape, table, t)
    return block_of(title, columns, body, notes, (table,), finding=said, stacked=shape in spec.STACKED)


def shape_of(table: ProtectedTable) -> str:
    """Return the name of a table, or of its form where one name stands for several."""
    if table.name != "standing" or "segment" in table.frame:
        return table.name
    return "aggregates" if "definition" in table.frame else "last_logins"


def _columns_of(table: ProtectedTable, shape: str, rows: list[dict[str, Any]]) -> list[str]:
    """Return the columns to show; the currency stands with its amount, empty columns are left out."""
    known = spec.LAYOUTS.get(shape) or tuple(str(c) for c in table.frame if c not in ("suppressed", "currency"))
    if table.tier not in ("A", "B"):
        # Without a log of use nobody was counted there: no zero must stand for that.
        known = tuple(name for name in known if name not in spec.OF_SEGMENTS)
    masked = {*table.counts, *table.totals, *table.derived} - spec.OPTIONAL if table.n_suppressed else set()
    return [
        name
        for name in known
        if name in table.frame and (name in masked or any(row[name] not in (None, "") for row in rows))
    ]


def _heading(shape: str, name: str, t: Language) -> str:
    return t.gettext(spec.OWN_HEADINGS.get((shape, name)) or spec.HEADINGS.get(name, name))


def _is_number(name: str, table: ProtectedTable) -> bool:
    return (
        name in {*table.counts, *table.totals, *table.derived, *spec.NUMBERS, *spec.PERCENT, *spec.PRICES}
        or (name.startswith("n_") and name != "n_areas")
    )  # fmt: skip


def cell_of(row: dict[str, Any], name: str, table: ProtectedTable, t: Language) -> Cell:
    """Return a cell in the language; masked counts, and what follows from them, as "·"."""
    css = "num" if _is_number(name, table) else "date" if name in spec.DATES else ""
    value = row[name]
    if value is None or value == "":
        could_be_masked = name in {*table.counts, *table.totals, *table.derived} and row["suppressed"]
        return Cell(MASKED, f"{css} masked") if could_be_masked else Cell(_nothing(name, t), f"{css} nothing".strip())
    if (table.name, name) in spec.OWN_CODES:
        return Cell(word(t, spec.OWN_CODES[table.name, name], value), css)
    if name in spec.CODES:
        return _coded(row, name, css, t)
    if name == "kind" and table.name in spec.KINDS:
        return Cell(word(t, spec.KINDS[table.name], value), css)
    return Cell(_written(row, name, t), css, note=_goal_note(row, name, t) if table.name == "goals" else "")


def _coded(row: dict[str, Any], name: str, css: str, t: Language) -> Cell:
    """Return the word for a code, a status with its mark and with what the last reading says by itself."""
    said = word(t, spec.CODES[name], row[name])
    if name != "status":
        return Cell(said, css)
    return Cell(said, css, f"status-{row[name]}", goals.tendency(row, t) if "tending" in row else "")


def _goal_note(row: dict[str, Any], name: str, t: Language) -> str:
    """Return the smaller second line of a goal's cell."""
    notes: dict[str, Callable[[], str]] = {
        "wording": lambda: goals.why_not_measurable(row, t) if row["reason"] else GoalUnit.of(row).name,
        "baseline": lambda: t.gettext("vorläufig") if row["provisional"] else "",
        "target": lambda: t.gettext("bis {deadline}", deadline=t.date(row["deadline"], short=True)).replace(
            " ", "\u00a0"
        ),
        "probability": lambda: goals.likelihood(row["probability"], t),
        **dict.fromkeys(spec.PACES, lambda: GoalUnit.of(row).pace_unit(row[name], t)),
    }
    return notes[name]() if name in notes else ""


def _nothing(name: str, t: Language) -> str:
    return t.gettext("alle") if name == "org_unit" else NOTHING


def _written(row: dict[str, Any], name: str, t: Language) -> str:
    """Return a value in the format of its column."""
    value = row[name]
    formats: dict[str, Callable[[], str]] = {
        **dict.fromkeys(spec.DATES, lambda: t.date(value, short=True)),
        **dict.fromkeys(spec.PERCENT, lambda: t.percent(value)),
        **dict.fromkeys(spec.PACES, lambda: GoalUnit.of(row).pace_number(value, t)),
        **dict.fromkeys(spec.AMOUNTS, lambda: GoalUnit.of(row).amount(value, t)),
        "probability": lambda: goals.tenths(value, t),
        "month": lambda: t.month(value),
        "cohort": lambda: cohort(value, t),
        **dict.fromkeys((*spec.PRICES, "cost_per_using_year"), lambda: t.money(value, row.get("currency", ""))),
        "value": lambda: _figure(row, t),
        "org_unit": lambda: str(value).replace("/", " › "),
    }
    if name in formats:
        return formats[name]()
    return t.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _figure(row: dict[str, Any], t: Language) -> str:
    """Return a value whose unit depends on the row: money where there is a currency, else by its metric."""
    if "outcome" in row:
        return outcomes.amount(row["value"], row["unit"], t)
    if row.get("currency"):
        return t.money(row["value"], row["currency"])
    if row.get("metric") in ("usage_rate", "regular_share") or row["value"] <= 1:
        return t.percent(row["value"])
    return t.number(row["value"])


__all__ = ["html", "licence_costs", "outcome_changes", "parallel", "survey_usage"]
