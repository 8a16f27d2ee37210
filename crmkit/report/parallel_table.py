"""The inventory of parallel structures as a table: hours and money as ranges, with their sums at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report import table_columns as spec
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.table_block import NOTHING, Cell, Column, block_of
from crmkit.report.text import parallel as words

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable


def parallel(parallel_lists: ProtectedTable, parallel_total: ProtectedTable, *, language: str = "de") -> Block:
    """Return what is kept outside the CRM, with hours a month, their cost, and the sums of a month and a year.

    Parameters
    ----------
    parallel_lists
        Table `parallel_lists`.
    parallel_total
        Table `parallel_total`.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        In the order of the inventory; without a rate there is no money. An absent block for an empty table.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    lists, total = (require_protected(table, name="tables.parallel") for table in (parallel_lists, parallel_total))
    if lists.frame.empty:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    rows, sums = rows_of(lists), rows_of(total)
    texts = [name for name in ("process", "org_unit", "purpose") if any(row[name] for row in rows)]
    has_money = any(row["cost_min"] is not None for row in sums)
    columns = [Column(t.gettext(spec.HEADINGS[name]), numeric=False) for name in texts]
    columns += [Column(t.gettext("Stunden je Monat (Annahme)"), numeric=True)]
    columns += [Column(t.gettext("Kosten je Monat (Annahme)"), numeric=True)] if has_money else []
    body = [_cells(row, texts, has_money, t) for row in rows]
    body += [_sum(row, len(texts), has_money, t) for row in sums]
    title = t.gettext(spec.TITLES["parallel_lists"])
    return block_of(title, columns, body, _notes(sums, has_money, t), (lists, total), stacked=True)


def _cells(row: dict[str, Any], texts: list[str], has_money: bool, t: Language) -> list[Cell]:
    said = [Cell(_text(row[name], name), "" if row[name] else "nothing") for name in texts]
    if row["hours_month_min"] is None:
        unknown = Cell(t.gettext("nicht geschätzt"), "num")
        return [*said, unknown, *([Cell(NOTHING, "num nothing")] if has_money else [])]
    hours = Cell(words.hours(row["hours_month_min"], row["hours_month_max"], t), "num")
    return [*said, hours, *([Cell(words.costs(row, t, of="cost_month"), "num")] if has_money else [])]


def _text(value: str | None, name: str) -> str:
    return value.replace("/", " › ") if value and name == "org_unit" else value or NOTHING


def _sum(row: dict[str, Any], n_texts: int, has_money: bool, t: Language) -> list[Cell]:
    label = t.gettext("Zusammen je Monat") if row["period"] == "month" else t.gettext("Zusammen je Jahr")
    numbers = [words.hours(row["hours_min"], row["hours_max"], t), *([words.costs(row, t)] if has_money else [])]
    blank = [Cell("", "sum nothing")] * (n_texts - 1)
    return [Cell(label, "sum"), *blank, *(Cell(number, "num sum") for number in numbers)]


def _notes(sums: list[dict[str, Any]], has_money: bool, t: Language) -> list[str]:
    said = t.gettext(spec.REMARKS["parallel_lists"])
    if not has_money:
        return [said]
    cost = t.gettext("Kosten: Stunden mal eigener Satz von {rate} je Stunde.", rate=words.rate(sums[0], t))
    return [f"{said} {cost}"]
