"""Opening a client folder, on its own day and on another."""

import datetime as dt

import pandas as pd
import pytest

from crmkit import open_client, schema
from crmkit.errors import MethodError, SettingsError

AGREED = """
retrospective: 2
decisions: [Umfang festlegen]
commitments: [{role: Leitung, commitment: Montagsrunde im CRM}]
next_date: 2026-12-10
goals: [{sentence: alt, start: 2025-01-01}, {sentence: neu, start: 2026-01-15}, {sentence: offen}]
"""


def test_today(client_of):
    client = client_of(settings=AGREED)
    (client.folder / "commentary").mkdir()
    (client.folder / "commentary" / "glance.md").write_text("Gut.\n", encoding="utf-8")
    today = open_client(client.folder)
    assert today.commentary == {"glance": "Gut."}
    assert (len(today.settings.goals), today.settings.retrospective, today.k, today.language) == (3, 2, 5, "de")
    earlier = open_client(client.folder, as_of="2025-06-29")
    assert earlier.commentary == {}
    assert [goal.sentence for goal in earlier.settings.goals] == ["alt"]
    assert (earlier.settings.decisions, earlier.settings.commitments, earlier.settings.next_date) == ([], [], None)
    assert earlier.as_of == dt.date(2025, 6, 29)


def test_the_number_of_an_earlier_retrospective(client_of):
    client = client_of(settings=AGREED)
    (client.folder / "history" / "R1").mkdir(parents=True)
    (client.folder / "history" / "R1" / "retrospective.yml").write_text("number: 1\nas_of: 2025-06-29\n")
    assert open_client(client.folder, as_of="2025-06-29").settings.retrospective == 1
    assert open_client(client.folder, as_of="2025-09-28").settings.retrospective == 2


def test_what_a_client_does_not_have_is_empty(client_of):
    client = client_of()
    assert client.survey.empty
    assert list(client.survey) == list(schema.TABLES["survey"])


def test_language_and_day_are_checked(client_of, refused):
    folder = client_of().folder
    assert open_client(folder, language="en").language == "en"
    with refused(SettingsError, 'language: "fr" is not known. Known: `de`, `en`.'):
        open_client(folder, language="fr")
    with refused(SettingsError, 'as_of: "29.06.2025" is no date, write it as YYYY-MM-DD.'):
        open_client(folder, as_of="29.06.2025")


@pytest.mark.parametrize("table", schema.TABLES)
def test_contracts_hold_for_empty_tables(table):
    assert list(schema.conform(schema.empty(table), table)) == list(schema.TABLES[table])


def test_conform_names_what_is_wrong(refused):
    row = {"user_id": "a", "week": "2026-06-22", "state": "eligible", "active": True, "n_days": "viele"}
    frame = pd.DataFrame([row])
    with refused(MethodError, "column `panel.n_days` cannot be read as int: ValueError."):
        schema.conform(frame, "panel")
