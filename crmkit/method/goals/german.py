"""German goal sentences as data."""

from __future__ import annotations

from fractions import Fraction

from crmkit.method.goals.grammar import Grammar, number_pattern, words

_UNITS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TEENS = (
    "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_NUMBERS: dict[str, Fraction] = {
    **{word: Fraction(n) for n, word in enumerate((*_UNITS, *_TEENS), start=1)},
    **{word: Fraction(10 * n) for n, word in enumerate(_TENS, start=2)},
    **{f"{u}und{t}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
    **dict.fromkeys(("eins", "eine", "einen", "einem", "einer", "eines"), Fraction(1)),
    **{
        "zwo": Fraction(2),
        "hundert": Fraction(100),
        "einhundert": Fraction(100),
        "zweihundert": Fraction(200),
        "tausend": Fraction(1000),
        "eintausend": Fraction(1000),
    },
    **dict.fromkeys(("anderthalb", "eineinhalb"), Fraction(3, 2)),
    **{"zweieinhalb": Fraction(5, 2)},
    **dict.fromkeys(("einem halben", "ein halbes", "ein halbe", "eines halben"), Fraction(1, 2)),
}
_FRACTIONS = {
    "die hälfte": Fraction(1, 2), "ein drittel": Fraction(1, 3), "zwei drittel": Fraction(2, 3),
    "ein viertel": Fraction(1, 4), "drei viertel": Fraction(3, 4), "dreiviertel": Fraction(3, 4),
    "ein fünftel": Fraction(1, 5), "zwei fünftel": Fraction(2, 5), "ein zehntel": Fraction(1, 10),
    "ein achtel": Fraction(1, 8),
}  # fmt: skip
_MONTHS = (
    ("Januar", "Jänner", "Jan."), ("Februar", "Feb."), ("März",), ("April", "Apr."), ("Mai",), ("Juni",), ("Juli",),
    ("August", "Aug."), ("September", "Sept."), ("Oktober", "Okt."), ("November", "Nov."), ("Dezember", "Dez."),
)  # fmt: skip
_N = number_pattern(_NUMBERS, ".")
_MONTH = words(dict.fromkeys(name for names in _MONTHS for name in names))
_UNTIL = r"bis (?:spätestens )?(?:zum )?"
_THE = r"(?:(?:die|der|den|das|unsere?[rn]?|eine[rn]?) )?"
_USERS = (
    r"(?:CRM-)?(?:(?:Nutzer|Anwender|Benutzer)innen und (?:Nutzer|Anwender|Benutzer)n?"
    r"|(?:Nutzer|Anwender|Benutzer)(?:[*:_]innen|Innen|innen)?n?|Nutzenden|User(?:[*:_]innen)?s?n?)"
)
_COUNT_OF = rf"(?:{_THE}(?:Zahl|Anzahl) (?:der |unserer |von )?)?"
_NIVEAU = r"(?:heutigen|jetzigen|aktuellen|derzeitigen|gleichen|bisherigen)"
_IN = r"(?:in|innerhalb(?: von)?|binnen|über|für)"
_NEXT = r"(?:(?:den|der|die|das) )?(?:(?:nächsten|kommenden|folgenden) )?"

_MARKERS = (
    "wir wollen möchten die der das den im um auf bis soll sollen sollte zahl anzahl nutzer nutzerinnen aktive "
    "aktiven aktiver nutzungsquote datenqualität monaten monate jahr jahren quartalen wochen prozent mehr "
    "weniger bereich erhöhen steigern senken halten unser unsere ziel ist"
)
_PERIODS = {
    r"Monat.*": (1, "months"),
    r"Woche.*": (7, "days"),
    r"Tag.*": (1, "days"),
    r"(?:Quartal|Vierteljahr).*": (3, "months"),
    r"Dreivierteljahr.*": (9, "months"),
    r"Halbjahr.*": (6, "months"),
    r"Jahr.*": (12, "months"),
}
_WRITTEN = {
    "sentence": "Wir wollen {metric} {place} {deadline} {amount} {verb}.",
    "up": "erhöhen",
    "down": "senken",
    "keep": "halten",
    "active_users": "die Zahl der aktiven Nutzer",
    "regular_users": "die Zahl der regelmäßigen Nutzer",
    "usage_rate": "die Nutzungsquote",
    "breadth": "die Nutzungsbreite",
    "data_quality": "die Datenqualität",
    "place": "im Bereich {name}",
    "unit": "in der Organisationseinheit {name}",
    "area": "im CRM-Bereich {name}",
    "term": "in {n} Monaten",
    "term_1": "in 1 Monat",
    "while": "{n} Monate lang",
    "while_1": "1 Monat lang",
    "until": "bis {day:02}.{month:02}.{year:04}",
    "while_until": "bis {day:02}.{month:02}.{year:04}",
    "relative": "um {n} %",
    "points": "um {n} Prozentpunkte",
    "points_1": "um 1 Prozentpunkt",
    "absolute": "um {n} Nutzer",
    "third": "um ein Drittel",
    "two_thirds": "um zwei Drittel",
    "target_share": "auf {n} %",
    "target_count": "auf {n} Nutzer",
    "keep_share": "bei {n} %",
    "keep_count": "bei {n} Nutzern",
    "quoted": "„{name}“",
    "decimal": ",",
}

GRAMMAR = Grammar(
    language="de",
    example="Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen.",
    parts={
        "the metric": "die Zahl der aktiven Nutzer",
        "the verb": "erhöhen",
        "the amount": "um 20 %",
        "the deadline": "in 9 Monaten",
    },
    markers=_MARKERS,
    numbers=_NUMBERS,
    fractions=_FRACTIONS,
    group=".",
    months=_MONTHS,
    terms=(
        rf"(?:{_IN} {_NEXT})?(?P<n>{_N})\s?(?P<period>Monate?n?|Tage?n?|Wochen?|Quartale?n?|Jahre?n?|Vierteljahre?n?"
        r"|Dreivierteljahre?n?|Halbjahre?n?)(?: lang)?",
        r"(?:in|innerhalb|binnen) (?P<n>eines) (?P<period>Monats|Quartals|Jahres|Vierteljahres|Halbjahres)",
    ),
    periods=_PERIODS,
    dates=(
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}})",
        rf"{_UNTIL}(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH}) (?P<year>\d{{4}})",
        rf"{_UNTIL}Ende (?:des Monats )?(?P<month>{_MONTH}) (?P<year>\d{{4}})",
        rf"{_UNTIL}(?:Ende (?:des )?)Q(?P<quarter>[1-4])[ /](?P<year>\d{{4}})",
        rf"{_UNTIL}(?:Ende (?:des )?)(?P<quarter>[1-4])\. Quartals? (?P<year>\d{{4}})",
        rf"{_UNTIL}(?:Ende (?:des Jahres )?|Jahresende )(?P<year>\d{{4}})",
        rf"{_UNTIL}(?:Ende (?:des|dieses) Jahres|Jahresende)",
    ),
    unclear_dates={
        rf"{_UNTIL}(?:{_MONTH}|Q[1-4]) \d{{4}}": 'begin or end? Write "bis Ende Dezember 2026" or a day',
        rf"{_UNTIL}\d{{1,2}}[./]\d{{4}}": 'begin or end? Write "bis Ende Dezember 2026" or a day',
        rf"{_UNTIL}\d{{4}}": 'begin or end? Write "bis Ende 2026" or a day',
        rf"{_UNTIL}\d+/\d+/\d+": 'day or month first? Write "bis 31.12.2026"',
    },
    percent=r"%|v\.\s?H\.|Prozent",
    points=r"Prozent-?punkt(?:en?)?|%-?\s?Punkt(?:en?)?|PP",
    people=rf"{_USERS}|Personen|Köpfe|Leute|Mitarbeitenden?|Beschäftigten?",
    by=r"um (?:mindestens |wenigstens )?",
    to=r"(?:auf|bei) (?:mindestens |wenigstens )?",
    of=r"(?:von )?(?:mindestens |wenigstens )?",
    more="mehr",
    fewer="weniger",
    level=rf"auf (?:dem |ihrem )?{_NIVEAU} (?:Niveau|Stand)|auf (?:heutigem|gleichem|aktuellem) (?:Niveau|Stand)"
    r"|stabil|konstant",
    given_baseline=rf"(?:von|ausgehend von) (?P<n>{_N})\s?(?:%|Prozent|{_USERS})?",
    metrics={
        "usage_rate": (
            rf"{_THE}(?:CRM-)?Nutzungs(?:quote|rate)",
            rf"{_THE}(?:Anteil|Quote) (?:der |an |unserer )?aktive[nr]? {_USERS}",
        ),
        "regular_users": (rf"{_COUNT_OF}{_THE}(?:regelmäßige[nr]?|regelmäßig aktive[nr]?) {_USERS}",),
        "active_users": (rf"{_COUNT_OF}{_THE}aktive[nr]? {_USERS}",),
        "breadth": (rf"{_THE}(?:CRM-)?Nutzungsbreite", rf"{_THE}Breite der (?:CRM-)?Nutzung"),
        "data_quality": (
            rf"{_THE}(?:CRM-)?(?:Kunden|Stamm)?[Dd]atenqualität",
            rf"{_THE}Qualität (?:der|unserer) (?:Kunden|CRM-|Stamm)?daten",
        ),
    },
    verbs={
        "double": r"verdoppeln|verdoppelt",
        "halve": r"halbieren|halbiert",
        "up": r"erhöhen|erhöht|steigern|gesteigert|steigen|anheben|angehoben|heben|wachsen|zunehmen|ausbauen"
        r"|ausgebaut|verbessern|verbessert",
        "down": r"senken|gesenkt|sinken|reduzieren|reduziert|verringern|verringert|abnehmen|zurückgehen",
        "keep": r"beibehalten|(?:stabil |konstant )?(?:halten|gehalten)",
        "reach": r"bringen|gebracht|erreichen|erreicht|kommen|liegen|haben",
    },
    modal=r"sollen|soll|sollten|sollte",
    areas={
        "sales": ("Vertrieb", "Verkauf", "Sales"),
        "marketing": ("Marketing",),
        "service": ("Service", "Kundenservice", "Kundendienst", "Kundenbetreuung", "Support"),
        "shared": ("Gemeinsames", "Gemeinsam", "Übergreifend", "Shared"),
    },
    in_area=(r"(?:im|in dem|für den) CRM[- ]Bereich <ANY>",),
    in_unit=(r"(?:in|für)(?: der| die)? (?:Organisationseinheit|Org-Einheit|Einheit) <ANY>",),
    in_place=(
        r"(?:im|in dem|für den) (?:Bereich|Fachbereich) <ANY>",
        r"(?:in|für)(?: der| die)? Abteilung <ANY>",
        r"(?:im|in der|in den|in dem|in|beim|bei der|bei|für den|für die|für das|für) <NAME>",
    ),
    in_crm=r"(?:im|des|unseres) CRM(?:-Systems?)?(?![\w-]| Bereich)",
    joining=r"und|u\.|für|der|des|von",
    no_names=rf"{_MONTH}|Q[1-4]|Zukunft|Kürze|Zeit|Frühjahr|Frühling|Sommer|Herbst|Winter|Tage?n?|Woche\w*|Monat\w*"
    r"|Quartal\w*|Jahr\w*",
    fillers=(
        r"(?:es ist )?unser Ziel(?: ist)?(?: es)?",
        r"(?:das )?Ziel(?: ist)?(?: es)?",
        r"wir|uns|wollen|möchten|werden|wird|sollen|soll|sollten|sollte|zu|sich|und zwar",
        r"die|der|das|den|dem",
    ),
    written=_WRITTEN,
)
