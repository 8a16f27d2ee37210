"""The survey worked out by hand: items, topics, hurdles, response, units; and interviews."""

import numpy as np
import pandas as pd
import pytest

from crmkit import privacy
from crmkit.errors import MethodError, PrivacyError
from crmkit.method import survey
from crmkit.privacy import protect, releases
from crmkit.report.cells import rows_of


def sheets(*answers: tuple[str, dict[str, str]]) -> pd.DataFrame:
    """Return the table of sheets that each have a unit and item → answer."""
    rows = [
        (f"r{number}", unit, item, answer)
        for number, (unit, given) in enumerate(answers)
        for item, answer in given.items()
    ]
    return pd.DataFrame(rows, columns=["respondent", "org_unit", "item", "answer"], dtype="str")


def alike(n: int, unit: str = "", **given: str) -> list[tuple[str, dict[str, str]]]:
    return [(unit, {item.removeprefix("q"): answer for item, answer in given.items()})] * n


@pytest.fixture
def crowd(client_of, people_tables):
    """Return a function that opens a client of 80 people in two units with a survey."""

    def make(*answers, settings="", **tables):
        people = people_tables([f"u{i}" for i in range(80)])
        people["assignments"]["org_unit"] = ["Vertrieb"] * 50 + ["Service"] * 30
        people["assignments"]["role"] = ["Außendienst"] * 48 + ["Leitung"] * 2 + ["Innendienst"] * 30
        return client_of(settings=settings, survey=sheets(*answers), **people, **tables)

    return make


def values(table, *columns: str) -> list[list]:
    return table.frame[list(columns)].values.tolist()


# items


def test_items(crowd):
    client = crowd(
        *alike(10, q1="5"), *alike(8, q1="4"), *alike(9, q1="3"), *alike(7, q1="1"), *alike(7, q1="cannot_judge")
    )
    table = survey.items(client)
    assert values(table, "item", "answer", "n", "n_total") == [
        ["1", "agree", 18, 41], ["1", "neutral", 9, 41], ["1", "disagree", 7, 41], ["1", "cannot_judge", 7, 41],
    ]  # fmt: skip
    assert table.frame["share"].tolist() == [18 / 41, 9 / 41, 7 / 41, 7 / 41]
    assert (table.k_min, table.notes) == (7, ("mood",))
    assert not protect({"survey_items": table})["survey_items"].n_suppressed


def test_who_left_an_item_blank_cannot_judge_it(crowd):
    table = survey.items(crowd(*alike(10, q1="5", q2="1"), *alike(8, q1="2")))
    assert values(table, "item", "answer", "n", "n_total") == [
        ["1", "agree", 10, 18], ["1", "neutral", 0, 18], ["1", "disagree", 8, 18], ["1", "cannot_judge", 0, 18],
        ["2", "agree", 0, 18], ["2", "neutral", 0, 18], ["2", "disagree", 10, 18], ["2", "cannot_judge", 8, 18],
    ]  # fmt: skip


def test_a_few_without_a_judgement_stand_with_the_neutral_ones_in_all_items(crowd):
    table = survey.items(
        crowd(*alike(9, q1="5", q2="3"), *alike(2, q1="cannot_judge", q2="5"), *alike(8, q1="3", q2="5"))
    )
    assert values(table, "item", "answer", "n") == [
        ["1", "agree", 9], ["1", "neither", 10], ["1", "disagree", 0],
        ["2", "agree", 10], ["2", "neither", 9], ["2", "disagree", 0],
    ]  # fmt: skip
    assert not protect({"survey_items": table})["survey_items"].n_suppressed


def test_other_questions_are_no_items(crowd):
    table = survey.items(crowd(*alike(9, q1="5", q12="daily", q13="time")))
    assert table.frame["item"].unique().tolist() == ["1"]


def test_nothing_was_asked(crowd):
    client = crowd()
    for make in (
        survey.items, survey.topics, survey.response, survey.bounds, survey.hurdles, survey.elsewhere, survey.by_unit,
        survey.benefit_by_unit, survey.other_units, survey.themes, survey.quotes,
    ):  # fmt: skip
        table = make(client)
        assert table.frame.empty, table.name
        assert protect(table).frame.empty


def test_one_row(crowd):
    table = survey.items(crowd(("", {"1": "5"})))
    assert protect(table).frame["n"].isna().any()


