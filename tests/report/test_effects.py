"""Before and after a change in words, and the chart of the interrupted time series: every word computed."""

import datetime as dt
import re

import pandas as pd
import pytest

from crmkit import charts, privacy, text
from crmkit.errors import PrivacyError
from crmkit.method.effects.tables import _BEFORE_AFTER, _ESTIMATES, _SHARES
from crmkit.method.table import Table
from crmkit.method.whom import box, of
from crmkit.report.text.words import WORDS

DAY = dt.date(2026, 1, 12)
TITLE = "Training begonnen"


def row(moment: str, n=None, n_total=None, **more) -> dict:
    about = {"date": DAY, "kind": "cultural", "title": TITLE, "org_unit": "", "moment": moment, "reason": ""}
    share = n / n_total if n else None
    return about | {"together": "", "season": "", "n": n, "n_total": n_total, "share": share} | more


def estimate(result="not_found", level=None, half=0.08, **more) -> dict:
    about = {"date": DAY, "kind": "technical", "title": TITLE, "org_unit": "", "reason": "", "together": ""}
    weeks = {"n_weeks_before": 30, "n_weeks_after": 20, "n_placebos": 24, "comparison": "", "result": result}
    shares = dict.fromkeys(_SHARES)
    if level is not None:
        shares |= {"level_share": level, "low_share": level - half, "high_share": level + half}
        shares |= {"placebo_low_share": -0.06, "placebo_high_share": 0.05}
    return about | weeks | shares | more


def before_after_of(*rows: dict) -> privacy.ProtectedTable:
    frame = pd.DataFrame(rows, columns=list(_BEFORE_AFTER)).astype(_BEFORE_AFTER)
    dims = tuple(column for column in _BEFORE_AFTER if column not in ("n", "n_total", "share", "change_share"))
    boxes = [box(f"weeks {n}", {}) if pd.notna(value) else None for n, value in enumerate(frame["n"])]
    parts = [whole and box(whole.universe, {"worked": "yes"}) for whole in boxes]
    whom = {"n": tuple(b and of(b) for b in parts), "n_total": tuple(b and of(b) for b in boxes)}
    derived = dict.fromkeys(("share", "change_share"), ("n", "n_total"))
    return privacy.protect(Table("before_after", frame, dims, ("n",), derived, ("n_total",), tier="A", whom=whom))


def effects_of(*rows: dict) -> privacy.ProtectedTable:
    frame = pd.DataFrame(rows, columns=list(_ESTIMATES)).astype(_ESTIMATES)
    told = ("result", *_SHARES)
    dims = tuple(column for column in _ESTIMATES if column not in told)
    return privacy.protect(Table("effects", frame, dims, derived=dict.fromkeys(told, ()), tier="A"))


def log_of(*rows: tuple) -> privacy.ProtectedTable:
    columns = ["date", "kind", "title", "org_unit"]
    return privacy.protect(Table("change_log", pd.DataFrame(rows, columns=columns), tuple(columns)))


LOG = log_of((pd.Timestamp(DAY), "cultural", TITLE, ""))


def plain(*rows: dict, language: str = "de") -> str:
    return text.before_after(before_after_of(*rows), LOG, language=language).plain.replace("\xa0", " ")


def test_everybody_before_and_after():
    said = plain(row("before", 50, 188), row("after", 76, 190))
    assert (
        "In den 12 Wochen davor arbeiteten je Woche im Mittel 50 von 188 (27 %) im CRM, in den 12 Wochen danach "
        "76 von 190 (40 %)."
    ) in said
    assert said.startswith(
        "Nach „Training begonnen“ (12.01.2026) arbeiteten je Woche im Mittel 76 von 190 (40 %) im CRM, in den 12 "
        "Wochen davor 50 von 188 (27 %).\n"
    )
    assert "Training begonnen (12.01.2026 · kulturell)" in said


def test_a_title_with_quotation_marks():
    said = plain(row("before", 50, 188, title="„Alltag“ begonnen"), row("after", 76, 190, title="„Alltag“ begonnen"))
    assert said.startswith("Nach „‚Alltag‘ begonnen“ (12.01.2026) ")
    assert "„Alltag“ begonnen (12.01.2026" in said


def test_a_year_earlier_holidays_and_others():
    pair = [row("before", 50, 188), row("after", 76, 190)]
    past = [row("year_before", 60, 150), row("year_after", 61, 150)]
    rows = [{**one, "season": "before", "together": "Neue Maske · Umzug"} for one in (*pair, *past)]
    said = plain(*rows)
    assert "Ein Jahr früher waren es zur selben Zeit 60 von 150 (40 %) und 61 von 150 (41 %)." in said
    assert "In den Wochen davor liegen Ferien oder Feiertage.\tNeue Maske · Umzug" in said
    assert "Zugleich änderte sich anderes." in said.splitlines()[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [(0.1, "um 10 Prozentpunkte höher als"), (-0.01, "um 1 Prozentpunkt niedriger als"), (0.0, "ebenso hoch wie")],
)
def test_of_a_unit(change, words):
    said = plain(row("after", change_share=change, org_unit="Vertrieb/Süd"))
    assert f"Personen dieser Organisationseinheit, die in einer Woche im CRM arbeiteten, im Mittel {words}" in said
    assert "kulturell · Vertrieb › Süd" in said


def test_of_a_unit_a_year_earlier():
    said = plain(row("after", change_share=0.1, org_unit="A"), row("year_after", change_share=-0.03, org_unit="A"))
    assert "Ein Jahr früher lag zwischen denselben Wochen ein Unterschied von −3 Prozentpunkten." in said


