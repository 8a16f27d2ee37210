"""What the logs cover: a lane a source over time, and a list of the gaps."""

from __future__ import annotations

from dataclasses import replace

from crmkit.report.cells import records_of
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, require_examined
from crmkit.report.data_check.making import internal, source_name, table
from crmkit.report.markup import fill
from crmkit.report.table_block import Cell

#: Gaps that are listed.
_MOST = 20


def coverage(examined: Examined) -> Block:
    """Return a picture of the days that each source covers, and the gaps of logs.

    Parameters
    ----------
    examined
        From `examine`.
    """
    from crmkit.report.charts.source_lanes import source_lanes

    known = require_examined(examined, name="coverage")
    dated = known.overview[known.overview["first_date"].notna()]
    if dated.empty:
        return internal(finding=known.t.gettext("Keine Quelle nennt einzelne Tage."))
    chart = source_lanes(
        known.prepared.coverage, dated, known.gaps, window=known.window,
        names={source: source_name(source, known.t) for source in dated["source"]}, language=known.t.code,
    )  # fmt: skip
    figure = fill("figure", name="source-lanes", finding=chart.finding, svg=chart.svg(), caption=chart.caption)
    return replace(internal(figure, _gaps_table(known)), finding=chart.finding)


def _gaps_table(known: Examined) -> str:
    t, first, last = known.t, *known.window
    rows = records_of(known.gaps)
    body = [
        [
            Cell(source_name(row["source"], t)),
            Cell(f"{t.date(row['from_date'], short=True)} – {t.date(row['to_date'], short=True)}", "date"),
            Cell(t.number(row["n_days"]), "num"),
            Cell(t.gettext("ja") if row["from_date"] <= last and row["to_date"] >= first else t.gettext("nein")),
        ]
        for row in sorted(rows, key=lambda row: row["to_date"], reverse=True)[:_MOST]
    ]
    headings = {
        t.gettext("Quelle"): False,
        t.gettext("offen"): False,
        t.gettext("Arbeitstage"): True,
        t.gettext("im Zeitraum"): False,
    }
    more = t.gettext("{n} weitere sind nicht gezeigt.", n=t.number(len(rows) - _MOST)) if len(rows) > _MOST else ""
    closed = t.gettext("War der Betrieb an diesen Tagen geschlossen, gehört das in client.yml: calendar, free_days.")
    return table(t.gettext("Lücken in den Protokollen"), headings, body, more, closed, stacked=True)
