"""Notebook → HTML, in process, through the kit's own template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmkit.report.page import TEMPLATE, TEMPLATES

if TYPE_CHECKING:
    from nbformat import NotebookNode


def to_html(notebook: NotebookNode) -> str:
    """Return a notebook as one self-contained page without code.

    Parameters
    ----------
    notebook
        Executed; its ``metadata["crmkit"]`` says what the page's frame shows.

    Returns
    -------
    str
    """
    from nbconvert.exporters.html import HTMLExporter

    exporter = HTMLExporter(
        template_name=TEMPLATE,
        # not the current directory, where anybody's template of that name may lie
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    return exporter.from_notebook_node(notebook)[0]
