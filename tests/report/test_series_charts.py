"""Use over time as small multiples, and how deep and broad use goes: pictures and sentences, from literal numbers."""

import re

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect
from crmkit.report import charts, tables

AREAS = {"sales": (85, 88, 96, 104), "marketing": (46, 44, 38, 31), "service": (70, 72, 75, 77), "shared": (120,) * 4}
UNITS = {
    "Vertrieb/Nord": ((20, 34), (22, 34), (25, 34)),
    "Vertrieb/Süd": ((22, 35), (20, 35), (19, 35)),
    "Marketing": ((15, 25), (15, 25), (16, 25)),
    "Service/Innendienst": ((24, 33), (20, 33), (27, 33)),
}


def table_of(name: str, columns: str, rows: list[tuple], dims: str, counts=("n",), **derived) -> Table:
    """Return a table of tier A from literal rows, with the share of n in n_total."""
    frame = pd.DataFrame(rows, columns=columns.split())
    frame["share"] = (frame["n"] / frame["n_total"]).astype(float)
    derived = {"share": ("n", "n_total"), **derived}
    return Table(name, frame, tuple(dims.split()), counts, derived, ("n_total",), "assessed", "A",
                 definition=Definition())  # fmt: skip


def area_series_of(areas=AREAS, total=190) -> Table:
    ends = pd.date_range("2026-03-31", periods=4, freq="ME")
    rows = [(area, day, n, total) for area, ns in areas.items() for day, n in zip(ends, ns, strict=False)]
    return table_of("area_series", "area month n n_total", rows, "area month")


def unit_series_of(units=UNITS) -> Table:
    ends = pd.date_range("2025-12-31", periods=8, freq="QE")
    rows = [
        (unit, day, n, total)
        for unit, readings in units.items()
        for day, (n, total) in zip(ends, readings, strict=False)
    ]
    return table_of("unit_series", "org_unit month n n_total", rows, "org_unit month")


def deep_areas_of(write=(62, 20, 45, 98)) -> Table:
    cells = zip(("sales", "marketing", "service", "shared"), (104, 31, 77, 122), write, strict=True)
    rows = [(area, n, n_write, 190) for area, n, n_write in cells]
    table = table_of("area_usage", "area n n_write n_total", rows, "area", ("n", "n_write"))
    frame = table.frame.assign(write_share=(table.frame["n_write"] / table.frame["n"]).astype(float))
    derived = {**table.derived, "write_share": ("n_write", "n")}
    return Table(**{**vars(table), "frame": frame, "derived": derived})


def deep_units_of() -> Table:
    cells = {
        "Vertrieb/Nord": ((27, 20), (9, 7), (24, 9)),
        "Marketing": ((6, 6), (20, 8), (15, 15)),
        "Service/Innendienst": ((9, 9), (28, 22), (27, 10)),
    }
    rows = [
        (unit, area, n, n_write, 34)
        for unit, of_unit in cells.items()
        for area, (n, n_write) in zip(("sales", "service", "shared"), of_unit, strict=True)
    ]
    table = table_of("unit_area", "org_unit area n n_write n_total", rows, "org_unit area", ("n", "n_write"))
    frame = table.frame.assign(write_share=(table.frame["n_write"] / table.frame["n"]).astype(float))
    derived = {**table.derived, "write_share": ("n_write", "n")}
    return Table(**{**vars(table), "frame": frame, "derived": derived})


def role_breadth_of() -> Table:
    cells = {"regular": (6, 21, 31), "occasional": (9, 40, 12), "rare": (46, 20, 5)}
    rows = [
        (segment, code, n, sum(ns))
        for segment, ns in cells.items()
        for code, n in zip(("none", "some", "all"), ns, strict=True)
    ]
    return table_of("role_breadth", "segment relevant n n_total", rows, "segment relevant")


@pytest.fixture
def masking():
    """Return a function that masks columns in the rows of a table for which a condition holds."""

    def masked(table: Table, columns: tuple[str, ...], where) -> ProtectedTable:
        rows, frame = where(table.frame), table.frame.copy()
        for column in columns:
            kind = "Float64" if column.endswith("share") else "Int64"
            frame[column] = frame[column].astype(kind).mask(rows)
        return ProtectedTable._of(table, frame.assign(suppressed=rows), 5)

    return masked


