"""Answers of the survey in its three layouts, and what of them is refused."""

import io

import openpyxl
import pytest

import crmkit
from crmkit import questionnaire
from crmkit.errors import InputError, SurveyError

LIST = "{file: exports/users.csv, reader: generic.users, exported: 2026-06-28}"
USERS = (
    "Kennung;Vorname;Nachname;E-Mail;Abteilung\npsommer17;Peter;Sommer;peter.sommer@muster.example;Vertrieb\n"
    "e.winter;Eva;Winter;eva.winter@muster.example;Service\n"
)
FORMS = ("ID", "Start time", "Completion time", "Email", "Name")
FORMULARE = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name")
TIMES = ("2026-05-04 10:00", "2026-05-04 10:03", "anonymous", "")


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def read(folder_of):
    """Return a function that prepares a client with a survey and returns what was made."""

    def prepared(content, name="survey.csv"):
        return crmkit.ingest.prepare(folder_of([LIST], {"exports/users.csv": USERS, name: content}))

    return prepared


@pytest.fixture
def answers(read):
    """Return a function that reads a survey and returns its answers as lists."""
    return lambda content, name="survey.csv": read(content, name).others["survey"].values.tolist()


def wide(*texts: str, head: str = "respondent;org_unit;Q1;Q12;Q13") -> str:
    return "\n".join([head, *texts]) + "\n"


# layouts


def test_long(answers):
    text = "respondent,org_unit,item,answer\na,Nord,1,5\na,Nord,12,täglich\nb,Nord,1,stimme eher nicht zu\n"
    assert answers(text) == [["r1", "Nord", "1", "2"], ["r2", "Nord", "1", "5"], ["r2", "Nord", "12", "daily"]]


def test_long_in_german_words(answers):
    text = (
        "Bogen;Abteilung;Frage;Antwort\n1;Nord;Ich arbeite gern mit dem CRM.;5\n1;Nord;13;Zeit\n1;Nord;13;Bedienung\n"
    )
    assert answers(text) == [
        ["r1", "Nord", "10", "5"], ["r1", "Nord", "13", "handling"], ["r1", "Nord", "13", "time"],
    ]  # fmt: skip


def test_wide(answers):
    assert answers(wide("1;Nord;4;weekly;time;", "2;;cannot judge;nie;Zeit im Tagesgeschäft;")) == [
        ["r1", "Nord", "1", "4"], ["r2", "", "1", "cannot_judge"], ["r2", "", "12", "never"],
        ["r1", "Nord", "12", "weekly"], ["r2", "", "13", "time"], ["r1", "Nord", "13", "time"],
    ]  # fmt: skip


def test_wide_without_numbers_of_sheets(answers):
    assert len({row[0] for row in answers(wide("4;weekly", "5;never", head="Q1;Q12"))}) == 2


@pytest.mark.parametrize(("head", "language"), [(FORMS, "en"), (FORMULARE, "de")])
def test_microsoft_forms(read, head, language):
    asked = [questionnaire.wording(key, language) for key in ("org_unit", "10", "1", "13", "15")]
    likert = questionnaire.answer_wording("scale", "4", language)
    hurdles = (
        ";".join(questionnaire.answer_wording("hurdles", code, language) for code in ("time", "mobile_offline")) + ";"
    )
    made = read(
        workbook(
            (*head, *asked), (1, *TIMES, "Sales", likert, 5, hurdles, "More time"), (2, *TIMES, "", 2, likert, "")
        ),
        "survey.xlsx",
    )
    assert made.others["survey"].values.tolist() == [
        ["r1", "", "1", "4"], ["r2", "Sales", "1", "5"], ["r1", "", "10", "2"], ["r2", "Sales", "10", "4"],
        ["r2", "Sales", "13", "mobile_offline"], ["r2", "Sales", "13", "time"],
    ]  # fmt: skip
    ledger = made.ledger[made.ledger["source"] == "survey"]
    assert ledger[["step", "reason", "n_rows"]].values.tolist() == [
        ["read", "read", 2], ["change", "times_and_addresses", 2], ["change", "written_answers", 1],
    ]  # fmt: skip
    assert "More time" not in made.others["survey"].to_csv()


