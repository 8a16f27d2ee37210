"""Do our goals still fit? A card for each: what its number means, the four questions, measures, and whether it fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmkit.method import progress
from crmkit.report.cells import MASKED, require_protected, rows_of
from crmkit.report.chart import Block
from crmkit.report.language import Language
from crmkit.report.language import language as language_of
from crmkit.report.markup import as_text, fill
from crmkit.report.text import goals
from crmkit.report.text.evidence import masked_note
from crmkit.report.text.goal_baseline import baseline
from crmkit.report.text.goal_measures import AgreedGoal, agreed_goals, measures_of, serves
from crmkit.report.text.goal_number import echo
from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from crmkit.client import Client
    from crmkit.privacy.protected import ProtectedTable

Shown = Mapping[str, "ProtectedTable"]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Known:
    """What is known of a goal; `row` of table `goals` is None where it has not been followed."""

    agreed: AgreedGoal
    has_begun: bool
    row: dict[str, Any] | None
    readings: Rows
    measures: Rows
    today: dt.date


@dataclass(frozen=True)
class Labelled:
    """A word for a code, and the CSS class of its mark."""

    said: str
    mark: str


@dataclass(frozen=True)
class Measure:
    """A measure of a goal: who answers for it until when, and what has become of it."""

    status: Labelled | None
    measure: str
    facts: str


@dataclass(frozen=True)
class Card:
    """What stands on the card of a goal, in words."""

    id: str
    wording: str
    status: Labelled | None
    facts: str
    fit: str
    why: str
    pairs: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]


def goal_cards(client: Client, shown: Shown, *, language: str | None = None) -> Block:
    """Return a card for every goal of the client, those that have not begun last.

    Parameters
    ----------
    client
        The client.
    shown
        Name → protected table; `goals` and `goal_readings` are read, either may be missing.
    language
        ``de`` or ``en``; None: the client's. Goals, answers and measures stay as written.

    Returns
    -------
    Block
        Wording, owner and term; whether it fits (the consultant's decision, else the proposal with its
        reason); what its number means; baseline; the four questions with their answers or "offen"; measures.
        An absent block for a client without goals.

    Raises
    ------
    PrivacyError
        If a table is not protected.
    GoalError
        If a goal is not understood.
    SettingsError
        If a measure's status is not known.
    """
    t, agreed = language_of(language or client.language), agreed_goals(client)
    if not agreed:
        return Block.absent(t.gettext("Noch ist kein Ziel vereinbart."))
    used = [require_protected(shown[n], name="text.goal_cards") for n in ("goals", "goal_readings") if n in shown]
    rows = {name: rows_of(shown[name]) if name in shown else [] for name in ("goals", "goal_readings")}
    cards = cards_of(client, rows, t)
    finding = " ".join(part for part in (goals.fitting(rows["goals"], t), _unanswered(cards, t)) if part)
    labels = {
        "open": t.gettext("offen"), "measures": t.gettext("Maßnahmen"),
        "none": t.gettext("Diesem Ziel ist noch keine Maßnahme zugeordnet."),
    }  # fmt: skip
    is_masked = any(MASKED in meaning for card in cards for _, meaning in card.pairs)
    notes = [_given_up(client, t), f"{masked_note(client.k, t)}." if is_masked else ""]
    html = fill("goal_cards", cards=cards, labels=labels, finding=finding, notes=[note for note in notes if note])
    return Block(html, as_text(html), tables=tuple(used), finding=finding)


def _given_up(client: Client, t: Language) -> str:
    """Return the goals whose baselines were frozen and that are no longer there: given up, or renamed."""
    gone = [
        t.gettext("„{goal}“ (am {date})", goal=kept.sentence.rstrip("."), date=t.date(kept.frozen_on, short=True))
        for kept in progress.dropped(client)
    ]
    return (
        t.gettext("Festgeschrieben, aber nicht mehr unter den Zielen: {goals}.", goals=t.joined(gone)) if gone else ""
    )


def cards_of(client: Client, rows: Mapping[str, Rows], t: Language) -> list[Card]:
    """Return the cards of all goals, those that have not begun last."""
    numbers, measures = {row["goal_id"]: row for row in rows["goals"]}, measures_of(client, t)
    known = [
        Known(
            one,
            one.goal.start <= client.as_of,
            numbers.get(one.goal.id),
            [row for row in rows["goal_readings"] if row["goal_id"] == one.goal.id],
            [row for row in measures if serves(row, one.goal)],
            client.as_of,
        )
        for one in agreed_goals(client)
    ]
    return [_card(one, t) for one in sorted(known, key=lambda one: not one.has_begun)]


def _card(known: Known, t: Language) -> Card:
    goal, entry = known.agreed
    fit, why = _fit(known, t)
    answers: dict[str, str] = {str(code): answer for code, answer in entry.answers.items()}
    return Card(
        id=entry.id, wording=goal.wording, status=_status(known, t), facts=" · ".join(_facts(known, t)), fit=fit,
        why=why, pairs=tuple(_pairs(known.row, known.readings, t)) if known.row else (),
        questions=tuple((word(t, "question", code), answers.get(code, "")) for code in WORDS["question"]),
        measures=tuple(_measure(row, known.today, t) for row in known.measures),
    )  # fmt: skip


def _status(known: Known, t: Language) -> Labelled | None:
    """Return where a goal stands, or when it begins."""
    if not known.has_begun:
        begins = t.gettext("beginnt am {date}", date=t.date(known.agreed.goal.start))
        return Labelled(begins, "too_early")
    status = known.row["status"] if known.row else ""
    return Labelled(word(t, "status", status), status) if status else None


def _facts(known: Known, t: Language) -> list[str]:
    """Return who answers for a goal, since when, until when."""
    goal, entry = known.agreed
    role = t.gettext("verantwortlich: {role}", role=goal.owner_role) if goal.owner_role else ""
    since = (
        t.gettext("beschlossen am {date}", date=t.date(goal.start))
        if entry.start
        else t.gettext("Beginn nicht festgehalten, gerechnet ab {date}", date=t.date(goal.start))
    )
    until = t.gettext("Frist {date}", date=t.date(goal.deadline))
    return [fact for fact in (role, since if known.has_begun else "", until) if fact]


def _fit(known: Known, t: Language) -> tuple[str, str]:
    """Return whether a goal fits, and why: the consultant's decision, else what the kit proposes."""
    row, entry = known.row, known.agreed.entry
    if entry.fit:
        return t.gettext("Entscheidung: {fit}", fit=word(t, "fit", entry.fit)), entry.fit_reason
    if row is None:
        return "", ""
    why = word(t, "fit_code", row["fit_code"]) if row["fit_code"] else ""
    if row["fit_code"] == "larger_unit" and row["measurable_in"]:
        why = t.gettext("messbar wäre es {place}", place=goals.place_of(row["measurable_in"], t))
    if not row["fit_proposed"]:
        return t.gettext("Noch ohne Vorschlag"), why
    said = t.gettext("Vorschlag: {fit}", fit=word(t, "fit", row["fit_proposed"]))
    return said, "; ".join(part for part in (why, _reachable(row, t)) if part)


