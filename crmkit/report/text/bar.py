"""The one bar of the first page: all licences, by how they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.report import palette
from crmkit.report.cells import count, rows_of, total_of
from crmkit.report.language import N_, Language
from crmkit.report.text.evidence import evidence_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Bands of the last login → role in the palette.
_BANDS = {"within_4_weeks": "step_1", "weeks_5_12": "step_2", "over_12_weeks": "step_3", "never": "step_4"}


@dataclass(frozen=True)
class BarPart:
    """A part of the bar; `n` is its length, None where it is masked."""

    name: str
    number: str
    n: int | None
    colour: str


@dataclass(frozen=True)
class Bar:
    """The bar and the sentence that reads it out."""

    title: str
    parts: tuple[BarPart, ...]

    @property
    def sentence(self) -> str:
        """The bar in one line."""
        return f"{self.title} " + " · ".join(f"{part.number} {part.name}" for part in self.parts)


def bar_of(shown: Mapping[str, ProtectedTable], t: Language) -> Bar | None:
    """Return the bar, or None where neither segments nor last logins nor licences are known."""
    standing = shown.get("standing")
    if standing is not None and len(standing.frame) and standing.tier in ("A", "B"):
        return _segments(standing, _purchased(shown), t)
    if standing is not None and len(standing.frame) and standing.tier == "C":
        return _bands(standing, t)
    return _licences(shown, t)


def _segments(standing: ProtectedTable, n_purchased: int | None, t: Language) -> Bar:
    rows = [row for row in rows_of(standing) if row["n"] != 0 or row["segment"] in ("regular", "occasional", "rare")]
    parts = [_part(row["segment"], row["n"], row["segment"], "segment", t) for row in rows]
    known = total_of(rows)
    if n_purchased is None or (known is not None and known > n_purchased):
        if known is None:
            return Bar(_title(N_("Konten:"), N_("Konten, {log}:"), known, standing, t), tuple(parts))
        return Bar(_title(N_("Von {n} Konten:"), N_("Von {n} Konten, {log}:"), known, standing, t), tuple(parts))
    if known is not None and known < n_purchased:
        parts.append(_part("unassigned", n_purchased - known, "track", "segment", t))
    title = _title(N_("Von {n} Lizenzen:"), N_("Von {n} Lizenzen, {log}:"), n_purchased, standing, t)
    return Bar(title, tuple(parts))


def _title(text: str, with_log: str, n: int | None, standing: ProtectedTable, t: Language) -> str:
    """Return what the bar is a bar of, with the log that it rests on where that is less than views."""
    number = count(n, t)
    if standing.tier != "B":
        return t.gettext(text, n=number)
    return t.gettext(with_log, n=number, log=word(t, "log", evidence_of(standing.definition)))


def _bands(standing: ProtectedTable, t: Language) -> Bar:
    rows = rows_of(standing)
    total = next((row["n_total"] for row in rows if row["n_total"] is not None), None)
    title = t.gettext("Letzte Anmeldung von {n} Konten:", n=count(total, t))
    return Bar(title, tuple(_part(row["band"], row["n"], _BANDS.get(row["band"], "step_4"), "band", t) for row in rows))


def _licences(shown: Mapping[str, ProtectedTable], t: Language) -> Bar | None:
    rows: list[dict[str, Any]] = rows_of(shown["licence_use"]) if "licence_use" in shown else []
    n_purchased, n_assigned = (total_of(rows, name) if rows else None for name in ("n_purchased", "n_assigned"))
    if n_purchased is None or n_assigned is None or n_assigned > n_purchased:
        return None
    parts = [
        BarPart(t.gettext("vergeben"), t.number(n_assigned), n_assigned, palette.css("regular")),
        BarPart(t.gettext("nicht vergeben"), t.number(n_purchased - n_assigned), n_purchased - n_assigned,
                palette.css("track")),
    ]  # fmt: skip
    return Bar(t.gettext("Von {n} Lizenzen:", n=t.number(n_purchased)), tuple(parts))


def _purchased(shown: Mapping[str, ProtectedTable]) -> int | None:
    rows = rows_of(shown["licence_use"]) if "licence_use" in shown else []
    return total_of(rows, "n_purchased") if rows else None


def _part(code: str, n: int | None, role: str, kind: str, t: Language) -> BarPart:
    return BarPart(word(t, kind, code), count(n, t), n, palette.css(role))
