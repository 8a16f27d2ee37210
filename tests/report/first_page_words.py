"""What the first page says in each case of `first_page_cases.py`, worked out by hand from its tables."""

# ruff: noqa: E501

WORDS = {
    "compared": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Nutzungsquote am 29.06.2025 104 von 190 (55 %), am 28.06.2026 119 von 190 (63 %): +7,9 Prozentpunkte. 8 Änderungen seit Juli 2025: 4 technisch, 2 organisatorisch und 2 kulturell.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
Usage rate on 29 Jun 2025 104 of 190 (55%), on 28 Jun 2026 119 of 190 (63%): +7.9 percentage points. 8 changes since July 2025: 4 technical, 2 organisational and 2 cultural.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "compared_by_logins": {
        "de": """
Laut Anmeldungen: 50 von 150 ausgewerteten Konten (33 %) werden regelmäßig genutzt, 40 (27 %) gelegentlich und 60 (40 %) selten.
Von 158 Konten, laut Anmeldungen:
50 regelmäßig · 40 gelegentlich · 60 selten · 8 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 90 von 150 (60 %), davon regelmäßig 50 von 150 (33 %).
Was hat sich verändert?
Laut Anmeldungen: Nutzungsquote am 29.06.2025 90 von 150 (60 %), am 28.06.2026 90 von 150 (60 %): ±0,0 Prozentpunkte.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe B (Anmeldungen), 6. April – 28. Juni 2026. Eine Anmeldung ist noch keine Arbeit im CRM: Die Anteile sind nach oben unsicher.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
According to logins: 50 of 150 accounts assessed (33%) are used regularly, 40 (27%) occasionally and 60 (40%) rarely.
Of 158 accounts, according to logins:
50 regularly · 40 occasionally · 60 rarely · 8 not yet assessable
Where do we stand today?
Usage rate 90 of 150 (60%), regular use 50 of 150 (33%).
What has changed?
According to logins: Usage rate on 29 Jun 2025 90 of 150 (60%), on 28 Jun 2026 90 of 150 (60%): ±0.0 percentage points.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier B (logins), 6 April – 28 June 2026. A login is not yet work in the CRM: the shares may be too high.
What comes next
Next retrospective: date still open.
""",
    },
    "compared_and_masked": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Die Zahlen sind zu klein, um sie zu zeigen.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
The numbers are too small to be shown.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "refused_not_kept": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Von der letzten Retrospektive sind keine Zahlen festgehalten; verglichen wird ab heute. Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
No figures of the last retrospective were kept; comparison begins today. Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "refused_crm_changed": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Seit der letzten Retrospektive wurde das CRM-System gewechselt: Die Zahlen sind nicht vergleichbar. Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
The CRM system has been changed since the last retrospective: the figures cannot be compared. Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "refused_too_close": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Die letzte Retrospektive liegt weniger als ein Auswertungsfenster zurück; beide würden sich überschneiden. Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
The last retrospective is less than one window ago; the two would overlap. Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "refused_no_log": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Für den Stichtag der letzten Retrospektive liegt kein Protokoll vor; verglichen wird nicht. Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
There is no log for the day of the last retrospective; nothing is compared. Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "refused_definition_changed": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Die letzte Retrospektive wurde nach einer anderen Definition ausgewertet und lässt sich mit den heutigen Daten nicht neu berechnen: Die Zahlen sind nicht vergleichbar. Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
The last retrospective was counted under another definition and cannot be counted anew from today's data: the figures cannot be compared. Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "everything": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 220 Lizenzen:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar · 20 frei oder technisch
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190). 8 Änderungen seit Juli 2025: 4 technisch, 2 organisatorisch und 2 kulturell.
Passen unsere Ziele noch?
2 Ziele: 1 gefährdet und 1 auf Kurs. Entschieden: 1 × „passt“. Vorgeschlagen: 1 × „passt“.
Ziele
gefährdet Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.
Ist 46, Ziel 48 bis 15.10.2026
Soll-Tempo +0,6, Ist-Tempo +0,3 je Monat
auf Kurs Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
Heute zu entscheiden
Lizenzumfang festlegen
Training ausweiten
Vertrag
220 Lizenzen, Vertragssumme 353.520 € im Jahr; nächster Kündigungstermin 30. September 2026.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: 10. Dezember 2026.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 220 licences:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable · 20 free or technical
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
Usage rate 55% (104 of 190) in September 2025, 63% (119 of 190) in June 2026. 8 changes since July 2025: 4 technical, 2 organisational and 2 cultural.
Do our goals still fit?
2 goals: 1 at risk and 1 on track. Decided: 1 × “fits”. Suggested: 1 × “fits”.
Goals
at risk Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.
Now 46, target 48 by 15 Oct 2026
Required pace +0.6, observed pace +0.3 a month
on track Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
To decide today
Lizenzumfang festlegen
Training ausweiten
Contract
220 licences, contract sum €353,520 a year; next notice date 30 September 2026.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: 10 December 2026.
""",
    },
    "first_time": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive. 1 Änderung seit Juli 2025: 1 organisatorisch.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
Baseline: comparisons begin with the next retrospective. 1 change since July 2025: 1 organisational.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "first_reading_only": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Ausgangsmessung Juni 2026: Nutzungsquote 63 % (119 von 190).
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
Baseline June 2026: usage rate 63% (119 of 190).
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "later_without_readings": {
        "de": """
