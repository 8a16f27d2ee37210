"""Errors of an export that is called like a person do not reach index and manifest."""

import pandas as pd
import pytest

from crmkit.ingest.discretion.keys import read_key
from crmkit.ingest.discretion.pseudonyms import identity_digest
from crmkit.privacy.discretion import NOT_SHOWN, naming_nobody


@pytest.fixture
def folder(tmp_path):
    key = read_key(tmp_path)
    (tmp_path / "prepared").mkdir()
    known = {"kind": ["name"], "digest": [identity_digest(key, "Eva Winter")]}
    pd.DataFrame(known).to_parquet(tmp_path / "prepared" / "identities.parquet")
    return tmp_path


def test_a_message_that_names_a_person_is_not_shown(folder):
    assert naming_nobody("Eva Winter.csv: cannot be read as a table.", folder) == NOT_SHOWN
    assert naming_nobody("eva_winter.xlsx: no such sheet.", folder, otherwise="x") == "x"
    assert naming_nobody("users.csv: cannot be read as a table.", folder) == "users.csv: cannot be read as a table."


def test_without_identities_patterns_are_looked_for(tmp_path):
    assert naming_nobody("a@b.example.csv: no such file.", tmp_path) == NOT_SHOWN
    assert naming_nobody("users.csv: no such file.", tmp_path) == "users.csv: no such file."
