"""Show how a CRM is really used, and how that can be improved.

The package hands on `open_client` and the modules that a notebook needs. They are imported when they
are first used, so that ``import crmkit`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "open_client": "crmkit.client",
    "Definition": "crmkit.method.definition",
    "Table": "crmkit.method.table",
    "ProtectedTable": "crmkit.privacy.protected",
    "Chart": "crmkit.report.chart",
    "Goal": "crmkit.method.goals",
}
_MODULES = {
    "ingest": "crmkit.ingest",
    "panel": "crmkit.method.panel",
    "segments": "crmkit.method.segments",
    "retrospective": "crmkit.method.retrospective",
    "standing": "crmkit.method.standing",
    "areas": "crmkit.method.areas",
    "firmness": "crmkit.method.firmness",
    "definitions": "crmkit.method.definitions",
    "movement": "crmkit.method.movement",
    "cohorts": "crmkit.method.cohorts",
    "findings": "crmkit.method.findings",
    "units": "crmkit.method.units",
    "licences": "crmkit.method.licences",
    "parallel": "crmkit.method.parallel",
    "progress": "crmkit.method.progress",
    "formulation": "crmkit.method.formulation",
    "series": "crmkit.method.series",
    "goals": "crmkit.method.goals",
    "changes": "crmkit.method.changes",
    "effects": "crmkit.method.effects",
    "survey": "crmkit.method.survey",
    "privacy": "crmkit.privacy",
    "charts": "crmkit.report.charts",
    "tables": "crmkit.report.tables",
    "text": "crmkit.report.text",
    "data_check": "crmkit.report.data_check",
    "portfolio": "crmkit.report.portfolio",
    "batch": "crmkit.batch",
}
__all__ = ["__version__", *_HOME, *_MODULES]  # noqa: PLE0604  # pyright: ignore

if TYPE_CHECKING:
    from crmkit import batch as batch
    from crmkit import ingest as ingest
    from crmkit import privacy as privacy
    from crmkit.client import open_client as open_client
    from crmkit.method import areas as areas
    from crmkit.method import changes as changes
    from crmkit.method import cohorts as cohorts
    from crmkit.method import definitions as definitions
    from crmkit.method import findings as findings
    from crmkit.method import firmness as firmness
    from crmkit.method import formulation as formulation
    from crmkit.method import goals as goals
    from crmkit.method import licences as licences
    from crmkit.method import movement as movement
    from crmkit.method import panel as panel
    from crmkit.method import parallel as parallel
    from crmkit.method import progress as progress
    from crmkit.method import retrospective as retrospective
    from crmkit.method import segments as segments
    from crmkit.method import series as series
    from crmkit.method import standing as standing
    from crmkit.method import survey as survey
    from crmkit.method import units as units
    from crmkit.method.definition import Definition as Definition
    from crmkit.method.goals import Goal as Goal
    from crmkit.method.table import Table as Table
    from crmkit.privacy.protected import ProtectedTable as ProtectedTable
    from crmkit.report import charts as charts
    from crmkit.report import data_check as data_check
    from crmkit.report import portfolio as portfolio
    from crmkit.report import tables as tables
    from crmkit.report import text as text
    from crmkit.report.chart import Chart as Chart


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'crmkit' has no attribute '{name}'")


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
