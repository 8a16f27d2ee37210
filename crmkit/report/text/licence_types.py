"""How the licences of all types are used, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of, total_of
from crmkit.report.language import Language
from crmkit.report.text.evidence import TOO_SMALL, according_to
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

Rows = list[dict[str, Any]]


def licence_types(table: ProtectedTable, t: Language) -> str:
    """Return how many licences are bought, assigned, free and used how often; types are never ranked."""
    rows = rows_of(table)
    said = [_bought(rows, t), _used(table, rows, t)]
    said += [
        t.gettext("{licence}: {remark}.", licence=row["licence"], remark=remark)
        for row in rows
        if (remark := more_assigned(row, t))
    ]
    return " ".join(sentence for sentence in said if sentence) or t.gettext(TOO_SMALL)


def more_assigned(row: dict[str, Any], t: Language) -> str:
    """Return that more licences of a type are assigned than were bought, empty where that is not so."""
    bought, assigned = row["n_purchased"], row["n_assigned"]
    if bought is None or assigned is None or assigned <= bought:
        return ""
    n = assigned - bought
    return t.ngettext("{n} Lizenz mehr vergeben als gekauft", "{n} Lizenzen mehr vergeben als gekauft", n)


def _bought(rows: Rows, t: Language) -> str:
    bought, assigned = total_of(rows, "n_purchased"), total_of(rows, "n_assigned")
    if bought is None:
        return ""
    if assigned is None:
        return t.gettext(
            "Gekauft sind {bought} Lizenzen; wie viele davon insgesamt vergeben sind, ist nicht darstellbar.",
            bought=t.number(bought),
        )
    free = sum(max(row["n_purchased"] - row["n_assigned"], 0) for row in rows)
    return t.gettext(
        "Von {bought} gekauften Lizenzen sind {assigned} vergeben und {free} frei.",
        bought=t.number(bought), assigned=t.number(assigned), free=t.number(free),
    )  # fmt: skip


def _used(table: ProtectedTable, rows: Rows, t: Language) -> str:
    """Return how often the licences are used; empty if a part is masked, since the others alone mislead."""
    codes = ("regular", "occasional", "rare")
    if table.tier not in ("A", "B") or not all(f"n_{code}" in table.frame for code in codes):
        return ""
    counts = {code: total_of(rows, f"n_{code}") for code in codes}
    parts = [f"{t.number(n)} {word(t, 'segment', code)}" for code, n in counts.items() if n is not None]
    if len(parts) < len(codes):
        return ""
    said = t.gettext("Genutzt werden {parts}.", parts=t.joined(parts))
    # Without its definition a table does not say which log it rests on.
    return said if table.definition is None else according_to(table, t, said)
