"""The notebooks that are for the consultant alone, run as every notebook is and turned into a marked page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crmkit.batch.handover import without_traces
from crmkit.batch.html import to_html
from crmkit.batch.source import Source, notebook_in
from crmkit.batch.workbook import executed_with
from crmkit.privacy import gate
from crmkit.report.chart import METADATA_KEY
from crmkit.report.sections import INTERNAL, present

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Seconds that reading and drawing may take.
DEADLINE_SECONDS = 900.0


def run_internal(source: Source, parameters: Mapping[str, Any], about: Mapping[str, Any]) -> NotebookNode:
    """Return a notebook after it has run, with what its page says around the blocks.

    Parameters
    ----------
    source
        The notebook.
    parameters
        What its parameters cell is given.
    about
        The variables of the page template; ``language`` among them.

    Raises
    ------
    NotebookStoppedError
        If it does not run to its end.
    """
    notebook = notebook_in(source, language=about["language"])
    done = executed_with(notebook, parameters, deadline_seconds=DEADLINE_SECONDS)
    done.metadata[METADATA_KEY] = dict(about)
    return done


def marked_page(done: NotebookNode) -> str:
    """Return an executed notebook as a page that says that it is internal: nothing is loaded, nothing runs."""
    page = to_html(without_traces(present(done, kinds=(INTERNAL,))))
    # nbconvert turns the attributes of what a template writes
    return page.replace("<head>", f"<head>\n{gate.INTERNAL_MARK}", 1)
