"""Which columns each standard table shows, and how: headings, formats and words for codes."""

from __future__ import annotations

from crmkit.report.language import N_

#: Heading of a column, whatever the table.
HEADINGS: dict[str, str] = {
    "segment": N_("Nutzung"),
    "detail": N_("Nutzung"),
    "band": N_("Letzte Anmeldung"),
    "org_unit": N_("Organisationseinheit"),
    "area": N_("CRM-Bereich"),
    "n_areas": N_("Genutzte CRM-Bereiche"),
    "step": N_("Schritt"),
    "month": N_("Monat"),
    "metric": N_("Kennzahl"),
    "coverage_share": N_("Abdeckung"),
    "item": N_("Aussage"),
    "answer": N_("Antwort"),
    "definition": N_("Definition des Auftraggebers"),
    "n": N_("Konten"),
    "n_total": N_("von"),
    "n_write": N_("schreiben auch"),
    "write_share": N_("Anteil, der auch schreibt"),
    "relevant": N_("Genutzt von den für die Rolle vorgesehenen CRM-Bereichen"),
    "before_date": N_("Stand vorher"),
    "after_date": N_("Stand nachher"),
    "segment_before": N_("Nutzung vorher"),
    "segment_after": N_("Nutzung nachher"),
    "expected_share": N_("bei gleichen Gewohnheiten zu erwarten"),
    "months": N_("nach Monaten"),
    "cohort": N_("Startquartal"),
    "share": N_("Anteil"),
    "licence": N_("Lizenz"),
    "finding": N_("Auffälligkeit"),
    "n_weeks": N_("Wochen"),
    "n_weeks_total": N_("von Wochen"),
    "notice_date": N_("Kündigungstermin"),
    "n_purchased": N_("gekauft"),
    "n_assigned": N_("vergeben"),
    "n_regular": N_("regelmäßig"),
    "n_occasional": N_("gelegentlich"),
    "n_rare": N_("selten"),
    "n_no_write_trace": N_("ohne Schreibspur"),
    "n_not_assessable": N_("noch nicht auswertbar"),
    "cost_year": N_("Kosten im Jahr"),
    "kind": N_("Art"),
    "value": N_("Wert"),
    "date": N_("Datum"),
    "title": N_("Was sich geändert hat"),
    "goal_id": N_("Kennung"),
    "wording": N_("Ziel"),
    "baseline": N_("Ausgangsbasis"),
    "actual": N_("Ist"),
    "target": N_("Soll"),
    "required_pace": N_("Soll-Tempo"),
    "observed_pace": N_("Ist-Tempo"),
    "probability": N_("Aussicht"),
    "deadline": N_("bis"),
    "status": N_("Stand"),
    "fit": N_("Passt es noch?"),
    "path": N_("Pfad"),
    "process": N_("Vorgang"),
    "purpose": N_("Zweck"),
    "hours_month_min": N_("Stunden je Monat, mindestens"),
    "hours_month_max": N_("Stunden je Monat, höchstens"),
    "crm_lacks": N_("Was dem CRM dafür fehlt"),
    "outcome": N_("Eigene Kennzahl"),
    "unit": N_("Einheit"),
    "start": N_("Beginn"),
    "reason": N_("Warum nicht messbar"),
    "measurable_in": N_("messbar"),
    "fit_proposed": N_("Vorschlag"),
    "fit_code": N_("Grund des Vorschlags"),
    "frozen_date": N_("festgeschrieben am"),
    "changed": N_("Verändert seit dem Start"),
    "shape": N_("Form des Zielpfads"),
    "low": N_("Spanne, unten"),
    "high": N_("Spanne, oben"),
    "drifted_baseline": N_("Ausgangsbasis nach heutigen Daten"),
    "reachable": N_("erreichbar bis zur Frist"),
    "tending": N_("Letzte Messung für sich"),
    "agreed": N_("Festgeschrieben war"),
    "fingerprint": N_("Prüfzeichen"),
    "reason_again": N_("Begründung"),
    "moved": N_("Kommen und Gehen"),
    "meant": N_("so gemeint"),
    "change_value": N_("Änderung"),
    "n_baseline": N_("Konten zum Start"),
    "n_total_baseline": N_("von, zum Start"),
    "target_n": N_("Ziel in Konten"),
    "target_share": N_("Ziel als Anteil"),
    "group": N_("Gruppe"),
    "low_share": N_("mindestens"),
    "high_share": N_("höchstens"),
    "n_reassigned": N_("neu vergeben"),
    "cost_per_using_year": N_("Kosten je genutzter Lizenz im Jahr"),
    "n_purchased_before": N_("damals gekauft"),
    "cost_year_before": N_("Kosten im Jahr damals"),
    "moment": N_("Zeitraum"),
    "together": N_("Zugleich"),
    "season": N_("Ferien oder Feiertage"),
    "change_share": N_("Veränderung, Anteil"),
    "n_weeks_before": N_("Wochen davor"),
    "n_weeks_after": N_("Wochen danach"),
    "n_placebos": N_("andere Tage"),
    "comparison": N_("verglichen mit"),
    "result": N_("Ergebnis"),
    "level_share": N_("Verschiebung, Anteil"),
    "slope_share": N_("Änderung des Trends in 12 Wochen"),
    "placebo_low_share": N_("andere Tage, mindestens"),
    "placebo_high_share": N_("andere Tage, höchstens"),
}

