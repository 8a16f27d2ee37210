"""Charts: what they refuse, what they leave out, what they say, and that they draw the same again."""

import re
import subprocess
import sys

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts
from crmkit.report.chart import Block, Chart
from crmkit.report.charts import style
from crmkit.report.charts.canvas import spread

#: Chart → the standard tables that it draws.
DRAWN = {
    "segment_bar": ("standing",), "unit_bars": ("by_unit",), "area_bar": ("area_usage",), "breadth": ("breadth",),
    "unit_area": ("unit_area",), "licence_waterfall": ("waterfall",), "survey_bars": ("survey_items",),
    "usage_timeline": ("usage_series", "change_log"), "goal_path": ("goal_path", "goals", "goal_history"),
}  # fmt: skip
MAKERS = {
    "standing": lambda made: made.standing(58, 61, 71, 10), "by_unit": lambda made: made.by_unit(),
    "area_usage": lambda made: made.areas(), "breadth": lambda made: made.breadth(),
    "unit_area": lambda made: made.unit_area(), "waterfall": lambda made: made.waterfall(),
    "survey_items": lambda made: made.survey(), "usage_series": lambda made: made.series(),
    "change_log": lambda made: made.changes(), "goal_path": lambda made: made.goal_path(),
    "goals": lambda made: made.goals(), "goal_history": lambda made: made.goal_history(),
}  # fmt: skip
NAMES = sorted(DRAWN)
#: Charts that are tested further down, or in a file of their own.
ELSEWHERE = (
    "aggregate_bars", "client_series", "definition_bars", "dumbbell", "effects", "firmness", "licence_types",
    "migration", "retention", "role_breadth", "small_series", "login_bars", "elsewhere", "outcomes", "parallel_hours",
    "survey_hurdles", "survey_scatter", "survey_topics", "survey_units",
)  # fmt: skip
GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(von|und|Konten|Nutzung|der|die|das|noch|nicht|je|im)\b")


def drawn(name: str, tables, **options) -> Chart | Block:
    return getattr(charts, name)(*[tables[table] for table in DRAWN[name]], **options)


def made_tables(name: str, made, how) -> dict:
    return {table: how(MAKERS[table](made)) for table in DRAWN[name]}


def words_in(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_every_chart_is_public():
    assert sorted(charts.__all__) == sorted([*DRAWN, *ELSEWHERE])


@pytest.mark.parametrize("name", NAMES)
def test_has_words_and_alternative_text(name, shown):
    chart = drawn(name, shown)
    assert isinstance(chart, Chart)
    assert all((chart.alt, chart.caption, chart.finding))
    data, metadata = chart._repr_mimebundle_()
    assert metadata["crmkit"]["kind"] == "chart"
    assert metadata["crmkit"]["finding"] == chart.finding
    assert [sheet["name"] for sheet in metadata["crmkit"]["tables"]] == list(DRAWN[name])
    assert 'role="img"' in data["image/svg+xml"]
    assert data["text/plain"] == chart.alt


@pytest.mark.parametrize("name", NAMES)
def test_refuses_what_is_not_protected(name, made, refused):
    tables = made_tables(name, made, lambda table: table)
    message = f"{name}: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        drawn(name, tables)


@pytest.mark.parametrize("name", NAMES)
def test_refuses_a_bare_frame(name, made, refused):
    tables = made_tables(name, made, lambda table: table.frame)
    message = f"{name}: expected a ProtectedTable, found a DataFrame. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        drawn(name, tables)


@pytest.mark.parametrize("name", NAMES)
def test_absent_without_rows(name, made):
    block = drawn(name, made_tables(name, made, made.empty))
    assert isinstance(block, Block)
    assert block.kind == "absent"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_survives_when_everything_is_masked(name, language, made):
    chart = drawn(name, made_tables(name, made, made.masked), language=language)
    assert isinstance(chart, Chart)
    assert "<svg" in chart.svg()
    if name != "goal_path":
        assert not re.search(r"\d\s?%", " ".join([chart.finding, chart.alt, *words_in(chart.svg())[3:]])) or (
            name == "usage_timeline"
        )


@pytest.mark.parametrize("name", NAMES)
def test_same_table_same_bytes(name, shown):
    assert drawn(name, shown).svg() == drawn(name, shown).svg()


@pytest.mark.parametrize("name", NAMES)
def test_input_stays_as_it_is(name, shown):
    before = {table: shown[table].frame.copy() for table in DRAWN[name]}
    drawn(name, shown, language="en")
    for table, frame in before.items():
        pd.testing.assert_frame_equal(shown[table].frame, frame)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"goal_path", "usage_timeline", "unit_bars", "unit_area"}))
