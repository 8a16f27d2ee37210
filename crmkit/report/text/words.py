"""The words for every code, once: code → German text, which the catalogue translates."""

from __future__ import annotations

from crmkit.report.language import N_, Language

WORDS: dict[str, dict[str, str]] = {
    "segment": {
        "regular": N_("regelmäßig"),
        "occasional": N_("gelegentlich"),
        "rare": N_("selten"),
        "no_write_trace": N_("ohne Schreibspur"),
        "not_assessable": N_("noch nicht auswertbar"),
        "unassigned": N_("frei oder technisch"),
    },
    "detail": {
        "rare": N_("seltene Nutzung im Zeitraum"),
        "dormant": N_("früher genutzt, derzeit ohne Nutzung"),
        "never": N_("bisher ohne Nutzung"),
    },
    "band": {
        "within_4_weeks": N_("vor bis zu 4 Wochen"),
        "weeks_5_12": N_("vor 5–12 Wochen"),
        "over_12_weeks": N_("vor über 12 Wochen"),
        "never": N_("noch nie"),
    },
    "area": {
        "sales": N_("Vertrieb"),
        "marketing": N_("Marketing"),
        "service": N_("Service"),
        "shared": N_("Übergreifend"),
        "other": N_("Sonstige"),
    },
    "n_areas": {
        "0": N_("kein CRM-Bereich"),
        "1": N_("ein CRM-Bereich"),
        "2": N_("zwei CRM-Bereiche"),
        "3+": N_("drei oder mehr"),
    },
    "change": {
        "technical": N_("technisch"),
        "organisational": N_("organisatorisch"),
        "cultural": N_("kulturell"),
    },
    "cost": {
        "without_use": N_("Lizenzkosten ohne erkennbare Nutzung"),
        "reassignable": N_("neu vergebbar"),
        "adjustable": N_("zum Vertragstermin anpassbar"),
    },
    "metric": {
        "usage_rate": N_("Nutzungsquote"),
        "regular_share": N_("Anteil regelmäßiger Nutzung"),
        "cost_per_regular_year": N_("Lizenzkosten je regelmäßig genutztem Konto im Jahr"),
        "active": N_("Nutzungsquote"),
        "regular": N_("davon regelmäßig"),
        "active_users": N_("aktive Nutzer"),
        "regular_users": N_("regelmäßige Nutzer"),
        "breadth": N_("Breite der Nutzung"),
        "data_quality": N_("Qualität der Daten"),
    },
    "status": {
        "not_measurable": N_("nicht messbar"),
        "reached": N_("erreicht"),
        "missed": N_("verfehlt"),
        "too_early": N_("noch zu früh"),
        "on_track": N_("auf Kurs"),
        "at_risk": N_("gefährdet"),
        "off_track": N_("Ziel so nicht erreichbar"),
    },
    "fit": {
        "fits": N_("passt"),
        "adjust": N_("anpassen"),
        "reached": N_("erreicht"),
        "stop": N_("beenden"),
    },
    "measure": {
        "open": N_("offen"),
        "done": N_("erledigt"),
        "dropped": N_("verworfen"),
    },
    "answer": {
        "agree": N_("stimme zu"),
        "neutral": N_("teils, teils"),
        "disagree": N_("stimme nicht zu"),
        "cannot_judge": N_("kann ich nicht beurteilen"),
    },
    "question": {
        "needs": N_("Was brauchen die Teams dafür?"),
        "gain": N_("Was haben die Mitarbeitenden persönlich davon?"),
        "value": N_("Was ist der unternehmerische Mehrwert?"),
        "hurdles": N_("Wo liegen die echten Hürden, und wie begegnen wir ihnen?"),
    },
    "item": {
        "1": N_("Das CRM hilft mir, meine Aufgaben besser zu erledigen."),
        "2": N_("Ich finde im CRM Kundeninformationen, die mir sonst fehlen würden."),
        "3": N_("Häufige Arbeitsschritte gehen im CRM leicht von der Hand."),
        "4": N_("Der Aufwand im CRM steht in einem guten Verhältnis zum Nutzen."),
        "5": N_("Auf die Daten im CRM kann ich mich verlassen."),
        "6": N_("Bei Fragen zum CRM bekomme ich schnell Hilfe."),
        "7": N_("Unsere Führungskräfte arbeiten selbst mit dem CRM."),
        "8": N_("Ich kenne unsere Ziele für das CRM."),
        "9": N_("Wissen über Kunden zu teilen ist bei uns selbstverständlich."),
        "10": N_("Ich arbeite gern mit dem CRM."),
        "11": N_("Unsere Kunden haben etwas davon, dass wir mit dem CRM arbeiten."),
        "12": N_("Kundendaten führe ich häufig auch außerhalb des CRM."),
        "14": N_("Auch bei freier Wahl würde ich weiter mit dem CRM arbeiten."),
    },
    "evidence": {
        "views": N_("Ansichten und Änderungen"),
        "logins": N_("Anmeldungen"),
        "changes": N_("Datenpflege"),
    },
    "path": {
        "actual": N_("Messwert"),
        "target": N_("Zielpfad"),
    },
    "note": {
        "unit_before_area": N_("Ein Ort, der beides sein kann, ist als Organisationseinheit verstanden."),
    },
    "export": {
        "page_views": N_("ein Protokoll der Ansichten je Person und Tag"),
        "login_history": N_("ein Anmeldeverlauf oder ein Protokoll der Änderungen"),
        "user_list": N_("eine Benutzerliste mit letzter Anmeldung"),
    },
    "step": {
        "purchased": N_("Lizenzen gekauft"),
        "assigned": N_("Lizenzen vergeben"),
        "persons": N_("Personen"),
        "active_contract": N_("davon im Unternehmen"),
        "past_onboarding": N_("Einarbeitung abgeschlossen"),
        "assessed": N_("ausgewertet"),
    },
    "ledger_step": {
        "read": N_("gelesen"),
        "open": N_("beim Öffnen ausgelassen"),
        "filter": N_("ausgelassen"),
        "combine": N_("zusammengeführt"),
        "match": N_("nicht zugeordnet"),
        "change": N_("geändert"),
    },
    "source": {
        "licences": N_("Lizenzliste"),
        "changes": N_("Liste der Änderungen"),
        "measures": N_("Liste der Maßnahmen"),
        "parallel_lists": N_("Parallelstrukturen"),
        "survey": N_("Befragung"),
        "voices": N_("Interviews"),
        "outcomes": N_("Begleitende Kennzahlen"),
        "aggregates": N_("Auswertung des Auftraggebers"),
        "org_map": N_("Zuordnung der Einheiten"),
        "availability": N_("Verfügbarkeit"),
    },
    "reason": {
        "read": N_("alle Zeilen"),
        "blank_row": N_("leere Zeile"),
        "repeated_header": N_("wiederholte Kopfzeile"),
        "footer": N_("Fußzeile"),
        "failed_login": N_("fehlgeschlagene Anmeldung"),
        "not_an_action": N_("keine Handlung einer Person"),
        "duplicate": N_("doppelte Zeile"),
        "covered_by_later_export": N_("in einem späteren Export enthalten"),
        "licence_manager": N_("Konto der Lizenzverwaltung"),
        "assumed_end": N_("Ende angenommen"),
        "machine_channel": N_("Schnittstelle oder Hintergrund"),
        "no_time": N_("ohne Zeitpunkt"),
        "no_user": N_("ohne Benutzer"),
        "unknown_user": N_("unbekannter Benutzer"),
        "unknown_event_type": N_("unbekannte Art von Ereignis"),
        "unreadable_date": N_("Datum nicht lesbar"),
        "not_in_user_list": N_("nicht in der Benutzerliste"),
    },
    "log": {
        "logins": N_("laut Anmeldungen"),
        "changes": N_("laut Datenpflege"),
    },
    "action": {
        "login": N_("Anmeldung"),
        "view": N_("Ansicht"),
        "write": N_("Änderung"),
        "export": N_("Export"),
    },
    "channel": {
        "ui": N_("Oberfläche des CRM"),
        "mobile": N_("mobile App"),
        "addin": N_("Erweiterung (etwa in Outlook)"),
        "api": N_("Schnittstelle"),
        "background": N_("Hintergrund"),
    },
}


def word(language: Language, kind: str, code: str) -> str:
    """Return the word for a code, in the language; a code without a word stands for itself."""
    known = WORDS[kind].get(str(code))
    return language.gettext(known) if known else str(code)
