"""The page about the forecast: docs/method/forecast.md, from the text in page.md and the figures of the run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from crmkit.method.goals.components import PRIOR
from crmkit.method.goals.forecast import HISTORY_MONTHS, LONGEST_HISTORY
from forecasting import questions, samples, scores, simulation, tables
from forecasting.methods import DEFAULT, FORMER

PICTURE = "forecast_reliability.svg"


def write(answers: pd.DataFrame, *, minutes: float) -> str:
    """Return the page.

    Parameters
    ----------
    answers
        From `answers.answered` on the test sample.
    minutes
        How long the run took.
    """
    asked = answers[~answers["is_met"]]
    return (
        Path(__file__)
        .with_suffix(".md")
        .read_text(encoding="utf-8")
        .format(
            **_plain(asked, answers),
            bar=tables.bar(asked, answers),
            methods=tables.methods(asked),
            intervals=tables.intervals(answers),
            reliability=tables.reliability(asked),
            statuses=tables.statuses(asked),
            breakdown=tables.breakdown(asked, answers),
            parts=_parts(asked),
            drift=tables.drift(answers),
            prior=_prior(),
            habits=_habits(),
            goals=_goals(),
            n_series=_n_series(answers),
            minutes=f"{minutes:.0f}",
            picture=PICTURE,
            test=_sizes(samples.TEST),
            tuning=_sizes(samples.TUNING),
        )
    )


def _plain(asked: pd.DataFrame, everything: pd.DataFrame) -> dict[str, str]:
    """Return the figures of the first paragraphs."""
    own = tables.of_method(asked)
    found = {f"skill_{group}": tables.percent(scores.skill(tables.of_group(own, group))) for group in tables.GROUPS}
    found |= {f"brier_{group}": f"{scores.brier(tables.of_group(own, group)):.3f}" for group in tables.GROUPS}
    found |= {f"base_{group}": f"{scores.base_brier(tables.of_group(own, group)):.3f}" for group in tables.GROUPS}
    for source in ("m3", "tourism"):
        found[f"skill_{source}"] = tables.percent(scores.skill(own[own["source"] == source]))
    status = scores.statuses(tables.of_group(own, "simulated")).set_index("status")["happened"]
    found |= {f"status_{name.replace(' ', '_')}": _in_ten(share) for name, share in status.items()}
    former = scores.skill(tables.of_method(tables.of_group(asked, "simulated"), FORMER))
    held, width = scores.coverage(tables.of_method(tables.of_group(everything, "simulated")))
    return {
        **found, "n_questions": f"{len(own):,}", "n_histories": f"{len(own.drop_duplicates(['name', 'history'])):,}",
        "skill_former": tables.percent(former), "held": tables.percent(held), "width": tables.percent(width),
        "history": str(HISTORY_MONTHS), "longest": str(LONGEST_HISTORY),
    }  # fmt: skip


def _in_ten(share: float) -> str:
    return f"{10 * share:.1f} of 10"


def _parts(asked: pd.DataFrame) -> str:
    """Return what each part of the default is worth: the score without it."""
    names = {
        "a course of the year": "kit without a course of the year",
        "slopes": "kit without slopes",
        "noise of behaviour": "kit without noise of behaviour",
        "evidence to the power of ½": "kit, full evidence",
    }
    rows = []
    for what, name in names.items():
        cells = []
        for source in ("simulated", "m3", "tourism"):
            part = asked[asked["source"] == source]
            more, low, high = scores.difference(tables.of_method(part, DEFAULT), tables.of_method(part, name))
            cells.append(f"{more:+.4f} ({low:+.4f} … {high:+.4f})")
        rows.append((what, *cells))
    return tables.markdown(["Brier score without", "simulated", "m3", "tourism"], rows)


def _habits() -> str:
    """Return the mix of the simulated clients."""
    weights = dict(zip(simulation.HABITS, simulation.MIX, strict=True))
    habits = [
        f"{name} {100 / (1 + 2.718281828**-mean):.0f} % (weight {weights[name]:g})"
        for name, (mean, _) in simulation.HABITS.items()
    ]
    tempers = [
        f"{name} {tables.percent(share)}: everybody ±{common:g}, each person ±{own:g}"
        for (name, (common, own)), share in zip(simulation.TEMPERS.items(), simulation.TEMPER_SHARES, strict=True)
    ]
    measures = ", ".join(f"{name} {tables.percent(share)}" for name, share in simulation.MEASURES.items())
    rows = [
        ("people", "15–400, evenly on a logarithmic scale; 24–36 readings"),
        ("chance of a week with use", f"median by habit: {'; '.join(habits)}. The mix of a unit is drawn (Dirichlet)"),
        ("temper (log-odds a month)", "; ".join(tempers)),
        ("people's own drift", "habits wander and come back within about 18 months; one person in six drifts for good"),
        ("weeks alike", "in up to 30 % of weeks a person repeats the week before; each unit draws its own share"),
        ("summer", "50–95 % of people are away for two or three weeks around early August, more or less at once"),
        ("Christmas", "in the weeks around it less than half of the usual use; besides, 5 % odd weeks off"),
        ("joiners, leavers", "0.3–2 % leave a month, hiring about as many ±0.6 %; newcomers learn for about ten weeks"),
        ("re-organisation", "one unit in four: a team of 8–30 % comes with its habits, or goes"),
        ("measures", f"three in four programmes begin one within two months, others at any time; {measures}; "
         "lag 2–12 weeks, 30–90 % of people reached, +0.4 to +1.6 log-odds; what fades is gone in months"),
        ("log", "one in six lacks three to six weeks; readings under 80 % coverage are left out, as the kit does"),
        ("readings", "active people 33 %, regular 25 %, usage rate 25 %, people who rarely use it (to reduce) 17 %"),
    ]  # fmt: skip
    return "| what | how |\n| --- | --- |\n" + "\n".join(f"| {what} | {how} |" for what, how in rows)


def _goals() -> str:
    """Return how often each change is asked for."""
    kinds = questions.CHANGES
    rows = [
        (
            "keep" if change == 0 else f"{100 * change:+.0f} %",
            *[tables.percent(kinds[source][change]) for source in kinds],
        )
        for change in sorted(kinds["simulated"], reverse=True)
    ]
    return tables.markdown(["relative change", *kinds], rows)


def _n_series(answers: pd.DataFrame) -> str:
    counts = answers.groupby("source", sort=False)["name"].nunique()
    return ", ".join(f"{n:,} {source}" for source, n in counts.items())


def _prior() -> str:
    """Return the sizes of the parts that the default tries."""
    noise, season, rough = (", ".join(f"{one:g}" for one in part) for part in (PRIOR.noise, PRIOR.season, PRIOR.rough))
    return (
        f"noise of behaviour {noise}; course of the year {season}; not averaged {rough} (variances); slope "
        f"{PRIOR.slope[0]:g} or, with chance {PRIOR.steep:g}, {PRIOR.slope[1]:g} (standard deviation a month)"
    )


def _sizes(sample: dict[str, int]) -> str:
    return ", ".join(f"{n:,} {source}" for source, n in sample.items())
