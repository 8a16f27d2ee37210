"""How deep and how broad use goes: who also writes, and in how many of the areas meant for a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import rows_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import TOO_SMALL, according_to
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

_HALF = 0.5


def write_share(row: dict[str, Any]) -> float | None:
    """Return the share of an area's users that also write, None where that is masked or the log cannot tell."""
    if not row["n"] or row.get("n_write") is None:
        return None
    return row["n_write"] / row["n"]


def of_area(row: dict[str, Any], t: Language) -> str:
    """Return how many of an area's users also write, as a clause; empty where that is not known."""
    share = write_share(row)
    if share is None:
        return ""
    everyone = N_("im CRM-Bereich {area} schreiben alle {total} auch")
    some = N_("im CRM-Bereich {area} schreiben {n} der {total} ({share}) auch, die übrigen sehen nur nach")
    return t.gettext(
        everyone if row["n_write"] == row["n"] else some,
        area=word(t, "area", row["area"]), n=t.number(row["n_write"]), total=t.number(row["n"]), share=t.percent(share),
    )  # fmt: skip


def of_units(units: list[list[dict[str, Any]]], t: Language) -> str:
    """Return in how many units at least half of the users of one of the given cells also write, as a clause."""
    shares = [[write_share(cell) for cell in cells] for cells in units]
    if not shares or any(share is None for of_unit in shares for share in of_unit):
        return ""
    n = sum(any(share is not None and share >= _HALF for share in of_unit) for of_unit in shares)
    return t.gettext("in {n} davon schreibt dort auch mindestens die Hälfte", n=t.number(n))


def spoken(words: str, row: dict[str, Any], t: Language) -> str:
    """Return words of a share with the share of writers, where that is known."""
    share = write_share(row)
    if share is None:
        return words
    return t.gettext("{share} (davon schreiben auch {write})", share=words, write=t.percent(share))


def role_breadth(table: ProtectedTable, t: Language) -> str:
    """Return how many of the regularly used accounts work in all areas meant for their role, else of the others."""
    rows = [row for row in rows_of(table) if row["relevant"] == "all" and row["n"] is not None and row["n_total"]]
    of_segment = {row["segment"]: row for row in rows}
    for segment in ("regular", "occasional", "rare"):
        if segment in of_segment:
            row = of_segment[segment]
            said = t.gettext(
                "{n} der {total} {how} genutzten Konten ({share}) werden in allen CRM-Bereichen genutzt, die für die "
                "Rolle vorgesehen sind.", n=t.number(row["n"]), total=t.number(row["n_total"]),
                how=word(t, "segment", segment), share=t.percent(row["n"] / row["n_total"]),
            )  # fmt: skip
            return according_to(table, t, said)
    return t.gettext(TOO_SMALL)