def test_english_has_no_german(name, shown):
    chart = drawn(name, shown, language="en")
    said = [chart.finding, chart.caption, chart.alt, chart.source, *words_in(chart.svg())]
    assert [text for text in said if GERMAN.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_and_no_id_is_shared(name, shown):
    svg = drawn(name, shown).svg()
    assert not re.search(r"<script|<image|@import|(?:href|src)=\"(?!#)", svg)
    ids = re.findall(r'\sid="([^"]+)"', svg)
    used = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg))
    assert used == set(ids)
    assert len(ids) == len(set(ids))
    other = drawn("segment_bar" if name != "segment_bar" else "unit_bars", shown).svg()
    assert not set(ids) & set(re.findall(r'\sid="([^"]+)"', other))


@pytest.mark.parametrize("name", NAMES)
def test_page_decides_on_fonts_and_colours(name, shown):
    svg = drawn(name, shown).svg()
    assert svg.count("font-family") == 1
    assert '<path d="M' not in "".join(words_in(svg))
    inside = svg.split(">", 1)[1]
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", inside))
    assert colours == set(), "colours without a role"
    assert re.match(r'<svg width="880" height="[\d.]+" viewBox="0 0 880 ', svg)


def test_draws_on_given_axes(shown):
    from matplotlib.figure import Figure

    figure = Figure()
    chart = charts.segment_bar(shown["standing"], ax=figure.add_subplot())
    assert isinstance(chart, Chart)
    assert chart.figure is figure


def test_settings_of_the_notebook_stay(shown):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    charts.segment_bar(shown["standing"])
    assert dict(mpl.rcParams) == before


# segment_bar


def test_segments_say_numerator_and_denominator(shown, plainly):
    chart = charts.segment_bar(shown["standing"])
    assert plainly(chart.finding) == (
        "58 von 190 ausgewerteten Konten (31 %) werden regelmäßig genutzt, 61 (32 %) gelegentlich und 71 (37 %) selten."
    )
    assert chart.caption == "Konten nach Häufigkeit der Nutzung, 6. April – 28. Juni 2026"
    assert chart.source == "Datenstufe A (Ansichten und Änderungen)"
    assert chart.alt == (
        "Konten nach Häufigkeit der Nutzung: regelmäßig 58, gelegentlich 61, selten 71, noch nicht auswertbar 10."
    )
    assert [plainly(text) for text in words_in(chart.svg())] == [
        "regelmäßig", "58 Konten", "gelegentlich", "61 Konten", "selten", "71 Konten", "31 %", "32 %", "37 %",
        "noch nicht auswertbar: 10 Konten", "Nutzungsquote 119 von 190 (63 %)",
    ]  # fmt: skip


def test_segments_by_login_are_labelled(made, plainly):
    chart = charts.segment_bar(protect(made.standing(50, 40, 70, 8, tier="B", evidence="logins")))
    assert plainly(chart.finding).startswith("Laut Anmeldungen: 50 von 160 ausgewerteten Konten (31 %)")
    assert chart.source == "Datenstufe B (Anmeldungen)"


def test_without_write_trace_stands_apart(made, plainly):
    table = protect(made.standing(50, 40, 70, 20, 8, tier="B", evidence="changes"))
    chart = charts.segment_bar(table, language="en")
    assert plainly(chart.finding) == (
        "According to changed records: 50 of 180 accounts assessed (28%) are used regularly, 40 (22%) occasionally and "
        "70 (39%) rarely; 20 (11%) leave no write trace."
    )