#: Heading that differs in a table: (table, column).
OWN_HEADINGS: dict[tuple[str, str], str] = {
    ("waterfall", "n"): N_("Anzahl"),
    ("licence_cost", "n"): N_("Lizenzen"),
    ("aggregates", "n"): N_("Personen"),
    ("aggregates", "band"): N_("Gruppe"),
    ("goal_readings", "unit"): N_("Art der Änderung"),
    ("goal_readings", "share"): N_("Anteil zum Start"),
    ("survey_items", "n"): N_("Antworten"),
    ("licence_cost", "kind"): N_("Lizenzkosten"),
    ("licence_changes", "n_purchased"): N_("heute gekauft"),
    ("licence_changes", "cost_year"): N_("Kosten im Jahr heute"),
    ("comparison", "date"): N_("Stand"),
    ("comparison_units", "date"): N_("Stand"),
    ("movement", "kind"): N_("Bewegung"),
    ("retention", "n"): N_("regelmäßig oder gelegentlich"),
    ("time_to_regular", "n"): N_("noch beobachtet"),
    ("licence_cost_types", "n"): N_("Lizenzen"),
    ("licence_cost_types", "kind"): N_("Lizenzkosten"),
    ("licence_scenario", "n"): N_("dann genutzt"),
    ("licence_scenario", "n_total"): N_("von gekauften"),
    ("licence_scenario", "cost_year"): N_("Vertragspreis der neu vergebenen im Jahr"),
    ("definitions", "definition"): N_("Definition"),
    ("firmness", "kind"): N_("Annahme"),
    ("firmness", "share"): N_("im Bericht"),
    **dict.fromkeys((("before_after", "reason"), ("effects", "reason")), N_("Warum sich nichts sagen lässt")),
    ("before_after", "n"): N_("Personen je Woche"),
}