def test_order_and_input(crowd):
    answers = [*alike(9, "Vertrieb", q1="5", q13="time"), *alike(8, "Service", q1="1", q13="none")]
    client, turned = crowd(*answers), crowd(*answers[::-1])
    before = client.survey.copy()
    for make in (survey.items, survey.hurdles, survey.response, survey.by_unit):
        pd.testing.assert_frame_equal(make(client).frame, make(turned).frame)
    pd.testing.assert_frame_equal(client.survey, before)


def test_a_survey_after_the_day_is_not_shown(crowd):
    client = crowd(*alike(9, q1="5"), settings="survey: {from: 2026-07-01}")
    assert survey.items(client).frame.empty


# topics


def test_topics_of_two_items(crowd):
    client = crowd(*alike(10, q1="5", q2="5", q3="4", q5="5"), *alike(10, q1="5", q2="1", q3="1", q5="1"))
    table = survey.topics(client)
    assert values(table, "topic", "n_items", "n_total", "index_share") == [["benefit", 2, 20, 0.75]]


def test_a_topic_is_shown_only_with_its_items(crowd):
    client = crowd(*alike(17, q1="5", q2="1"), *alike(3, q1="5", q2="5"))
    tables = {table.name: table for table in (survey.items(client), survey.topics(client))}
    shown = protect(tables)
    assert {row["item"]: row["n"] for row in rows_of(shown["survey_items"]) if row["answer"] == "agree"} == {
        "1": 20, "2": None,
    }  # fmt: skip
    assert np.isnan(shown["survey_topics"].frame["index_share"]).all()


# hurdles and data kept elsewhere


def test_hurdles_are_counted_once_a_respondent(crowd):
    rows = sheets(*alike(9, q13="time"), *alike(8, q13="none"), *alike(3, q1="5"))
    twice = pd.concat([rows, rows[rows["answer"] == "time"].assign(answer="mobile_offline"), rows.iloc[:1]])
    client = crowd()
    client.__dict__["survey"] = twice
    shown = {row["hurdle"]: (row["n"], row["n_total"]) for row in rows_of(protect(survey.hurdles(client)))}
    assert (shown["time"], shown["mobile_offline"], shown["none"], shown["handling"]) == (
        (9, 20),
        (9, 20),
        (8, 20),
        (0, 20),
    )


def test_elsewhere(crowd):
    table = survey.elsewhere(crowd(*alike(9, q12="never"), *alike(8, q12="daily"), *alike(7, q1="5")))
    assert table.name == "survey_elsewhere"
    assert values(table, "answer", "n", "n_total") == [
        ["never", 9, 24], ["rarely", 0, 24], ["monthly", 0, 24], ["weekly", 0, 24], ["daily", 8, 24],
        ["cannot_judge", 7, 24],
    ]  # fmt: skip


# response


@pytest.mark.parametrize(
    ("invited", "share", "notes"), [(90, 30 / 90, ("mood",)), (75, 0.4, ()), ("", float("nan"), ("mood",))]
)
def test_response(crowd, invited, share, notes):
    client = crowd(*alike(30, q1="5"), settings=f"survey: {{invited: {invited}}}" if invited else "")
    table = survey.response(client)
    assert table.frame["n"].tolist() == [30]
    assert table.frame["share"].tolist() == pytest.approx([share], nan_ok=True)
    assert table.notes == survey.items(client).notes == notes


def test_response_by_unit(crowd):
    settings = "survey: {invited: {Vertrieb: 40, Service: 30, Einkauf: 9}}"
    client = crowd(*alike(20, "Vertrieb", q1="5"), *alike(10, "Service", q1="5"), settings=settings)
    assert values(survey.response(client), "org_unit", "n", "n_total") == [
        ["", 30, 79], ["Vertrieb", 20, 40], ["Service", 10, 30],
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["", "Einkauf"])
def test_no_response_by_unit_where_somebody_stated_none_of_them(crowd, unit):
    """Whoever left the unit blank is in one of them: how many answers are missing there, nobody knows."""
    settings = "survey: {invited: {Vertrieb: 40, Service: 30}}"
    client = crowd(*alike(20, "Vertrieb", q1="5"), *alike(10, "Service", q1="5"), *alike(8, unit, q1="1"),
                   settings=settings)  # fmt: skip
    made = [survey.items(client), survey.response(client), survey.by_unit(client), survey.other_units(client)]
    shown = protect({table.name: table for table in made}, k=client.k)
    assert values(shown["survey_response"], "org_unit", "n", "n_total") == [["", 38, 70]]


def test_more_answers_than_invited_in_a_unit(crowd, refused):
    settings = "survey: {invited: {Vertrieb: 15, Service: 60}}"
    client = crowd(*alike(20, "Vertrieb", q1="5"), *alike(10, "Service", q1="5"), settings=settings)
    with refused(
        MethodError,
        "client.yml: `survey.invited`: more people answered in `Vertrieb` than were invited. Correct the number.",
    ):
        survey.response(client)


