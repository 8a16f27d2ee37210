"""What licences cost in three ways of looking at them: one table, a row per licence type; no amounts are added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report import table_columns as spec
from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.table_block import NOTHING, Cell, Column, block_of
from crmkit.report.table_notes import notes_of
from crmkit.report.text import table_findings

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Kind → heading of its column.
_KINDS = {
    "without_use": N_("ohne erkennbare Nutzung"),
    "reassignable": N_("neu vergebbar"),
    "adjustable": N_("zum Vertragstermin anpassbar"),
}

Kinds = dict[str, dict[str, Any]]


def licence_costs(
    licence_cost: ProtectedTable, licence_cost_types: ProtectedTable, *, language: str = "de", finding: bool = True
) -> Block:
    """Return the contract prices of three kinds of licences, per licence type and together.

    Parameters
    ----------
    licence_cost
        Table `licence_cost`: kind, currency, notice_date, n, cost_year.
    licence_cost_types
        Table `licence_cost_types`: the same per licence.
    language
        ``de`` or ``en``.
    finding
        Whether the sentence that the table proves stands above it.

    Returns
    -------
    Block
        One row per licence type, then one per currency; only that one, named like the type, where there is a
        single type. A masked amount is "·". An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    total, types = (require_protected(table, name="licence_costs") for table in (licence_cost, licence_cost_types))
    if total.frame.empty:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    columns = [
        Column(t.gettext(spec.HEADINGS["licence"]), numeric=False),
        *(Column(t.gettext(heading), numeric=True) for heading in _KINDS.values()),
        Column(t.gettext(spec.HEADINGS["notice_date"]), numeric=False),
    ]
    body = [_cells(label, kinds, t) for label, kinds in _rows(total, types, t)]
    said = table_findings.finding(total, t) if finding else ""
    notes = notes_of("licence_cost", total if total.n_suppressed else types, t)
    title = t.gettext(spec.TITLES["licence_cost"])
    return block_of(title, columns, body, notes, (total, types), finding=said)


def _rows(total: ProtectedTable, types: ProtectedTable, t: Language) -> list[tuple[str, Kinds]]:
    """Return label → kind → row: of the licence types, then of the currencies."""
    of_types, together = _by(types, "licence", "currency", "notice_date"), _by(total, "currency")
    names = {code: [name for name, currency, _ in of_types if currency == code] for (code,) in together}
    several = [(name, kinds) for (name, code, _), kinds in of_types.items() if len(names.get(code, [])) > 1]
    return [*several, *((_label(names[code], t), kinds) for (code,), kinds in together.items())]


def _by(table: ProtectedTable, *columns: str) -> dict[tuple[Any, ...], Kinds]:
    groups: dict[tuple[Any, ...], Kinds] = {}
    for row in rows_of(table):
        groups.setdefault(tuple(row[column] for column in columns), {})[row["kind"]] = row
    return groups


def _label(names: list[str], t: Language) -> str:
    return names[0] if len(names) == 1 else t.gettext("zusammen")


def _cells(label: str, kinds: Kinds, t: Language) -> list[Cell]:
    days = [row["notice_date"] for row in kinds.values() if row["notice_date"] is not None]
    date = t.date(min(days), short=True) if days else NOTHING
    return [Cell(label), *(_amount(kinds.get(kind), t) for kind in _KINDS), Cell(date, "date")]


def _amount(row: dict[str, Any] | None, t: Language) -> Cell:
    """Return an amount with the number of its licences under it, also where the amount itself would tell too much."""
    if row is None:
        return Cell(NOTHING, "num")
    if row["n"] is None:
        return Cell(MASKED, "num masked")
    note = t.ngettext("{n} Lizenz", "{n} Lizenzen", row["n"])
    if row["cost_year"] is None:
        return Cell(MASKED, "num masked", note=note)
    return Cell(t.money(row["cost_year"], row["currency"]), "num", note=note)
