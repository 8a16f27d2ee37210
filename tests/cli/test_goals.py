"""`crmkit goals` and what `crmkit check` says of goals, on a small client from raw files."""

import datetime as dt

import pytest

from crmkit import history
from crmkit.method.goals import frozen

SETTINGS = """
name: Acme GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: generic.users, exported: 2026-06-28}
  - file: exports/changes.csv
    reader: generic.changes
    covers: {from: 2025-09-01, to: 2026-06-28}
"""
SENTENCE = "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 20 % erhöhen."


@pytest.fixture
def firm(tmp_path):
    """Return a function that makes a client: 20 of 80 people change a record every week, 10 more since April."""
    (tmp_path / "exports").mkdir()
    users = [f"p{i:02},Person {i:02},Sales,2026-06-25,user,2024-01-01" for i in range(80)]
    head = "user_id,name,org_unit,last_login,account_type,first_active"
    (tmp_path / "exports" / "users.csv").write_text("\n".join([head, *users]) + "\n", encoding="utf-8")
    tuesdays = [dt.date(2025, 9, 2) + dt.timedelta(weeks=week) for week in range(43)]
    changes = [
        f"{day}T10:00:00,p{i:02},Account,changed"
        for day in tuesdays
        for i in range(30)
        if i < 20 or day > dt.date(2026, 3, 1)
    ]
    head = "timestamp,user_id,object,operation"
    (tmp_path / "exports" / "changes.csv").write_text("\n".join([head, *changes]) + "\n", encoding="utf-8")

    def make(*goals: str, measures: str = ""):
        lines = "goals:\n" + "".join(f"  - {goal}\n" for goal in goals) if goals else ""
        (tmp_path / "client.yml").write_text(SETTINGS + lines, encoding="utf-8")
        if measures:
            (tmp_path / "measures.csv").write_text(measures, encoding="utf-8")
        return tmp_path

    return make


GOAL = f'{{id: mehr, sentence: "{SENTENCE}", start: 2026-02-28}}'


def test_the_register(firm, crmkit):
    done = crmkit("goals", firm(GOAL, f'{{id: später, sentence: "{SENTENCE}", start: 2026-07-01}}'))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Acme GmbH, 2026-06-28",
        "  mehr: reached",
        f"    {SENTENCE}",
        "    20 at the start, 30 now, 24 by 2026-11-28",
        "    baseline not frozen",
        "  später: begins on 2026-07-01",
        f"    {SENTENCE}",
        "  to freeze a baseline before its readings change: crmkit goals CLIENT --freeze",
    ]


def test_freeze_and_freeze_again(firm, crmkit):
    folder = firm(GOAL)
    assert "  frozen: mehr" in crmkit("goals", folder, "--freeze").out.splitlines()
    lines = crmkit("goals", folder, "--freeze").out.splitlines()
    assert any(line.startswith("    baseline frozen on 2026-06-28 (") for line in lines)
    assert "  frozen: mehr" not in lines
    without = crmkit("goals", folder, "--again", "mehr")
    assert (without.code, without.err) == (1, "error: goal: `reason`: say why the baseline is frozen again.\n")
    crmkit("goals", folder, "--again", "mehr", "--reason", "Konten bereinigt")
    assert [kept.reason for kept in frozen.of_entries(history.baselines(folder))] == ["", "Konten bereinigt"]


def test_a_moved_goal_is_said(firm, crmkit):
    crmkit("goals", firm(GOAL), "--freeze")
    done = crmkit("goals", firm(GOAL.replace("20 %", "10 %")))
    assert f"    changed since its baseline was frozen; agreed was: {SENTENCE}" in done.out.splitlines()
    assert "--freeze" not in done.out


def test_a_dropped_goal_is_said(firm, crmkit):
    crmkit("goals", firm(GOAL), "--freeze")
    lines = crmkit("goals", firm()).out.splitlines()
    assert "  mehr: frozen on 2026-06-28, no longer in client.yml" in lines


def test_a_reason_needs_a_goal(firm, crmkit):
    done = crmkit("goals", firm(GOAL), "--freeze", "--reason", "nur so")
    assert done.code == 2
    assert "--reason: say with --again which baseline is frozen again." in done.err


def test_no_goals(firm, crmkit):
    assert crmkit("goals", firm()).out.splitlines() == ["Acme GmbH, 2026-06-28", "  no goals in client.yml"]


def test_check_echoes_how_goals_are_read(firm, crmkit):
    measures = (
        "goal,measure,hurdle,owner_role,date,status\nmehr,Training,,Leitung,2026-05-01,done\nmehrr,Liste,,,,open\n"
    )
    lines = crmkit("check", firm(GOAL, "Active users in Sales should grow by 5 % in 6 months.", measures=measures)).out
    start = lines.splitlines().index("  goals:")
    assert lines.splitlines()[start : start + 9] == [
        "  goals:",
        f"    mehr: {SENTENCE}",
        "      percent of the baseline; percentage points must be called so",
        "      active means regular or occasional; for regular users alone, say so",
        "    active-users-sales-up-5pct-2026-12-28: Wir wollen die Zahl der aktiven Nutzer in der Organisationseinheit "
        "Sales in 6 Monaten um 5 % erhöhen.",
        "      percent of the baseline; percentage points must be called so",
        "      active means regular or occasional; for regular users alone, say so",
        "      the organisational unit is meant; there is a CRM area of that name too",
        "      begins on 2026-06-28, the day of the retrospective: no `start` is stated",
    ]
    assert '    measures.csv: "mehrr" is no goal. Did you mean "mehr"?' in lines.splitlines()


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        ("Wir wollen mehr.", '    error: goal "Wir wollen mehr.": not understood: "mehr".'),
        (SENTENCE.replace("in 9", "im Bereich Nirgends in 9"), '    error: goal: "Nirgends"'),
        (GOAL + "\n  - " + GOAL.replace("20 %", "10 %"), '    error: goals: the id "mehr" stands for two goals: "Wir'),
    ],
)
def test_check_names_what_is_wrong(firm, crmkit, goal, message):
    done = crmkit("check", firm(goal))
    assert done.code == 0
    assert any(line.startswith(message) for line in done.out.splitlines()), done.out
