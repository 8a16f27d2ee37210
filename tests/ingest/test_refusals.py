"""What prepare refuses to take in: reasons for absence, names of people in units."""

import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest.discretion import absence
from crmkit.ingest.discretion.telling_texts import has_address

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
HEADER = "Kennung;Vorname;Nachname;E-Mail;Abteilung;Rolle;Lizenz\n"
WINTER = "e.winter;Eva;Winter;eva.winter@muster.example;{unit};{role};Voll\n"
SOMMER = "psommer17;Peter;Sommer;peter.sommer@muster.example;Vertrieb;Außendienst;Voll\n"
HEALTH = "reasons for absence are health data"


@pytest.mark.parametrize(
    "header",
    [
        "Grund", "Abwesenheitsgrund", "reason", "Krank", "Krankheitstage", "AU", "AU-Tage", "Fehlzeitenart",
        "Fehlzeiten", "Urlaubsart", "Urlaub", "Elternzeit", "Mutterschutz", "sick_leave", "leave type",
        "absence code", "ICD-10", "Diagnose", "Attest", "Reha", "Schwerbehinderung", "medical note",
        "Gesundheit", "Abwesenheitsart", "Abwesenheit", "Absence", "Fehlart", "Ausfall", "BEM", "GdB", "Bemerkung",
        "bem_status", "Abw.-Art", "Kommentar",
    ],
)  # fmt: skip
def test_headers_of_reasons(header, refused):
    message = f"people.csv: column `{header}` is refused: {HEALTH}. Remove it from the file."
    with refused(InputError, message):
        absence.refuse_headers(["user_id", header], "people.csv")


def test_other_headers_are_fine():
    absence.refuse_headers(
        ["user_id", "week", "available_days", "fte", "Bundesland", "Hintergrund", "Austritt", "AUL", "Bauleitung",
         "Grundstück", "Verfügbare Tage", "Abwesenheitstage", "Ausfallmuster"], "people.csv",
    )  # fmt: skip


def test_values_that_are_reasons(refused):
    values = pl.Series(
        ["Krankenhausvertrieb", None, "Kurierdienst", "Urlaubsreisen", "Au am Inn", "Reha-Technik", "Krankenkassen",
         "Kur & Bad", " Elternzeit "],
    )  # fmt: skip
    message = f"people.csv: column `role`, row 10: refused: {HEALTH}."
    with refused(InputError, message):
        absence.refuse_values(values, file="people.csv", column="role")
    for word in ("krank", "AU", "Langzeitkrank", "Sonderurlaub", "sick leave", "Parental leave", "Schwangerschaft",
                 "Krank seit März", "Reha bis Juni", "AU ab 3/26", "Dauerkranke", "ruhend wegen Elternzeit",
                 "Wiedereingliederung (BEM)", "Mutterschutz 2026"):  # fmt: skip
        with pytest.raises(InputError, match="refused"):
            absence.refuse_values(pl.Series([word]), file="people.csv", column="role")


def test_a_reason_cannot_be_mapped_either(folder_of, refused):
    log = LIST.replace("}", ", columns: {role: Krankheitsgrund}}")
    folder = folder_of([log], {"exports/users.csv": "Kennung;Krankheitsgrund\nu1;Grippe\n"})
    message = f"users.csv: column `Krankheitsgrund` is refused: {HEALTH}. Remove it from the file."
    with refused(InputError, message):
        crmkit.ingest.prepare(folder)


@pytest.mark.parametrize("column", ["Abteilung", "Rolle", "Lizenz", "Profile"])
def test_reasons_in_a_user_list(folder_of, column, refused):
    folder = folder_of([LIST], {"exports/users.csv": f"Kennung;{column}\nu1;Nord\nu2;Langzeitkrank\n"})
    with refused(InputError, f"users.csv: column `{column}`, row 3: refused: {HEALTH}."):
        crmkit.ingest.prepare(folder)


def test_a_user_list_with_reasons(folder_of, refused):
    folder = folder_of([LIST], {"exports/users.csv": "Kennung;Abwesenheitsgrund\nu1;krank\n"})
    message = f"users.csv: column `Abwesenheitsgrund` is refused: {HEALTH}. Remove it from the file."
    with refused(InputError, message):
        crmkit.ingest.prepare(folder)


