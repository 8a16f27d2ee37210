"""The client's copy of the notebook keeps results and loses everything about its run."""

from copy import deepcopy

from nbformat import from_dict

from crmkit.batch.handover import error_streams, without_traces
from crmkit.privacy.gate import Finding


def cell(source, *, tags=None, outputs=(), **metadata):
    metadata |= {"tags": tags} if tags is not None else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": list(outputs)}


SHOWN = {"output_type": "display_data", "data": {"text/plain": "58"}, "metadata": {"crmkit": {"alt": "x"}}}
STDERR = {"output_type": "stream", "name": "stderr", "text": "warning"}
STDOUT = {"output_type": "stream", "name": "stdout", "text": "58"}
NOTEBOOK = from_dict(
    {
        "cells": [
            cell("client_dir = ''", tags=["parameters"]),
            cell("client_dir = '/home/x'", tags=["injected-parameters"]),
            cell("a", tags=[], papermill={"duration": 1}, execution={"iopub": "t"}, outputs=[SHOWN, STDERR, STDOUT]),
            cell("b", tags=["section:goals"], jupyter={"source_hidden": True}),
            {"cell_type": "markdown", "source": "## x", "metadata": {"papermill": {}}},
        ],
        "metadata": {
            "crmkit": {"client": "Acme"},
            "kernelspec": {"name": "python3"},
            "papermill": {"parameters": {}},
            "widgets": {},
        },
    }
)


def test_only_results_are_left():
    before = deepcopy(NOTEBOOK)
    assert without_traces(NOTEBOOK) == {
        "cells": [
            {"cell_type": "code", "source": "a", "metadata": {}, "outputs": [SHOWN, STDOUT]},
            {"cell_type": "code", "source": "b", "metadata": {"tags": ["section:goals"]}, "outputs": []},
            {"cell_type": "markdown", "source": "## x", "metadata": {}},
        ],
        "metadata": {"crmkit": {"client": "Acme"}, "kernelspec": {"name": "python3"}},
    }
    assert before == NOTEBOOK


def test_error_streams_are_counted_as_the_source_counts_its_cells():
    assert error_streams(NOTEBOOK) == [Finding("stderr", "warning", "cell 2", 1)]
    assert error_streams(without_traces(NOTEBOOK)) == []
