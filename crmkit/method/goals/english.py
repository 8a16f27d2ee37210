"""English goal sentences as data."""

from __future__ import annotations

from fractions import Fraction

from crmkit.method.goals.grammar import Grammar, number_pattern, words

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: dict[str, Fraction] = {
    **{word: Fraction(n) for n, word in enumerate((*_UNITS, *_TEENS), start=1)},
    **{word: Fraction(10 * n) for n, word in enumerate(_TENS, start=2)},
    **{f"{t}-{u}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
    **{f"{t} {u}": Fraction(10 * n + m) for n, t in enumerate(_TENS, 2) for m, u in enumerate(_UNITS, 1)},
    **dict.fromkeys(("a", "an"), Fraction(1)),
    **dict.fromkeys(("hundred", "a hundred", "one hundred"), Fraction(100)),
    **{"two hundred": Fraction(200)},
    **dict.fromkeys(("thousand", "a thousand", "one thousand"), Fraction(1000)),
    **dict.fromkeys(("one and a half",), Fraction(3, 2)),
    **dict.fromkeys(("half a", "half an"), Fraction(1, 2)),
}
_FRACTIONS = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2),
    "a third": Fraction(1, 3), "one third": Fraction(1, 3), "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4), "three quarters": Fraction(3, 4),
    "a fifth": Fraction(1, 5), "one fifth": Fraction(1, 5), "two fifths": Fraction(2, 5),
    "an eighth": Fraction(1, 8), "a tenth": Fraction(1, 10), "one tenth": Fraction(1, 10),
}  # fmt: skip
_MONTHS = (
    ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
    ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"),
    ("December", "Dec"),
)  # fmt: skip
_N = number_pattern(_NUMBERS, ",")
_MONTH = words(dict.fromkeys(name for names in _MONTHS for name in names))
_UNTIL = r"(?:by|until|till|up to|no later than) (?:the )?"
_THE = r"(?:(?:the|our|an|a) )?"
_USERS = r"(?:CRM )?users?"
_COUNT_OF = rf"(?:{_THE}(?:number|count) of )?"
_LEVEL = r"(?:present|current|today's|today’s|same)"

_MARKERS = (
    "we want the of by to until should shall number users user usage rate quality months month years year "
    "quarters weeks percent more fewer within area increase raise reduce reach keep our goal is and with"
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
    "absolute": "by {n} users",
    "third": "by a third",
    "two_thirds": "by two thirds",
    "target_share": "to {n} %",
    "target_count": "to {n} users",
    "keep_share": "at {n} %",
    "keep_count": "at {n} users",
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
    numbers=_NUMBERS,
    fractions=_FRACTIONS,
    group=",",
    months=_MONTHS,
    terms=(
        rf"(?:in|within|over|for|during) (?:the )?(?:(?:next|coming|following) )?(?P<n>{_N})[\s-]?"
        r"(?P<period>months?|days?|weeks?|quarters?|years?)",
        rf"(?P<n>{_N})[\s-]?(?P<period>months?|days?|weeks?|years?)",
    ),
    periods=_PERIODS,
    dates=(
        rf"{_UNTIL}(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"{_UNTIL}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})",
        rf"{_UNTIL}(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"{_UNTIL}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})",
        rf"{_UNTIL}end of (?P<month>{_MONTH}) (?P<year>\d{{4}})",
        rf"{_UNTIL}end of Q(?P<quarter>[1-4])[ /](?P<year>\d{{4}})",
        rf"{_UNTIL}(?:end of (?:the year )?|year-end )(?P<year>\d{{4}})",
        rf"{_UNTIL}(?:end of (?:the|this) year|year-end)",
    ),
    unclear_dates={
        rf"{_UNTIL}(?:{_MONTH}|Q[1-4]) \d{{4}}": 'begin or end? Write "by the end of December 2026" or a day',
        rf"{_UNTIL}20\d\d(?!\s?(?:%|percent|{_USERS}|people))": 'begin or end? Write "by the end of 2026" or a day',
        rf"{_UNTIL}\d+/\d+/\d+": 'day or month first? Write "by 2026-12-31"',
    },
    percent=r"%|per ?cent",
    points=r"percent(?:age)?[\s-]points?|per cent points?|%[\s-]?points?|pp",
    people=rf"{_USERS}|people|persons?|employees",
    by=r"by (?:at least )?",
    to=r"(?:to|at) (?:at least )?",
    of=r"(?:of )?(?:at least )?",
    more="more",
    fewer="fewer|less",
    level=rf"at (?:the |its )?{_LEVEL} level|at {_LEVEL} level|stable|constant",
    given_baseline=rf"from (?P<n>{_N})\s?(?:%|per ?cent|{_USERS})?",
    metrics={
        "usage_rate": (
            rf"{_THE}(?:CRM )?usage rate",
            rf"{_THE}(?:share|proportion|percentage) of (?:our )?active {_USERS}",
        ),
        "regular_users": (rf"{_COUNT_OF}{_THE}(?:regular|regularly active) {_USERS}",),
        "active_users": (rf"{_THE}active (?:CRM )?user count", rf"{_COUNT_OF}{_THE}active {_USERS}"),
        "breadth": (rf"{_THE}breadth of (?:CRM )?(?:use|usage)", rf"{_THE}usage breadth"),
        "data_quality": (rf"{_THE}(?:CRM )?data quality", rf"{_THE}quality of (?:the |our )?(?:CRM |customer )?data"),
    },
    verbs={
        "double": r"doubled?",
        "halve": r"halved?",
        "up": r"increased?|raised?|rise|grow|lift|improved?|boost|expand|go up",
        "down": r"reduced?|lower|decreased?|cut|fall|drop",
        "keep": r"(?:keep|kept|hold|held|maintain|maintained|stay|remain)(?: (?:stable|constant))?",
        "reach": r"reach|bring|brought|get|achieved?|have",
    },
    modal=r"should|shall|must|will",
    areas={
        "sales": ("Sales", "Vertrieb"),
        "marketing": ("Marketing",),
        "service": ("Service", "Customer Service", "Support"),
        "shared": ("Shared",),
    },
    in_area=(r"(?:in|for) (?:the )?CRM area <ANY>",),
    in_unit=(r"(?:in|for) (?:the )?(?:organi[sz]ational unit|org unit|unit) <ANY>",),
    in_place=(
        r"(?:in|for) (?:the )?(?:area|department|team) <ANY>",
        r"(?:in|for) the <WORDS> (?:area|department|team|unit)",
        r"(?:in the|in|for the|for|within) <NAME>",
    ),
    in_crm=r"(?:in|of) (?:the |our )?CRM(?: system)?(?![\w-]| area)",
    joining=r"and|of",
    no_names=rf"{_MONTH}|Q[1-4]|Spring|Summer|Autumn|Fall|Winter",
    fillers=(
        r"(?:it is )?our (?:goal|aim|target)(?: is)?",
        r"(?:the )?(?:goal|aim|target)(?: is)?",
        r"we|want|would like|aim|plan|intend|to|should|shall|must|will|be|the|a|an",
    ),
    written=_WRITTEN,
)