58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten.
Von 200 Konten:
58 regelmäßig · 61 gelegentlich · 71 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 119 von 190 (63 %), davon regelmäßig 58 von 190 (31 %).
Was hat sich verändert?
Zum Verlauf der Nutzung liegen keine Daten vor.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Lizenzumfang festlegen
Training ausweiten
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: 10. Dezember 2026.
""",
        "en": """
58 of 190 accounts assessed (31%) are used regularly, 61 (32%) occasionally and 71 (37%) rarely.
Of 200 accounts:
58 regularly · 61 occasionally · 71 rarely · 10 not yet assessable
Where do we stand today?
Usage rate 119 of 190 (63%), regular use 58 of 190 (31%).
What has changed?
There are no data on use over time.
Do our goals still fit?
No goal has been agreed yet.
To decide today
Lizenzumfang festlegen
Training ausweiten
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: 10 December 2026.
""",
    },
    "masked": {
        "de": """
90 von 153 ausgewerteten Konten (59 %) werden selten genutzt.
Von 220 Lizenzen:
· regelmäßig · · gelegentlich · 90 selten · 10 noch nicht auswertbar
Wo stehen wir heute?
Die Zahlen sind zu klein, um sie zu zeigen.
Was hat sich verändert?
Die Zahlen sind zu klein, um sie zu zeigen.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen, Vertragssumme 353.520 € im Jahr; nächster Kündigungstermin 30. September 2026.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum. „·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
90 of 153 accounts assessed (59%) are used rarely.
Of 220 licences:
· regularly · · occasionally · 90 rarely · 10 not yet assessable
Where do we stand today?
The numbers are too small to be shown.
What has changed?
The numbers are too small to be shown.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences, contract sum €353,520 a year; next notice date 30 September 2026.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why. “·” is not shown: fewer than 5 people, all or none of a group, or computable from other figures.
What comes next
Next retrospective: date still open.
""",
    },
    "nobody_assessable": {
        "de": """
Noch ist kein Konto auswertbar.
Von 12 Konten:
0 regelmäßig · 0 gelegentlich · 0 selten · 12 noch nicht auswertbar
Wo stehen wir heute?
Noch ist kein Konto auswertbar.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
No account can be assessed yet.
Of 12 accounts:
0 regularly · 0 occasionally · 0 rarely · 12 not yet assessable
Where do we stand today?
No account can be assessed yet.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why.
What comes next
Next retrospective: date still open.
""",
    },
    "small_client": {
        "de": """
