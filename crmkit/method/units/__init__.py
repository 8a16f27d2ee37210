"""Organisational units: their names today, the units of the report, their sizes, and dirty names.

Read in this order: `paths`, `structure` (`today`), `grouping` (`reporting`), `sizes` (`sizes`, `proposal`),
`spelling` and `likeness` (`similar`).
"""

from crmkit.method.units.grouping import reporting
from crmkit.method.units.likeness import similar
from crmkit.method.units.sizes import proposal, sizes
from crmkit.method.units.structure import today

__all__ = ["proposal", "reporting", "similar", "sizes", "today"]
