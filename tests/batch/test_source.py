"""The notebook before it runs: found in the tree and in a wheel, translated cell by cell."""

import json

from crmkit.batch.source import Source, notebook_in, read_source


def notebook(*cells):
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "id": f"c{i}", "metadata": {}, "source": source}
                | ({} if kind == "markdown" else {"outputs": [], "execution_count": None})
                for i, (kind, source) in enumerate(cells)
            ],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def test_the_kits_own_notebook_is_found():
    source = read_source(None)
    assert source.name == "retrospective"
    assert "client_dir" in source.text


def test_in_a_wheel_it_lies_inside_the_package(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    cells = notebook(("code", "client_dir = as_of = language = ''")).replace(
        '{}, "source"', '{"tags": ["parameters"]}, "source"'
    )
    (tmp_path / "notebooks" / "retrospective.ipynb").write_text(cells)
    monkeypatch.setattr("crmkit.batch.source.files", lambda package: tmp_path)
    assert read_source(None) == Source("retrospective", cells)


def test_markdown_is_translated_and_code_is_not(monkeypatch):
    class Shouting:
        def markdown(self, source):
            return source.upper()

    monkeypatch.setattr("crmkit.report.language.language", lambda code: Shouting())
    read = notebook_in(Source("x", notebook(("markdown", "wo stehen wir?"), ("code", "wo"))), language="en")
    assert [cell.source for cell in read.cells] == ["WO STEHEN WIR?", "wo"]
