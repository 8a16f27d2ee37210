"""What the exports allow anyone to say, and the one export that would allow more."""

from __future__ import annotations

from crmkit.method import tiers
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal
from crmkit.report.markup import fill
from crmkit.report.text.evidence import limit, tier_label
from crmkit.report.text.words import word


def standing(examined: Examined) -> Block:
    """Return the data tier of the window, what its figures cannot say, and what would lift it.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="standing")
    t = known.t
    finding = f"{tier_label(known.tier, known.definition, t)}."
    return internal(
        fill("paragraphs", paragraphs=[limit(known.tier, known.definition, t), _next(known)]), finding=finding
    )


def _next(known: Examined) -> str:
    t, lift = known.t, tiers.lift(known.tier)
    if not lift:
        return t.gettext("Eine höhere Datenstufe gibt es nicht.")
    return t.gettext("Die nächste Datenstufe bringt: {export}.", export=word(t, "export", lift))
