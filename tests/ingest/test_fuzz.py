"""A small form of the fuzzing; ten thousand inputs: ``python -m tests.ingest.fuzz 10000``."""

import pytest

from tests.ingest.fuzz import one

#: Inputs that broke a reader once: names of two lines, numbers without end.
ONCE_BROKEN = (128, 202, 211, 217, 277, 6140, 8409)


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_any_export_gives_a_table_or_one_line(first):
    assert [broken for number in range(first, first + 40) if (broken := one(number))] == []


@pytest.mark.parametrize("number", ONCE_BROKEN)
def test_what_broke_a_reader_once(number):
    assert one(number) is None
