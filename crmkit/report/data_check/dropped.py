"""What was dropped or changed on reading, with the reasons in words."""

from __future__ import annotations

from typing import Any

from crmkit.report.cells import records_of
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal, reason_word, source_name, table
from crmkit.report.language import Language
from crmkit.report.table_block import NOTHING, Cell
from crmkit.report.text.words import WORDS, word

#: Steps that say something else than what became of rows: what was read, and which accounts are no people.
_OTHERS = ("read", "accounts")
#: Steps in which rows are lost.
_LOST = ("open", "filter", "combine", "match")


def dropped(examined: Examined) -> Block:
    """Return every row that was dropped or changed, counted by its reason.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="dropped")
    t, ledger = known.t, known.prepared.ledger
    n_read = int(ledger.loc[ledger["step"] == "read", "n_rows"].sum())
    rows = records_of(ledger[~ledger["step"].isin(_OTHERS)].sort_values("n_rows", ascending=False))
    headings = {
        t.gettext("Quelle"): False,
        t.gettext("Schritt"): False,
        t.gettext("Grund"): False,
        t.gettext("Zeilen"): True,
        t.gettext("Anteil"): True,
    }
    body = [_cells(row, t) for row in rows]
    return internal(
        table(t.gettext("Ausgelassen und geändert"), headings, body, stacked=True), finding=_finding(rows, n_read, t)
    )


def _finding(rows: list[dict[str, Any]], n_read: int, t: Language) -> str:
    lost = [row for row in rows if row["step"] in _LOST]
    n_lost = sum(row["n_rows"] for row in lost)
    if not n_lost:
        return t.ngettext(
            "Keine der {n} gelesenen Zeilen ging verloren.", "Keine der {n} gelesenen Zeilen ging verloren.", n_read
        )
    return t.gettext(
        "{n} von {total} gelesenen Zeilen ({share}) zählen nicht; häufigster Grund: {reason}.",
        n=t.number(n_lost),
        total=t.number(n_read),
        share=t.percent(n_lost / n_read, 1) if n_read else NOTHING,
        reason=reason_word(lost[0]["reason"], t),
    )


def _cells(row: dict[str, Any], t: Language) -> list[Cell]:
    step = word(t, "ledger_step", row["step"]) if row["step"] in WORDS["ledger_step"] else row["step"]
    return [
        Cell(source_name(row["source"], t)),
        Cell(step),
        Cell(reason_word(row["reason"], t)),
        Cell(t.number(row["n_rows"]), "num"),
        Cell(NOTHING if row["share"] is None else t.percent(row["share"], 1), "num"),
    ]