#: What stands above a table.
TITLES: dict[str, str] = {
    "standing": N_("Konten nach Häufigkeit der Nutzung"),
    "last_logins": N_("Konten nach der Zeit seit der letzten Anmeldung"),
    "logins_by_unit": N_("Letzte Anmeldung je Organisationseinheit"),
    "aggregates": N_("Auswertung des Auftraggebers, wie geliefert"),
    "details": N_("Seltene Nutzung im Einzelnen"),
    "intensity": N_("Konten mit mindestens zwei aktiven Tagen in den Wochen mit Nutzung"),
    "by_unit": N_("Häufigkeit der Nutzung je Organisationseinheit"),
    "area_usage": N_("Nutzung je CRM-Bereich"),
    "breadth": N_("Zahl der genutzten CRM-Bereiche nach Häufigkeit der Nutzung"),
    "unit_area": N_("Nutzung je Organisationseinheit und CRM-Bereich"),
    "waterfall": N_("Von gekauften Lizenzen zu ausgewerteten Konten"),
    "licence_use": N_("Lizenzen und ihre Nutzung"),
    "licence_cost": N_("Lizenzkosten in drei Blickwinkeln"),
    "licence_cost_types": N_("Lizenzkosten in drei Blickwinkeln, je Lizenzart"),
    "licence_scenario": N_("Was wäre, wenn Lizenzen neu vergeben würden"),
    "definitions": N_("Dieselben Konten nach anderen Definitionen der Nutzung"),
    "firmness": N_("Belastbarkeit der Zahlen"),
    "licence_figures": N_("Kennzahlen, die zusammengehören"),
    "usage_series": N_("Nutzung je Monat"),
    "goals": N_("Ziele und ihr Stand"),
    "goal_readings": N_("Was die Zahlen der Ziele bedeuten"),
    "goal_cohort": N_("Dieselben Menschen, damals und heute"),
    "goal_history": N_("Stand der Ziele je Monat"),
    "goal_path": N_("Messwerte und Zielpfad"),
    "change_log": N_("Änderungen"),
    "before_after": N_("Änderungen, und wie viele davor und danach im CRM arbeiteten"),
    "effects": N_("Änderungen und die Verschiebung der Nutzung"),
    "survey_items": N_("Antworten der Befragung"),
    "parallel_lists": N_("Was außerhalb des CRM geführt wird"),
    "findings": N_("Auffälligkeiten in den Benutzerlisten"),
    "log_findings": N_("Protokoll und Zeitraum"),
    "migration": N_("Häufigkeit der Nutzung vorher und nachher"),
    "movement": N_("Bewegung zwischen zwei Zeitpunkten"),
    "comparison": N_("Nutzung bei der letzten Retrospektive und heute"),
    "comparison_units": N_("Nutzungsquote je Organisationseinheit bei der letzten Retrospektive und heute"),
    "licence_changes": N_("Gekaufte Lizenzen damals und heute"),
    "time_to_regular": N_("Zeit bis zum ersten Quartal mit regelmäßiger Nutzung"),
    "retention": N_("Nutzung nach Startquartal (Quartal der ersten Lizenz)"),
    "main_area": N_("CRM-Bereich, in dem an den meisten Tagen gearbeitet wird"),
    "role_breadth": N_("Genutzte unter den für die Rolle vorgesehenen CRM-Bereichen"),
    "area_series": N_("Nutzung je CRM-Bereich und Monat"),
    "unit_series": N_("Nutzungsquote je Organisationseinheit und Quartal"),
}

#: Remarks that belong under a table.
REMARKS: dict[str, str] = {
    "licence_cost": N_("Die Beträge überschneiden sich und werden nicht addiert."),
    "licence_cost_types": N_("Die Beträge überschneiden sich und werden nicht addiert."),
    "licence_scenario": N_(
        "Eine Annahme, keine Zusage: Die neu vergebenen Lizenzen würden regelmäßig oder gelegentlich genutzt; "
        "gekauft bleiben gleich viele."
    ),
    "definitions": N_("Die Definitionen zählen Verschiedenes; ihre Anteile sind nicht ineinander umrechenbar."),
    "firmness": N_(
        "Spanne des Werts, wenn nur diese eine Annahme anders wäre; bei gleichen Gewohnheiten in 90 % der Fälle."
    ),
    "parallel_lists": N_("Die Stunden sind Schätzungen, eine Annahme."),
    "standing": N_("Anteile beziehen sich auf ausgewertete Konten."),
    "migration": N_("Gezählt sind Konten, die zu beiden Zeitpunkten ausgewertet sind."),
    "movement": N_("Anteile beziehen sich auf zu beiden Zeitpunkten ausgewertete Konten."),
    "time_to_regular": N_("Geschätzter Anteil der neuen Konten (Kaplan-Meier)."),
}

