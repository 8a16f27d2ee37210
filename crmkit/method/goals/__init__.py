"""Goals: from a German or English sentence to an honest status.

Read in this order: `goal` (what a goal is), `sentence` with `german` and `english` (reading it), `write`,
`places`, `targets` (what its number means), `readings`, `course`, `forecast`, `tracking` (where it stands),
`tables`.
"""

from crmkit.method.goals.entry import from_entries, from_entry
from crmkit.method.goals.goal import Answers, Goal
from crmkit.method.goals.sentence import parse
from crmkit.method.goals.tables import path, table
from crmkit.method.goals.targets import Reading, Target, reading
from crmkit.method.goals.tracking import GoalStatus, track

__all__ = [
    "Answers",
    "Goal",
    "GoalStatus",
    "Reading",
    "Target",
    "from_entries",
    "from_entry",
    "parse",
    "path",
    "reading",
    "table",
    "track",
]
