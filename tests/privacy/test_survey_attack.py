"""An attacker who holds all tables of a survey, with a solver of its own that knows nothing of the kit's.

Its unknowns are the respondents of each unit by their answer to an item, and those of each unit who did not answer.
Every shown number is an equation over them. Nobody's group of one to six may be bounded closer than seven.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from crmkit.method import survey
from crmkit.privacy import protect

UNITS = ("Vertrieb", "Service", "Marketing", "Einkauf")
ANSWERS = ("agree", "neutral", "disagree", "cannot_judge")
SILENT = "silent"
KINDS = list(product((*UNITS, ""), (*ANSWERS, SILENT)))
WRITTEN = {"agree": "5", "neutral": "3", "disagree": "1", "cannot_judge": "cannot_judge"}
K = 7


def people_by_chance(rng: np.random.Generator) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return 15 to 90 respondents with unit and answers to two items, and how many were invited in each unit."""
    n = int(rng.integers(15, 90))
    units = rng.choice([*UNITS, ""], p=rng.dirichlet(np.ones(5) * rng.choice([0.5, 3])), size=n)
    habit = {unit: rng.dirichlet(np.ones(4) * rng.choice([0.3, 2])) for unit in [*UNITS, ""]}
    rows = [
        (f"r{number}", unit, item, str(rng.choice(ANSWERS, p=habit[unit])))
        for number, unit in enumerate(units)
        for item in ("1", "5")
    ]
    people = pd.DataFrame(rows, columns=["respondent", "org_unit", "item", "answer"])
    sizes = people[people["item"] == "1"]["org_unit"].value_counts()
    return people, {unit: int(sizes.get(unit, 0) + rng.integers(0, 20)) or 1 for unit in UNITS}


def counting(units: tuple[str, ...], answers: tuple[str, ...]) -> np.ndarray:
    return np.array([float(unit in units and answer in answers) for unit, answer in KINDS])


def shown_numbers(shown: dict, item: str) -> list[tuple[np.ndarray, float]]:
    everybody = (*UNITS, "")
    found = []
    for row in shown["survey_items"].frame.query("item == @item").to_dict("records"):
        parts = ("neutral", "cannot_judge") if row["answer"] == "neither" else (row["answer"],)
        found += [(counting(everybody, parts), row["n"]), (counting(everybody, ANSWERS), row["n_total"])]
    for row in shown["survey_response"].frame.to_dict("records"):
        units = (row["org_unit"],) if row["org_unit"] else everybody
        found += [(counting(units, ANSWERS), row["n"]), (counting(units, (*ANSWERS, SILENT)), row["n_total"])]
    for row in shown["survey_by_unit"].frame.query("item == @item").to_dict("records"):
        unit = (row["org_unit"],)
        found += [(counting(unit, ("agree",)), row["n"]), (counting(unit, ANSWERS), row["n_total"])]
    return [(counts, float(value)) for counts, value in found if not pd.isna(value)]


def width(counts: np.ndarray, known: list[tuple[np.ndarray, float]]) -> float:
    sums, values = np.array([c for c, _ in known]), np.array([v for _, v in known])
    ends = [linprog(sign * counts, A_eq=sums, b_eq=values, bounds=(0, None)) for sign in (1.0, -1.0)]
    return np.inf if 3 in [end.status for end in ends] else -ends[1].fun - ends[0].fun


@pytest.mark.parametrize("seed", range(12))
def test_no_group_of_a_few_can_be_bounded(seed, client_of, people_tables):
    people, invited = people_by_chance(np.random.default_rng(seed))
    settings = f"survey: {{invited: {{{', '.join(f'{unit}: {n}' for unit, n in invited.items())}}}}}"
    n_left = int((people["org_unit"] == "").sum() / 2)
    settings = settings.replace("}}", f", Sonstige: {n_left + 12}}}}}")
    everyone = people_tables([f"u{n}" for n in range(80)], org_unit="Vertrieb")
    client = client_of(settings=settings, survey=people.replace({"answer": WRITTEN}), **everyone)
    made = [survey.items(client), survey.response(client), survey.by_unit(client), survey.other_units(client)]
    shown = protect({table.name: table for table in made}, k=client.k)
    for item in ("1", "5"):
        known = shown_numbers(shown, item)
        inside = people[people["item"] == item]
        truth = inside.groupby(["org_unit", "answer"]).size()
        n_agree, others = int(inside["answer"].eq("agree").sum()), ANSWERS[1:]
        # what nobody or everybody of the whole client says is no secret of a unit
        says_all = n_agree in (0, len(inside))
        for unit in UNITS:
            n, size = int(truth.get((unit, "agree"), 0)), int((inside["org_unit"] == unit).sum())
            secrets = [(("agree",), n), (others, size - n), ((SILENT,), invited[unit] - size)]
            for answers, number in secrets:
                is_uniform = number == 0 and size and answers != (SILENT,) and not says_all
                if 0 < number < K or is_uniform:
                    assert width(counting((unit,), answers), known) > K - 1e-6, (unit, answers, number)
        for answers in (("cannot_judge",), ("neutral",), ("agree",), ("disagree",)):
            n = int(inside["answer"].isin(answers).sum())
            if 0 < n < K:
                assert width(counting((*UNITS, ""), answers), known) > K - 1e-6, (answers, n)