def test_masked_segments_are_named_and_not_counted(made, plainly):
    chart = charts.segment_bar(protect(made.standing(3, 60, 90, 10)))
    assert "regelmäßig" not in chart.finding
    assert plainly(chart.caption).endswith(
        "„·“ ist nicht gezeigt: weniger als 5 Personen, alle oder niemand einer Gruppe, oder daraus errechenbar"
    )
    assert "· nicht gezeigt" in words_in(chart.svg())
    assert "regelmäßig ·" in chart.alt
    assert not any("Nutzungsquote" in text for text in words_in(chart.svg()))


def test_tier_c_says_nothing_of_regularity(made, plainly):
    chart = charts.segment_bar(protect(made.bands(14, 9, 6, 7)))
    assert plainly(chart.finding) == (
        "Bei 14 von 36 Konten (39 %) liegt die letzte Anmeldung höchstens 4 Wochen zurück. "
        "7 Konten waren noch nie angemeldet. Aussagen zur Regelmäßigkeit sind nicht möglich."
    )
    assert not re.search("regelmäßig|selten|gelegentlich", chart.svg())


def test_tier_e_belongs_to_another_chart(made, plainly):
    table = protect(made.aggregates())
    assert charts.segment_bar(table).kind == "absent"
    chart = charts.aggregate_bars(table)
    assert plainly(chart.finding) == (
        "Der Auftraggeber hat 133 Personen in 3 Organisationseinheiten ausgezählt, in 3 Gruppen."
    )
    assert "mindestens 8 von 12 Wochen" in chart.caption
    assert chart.source == "Datenstufe E (gelieferte Auswertung)"


def test_aggregate_bars_need_tier_e(shown, made, refused):
    assert charts.aggregate_bars(shown["standing"]).kind == "absent"
    message = "aggregate_bars: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        charts.aggregate_bars(made.aggregates())
    masked = charts.aggregate_bars(made.masked(made.aggregates()))
    assert masked.finding == "Der Auftraggeber hat 3 Organisationseinheiten ausgezählt, in 3 Gruppen."


@pytest.mark.parametrize("numbers", [(0, 0, 0, 0), (0, 0, 0, 40), (0, 0, 200, 0), (5, 6, 18000, 5), (900, 5, 5, 3000)])
def test_lopsided_segments(made, numbers):
    assert "<svg" in charts.segment_bar(protect(made.standing(*numbers))).svg()


# the others


def test_units_stand_in_order_and_are_not_ranked(made, plainly):
    chart = charts.unit_bars(
        protect(made.by_unit({"Vertrieb/Süd": (6, 5, 20), "Nord": (20, 8, 5), "A/Süd": (9, 9, 9)}))
    )
    assert plainly(chart.finding) == (
        "In 2 von 3 dargestellten Organisationseinheiten wird mindestens die Hälfte der Konten regelmäßig oder "
        "gelegentlich genutzt."
    )
    labels = [text for text in words_in(chart.svg()) if "Süd" in text or "Nord" in text]
    assert labels == ["Vertrieb › Süd", "Nord", "A › Süd"]


def test_masked_units_are_counted_as_not_shown(shown, plainly):
    said = plainly(charts.unit_bars(shown["by_unit"]).finding)
    assert re.search(r"\d weitere (ist|sind) nicht darstellbar\.$", said)


def test_areas(shown, plainly):
    chart = charts.area_bar(shown["area_usage"])
    assert plainly(chart.finding) == (
        "Im CRM-Bereich Vertrieb wird mit 104 von 190 ausgewerteten Konten (55 %) gearbeitet, "
        "im CRM-Bereich Marketing mit 31 (16 %)."
    )


def test_breadth(shown, plainly):
    assert plainly(charts.breadth(shown["breadth"], language="en").finding) == (
        "42 of the 61 accounts used occasionally (69%) work in at most one CRM area."
    )


def test_waterfall_keeps_small_differences_to_itself(made, plainly):
    chart = charts.licence_waterfall(protect(made.waterfall()))
    assert plainly(chart.finding) == ("Von 220 gekauften Lizenzen sind 209 vergeben; 190 Konten sind ausgewertet.")
    assert "−11 nicht vergeben" in words_in(chart.svg())
    frame = pd.DataFrame({"step": ["purchased", "assigned", "assessed"], "n": [220, 217, 190]})
    close = charts.licence_waterfall(protect(Table("waterfall", frame, ("step",), ("n",))))
    assert not any("vergeben" in text and "−" in text for text in words_in(close.svg()))


