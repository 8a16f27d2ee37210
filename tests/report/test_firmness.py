"""How firm the figures are, and other definitions: pictures, sentences and tables, from literal numbers."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import protect
from crmkit.report import charts, tables
from crmkit.report.text.words import WORDS

NAN = float("nan")
KINDS = ("threshold", "window", "behaviour", "data")
USAGE = ((0.55, 0.63), (0.57, 0.60), (0.56, 0.62), (0.57, 0.61))
REGULAR = ((0.24, 0.38), (0.29, 0.33), (0.25, 0.36), (0.29, 0.34))
DEFINITIONS = {
    "crmkit": {"regular": 58, "occasional": 61, "rare": 71},
    "crmkit_known_absences": {"regular": 51, "occasional": 68, "rare": 71},
    "crmkit_two_days": {"regular": 45, "occasional": 60, "rare": 85},
    "crmkit_8_weeks": {"regular": 60, "occasional": 55, "rare": 75},
    "crmkit_16_weeks": {"regular": 57, "occasional": 66, "rare": 67},
    "viva": {"power": 20, "habitual": 30, "novice": 40, "low": 55, "non_user": 45},
    "viva_4w": {"power": 26, "habitual": 60, "novice": 35, "low": 24, "non_user": 45},
    "mozilla": {"regular": 48, "not_regular": 142},
    "frequency": {"days_20_plus": 12, "days_11_19": 40, "days_6_10": 35, "days_1_5": 58, "none": 45},
    "lifecycle": {"new": 6, "returning": 100, "resurrecting": 14, "dormant": 56, "never": 14},
}
ENGLISH_HAS_NO = re.compile(r"[äöüßÄÖÜ„]|\b(von|und|Konten|Nutzung|der|die|das|noch|nicht|je|im|mit)\b")


def table_of(name: str, frame: pd.DataFrame, dims: str, derived: str, *, tier="A", evidence="views", **more) -> Table:
    definition = Definition().for_evidence(evidence)
    followed = dict.fromkeys(derived.split(), ("n", "n_total"))
    return Table(
        name, frame, tuple(dims.split()), ("n",), followed, ("n_total",), "assessed", tier, None, definition, **more
    )


def firmness_of(n_used=113, n_regular=58, *, usage=USAGE, regular=REGULAR, **more) -> Table:
    metrics = (("usage_rate", n_used, usage), ("regular_share", n_regular, regular))
    rows = [
        (metric, kind, n, 190, n / 190, low, high)
        for metric, n, ranges in metrics
        for kind, (low, high) in zip(KINDS, ranges, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["metric", "kind", "n", "n_total", "share", "low_share", "high_share"])
    return table_of("firmness", frame, "metric kind", "share low_share high_share", **more)


def definitions_of(cells=DEFINITIONS, **more) -> Table:
    rows = [
        (definition, segment, n, sum(counts.values()), n / sum(counts.values()))
        for definition, counts in cells.items()
        for segment, n in counts.items()
    ]
    frame = pd.DataFrame(rows, columns=["definition", "segment", "n", "n_total", "share"])
    return table_of("definitions", frame, "definition segment", "share", partition="segment", **more)


MAKERS = {"firmness": firmness_of, "definition_bars": definitions_of}


def words_in(svg: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


# both charts


@pytest.mark.parametrize("name", MAKERS)
def test_refuses_what_is_not_protected(name, refused):
    message = f"{name}: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        getattr(charts, name)(MAKERS[name]())


@pytest.mark.parametrize("name", MAKERS)
def test_absent_without_rows(name, made):
    assert getattr(charts, name)(made.empty(MAKERS[name]())).kind == "absent"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_survives_when_everything_is_masked(name, language, made):
    chart = getattr(charts, name)(made.masked(MAKERS[name]()), language=language)
    said = {
        "de": "Die Zahlen sind zu klein, um sie zu zeigen.",
        "en": "The numbers are too small to be shown.",
    }
    assert chart.finding == said[language]
    assert "·" in words_in(chart.svg())
    assert not re.search(r"\d\s?%", chart.alt)


@pytest.mark.parametrize("name", MAKERS)
def test_same_table_same_bytes_in_colours_of_the_page(name):
    table = protect(MAKERS[name]())
    svg = getattr(charts, name)(table).svg()
    assert svg == getattr(charts, name)(table).svg()
    assert re.match(r'<svg width="880" height="[\d.]+" viewBox="0 0 880 ', svg)
    assert not re.search(r"(?:fill|stroke): #[0-9a-f]{6}", svg.split(">", 1)[1])


@pytest.mark.parametrize("name", MAKERS)
def test_english_has_no_german(name):
    chart = getattr(charts, name)(protect(MAKERS[name]()), language="en")
    said = [chart.finding, chart.caption, chart.alt, chart.source, *words_in(chart.svg())]
    assert [text for text in said if ENGLISH_HAS_NO.search(text)] == []


# firmness


def test_figures_lie_between(plainly):
    chart = charts.firmness(protect(firmness_of()))
    assert plainly(chart.finding) == (
        "Die Nutzungsquote von 59 % (113 von 190) liegt je nach Annahme zwischen 55 % und 63 %; "
        "am meisten macht die Höhe der Schwellen aus. "
        "Der Anteil regelmäßiger Nutzung von 31 % (58 von 190) liegt je nach Annahme zwischen 24 % und 38 %; "
        "am meisten macht die Höhe der Schwellen aus."
    )
    assert plainly(charts.firmness(protect(firmness_of()), language="en").finding) == (
        "The usage rate of 59% (113 of 190) lies between 55% and 63%, depending on the assumption; "
        "what matters most is the height of the limits. "
        "The share of regular use of 31% (58 of 190) lies between 24% and 38%, depending on the assumption; "
        "what matters most is the height of the limits."
    )


def test_each_assumption_has_its_range(plainly):
    chart = charts.firmness(protect(firmness_of()))
    words = words_in(chart.svg())
    assert {"113 von 190 (59 %)", "58 von 190 (31 %)", "55 % – 63 %", "24 % – 38 %", "20 %", "70 %"} <= set(words)
    assert words.count("gleiche Gewohnheiten, anderes Quartal") == 2
    assert "Nutzungsquote 59 %: Schwellen eine Woche tiefer, höher 55 % – 63 %, Fenster von 8, 12, 16 Wochen" in (
        plainly(chart.alt)
    )


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            ("summer_window",),
            "Der Zeitraum enthält Wochen der Sommerferien; die Werte können niedriger sein als sonst.",
        ),
        (
            ("christmas_window",),
            "Der Zeitraum enthält die Wochen um Weihnachten und Neujahr; die Werte können niedriger sein als sonst.",
        ),
    ],
)
def test_holiday_time_is_said(notes, said):
    table = protect(firmness_of(notes=notes))
    assert charts.firmness(table).finding.endswith(f"aus. {said}")
    assert said in tables.html(table).html


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("window", "die Länge des Fensters"),
        ("behaviour", "der Zufall bei gleichen Gewohnheiten"),
        ("data", "die offene Nutzung der noch nicht auswertbaren Konten"),
    ],
)
def test_what_matters_most(kind, reason):
    wide = tuple((0.5, 0.7) if other == kind else (0.58, 0.6) for other in KINDS)
    assert f"am meisten macht {reason} aus" in charts.firmness(protect(firmness_of(usage=wide))).finding


def test_nothing_changes(plainly):
    same = ((113 / 190, 113 / 190),) * 4
    chart = charts.firmness(protect(firmness_of(usage=same)))
    assert plainly(chart.finding).startswith(
        "Die Nutzungsquote von 59 % (113 von 190) bleibt unter allen geprüften Annahmen gleich. Der Anteil"
    )
    assert words_in(chart.svg()).count("59 %") == 4


def test_a_masked_metric_is_not_said(plainly):
    chart = charts.firmness(protect(firmness_of(n_regular=3)))
    assert "regelmäßiger" not in chart.finding
    assert "Anteil regelmäßiger Nutzung ·: Schwellen eine Woche tiefer, höher ·" in plainly(chart.alt)
    assert "nicht gezeigt" in chart.caption


def test_an_unknown_range_is_a_dash_and_by_login_is_labelled(plainly):
    unknown = ((NAN, NAN), *USAGE[1:])
    chart = charts.firmness(protect(firmness_of(usage=unknown, tier="B", evidence="logins")))
    assert plainly(chart.finding).startswith("Laut Anmeldungen: Die Nutzungsquote von 59 % (113 von 190)")
    assert "–" in words_in(chart.svg())


@pytest.mark.parametrize("usage", [((0.0, 0.0),) * 4, ((1.0, 1.0),) * 4, ((0.3, 0.3),) * 4, ((0.0, 1.0),) * 4])
def test_ranges_at_the_edges(usage):
    assert "<svg" in charts.firmness(protect(firmness_of(usage=usage, regular=usage))).svg()


def test_firmness_as_a_table(plainly):
    lines = plainly(tables.html(protect(firmness_of())).plain).splitlines()
    assert lines[:3] == [
        "Belastbarkeit der Zahlen",
        "Kennzahl\tim Bericht\tKonten\tvon\tAnnahme\tmindestens\thöchstens",
        "Nutzungsquote\t59 %\t113\t190\tSchwellen eine Woche tiefer, höher\t55 %\t63 %",
    ]


# definitions


def test_definitions_are_compared_where_they_know_regular_use(plainly):
    table = protect(definitions_of())
    assert plainly(charts.definition_bars(table).finding) == (
        "Je nach Definition gelten zwischen 24 % und 45 % der Konten als regelmäßig genutzt; "
        "nach der Definition dieses Berichts sind es 58 von 190 (31 %)."
    )
    assert plainly(charts.definition_bars(table, language="en").finding) == (
        "Depending on the definition, between 24% and 45% of the accounts count as used regularly; "
        "under the definition of this report it is 58 of 190 (31%)."
    )


def test_small_differences_that_are_left_out_are_said():
    table = protect(replace(definitions_of(), notes=("differences_below_k",)))
    said = "Unterschiede von weniger Konten als der kleinsten gezeigten Gruppe sind nicht dargestellt"
    assert charts.definition_bars(table).caption.endswith(f". {said}")
    assert said not in charts.definition_bars(protect(definitions_of())).caption


def test_every_definition_has_the_words_of_its_own_segments():
    words = words_in(charts.definition_bars(protect(definitions_of())).svg())
    assert words[:5] == ["regelmäßig", "Definition dieses Berichts", "31 %", "regelmäßig 31 %", "gelegentlich 32 %"]
    assert {"intensiv 11 %", "gewohnt 16 %", "nicht regelmäßig 75 %", "20–28 Tage 6 %", "derzeit nicht 29 %"} <= set(
        words
    )
    assert words.count("–") == 2
    assert set(DEFINITIONS) == set(WORDS["definition"])
    assert {segment for cells in DEFINITIONS.values() for segment in cells} <= set(WORDS["segment"])


def test_masked_definitions_are_left_out_of_the_comparison(plainly):
    few = {**DEFINITIONS, "crmkit": {"regular": 3, "occasional": 90, "rare": 97}}
    chart = charts.definition_bars(protect(definitions_of(few)))
    assert plainly(chart.finding) == (
        "Je nach Definition gelten zwischen 24 % und 45 % der Konten als regelmäßig genutzt."
    )
    assert "regelmäßig ·" in words_in(chart.svg())


def test_one_definition_is_no_comparison(plainly):
    one = definitions_of({"crmkit": DEFINITIONS["crmkit"], "frequency": DEFINITIONS["frequency"]}, tier="B",
                         evidence="changes")  # fmt: skip
    # without a third definition nothing tells that they split the same people twice
    one = replace(one, partition="")
    assert plainly(charts.definition_bars(protect(one)).finding) == (
        "Laut Datenpflege: Nach der Definition dieses Berichts gelten 58 von 190 (31 %) Konten als regelmäßig genutzt."
    )
    alike = dict.fromkeys(("crmkit", "crmkit_8_weeks"), DEFINITIONS["crmkit"])
    assert plainly(charts.definition_bars(protect(definitions_of(alike))).finding) == (
        "Nach allen Definitionen gelten 31 % der Konten als regelmäßig genutzt; "
        "nach der Definition dieses Berichts sind es 58 von 190 (31 %)."
    )


def test_definitions_as_a_table(plainly):
    block = tables.html(protect(definitions_of()))
    lines = plainly(block.plain).splitlines()
    assert lines[:3] == [
        "Dieselben Konten nach anderen Definitionen der Nutzung",
        "Definition\tNutzung\tKonten\tvon\tAnteil",
        "Definition dieses Berichts\tregelmäßig\t58\t190\t31 %",
    ]
    assert "Viva Insights, 12 Wochen\tohne Nutzung\t45\t190\t24 %" in lines
    assert "Die Definitionen zählen Verschiedenes" in block.html
