"""`crmkit measures`: the catalogue of measures, those against one hurdle in detail, and the page docs/measures.md."""

from __future__ import annotations

from collections.abc import Iterator

from crmkit.errors import CallError, did_you_mean, listed
from crmkit.measures import Measure, hurdle_of, hurdles, measures, measures_against
from crmkit.readers.catalogue import Words

LANGUAGES = ("de", "en")
_LABELS = {
    "what": Words(de="Was zu tun ist", en="What to do"),
    "effort": Words(de="Aufwand", en="Effort"),
    "owner": Words(de="Meist verantwortlich", en="Usually owned by"),
    "sign": Words(de="Erstes Zeichen", en="First sign"),
}
_EFFORTS = {
    "small": Words(de="klein (Tage)", en="small (days)"),
    "medium": Words(de="mittel (Wochen)", en="medium (weeks)"),
    "large": Words(de="groß (Monate)", en="large (months)"),
}
_INTRO = """# Measures, parallel structures, accompanying figures

`crmkit measures --page` writes this page from the catalogue (`crmkit/measures/catalogue.yml`). `crmkit measures` lists
it in the terminal, `crmkit measures training --language de` shows the measures against one hurdle.

## measures.csv

One row a measure. The report prints them in its last section, those of a goal also on the goal's card.

| column | what |
|---|---|
| `measure` | an id of the catalogue below (the report then words it in its language), or own words |
| `hurdle` | a code below, or own words; optional |
| `goal` | id or sentence of a goal in client.yml; empty if it serves no single goal |
| `owner_role` | a role, never a name: a user's name stops `crmkit prepare` |
| `date`, `status`, `note` | until when; `open`, `done` or `dropped`; a remark. All optional |

For the hurdles that the survey names most and that no open or finished measure meets, the report proposes measures from
the catalogue.

## parallel_lists.csv

`process`, `org_unit`, `purpose`, `hours_month_min`, `hours_month_max`, `crm_lacks`: what the workshop collected, by
process, never by person. Hours are estimates of the team together. With the client's own rate in client.yml
(`parallel: {hourly_rate: 65, currency: EUR}`) the report says what that time comes to, from lowest to highest, and
calls it an assumption; without a rate it prints hours only.

## outcomes.csv

`outcome`, `date`, `value`, `unit`: the client's own figures (joy of work, customers, revenue), one row a reading, each
figure in one unit. The report prints first and last value and the change, beside what else happened in that time; it
draws no conclusion from two figures that move together.

## The catalogue
"""


def lines_of(hurdle: str = "", *, language: str = "en") -> Iterator[str]:
    """Return the measures, a line each, under their hurdles; or, for one hurdle, all that is known of them.

    Parameters
    ----------
    hurdle
        Code or name of a hurdle; empty: all.
    language
        ``de`` or ``en``.

    Raises
    ------
    CallError
        If the hurdle or the language is not known.
    """
    if language not in LANGUAGES:
        raise CallError(f"--language: `{language}` is not known. Known: {listed(LANGUAGES)}.")
    code = hurdle_of(hurdle)
    if hurdle and not code:
        raise CallError(f"no hurdle `{hurdle}`.{did_you_mean(hurdle, hurdles())} Known: {listed(hurdles())}.")
    if code:
        for one in measures_against(code):
            yield from _details(one, language)
        return
    width = max(map(len, measures()))
    for name, words in hurdles().items():
        yield f"{name}: {getattr(words, language)}"
        yield from (f"  {one.id:<{width}}  {getattr(one.title, language)}" for one in measures_against(name))


def _details(one: Measure, language: str) -> Iterator[str]:
    yield f"{one.id}: {getattr(one.title, language)}"
    yield from (f"  {label}: {text}" for label, text in _facts(one, language))


def _facts(one: Measure, language: str) -> Iterator[tuple[str, str]]:
    """Return what is known of a measure, as label and text."""
    facts = {"what": one.what, "effort": _EFFORTS[one.effort], "owner": one.owner, "sign": one.sign}
    for name, words in facts.items():
        yield getattr(_LABELS[name], language), getattr(words, language)


def page() -> str:
    """Return docs/measures.md."""
    parts = [_INTRO, "| code | hurdle | Hürde |", "|---|---|---|"]
    parts += [f"| `{code}` | {words.en} | {words.de} |" for code, words in hurdles().items()]
    for code, words in hurdles().items():
        parts += ["", f"### {words.en}", ""]
        parts += [_section(one) if one.hurdles[0] == code else _elsewhere(one) for one in measures_against(code)]
    return "\n".join(parts) + "\n"


def _elsewhere(one: Measure) -> str:
    return f"* `{one.id}`: see *{hurdles()[one.hurdles[0]].en}*"


def _section(one: Measure) -> str:
    said = "".join(f"  * {_in_short(one, language)}\n" for language in LANGUAGES)
    return f"* `{one.id}`\n{said}".rstrip()


def _in_short(one: Measure, language: str) -> str:
    facts = dict(_facts(one, language))
    what = facts.pop(getattr(_LABELS["what"], language))
    return f"**{getattr(one.title, language)}**: {what} " + " · ".join(f"*{k}*: {v}" for k, v in facts.items())
