"""client.yml: what is read, and which one-line error a mistake gets."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


AGREED = {
    "legal_basis": "Art. 6 (1) f DSGVO", "purpose": "Verbesserung des CRM", "agreement": "BV 12",
    "delete_by": "2026-12-31", "delete_prepared_by": "2028-12-31",
}  # fmt: skip


def privacy_lines(**values: str) -> str:
    return "privacy:\n" + "".join(f"  {key}: {value}\n" for key, value in values.items())


def test_four_answers_end_the_draft(tmp_path):
    settings = read_settings(write(tmp_path, GOOD + privacy_lines(**AGREED)))
    assert (settings.is_draft, settings.privacy.missing) == (False, ())


@pytest.mark.parametrize("key", AGREED)
def test_each_of_them_is_missed(tmp_path, key):
    blank = '"  "' if not key.startswith("delete") else ""
    without = {name: value for name, value in AGREED.items() if name != key}
    for lines in (privacy_lines(**AGREED | {key: blank}), privacy_lines(**without)):
        settings = read_settings(write(tmp_path, GOOD + lines))
        assert (settings.is_draft, settings.privacy.missing) == (True, (key,))


@pytest.mark.parametrize("key", ["legal_basis", "purpose", "agreement"])
@pytest.mark.parametrize(
    "words",
    ["keine, in Verhandlung", "nein", "none", "no agreement", "n/a", "TBD", "todo", "offen", "ausstehend", "pending",
     "In Verhandlung", "folgt", "xxx", "-", "?", "ja", "\u200b\u2060\u3164", "ke\u200bine", "(offen)", "noch keine",
     "12345", "\uff4e\uff4f\uff4e\uff45"],
)  # fmt: skip
def test_what_is_only_announced_is_missing(tmp_path, key, words):
    settings = read_settings(write(tmp_path, GOOD + privacy_lines(**AGREED | {key: f'"{words}"'})))
    assert settings.privacy.missing == (key,)


@pytest.mark.parametrize(
    "words",
    ["BV 7/2025", "No. 7 of 2025", "Nonebacher Vereinbarung", "Offenbach, BV 3", "Kein Betriebsrat; alle informiert"],
)
def test_an_agreement_by_a_short_name(tmp_path, words):
    settings = read_settings(write(tmp_path, GOOD + privacy_lines(**AGREED | {"agreement": words})))
    assert settings.privacy.agreement == words


def test_a_purpose_may_say_what_it_is_not(tmp_path):
    words = "Keine Leistungskontrolle, sondern ein besseres CRM"
    settings = read_settings(write(tmp_path, GOOD + privacy_lines(**AGREED | {"purpose": words})))
    assert settings.privacy.purpose == words


def test_what_was_agreed_is_one_line(tmp_path):
    settings = read_settings(write(tmp_path, GOOD + "privacy: {purpose: ' to\n\n  im\u00adpro\u200bve\tit '}"))
    assert settings.privacy.purpose == "to improve it"


BAD = {
    "langage: de": '{f}: unknown key `langage`. Did you mean "language"? Known here: `accounts`, `active`, `areas`, '
    "`as_of`, `brand`, `calendar`, `commitments`, `country`, `crm`, `decisions`, `exports`, `former_names`, `goals`, "
    "`language`, `name`, `next_date`, `parallel`, `participants`, `privacy`, `reporting_units`, `retrospective`, "
    "`roles`, `subdivision`, `survey`, `timezone`.",
    "parallel: {hourly_rate: 0}": "{f}: `parallel.hourly_rate`: input should be greater than 0.",
    "parallel: {hourly_rate: 65, currency: Euro}": '{f}: `parallel.currency`: "Euro" is no code of a currency '
    "such as EUR.",
    "commitments: [{role: Leitung}]": "{f}: the key `commitments.0.commitment` is missing. `crmkit new DIR` writes a "
    "file that explains every key.",
    "commitments: [{role: Leitung, commitment: x, until: 2026-09-01}]": "{f}: unknown key `commitments.0.until`. "
    "Known here: `by`, `commitment`, `role`.",
    "active: {occasional_share: 0.7}": "{f}: `active`: `occasional_share` 0.7 is not below `regular_share` 0.667: "
    "the segments overlap.",
    "active: {regular_share: 75}": "{f}: `active.regular_share`: input should be less than or equal to 1.",
    "calendar: {half_days: [24.12.]}": '{f}: `calendar.half_days`: "24.12." is no day, write it as 2026-12-24, or '
    "12-24 for every year.",
    "privacy: {k: 3}": "{f}: `privacy.k`: input should be greater than or equal to 5.",
    "privacy: {aggreement: x}": '{f}: unknown key `privacy.aggreement`. Did you mean "agreement"? Known here: '
    "`agreement`, `contact_role`, `delete_by`, `delete_prepared_by`, `k`, `legal_basis`, "
    "`pseudonyms`, `purpose`, `totals_only`.",
    "next_date: 2026-06-28": "{f}: `next_date` 2026-06-28 does not lie after `as_of` 2026-06-28: state a later day.",
    "next_date: 2025-12-10": "{f}: `next_date` 2025-12-10 does not lie after `as_of` 2026-06-28: state a later day.",
    "next_date: 9999-12-31": "{f}: `next_date` 9999-12-31 lies more than 10 years after `as_of` 2026-06-28: state an "
    "earlier day.",
    "privacy: {k: 4}": "{f}: `privacy.k`: input should be greater than or equal to 5.",
    "privacy: {delete_by: 2026-06-27}": "{f}: `privacy.delete_by` 2026-06-27 lies before `as_of` 2026-06-28: "
    "state a later day.",
    "privacy: {delete_prepared_by: 2020-01-01}": "{f}: `privacy.delete_prepared_by` 2020-01-01 lies before `as_of` "
    "2026-06-28: state a later day.",
    "privacy: {delete_by: 2037-01-01}": "{f}: `privacy.delete_by` 2037-01-01 lies more than 10 years after `as_of` "
    "2026-06-28: state an earlier day.",
    "privacy: {delete_by: 31.12.2026}": "{f}: `privacy.delete_by`: input should be a valid date or datetime, invalid "
    "character in year.",
    "privacy: {totals_only: perhaps}": "{f}: `privacy.totals_only`: input should be a valid boolean, unable to "
    "interpret input.",
    "privacy: {purpose: [a]}": "{f}: `privacy.purpose`: input should be a valid string.",
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


@pytest.mark.parametrize("text", ["", "- a", "name: [", "a: b: c", "\x00", "!!python/object/apply:os.system [ls]"])
def test_no_yaml(tmp_path, text):
    with pytest.raises(SettingsError, match=r"client\.yml: (no valid YAML in UTF-8|expected `key: value` lines)"):
        read_settings(write(tmp_path, text))


LAUGHS = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefghijkl"))
REFUSED_YAML = {
    LAUGHS: "line 2: aliases (`*name`) are not read, write the values out",
    "a: " + "[" * 100_000: "line 1: lists or keys more than 30 deep",
    "a: " + "{a: " * 40_000: "line 1: lists or keys more than 30 deep",
    "\n".join(" " * depth + "a:" for depth in range(500)): "line 30: lists or keys more than 30 deep",
    GOOD + "privacy: {k: 10}\nprivacy: {}": "line 7: the key `privacy` stands here twice, keep it once",
    "? [a]\n: b": "line 1: a key is no plain word",
    "as_of: 2026-13-45": "month must be in 1..12",
    "k: " + "9" * 5_000: "line 1: a number of more than 100 digits",
    "k: 0x" + "f" * 4_000: "line 1: a number of more than 100 digits",
    "k: 1" + ":59" * 60_000: "line 1: a number of more than 100 digits",
    "k: !!bool maybe": "line 1: tags (`!name`) are not read, write the plain value",
    "a: b\nk: !!timestamp x": "line 2: tags (`!name`) are not read, write the plain value",
    "k: !!map [1]": "line 1: tags (`!name`) are not read, write the plain value",
    "k: !!binary aGk=": "line 1: tags (`!name`) are not read, write the plain value",
    "k: !own x": "line 1: tags (`!name`) are not read, write the plain value",
    "a: x\n" * 60_000: "larger than 200,000 bytes",
    "name: \ud800".encode("utf-8", "surrogatepass"): "'utf-8' codec can't decode byte 0xed in position 6: "
    "invalid continuation byte",
}


@pytest.mark.parametrize("text", REFUSED_YAML, ids=lambda text: str(REFUSED_YAML[text])[:30])
def test_yaml_that_is_a_trap(tmp_path, text):
    file = tmp_path / "client.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert str(caught.value) == f"{file}: no valid YAML in UTF-8: {REFUSED_YAML[text]}."


def test_a_huge_file_is_not_read(tmp_path):
    file = tmp_path / "client.yml"
    with file.open("wb") as stream:
        stream.truncate(10**11)  # no byte of it is on the disk
    with pytest.raises(SettingsError, match="larger than 200,000 bytes"):
        read_settings(file)


@given(text=st.text(alphabet="a:-[]{}&*!|>?'\"#%@`, \n\t0<\x00", max_size=80))
def test_any_text_gives_settings_or_one_line(tmp_path_factory, text):
    file = write(tmp_path_factory.getbasetemp(), text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../x.csv", "exports/../../x.csv", "exports\\..\\..\\x.csv", "C:\\x.csv", "c:x.csv",
     "\\\\server\\x", "//server/x", "~/x.csv", "\\x.csv"],
)  # fmt: skip
def test_exports_lie_below_the_client_folder(tmp_path, path):
    file = write(tmp_path, GOOD.replace("file: exports/users.csv", f"file: '{path}'"))
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert str(caught.value) == (
        f"{file}: `exports.0.file`: leads out of the client folder; name a file below it, such as exports/users.csv."
    )


@pytest.mark.parametrize("path", ['"a\\0b"', '"a\\nb"', "''"])
def test_exports_that_are_no_names(tmp_path, path):
    file = write(tmp_path, GOOD.replace("file: exports/users.csv", f"file: {path}"))
    with pytest.raises(
        SettingsError, match=r"`exports.0.file`: (holds characters that no file name has|string should)"
    ):
        read_settings(file)
