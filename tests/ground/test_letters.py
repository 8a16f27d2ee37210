"""Texts of a client are legible: nothing hidden, turned round or endless; and the same everywhere."""

import pandas as pd
import pytest

from crmkit.letters import LONGEST, breakable, legible, legible_values
from crmkit.settings import read_settings


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vertrieb Süd – 20 %", "Vertrieb Süd – 20 %"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("two\nlines\r\n\ttab\u2028end", "two lines   tab end"),
        ("\u202eturned\u202c \u2066in\u2069", "turned in"),
        ("\ud800 lone", "\ufffd lone"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("", ""),
    ],
)
def test_letters(text, shown):
    assert legible(text) == shown


def test_endless_texts_are_shortened_and_stay_apart():
    assert len(legible("Wort " * 1000)) == LONGEST
    long = [legible("x" * 10_000 + end) for end in ("a", "b")]
    assert [len(text) for text in long] == [180, 180]
    assert long[0] != long[1]
    assert legible("x" * 100, longest=50) == "x" * 29 + "…" + "x" * 20


def test_plain_values():
    given = {"a\x00": ["b\x00", {"c": "d\x00"}, 1, None]}
    assert legible_values(given) == {"a": ["b", {"c": "d"}, 1, None]}
    assert given == {"a\x00": ["b\x00", {"c": "d\x00"}, 1, None]}


def test_only_words_longer_than_a_line_may_be_broken():
    assert breakable("Donaudampfschifffahrtsgesellschaft") == "Donaudampfschifffahrtsgesellschaft"
    assert breakable("a " + "x" * 45) == "a " + "\u00ad".join(["x" * 20, "x" * 20, "x" * 5])


def test_settings_and_tables_hold_the_same_text(client_of):
    unit = "Nord\u202e\x07"
    changes = pd.DataFrame(
        {"date": pd.to_datetime(["2026-01-15"]), "kind": "technical", "title": "a", "org_unit": unit}
    )
    client = client_of(settings='reporting_units: ["Nord\\u202e\\x07"]\n', changes=changes)
    assert client.settings.reporting_units == ["Nord"]
    assert list(client.changes["org_unit"]) == ["Nord"]


def test_how_an_export_is_read_is_not_changed(tmp_path):
    file = tmp_path / "client.yml"
    export = '{file: a.csv, reader: generic.users, delimiter: "\\t", columns: {name: "Na\\u200bme"}}'
    file.write_text(f"name: x\nas_of: 2026-06-28\nexports: [{export}]\n", encoding="utf-8")
    assert read_settings(file).exports[0].delimiter == "\t"