14 von 35 ausgewerteten Konten (40 %) werden regelmäßig genutzt, 9 (26 %) gelegentlich und 12 (34 %) selten.
Von 40 Konten:
14 regelmäßig · 9 gelegentlich · 12 selten · 5 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 23 von 35 (66 %), davon regelmäßig 14 von 35 (40 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum. Bei weniger als 60 Personen zeigt der Bericht nur Gesamtzahlen, damit niemand zu erkennen ist.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 35 accounts assessed (40%) are used regularly, 9 (26%) occasionally and 12 (34%) rarely.
Of 40 accounts:
14 regularly · 9 occasionally · 12 rarely · 5 not yet assessable
Where do we stand today?
Usage rate 23 of 35 (66%), regular use 14 of 35 (40%).
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why. With fewer than 60 people the report shows totals only, so that nobody can be recognised.
What comes next
Next retrospective: date still open.
""",
    },
    "totals_only": {
        "de": """
14 von 35 ausgewerteten Konten (40 %) werden regelmäßig genutzt, 9 (26 %) gelegentlich und 12 (34 %) selten.
Von 40 Konten:
14 regelmäßig · 9 gelegentlich · 12 selten · 5 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 23 von 35 (66 %), davon regelmäßig 14 von 35 (40 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum. Vereinbart sind Gesamtzahlen: Organisationseinheiten zeigt der Bericht nicht.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 35 accounts assessed (40%) are used regularly, 9 (26%) occasionally and 12 (34%) rarely.
Of 40 accounts:
14 regularly · 9 occasionally · 12 rarely · 5 not yet assessable
Where do we stand today?
Usage rate 23 of 35 (66%), regular use 14 of 35 (40%).
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why. Totals were agreed: the report shows no organisational units.
What comes next
Next retrospective: date still open.
""",
    },
    "holidays": {
        "de": """
14 von 35 ausgewerteten Konten (40 %) werden regelmäßig genutzt, 9 (26 %) gelegentlich und 12 (34 %) selten.
Von 40 Konten:
14 regelmäßig · 9 gelegentlich · 12 selten · 5 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 23 von 35 (66 %), davon regelmäßig 14 von 35 (40 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum. Der Zeitraum enthält Wochen der Sommerferien; die Werte können niedriger sein als sonst. Der Zeitraum enthält die Wochen um Weihnachten und Neujahr; die Werte können niedriger sein als sonst.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 35 accounts assessed (40%) are used regularly, 9 (26%) occasionally and 12 (34%) rarely.
Of 40 accounts:
14 regularly · 9 occasionally · 12 rarely · 5 not yet assessable
Where do we stand today?
Usage rate 23 of 35 (66%), regular use 14 of 35 (40%).
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why. The period includes weeks of the summer holidays; the values may be lower than usual. The period includes the weeks around Christmas and New Year; the values may be lower than usual.
What comes next
Next retrospective: date still open.
""",
    },
    "records_changed": {
        "de": """
Laut Datenpflege: 50 von 170 ausgewerteten Konten (29 %) werden regelmäßig genutzt, 40 (24 %) gelegentlich und 60 (35 %) selten; 20 (12 %) sind ohne Schreibspur.
Von 220 Lizenzen, laut Datenpflege:
50 regelmäßig · 40 gelegentlich · 60 selten · 20 ohne Schreibspur · 8 noch nicht auswertbar · 42 frei oder technisch
Wo stehen wir heute?
Nutzungsquote 90 von 170 (53 %), davon regelmäßig 50 von 170 (29 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen, Vertragssumme 353.520 € im Jahr; nächster Kündigungstermin 30. September 2026.
Grundlage
Datenstufe B (Datenpflege), 6. April – 28. Juni 2026. Wer nur liest, hinterlässt keine Spur: Nutzung ohne Datenpflege ist nicht zu sehen.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
According to changed records: 50 of 170 accounts assessed (29%) are used regularly, 40 (24%) occasionally and 60 (35%) rarely; 20 (12%) leave no write trace.
Of 220 licences, according to changed records:
50 regularly · 40 occasionally · 60 rarely · 20 no write trace · 8 not yet assessable · 42 free or technical
Where do we stand today?
Usage rate 90 of 170 (53%), regular use 50 of 170 (29%).
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences, contract sum €353,520 a year; next notice date 30 September 2026.
Basis
Data tier B (changed records), 6 April – 28 June 2026. Reading leaves no trace: use without changes to records cannot be seen.
What comes next
Next retrospective: date still open.
""",
    },
    "logins": {
        "de": """
Laut Anmeldungen: 50 von 150 ausgewerteten Konten (33 %) werden regelmäßig genutzt, 40 (27 %) gelegentlich und 60 (40 %) selten.
Von 158 Konten, laut Anmeldungen:
50 regelmäßig · 40 gelegentlich · 60 selten · 8 noch nicht auswertbar
Wo stehen wir heute?
Nutzungsquote 90 von 150 (60 %), davon regelmäßig 50 von 150 (33 %).
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe B (Anmeldungen), 6. April – 28. Juni 2026. Eine Anmeldung ist noch keine Arbeit im CRM: Die Anteile sind nach oben unsicher.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
According to logins: 50 of 150 accounts assessed (33%) are used regularly, 40 (27%) occasionally and 60 (40%) rarely.
Of 158 accounts, according to logins:
50 regularly · 40 occasionally · 60 rarely · 8 not yet assessable
Where do we stand today?
Usage rate 90 of 150 (60%), regular use 50 of 150 (33%).
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier B (logins), 6 April – 28 June 2026. A login is not yet work in the CRM: the shares may be too high.
What comes next
Next retrospective: date still open.
""",
    },
    "last_logins": {
        "de": """
Bei 14 von 36 Konten (39 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. 7 Konten waren noch nie angemeldet.
Letzte Anmeldung von 36 Konten:
14 vor höchstens 4 Wochen · 9 vor 5–12 Wochen · 6 vor über 12 Wochen · 7 noch nie
Wo stehen wir heute?
Mehr Aufschluss gäbe ein Anmeldeverlauf oder ein Protokoll der Änderungen.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe C (letzte Anmeldung), 6. April – 28. Juni 2026. Aussagen zur Regelmäßigkeit sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 36 accounts (39%) last logged in up to 4 weeks ago. 7 accounts have never logged in.
Last login of 36 accounts:
14 at most 4 weeks ago · 9 5–12 weeks ago · 6 over 12 weeks ago · 7 never
Where do we stand today?
What would say more about use: a login history or a log of changes.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier C (last login), 6 April – 28 June 2026. Nothing can be said about regularity.
What comes next
Next retrospective: date still open.
""",
    },
    "last_logins_of_a_few": {
        "de": """
Die Zahlen sind zu klein, um sie zu zeigen.
Letzte Anmeldung von 37 Konten:
· vor höchstens 4 Wochen · · vor 5–12 Wochen · 16 vor über 12 Wochen · 9 noch nie
Wo stehen wir heute?
Mehr Aufschluss gäbe ein Anmeldeverlauf oder ein Protokoll der Änderungen.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe C (letzte Anmeldung), 6. April – 28. Juni 2026. Aussagen zur Regelmäßigkeit sind nicht möglich. „·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
The numbers are too small to be shown.
Last login of 37 accounts:
· at most 4 weeks ago · · 5–12 weeks ago · 16 over 12 weeks ago · 9 never
Where do we stand today?
What would say more about use: a login history or a log of changes.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier C (last login), 6 April – 28 June 2026. Nothing can be said about regularity. “·” is not shown: fewer than 5 people, all or none of a group, or computable from other figures.
What comes next
Next retrospective: date still open.
""",
    },
    "one_never_logged_in": {
        "de": """
Bei 14 von 36 Konten (39 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. 1 Konto war noch nie angemeldet.
Letzte Anmeldung von 36 Konten:
14 vor höchstens 4 Wochen · 9 vor 5–12 Wochen · 6 vor über 12 Wochen · 1 noch nie
Wo stehen wir heute?
Mehr Aufschluss gäbe ein Anmeldeverlauf oder ein Protokoll der Änderungen.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe C (letzte Anmeldung), 6. April – 28. Juni 2026. Aussagen zur Regelmäßigkeit sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 36 accounts (39%) last logged in up to 4 weeks ago. 1 account has never logged in.
Last login of 36 accounts:
14 at most 4 weeks ago · 9 5–12 weeks ago · 6 over 12 weeks ago · 1 never
Where do we stand today?
What would say more about use: a login history or a log of changes.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier C (last login), 6 April – 28 June 2026. Nothing can be said about regularity.
What comes next
Next retrospective: date still open.
""",
    },
    "licences_alone": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Von 220 Lizenzen:
209 vergeben · 11 nicht vergeben
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen; nächster Kündigungstermin 30. September 2026.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Of 220 licences:
209 assigned · 11 not assigned
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences; next notice date 30 September 2026.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "notice_date_passed": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Von 220 Lizenzen:
209 vergeben · 11 nicht vergeben
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen, Vertragssumme 353.520 € im Jahr; der Kündigungstermin 27. Juni 2026 ist verstrichen.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Of 220 licences:
209 assigned · 11 not assigned
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences, contract sum €353,520 a year; the notice date 27 June 2026 has passed.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "no_notice_date": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Von 220 Lizenzen:
209 vergeben · 11 nicht vergeben
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen, Vertragssumme 353.520 € im Jahr; ein Kündigungstermin ist nicht bekannt.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Of 220 licences:
209 assigned · 11 not assigned
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences, contract sum €353,520 a year; no notice date is known.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goal_begun": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
1 Ziel: 1 noch zu früh. Vorgeschlagen: 1 × „passt“.
Ziele
noch zu früh Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
1 goal: 1 too early. Suggested: 1 × “fits”.
Goals
too early Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "two_currencies": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Von 220 Lizenzen:
209 vergeben · 11 nicht vergeben
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
220 Lizenzen, Vertragssumme 346.320 € und 7.200 CHF im Jahr; nächster Kündigungstermin 30. September 2026.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Of 220 licences:
209 assigned · 11 not assigned
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
220 licences, contract sum €346,320 and CHF7,200 a year; next notice date 30 September 2026.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "own_figures": {
        "de": """
Vom Auftraggeber gezählt, von 89 Personen: 40 (45 %) regelmäßig, 29 (33 %) gelegentlich und 20 (22 %) selten.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe E (gelieferte Auswertung), 6. April – 28. Juni 2026. Die Zahlen stehen hier, wie sie geliefert wurden; nachrechnen lassen sie sich nicht.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
Counted by the client, of 89 people: 40 (45%) regelmäßig, 29 (33%) gelegentlich and 20 (22%) selten.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier E (client's own figures), 6 April – 28 June 2026. The figures stand here as they were delivered; they cannot be recomputed.
What comes next
Next retrospective: date still open.
""",
    },
    "own_figures_some_masked": {
        "de": """
Der Auftraggeber hat 133 Personen in 3 Organisationseinheiten ausgezählt, in 3 Gruppen.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe E (gelieferte Auswertung), 6. April – 28. Juni 2026. Die Zahlen stehen hier, wie sie geliefert wurden; nachrechnen lassen sie sich nicht.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
The client has counted 133 people in 3 organisational units, in 3 groups.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier E (client's own figures), 6 April – 28 June 2026. The figures stand here as they were delivered; they cannot be recomputed.
What comes next
Next retrospective: date still open.
""",
    },
    "own_figures_all_masked": {
        "de": """
Der Auftraggeber hat 3 Organisationseinheiten ausgezählt, in 3 Gruppen.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe E (gelieferte Auswertung), 6. April – 28. Juni 2026. Die Zahlen stehen hier, wie sie geliefert wurden; nachrechnen lassen sie sich nicht.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
The client has counted 3 organisational units, in 3 groups.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier E (client's own figures), 6 April – 28 June 2026. The figures stand here as they were delivered; they cannot be recomputed.
What comes next
Next retrospective: date still open.
""",
    },
    "nothing": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goal_without_reading": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
1 Ziel vereinbart, noch ohne Messwert.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
1 goal agreed, no reading yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goals_without_reading": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
2 Ziele vereinbart, noch ohne Messwert.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
2 goals agreed, no readings yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "one_goal": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Das Ziel ist auf Kurs. Vorgeschlagen: 1 × „passt“.
Ziele
auf Kurs Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
The goal is on track. Suggested: 1 × “fits”.
Goals
on track Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goal_not_measurable": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Das Ziel ist nicht messbar; ein Vorschlag steht aus.
Ziele
nicht messbar Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.
Die Gruppe ist zu klein, um sie für sich zu zeigen.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
The goal is not measurable; there is no suggestion yet.
Goals
not measurable Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.
The group is too small to be shown by itself.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goals_of_all_kinds": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
6 Ziele: 1 so nicht erreichbar, 1 gefährdet, 1 nicht messbar, 1 auf Kurs, 1 noch zu früh und 1 erreicht. Entschieden: 1 × „passt“ und 1 × „erreicht“. Vorgeschlagen: 2 × „passt“ und 1 × „anpassen“. Noch ohne Vorschlag: 1.
Ziele
so nicht erreichbar Wir wollen die Kundenzufriedenheit in 12 Monaten auf 8,5 erhöhen.
Ist 7,9, Ziel 8,5 Punkte von 10 bis 15.01.2027
Soll-Tempo +0,08, Ist-Tempo +0,05 je Monat
gefährdet Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.
Ist 46, Ziel 48 bis 15.10.2026
Soll-Tempo +0,6, Ist-Tempo +0,3 je Monat
nicht messbar Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.
Die Gruppe ist zu klein, um sie für sich zu zeigen. Messbar wäre das Ziel in Vertrieb › Nord.
auf Kurs Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
noch zu früh Wir wollen die Nutzungsquote in 12 Monaten halten.
bis 15.10.2026
und 1 weiteres Ziel
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
6 goals: 1 off track, 1 at risk, 1 not measurable, 1 on track, 1 too early and 1 reached. Decided: 1 × “fits” and 1 × “reached”. Suggested: 2 × “fits” and 1 × “to adjust”. Without a suggestion so far: 1.
Goals
off track Wir wollen die Kundenzufriedenheit in 12 Monaten auf 8,5 erhöhen.
Now 7.9, target 8.5 Punkte von 10 by 15 Jan 2027
Required pace +0.08, observed pace +0.05 a month
at risk Wir wollen die Zahl der aktiven Nutzer im Vertrieb in 9 Monaten um 20 % erhöhen.
Now 46, target 48 by 15 Oct 2026
Required pace +0.6, observed pace +0.3 a month
not measurable Wir wollen die Zahl der regelmäßigen Nutzer im Einkauf in 6 Monaten um 10 % erhöhen.
The group is too small to be shown by itself. The goal would be measurable in Vertrieb › Nord.
on track Wir wollen die Nutzungsquote bis 31.12.2026 auf 75 % steigern.
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
too early Wir wollen die Nutzungsquote in 12 Monaten halten.
by 15 Oct 2026
and 1 more goal
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "seven_goals": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
7 Ziele: 7 auf Kurs. Vorgeschlagen: 7 × „passt“.
Ziele
auf Kurs Ziel a
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
auf Kurs Ziel b
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
auf Kurs Ziel c
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
auf Kurs Ziel d
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
auf Kurs Ziel e
Ist 63 %, Ziel 75 % bis 31.12.2026
Soll-Tempo +2,0 Prozentpunkte, Ist-Tempo +3,0 Prozentpunkte je Monat
und 2 weitere Ziele
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
7 goals: 7 on track. Suggested: 7 × “fits”.
Goals
on track Ziel a
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
on track Ziel b
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
on track Ziel c
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
on track Ziel d
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
on track Ziel e
Now 63%, target 75% by 31 Dec 2026
Required pace +2.0 percentage points, observed pace +3.0 percentage points a month
and 2 more goals
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "accounts_some_masked": {
        "de": """
90 von 153 ausgewerteten Konten (59 %) werden selten genutzt.
Konten:
· regelmäßig · · gelegentlich · 90 selten · 8 noch nicht auswertbar
Wo stehen wir heute?
Die Zahlen sind zu klein, um sie zu zeigen.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe A (Ansichten und Änderungen), 6. April – 28. Juni 2026. Die Zahlen sagen, wie oft und wo gearbeitet wird, nicht, wie gut oder warum. „·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
90 of 153 accounts assessed (59%) are used rarely.
Accounts:
· regularly · · occasionally · 90 rarely · 8 not yet assessable
Where do we stand today?
The numbers are too small to be shown.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier A (views and changes), 6 April – 28 June 2026. The figures say how often and where people work, not how well or why. “·” is not shown: fewer than 5 people, all or none of a group, or computable from other figures.
What comes next
Next retrospective: date still open.
""",
    },
    "logins_of_a_few": {
        "de": """
Laut Anmeldungen: 90 von 153 ausgewerteten Konten (59 %) werden selten genutzt.
Konten, laut Anmeldungen:
· regelmäßig · · gelegentlich · 90 selten · 8 noch nicht auswertbar
Wo stehen wir heute?
Mehr Aufschluss gäbe ein Protokoll der Ansichten je Person und Tag.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe B (Anmeldungen), 6. April – 28. Juni 2026. Eine Anmeldung ist noch keine Arbeit im CRM: Die Anteile sind nach oben unsicher. „·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
According to logins: 90 of 153 accounts assessed (59%) are used rarely.
Accounts, according to logins:
· regularly · · occasionally · 90 rarely · 8 not yet assessable
Where do we stand today?
What would say more about use: a log of views per person and day.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier B (logins), 6 April – 28 June 2026. A login is not yet work in the CRM: the shares may be too high. “·” is not shown: fewer than 5 people, all or none of a group, or computable from other figures.
What comes next
Next retrospective: date still open.
""",
    },
    "goal_missed": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Das Ziel ist verfehlt. Entschieden: 1 × „beenden“.
Ziele
verfehlt Wir wollen die Nutzungsquote bis 31.05.2026 auf 75 % steigern.
Ist 63 %, Ziel 75 % bis 31.05.2026
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
The goal is missed. Decided: 1 × “to stop”.
Goals
missed Wir wollen die Nutzungsquote bis 31.05.2026 auf 75 % steigern.
Now 63%, target 75% by 31 May 2026
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goals_without_data": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
5 Ziele: 5 nicht messbar. Vorgeschlagen: 5 × „anpassen“.
Ziele
nicht messbar Ziel 1
Es gibt keinen aktuellen Messwert.
nicht messbar Ziel 2
Das Protokoll deckt den letzten Zeitraum nicht weit genug ab.
nicht messbar Ziel 3
Zu Organisationseinheiten zeigt dieser Bericht keine Zahlen.
nicht messbar Ziel 4
Aus der Zeit vor dem Start gibt es keinen Messwert zum Vergleich.
nicht messbar Ziel 5
Die Daten zeigen keine Regelmäßigkeit; ein Anmelde- oder Nutzungsprotokoll würde es.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
5 goals: 5 not measurable. Suggested: 5 × “to adjust”.
Goals
not measurable Ziel 1
There is no recent reading.
not measurable Ziel 2
The log does not cover enough of the last period.
not measurable Ziel 3
This report shows no figures of organisational units.
not measurable Ziel 4
There is no reading from before the start to compare with.
not measurable Ziel 5
The data show no regularity; a log of logins or of use would.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goals_without_sense": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
5 Ziele: 5 nicht messbar. Vorgeschlagen: 5 × „anpassen“.
Ziele
nicht messbar Ziel 1
Seit dem Start hat sich geändert, was als Nutzung zählt; die Messwerte sind nicht vergleichbar.
nicht messbar Ziel 2
Zum Start war der Wert null oder kleiner; ein Prozentsatz davon sagt nichts.
nicht messbar Ziel 3
Das Ziel läge außerhalb des Möglichen: mehr als alle oder weniger als niemand.
nicht messbar Ziel 4
Das Ziel war schon zum Start erreicht.
nicht messbar Ziel 5
Der Schritt ist kleiner als die übliche Schwankung von Quartal zu Quartal.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
5 goals: 5 not measurable. Suggested: 5 × “to adjust”.
Goals
not measurable Ziel 1
What counts as use has changed since the start; the readings cannot be compared.
not measurable Ziel 2
At the start the value was zero or less; a percentage of it says nothing.
not measurable Ziel 3
The target would be beyond what is possible: more than everybody or less than nobody.
not measurable Ziel 4
The target was reached at the start already.
not measurable Ziel 5
The step is smaller than the usual fluctuation from quarter to quarter.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "goals_for_the_whole": {
        "de": """
Zur Nutzung liegen keine Daten vor.
Wo stehen wir heute?
Mehr Aufschluss gäbe eine Benutzerliste mit letzter Anmeldung.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
2 Ziele: 2 nicht messbar. Vorgeschlagen: 2 × „anpassen“.
Ziele
nicht messbar Ziel 1
Zu dieser Kennzahl sind noch keine Werte geliefert. Messbar wäre das Ziel im ganzen Unternehmen.
nicht messbar Ziel 2
Die Gruppe ist zu klein, um sie für sich zu zeigen. Messbar wäre das Ziel im ganzen Unternehmen.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe D (Lizenzliste). Aussagen zur Nutzung sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
There are no data on use.
Where do we stand today?
What would say more about use: a user list with last logins.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
2 goals: 2 not measurable. Suggested: 2 × “to adjust”.
Goals
not measurable Ziel 1
No values of this figure have been supplied yet. The goal would be measurable in the whole company.
not measurable Ziel 2
The group is too small to be shown by itself. The goal would be measurable in the whole company.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier D (licence list). Nothing can be said about use.
What comes next
Next retrospective: date still open.
""",
    },
    "last_logins_of_a_later_list": {
        "de": """
Bei 14 von 44 Konten (32 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. 7 Konten waren noch nie angemeldet.
Letzte Anmeldung von 44 Konten:
14 vor höchstens 4 Wochen · 9 vor 5–12 Wochen · 6 vor über 12 Wochen · 7 noch nie · 8 erst nach dem Stichtag bekannt
Wo stehen wir heute?
Mehr Aufschluss gäbe ein Anmeldeverlauf oder ein Protokoll der Änderungen.
Was hat sich verändert?
Ausgangsmessung: Verglichen wird ab der nächsten Retrospektive.
Passen unsere Ziele noch?
Noch ist kein Ziel vereinbart.
Heute zu entscheiden
Heute ist keine Entscheidung vorbereitet.
Vertrag
Zu Lizenzen und Vertrag liegen keine Angaben vor.
Grundlage
Datenstufe C (letzte Anmeldung), 6. April – 28. Juni 2026. Aussagen zur Regelmäßigkeit sind nicht möglich.
Wie es weitergeht
Nächste Retrospektive: Termin noch offen.
""",
        "en": """
14 of 44 accounts (32%) last logged in up to 4 weeks ago. 7 accounts have never logged in.
Last login of 44 accounts:
14 at most 4 weeks ago · 9 5–12 weeks ago · 6 over 12 weeks ago · 7 never · 8 known only after the reference date
Where do we stand today?
What would say more about use: a login history or a log of changes.
What has changed?
Baseline: comparisons begin with the next retrospective.
Do our goals still fit?
No goal has been agreed yet.
To decide today
No decision has been prepared for today.
Contract
Nothing is known about licences and contract.
Basis
Data tier C (last login), 6 April – 28 June 2026. Nothing can be said about regularity.
What comes next
Next retrospective: date still open.
""",
    },
}
