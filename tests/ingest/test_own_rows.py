"""Measures, parallel structures and figures as the consultant writes them: faults are named, people are not."""

import pandas as pd
import pytest

import crmkit
from crmkit.cli.checking import own_tables
from crmkit.errors import InputError
from crmkit.settings import read_settings

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = (
    "Kennung;Vorname;Nachname;E-Mail;Abteilung\n"
    "e.winter;Eva;Winter;eva.winter@muster.example;Vertrieb\n"
    "psommer17;Peter;Sommer;peter.sommer@muster.example;Vertrieb\n"
)
PARALLEL = "process,org_unit,purpose,hours_month_min,hours_month_max,crm_lacks\n"
OUTCOMES = "outcome,date,value,unit\n"
MEASURES = "goal,measure,hurdle,owner_role,date,status,note\n"
NAMED = "refused: it holds a name or address of a user and would be printed; name roles and teams, not people."


@pytest.fixture
def prepared(folder_of):
    def prepare(file: str, text: str) -> dict[str, pd.DataFrame]:
        folder = folder_of([LIST], {"exports/users.csv": USERS, file: text})
        return crmkit.ingest.read_exports(folder).others

    return prepare


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("parallel_lists.csv", PARALLEL + "A,,,1,2,\nB,,,-1,2,\n", "row 3: hours must be 0 ≤ min ≤ max."),
        ("parallel_lists.csv", PARALLEL + "A,,,5,2,\n", "row 2: hours must be 0 ≤ min ≤ max."),
        ("parallel_lists.csv", PARALLEL + " ,Vertrieb,x,1,2,\n", "row 2: `process` is empty."),
        ("parallel_lists.csv", PARALLEL + "A,,,5,,\n",
         "row 2: one of `hours_month_min` and `hours_month_max` is missing; state both or neither."),
        ("parallel_lists.csv", PARALLEL + "Liste,V,,1,2,\nandere,V,,1,2,\n liste,v,,3,4,\n",
         "row 4: the process stands twice for this unit; keep one row, or name the lists apart."),
        ("parallel_lists.csv", PARALLEL + "A,,,viele,2,\n",
         "column `hours_month_min`, row 2: not a number. Write it as 1234.5 or 1.234,5."),
        ("parallel_lists.csv", PARALLEL + "A,,Liste von Eva Winter,1,2,\n", f"column `purpose`, row 2: {NAMED}"),
        ("parallel_lists.csv", PARALLEL + "A,,,1,2,\nB,,,1,2,fragt peter.sommer@muster.example\n",
         f"column `crm_lacks`, row 3: {NAMED}"),
        ("parallel_lists.csv", PARALLEL + "Winter Eva: Angebote,,,1,2,\n", f"column `process`, row 2: {NAMED}"),
        ("measures.csv", MEASURES + ",Training,,Sommer Peter,,open,\n", f"column `owner_role`, row 2: {NAMED}"),
        ("measures.csv", MEASURES + ",Training,,Leitung,,open,mit psommer17\n", f"column `note`, row 2: {NAMED}"),
        ("measures.csv", MEASURES + ",Training,,Leitung,,open,\n,,Zeit,Leitung,,open,\n", "row 3: `measure` is empty."),
        ("outcomes.csv", OUTCOMES + ",2026-01-31,5,%\n", "row 2: `outcome` is empty."),
        ("outcomes.csv", OUTCOMES + "Umsatz,,5,%\n", "row 2: `date` is empty."),
        ("outcomes.csv", OUTCOMES + "Umsatz,2026-01-31,,%\n", "row 2: `value` is empty."),
        ("outcomes.csv", OUTCOMES + "Umsatz,2026-01-31,gut,%\n",
         "column `value`, row 2: not a number. Write it as 1234.5 or 1.234,5."),
        ("outcomes.csv", OUTCOMES + "Umsatz,2026-01-31,5,%\nUmsatz,2062-01-31,5,%\n",
         "row 3: the date lies more than a year after `as_of`."),
        ("outcomes.csv", OUTCOMES + "Umsatz,2026-01-31,5,%\numsatz ,2026-01-31,6,%\n",
         "row 3: the figure stands there twice on this date; keep one row."),
        ("outcomes.csv", OUTCOMES + "Umsatz,2026-01-31,5,Mio. €\nUmsatz,2026-02-28,6,T€\n",
         "row 3: the figure has another unit further up; keep one unit."),
        ("measures.csv", MEASURES + ",Training,,Leitung,,open,mit Eva Winter.\n", f"column `note`, row 2: {NAMED}"),
        ("changes.csv", "date,kind,title\n2026-05-01,cultural,Eva Winter leitet\n", f"column `title`, row 2: {NAMED}"),
        ("licences.csv", "licence,n_purchased\nSales Eva Winter,5\n", f"column `licence`, row 2: {NAMED}"),
        ("org_map.csv", "old,new\nTeam Eva Winter,Vertrieb\n", f"column `old`, row 2: {NAMED}"),
        ("outcomes.csv", OUTCOMES + "Freude von Eva Winter,2026-01-31,5,%\n", f"column `outcome`, row 2: {NAMED}"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(prepared, refused, file, text, message):
    with refused(InputError, f"{file}: {message}"):
        prepared(file, text)


def test_what_is_right_stays_as_written(prepared):
    lists = prepared("parallel_lists.csv", PARALLEL + 'Winterliste,Vertrieb,,"1,5",20,\nSommeraktion,,,,,\n')
    assert lists["parallel_lists"]["process"].tolist() == ["Winterliste", "Sommeraktion"]
    assert lists["parallel_lists"]["hours_month_min"].tolist()[:1] == [1.5]


def test_measures_need_nothing_but_themselves(prepared):
    measures = prepared("measures.csv", "measure\nweekly_half_hour\n")["measures"]
    assert measures.iloc[0].fillna("").to_dict() == {
        "goal": "", "measure": "weekly_half_hour", "hurdle": "", "owner_role": "", "date": "", "status": "", "note": "",
    }  # fmt: skip


def test_what_is_hardly_right_is_asked(folder_of):
    files = {
        "exports/users.csv": USERS,
        "parallel_lists.csv": PARALLEL + "A,,,1,1600,\nB,,,10,1601,\n",
        "outcomes.csv": OUTCOMES + "Umsatz,2026-06-28,5,%\nUmsatz,2026-07-31,5,%\n",
    }
    folder = folder_of([LIST], files)
    tables = crmkit.ingest.read_exports(folder)
    assert list(own_tables.lines(read_settings(folder / "client.yml"), tables)) == [
        "  to be asked:",
        "    parallel_lists.csv: row 3: more than 1,600 hours a month, ten people who do nothing else: is that meant, "
        "or hours a year?",
        "    outcomes.csv: 1 value is of a day after 2026-06-28 and not shown: is the date right?",
    ]


def test_nothing_is_asked_for_nothing(folder_of):
    folder = folder_of([LIST], {"exports/users.csv": USERS})
    tables = crmkit.ingest.read_exports(folder)
    assert list(own_tables.lines(read_settings(folder / "client.yml"), tables)) == []