#: Columns that count by segment.
OF_SEGMENTS = frozenset({"n_regular", "n_occasional", "n_rare", "n_no_write_trace", "n_not_assessable"})

#: Columns that a table shows where it shows not all of them, in this order.
LAYOUTS: dict[str, tuple[str, ...]] = {
    "licence_use": (
        "licence", "n_purchased", "n_assigned", "n_regular", "n_occasional", "n_rare", "n_no_write_trace",
        "n_not_assessable", "cost_year", "notice_date",
    ),
    "licence_cost": ("kind", "n", "cost_year", "notice_date"),
    "licence_cost_types": ("licence", "kind", "n", "cost_year", "notice_date"),
    "movement": ("kind", "n", "n_total", "share"),
    "licence_scenario": ("licence", "n_reassigned", "n", "n_total", "share", "cost_per_using_year", "cost_year"),
    "firmness": ("metric", "share", "n", "n_total", "kind", "low_share", "high_share"),
    "licence_figures": ("metric", "value", "n", "n_total"),
    "goals": (
        "wording", "baseline", "target", "actual", "required_pace", "observed_pace", "probability", "status",
    ),
    "goal_path": ("goal_id", "month", "path", "value"),
    "goal_readings": ("goal_id", "unit", "n_baseline", "n_total_baseline", "target_n", "target_share"),
    "usage_series": ("month", "metric", "n", "n_total", "share"),
}  # fmt: skip

#: Column → kind of words for its codes; `kind` depends on the table.
CODES: dict[str, str] = {
    "finding": "finding",
    "segment": "segment", "detail": "detail", "band": "band", "area": "area", "n_areas": "n_areas", "step": "step",
    "metric": "metric", "item": "item", "answer": "answer", "status": "status", "fit": "fit", "path": "path",
    "segment_before": "segment", "segment_after": "segment", "relevant": "relevant", "group": "goal_cohort",
    "fit_proposed": "fit", "fit_code": "fit_code", "measurable_in": "place", "shape": "shape",
    "tending": "status", "moved": "goal_moved",
}  # fmt: skip
KINDS: dict[str, str] = {
    "change_log": "change", "before_after": "change", "effects": "change", "licence_cost": "cost",
    "licence_cost_types": "cost", "firmness": "firmness", "movement": "movement",
}  # fmt: skip
#: Codes of a column in one table: (table, column) → kind of words.
OWN_CODES: dict[tuple[str, str], str] = {
    ("definitions", "definition"): "definition",
    ("goals", "reason"): "goal_reason",
    **dict.fromkeys((("before_after", "reason"), ("effects", "reason")), "effect_reason"),
    ("before_after", "moment"): "effect_moment",
    ("before_after", "season"): "effect_season",
    ("effects", "result"): "effect",
    ("effects", "comparison"): "effect_comparison",
    ("goals", "changed"): "goal_change",
    ("goal_readings", "unit"): "goal_change_unit",
}
#: Tables whose rows stand below each other on a narrow page, each value with its heading.
STACKED = frozenset({"goals"})

#: How columns are written; all others are text.
PERCENT = frozenset(
    {
        "share",
        "coverage_share",
        "low_share",
        "high_share",
        "write_share",
        "expected_share",
        "target_share",
        "change_share",
        "level_share",
        "slope_share",
        "placebo_low_share",
        "placebo_high_share",
    }
)
NUMBERS = frozenset({"hours_month_min", "hours_month_max", "months"})
DATES = frozenset({"date", "notice_date", "deadline", "start", "before_date", "after_date", "frozen_date"})
#: Columns that are left out where no value of them is shown: the log may not tell reading from writing.
OPTIONAL = frozenset({"n_write", "write_share"})
PRICES = frozenset({"cost_year", "cost_year_before"})
AMOUNTS = frozenset({"baseline", "actual", "target", "low", "high", "drifted_baseline", "reachable"})
#: Changes of a goal a month.
PACES = frozenset({"required_pace", "observed_pace"})
