"""What `crmkit check` says of the retrospectives that were closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from crmkit import history
from crmkit.settings import Settings


def lines(folder: Path, settings: Settings) -> Iterator[str]:
    """Return a line for each closed retrospective, and what of the next one is still open.

    Raises
    ------
    HistoryError
        If one of them is not what was sealed.
    """
    found = history.closed(folder, names=settings.names)
    for one in found:
        counts = Counter(decided.status for decided in one.decisions)
        became = ", ".join(f"{counts[status]} {status}" for status in history.STATUSES if counts[status])
        kind = f"closed on {one.closed_on}" if one.is_sealed else "written down by hand, no figures"
        yield f"  R{one.number} of {one.as_of}: {kind}; decisions: {became or 'none'}"
    last = found[-1] if found else None
    if last and last.as_of == settings.as_of:
        yield f"  this retrospective is closed: for the next one set `as_of` and `retrospective: {last.number + 1}`"
