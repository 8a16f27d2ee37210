"""Notebooks × clients → reports: runs the notebook per client, checks every file, publishes it whole.

The public calls are imported when they are first used, so that this package stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOME = {"render": "portfolio", "Result": "result", "Status": "result"}
__all__ = [*_HOME]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]

if TYPE_CHECKING:
    from crmkit.batch.portfolio import render as render
    from crmkit.batch.result import Result as Result
    from crmkit.batch.result import Status as Status


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _HOME:
        return getattr(import_module(f"crmkit.batch.{_HOME[name]}"), name)
    raise AttributeError(f"module 'crmkit.batch' has no attribute '{name}'")


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
