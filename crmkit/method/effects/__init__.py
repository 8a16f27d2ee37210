"""What followed a change: twelve weeks before beside twelve after, and an interrupted time series where data carry it.

Read in this order: `effect` (what it says), `observed` and `design` (what it looks at), `interruption`; then `weekly`
(a client's weeks), `scope` (whom a change concerns), `windows`, `tables`.
"""

from crmkit.method.effects.effect import Effect
from crmkit.method.effects.interruption import interrupted
from crmkit.method.effects.tables import before_after, estimates

__all__ = ["Effect", "before_after", "estimates", "interrupted"]
