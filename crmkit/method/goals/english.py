"""English goal sentences as data."""

from __future__ import annotations

from fractions import Fraction

from crmkit.method.goals.grammar import QUOTE, QUOTED, Grammar, Numerals, words

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMERALS = Numerals(
    below_100={
        **{word: Fraction(n) for n, word in enumerate((*_UNITS, *_TEENS), start=1)},
        **{word: Fraction(10 * n) for n, word in enumerate(_TENS, start=2)},
        **{f"{t}-{u}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
        **{f"{t} {u}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
    },
    alone={
        **dict.fromkeys(("a", "an"), Fraction(1)),
        **{f"{unit} and a half": Fraction(2 * n + 1, 2) for n, unit in enumerate(_UNITS, start=1)},
        **dict.fromkeys(("half a", "half an", "a half"), Fraction(1, 2)),
    },
    scales={"thousand": 1000, "hundred": 100},
    joint=",? and | ",
    before=" ",
    group=",",
)
_PARTS = ("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FRACTIONS = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2), "one-half": Fraction(1, 2),
    **{f"{one} {part}": Fraction(1, of) for of, part in enumerate(_PARTS, 3) for one in ("a", "an", "one")},
    **{f"{unit}{link}{part}s": Fraction(n, of) for of, part in enumerate(_PARTS, 3)
       for n, unit in enumerate(_UNITS, 1) if 1 < n < of for link in (" ", "-")},
}  # fmt: skip
_MONTHS = (
    ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
    ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"),
    ("December", "Dec"),
)  # fmt: skip
_QUARTERS = {
    form.format(n=n, word=word): n
    for n, word in enumerate(("first", "second", "third", "fourth"), start=1)
    for form in ("Q{n}", "{word} quarter", "{word} quarter of")
}
_N = _NUMERALS.pattern
_MONTH = words(dict.fromkeys(name for names in _MONTHS for name in names))
_QUARTER = words(_QUARTERS)
_UNTIL = r"(?:by|until|till|up to|no later than|not later than) (?:the )?"
_ON = r"(?:by|until|till|up to|no later than|not later than|on|at) (?:the )?"
_END = rf"{_ON}end of (?:the )?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_THE = r"(?:(?:the|our|an|a) )?"
_USERS = r"(?:CRM )?users?"
_COUNT_OF = rf"(?:{_THE}(?:number|count|total) of )?"
_OF_ALL = r"(?: among all (?:CRM )?users)?"
_FIGURE = r"(?:(?:key )?figure|indicator|KPI|measure|metric|key performance indicator)"
_PEOPLE = rf"{_USERS}|people|persons?|employees|colleagues"
_UNIT = rf"(?:\s?(?:%|per ?cent|{_USERS}))?"
_LEVEL = r"(?:present|current|today's|today’s|same)"
_WRITE_END = 'begin or end? Write "by the end of December 2026" or a day'
_WRITE_DAY = 'no exact day, write one such as "by 2026-06-30"'
_WRITE_USERS = 'which ones? Write "the number of active users" or "the number of regular users"'
_WRITE_USE = 'write "the usage rate" (how many use the CRM) or "the breadth of use" (how much of it they use)'
_WRITE_OUT = "write the number out, in the unit in which the figure is kept"

_UNCLEAR_DATES = {
    rf"{_UNTIL}(?:{_MONTH}|{_QUARTER})(?:[ /]\d{{4}})?": _WRITE_END,
    rf"{_UNTIL}20\d\d(?!\s?(?:%|percent|{_PEOPLE}))": 'begin or end? Write "by the end of 2026" or a day',
    rf"{_UNTIL}\d+/\d+(?:/\d+)?": 'day or month first? Write "by 2026-12-31"',
    rf"{_UNTIL}(?:mid(?:dle of)?|beginning of|start of|early|late)[ -](?:the )?"
    rf"(?:(?:{_MONTH}|{_QUARTER}|year)(?: \d{{4}})?|\d{{4}})": _WRITE_DAY,
    rf"{_UNTIL}(?:end of )?(?:spring|summer|autumn|winter|easter|christmas)(?: \d{{4}})?": _WRITE_DAY,
    rf"(?<!starting )(?:in|during) (?:the )?(?:{_MONTH}|{_QUARTER}|20\d\d)(?:[ /]\d{{4}})?": _WRITE_END,
    rf"{_END}(?:fiscal|financial) year": _WRITE_DAY,
    rf"before (?:the )?(?:end of (?:the )?)?(?:{_MONTH}|{_QUARTER}|year|\d[\d.-]*)(?: \d{{4}})?":
        'write "by" and the last day',
}  # fmt: skip
_UNCLEAR_AMOUNTS = {
    rf"(?:by|to|at) {_N}{_UNIT}\s?[–-]\s?\d[\d.,]*{_UNIT}": "a range, state one number",
    rf"(?:(?:by|to|at) )?between {_N}{_UNIT} and {_N}{_UNIT}": "a range, state one number",
    rf"(?:(?:by|to|at) )?(?:(?:no|not) )?(?:over|above|more than|nearly|almost|under|below|less than) {_N}{_UNIT}":
        'no exact number, write "at least" or "at most" before it',
}  # fmt: skip
_UNCLEAR = {
    rf"from {_N}{_UNIT}": "the value at the start is measured, leave it out",
    r"(?:by a )?factor of \w+|\w+fold|twice|three times": 'write "double", "triple", or "by 100 %"',
    r"million(?: euros)?|billion(?: euros)?|thousands": _WRITE_OUT,
    rf"{_THE}(?:CRM |system |user )?(?:usage|use|adoption|acceptance|utili[sz]ation)(?: of the CRM)?(?: rate)?":
        _WRITE_USE,
    rf"(?:{_THE}(?:number|share|proportion|percentage|count) of (?:the |our )?|more |{_THE}){_USERS}": _WRITE_USERS,
    rf"{_THE}(?:user base|headcount)": _WRITE_USERS,
    rf"{_THE}{_FIGURE} (?!{QUOTE})\w+": "put its name in quotation marks: the figure “…”",
    QUOTED: "write what it is: the figure “…”, or in the area “…”",
}  # fmt: skip

_MARKERS = (
    "we want the of by to until should shall number users user usage rate quality month months year years "
    "quarters weeks week percent percentage points more fewer within area department regular active our goal is and "
    "with share indicator increased reduced at least most end not for"
)
_PERIODS = {
    r"month.*": (1, "months"),
    r"week.*": (7, "days"),
    r"day.*": (1, "days"),
    r"quarter.*": (3, "months"),
    r"year.*": (12, "months"),
}
_WRITTEN = {
    "sentence": "We want to {verb} {metric} {place} {amount} {deadline}.",
    "up": "increase",
    "down": "reduce",
    "keep": "keep",
    "active_users": "the number of active users",
    "regular_users": "the number of regular users",
    "usage_rate": "the usage rate",
    "breadth": "the breadth of use",
    "data_quality": "the data quality",
    "outcome": "the figure {name}",
    "place": "in the area {name}",
    "unit": "in the organisational unit {name}",
    "area": "in the CRM area {name}",
    "term": "within {n} months",
    "term_1": "within 1 month",
    "while": "for {n} months",
    "while_1": "for 1 month",
    "until": "by {year:04}-{month:02}-{day:02}",
    "while_until": "until {year:04}-{month:02}-{day:02}",
    "relative": "by {n} %",
    "points": "by {n} percentage points",
    "points_1": "by 1 percentage point",
    "absolute_people": "by {n} users",
    "absolute_figure": "by {n}",
    "third": "by a third",
    "two_thirds": "by two thirds",
    "target_share": "to {n} %",
    "target_share_of_all": "to {n} % of all users",
    "target_people": "to {n} users",
    "target_figure": "to {n}",
    "keep_share": "at {n} %",
    "keep_people": "at {n} users",
    "keep_figure": "at {n}",
    "quoted": "“{name}”",
    "decimal": ".",
}

GRAMMAR = Grammar(
    language="en",
    example="We want to increase the number of active users in the area XYZ by 20 % within 9 months.",
    parts={
        "the metric": "the number of active users",
        "the verb": "increase",
        "the amount": "by 20 %",
        "the deadline": "within 9 months",
    },
    markers=_MARKERS,
    numerals=_NUMERALS,
    fractions=_FRACTIONS,
    months=_MONTHS,
    quarters=_QUARTERS,
    terms=(
        rf"(?:in|within|over|for|during) (?:the )?(?:(?:next|coming|following) )?(?P<n>{_N})[\s-]?"
        r"(?P<period>months?|days?|weeks?|quarters?|years?)(?:['’] time)?",
        rf"(?P<n>{_N})[\s-]?(?P<period>months?|days?|weeks?|years?)",
    ),
    periods=_PERIODS,
    dates=(
        rf"{_ON}{_YEAR}-(?P<month>\d{{2}})-{_DAY}",
        rf"{_ON}{_DAY}(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? {_YEAR})?",
        rf"{_ON}(?P<month>{_MONTH}) {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{_ON}{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"{_END}(?P<month>{_MONTH})(?:,? {_YEAR})?",
        rf"{_END}(?P<quarter>{_QUARTER})(?:[ /]{_YEAR})?",
        rf"(?:{_END}(?:year )?|{_ON}year-end ){_YEAR}",
        rf"{_END}(?P<next>next|coming|following) year",
        rf"{_END}(?:this )?year|{_ON}year-end",
    ),
    unclear_dates=_UNCLEAR_DATES,
    percent=r"%|per ?cent",
    points=r"percent(?:age)?[\s-]points?|per cent points?|%[\s-]?points?|pp",
    of_all=rf" of all (?:{_PEOPLE})",
    people=_PEOPLE,
    measures=r"euros?|EUR|€|days?|hours?|minutes?|points?(?: (?:out )?of \d+)?",
    currency=r"€|EUR",
    by=r"by",
    to=r"(?:to|at)",
    of=r"of",
    least="at least",
    most="at most",
    more="more",
    fewer="fewer|less",
    level=rf"at (?:the |its |our )?{_LEVEL} (?:level|value)|stable|constant",
    unclear_amounts=_UNCLEAR_AMOUNTS,
    unclear=_UNCLEAR,
    metrics={
        "outcome": (rf"(?:{_THE}(?:value|level) of )?{_THE}{_FIGURE} (?P<outcome>{QUOTED})",),
        "usage_rate": (
            rf"{_THE}(?:CRM )?usage rate",
            rf"{_THE}(?:share|proportion|percentage|rate) of (?:the |our )?active {_USERS}{_OF_ALL}",
            rf"{_THE}active (?:CRM )?user (?:rate|share)",
        ),
        "regular_users": (
            rf"{_THE}regular (?:CRM )?user count",
            rf"{_COUNT_OF}{_THE}(?:regular|regularly active) {_USERS}",
        ),
        "active_users": (rf"{_THE}active (?:CRM )?user count", rf"{_COUNT_OF}{_THE}active {_USERS}"),
        "breadth": (
            rf"{_THE}breadth of (?:(?:our )?CRM )?(?:use|usage)(?: of the CRM)?",
            rf"{_THE}usage breadth",
        ),
        "data_quality": (
            rf"{_THE}(?:CRM |customer )?data quality",
            rf"{_THE}quality of (?:the |our )?(?:CRM |customer )?data",
        ),
    },
    verbs={
        "double": "double|doubled|doubling",
        "triple": "triple|tripled|treble",
        "quadruple": "quadruple|quadrupled",
        "halve": "halve|halved",
        "up": "increase|increases|increased|increasing|raise|raised|raising|rise|rises|grow|lift|lifted|boost|boosted|"
        "expand|climb|go up",
        "improve": "improve|improved|improving",
        "down": "reduce|reduced|reducing|lower|lowered|decrease|decreased|cut|fall|drop|shrink|go down",
        "keep": "keep|kept|hold|held|maintain|maintained|stay|remain",
        "reach": "reach|reached|reaching|bring|brought|get|achieve|achieved|have|hit",
    },
    modal=r"should|shall|must|will",
    areas={
        "sales": ("Sales", "Vertrieb"),
        "marketing": ("Marketing",),
        "service": ("Service", "Customer Service", "Support"),
        "shared": ("Shared",),
    },
    in_area=(r"(?:in|for|of) (?:the |our )?CRM area <ANY>",),
    in_unit=(r"(?:in|for|of) (?:the |our )?(?:organi[sz]ational unit|org unit|unit) <ANY>",),
    in_place=(
        r"(?:in|for|of|at) (?:the |our )?(?:area|department|team|site) <ANY>",
        r"(?:in|for|of|at|across) (?:the|our) <WORDS> (?:area|department|team|unit|site)",
        r"(?:in the|in our|in|for the|for our|for|within|at|across|of our) <NAME>",
    ),
    everywhere=r"company-?wide|(?:across|in|throughout) (?:the|our) (?:whole |entire )?(?:company|organi[sz]ation)"
    r"|in all (?:areas|departments|teams)",
    in_crm=r"(?:in|of) (?:the |our )?CRM(?: system)?(?![\w-]| area)",
    joining=r"and|of",
    no_names=rf"{_MONTH}|{_USERS}|Q[1-4]|Spring|Summer|Autumn|Fall|Winter",
    fillers=(
        r"(?:it is )?our (?:goal|aim|target)(?: is)?",
        r"(?:the )?(?:goal|aim|target)(?: is)?",
        r"we|want|would like|aim|plan|intend|to|should|shall|must|will|be|the|a|an",
    ),
    written=_WRITTEN,
)
