"""Frozen baselines: what is kept, that it holds, and that nobody changes it unseen."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml

from crmkit import history
from crmkit.errors import GoalError
from crmkit.method import goals
from crmkit.method.goals import Goal, frozen

START = dt.date(2025, 12, 31)
GOAL = Goal(
    metric="active_users", change_value=0.2, change_unit="relative", direction="up", start=START,
    deadline=dt.date(2026, 9, 30), wording="Mehr Nutzer.",
)  # fmt: skip
AS_OF = dt.date(2026, 5, 31)


def readings(values, *, first="2025-09-30", **columns) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="ME")
    rows = {"month": months, "population": "all", "value": np.array(values, dtype=float), "n_total": 200.0}
    return pd.DataFrame({**rows, "coverage_share": 1.0, "definition_hash": "a", "noise": np.nan, **columns})


def keep(folder, *new: frozen.Frozen):
    history.keep_baselines(folder, [one.entry() for one in new])


def read_all(folder) -> list[frozen.Frozen]:
    return frozen.of_entries(history.baselines(folder))


def read(folder) -> dict[str, frozen.Frozen]:
    return {one.id: one for one in read_all(folder)}


SERIES = readings([59, 61, 60, 60, 62, 64, 66, 68, 70])


@pytest.fixture
def kept(tmp_path):
    keep(tmp_path, frozen.freeze(GOAL, SERIES, as_of=AS_OF))
    return tmp_path


def test_what_is_frozen(kept):
    found = read(kept)[GOAL.id]
    assert [(month.isoformat(), value, n_total) for month, _, value, _, n_total in found.readings] == [
        ("2025-09-30", 59, 200), ("2025-10-31", 61, 200), ("2025-11-30", 60, 200),
    ]  # fmt: skip
    assert (found.baseline.value, found.baseline.n_total, found.baseline.provisional) == (60, 200, False)
    assert found.baseline.hashes == {"a"}
    assert (found.frozen_on, found.sentence, found.reason) == (AS_OF, "Mehr Nutzer.", "")
    plain = goals.track(GOAL, SERIES, as_of=AS_OF)
    assert goals.track(GOAL, SERIES, as_of=AS_OF, baseline=found.baseline) == plain


def test_it_holds_when_the_data_change(kept):
    baseline = read(kept)[GOAL.id].baseline
    late = readings([40, 40, 40, 60, 62, 64, 66, 68, 70])
    assert goals.track(GOAL, late, as_of=AS_OF).baseline == 40
    held = goals.track(GOAL, late, as_of=AS_OF, baseline=baseline)
    assert (held.baseline, held.target) == (60, 72)


def test_another_definition_is_no_comparison(kept):
    baseline = read(kept)[GOAL.id].baseline
    other = goals.track(GOAL, SERIES.assign(definition_hash="b"), as_of=AS_OF, baseline=baseline)
    assert (other.status, other.reason) == ("not_measurable", "definition_break")


def test_shares_are_found_again_exactly(tmp_path):
    """36 % of 187 people is no round number: the target of the frozen share is that of the counts."""
    rate = replace(GOAL, metric="usage_rate", id="")
    series = readings(np.array([67, 68, 67, 67, 67, 67, 67, 67, 67]) / 187, n_total=187.0)
    keep(tmp_path, frozen.freeze(rate, series, as_of=AS_OF))
    held = goals.track(rate, series, as_of=AS_OF, baseline=read(tmp_path)[rate.id].baseline)
    assert held.target == goals.track(rate, series, as_of=AS_OF).target


def test_one_reading_stays_provisional(tmp_path):
    one = frozen.freeze(GOAL, readings([60], first="2025-12-31"), as_of=START)
    keep(tmp_path, one)
    assert read(tmp_path)[GOAL.id].baseline.provisional


def test_own_figures_have_no_people(tmp_path):
    figure = Goal(
        metric="outcome", outcome="Zufriedenheit", change_value=8.5, change_unit="target", direction="up", start=START,
        deadline=dt.date(2026, 9, 30),
    )  # fmt: skip
    series = readings([7.4, 7.9], first="2025-11-30", n_total=np.nan)
    keep(tmp_path, frozen.freeze(figure, series, as_of=AS_OF))
    text = (tmp_path / history.BASELINES).read_text(encoding="utf-8")
    assert "nan" not in text.casefold()
    assert read(tmp_path)[figure.id].baseline.value == 7.4


def test_frozen_again_with_a_reason(kept):
    again = frozen.freeze(GOAL, readings([50, 50, 50, 60]), as_of=AS_OF, reason="Konten bereinigt")
    keep(kept, again)
    assert [entry.baseline.value for entry in read_all(kept)] == [60, 50]
    assert read(kept)[GOAL.id].reason == "Konten bereinigt"


def test_the_same_bytes(kept, tmp_path):
    first = (kept / history.BASELINES).read_bytes()
    (kept / history.BASELINES).unlink()
    keep(kept, frozen.freeze(GOAL, SERIES.sample(frac=1, random_state=1), as_of=AS_OF))
    assert (kept / history.BASELINES).read_bytes() == first
    assert [file.name for file in (kept / "history").iterdir()] == ["goals.yml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("value: 61.0", "value: 71.0"), ("2026-05-31", "2026-05-30"), ("Mehr Nutzer.", "Weniger Nutzer."), ("1/5", "1/10"),
     ("definition_hash: a", "definition_hash: b"), ("shape: linear", "shape: s_curve"), ("reason: ''", "reason: x")],
)  # fmt: skip
def test_a_change_by_hand_is_seen(kept, old, new, refused):
    file = kept / history.BASELINES
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    message = (
        f'history/goals.yml: entry 1, "{GOAL.id}": not what was frozen, its hash differs. Restore the file, or remove '
        "the entry and freeze the baseline again with a reason."
    )
    with refused(GoalError, message):
        read(kept)


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]",
        "a: [",
        "- {id: x}",
        "just words",
        "- id: x\n  readings: 3",
        "\x00",
        "- !!python/object:os.system x",
        "[" * 5000,
    ],
)
def test_a_broken_file(kept, text, refused):
    (kept / history.BASELINES).write_text(text, encoding="utf-8")
    with refused(GoalError, "history/goals.yml: cannot be read. Restore it from a backup; it is not written by hand."):
        read(kept)


def test_an_entry_that_was_taken_out_is_seen(kept, refused):
    """Each entry carries the hash of the one before it: an earlier one cannot be dropped from under a later one."""
    keep(kept, frozen.freeze(GOAL, SERIES, as_of=AS_OF, reason="Konten bereinigt"))
    first, second = yaml.safe_load((kept / history.BASELINES).read_text(encoding="utf-8"))
    assert second["previous"] == first["sha256"]
    (kept / history.BASELINES).write_text(yaml.safe_dump([second], allow_unicode=True), encoding="utf-8")
    with pytest.raises(GoalError, match="not what was frozen"):
        read(kept)


@pytest.mark.parametrize("path", ["history/goals.yml", "history"])
def test_a_place_that_is_none(tmp_path, path, refused):
    if path.endswith("yml"):
        (tmp_path / path).mkdir(parents=True)
        with refused(
            GoalError, "history/goals.yml: cannot be read. Restore it from a backup; it is not written by hand."
        ):
            read(tmp_path)
    else:
        (tmp_path / path).write_text("", encoding="utf-8")
        with refused(GoalError, "history/goals.yml: cannot be written: file exists."):
            keep(tmp_path, frozen.freeze(GOAL, SERIES, as_of=AS_OF))


def test_no_file_is_no_baseline(tmp_path):
    assert read(tmp_path) == {}
    keep(
        tmp_path,
    )
    assert not (tmp_path / "history").exists()


@pytest.mark.parametrize(
    ("series", "problem"),
    [
        (readings([60, 60], first="2026-02-28"), "no reading before its start"),
        (SERIES.assign(definition_hash=["a", "b", "b", *"bbbbbb"]), "its readings rest on different definitions"),
    ],
)
def test_what_cannot_be_frozen(series, problem, refused):
    with refused(GoalError, f'goal "{GOAL.id}": its baseline cannot be frozen: {problem}.'):
        frozen.freeze(GOAL, series, as_of=AS_OF)


def test_yaml_is_plain(kept):
    entry = yaml.safe_load((kept / history.BASELINES).read_text(encoding="utf-8"))[0]
    assert entry["sha256"] == read(kept)[GOAL.id].sha256
