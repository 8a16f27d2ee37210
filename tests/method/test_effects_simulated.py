"""The small form of `benchmarks/effects.py`: simulated clients without an effect, and with a step of 15 points."""

from pathlib import Path

import pytest


@pytest.fixture
def cases(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "benchmarks")
    from interruptions import cases

    return cases


def test_errors_of_both_kinds(cases):
    """Sixty series each: chance alone leaves less than a hundredth for limits so wide at the measured rates."""
    kinds = {kind: cases.CASES[kind] for kind in ("no effect", "step of 15 points")}
    answers = cases.answered(60, seed=5, cases=kinds).groupby("case")
    assert answers["is_found"].mean()["no effect"] <= 0.12
    assert answers["is_right"].mean()["step of 15 points"] >= 0.80
    assert answers["holds"].mean().min() >= 0.85


def test_the_page_says_what_was_measured(cases):
    from interruptions import page

    answers = cases.answered(3, seed=5)
    written = page.write(answers, minutes=0.5)
    assert page.table(answers) in written
    assert "{" not in written
    assert all(f"| {case} |" in written for case in cases.CASES)


def test_gaps_are_gaps(cases):
    import numpy as np

    made = cases.CASES["no effect, eight weeks without a log"](np.random.default_rng(1))
    assert (made.weeks["n_total"] == 0).sum() == 8
