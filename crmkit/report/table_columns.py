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
    "share": N_("Anteil"),
    "licence": N_("Lizenz"),
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
    "required_pace": N_("Tempo je Monat, Soll / Ist"),
    "deadline": N_("bis"),
    "status": N_("Stand"),
    "fit": N_("Passt es noch?"),
    "path": N_("Pfad"),
    "process": N_("Vorgang"),
    "purpose": N_("Zweck"),
    "hours_month_min": N_("Stunden je Monat, mindestens"),
    "hours_month_max": N_("Stunden je Monat, höchstens"),
    "crm_lacks": N_("Was dem CRM dafür fehlt"),
}

#: Heading that differs in a table: (table, column).
OWN_HEADINGS: dict[tuple[str, str], str] = {
    ("waterfall", "n"): N_("Anzahl"),
    ("licence_cost", "n"): N_("Lizenzen"),
    ("aggregates", "n"): N_("Personen"),
    ("aggregates", "band"): N_("Gruppe"),
    ("survey_items", "n"): N_("Antworten"),
    ("licence_cost", "kind"): N_("Lizenzkosten"),
}

#: What stands above a table.
TITLES: dict[str, str] = {
    "standing": N_("Konten nach Häufigkeit der Nutzung"),
    "last_logins": N_("Konten nach der Zeit seit der letzten Anmeldung"),
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
    "licence_figures": N_("Drei Zahlen, die zusammengehören"),
    "usage_series": N_("Nutzung je Monat"),
    "goals": N_("Ziele und ihr Stand"),
    "goal_path": N_("Messwerte und Zielpfad"),
    "change_log": N_("Änderungen"),
    "survey_items": N_("Antworten der Befragung"),
    "parallel_lists": N_("Was außerhalb des CRM geführt wird"),
}

#: Remarks that belong under a table.
REMARKS: dict[str, str] = {
    "licence_cost": N_("Die Beträge überschneiden sich und werden nicht addiert."),
    "parallel_lists": N_("Die Stunden sind Schätzungen, eine Annahme."),
    "goals": N_("Soll-Tempo: nötige Änderung je Monat bis zum Ziel. Ist-Tempo: beobachtete Änderung je Monat."),
    "standing": N_("Anteile beziehen sich auf ausgewertete Konten."),
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
    "licence_figures": ("metric", "value", "n", "n_total"),
    "goals": ("wording", "baseline", "actual", "target", "required_pace", "deadline", "status", "fit"),
    "goal_path": ("goal_id", "month", "path", "value"),
    "usage_series": ("month", "metric", "n", "n_total", "share"),
}  # fmt: skip

#: Column → kind of words for its codes; `kind` depends on the table.
CODES: dict[str, str] = {
    "segment": "segment", "detail": "detail", "band": "band", "area": "area", "n_areas": "n_areas", "step": "step",
    "metric": "metric", "item": "item", "answer": "answer", "status": "status", "fit": "fit", "path": "path",
}  # fmt: skip
KINDS: dict[str, str] = {"change_log": "change", "licence_cost": "cost"}

#: How columns are written; all others are text.
PERCENT = frozenset({"share", "coverage_share"})
NUMBERS = frozenset({"hours_month_min", "hours_month_max"})
DATES = frozenset({"date", "notice_date", "deadline", "start"})
AMOUNTS = frozenset({"baseline", "actual", "target"})
