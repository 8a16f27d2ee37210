"""How accounts moved and how newcomers begin: pictures, sentences and tables, from literal numbers."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from crmkit.errors import PrivacyError
from crmkit.method.definition import Definition
from crmkit.method.table import Table
from crmkit.privacy import ProtectedTable, protect
from crmkit.report import charts, tables

BEFORE, AFTER = pd.Timestamp("2026-03-29"), pd.Timestamp("2026-06-28")
#: Before → after: accounts, and the share that chance alone would bring there.
MOVED = {
    "regular": {"regular": (39, 0.82), "occasional": (8, 0.17), "rare": (6, 0.01)},
    "occasional": {"regular": (11, 0.12), "occasional": (27, 0.74), "rare": (7, 0.14)},
    "rare": {"regular": (5, 0.01), "occasional": (15, 0.09), "rare": (32, 0.9)},
}
KINDS = [
    ("joined", 14, None), ("left", 9, None), ("lapsed", 13, 150), ("reactivated", 20, 150), ("moved", 52, 150),
    ("expected", 26, 150),
]  # fmt: skip
REACHED = [(1, 62, 0.0), (2, 60, 0.0), (3, 55, 0.22), (6, 41, 0.46), (9, 30, 0.55), (12, 18, 0.61)]
KEPT = {
    "2025-Q2": [(60, 72), (55, 72), (48, 66), (44, 66), (40, 63)],
    "2025-Q3": [(50, 61), (46, 61), (40, 57), (37, 57)],
    "2025-Q4": [(22, 30), (19, 30), (18, 24)],
    "2026-Q1": [(12, 25), (11, 25)],
}


def table_of(name: str, columns: str, rows: list[tuple], dims: str, *, derived: str = "share", **more) -> Table:
    """Return a table of tier A from literal rows."""
    frame = pd.DataFrame(rows, columns=columns.split())
    followed = dict.fromkeys(derived.split(), ("n", "n_total") if "n_total" in frame else ("n",))
    totals = ("n_total",) if "n_total" in frame else ()
    more = {"tier": "A", "definition": Definition(), **more}
    return Table(name, frame, tuple(dims.split()), ("n",), followed, totals, "assessed", **more)


def migration_of(moved=MOVED, **more) -> Table:
    rows = []
    for before, cells in moved.items():
        total = sum(n for n, _ in cells.values())
        rows += [(BEFORE, AFTER, before, after, n, total, n / total, chance) for after, (n, chance) in cells.items()]
    dims = "before_date after_date segment_before segment_after"
    return table_of("migration", f"{dims} n n_total share expected_share", rows, dims,
                    derived="share expected_share", **more)  # fmt: skip


def movement_of(kinds=KINDS, **more) -> Table:
    """Return `movement`; who joined or left has no total, which would tell who was not assessed."""
    rows = [(BEFORE, AFTER, kind, n, total, n / total if total else None) for kind, n, total in kinds]
    dims = "before_date after_date kind"
    table = table_of("movement", f"{dims} n n_total share", rows, dims, **more)
    return replace(table, frame=table.frame.astype({"n_total": "Int64", "share": "float64"}))


def reached_of(rows=REACHED) -> Table:
    return table_of("time_to_regular", "months n share", rows, "months")


def kept_of(kept=KEPT) -> Table:
    rows = [
        (cohort, months, n, total, n / total)
        for cohort, readings in kept.items()
        for months, (n, total) in zip((0, 3, 6, 9, 12), readings, strict=False)
    ]
    return table_of("retention", "cohort months n n_total share", rows, "cohort months")


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


# migration


def test_moves_are_told_with_what_chance_would_bring(plainly):
    table = protect(migration_of())
    chart = charts.migration(table)
    assert plainly(chart.finding) == (
        "Von 150 zu beiden Zeitpunkten ausgewerteten Konten werden 98 (65 %) gleich häufig genutzt, 31 (21 %) häufiger "
        "und 21 (14 %) seltener; allein durch Zufall wären bei gleichen Gewohnheiten rund 26 Wechsel zu erwarten."
    )
    assert plainly(charts.migration(table, language="en").finding) == (
        "Of 150 accounts assessed at both dates, 98 (65%) are used equally often, 31 (21%) more often and 21 (14%) "
        "less often; with the same habits, about 26 changes would be expected by chance alone."
    )
    assert chart.caption == (
        "Zu beiden Zeitpunkten ausgewertete Konten nach Häufigkeit der Nutzung, Stand 29.03.2026 und 28.06.2026"
    )
    assert "vorher selten, nachher regelmäßig 5, gelegentlich 15, selten 32" in chart.alt
    words = words_in(chart.svg())
    assert words.count("erwartet rund 5") == 2
    assert {"39", "8", "6", "53", "erwartet rund 43"} <= set(words)


def test_moves_beside_chance_and_where_they_went(plainly):
    matrix, moves = protect(migration_of()), protect(movement_of())
    chart = charts.migration(matrix, moves)
    assert plainly(chart.finding) == (
        "Zwischen 29.03.2026 und 28.06.2026 wechselten 52 von 150 Konten (35 %) die Häufigkeit der Nutzung, deutlich "
        "mehr, als bei gleichen Gewohnheiten durch Zufall zu erwarten wären (26). Davon werden 31 häufiger genutzt und "
        "21 seltener."
    )
    assert plainly(charts.migration(matrix, moves, language="en").finding) == (
        "Between 29 Mar 2026 and 28 Jun 2026, 52 of 150 accounts (35%) changed their frequency of use, clearly more "
        "than would be expected by chance with the same habits (26). Of these, 31 are used more often and 21 less "
        "often."
    )
    assert chart.tables == (matrix, moves)
    assert chart.finding.startswith(tables.html(moves).finding)


def test_only_directions_that_the_matrix_shows(masking, plainly):
    rises = masking(migration_of(), ("n", "share"), lambda f: f["segment_before"] == "occasional")
    assert plainly(charts.migration(rises, protect(movement_of())).finding).endswith("zu erwarten wären (26).")
    some = masking(migration_of(), ("n", "share"), lambda f: f["segment_before"] == "rare")
    assert plainly(charts.migration(some, protect(movement_of())).finding).endswith("Davon werden 21 seltener genutzt.")


def test_without_the_number_of_changes_the_matrix_speaks_for_itself(masking):
    matrix = protect(migration_of())
    for kind in ("moved", "expected"):
        hidden = masking(movement_of(), ("n", "share"), lambda f, kind=kind: f["kind"] == kind)
        assert charts.migration(matrix, hidden).finding == charts.migration(matrix).finding
    none = ProtectedTable._of(movement_of(), movement_of().frame.iloc[:0].assign(suppressed=False), 5)
    assert charts.migration(matrix, none).finding == charts.migration(matrix).finding


def test_who_joined_has_no_total_and_a_masked_count_is_a_dot(masking, plainly):
    few = masking(movement_of(), ("n",), lambda f: f["kind"] == "left")
    lines = plainly(tables.html(few, language="en", finding=False).plain).splitlines()
    assert lines[2:4] == ["joined\t14\t–\t–", "left\t·\t·\t·"]
    assert "29 Mar 2026 compared with 28 Jun 2026 · Data tier A" in plainly(tables.html(few, language="en").html)


def test_a_direction_with_a_masked_cell_is_not_told(masking, plainly):
    of_regular = masking(migration_of(), ("n", "share"), lambda f: (f["segment_before"] == "regular") & (f["n"] < 9))
    assert plainly(charts.migration(of_regular).finding) == (
        "Von 150 zu beiden Zeitpunkten ausgewerteten Konten werden 98 (65 %) gleich häufig genutzt und 31 (21 %) "
        "häufiger; allein durch Zufall wären bei gleichen Gewohnheiten rund 26 Wechsel zu erwarten."
    )


def test_a_masked_total_leaves_counts_without_shares(masking, plainly):
    hidden = masking(
        migration_of(), ("n", "n_total", "share", "expected_share"), lambda f: f["segment_before"] == "rare"
    )
    assert plainly(charts.migration(hidden).finding) == (
        "Von den zu beiden Zeitpunkten ausgewerteten Konten werden 21 seltener genutzt."
    )
    assert plainly(charts.migration(hidden, language="en").finding) == (
        "Of the accounts assessed at both dates, 21 are used less often."
    )


def test_without_chance_nothing_is_said_of_it(plainly):
    table = migration_of()
    frame = table.frame.assign(expected_share=float("nan"))
    chart = charts.migration(protect(Table(**{**vars(table), "frame": frame})))
    assert plainly(chart.finding).endswith("31 (21 %) häufiger und 21 (14 %) seltener.")
    assert not any("erwartet rund" in text for text in words_in(chart.svg()))


def test_four_segments(plainly):
    codes = ("regular", "occasional", "rare", "no_write_trace")
    moved = {before: {after: (20 if before == after else 10, 0.25) for after in codes} for before in codes}
    definition = Definition().for_evidence("changes")
    chart = charts.migration(protect(migration_of(moved, tier="B", definition=definition)))
    assert plainly(chart.finding) == (
        "Laut Datenpflege: Von 200 zu beiden Zeitpunkten ausgewerteten Konten werden 80 (40 %) gleich häufig genutzt, "
        "60 (30 %) häufiger und 60 (30 %) seltener; allein durch Zufall wären bei gleichen Gewohnheiten rund 150 "
        "Wechsel zu erwarten."
    )


# retention


def test_newcomers_are_followed(plainly):
    reached, kept = protect(reached_of()), protect(kept_of())
    chart = charts.retention(reached, kept)
    assert plainly(chart.finding) == (
        "6 Monate nach Beginn haben geschätzt 46 % der neuen Konten ein erstes Quartal mit regelmäßiger Nutzung "
        "erreicht (41 noch beobachtet), nach 12 Monaten 61 % (18 noch beobachtet). In einem vergleichbaren "
        "Startquartal werden von den ausgewerteten Konten zu Beginn 60 von 72 (83 %) regelmäßig oder gelegentlich "
        "genutzt, nach 12 Monaten 40 von 63 (63 %)."
    )
    assert plainly(charts.retention(reached, kept, language="en").finding) == (
        "6 months after the start, an estimated 46% of new accounts have reached a first quarter of regular use (41 "
        "still under observation), 61% after 12 months (18 still under observation). In one comparable starting "
        "quarter, 60 of 72 (83%) of the accounts assessed are used regularly or occasionally at the start, 40 of 63 "
        "(63%) after 12 months."
    )
    assert {"2. Quartal 2025", "62", "61 %"} <= {plainly(text) for text in words_in(chart.svg())}
    assert "bis Monat 6: 46 %" in plainly(chart.alt)


def test_what_both_tables_say_alone(made, plainly):
    reached, kept = protect(reached_of()), protect(kept_of())
    alone = charts.retention(reached, made.empty(kept_of()))
    assert plainly(alone.finding).endswith("nach 12 Monaten 61 % (18 noch beobachtet).")
    assert alone.tables == (reached,)
    later = charts.retention(made.empty(reached_of()), kept)
    assert plainly(later.finding).startswith("In einem vergleichbaren Startquartal")
    assert later.tables == (kept,)


def test_a_first_reading_alone(made, plainly):
    chart = charts.retention(protect(reached_of(REACHED[:1])), made.empty(kept_of()))
    assert plainly(chart.finding) == (
        "Einen Monat nach Beginn haben geschätzt 0 % der neuen Konten ein erstes Quartal mit regelmäßiger Nutzung "
        "erreicht (62 noch beobachtet)."
    )
    one = charts.retention(made.empty(reached_of()), protect(kept_of({"2026-Q1": KEPT["2026-Q1"][:1]})))
    assert one.finding == "Die Zahlen sind zu klein, um sie zu zeigen."


def test_cohorts_shown_at_the_same_dates_only(masking, made, plainly):
    kept = masking(kept_of(), ("n", "n_total", "share"), lambda f: f["months"].isin([0, 12]))
    said = charts.retention(made.empty(reached_of()), kept).finding
    assert plainly(said) == (
        "In 2 vergleichbaren Startquartalen werden von den ausgewerteten Konten nach 3 Monaten 101 von 133 (76 %) "
        "regelmäßig oder gelegentlich genutzt, nach 9 Monaten 81 von 123 (66 %)."
    )


# both


def test_absent_without_rows(made):
    assert charts.migration(made.empty(migration_of())).kind == "absent"
    assert charts.retention(made.empty(reached_of()), made.empty(kept_of())).kind == "absent"


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_told_when_everything_is_masked(language, made):
    drawn = [
        charts.migration(made.masked(migration_of()), language=language),
        charts.retention(made.masked(reached_of()), made.masked(kept_of()), language=language),
    ]
    for chart in drawn:
        assert "<svg" in chart.svg()
        assert not re.search(r"\d", chart.finding)


def test_refuses_what_is_not_protected(refused):
    with refused(
        PrivacyError, "migration: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    ):
        charts.migration(migration_of())
    with refused(
        PrivacyError, "retention: expected a ProtectedTable, found a Table. Pass it through `privacy.protect`."
    ):
        charts.retention(protect(reached_of()), kept_of())


def test_draws_the_same_again():
    assert charts.migration(protect(migration_of())).svg() == charts.migration(protect(migration_of())).svg()
    one, two = (charts.retention(protect(reached_of()), protect(kept_of())).svg() for _ in range(2))
    assert one == two


def test_page_decides_on_colours():
    for chart in (
        charts.migration(protect(migration_of())),
        charts.retention(protect(reached_of()), protect(kept_of())),
    ):
        assert re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", chart.svg().split(">", 1)[1]) == []


# tables


def test_tables_in_words(plainly):
    def lines(table, language="de"):
        block = tables.html(protect(table), language=language, finding=False)
        return [plainly(line).split("\t") for line in block.plain.splitlines()]

    assert lines(movement_of())[:4] == [
        ["Bewegung zwischen zwei Zeitpunkten"],
        ["Bewegung", "Konten", "von", "Anteil"],
        ["neu hinzugekommen", "14", "–", "–"],
        ["ausgeschieden", "9", "–", "–"],
    ]
    assert [line[0] for line in lines(movement_of())[4:]] == [
        "früher genutzt, jetzt selten", "wieder genutzt", "Häufigkeit der Nutzung gewechselt",
        "Wechsel, die bei gleichen Gewohnheiten durch Zufall zu erwarten sind",
    ]  # fmt: skip
    assert lines(migration_of(), "en")[1:3] == [
        ["Before, as of", "After, as of", "Use before", "Use after", "Accounts", "of", "Share",
         "expected with the same habits"],
        ["29 Mar 2026", "28 Jun 2026", "regularly", "regularly", "39", "53", "74%", "82%"],
    ]  # fmt: skip
    assert lines(reached_of())[1:3] == [["nach Monaten", "noch beobachtet", "Anteil"], ["1", "62", "0 %"]]
    assert lines(kept_of())[2][:2] == ["2. Quartal 2025", "0"]
    assert lines(kept_of(), "en")[1:3] == [
        ["Starting quarter", "after months", "regularly or occasionally", "of", "Share"],
        ["Q2 2025", "0", "60", "72", "83%"],
    ]
