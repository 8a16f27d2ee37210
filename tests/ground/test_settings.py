"""client.yml: what is read, and which one-line error a mistake gets."""

import datetime as dt

import pytest

from crmkit.errors import SettingsError
from crmkit.settings import read_settings

GOOD = """
name: Muster GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: salesforce.users}
"""


def write(tmp_path, text):
    file = tmp_path / "client.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_three_keys_are_enough(tmp_path):
    settings = read_settings(write(tmp_path, GOOD))
    assert (settings.name, settings.as_of, settings.language) == ("Muster GmbH", dt.date(2026, 6, 28), "de")
    assert settings.privacy.k == 5
    assert settings.is_draft


def test_sentences_are_goals(tmp_path):
    settings = read_settings(write(tmp_path, GOOD + "goals: [Wir wollen mehr., {sentence: x, owner_role: Leitung}]"))
    assert [(goal.sentence, goal.owner_role) for goal in settings.goals] == [("Wir wollen mehr.", ""), ("x", "Leitung")]


def test_reporting_units_are_paths_or_groups(tmp_path):
    lines = "reporting_units: [Vertrieb/Nord, {name: Technik, units: [Service/Technik, Werkstatt]}]"
    settings = read_settings(write(tmp_path, GOOD + lines))
    assert list(settings.reporting_paths.items()) == [
        ("Vertrieb/Nord", ("Vertrieb/Nord",)),
        ("Technik", ("Service/Technik", "Werkstatt")),
    ]
    assert settings.reporting_units[0] == "Vertrieb/Nord"
    assert read_settings(write(tmp_path, GOOD)).reporting_paths == {}


def test_agreement_and_legal_basis_end_the_draft(tmp_path):
    settings = read_settings(write(tmp_path, GOOD + "privacy: {agreement: BV 12, legal_basis: Art. 6 (1) f DSGVO}"))
    assert not settings.is_draft


BAD = {
    "langage: de": '{f}: unknown key `langage`. Did you mean "language"? Known here: `active`, `areas`, `as_of`, '
    "`brand`, `calendar`, `country`, `crm`, `decisions`, `exports`, `goals`, `language`, `name`, `next_date`, "
    "`participants`, `privacy`, `reporting_units`, `retrospective`, `roles`, `subdivision`, `timezone`.",
    "active: {occasional_share: 0.7}": "{f}: `active`: `occasional_share` 0.7 is not below `regular_share` 0.667: "
    "the segments overlap.",
    "active: {regular_share: 75}": "{f}: `active.regular_share`: input should be less than or equal to 1.",
    "calendar: {half_days: [24.12.]}": '{f}: `calendar.half_days`: "24.12." is no day, write it as 2026-12-24, or '
    "12-24 for every year.",
    "privacy: {k: 3}": "{f}: `privacy.k`: input should be greater than or equal to 5.",
    "privacy: {aggreement: x}": '{f}: unknown key `privacy.aggreement`. Did you mean "agreement"? Known here: '
    "`agreement`, `delete_by`, `k`, `legal_basis`, `purpose`.",
    "timezone: Europe/Munich": '{f}: `timezone`: "Europe/Munich" is no IANA time zone such as "Europe/Berlin".',
    "decisions: [a, b, c, d]": "{f}: `decisions`: list should have at most 3 items after validation, not 4.",
    "language: fr": "{f}: `language`: input should be 'de' or 'en'.",
    "reporting_units: Vertrieb": "{f}: `reporting_units`: input should be a valid list.",
    "reporting_units: [7]": "{f}: `reporting_units.0`: input should be a valid string.",
    "reporting_units: ['']": "{f}: `reporting_units.0`: string should have at least 1 character.",
    "reporting_units: [A, {name: N, unit: [B]}]": '{f}: unknown key `reporting_units.1.unit`. Did you mean "units"? '
    "Known here: `name`, `units`.",
    "reporting_units: [{name: N}]": "{f}: the key `reporting_units.0.units` is missing. "
    "`crmkit new DIR` writes a file that explains every key.",
    "reporting_units: [{name: N, units: A}]": "{f}: `reporting_units.0.units`: input should be a valid list.",
    "reporting_units: [{name: N, units: []}]": "{f}: `reporting_units.0.units`: "
    "list should have at least 1 item after validation, not 0.",
    "reporting_units: [A, {name: N, units: [B, A]}]": '{f}: `reporting_units`: the unit "A" stands twice '
    '(in "A" and "N"), keep it once.',
    "reporting_units: [A, {name: A, units: [B]}]": '{f}: `reporting_units`: the name "A" stands here twice, '
    "rename one or join their units.",
}


@pytest.mark.parametrize("line", BAD)
def test_mistakes_are_named(tmp_path, line):
    file = write(tmp_path, GOOD + line)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert str(caught.value) == BAD[line].format(f=file).replace("{f}", str(file))


def test_unknown_key_of_an_export(tmp_path):
    file = write(tmp_path, GOOD.replace("reader: salesforce.users", "redaer: x"))
    with pytest.raises(
        SettingsError, match=r'unknown key `exports.0.redaer`. Did you mean "reader"\?|`exports.0.reader` is missing'
    ):
        read_settings(file)


def test_missing_key(tmp_path):
    file = write(tmp_path, "name: x")
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert str(caught.value) == (
        f"{file}: the key `as_of` is missing. `crmkit new DIR` writes a file that explains every key."
    )


def test_missing_file(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "client.yml")
    assert str(caught.value) == (
        f"{tmp_path / 'client.yml'}: no such file. `crmkit new {tmp_path}` makes a client folder."
    )


@pytest.mark.parametrize("text", ["", "- a", "name: [", "a: b: c", "\x00"])
def test_no_yaml(tmp_path, text):
    with pytest.raises(SettingsError, match=r"client\.yml: (no valid YAML in UTF-8|expected `key: value` lines)"):
        read_settings(write(tmp_path, text))
