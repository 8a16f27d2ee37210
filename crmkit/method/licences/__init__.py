"""Licences and money: what is bought, who holds it, what is used. Three euro figures, never added up.

Read in this order: `holding`, `steps` (`waterfall`), `use` (`use`, `figures`), `money` (`cost`, `scenario`).
"""

from crmkit.method.licences.holding import bought_licences
from crmkit.method.licences.money import cost, cost_by_type, scenario
from crmkit.method.licences.steps import waterfall
from crmkit.method.licences.use import figures, use

__all__ = ["bought_licences", "cost", "cost_by_type", "figures", "scenario", "use", "waterfall"]