@pytest.mark.parametrize(("n_there", "is_drawn"), [(60, False), (52, True)])
def test_waterfall_without_leavers_has_no_step_for_them(n_there, is_drawn):
    steps = ["assigned", "persons", "not_left", "past_onboarding", "assessed"]
    frame = pd.DataFrame({"step": steps, "n": [60, 60, n_there, n_there, n_there]})
    chart = charts.licence_waterfall(protect(Table("waterfall", frame, ("step",), ("n",))))
    assert isinstance(chart, Chart)
    assert ("davon im Unternehmen" in chart.svg()) == is_drawn
    assert ("davon im Unternehmen" in chart.alt) == is_drawn


def test_timeline_says_then_and_now(shown, plainly):
    chart = charts.usage_timeline(shown["usage_series"], shown["change_log"])
    assert plainly(chart.finding) == (
        "Nutzungsquote im September 2025 55 % (104 von 190), im Juni 2026 63 % (119 von 190)."
    )
    words = words_in(chart.svg())
    assert [kind for kind in ("technisch", "organisatorisch", "kulturell") if kind in words] == [
        "technisch", "organisatorisch", "kulturell",
    ]  # fmt: skip
    titles = " ".join(words)
    assert "Geschäftsleitung arbeitet in der Montagsrunde mit dem CRM-Dashboard" in titles


def test_timeline_without_changes_or_without_readings(shown, made, plainly):
    alone = charts.usage_timeline(shown["usage_series"])
    assert "technisch" not in words_in(alone.svg())
    changes_only = charts.usage_timeline(made.empty(made.series()), shown["change_log"])
    assert (
        plainly(changes_only.finding) == "8 Änderungen seit Juli 2025: 4 technisch, 2 organisatorisch und 2 kulturell."
    )
    assert changes_only.tables == (shown["change_log"],)


def test_one_reading_is_a_baseline(made, plainly):
    table = made.series()
    first = table.frame["month"] == table.frame["month"].min()
    one = protect(Table("usage_series", table.frame[first], table.dimensions, ("n",), {"share": ("n",)}, ("n_total",)))
    chart = charts.usage_timeline(one)
    assert plainly(chart.finding) == "Ausgangsmessung September 2025: Nutzungsquote 55 % (104 von 190)."


def test_survey(shown, plainly):
    assert plainly(charts.survey_bars(shown["survey_items"]).finding) == (
        "Die meiste Zustimmung: „Bei Fragen zum CRM bekomme ich schnell Hilfe“, 37 von 54 (69 %). "
        "Die geringste: „Ich kenne unsere Ziele für das CRM“, 15 von 54 (28 %)."
    )


def test_words_of_a_client_are_text(made):
    units = {'<script>alert("x")</script>': (20, 20, 20), "Preis $5 & $6": (10, 20, 30), "販売部": (9, 9, 9)}
    svg = charts.unit_bars(protect(made.by_unit(units))).svg()
    assert "<script" not in svg
    assert "Preis $5 &amp; $6" in svg
    assert "販売部" in svg


# measures


def test_lines_are_no_wider_than_asked():
    text = "Donaudampfschifffahrtsgesellschaftskapitän im Außendienst"
    lines = style.wrapped(text, 14, 120)
    assert all(style.width_of(line, 14) <= 120 for line in lines)
    assert "".join(line.rstrip("-") for line in lines).replace(" ", "") == text.replace(" ", "")
    assert style.wrapped("", 14, 120) == [""]


def test_a_number_stays_with_its_unit():
    assert style.wrapped("um 20\u00a0% mehr", 14, 50) == ["um", "20\u00a0%", "mehr"]


def test_labels_stand_beside_each_other():
    assert spread([0, 10, 80], [40, 40, 40], low=0, high=120, gap=0) == [0, 40, 80]
    assert spread([90, 100], [40, 40], low=0, high=120, gap=0) == [40, 80]
    assert spread([], [], low=0, high=10, gap=0) == []


def test_words_do_without_matplotlib():
    code = "import crmkit.report.text, crmkit.report.tables, sys; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
