"""Which cells a reader sees."""

from copy import deepcopy

import nbformat
import pytest

from crmkit.report import sections


def markdown(source: str, *tags: str):
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})


def code(*kinds: str | None, source: str = "x"):
    outputs = [
        nbformat.v4.new_output(
            "execute_result",
            data={"text/html": "<p>x</p>", "text/plain": "x"},
            metadata={"crmkit": {"kind": kind}} if kind else {},
        )
        for kind in kinds
    ]
    return nbformat.v4.new_code_cell(source, outputs=outputs)


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"crmkit": {"client": "Muster GmbH"}})


def shape(nb) -> list[str]:
    return [
        cell.source if cell.cell_type == "markdown" else "+".join(o.metadata.crmkit.kind for o in cell.outputs)
        for cell in nb.cells
    ]


def test_a_section_without_an_answer_is_left_out():
    shown = sections.present(
        notebook(
            markdown("# Titel", "title"),
            markdown("## A", "section:a"),
            code("chart"),
            code("absent"),
            markdown("## B\n\nFrage?", "section:b"),
            code("absent"),
            code("absent"),
            markdown("## C", "section:c"),
            code("table"),
        )
    )
    assert shape(shown) == ["# Titel", "## A", "chart", "## C", "table"]
    assert shown.metadata.crmkit == {
        "client": "Muster GmbH",
        "contents": [{"key": "a", "title": "A"}, {"key": "c", "title": "C"}],
    }


def test_a_commentary_alone_is_an_answer():
    shown = sections.present(notebook(markdown("## A", "section:a"), code("absent"), code("commentary")))
    assert shape(shown) == ["## A", "commentary"]


def test_a_section_of_words_stays():
    assert shape(sections.present(notebook(markdown("## A", "section:a"), markdown("Text")))) == ["## A", "Text"]


def test_nothing_but_the_kits_outputs():
    cell = code("table", None)
    cell.outputs.append(nbformat.v4.new_output("stream", name="stderr", text="careful"))
    cell.outputs.append(nbformat.v4.new_output("error", ename="E", evalue="e", traceback=["t"]))
    shown = sections.present(notebook(code(source="import x"), markdown("## A", "section:a"), cell, markdown("  ")))
    assert shape(shown) == ["## A", "table"]


def test_figures_are_numbered_in_reading_order():
    shown = sections.present(
        notebook(
            markdown("## A", "section:a"), code("chart", "table", "chart"),
            markdown("## B", "section:b"), code("absent"),
            markdown("## C", "section:c"), code("chart"),
        )
    )  # fmt: skip
    numbers = [output.metadata.crmkit.get("number") for cell in shown.cells for output in cell.get("outputs", [])]
    assert numbers == [1, None, 2, 3]


def test_input_stays_as_it_is():
    before = notebook(markdown("## A", "section:a"), code("chart"), markdown("## B", "section:b"), code("absent"))
    copy = deepcopy(before)
    sections.present(before)
    assert before == copy


def test_plain_dictionaries_will_do():
    as_dict = {
        "cells": [
            {"cell_type": "markdown", "source": "## A", "metadata": {"tags": ["section:a"]}},
            {"cell_type": "code", "source": "", "metadata": {}, "outputs": [
                {"output_type": "execute_result", "data": {}, "metadata": {"crmkit": {"kind": "block"}}},
            ]},
        ],
        "metadata": {},
    }  # fmt: skip
    assert sections.present(as_dict)["metadata"]["crmkit"]["contents"] == [{"key": "a", "title": "A"}]


def test_empty_notebook():
    assert sections.present(notebook()).cells == []


@pytest.mark.parametrize(("cell", "key"), [(markdown("x", "a", "section:b"), "b"), (markdown("x"), ""), (code(), "")])
def test_key_of_a_section(cell, key):
    assert sections.key_of(cell) == key