def test_the_order_of_a_form_does_not_matter(answers):
    one, other = ("7. Ich kenne unsere Ziele für das CRM.", "2) I like working with the CRM.")
    rows = answers(workbook((*FORMS, other, one), (1, *TIMES, "agree", "stimme voll zu")), "survey.xlsx")
    assert rows == [["r1", "", "10", "4"], ["r1", "", "8", "5"]]


def test_two_languages_in_one_file(answers):
    assert [row[3] for row in answers(wide("stimme eher zu;nie", "agree;never", head="Q1;Q12"))] == ["4", "4"] + [
        "never"
    ] * 2


def test_columns_that_are_no_question_are_named(read):
    made = read(wide("4;nie;Rad", head="Q1;Q12;Wie kommen Sie zur Arbeit?"))
    assert [str(question) for question in made.book.questions] == [
        "survey.csv: these columns are no question of the survey and are not read. Should they be: "
        "`Wie kommen Sie zur Arbeit?`?"
    ]
    assert set(made.others["survey"]["item"]) == {"1", "12"}


def test_more_than_three_hurdles_are_kept_and_counted(read):
    made = read(wide("1;Nord;4;nie;time;handling".replace(";handling", ""), head="respondent;org_unit;Q1;Q12;Q13"))
    assert "more_than_three_hurdles" not in made.ledger["reason"].tolist()
    made = read('respondent;Q13\n1;"Zeit;Bedienung;mobil;Schulung"\n')
    assert made.others["survey"]["answer"].tolist() == ["handling", "mobile_offline", "time", "training"]
    counted = made.ledger[made.ledger["reason"] == "more_than_three_hurdles"]
    assert counted["n_rows"].tolist() == [1]


def test_respondents_are_numbered_by_what_they_answered(answers):
    """The order of their sheets would say who they are."""
    given = {"anna": "5", "bert": "1", "cara": "3", "dora": "1"}
    lines = [f"{name};1;{answer}\n" for name, answer in given.items()]
    tables = [answers("respondent;item;answer\n" + "".join(one)) for one in (lines, lines[::-1])]
    assert (
        tables[0]
        == tables[1]
        == [["r1", "", "1", "1"], ["r2", "", "1", "1"], ["r3", "", "1", "3"], ["r4", "", "1", "5"]]
    )


# refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "respondent;item;answer\na;1;4\na;16;4\n",
            "survey.csv: column `item`, row 3: is no question of the survey. Write its number (1–15) or its wording.",
        ),
        (
            "respondent;item;answer\na;1;6\n",
            "survey.csv: column `answer`, row 2: is no answer to question 1. Known are 1–5 or their words in German or "
            "English, and `cannot judge`; what people wrote belongs, paraphrased and released, into voices.csv.",
        ),
        (
            wide("1;Nord;4;stündlich;time"),
            "survey.csv: column `Q12`, row 2: is no answer to question 12. Known are `never`, `rarely`, `monthly`, "
            "`weekly`, `daily` in German or English, and `cannot judge`; what people wrote belongs, paraphrased and "
            "released, into voices.csv.",
        ),
        (
            wide("1;Nord;4;nie;Herr Graf"),
            "survey.csv: column `Q13`, row 2: is no answer to question 13. Known are the hurdles of the sheet in "
            "German or English, separated by `;`; what people wrote belongs, paraphrased and released, into "
            "voices.csv.",
        ),
        (
            "respondent;item;answer\na;1;4\n;1;5\n",
            "survey.csv: column `respondent`, row 3: is empty. Number the answer sheets: 1, 2, 3 …",
        ),
        (
            "respondent;org_unit;item;answer\na;Nord;1;4\na;Süd;2;4\n",
            "survey.csv: column `org_unit`, row 3: the respondent stands in another unit before. Keep one.",
        ),
        (
            "respondent;item;answer\na;1;4\na;1;5\n",
            "survey.csv: column `answer`, row 3: stands here twice. Keep one row.",
        ),
        (wide("1;;4;nie;", "1;;5;nie;"), "survey.csv: column `Q1`, row 3: stands here twice. Keep one row."),
        (
            "Nr;Wie geht es?;Warum?\n1;gut;so\n",
            "survey.csv: no column is a question of the survey. Found: `Nr`, `Wie geht es?`, `Warum?`. Head the "
            "columns with the questions, or `Q1` … `Q15`; `crmkit survey CLIENT` writes a template.",
        ),
        (
            "respondent;Q1;Frage 1\n1;4;4\n",
            "survey.csv: cannot be read as a table: question 1 stands in several columns; keep one of them.",
        ),
        (
            "respondent;Q15\n1;Frau Eva Winter hilft\n2;mehr Zeit\n",
            "survey.csv: column `Q15`: 1 written answers hold a name or an address of a user. What was written is not "
            "read at all: take the column out of the file.",
        ),
        (
            "E-Mail;Q1\nanonymous;4\neva.winter@muster.example;5\n",
            "survey.csv: column `E-Mail`: 1 answers carry an address or a name, so the survey was not anonymous and is "
            "not read. Delete the column; next time switch off `Record name` in the settings of the form.",
        ),
        (
            "respondent;item;answer\neva.winter@muster.example;1;4\n",
            "survey.csv: column `respondent`: 1 answers carry an address or a name, so the survey was not anonymous "
            "and is not read. Delete the column; next time switch off `Record name` in the settings of the form.",
        ),
        (
            "respondent;org_unit;item;answer\na;Team Peter Sommer;1;4\n",
            "survey.csv: column `org_unit`: 1 of its values hold a name or address of a user. It would be printed: "
            "name units and roles without people, map another column in client.yml, or give shared accounts the "
            "`account_type` service.",
        ),
        (
            "respondent;org_unit;item;answer\n",
            "survey.csv: the export is empty. Ask for it again, with its period and filters stated.",
        ),
    ],
)  # fmt: skip
def test_refused(read, refused, text, message):
    with refused(InputError, message):
        read(text)


def test_a_survey_lies_there_once(folder_of, refused):
    files = {
        "exports/users.csv": USERS,
        "survey.csv": wide("1;;4;nie;"),
        "survey.xlsx": workbook(("1", "12"), (4, "nie")),
    }
    message = "survey.csv: lies beside survey.xlsx, and both are the survey. Keep one, or join them."
    with refused(SurveyError, message):
        crmkit.ingest.prepare(folder_of([LIST], files))


# interviews


def voices(folder_of, row):
    files = {"exports/users.csv": USERS, "voices.csv": f"source;role_group;theme;paraphrase;released\n{row}\n"}
    return crmkit.ingest.prepare(folder_of([LIST], files)).others["voices"]


def test_what_was_not_released_is_not_kept(folder_of):
    rows = voices(
        folder_of, "Interview 1;Service;Zeit;Abends fehlt die Ruhe.;nein\nInterview 2;Service;Zeit;Es geht.;ja"
    )
    assert rows["paraphrase"].tolist() == ["", "Es geht."]
    assert rows["released"].tolist() == [False, True]


@pytest.mark.parametrize("said", ["maybe", "vielleicht", "2"])
def test_released_is_yes_or_no(folder_of, refused, said):
    message = (
        "voices.csv: column `released`, row 2: is neither yes nor no. Write `yes` once the person has read and "
        "released the paraphrase, else `no`."
    )
    with refused(SurveyError, message):
        voices(folder_of, f"Interview 1;Service;Zeit;Es geht.;{said}")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Interview 1;Service;Zeit;Eva Winter.;nein", "paraphrase"),
        ("Interview 1;Service;Zeit;Eva Winter macht das.;nein", "paraphrase"),
        ("Peter Sommer;Service;Zeit;Es fehlt Zeit.;ja", "source"),
        ("Interview 1;Service;Zeit;Fragen an hilfe@muster.example;ja", "paraphrase"),
    ],
)
def test_nobody_is_named_in_an_interview(folder_of, refused, row, column):
    message = (
        f"voices.csv: column `{column}`, row 2: holds a name or an address of a user. It would be printed: say it "
        "without the person."
    )
    with refused(SurveyError, message):
        voices(folder_of, row)