def test_unread_columns_of_a_crm_are_no_matter(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": "Kennung;Deaktivierungsgrund\nu1;ausgeschieden\n"})
    assert len(crmkit.ingest.prepare(folder).users) == 1


@pytest.mark.parametrize(
    ("unit", "role", "column"),
    [
        ("Team Eva Winter", "", "Abteilung"), ("Vertrieb/WINTER, Eva", "", "Abteilung"),
        ("Peter Sommer", "", "Abteilung"),
        ("Nord", "Vertretung für eva.winter@muster.example", "Rolle"), ("Nord", "psommer17", "Rolle"),
        ("Nord (10.11.12.13)", "", "Abteilung"), ("fe80:0:0:0:1ff:fe23:4567:890a", "", "Abteilung"),
    ],
)  # fmt: skip
def test_people_in_units_are_found(folder_of, unit, role, column, refused):
    folder = folder_of([LIST], {"exports/users.csv": HEADER + WINTER.format(unit=unit, role=role) + SOMMER})
    message = (
        f"users.csv: column `{column}`: 1 of its values hold a name or address of a user. It would be printed: "
        "name units and roles without people, map another column in client.yml, or give shared accounts the "
        "`account_type` service."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder)


def test_people_in_units_of_the_people_list(folder_of):
    people = "user_id;org_unit\ne.winter;Büro Peter Sommer\n"
    files = {"exports/users.csv": HEADER + WINTER.format(unit="Nord", role="") + SOMMER, "people.csv": people}
    with pytest.raises(InputError, match=r"people\.csv: column `org_unit`: 1 of its values hold a name"):
        crmkit.ingest.prepare(folder_of([LIST], files))


def test_ordinary_units_pass(folder_of):
    units = ["Winterdienst", "Werk 4711", "Sommer- und Winterreifen", "v1.2 Rollout", "Team 7/Nord", "Winter"]
    rows = "".join(f"u{n};;;;{unit};Leitung;Voll\n" for n, unit in enumerate(units))
    folder = folder_of([LIST], {"exports/users.csv": HEADER + WINTER.format(unit="Winter", role="Eva") + SOMMER + rows})
    assert len(crmkit.ingest.prepare(folder).users) == len(units) + 2


@pytest.mark.parametrize(("text", "is_one"), [
    ("a@b.de", True), ("a@b", False), ("192.168.0.1", True), ("1.2.3", False), ("1.2.3.4.5", False), ("Q1@Werk", False),
])  # fmt: skip
def test_addresses(text, is_one):
    assert has_address(text) == is_one


def test_units_of_one_list_that_name_people_of_another(folder_of, refused):
    exports = [LIST, LIST.replace("users.csv", "more.csv")]
    files = {
        "exports/users.csv": HEADER + WINTER.format(unit="Nord", role=""),
        "exports/more.csv": HEADER + "k.lang;Karl;Lang;k.lang@muster.example;Team Eva Winter;;Voll\n",
    }
    message = (
        "more.csv: column `Abteilung`: 1 of its values hold a name or address of a user. It would be printed: "
        "name units and roles without people, map another column in client.yml, or give shared accounts the "
        "`account_type` service."
    )
    with refused(InputError, message):
        crmkit.ingest.prepare(folder_of(exports, files))


def test_constants_name_nobody_either(folder_of):
    log = LIST.replace("}", ", constants: {role: Vertretung Eva Winter}}")
    files = {"exports/users.csv": HEADER.replace("Rolle;", "") + "e.winter;Eva;Winter;;Nord;Voll\n"}
    with pytest.raises(InputError, match=r"users\.csv: column `constants: role`: 1 of its values hold a name"):
        crmkit.ingest.prepare(folder_of([log], files))


def test_objects_that_name_people_are_counted_without_their_names(folder_of):
    log = "user_id;date;object;n_view\ne.winter;2026-06-01;Eva Winter;1\n"
    log += "e.winter;2026-06-01;a@b.example;1\ne.winter;2026-06-02;Projekt__c;1\n"
    files = {"exports/users.csv": HEADER + WINTER.format(unit="Nord", role=""), "exports/log.csv": log}
    made = crmkit.ingest.read_exports(folder_of([LIST, "{file: exports/log.csv, reader: generic.activity}"], files))
    assert {name: dict(counts) for name, counts in made.book.unmapped.items()} == {
        "generic.activity": {"": 2, "Projekt__c": 1}
    }
