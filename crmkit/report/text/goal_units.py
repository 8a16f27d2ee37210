"""In what a goal is counted, and how its values are written: people, percent, or a unit of the client's own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from crmkit.method.goals.goal import COUNT_METRICS
from crmkit.report.cells import MASKED

if TYPE_CHECKING:
    from crmkit.report.language import Language

#: Metrics that are shares (0–1) of people or of CRM areas.
SHARES = ("usage_rate", "breadth")
#: Smallest step between the level lines of people, and of shares.
_LEAST_STEP = {"people": 1.0, "share": 0.01, "own": 0.0}
#: Room that a word needs under the lowest value, in steps of the level lines.
_ROOM = 0.5
_PERCENT = "%"


@dataclass(frozen=True)
class GoalUnit:
    """What a goal's values are: ``people``, a ``share`` (0–1, written in percent), or in an ``own`` unit.

    `name` is the client's own unit, empty for the others.
    """

    kind: str
    name: str = ""

    @classmethod
    def of(cls, goal: dict[str, Any]) -> Self:
        """Return the unit of a row of table `goals`."""
        metric, unit = goal["metric"], goal["unit"] or ""
        if metric in COUNT_METRICS:
            return cls("people")
        is_share = metric in SHARES or unit == _PERCENT or (metric == "data_quality" and not unit)
        return cls("share") if is_share else cls("own", unit)

    def amount(self, value: float | None, t: Language, *, whole: bool = False) -> str:
        """Return a value without the name of its unit, "·" for a masked one; `whole`: people are not divided."""
        if value is None:
            return MASKED
        if self.kind == "share":
            return t.percent(value)
        digits = 0 if whole and self.kind == "people" else _digits(value)
        return t.number(value, digits)

    def named(self, value: float | None, t: Language) -> str:
        """Return a value with the name of its unit."""
        said = self.amount(value, t)
        return f"{said} {self.name}" if self.name and value is not None else said

    def span(self, low: float, high: float, t: Language) -> str:
        """Return two values as a range, once where they are written alike."""
        first, last = (self.amount(value, t, whole=True) for value in (low, high))
        return first if first == last else f"{first.removesuffix(_PERCENT).strip()}–{last}"

    def pace(self, value: float | None, t: Language) -> str:
        """Return a change per month: people, percentage points, or the client's own unit; "–" for none."""
        said = self.pace_number(value, t)
        return t.gettext("{value} Prozentpunkte", value=said) if self.pace_unit(value, t) else said

    def pace_number(self, value: float | None, t: Language) -> str:
        """Return a change per month without its unit."""
        if value is None:
            return "–"
        if self.kind == "share":
            return t.signed(value * 100, 1)
        return t.signed(value, 1 if self.kind == "people" else max(_digits(value), 1))

    def pace_unit(self, value: float | None, t: Language) -> str:
        """Return the unit of a change where it is not that of the values: a share changes by percentage points."""
        return t.gettext("Prozentpunkte") if self.kind == "share" and value is not None else ""

    def levels(self, values: list[float]) -> list[float]:
        """Return the level lines around some values, in round steps, with room for a word under the lowest value.

        Lines show change, so they may start above zero; never below. People are counted in whole numbers.

        Examples
        --------
        >>> GoalUnit("people").levels([36, 42, 48])
        [30, 35, 40, 45, 50]
        """
        low, high = min(values), max(values)
        rough = max(high - low, high / 10, 1e-3) / 3
        power = 10 ** math.floor(math.log10(rough))
        step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough - 1e-9)
        step = max(step, _LEAST_STEP[self.kind])
        first = max(math.floor(low / step - _ROOM), 0)
        last = max(math.ceil(high / step - 1e-9), first + 1)
        return [round(level * step, 9) for level in range(first, last + 1)]


def _digits(value: float) -> int:
    """Return how many decimals a number needs to say something: none for a whole or a large one."""
    size = abs(value)
    if abs(value - round(value)) < 5e-7 or size >= 1000:  # noqa: PLR2004
        return 0
    return 1 if size >= 1 else 2