TOLD_BEFORE = (
    "the survey was told of before with other answers, and the difference would tell of the few who answered since: "
    "restore the answers of then. If it is another survey, state its `from` and `to` under `survey` in client.yml."
)
RUN = "survey: {{invited: 100, from: {}, to: {}}}"


def told(client, releases=()) -> dict:
    made = [survey.items(client), survey.response(client), survey.by_unit(client), survey.other_units(client)]
    return protect({table.name: table for table in made}, k=client.k, releases=releases)


@pytest.mark.parametrize(
    ("n_more", "answer"), [(2, "5"), (30, "5")], ids=["two", "thirty, of whom the difference tells as well"]
)
@pytest.mark.parametrize("settings", ["survey: {invited: 100}", RUN.format("2026-05-04", "2026-05-15")])
def test_answers_that_came_after_a_report(crowd, refused, n_more, answer, settings):
    half = [*alike(20, "Vertrieb", q1="5"), *alike(20, "Vertrieb", q1="1")]
    first = told(crowd(*half, settings=settings))
    later = crowd(*half, *alike(n_more, "Vertrieb", q1=answer), settings=settings)
    with refused(PrivacyError, TOLD_BEFORE):
        told(later, list(first.values()))


def test_the_same_survey_again_and_another_one(crowd, tmp_path):
    half = [*alike(20, "Vertrieb", q1="5"), *alike(20, "Vertrieb", q1="1")]
    client = crowd(*half, settings=RUN.format("2025-11-03", "2025-11-14"))
    first = told(client)
    releases.keep(tmp_path, first, as_of=client.as_of)
    again = told(client, releases.of_client(client))
    pd.testing.assert_frame_equal(again["survey_items"].frame, first["survey_items"].frame)
    another = crowd(*half, *alike(2, "Vertrieb", q1="5"), settings=RUN.format("2026-05-04", "2026-05-15"))
    assert told(another, releases.of_client(another))["survey_items"].frame["n"].tolist()[0] == 22


def test_a_few_who_did_not_answer_are_not_told(crowd):
    client = crowd(*alike(30, q1="5"), settings="survey: {invited: 33}")
    shown = protect({"survey_items": survey.items(client), "survey_response": survey.response(client)})
    assert shown["survey_response"].frame["n_total"].isna().all()
    assert shown["survey_response"].frame["share"].isna().all()


def test_bounds(crowd):
    client = crowd(*alike(12, q1="5"), *alike(8, q1="1"), settings="survey: {invited: 40}")
    assert values(survey.bounds(client), "item", "low_share", "high_share") == [["1", 12 / 40, 32 / 40]]
    assert survey.bounds(crowd(*alike(12, q1="5"))).frame.empty


def test_more_answers_than_invited(crowd, refused):
    client = crowd(*alike(12, q1="5"), settings="survey: {invited: 11}")
    with refused(
        MethodError, "client.yml: `survey.invited`: more people answered than were invited. Correct the number."
    ):
        survey.response(client)


# units


def by_unit(client):
    makers = (survey.items, survey.by_unit, survey.other_units, survey.benefit_by_unit, survey.response)
    tables = [make(client) for make in makers]
    return protect({table.name: table for table in tables}, k=client.k)


def test_units(crowd):
    client = crowd(
        *alike(10, "Vertrieb", q1="5", q2="5", q7="5"), *alike(10, "Vertrieb", q1="1", q2="5", q7="1"),
        *alike(8, "Service", q1="5", q2="1", q7="1"), *alike(8, "Service", q1="1", q2="5", q7="1"),
    )  # fmt: skip
    assert values(survey.by_unit(client), "org_unit", "item", "n", "n_total") == [
        ["Service", "1", 8, 16], ["Service", "2", 8, 16], ["Vertrieb", "1", 10, 20], ["Vertrieb", "2", 20, 20],
    ]  # fmt: skip
    # all twenty in sales say the same of item 2: neither their index is shown, nor by the total that of service
    assert by_unit(client)["survey_benefit"].frame["index_share"].isna().all()


def test_benefit_of_units(crowd):
    client = crowd(
        *alike(10, "Vertrieb", q1="5", q2="1"), *alike(10, "Vertrieb", q1="1", q2="5"),
        *alike(12, "Service", q1="5", q2="5"), *alike(8, "Service", q1="1", q2="1"),
    )  # fmt: skip
    assert by_unit(client)["survey_benefit"].frame[["org_unit", "index_share"]].values.tolist() == [
        ["Service", 0.6], ["Vertrieb", 0.5],
    ]  # fmt: skip