def words_in(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


# small_series


def test_areas_with_the_largest_change(plainly):
    table = protect(area_series_of())
    chart = charts.small_series(table)
    assert plainly(chart.finding) == (
        "Am stärksten gestiegen ist die Nutzung im CRM-Bereich Vertrieb, um 10 Prozentpunkte: im März 2026 85 von 190 "
        "(45 %), im Juni 2026 104 von 190 (55 %). Am stärksten gesunken ist die Nutzung im CRM-Bereich Marketing, um 8 "
        "Prozentpunkte: im März 2026 46 von 190 (24 %), im Juni 2026 31 von 190 (16 %)."
    )
    assert plainly(charts.small_series(table, language="en").finding) == (
        "Use has risen most in the CRM area Sales, by 10 percentage points: 85 of 190 (45%) in March 2026, 104 of 190 "
        "(55%) in June 2026. Use has fallen most in the CRM area Marketing, by 8 percentage points: 46 of 190 (24%) in "
        "March 2026, 31 of 190 (16%) in June 2026."
    )
    words = [plainly(text) for text in words_in(chart.svg())]
    assert [text for text in words if text in ("Vertrieb", "Marketing", "Service", "Übergreifend")] == [
        "Vertrieb", "Marketing", "Service", "Übergreifend",
    ]  # fmt: skip
    assert {"55 %", "16 %", "41 %", "63 %", "Mär 26", "Jun 26"} <= set(words)


def test_only_one_direction_or_none(plainly):
    rising = charts.small_series(protect(area_series_of({"sales": (85, 104), "shared": (120, 120)})))
    assert plainly(rising.finding).startswith("Am stärksten gestiegen")
    assert "gesunken" not in rising.finding
    still = charts.small_series(protect(area_series_of({"sales": (85, 85), "shared": (120, 120)})))
    assert still.finding == "In keinem CRM-Bereich hat sich der Anteil um einen Prozentpunkt verändert."


def test_units_are_counted_and_never_named(plainly):
    table = protect(unit_series_of())
    chart = charts.small_series(table)
    assert plainly(chart.finding) == (
        "In 2 von 4 vergleichbaren Organisationseinheiten liegt die Nutzungsquote beim letzten Messwert mindestens "
        "5 Prozentpunkte höher als beim ersten, in 1 mindestens 5 Prozentpunkte niedriger."
    )
    assert plainly(charts.small_series(table, language="en").finding) == (
        "In 2 of 4 organisational units that can be compared, the usage rate of the last reading is at least "
        "5 percentage points higher than that of the first, in 1 at least 5 percentage points lower."
    )
    words = words_in(chart.svg())
    assert [text for text in words if text in ("Nord", "Süd", "Marketing", "Innendienst")] == [
        "Nord", "Süd", "Marketing", "Innendienst",
    ]  # fmt: skip
    assert "Nord: Dezember 2025 59 %, Juni 2026 74 %" in plainly(chart.alt)


def test_exactly_five_points_count(plainly):
    chart = charts.small_series(protect(unit_series_of({"A": ((20, 40), (22, 40)), "B": ((22, 40), (20, 40))})))
    assert plainly(chart.finding).startswith("In 1 von 2 vergleichbaren")
    assert plainly(chart.finding).endswith("in 1 mindestens 5 Prozentpunkte niedriger.")


def test_masked_readings_interrupt_a_line(masking, plainly):
    table = masking(unit_series_of(), ("n", "share"), lambda f: f["org_unit"].isin(["Marketing"]))
    chart = charts.small_series(table)
    assert plainly(chart.finding).endswith("1 weitere ist nicht vergleichbar.")
    assert "Marketing: Dezember 2025 ·, Juni 2026 ·" in chart.alt
    assert "64 %" not in [plainly(text) for text in words_in(chart.svg())]


def test_one_reading_each():
    chart = charts.small_series(protect(area_series_of({area: ns[:1] for area, ns in AREAS.items()})))
    assert chart.finding == "Noch ist kein Vergleich möglich: Je Verlauf gibt es erst einen Messwert."
    assert words_in(chart.svg()).count("Mär 26") == 4


def test_many_units_with_long_names():
    units = {f"Region {i} mit langem Namen und Außendienstbereitschaft": ((20, 40), (25, 40)) for i in range(20)}
    svg = charts.small_series(protect(unit_series_of(units))).svg()
    assert sum(text.startswith("Region") for text in words_in(svg)) == 20


# depth


def test_who_also_writes_in_an_area(plainly):
    table = protect(deep_areas_of())
    chart = charts.area_bar(table)
    assert plainly(chart.finding) == (
        "Im CRM-Bereich Vertrieb wird mit 104 von 190 ausgewerteten Konten (55 %) gearbeitet, im CRM-Bereich Marketing "
        "mit 31 (16 %); im CRM-Bereich Vertrieb schreiben 62 der 104 (60 %) auch, die übrigen sehen nur nach."
    )
    assert plainly(charts.area_bar(table, language="en").finding) == (
        "104 of 190 accounts assessed (55%) work in the CRM area Sales, 31 (16%) in the CRM area Marketing; in the CRM "
        "area Sales, 62 of the 104 (60%) also write, the others only look things up."
    )
    assert {"schreiben auch", "sehen nur nach"} <= set(words_in(chart.svg()))
    assert "Vertrieb 55 % (davon schreiben auch 60 %)" in plainly(chart.alt)


def test_where_all_write(plainly):
    chart = charts.area_bar(protect(deep_areas_of((104, 31, 77, 122))))
    assert plainly(chart.finding).endswith("; im CRM-Bereich Vertrieb schreiben alle 104 auch.")


def test_masked_writers_are_not_told(masking, plainly):
    table = masking(deep_areas_of(), ("n_write", "write_share"), lambda f: f["area"] == "sales")
    chart = charts.area_bar(table)
    assert plainly(chart.finding).endswith("im CRM-Bereich Marketing mit 31 (16 %).")
    assert "Vertrieb 55 %, Marketing 16 % (davon" in plainly(chart.alt)


def test_a_log_that_cannot_tell_writing(masking, made):
    unknown = masking(deep_areas_of(), ("n_write", "write_share"), lambda f: f["n"] > 0)
    known = ProtectedTable._of(unknown, unknown.frame.assign(suppressed=False), 5)
    plain = protect(made.areas())
    assert charts.area_bar(known).finding == charts.area_bar(plain).finding
    assert words_in(charts.area_bar(known).svg()) == words_in(charts.area_bar(plain).svg())
    assert "schreib" not in tables.html(known).plain


def test_who_also_writes_in_a_unit(plainly, masking):
    table = protect(deep_units_of())
    chart = charts.unit_area(table)
    assert plainly(chart.finding) == (
        "In 3 von 3 dargestellten Organisationseinheiten gibt es mindestens einen CRM-Bereich, in dem mit der Hälfte "
        "der Konten oder mehr gearbeitet wird; in 2 davon schreibt dort auch mindestens die Hälfte."
    )
    assert plainly(charts.unit_area(table, language="en").finding) == (
        "In 3 of 3 organisational units shown, there is at least one CRM area in which half of the accounts or more "
        "work; in 2 of them, at least half of these also write there."
    )
    assert "Anteil davon, der auch schreibt" in words_in(chart.svg())
    hidden = masking(deep_units_of(), ("n_write", "write_share"), lambda f: f["n"] > 0)
    assert plainly(charts.unit_area(hidden).finding).endswith("mit der Hälfte der Konten oder mehr gearbeitet wird.")
    assert "Anteil davon, der auch schreibt" not in words_in(charts.unit_area(hidden).svg())


def test_tables_of_depth(plainly):
    head, first = tables.html(protect(deep_areas_of())).plain.splitlines()[1:3]
    assert head.split("\t") == ["CRM-Bereich", "Konten", "schreiben auch", "von", "Anteil", "Anteil, der auch schreibt"]
    assert plainly(first).split("\t") == ["Vertrieb", "104", "62", "190", "55 %", "60 %"]


# units of which only the usage rate is shown


def test_regular_and_occasional_as_one_part(made, masking, plainly):
    units = {"Nord": (14, 11, 9), "Süd": (6, 7, 6), "West": (3, 4, 12)}
    small = masking(
        made.by_unit(units), ("n", "share"),
        lambda f: (f["org_unit"] != "Nord") & (f["segment"] != "rare"),
    )  # fmt: skip
    chart = charts.unit_bars(small)
    assert plainly(chart.finding) == (
        "In 2 von 3 dargestellten Organisationseinheiten wird mindestens die Hälfte der Konten regelmäßig oder "
        "gelegentlich genutzt."
    )
    assert "Süd: regelmäßig oder gelegentlich 68 %, selten 32 %" in plainly(chart.alt)
    assert "Nord: regelmäßig 41 %, gelegentlich 32 %, selten 26 %" in plainly(chart.alt)
    words = [plainly(text) for text in words_in(chart.svg())]
    assert words[:4] == ["regelmäßig", "gelegentlich", "regelmäßig oder gelegentlich", "selten"]
    assert {"68 %", "37 %"} <= set(words)
    assert "var(--c-used" in chart.svg()
    assert "var(--c-used" not in charts.unit_bars(protect(made.by_unit({"Nord": (14, 11, 9)}))).svg()


def test_nothing_is_one_part_where_the_rest_is_masked(made, masking, plainly):
    table = masking(made.by_unit({"Nord": (14, 11, 9), "Süd": (6, 7, 6)}), ("n", "share"), lambda f: f["n"] < 8)
    chart = charts.unit_bars(table)
    assert plainly(chart.finding).endswith("1 weitere ist nicht darstellbar.")
    assert "Süd: regelmäßig ·, gelegentlich ·, selten ·" in chart.alt


# role_breadth


def test_role_breadth(plainly):
    table = protect(role_breadth_of())
    chart = charts.role_breadth(table)
    assert plainly(chart.finding) == (
        "31 der 58 regelmäßig genutzten Konten (53 %) werden in allen CRM-Bereichen genutzt, die für die Rolle "
        "vorgesehen sind."
    )
    assert plainly(charts.role_breadth(table, language="en").finding) == (
        "31 of the 58 accounts used regularly (53%) work in all CRM areas intended for the role."
    )
    assert words_in(chart.svg())[:3] == ["alle vorgesehenen CRM-Bereiche", "einige", "keiner"]
    head, first = tables.html(table, language="en").plain.splitlines()[1:3]
    assert head.split("\t")[1] == "Used of the CRM areas intended for the role"
    assert first.split("\t")[:3] == ["regularly", "none", "6"]


# all


MAKERS = {
    "small_series": (area_series_of, unit_series_of), "area_bar": (deep_areas_of,), "unit_area": (deep_units_of,),
    "role_breadth": (role_breadth_of,),
}  # fmt: skip
EACH = [(name, make) for name, makers in MAKERS.items() for make in makers]


@pytest.mark.parametrize(("name", "make"), EACH)
def test_absent_without_rows(name, make, made):
    assert getattr(charts, name)(made.empty(make())).kind == "absent"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("name", "make"), EACH)
def test_nothing_is_told_when_everything_is_masked(name, make, language, made):
    chart = getattr(charts, name)(made.masked(make()), language=language)
    assert "<svg" in chart.svg()
    assert not re.search(r"\d", chart.finding)
    assert "%" not in chart.alt


@pytest.mark.parametrize(("name", "make"), EACH)
def test_refuses_what_is_not_protected(name, make, refused):
    message = f"{name}: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    with refused(PrivacyError, message):
        getattr(charts, name)(make())


@pytest.mark.parametrize(("name", "make"), EACH)
def test_draws_the_same_again_in_the_colours_of_the_page(name, make):
    one, two = (getattr(charts, name)(protect(make())).svg() for _ in range(2))
    assert one == two
    assert re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", one.split(">", 1)[1]) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_tables_have_titles_and_headings(language):
    main = table_of("main_area", "area n n_total", [("sales", 90, 190), ("service", 70, 190)], "area")
    for table in (main, area_series_of(), unit_series_of(), role_breadth_of(), deep_units_of()):
        title, head, *_ = tables.html(protect(table), language=language).plain.splitlines()
        assert title != table.name
        assert not any(re.fullmatch(r"[a-z]+_[a-z_]+|n", heading) for heading in head.split("\t"))
