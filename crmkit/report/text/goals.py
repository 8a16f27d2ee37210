"""What is said of goals: status, pace, chance, fit, in one line each and over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmkit.method.goals.tracking import AT_RISK, ON_TRACK
from crmkit.report.cells import MASKED, rows_of
from crmkit.report.language import N_, Language
from crmkit.report.text.goal_units import GoalUnit
from crmkit.report.text.words import WORDS, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmkit.privacy.protected import ProtectedTable

Goal = dict[str, Any]

#: Statuses by how much a goal asks for attention.
BY_ATTENTION = ("off_track", "at_risk", "missed", "not_measurable", "on_track", "too_early", "reached")
_PACES = N_(
    "Soll-Tempo: nötige Änderung je Monat bis zum Ziel. Ist-Tempo: beobachtete Änderung je Monat. Jeder Messwert aus "
    "dem Protokoll steht für 12 Wochen; benachbarte überschneiden sich, ein guter Monat ist noch kein Verlauf."
)


def chance(probability: float, t: Language) -> str:
    """Return a probability in words and tenths."""
    return t.gettext("{chance} ({tenths})", chance=likelihood(probability, t), tenths=tenths(probability, t))


def likelihood(probability: float, t: Language) -> str:
    """Return a probability in words, by the limits of the status."""
    words = N_("wahrscheinlich") if probability >= ON_TRACK else N_("offen")
    return t.gettext(words if probability >= AT_RISK else N_("wenig wahrscheinlich"))


def tenths(probability: float, t: Language) -> str:
    """Return a probability in tenths, rounded down: never more than there are."""
    return t.gettext("{n} von 10", n=t.number(min(max(int(probability * 10 + 1e-9), 1), 9)))


def by_attention(goals: Iterable[Goal]) -> list[Goal]:
    """Return goals in the order in which they ask for attention, else as they stand."""
    return sorted(goals, key=lambda goal: BY_ATTENTION.index(goal["status"]))


def status_line(goal: Goal, t: Language) -> str:
    """Return where a goal stands: reading, target, deadline; or why that is not known."""
    if goal["reason"]:
        return why_not_measurable(goal, t)
    unit, deadline = GoalUnit.of(goal), t.date(goal["deadline"], short=True)
    if goal["actual"] is None or goal["target"] is None:
        return t.gettext("bis {deadline}", deadline=deadline)
    return t.gettext(
        "Ist {actual}, Ziel {target} bis {deadline}",
        actual=unit.amount(goal["actual"], t), target=unit.named(goal["target"], t), deadline=deadline,
    )  # fmt: skip


def why_not_measurable(goal: Goal, t: Language) -> str:
    """Return why a goal is not measurable, and where it would be."""
    why = word(t, "goal_reason", goal["reason"])
    if not goal["measurable_in"]:
        return why
    place = place_of(goal["measurable_in"], t)
    return f"{why} {t.gettext('Messbar wäre das Ziel {place}.', place=place)}"


def place_of(path: str, t: Language) -> str:
    """Return where a goal would be measurable: in a unit, or in the whole client (``*``)."""
    if path in WORDS["place"]:
        return word(t, "place", path)
    return t.gettext("in {unit}", unit=path.replace("/", " › "))


def pace_line(goal: Goal, t: Language) -> str:
    """Return required against observed pace, empty where they mean nothing."""
    if goal["required_pace"] is None or goal["observed_pace"] is None:
        return ""
    unit = GoalUnit.of(goal)
    required, observed = (unit.pace(goal[name], t) for name in ("required_pace", "observed_pace"))
    return t.gettext("Soll-Tempo {required}, Ist-Tempo {observed} je Monat", required=required, observed=observed)


def summary(table: ProtectedTable, t: Language) -> str:
    """Return how many goals there are, by status, those first that ask for attention."""
    statuses = [row["status"] for row in by_attention(rows_of(table))]
    if len(statuses) == 1 and statuses[0] != "too_early":
        return t.gettext("Das Ziel ist {status}.", status=word(t, "status", statuses[0]))
    counts = [f"{t.number(statuses.count(code))} {word(t, 'status', code)}" for code in dict.fromkeys(statuses)]
    goals = t.ngettext("{n} Ziel", "{n} Ziele", len(statuses))
    return t.gettext("{goals}: {counts}.", goals=goals, counts=t.joined(counts))


def fitting(goals: Iterable[Goal], t: Language) -> str:
    """Return how many goals are decided to fit, adjust, end; what is proposed for others, and how many are open."""
    decided = [goal["fit"] for goal in goals if goal["fit"]]
    proposed = [goal["fit_proposed"] for goal in goals if goal["fit_proposed"] and not goal["fit"]]
    n_open = sum(not goal["fit"] and not goal["fit_proposed"] for goal in goals)
    said = [t.gettext("Entschieden: {counts}.", counts=_fits(decided, t))] if decided else []
    if proposed:
        said.append(t.gettext("Vorgeschlagen: {counts}.", counts=_fits(proposed, t)))
    if n_open:
        said.append(t.gettext("Noch ohne Vorschlag: {n}.", n=t.number(n_open)))
    return " ".join(said)


def _fits(fits: list[str], t: Language) -> str:
    """Return how often each decision is taken; in quotation marks, since "passt" has no plural."""
    return t.joined(
        [
            t.gettext("{n}\u00a0×\u00a0„{fit}“", n=t.number(fits.count(code)), fit=word(t, "fit", code))
            for code in WORDS["fit"]
            if code in fits
        ]
    )


def finding(table: ProtectedTable, t: Language) -> str:
    """Return the status of one goal, or how many of several are reached or on track."""
    rows = rows_of(table)
    if len(rows) == 1:
        goal, status = rows[0], word(t, "status", rows[0]["status"])
        if goal["reason"]:
            return t.gettext("Das Ziel ist {status}. {why}", status=status, why=why_not_measurable(goal, t))
        return f"{status_line(goal, t)}: {status}."
    good = sum(row["status"] in ("reached", "on_track") for row in rows)
    return t.gettext("Erreicht oder auf Kurs: {n} von {total} Zielen.", n=t.number(good), total=t.number(len(rows)))


def pace_finding(table: ProtectedTable, t: Language) -> str:
    """Return at how many goals the observed pace is enough; how they stand where none is measurable.

    Empty where paces do not tell: on a curved path the pace that is needed changes from month to month.
    """
    if all(row["reason"] for row in rows_of(table)):
        return finding(table, t)
    paced = [row for row in rows_of(table) if None not in (row["required_pace"], row["observed_pace"], row["target"])]
    if not paced or any(row["shape"] != "linear" for row in paced):
        return ""
    n, total = sum(_is_enough(row) for row in paced), len(paced)
    if total == 1:
        enough, not_enough = (
            N_("Das Ist-Tempo reicht für das Ziel, wenn es so bleibt."),
            N_("Das Ist-Tempo reicht für das Ziel bisher nicht."),
        )
        return t.gettext(enough if n else not_enough)
    return t.gettext("Das Ist-Tempo reicht bei {n} von {total} laufenden Zielen.", n=t.number(n), total=t.number(total))


def _is_enough(goal: Goal) -> bool:
    """Return whether the observed pace is at least the required one, in the direction of the goal."""
    required, observed = goal["required_pace"], goal["observed_pace"]
    is_falling = goal["baseline"] is not None and goal["target"] < goal["baseline"]
    return observed <= required if is_falling else observed >= required


def spoken(goal: Goal, t: Language) -> str:
    """Return a goal for those who do not see the chart: status, numbers, paces and chance."""
    said = t.gettext("„{wording}“: {status}", wording=goal["wording"], status=word(t, "status", goal["status"]))
    if goal["reason"]:
        return f"{said}. {why_not_measurable(goal, t).rstrip('.')}"
    parts = [_numbers(goal, t), pace_line(goal, t), outlook(goal, t), tendency(goal, t)]
    return f"{said}. {'; '.join(part for part in parts if part)}"


def tendency(goal: Goal, t: Language) -> str:
    """Return what the last reading says by itself, empty where that is the status already."""
    if not goal["tending"]:
        return ""
    return t.gettext("Letzte Messung für sich: {status}", status=word(t, "status", goal["tending"]))


def outlook(goal: Goal, t: Language) -> str:
    """Return the chance of a goal in words, empty where there is none."""
    if goal["probability"] is None:
        return ""
    return t.gettext("Aussicht: {chance}", chance=chance(goal["probability"], t))


def _numbers(goal: Goal, t: Language) -> str:
    """Return baseline, reading and target; "·" for what is masked."""
    hidden = goal["suppressed"] and goal["actual"] is None
    reading = status_line(goal, t)
    if hidden:
        numbers = {"actual": MASKED, "target": MASKED, "deadline": t.date(goal["deadline"], short=True)}
        reading = t.gettext("Ist {actual}, Ziel {target} bis {deadline}", **numbers)
    if goal["baseline"] is None and not hidden:
        return reading
    baseline = t.gettext("Ausgangsbasis {baseline}", baseline=GoalUnit.of(goal).amount(goal["baseline"], t))
    return f"{baseline}, {reading}"


def remarks(table: ProtectedTable, t: Language) -> list[str]:
    """Return what paces and chances are, if there are any, and why there is no chance, if one is missing."""
    chances = [row["probability"] for row in rows_of(table) if row["required_pace"] is not None]
    said = [_PACES] if chances else []
    if any(chance is not None for chance in chances):
        said.append(N_("Aussicht: „6 von 10“ heißt, bei 10 ähnlichen Verläufen würde das Ziel etwa 6-mal erreicht."))
    if None in chances:
        said.append(
            N_(
                "Eine Aussicht gibt es nur für Zahlen aus dem Protokoll, erst ab 12 Monaten Vorgeschichte und nach dem "
                "ersten Drittel der Laufzeit."
            )
        )
    return [t.gettext(text) for text in said]
