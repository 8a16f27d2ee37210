"""Usage of an organisational unit beside what its respondents say: one table, a row a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.report import table_columns as spec
from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.table_block import Cell, Column, block_of
from crmkit.report.table_notes import notes_of

if TYPE_CHECKING:
    from crmkit.privacy.protected import ProtectedTable


def survey_usage(survey_usage: ProtectedTable, survey_benefit: ProtectedTable, *, language: str = "de") -> Block:
    """Return the usage rate and the benefit index of each organisational unit beside each other.

    Parameters
    ----------
    survey_usage
        Table `survey_usage`: org_unit, n, n_total, share.
    survey_benefit
        Table `survey_benefit`: org_unit, n_total, index_share.
    language
        ``de`` or ``en``.

    Returns
    -------
    Block
        Units that both tables have, in the client's order; an absent block where there is none.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    """
    t = language_of(language)
    usage, benefit = (require_protected(table, name="survey_usage") for table in (survey_usage, survey_benefit))
    shares = {row["org_unit"]: row for row in rows_of(usage)}
    rows = [(row["org_unit"], shares[row["org_unit"]], row) for row in rows_of(benefit) if row["org_unit"] in shares]
    if not rows:
        return Block.absent(t.gettext("Dafür liegen keine Daten vor."))
    columns = [
        Column(t.gettext(spec.HEADINGS["org_unit"]), numeric=False),
        Column(t.gettext("Nutzungsquote"), numeric=True),
        Column(t.gettext("Konten"), numeric=True),
        Column(t.gettext("Themenindex „Nutzen“"), numeric=True),
        Column(t.gettext("Antworten"), numeric=True),
    ]
    body = [_cells(unit, used, said, t) for unit, used, said in rows]
    notes = [t.gettext("Zwei Zahlen derselben Einheit; wer geantwortet hat, ist mit niemandes Nutzung verbunden.")]
    title = t.gettext("Nutzung und Nutzen je Organisationseinheit")
    return block_of(title, columns, body, [*notes_of("survey_usage", usage, t), *notes], (usage, benefit), stacked=True)


def _cells(unit: str, used: dict[str, Any], said: dict[str, Any], t: Language) -> list[Cell]:
    index = None if said["index_share"] is None else t.number(100 * said["index_share"])
    return [
        Cell(unit.replace("/", " › ")),
        _number(None if used["share"] is None else t.percent(used["share"])),
        _number(None if used["n_total"] is None else t.number(used["n_total"])),
        _number(index),
        _number(None if said["n_total"] is None else t.number(said["n_total"])),
    ]


def _number(words: str | None) -> Cell:
    return Cell(MASKED, "num masked") if words is None else Cell(words, "num")
