"""German goal sentences as data."""

from __future__ import annotations

from fractions import Fraction

from crmkit.method.goals.grammar import QUOTE, QUOTED, Grammar, Numerals, words

_UNITS = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TEENS = (
    "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
)  # fmt: skip
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_NUMERALS = Numerals(
    below_100={
        **{word: Fraction(n) for n, word in enumerate((*_UNITS, *_TEENS), start=1)},
        **{word: Fraction(10 * n) for n, word in enumerate(_TENS, start=2)},
        **{f"{u}und{t}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
        **{"eins": Fraction(1), "zwo": Fraction(2)},
    },
    alone={
        **dict.fromkeys(("eine", "einen", "einem", "einer", "eines"), Fraction(1)),
        **dict.fromkeys(("anderthalb", "eineinhalb"), Fraction(3, 2)),
        **{f"{unit}einhalb": Fraction(2 * n + 1, 2) for n, unit in enumerate(_UNITS[1:], start=2)},
        **dict.fromkeys(("einem halben", "ein halbes", "ein halbe", "eines halben"), Fraction(1, 2)),
    },
    scales={"tausend": 1000, "hundert": 100},
    joint="und",
    before="",
    group=".",
)
_PARTS = ("drittel", "viertel", "fünftel", "sechstel", "siebtel", "achtel", "neuntel", "zehntel")
_FRACTIONS = {
    "die hälfte": Fraction(1, 2), "dreiviertel": Fraction(3, 4),
    **{f"{unit} {part}": Fraction(n, of) for of, part in enumerate(_PARTS, 3) for n, unit in enumerate(_UNITS, 1)
       if n < of},
}  # fmt: skip
_MONTHS = (
    ("Januar", "Jänner", "Jan."), ("Februar", "Feber", "Feb."), ("März",), ("April", "Apr."), ("Mai",), ("Juni",),
    ("Juli",), ("August", "Aug."), ("September", "Sept."), ("Oktober", "Okt."), ("November", "Nov."),
    ("Dezember", "Dez."),
)  # fmt: skip
_QUARTERS = {
    form.format(n=n, word=word): n
    for n, word in enumerate(("erste", "zweite", "dritte", "vierte"), start=1)
    for form in ("Q{n}", "{n}. Quartals", "{n}. Quartal", "{word}n Quartals", "{word}n Quartal", "{word}s Quartal")
}
_N = _NUMERALS.pattern
_MONTH = words(dict.fromkeys(name for names in _MONTHS for name in names))
_QUARTER = words(_QUARTERS)
_UNTIL = r"(?:bis (?:spätestens )?(?:zum |am )?|spätestens (?:bis )?(?:zum |am )?|zum |am )"
_END = rf"(?:{_UNTIL})?(?:zum )?Ende (?:des |vom )?"
_YEAR = r"(?P<year>\d{4})"
_THE = r"(?:(?:die|der|den|das|dem|unsere?[rn]?|eine[rn]?) )?"
_PERSON = r"(?:Nutzer|Anwender|Benutzer)"
_USERS = (
    rf"(?:CRM-)?(?:{_PERSON}innen (?:und|oder) {_PERSON}n?|{_PERSON}n? (?:und|oder) {_PERSON}innen"
    rf"|{_PERSON}innen/{_PERSON}n?|{_PERSON}n?/-?innen|{_PERSON}\(innen\)|{_PERSON}(?:[*:_·]innen|Innen|innen)?n?"
    r"|Nutzende[nr]?|User(?:[*:_]innen)?s?n?)"
)
_COUNT = r"(?:Zahl|Anzahl)"
_COUNT_OF = rf"(?:{_THE}{_COUNT} (?:an |der |unserer |von )?)?"
_OF_ALL = r"(?: an allen (?:CRM-)?(?:Nutzern|Anwendern|Benutzern))?"
_FIGURE = r"(?:Kennzahl|Kennziffer|Kenngröße|Messgröße|Größe|Indikator|KPI)"
_PEOPLE = (
    rf"{_USERS}|Personen|Köpfen?|Leuten?|Mitarbeiterinnen und Mitarbeitern?|Mitarbeiter(?:[*:_]?innen)?n?"
    r"|Mitarbeitende[nr]?|Beschäftigte[nr]?"
)
_NIVEAU = r"(?:heutigen?|heutigem|jetzigen?|jetzigem|aktuellen?|aktuellem|derzeitigen|gleichen|gleichem|bisherigen)"
_NEXT = r"(?:(?:den|der|die|das) )?(?:(?:nächsten|kommenden|folgenden) )?"
_PERIOD = r"(?:Monat|Tag|Quartal|(?:Viertel|Dreiviertel|Halb)?jahr)(?:en?)?|Wochen?"
_SEASON = r"(?:Frühjahrs?|Frühlings?|(?:Früh|Spät)?(?:sommer|herbst|winter)s?)"
_UNIT = rf"(?:\s?(?:%|Prozent|{_USERS}))?"
_WRITE_END = 'begin or end? Write "bis Ende Dezember 2026" or a day'
_WRITE_DAY = 'no exact day, write one such as "bis 30.06.2026"'
_WRITE_USERS = 'which ones? Write "die Zahl der aktiven Nutzer" or "die Zahl der regelmäßigen Nutzer"'
_WRITE_USE = 'write "die Nutzungsquote" (how many use the CRM) or "die Nutzungsbreite" (how much of it they use)'
_WRITE_OUT = "write the number out, in the unit in which the figure is kept"

_UNCLEAR_DATES = {
    rf"{_UNTIL}(?:{_MONTH}|{_QUARTER})(?:[ /]\d{{4}})?": _WRITE_END,
    rf"{_UNTIL}\d{{1,2}}[./]\d{{4}}": _WRITE_END,
    rf"{_UNTIL}\d{{4}}": 'begin or end? Write "bis Ende 2026" or a day',
    rf"{_UNTIL}\d+/\d+/\d+": 'day or month first? Write "bis 31.12.2026"',
    rf"(?:{_UNTIL}|zur )?(?:Mitte|Anfang)(?: des| der)?(?: (?:{_MONTH}|{_QUARTER}|Jahres))?(?: \d{{4}})?": _WRITE_DAY,
    rf"{_UNTIL}(?:Ende des )?{_SEASON}(?: \d{{4}})?": _WRITE_DAY,
    rf"(?:im|in)(?: Jahre?)? (?:{_MONTH}|{_QUARTER}|\d{{4}})(?:[ /]\d{{4}})?": _WRITE_END,
    rf"{_END}(?:laufenden )?(?:Geschäfts|Wirtschafts)jahr(?:e?s)?(?: [\d/]+)?": _WRITE_DAY,
}
_UNCLEAR_AMOUNTS = {
    rf"(?:um|auf|bei) {_N}{_UNIT}\s?(?:bis(?: zu)?|[–-])\s?\d[\d.,]*{_UNIT}": "a range, state one number",
    rf"(?:(?:um|auf|bei) )?zwischen {_N}{_UNIT} und {_N}{_UNIT}": "a range, state one number",
    rf"(?:(?:um|auf|bei) )?(?:nicht )?(?:über|mehr als|knapp|fast|unter|weniger als) {_N}{_UNIT}":
        'no exact number, write "mindestens" or "höchstens" before it',
}  # fmt: skip
_UNCLEAR = {
    rf"(?:von|ausgehend von) {_N}{_UNIT}": "the value at the start is measured, leave it out",
    r"(?:um|auf) das \w+fache|(?:um|auf) das Doppelte": 'write "verdoppeln", "verdreifachen", or "um 100 %"',
    r"(?:Mio|Mrd|Tsd)\.?(?: €| EUR| Euro)?|Millionen(?: Euro)?|Milliarden(?: Euro)?|T€|TEUR": _WRITE_OUT,
    rf"{_THE}(?:(?:CRM-|System-?)?Nutzung|(?:CRM-|Nutzer)?Akzeptanz|(?:User )?Adoption|Adoptionsrate|Nutzungsgrad"
    r"|Nutzungsintensität|Nutzungstiefe|Auslastung)": _WRITE_USE,
    rf"(?:(?:{_THE}(?:Zahl|Anzahl|Anteil|Quote) (?:der |unserer |an )?)|mehr |{_THE}){_USERS}": _WRITE_USERS,
    rf"{_THE}(?:Nutzerzahl|Anwenderzahl)(?:en)?": _WRITE_USERS,
    rf"{_THE}{_FIGURE} (?!{QUOTE})\w+": "put its name in quotation marks: die Kennzahl „…“",
    QUOTED: "write what it is: die Kennzahl „…“, or im Bereich „…“",
    r"(?:des|unseres|eures) (?-i:[A-ZÄÖÜ])[\w-]+": 'a place reads "im Bereich …" or "in der Abteilung …"',
}  # fmt: skip

_MARKERS = (
    "wir wollen möchten die der das den im um auf bis soll sollen sollte zahl anzahl anteil Nutzer Nutzerinnen "
    "Anwender aktive aktiven aktiver regelmäßigen Monaten Monate Monat Jahr Jahren Jahre Quartalen Quartale Quartal "
    "Wochen Woche Prozent Prozentpunkte mehr weniger Bereich Abteilung unser unsere unserer Ziel ist Kennziffer "
    "Messgröße mindestens höchstens Ende und nicht von eine einen einem"
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
    "outcome": "die Kennzahl {name}",
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
    "absolute_people": "um {n} Nutzer",
    "absolute_figure": "um {n}",
    "third": "um ein Drittel",
    "two_thirds": "um zwei Drittel",
    "target_share": "auf {n} %",
    "target_share_of_all": "auf {n} % aller Nutzer",
    "target_people": "auf {n} Nutzer",
    "target_figure": "auf {n}",
    "keep_share": "bei {n} %",
    "keep_people": "bei {n} Nutzern",
    "keep_figure": "bei {n}",
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
    numerals=_NUMERALS,
    fractions=_FRACTIONS,
    months=_MONTHS,
    quarters=_QUARTERS,
    terms=(
        rf"(?:(?:in|innerhalb(?: von)?|binnen|im Laufe von|über|für) {_NEXT})?(?P<n>{_N})\s?(?P<period>{_PERIOD})"
        r"(?: lang)?",
        r"(?:in|innerhalb|binnen|im Laufe) (?P<n>eines|eines halben) "
        r"(?P<period>Monats|Quartals|Jahres|Vierteljahres|Halbjahres)",
    ),
    periods=_PERIODS,
    dates=(
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.(?:\s?{_YEAR}|(?P<short>\d{{2}}))",
        rf"{_UNTIL}(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTH})(?: {_YEAR})?",
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.",
        rf"{_END}(?:Monats )?(?P<month>{_MONTH})(?: {_YEAR})?",
        rf"{_END}(?P<quarter>{_QUARTER})(?:[ /]{_YEAR})?",
        rf"(?:{_END}(?:Jahres )?|{_UNTIL}Jahresende ){_YEAR}",
        rf"{_END}(?P<next>nächsten|kommenden) Jahres",
        rf"{_END}(?:dieses )?Jahres|{_UNTIL}Jahresende",
    ),
    unclear_dates=_UNCLEAR_DATES,
    percent=r"%|v\.\s?H\.|Prozent",
    points=r"Prozent-?punkt(?:en?)?|%-?\s?Punkt(?:en?)?|PP",
    of_all=rf" aller (?:{_PEOPLE})",
    people=_PEOPLE,
    measures=r"Euro|EUR|€|Tag(?:en?)?|Stunden?|Minuten?|Punkt(?:en?)?(?: von (?:maximal )?\d+)?",
    currency=r"€|EUR",
    by=r"um",
    to=r"(?:auf|bei)",
    of=r"von",
    least=r"mindestens|wenigstens|zumindest",
    most=r"höchstens|maximal",
    more="mehr",
    fewer="weniger",
    level=rf"(?:auf|bei) (?:dem |ihrem |unserem )?{_NIVEAU} (?:Niveau|Stand|Wert)|stabil|konstant",
    unclear_amounts=_UNCLEAR_AMOUNTS,
    unclear=_UNCLEAR,
    metrics={
        "outcome": (rf"(?:{_THE}(?:Wert|Stand) )?{_THE}{_FIGURE} (?P<outcome>{QUOTED})",),
        "usage_rate": (
            rf"{_THE}(?:CRM-)?Nutzungs(?:quote|rate)n?",
            rf"{_THE}(?:Anteil|Quote) (?:der |an |unserer |von )?(?:aktive[nr]? |aktiv ){_USERS}{_OF_ALL}",
        ),
        "regular_users": (rf"{_COUNT_OF}{_THE}regelmäßig(?:e[nr]?| aktive[nr]?)? {_USERS}",),
        "active_users": (rf"{_COUNT_OF}{_THE}(?:aktive[nr]?|aktiv) {_USERS}",),
        "breadth": (
            rf"{_THE}(?:CRM-)?Nutzungsbreite",
            rf"{_THE}Breite der (?:CRM-)?Nutzung(?: des CRM)?",
        ),
        "data_quality": (
            rf"{_THE}(?:CRM-)?(?:Kunden|Stamm)?datenqualität",
            rf"{_THE}Qualität (?:der|unserer) (?:Kunden|CRM-|Stamm)?daten",
        ),
    },
    verbs={
        "double": "verdoppeln|verdoppelt|Verdoppelung|Verdopplung",
        "triple": "verdreifachen|verdreifacht|Verdreifachung",
        "quadruple": "vervierfachen|vervierfacht|Vervierfachung",
        "halve": "halbieren|halbiert|Halbierung",
        "up": "erhöhen|erhöht|Erhöhung|steigern|steigert|gesteigert|Steigerung|steigen|steigt|ansteigen|anheben|"
        "anzuheben|angehoben|Anhebung|heben|wachsen|wächst|anwachsen|zunehmen|zuzunehmen|ausbauen|auszubauen|ausgebaut",
        "improve": "verbessern|verbessert|Verbesserung",
        "down": "senken|senkt|gesenkt|Senkung|absenken|abzusenken|abgesenkt|sinken|sinkt|reduzieren|reduziert|"
        "Reduzierung|Reduktion|verringern|verringert|Verringerung|vermindern|vermindert|abnehmen|zurückgehen|fallen|"
        "fällt",
        "keep": "beibehalten|beizubehalten|halten|hält|gehalten|bleiben|bleibt",
        "reach": "bringen|bringt|gebracht|erreichen|erreicht|kommen|liegen|liegt|haben|betragen|beträgt",
    },
    modal=r"sollen|soll|sollten|sollte|muss|müssen",
    areas={
        "sales": ("Vertrieb", "Verkauf", "Sales"),
        "marketing": ("Marketing",),
        "service": ("Service", "Kundenservice", "Kundendienst", "Kundenbetreuung", "Support"),
        "shared": ("Gemeinsames", "Gemeinsam", "Übergreifend", "Shared"),
    },
    in_area=(r"(?:im|in dem|in unserem|für den|des) CRM[- ]Bereichs? <ANY>",),
    in_unit=(r"(?:in|für)(?: der| die| unserer)? (?:Organisationseinheit|Org-Einheit|Einheit) <ANY>",),
    in_place=(
        r"(?:im|in dem|in unserem|für den|für unseren|des|unseres) (?:Bereichs?|Fachbereichs?) <ANY>",
        r"(?:(?:in|für|bei) )?(?:(?:der|die|unserer|unsere) )?Abteilung <ANY>",
        r"(?:am|an unserem|im|für den|des|unseres) Standorte?s? <ANY>",
        r"(?:(?:in|bei|für) unsere[mnr]?|unserer) <NAME>",
        r"(?:im|in der|in den|in dem|in|beim|bei der|bei den|bei|für den|für die|für das|für) <NAME>",
    ),
    everywhere=r"unternehmensweit|konzernweit|bei uns|(?:im|in unserem) (?:gesamten |ganzen )?Unternehmen"
    r"|in allen Bereichen",
    in_crm=r"(?:im|des|unseres|in unserem) CRM(?:-Systems?)?(?![\w-]| Bereich)",
    joining=r"und|u\.|für|der|des|von",
    no_names=rf"{_MONTH}|{_USERS}|Q[1-4]|Zukunft|Kürze|Zeit|Frühjahr|Frühling|Sommer|Herbst|Winter|Tage?n?|Woche\w*|Monat\w*"
    r"|Quartal\w*|Jahr\w*",
    fillers=(
        r"(?:es ist )?unser Ziel(?: ist)?(?: es)?",
        r"(?:das )?Ziel(?: ist)?(?: es)?",
        r"wir|uns|wollen|möchten|werden|wird|sollen|soll|sollten|sollte|muss|müssen|sein|zu|sich|und zwar",
        r"die|der|das|den|dem",
    ),
    written=_WRITTEN,
)