def test_a_small_unit_cannot_be_worked_out(crowd):
    """Sales and service are shown, five of purchasing are not; the total must not tell what these five said."""
    client = crowd(
        *alike(10, "Vertrieb", q1="5"), *alike(10, "Vertrieb", q1="1"), *alike(8, "Service", q1="5"),
        *alike(9, "Service", q1="1"), *alike(5, "Einkauf", q1="1"),
    )  # fmt: skip
    shown = by_unit(client)
    assert set(shown["survey_by_unit"].frame["org_unit"]) == {"Vertrieb", "Service"}
    rows = {row["org_unit"]: (row["n"], row["n_total"]) for row in rows_of(shown["survey_by_unit"])}
    total = next(row for row in rows_of(shown["survey_items"]) if row["answer"] == "agree")
    assert None in (*(n for pair in rows.values() for n in pair), total["n"], total["n_total"])
    assert not privacy.audit(shown, k=client.k)


def test_nobody_of_the_units_that_are_not_shown_is_not_told_either(crowd):
    client = crowd(
        *alike(10, "Vertrieb", q1="5"), *alike(10, "Vertrieb", q1="1"), *alike(8, "Service", q1="5"),
        *alike(9, "Service", q1="1"), *alike(9, "Einkauf", q1="1"),
    )  # fmt: skip
    assert values(survey.other_units(client), "org_unit", "item", "n", "n_total") == [["*", "1", 0, 9]]
    shown = by_unit(client)
    numbers = [*shown["survey_by_unit"].frame["n"], shown["survey_items"].frame["n"].iloc[0]]
    assert any(pd.isna(n) for n in numbers)


def test_everybody_or_nobody_of_a_unit_is_not_told(crowd):
    client = crowd(
        *alike(20, "Vertrieb", q1="5"), *alike(10, "Service", q1="5"), *alike(10, "Service", q1="1"),
        *alike(15, "Technik", q1="1"),
    )  # fmt: skip
    rows = {row["org_unit"]: row["n"] for row in rows_of(by_unit(client)["survey_by_unit"])}
    assert (rows["Vertrieb"], rows["Technik"]) == (None, None)


def test_no_units_where_none_are_agreed(crowd):
    answers = [*alike(20, "Vertrieb", q1="5"), *alike(20, "Service", q1="1")]
    assert survey.by_unit(crowd(*answers, settings="privacy: {totals_only: true}")).frame.empty


def test_a_report_with_a_survey_is_safe(crowd):
    from crmkit.method import retrospective

    answers = [
        ("Vertrieb" if n % 3 else "Service", {"1": str(1 + n % 5), "13": "time", "12": "daily"}) for n in range(40)
    ]
    client = crowd(*answers, settings="survey: {invited: {Vertrieb: 40, Service: 30}}")
    try:
        shown = protect(retrospective.tables(client), k=client.k)
    except PrivacyError as error:  # pragma: no cover
        pytest.fail(str(error))
    assert not privacy.audit(shown, k=client.k)


# interviews

VOICES = pd.DataFrame(
    [
        ("Interview 1", "Außendienst", "Zeit", "Abends fehlt die Ruhe.", True),
        ("Interview 1", "Außendienst", "Zeit", "Am Telefon geht es schneller.", True),
        ("Interview 2", "Leitung", "Nutzen", "Die Runde spart Zeit.", True),
        ("Interview 3", "Service", "Zeit", "Mittags geht es.", True),
        ("Interview 4", "Service", "Ziele", "", False),
    ],
    columns=["source", "role_group", "theme", "paraphrase", "released"],
)


def test_themes_count_interviews(crowd):
    table = survey.themes(crowd(voices=VOICES))
    assert values(table, "theme", "n_interviews", "n_interviews_all", "n_not_released") == [
        ["Zeit", 2, 4, 1], ["Nutzen", 1, 4, 1],
    ]  # fmt: skip


def test_a_group_stands_beside_a_quotation_only_where_it_is_a_crowd(crowd):
    assert values(survey.quotes(crowd(voices=VOICES)), "theme", "role_group") == [
        ["Zeit", "Außendienst"], ["Zeit", "Außendienst"], ["Zeit", "Service"], ["Nutzen", ""],
    ]  # fmt: skip
    totals = crowd(voices=VOICES, settings="privacy: {totals_only: true}")
    assert set(survey.quotes(totals).frame["role_group"]) == {""}
