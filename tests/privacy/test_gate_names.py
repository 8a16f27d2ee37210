"""A name is found in whatever form the user list has it and the text writes it."""

import pytest

import crmkit
from crmkit.ingest.discretion.name_forms import names, surnames
from crmkit.privacy.gate import Identities, check_file

SETTINGS = """
name: Muster GmbH
as_of: 2026-06-28
exports:
  - {file: users.csv, reader: generic.users, exported: 2026-06-28}
"""
DIRECTORY = "Benutzer;Anzeigename;Abteilung;Personalnummer\n" + "".join(
    f"{row}\n"
    for row in (
        "DOM\\ewinter;Winter, Eva Maria;V;00471234", "DOM\\sommer;Sommer, Jan;V;P0815",
        "DOM\\okunz;Kunz, Otto (EXT);V;12",
        "DOM\\pprof;Prof. Dr. med. Hans Peter Müller;V;", "DOM\\drk;Dr. Karla Kluge;V;",
        "DOM\\vertrieb;Falk, Ute - Süd;V;",
        "DOM\\jmnoz;Muñoz, José;V;", "DOM\\soer;Søren Łukasz;V;",
        "DOM\\souza;Maria Ana Paula de Souza e Silva;V;", "DOM\\graf;Gerd Graf;V;",
    )
)  # fmt: skip
PARTS = (
    "E-Mail;Vorname;Nachname;Abteilung\nute.lange@x.example;Ute;Lange-Busch;V\nvertrieb@x.example;Jan;Falk;V\n"
    "mhuber@x.example;Eva-Maria;Huber;V\n"
)


@pytest.fixture
def rules(tmp_path):
    """Return a function that prepares a user list and returns the rules that a text breaks."""

    def check(users, text):
        (tmp_path / "client.yml").write_text(SETTINGS)
        (tmp_path / "users.csv").write_text(users)
        crmkit.ingest.prepare(tmp_path)
        (tmp_path / "x.txt").write_text(text)
        found = check_file(tmp_path / "x.txt", kind="client_text", identities=Identities.of(tmp_path))
        return {finding.rule for finding in found}

    return check


@pytest.mark.parametrize(
    "text",
    [
        "Eva Maria Winter arbeitet viel", "Eva Winter", "Winter, Eva", "Winter Maria", "Otto Kunz", "KUNZ, Otto",
        "Hans Peter Müller", "Peter Müller", "Prof. Dr. med. Hans Peter Müller", "Karla Kluge", "Ute Falk", "Gerd Graf",
        "Maria Ana Paula de Souza e Silva", "Maria de Souza", "Maria Silva", "Eva Winters Abschlüsse",
        "Jan Sommers Konto", "Eva Winter’s Konto", "Winter, Evas Konto", "okunz", "dom\\okunz", "00471234", "p0815",
        "Jose Munoz", "MUÑOZ, Jose", "Peter Muller", "Soren Lukasz",
    ],
)  # fmt: skip
def test_names_of_a_directory(rules, text):
    assert "identity" in rules(DIRECTORY, text)


@pytest.mark.parametrize(
    "text", ["Ute Lange", "Busch, Ute", "Ute Lange-Busch", "Eva Huber", "ute.lange", "mhuber", "Jan Falks Konto"]
)
def test_parts_of_names_and_addresses(rules, text):
    assert "identity" in rules(PARTS, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Im Winter ist es kalt", {"surname"}), ("des Winters", {"surname"}), ("Sommer", {"surname"}),
        ("Frau Graf", {"surname"}), ("Der Vertrieb in Abteilung 12", set()), ("Das DRK und Dr. Hans", set()),
    ],
)  # fmt: skip
def test_ordinary_words_do_not_block(rules, text, expected):
    assert rules(DIRECTORY, text) == expected


def test_parts_of_a_double_surname_are_surnames(rules):
    assert rules(PARTS, "lange, busch, Lange-Busch") == {"surname"}


def test_forms_are_no_longer_than_what_is_looked_for():
    row = {"first_name": "A B C D", "last_name": "von Emmer und Falk", "name": None}
    assert max(len(name.split()) for name in names(row)) == len(["a", "b", "c", "d", "von"])
    assert surnames(row) == {"von emmer und falk", "emmer", "falk", "von emmer"}


def test_a_list_of_ids_alone_finds_nobody(rules):
    """The gate says so, and still finds the ids."""
    assert rules("Kennung;Abteilung\nkx00471;V\n", "Eva Winter, kx00471") == {"identities_unchecked", "identity"}
