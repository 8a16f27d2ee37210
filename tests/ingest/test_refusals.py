"""What prepare refuses to take in: reasons for absence, names of people in units, comments in a survey."""

import polars as pl
import pytest

import crmkit
from crmkit.errors import InputError
from crmkit.ingest import absence
from crmkit.ingest.telling_texts import has_address

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
        "Gesundheit", "Abwesenheitsart",
    ],
)  # fmt: skip
def test_headers_of_reasons(header, refused):
    message = f"people.csv: column `{header}` is refused: {HEALTH}. Remove it from the file."
    with refused(InputError, message):
        absence.refuse_headers(["user_id", header], "people.csv")


def test_other_headers_are_fine():
    absence.refuse_headers(
        ["user_id", "week", "available_days", "fte", "Bundesland", "Hintergrund", "Austritt", "AUL", "Bauleitung",
         "Grundstück", "Verfügbare Tage"], "people.csv",
    )  # fmt: skip


def test_values_that_are_reasons(refused):
    values = pl.Series(["Krankenhausvertrieb", None, "Kurierdienst", "Urlaubsreisen", " Elternzeit "])
    message = f"people.csv: column `role`, row 6: refused: {HEALTH}."
    with refused(InputError, message):
        absence.refuse_values(values, file="people.csv", column="role")
    for word in ("krank", "AU", "Langzeitkrank", "Sonderurlaub", "sick leave", "Parental leave", "Schwangerschaft"):
        with pytest.raises(InputError, match="refused"):
            absence.refuse_values(pl.Series([word]), file="people.csv", column="role")


def test_a_reason_cannot_be_mapped_either(folder_of, refused):
    log = LIST.replace("}", ", columns: {role: Krankheitsgrund}}")
    folder = folder_of([log], {"exports/users.csv": "Kennung;Krankheitsgrund\nu1;Grippe\n"})
    message = f"users.csv: column `Krankheitsgrund` is refused: {HEALTH}. Remove it from the file."
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


def survey(folder_of, text):
    return crmkit.ingest.prepare(folder_of([LIST], {"exports/users.csv": HEADER + SOMMER, "survey.csv": text}))


def test_a_survey_tool_may_know_who_answered(folder_of):
    text = (
        "respondent,item,answer,comment\neva@x.example,1,4,Herr Sommer ist schuld\npeter@x.example,1,weekly,\n,2,5,\n"
    )
    rows = survey(folder_of, text.replace("comment", "comment,org_unit").replace("\n", ",\n")).others["survey"]
    assert rows["respondent"].tolist() == ["r1", "r2", ""]
    assert rows["answer"].tolist() == ["4", "weekly", "5"]


@pytest.mark.parametrize(
    ("answers", "row"),
    [
        (["4", "weil Herr Sommer mich nach jedem Termin anruft und fragt"], 3),
        (["eva.winter@muster.example"], 2),
        (["5", *(f"Satz {n}" for n in range(16))], 3),
    ],
)
def test_comments_are_refused(folder_of, refused, answers, row):
    text = "respondent;org_unit;item;answer\n" + "".join(f"a{n};;1;{answer}\n" for n, answer in enumerate(answers))
    message = (
        f"survey.csv: column `answer`, row {row}: free text. Only ticked answers are read; "
        "what people wrote belongs, paraphrased and released, into voices.csv."
    )
    with refused(InputError, message):
        survey(folder_of, text)
