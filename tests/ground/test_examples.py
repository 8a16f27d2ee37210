"""The examples in docstrings say what the code does."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import crmkit

MODULES = [found.name for found in pkgutil.walk_packages(crmkit.__path__, "crmkit.") if "__main__" not in found.name]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    assert sum(len(test.examples) > 0 for name in MODULES for test in finder.find(import_module(name))) > 10