def _reachable(row: dict[str, Any], t: Language) -> str:
    """Return what could be agreed instead of a target that is out of reach: by the forecast, else by the pace."""
    if row["fit_proposed"] != "adjust" or row["reachable"] is None:
        return ""
    words = {"value": GoalUnit.of(row).named(row["reachable"], t), "deadline": t.date(row["deadline"], short=True)}
    if row["probability"] is None:
        return t.gettext("bis {deadline} ergibt dieses Tempo etwa {value}", **words)
    return t.gettext("bis {deadline} erreichbar wären etwa {value} (6 von 10)", **words)


def _pairs(row: dict[str, Any], readings: Rows, t: Language) -> list[tuple[str, str]]:
    """Return where a goal stands, what its number means, and what it started from."""
    said = [
        (t.gettext("Heute"), "" if row["reason"] else goals.status_line(row, t)),
        (t.gettext("Nicht messbar"), goals.why_not_measurable(row, t) if row["reason"] else ""),
        (t.gettext("Was die Zahl bedeutet"), echo(row, readings, t)),
        (t.gettext("Ausgangsbasis"), baseline(row, t)),
    ]
    return [(term, meaning) for term, meaning in said if meaning]


def _measure(row: dict[str, Any], today: dt.date, t: Language) -> Measure:
    until = t.date(row["date"], short=True) if row["date"] else ""
    if until and row["status"] == "open":
        late = t.gettext("überfällig seit {deadline}", deadline=until)
        until = late if row["date"] < today else t.gettext("bis {deadline}", deadline=until)
    status = Labelled(word(t, "measure", row["status"]), row["status"]) if row["status"] else None
    return Measure(status, row["measure"] or "", " · ".join(fact for fact in (row["owner_role"], until) if fact))


def _unanswered(cards: list[Card], t: Language) -> str:
    """Return how many of the four answers of each goal are missing."""
    answers = [answer for card in cards for _, answer in card.questions]
    n_open = answers.count("")
    if not n_open:
        return ""
    return t.ngettext(
        "Von {total} Antworten auf die vier Fragen fehlt noch {n}.",
        "Von {total} Antworten auf die vier Fragen fehlen noch {n}.",
        n_open, total=t.number(len(answers)),
    )  # fmt: skip
