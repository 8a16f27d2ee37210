"""`Result`: the truth about one client's report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crmkit.privacy.gate import Finding

Status = Literal["ok", "failed", "blocked", "timed_out", "kernel_died"]


@dataclass(frozen=True)
class Result:
    """What became of one client.

    Attributes
    ----------
    client
        Name of the client folder, which is the name of its folder under ``reports/``.
    folder
        The client folder.
    as_of
        Day of the retrospective; None if the settings could not be read.
    status
        ``ok``; ``failed`` (settings, exports or a cell); ``blocked`` by the gate; ``timed_out``;
        ``kernel_died``.
    message
        One line that says why it is not ``ok``.
    cell
        Number of the code cell that failed, as ``In [n]`` counts them.
    seconds
        How long it took.
    files
        What was published: empty unless ``ok``; then an earlier report stays where it was.
    hashes
        File name → SHA-256 of what was published.
    findings
        What the gate found, warnings too.
    name
        The client's name.
    tier
        Data tier A–E, empty unless ``ok``.
    draft
        True if the report carries the watermark of a draft.
    """

    client: str
    folder: Path
    as_of: dt.date | None
    status: Status
    message: str = ""
    cell: int | None = None
    seconds: float = 0.0
    files: tuple[Path, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    name: str = ""
    tier: str = ""
    draft: bool = False
