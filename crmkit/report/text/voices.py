"""What the survey and the interviews say, in sentences: with numbers, nothing ranked but questions and hurdles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report.cells import require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import N_, Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text.evidence import TOO_SMALL, out_of
from crmkit.report.text.words import word

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable

#: Note of a table whose survey too few answered, or nobody knows how many of those invited.
MOOD = "mood"
#: Hurdles that the sentence names.
_NAMED = 3


def items(table: ProtectedTable, t: Language) -> str:
    """Return the questions with the largest and smallest share of agreement."""
    shown = [row for row in rows_of(table) if row["answer"] == "agree" and row["n"] is not None and row["n_total"]]
    ranked = sorted(shown, key=lambda row: -row["n"] / row["n_total"])
    if not ranked:
        return t.gettext(TOO_SMALL)
    most, least = ranked[0], ranked[-1]
    said = _agreement(N_("Die meiste Zustimmung: „{item}“, {share}."), most, t)
    other = _agreement(N_("Die geringste: „{item}“, {share}."), least, t)
    return as_mood(table, said if least is most else f"{said} {other}", t)


def _agreement(text: str, row: dict[str, Any], t: Language) -> str:
    item = word(t, "item", row["item"]).rstrip(".")
    return t.gettext(text, item=item, share=out_of(row["n"], row["n_total"], t))


def as_mood(table: ProtectedTable, said: str, t: Language) -> str:
    """Return a finding, labelled where the survey shows a mood only."""
    return f"{word(t, 'note', MOOD)} {said}" if MOOD in table.notes else said


def response(table: ProtectedTable | None, t: Language) -> str:
    """Return how many of those invited answered, and when; empty where that is not known."""
    rows = [row for row in rows_of(table) if row["org_unit"] == ""] if table is not None else []
    if table is None or not rows or rows[0]["n"] is None:
        return ""
    n, invited = rows[0]["n"], rows[0]["n_total"]
    if invited is None:
        said = t.ngettext(
            "{n} Antwortbogen; wie viele eingeladen waren, ist nicht bekannt",
            "{n} Antwortbögen; wie viele eingeladen waren, ist nicht bekannt", n,
        )  # fmt: skip
    else:
        said = t.gettext(
            "Von {invited} Eingeladenen haben {n} ({share}) geantwortet",
            invited=t.number(invited), n=t.number(n), share=t.percent(n / invited),
        )  # fmt: skip
    return f"{said}, {t.span(table.window)}" if table.window else said


def topics(table: ProtectedTable, t: Language) -> str:
    """Return the topics with their index."""
    shown = [row for row in rows_of(table) if row["index_share"] is not None]
    if not shown:
        return t.gettext(TOO_SMALL)
    parts = [f"{word(t, 'topic', row['topic'])} {t.number(100 * row['index_share'])}" for row in shown]
    return as_mood(table, t.gettext("Von 100 möglichen Punkten: {topics}.", topics=t.joined(parts)), t)


def hurdles(table: ProtectedTable, t: Language) -> str:
    """Return the hurdles that are named most often."""
    shown = [row for row in rows_of(table) if row["n"] and row["n_total"] and row["hurdle"] != "none"]
    named = sorted(shown, key=lambda row: -row["n"])[:_NAMED]
    if not named:
        return t.gettext(TOO_SMALL)
    parts = [
        t.gettext("„{hurdle}“ ({share})", hurdle=word(t, "hurdle", r["hurdle"]), share=t.percent(r["n"] / r["n_total"]))
        for r in named
    ]
    said = t.gettext("Am häufigsten genannt: {hurdles}.", hurdles=t.joined(parts))
    return as_mood(table, said, t)


def by_unit(table: ProtectedTable, t: Language) -> str:
    """Return how many of the cells can be shown; units are not compared with each other."""
    rows = rows_of(table)
    n_units, n_shown = len({row["org_unit"] for row in rows}), sum(row["n"] is not None for row in rows)
    if not n_shown:
        return t.gettext(TOO_SMALL)
    said = t.ngettext(
        "Aus {n} Organisationseinheit liegen genug Antworten vor, um sie für sich zu zeigen.",
        "Aus {n} Organisationseinheiten liegen genug Antworten vor, um sie für sich zu zeigen.", n_units,
    )  # fmt: skip
    return as_mood(table, said, t)


def interviews(themes: ProtectedTable, quotes: ProtectedTable, *, language: str = "de") -> Block:
    """Return the themes of the interviews with what was said and released.

    Parameters
    ----------
    themes
        Table `interview_themes`.
    quotes
        Table `interview_quotes`.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        Theme by theme how many speak of it, and their paraphrases. An absent block where nothing was released.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    known, said = (require_protected(table, name="text.interviews") for table in (themes, quotes))
    if known.frame.empty:
        return Block.absent(t.gettext("Es gibt noch keine freigegebenen Interviews."))
    rows = rows_of(known)
    groups = [(row["theme"], _count(row, t), _quotes(said, row["theme"])) for row in rows]
    html = fill("interviews", title=t.gettext("Was in Interviews gesagt wurde"), lead=_lead(rows, t), groups=groups)
    return Block(html, as_text(html), tables=(known, said))


def _count(row: dict[str, Any], t: Language) -> str:
    return t.ngettext("in {n} Interview", "in {n} Interviews", row["n_interviews"])


def _quotes(quotes: ProtectedTable, theme: str) -> list[tuple[str, str]]:
    return [(row["paraphrase"], row["role_group"]) for row in rows_of(quotes) if row["theme"] == theme]


def _lead(rows: list[dict[str, Any]], t: Language) -> str:
    said = t.ngettext(
        "Aus {n} Interview; wiedergegeben ist sinngemäß, was freigegeben wurde.",
        "Aus {n} Interviews; wiedergegeben ist sinngemäß, was die Befragten freigegeben haben.",
        rows[0]["n_interviews_all"],
    )  # fmt: skip
    left = rows[0]["n_not_released"]
    more = t.ngettext("{n} Aussage ist nicht freigegeben.", "{n} Aussagen sind nicht freigegeben.", left)
    return f"{said} {more}" if left else said
