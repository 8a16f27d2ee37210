"""The accounts: whose are people's, and by which sign the others were told apart."""

from __future__ import annotations

from crmkit.report.cells import records_of
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal, sign_word, source_name, table
from crmkit.report.language import Language
from crmkit.report.table_block import Cell
from crmkit.report.text.words import word

#: Kinds of accounts that are no people's.
KINDS = ("service", "portal", "test")


def accounts(examined: Examined) -> Block:
    """Return how many accounts are people's, and the signs of those that are not.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="accounts")
    t, users, ledger = known.t, known.prepared.users, known.prepared.ledger
    if users.empty:
        return internal(finding=t.gettext("Konten sind nicht geliefert."))
    rows = records_of(ledger[ledger["step"] == "accounts"])
    body = [
        [
            Cell(word(t, "account_kind", kind)),
            Cell(sign_word(sign, t)),
            Cell(source_name(row["source"], t)),
            Cell(t.number(row["n_rows"]), "num"),
        ]
        for row in sorted(rows, key=lambda row: -row["n_rows"])
        for kind, sign in [split(row["reason"])]
    ]
    headings = {
        t.gettext("Art"): False,
        t.gettext("Zeichen"): False,
        t.gettext("Quelle"): False,
        t.gettext("Konten"): True,
    }
    note = t.gettext("Wer in mehreren Listen steht, zählt hier in jeder.")
    title = t.gettext("Konten, die keine Personen sind")
    return internal(table(title, headings, body, note, stacked=True), finding=_finding(known, t))


def split(reason: str) -> tuple[str, str]:
    """Return the kind of an account and its sign, which the ledger has in one.

    Examples
    --------
    >>> split("service_user_type")
    ('service', 'user_type')
    """
    kind, _, sign = reason.partition("_")
    return (kind, sign) if kind in KINDS and sign else ("service", reason)


def _finding(known: Examined, t: Language) -> str:
    counts = known.prepared.users["account_type"].value_counts()
    n_people, n_all = int(counts.get("person", 0)), int(counts.sum())
    n_last = int(known.prepared.users["last_login"].notna().sum())
    if n_people == n_all:
        said = t.ngettext("Das eine Konto gehört einer Person.", "Alle {n} Konten gehören Personen.", n_all)
    else:
        others = [_counted(kind, int(counts[kind]), t) for kind in KINDS if kind in counts]
        said = t.gettext(
            "{n} von {total} Konten gehören Personen; dazu {others}.",
            n=t.number(n_people),
            total=t.number(n_all),
            others=t.joined(others),
        )
    return said if n_last else f"{said} {t.gettext('Letzte Anmeldungen stehen bei keinem.')}"


def _counted(kind: str, n: int, t: Language) -> str:
    """Return a number of accounts of a kind: ``5 Dienstkonten``."""
    said = {
        "service": lambda: t.ngettext("{n} Dienstkonto", "{n} Dienstkonten", n),
        "portal": lambda: t.ngettext("{n} Portalkonto", "{n} Portalkonten", n),
        "test": lambda: t.ngettext("{n} Testkonto", "{n} Testkonten", n),
    }
    return said[kind]()
