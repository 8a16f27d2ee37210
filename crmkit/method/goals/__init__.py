"""Goals: from a German or English sentence to an honest status.

Read in this order: `goal` (what a goal is), `sentence` with `german` and `english` (reading it), `write`,
`places`, `entry` (goals of ``client.yml``), `targets` (what its number means), `readings`, `frozen` (the baseline
that holds), `shape` (the path to the target), `course`, `forecast`, `outlook`, `tracking` (where it stands), `fit`
(whether it still fits), `agreed` (what was changed since), `apart` (what two goals tell together), `followed` and
`tables`; for wishes that are no goal yet, `hints`.
"""

from crmkit.method.goals.entry import from_entries, from_entry
from crmkit.method.goals.fit import proposed_fit
from crmkit.method.goals.followed import Followed
from crmkit.method.goals.frozen import Frozen, freeze
from crmkit.method.goals.goal import Answers, Goal
from crmkit.method.goals.readings import Baseline
from crmkit.method.goals.sentence import parse
from crmkit.method.goals.tables import history, paths, readings_table, table
from crmkit.method.goals.targets import Reading, Target, reading
from crmkit.method.goals.tracking import GoalStatus, track

__all__ = [
    "Answers",
    "Baseline",
    "Followed",
    "Frozen",
    "Goal",
    "GoalStatus",
    "Reading",
    "Target",
    "freeze",
    "from_entries",
    "from_entry",
    "history",
    "parse",
    "paths",
    "proposed_fit",
    "reading",
    "readings_table",
    "table",
    "track",
]
