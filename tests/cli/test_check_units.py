"""`crmkit check` on organisational units: what can be shown, what to merge, what is spelled twice."""

from pathlib import Path

import pytest
import yaml

from crmkit.settings import read_settings

SETTINGS = """
name: Acme GmbH
as_of: 2026-06-28
exports:
  - {file: exports/users.csv, reader: generic.users, exported: 2026-06-28}
"""


@pytest.fixture
def firm(tmp_path):
    """Return a function that makes a client folder with so many people in each unit."""

    def make(units: dict[str, int], *, settings: str = "", org_map: str = "", more: str = "") -> Path:
        (tmp_path / "exports").mkdir()
        (tmp_path / "client.yml").write_text(SETTINGS + settings, encoding="utf-8")
        names = [unit for unit, n in units.items() for _ in range(n)]
        rows = [f'p{i},Person {i},"{unit}",2026-06-25,E{i},user' for i, unit in enumerate(names)]
        text = "\n".join(["user_id,name,org_unit,last_login,employee_number,account_type", *rows, *more.splitlines()])
        (tmp_path / "exports" / "users.csv").write_text(text + "\n", encoding="utf-8")
        if org_map:
            (tmp_path / "org_map.csv").write_text(org_map, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def said(crmkit):
    """Return a function that runs `check` and returns its lines between the accounts and what was dropped."""

    def run(folder: Path) -> list[str]:
        done = crmkit("check", folder)
        assert (done.code, done.err) == (0, "")
        lines = done.out.splitlines()
        start = next(i for i, line in enumerate(lines) if " accounts of " in line)
        return lines[start + 1 : lines.index("  dropped or changed:")]

    return run


def test_nobody_has_a_unit(firm, said):
    assert said(firm({"": 70})) == []


def test_few_people(firm, said):
    assert said(firm({"Sales": 59})) == ["  units: none can be shown; below 60 people, only the client as a whole"]


def test_units_as_they_are(firm, said):
    assert said(firm({"Sales": 40, "Service": 20, "Door": 3})) == [
        "  units: at k=5, 1 of 3 units can be shown with three segments, 1 with the usage rate only"
    ]


def test_units_that_should_be_merged(firm, said):
    folder = firm({"V/Nord": 30, "V/Ost": 14, "V/West": 12, "Lager": 20, "Pforte": 3, "": 1})
    lines = said(folder)
    assert lines == [
        "  units: at k=5, 1 of 5 units can be shown with three segments, 1 with the usage rate only",
        "  units: with these lines in client.yml, 2 of 3 units can be shown with three segments, "
        "1 with the usage rate only; in none of them: 4 people",
        "reporting_units:",
        "- Lager",
        "- V/Nord",
        "- name: V/weitere",
        "  units:",
        "  - V/Ost",
        "  - V/West",
    ]
    (folder / "client.yml").write_text(SETTINGS + "\n".join(lines[2:]), encoding="utf-8")
    assert said(folder) == [
        "  units: at k=5, 2 of 3 units can be shown with three segments, 1 with the usage rate only",
        "    Lager: 20 people, usage rate only",
        "    V/Nord: 30 people, three segments",
        "    V/weitere: 26 people, three segments",
        "    in none of them: 4 people",
    ]


def test_names_that_yaml_would_read_otherwise(firm, said):
    lines = said(firm({"Team: 'A' #1": 30, "yes": 20, "V/1": 8, "V/2": 9}, settings="language: en\n"))
    block = "\n".join(lines[2:])
    assert yaml.safe_load(block) == {
        "reporting_units": ["Team: 'A' #1", {"name": "V/others", "units": ["V/1", "V/2"]}, "yes"]
    }


def test_a_parent_that_takes_in_its_small_units(firm, said):
    lines = said(firm({"V": 13, "V/A": 30, "V/B": 8, "V/C": 3, "L": 10}))
    assert lines[2:] == ["reporting_units:", "- V", "- V/A"]


CONFIGURED = """reporting_units:
  - V/Nord
  - {name: Außen, units: [V/Ost, V/Wset]}
  - Service/Technik
  - Pforte
  - Servcie
"""


def test_configured_units(firm, said):
    folder = firm({"V/Nord/T1": 30, "V/Ost": 16, "V/West": 12, "Service": 9, "Pforte": 1}, settings=CONFIGURED)
    assert said(folder) == [
        "  units: at k=5, 1 of 5 units can be shown with three segments, 1 with the usage rate only",
        "    V/Nord: 30 people, three segments",
        "    Außen: 16 people, usage rate only",
        '    V/Wset: nobody is in this unit. Did you mean "V/West"?',
        '    Service/Technik: nobody is in this unit. Did you mean "Service"?',
        "    Pforte: 1 person, nothing",
        '    Servcie: nobody is in this unit. Did you mean "Service"?',
        "    in none of them: 21 people",
    ]


def test_the_map_of_units_is_followed(firm, said):
    folder = firm(
        {"Nord": 30, "Süd": 40},
        settings="reporting_units: [V/Nord, V/Süd]\n",
        org_map="old,new,from_date\nNord,V/Nord,\nSüd,V/Süd,2026-01-01\nV/Süd,V/Nord,2026-07-01\n",
    )
    assert said(folder) == [
        "  units: at k=5, 2 of 2 units can be shown with three segments, 0 with the usage rate only",
        "    V/Nord: 30 people, three segments",
        "    V/Süd: 40 people, three segments",
    ]


def test_names_that_are_spelled_twice(firm, said):
    units = {"Vertrieb Nord": 40, "Vertrieb-Nord": 20, "VT Nord": 26}
    lines = [
        "  units: at k=5, 2 of 3 units can be shown with three segments, 1 with the usage rate only",
        "  units: 2 names are probably other spellings of units; if so, add to org_map.csv:",
        "old,new",
        "VT Nord,Vertrieb Nord",
        "Vertrieb-Nord,Vertrieb Nord",
    ]
    folder = firm(units)
    assert said(folder) == lines
    (folder / "org_map.csv").write_text("\n".join(lines[2:4]), encoding="utf-8")
    assert said(folder) == [
        "  units: at k=5, 1 of 2 units can be shown with three segments, 1 with the usage rate only",
        "  units: 1 name is probably another spelling of a unit; if so, add to org_map.csv:",
        "Vertrieb-Nord,Vertrieb Nord",
    ]


def test_only_persons_count_and_each_once(firm, said):
    twice = "p0b,Person 0,Sales,2026-06-25,E0,user\nbot,Mail,Sales,2026-06-25,,service"
    folder = firm({"Sales": 60}, settings="reporting_units: [Sales]\n", more=twice)
    assert said(folder)[2] == "    Sales: 60 people, three segments"


def test_a_map_that_leads_in_a_circle(crmkit, firm):
    folder = firm({"A": 60}, org_map="old,new\nA,B\nB,A\n")
    done = crmkit("check", folder)
    assert (done.code, done.err) == (
        1,
        "error: org_map: `A`, `B` lead in a circle. Keep the rows that hold today.\n",
    )


def test_the_client_has_its_map(crmkit, firm):
    from crmkit.client import open_client

    folder = firm({"A": 3}, org_map="old,new,from_date\nA,B,2026-01-01\n")
    assert crmkit("prepare", folder).code == 0
    frame = open_client(folder).org_map
    assert frame.assign(from_date=frame["from_date"].astype("str")).values.tolist() == [["A", "B", "2026-01-01"]]
    assert read_settings(folder / "client.yml").reporting_paths == {}