def test_of_a_unit_that_must_not_be_told_of():
    said = plain(row("after", change_share=None, org_unit="A"))
    assert "Dazu wird nichts gezeigt: Die Gruppe ist zu klein, oder anderes wäre daraus zu errechnen." in said


@pytest.mark.parametrize("reason", sorted(WORDS["effect_reason"]))
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_reason_has_words(reason, language):
    said = plain(row("none", reason=reason), language=language)
    assert reason not in said.replace("unit_", "")
    chart = charts.effects(effects_of(estimate("cannot_tell", reason=reason)), language=language)
    first = {"de": "Lässt sich nicht sagen: ", "en": "Cannot be told: "}[language]
    assert first in said
    assert first in chart.alt


def test_without_agreement_the_log_itself_is_shown():
    block = text.before_after(before_after_of(), LOG)
    assert "kulturell" in block.plain
    assert [table.name for table in block.tables] == ["change_log"]


def test_without_changes():
    assert text.before_after(before_after_of(), log_of()).kind == "absent"
    assert charts.effects(effects_of()).kind == "absent"


def test_only_protected_tables(refused):
    bare = pd.DataFrame()
    calls = {"text.before_after": lambda: text.before_after(bare, LOG), "effects": lambda: charts.effects(bare)}
    for name, call in calls.items():
        message = f"{name}: expected a ProtectedTable, found a DataFrame. Pass it through `privacy.protect`."
        with refused(PrivacyError, message):
            call()


# the chart

FOUND, FALLEN = estimate("found_up", 0.15), estimate("found_down", -0.12, title="Neue Maske")
NOT, HIDDEN = estimate("not_found", 0.02, title="Umzug"), estimate(None, title="Einheit")
TOGETHER = estimate("cannot_tell", reason="together", together="Umzug", title="Vorlagen")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([FOUND, FALLEN, NOT, TOGETHER], "Von 3 der 4 Änderungen lässt sich sagen, ob sich die Nutzung mit ihnen über "
         "das Übliche hinaus verschoben hat: nach „Training begonnen“ (12.01.2026) um +15 Prozentpunkte (+7 bis +23); "
         "nach „Neue Maske“ (12.01.2026) um −12 Prozentpunkte (−20 bis −4); bei einer ist nichts festzustellen."),
        ([NOT, TOGETHER], "Von einer Änderung lässt sich sagen, ob sich die Nutzung mit ihr über das Übliche hinaus "
         "verschoben hat: es ist nichts festzustellen."),
        ([NOT, NOT], "Von 2 der 2 Änderungen lässt sich sagen, ob sich die Nutzung mit ihnen über das Übliche hinaus "
         "verschoben hat: bei keiner ist etwas festzustellen."),
        ([TOGETHER, HIDDEN], "Von keiner der Änderungen lässt sich sagen, ob sich die Nutzung mit ihr über das Übliche "
         "hinaus verschoben hat."),
    ],
)  # fmt: skip
def test_finding(rows, finding):
    assert charts.effects(effects_of(*rows)).finding.replace("\xa0", " ") == finding


def test_alternative_text():
    alt = charts.effects(effects_of(FOUND, NOT, TOGETHER, HIDDEN)).alt.replace("\xa0", " ")
    assert "Training begonnen: +15 (+7 bis +23), mehr als üblich" in alt
    assert "Umzug: +2 (−6 bis +10), nichts festzustellen" in alt
    assert (
        "Vorlagen: Lässt sich nicht sagen: Zugleich änderte sich anderes, das sich nicht trennen lässt. (Umzug)" in alt
    )
    assert "Einheit: Dazu wird nichts gezeigt: Die Gruppe ist zu klein" in alt


def test_no_word_of_cause_in_either_language():
    for language in ("de", "en"):
        chart = charts.effects(effects_of(FOUND, NOT), language=language)
        table = plain(row("before", 50, 188), row("after", 76, 190), language=language)
        said = f"{chart.finding} {chart.caption} {table}"
        assert not re.search(r"because|wegen|durch die|aufgrund|bewirk|führt|cause|effect of", said)


def test_thirty_changes_with_long_titles_do_not_overlap():
    """Words of one row end where the next one begins, and none leaves the sheet or runs into the drawing."""
    long = "Überarbeitete Erfassungsmaske für Angebote und Aufträge im Außendienst, Teil zwei"
    units = "Vertrieb Innendienst und Außendienst/Region Süd und Südwest/Angebote"
    kinds = [FOUND, NOT, TOGETHER | {"together": f"{long} · {long}"}]
    rows = [kinds[n % 3] | {"title": f"{long} {n}", "org_unit": units if n % 2 else ""} for n in range(30)]
    figure = charts.effects(effects_of(*rows)).figure
    figure.canvas.draw()
    boxes = [(found.get_text(), found.get_window_extent()) for found in figure.axes[0].texts]
    for number, (words, one) in enumerate(boxes):
        assert one.x0 >= -1, words
        assert one.x1 <= 881, words
        for other_words, other in boxes[number + 1 :]:
            inside = min(one.x1, other.x1) - max(one.x0, other.x0)
            above = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert inside <= 1 or above <= 3, (words, other_words)


def test_same_table_same_bytes():
    table = effects_of(FOUND, NOT, TOGETHER)
    assert charts.effects(table).svg() == charts.effects(table).svg()
