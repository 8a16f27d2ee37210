"""Parallel structures in words: ranges of hours and of money, always as an assumption; what the CRM lacks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.method.goals.names import even
from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable
    from crmkit.report.language import Language


def crm_lacks(parallel_lists: ProtectedTable, *, language: str = "de") -> Block:
    """Return what the CRM lacks for the parallel structures, each thing once with the processes that need it.

    Parameters
    ----------
    parallel_lists
        Table `parallel_lists`.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        In the order of the inventory. An absent block if nothing is written down.

    Raises
    ------
    PrivacyError
        If `parallel_lists` is not protected.
    """
    t, table = language_of(language), require_protected(parallel_lists, name="text.crm_lacks")
    lacks: dict[str, tuple[str, list[str]]] = {}
    for row in rows_of(table):
        if row["crm_lacks"]:
            lacks.setdefault(even(row["crm_lacks"]), (row["crm_lacks"], []))[1].append(row["process"])
    if not lacks:
        return Block.absent(t.gettext("Was dem CRM für die Parallelstrukturen fehlt, ist nicht festgehalten."))
    points = [(lack, ", ".join(dict.fromkeys(processes))) for lack, processes in lacks.values()]
    html = fill("points", title=t.gettext("Was dem CRM dafür fehlt"), points=points, before="", after="")
    return Block(html, as_text(html))


def finding(total: ProtectedTable, t: Language) -> str:
    """Return what all parallel structures take together; money only by the client's own rate, as an assumption."""
    of_period = {row["period"]: row for row in rows_of(total)}
    if not of_period:
        return t.gettext("Die Stunden der Parallelstrukturen hat noch niemand geschätzt.")
    month, year = of_period["month"], of_period["year"]
    words = {"lists": _lists(month, t), "hours": hours(month["hours_min"], month["hours_max"], t)}
    if month["cost_min"] is None:
        return t.gettext(
            "Für {lists} werden zusammen {hours} Stunden im Monat geschätzt, {year} im Jahr – eine Annahme.",
            **words, year=hours(year["hours_min"], year["hours_max"], t),
        )  # fmt: skip
    return t.gettext(
        "Für {lists} werden zusammen {hours} Stunden im Monat geschätzt. Zum eigenen Satz von {rate} je Stunde sind "
        "das {month} im Monat und {year} im Jahr – eine Annahme.",
        **words, rate=rate(month, t), month=costs(month, t), year=costs(year, t),
    )  # fmt: skip


def _lists(row: dict[str, Any], t: Language) -> str:
    if row["n_estimated"] == row["n_processes"]:
        return t.ngettext("{n} Parallelstruktur", "{n} Parallelstrukturen", row["n_processes"])
    words = {"n": t.number(row["n_estimated"]), "total": t.number(row["n_processes"])}
    return t.gettext("{n} von {total} Parallelstrukturen", **words)


def hours(least: float, most: float, t: Language) -> str:
    """Return a range of hours, once where both ends are written alike."""
    low, high = (t.number(value, 0 if round(value, 1) == round(value) else 1) for value in (least, most))
    return low if low == high else f"{low}–{high}"


def costs(row: dict[str, Any], t: Language, *, of: str = "cost") -> str:
    """Return a range of money, the currency once where it stands behind the number."""
    least, most = (t.money(row[f"{of}_{end}"], row["currency"]) for end in ("min", "max"))
    if least == most:
        return most
    return f"{t.number(round(row[f'{of}_min'])) if least[0].isdigit() else least}–{most}"


def rate(row: dict[str, Any], t: Language) -> str:
    """Return the client's own rate for an hour."""
    value = row["hourly_rate"]
    return t.money(value, row["currency"], 0 if value == round(value) else 2)
