"""Survey and interviews as a reader sees them: sentences, charts, and what is left out."""

import pytest

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts, tables, text
from crmkit.report.chart import Block, Chart

DRAWN = {
    "survey_topics": ("survey_topics",), "survey_hurdles": ("survey_hurdles",), "survey_units": ("survey_by_unit",),
}  # fmt: skip


def drawn(name, shown, **options):
    return getattr(charts, name)(*[shown[table] for table in DRAWN[name]], **options)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", ["de", "en"])
def test_has_words(name, language, shown):
    chart = drawn(name, shown, language=language)
    assert isinstance(chart, Chart)
    assert all((chart.alt, chart.caption, chart.finding, chart.svg()))


@pytest.mark.parametrize("name", DRAWN)
def test_masked_and_empty(name, made):
    known = {table.name: table for table in made.voices()}
    masked = {table: made.masked(known[table]) for table in DRAWN[name]}
    assert "zu klein" in drawn(name, masked).finding
    assert drawn(name, {table: made.empty(known[table]) for table in DRAWN[name]}).kind == "absent"
    with pytest.raises(PrivacyError):
        drawn(name, known)


def test_findings(shown, plainly):
    said = [plainly(drawn(name, shown).finding) for name in DRAWN]
    assert said == [
        "Von 100 möglichen Punkten: Nutzen 61 und Bedienung und Aufwand 32.",
        "Am häufigsten genannt: „Zeit im Tagesgeschäft“ (56 %) und „Bedienung“ (22 %).",
        "Aus 2 Organisationseinheiten liegen genug Antworten vor, um sie für sich zu zeigen.",
    ]


def test_response_and_range_stand_in_the_caption(shown, plainly):
    chart = charts.survey_bars(shown["survey_items"], shown["survey_response"], shown["survey_bounds"])
    assert plainly(chart.caption).startswith(
        "Antworten der anonymen Befragung auf einer Skala von 1 bis 5 (1–2, 3, 4–5). Von 90 Eingeladenen haben "
        "54 (60 %) geantwortet. Dünne Linie: Zustimmung, wenn alle ohne Antwort ablehnten oder zustimmten"
    )
    assert "Dünne" not in charts.survey_bars(shown["survey_items"]).caption


def test_a_mood_is_called_one(made, plainly):
    from dataclasses import replace

    items = protect(replace(made.survey(), notes=("mood",)))
    assert charts.survey_bars(items).finding.startswith("Stimmungsbild, keine Messung. Die meiste Zustimmung: ")
    english = charts.survey_bars(items, language="en").finding
    assert english.startswith("A mood, not a measurement. Most agreement: “I get help quickly with questions on")


def test_response_without_a_number_of_those_invited(shown, made, plainly):
    response = next(table for table in made.voices() if table.name == "survey_response")
    response.frame["n_total"], response.frame["share"] = float("nan"), float("nan")
    chart = charts.survey_bars(shown["survey_items"], protect(response))
    assert "54 Antwortbögen; wie viele eingeladen waren, ist nicht bekannt" in chart.caption


def test_neither(made, plainly):
    survey = made.survey()
    frame = survey.frame[survey.frame["answer"] != "cannot_judge"].replace({"answer": {"neutral": "neither"}})
    table = Table("survey_items", frame, ("item", "answer"), ("n",), survey.derived, ("n_total",), k_min=7)
    chart = charts.survey_bars(protect(table))
    assert "Weder noch: teils, teils oder ohne Urteil" in chart.caption
    assert ">weder noch<" in chart.svg()


# usage beside the survey


def usage(made, names):
    rows = [(name, 20 + n, 40) for n, name in enumerate(names)]
    known = {table.name: table for table in made.voices()}
    counts = known["survey_usage"].frame.iloc[:0]
    frame = counts.reindex(range(len(rows)))
    frame["org_unit"], frame["n"], frame["n_total"] = zip(*rows, strict=True)
    frame["share"] = frame["n"] / frame["n_total"]
    said = frame[["org_unit", "n_total"]].assign(index_share=0.5)
    return (
        protect(Table("survey_usage", frame, ("org_unit",), ("n",), {"share": ("n", "n_total")}, ("n_total",))),
        protect(Table("survey_benefit", said, ("org_unit",), (), {"index_share": ("n_total",)}, ("n_total",), k_min=7)),
    )


def test_dots_only_for_many_units(made):
    seven, eight = ([f"Einheit {letter}" for letter in "ABCDEFGH"[:n]] for n in (7, 8))
    assert charts.survey_scatter(*usage(made, seven)).kind == "absent"
    chart = charts.survey_scatter(*usage(made, eight))
    assert isinstance(chart, Chart)
    assert chart.finding == "8 Organisationseinheiten, ihre Nutzung und ihre Antworten nebeneinander."


def test_a_table_for_few_units(shown, plainly):
    block = tables.survey_usage(shown["survey_usage"], shown["survey_benefit"])
    assert plainly(block.plain).splitlines()[1:] == [
        "Organisationseinheit\tNutzungsquote\tKonten\tThemenindex „Nutzen“\tAntworten",
        "Vertrieb\t63 %\t76\t62\t30",
        "Service\t57 %\t61\t46\t24",
    ]


# interviews


def test_interviews(shown):
    block = text.interviews(shown["interview_themes"], shown["interview_quotes"])
    assert block.plain.splitlines() == [
        "Was in Interviews gesagt wurde",
        "Aus 3 Interviews; wiedergegeben ist sinngemäß, was die Befragten freigegeben haben. 1 Aussage ist nicht "
        "freigegeben.",
        "Zeit", "in 2 Interviews", "Abends fehlt die Ruhe.", "Vertrieb", "Am Telefon geht es schneller.",
    ]  # fmt: skip
    english = text.interviews(shown["interview_themes"], shown["interview_quotes"], language="en").plain
    assert "From 3 interviews; what the respondents released is given in essence." in english


def test_no_interviews(made):
    known = {table.name: made.empty(table) for table in made.voices()}
    block = text.interviews(known["interview_themes"], known["interview_quotes"])
    assert isinstance(block, Block)
    assert (block.kind, block.plain) == ("absent", "Es gibt noch keine freigegebenen Interviews.")
