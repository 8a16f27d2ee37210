"""Organisational units: names of today, units of the report, sizes, and names that mean the same."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmkit.errors import MethodError
from crmkit.method import units

DAY = "2026-06-28"


def org_map(*rows):
    """Return contract `org_map` of (old, new) or (old, new, from_date)."""
    filled = [(*row, None)[:3] for row in rows]
    frame = pd.DataFrame(filled, columns=["old", "new", "from_date"]).astype({"old": "str", "new": "str"})
    return frame.assign(from_date=pd.to_datetime(frame["from_date"]).astype("datetime64[us]"))


def text(*values, **options):
    return pd.Series([*values], dtype="str", **options)


def staff(**n_people):
    """Return one row a person; `__` in a key stands for the path separator."""
    names = [unit.replace("__", "/") for unit, n in n_people.items() for _ in range(n)]
    return pd.DataFrame({"user_id": [f"u{i}" for i in range(len(names))], "org_unit": text(*names)})


def table(rows, *columns):
    types = {"n_people": "int64", "members": "object"}
    return pd.DataFrame(rows, columns=columns).astype({column: types.get(column, "str") for column in columns})


# ------------------------------------------------------------------ today

TODAY = {
    "nothing mapped": ([], "Vertrieb/Nord", "Vertrieb/Nord"),
    "renamed": ([("Vertrieb/Nord", "Vertrieb/Ost")], "Vertrieb/Nord", "Vertrieb/Ost"),
    "moves what is below": ([("Vertrieb/Nord", "Service/Nord")], "Vertrieb/Nord/Team 1", "Service/Nord/Team 1"),
    "whole parts only": ([("Vertrieb/Nord", "Service")], "Vertrieb/Nordost", "Vertrieb/Nordost"),
    "longest wins": ([("V", "X"), ("V/Nord", "Y")], "V/Nord/Team 1", "Y/Team 1"),
    "longest wins for what is beside": ([("V", "X"), ("V/Nord", "Y")], "V/Süd", "X/Süd"),
    "one row after another": ([("A", "B", "2026-01-01"), ("B", "C", "2026-03-01")], "A", "C"),
    "in whatever order they stand": ([("B", "C", "2026-03-01"), ("A", "B", "2026-01-01")], "A", "C"),
    "an undated row after a dated one": ([("A", "B", "2026-01-01"), ("B", "C")], "A", "C"),
    "begins on the day": ([("A", "B", "2026-06-28")], "A", "B"),
    "begins later": ([("A", "B", "2026-06-29")], "A", "A"),
    "the latest row of a name": ([("A", "C", "2026-03-01"), ("A", "B", "2026-01-01")], "A", "C"),
    "the latest that holds": ([("A", "C", "2026-07-01"), ("A", "B", "2026-01-01")], "A", "B"),
    "kept where it is": ([("V", "X"), ("V/Nord", "V/Nord")], "V/Nord/Team 1", "V/Nord/Team 1"),
    "into its own new part": ([("V", "V/Innen"), ("V/Innen", "V/Innen")], "V", "V/Innen"),
    "dissolved": ([("A", "")], "A", ""),
    "dissolved, what is below": ([("A", "")], "A/Team 1", ""),
    "no unit": ([("A", "B"), ("", "C")], "", ""),
    "the same row twice": ([("A", "B"), ("A", "B")], "A", "B"),
}


@pytest.mark.parametrize("case", TODAY)
def test_today(case):
    rows, unit, expected = TODAY[case]
    assert units.today(text(unit), org_map(*rows), as_of=DAY).tolist() == [expected]


def test_today_keeps_index_name_and_input():
    given_units, moved = text("B", "A", "B", "", index=[7, 3, 3, 1], name="org_unit"), org_map(("A", "C"))
    before = given_units.copy(), moved.copy()
    expected = text("B", "C", "B", "", index=[7, 3, 3, 1], name="org_unit")
    pd.testing.assert_series_equal(units.today(given_units, moved, as_of=DAY), expected)
    pd.testing.assert_series_equal(given_units, before[0])
    pd.testing.assert_frame_equal(moved, before[1])


def test_today_of_nobody():
    empty = text(name="org_unit")
    pd.testing.assert_series_equal(units.today(empty, org_map(), as_of=DAY), empty)
    pd.testing.assert_series_equal(units.today(empty, org_map(("A", "B")), as_of=DAY), empty)
    pd.testing.assert_series_equal(units.today(text("A"), org_map(), as_of=DAY), text("A"))


CIRCLES = {
    "two units": ([("A", "B"), ("B", "A")], "`A`, `B`"),
    "three units": ([("A", "B"), ("B", "C"), ("C", "A")], "`A`, `B`, `C`"),
    "renamed back": ([("A", "B", "2026-01-01"), ("B", "A", "2026-03-01")], "`A`, `B`"),
    "below itself": ([("A", "A/Team 1")], "`A`, `A/Team 1`"),
    "growing": ([("A", "B/Team 1"), ("B", "A")], "`A`, `B`, `B/Team 1`"),
}


@pytest.mark.parametrize("case", CIRCLES)
def test_a_circle_is_an_error_also_where_nobody_is(case, refused):
    rows, names = CIRCLES[case]
    with refused(MethodError, f"org_map: {names} lead in a circle. Keep the rows that hold today."):
        units.today(text(), org_map(*rows), as_of=DAY)


def test_two_places_at_once(refused):
    with refused(MethodError, "org_map: `A` leads to `B`, `C` at once. Keep one row."):
        units.today(text("A"), org_map(("A", "B"), ("A", "C")), as_of=DAY)


def test_into_a_unit_that_has_ended(refused):
    message = (
        "org_map: a row of 2026-03-01 leads to `B`, which ends on 2026-01-01. "
        "Write `C` as the new unit, or correct the dates."
    )
    with refused(MethodError, message):
        units.today(text("A"), org_map(("A", "B", "2026-03-01"), ("B", "C", "2026-01-01")), as_of=DAY)


PATHS = st.lists(st.sampled_from("ABC"), min_size=1, max_size=3).map("/".join)
ROWS = st.tuples(PATHS, PATHS, st.sampled_from([None, "2026-01-01", "2026-03-01"]))


@given(st.lists(PATHS, max_size=6), st.lists(ROWS, max_size=4), st.randoms())
def test_what_is_of_today_stays(names, rows, random):
    shuffled = random.sample(rows, len(rows))
    try:
        once = units.today(text(*names), org_map(*rows), as_of=DAY)
    except MethodError:
        with pytest.raises(MethodError):
            units.today(text(*names), org_map(*shuffled), as_of=DAY)
        return
    pd.testing.assert_series_equal(units.today(once, org_map(*rows), as_of=DAY), once)
    pd.testing.assert_series_equal(units.today(text(*names), org_map(*shuffled), as_of=DAY), once)


# ------------------------------------------------------------------ reporting


def test_reporting_is_the_longest_path_above():
    given_units = text("V/Nord/Team 1", "V/Nord", "V/Süd", "V", "Vx", "Service", "", name="org_unit")
    before = given_units.copy()
    expected = text("V/Nord", "V/Nord", "V", "V", "", "", "", name="org_unit")
    pd.testing.assert_series_equal(units.reporting(given_units, ["V", "V/Nord"]), expected)
    pd.testing.assert_series_equal(given_units, before)


def test_reporting_groups():
    groups = {"Außen": ("V/Nord", "Service"), "V": ("V",)}
    found = units.reporting(text("V/Nord/Team 1", "Service/Technik", "V/Süd", "Einkauf"), groups)
    assert found.tolist() == ["Außen", "Außen", "V", ""]


@pytest.mark.parametrize("nothing", [{}, []])
def test_reporting_without_settings_is_the_unit_itself(nothing):
    pd.testing.assert_series_equal(units.reporting(text("V/Nord", ""), nothing), text("V/Nord", ""))


def test_reporting_of_nobody():
    pd.testing.assert_series_equal(units.reporting(text(name="org_unit"), ["V"]), text(name="org_unit"))


# ------------------------------------------------------------------ sizes and proposal


def test_sizes():
    people = staff(V__Nord=25, V__Süd=24, Lager=15, Einkauf=14, Pforte=4)
    expected = [
        ("Einkauf", 14, "nothing"),
        ("Lager", 15, "usage_rate"),
        ("Pforte", 4, "nothing"),
        ("V/Nord", 25, "segments"),
        ("V/Süd", 24, "usage_rate"),
    ]
    pd.testing.assert_frame_equal(units.sizes(people), table(expected, "org_unit", "n_people", "shows"))


@pytest.mark.parametrize(("k", "shows"), [(5, "segments"), (30, "segments"), (31, "nothing")])
def test_a_unit_with_fewer_than_k_people_is_never_shown(k, shows):
    assert units.sizes(staff(V=30), k=k)["shows"].tolist() == [shows]


def test_people_without_a_unit_are_no_unit():
    people = pd.DataFrame({"user_id": range(30), "org_unit": text(*[""] * 30)})
    assert units.sizes(people).values.tolist() == [["", 30, "nothing"]]
    assert units.proposal(people).values.tolist() == [["", ("",), 30, "nothing"]]


# Small units of the same parent reach 15 together; the parent's own few people join them.
BESIDE = (
    {"V": 3, "V__Nord": 30, "V__Ost": 9, "V__West": 8},
    [("V/Nord", ("V/Nord",), 30, "segments"), ("V/weitere", ("V", "V/Ost", "V/West"), 20, "usage_rate")],
)
# Together 12: up into the parent, which has 20 of its own.
UP = (
    {"V": 20, "V__Nord": 30, "V__Ost": 7, "V__West": 5},
    [("V", ("V", "V/Ost", "V/West"), 32, "segments"), ("V/Nord", ("V/Nord",), 30, "segments")],
)
# V/Ost and V/West are 12, the parent has nobody: V counts as a small unit of 12 beside Lager (6).
TOP = (
    {"V__Nord": 30, "V__Ost": 7, "V__West": 5, "Lager": 6},
    [("V/Nord", ("V/Nord",), 30, "segments"), ("weitere", ("Lager", "V/Ost", "V/West"), 18, "usage_rate")],
)
# Two levels: teams of 4 and 5 go up into V/Nord (9), which is merged with V/Süd (8).
LEVELS = (
    {"V__Nord__T1": 4, "V__Nord__T2": 5, "V__Süd": 8, "Einkauf": 15, "Pforte": 2},
    [
        ("Einkauf", ("Einkauf",), 15, "usage_rate"),
        ("V/weitere", ("V/Nord/T1", "V/Nord/T2", "V/Süd"), 17, "usage_rate"),
        ("weitere", ("Pforte",), 2, "nothing"),
    ],
)
# The client has a big "V/weitere" of its own: the small ones join it.
TAKEN = ({"V__weitere": 16, "V__A": 8, "V__B": 9}, [("V/weitere", ("V/A", "V/B", "V/weitere"), 33, "segments")])
NOBODY: tuple[dict[str, int], list] = ({}, [])


@pytest.mark.parametrize(
    ("people", "expected"),
    [BESIDE, UP, TOP, LEVELS, TAKEN, NOBODY],
    ids=["beside", "up", "top", "levels", "taken", "nobody"],
)
def test_proposal(people, expected):
    given_people = staff(**people)
    before = given_people.copy()
    found = units.proposal(given_people)
    pd.testing.assert_frame_equal(found, table(expected, "org_unit", "members", "n_people", "shows"))
    pd.testing.assert_frame_equal(given_people, before)


def test_proposal_in_english():
    found = units.proposal(staff(Sales__A=9, Sales__B=9, Door=2), rest="others")
    assert found["org_unit"].tolist() == ["Sales/others", "others"]


COUNTS = st.dictionaries(PATHS | st.just(""), st.integers(1, 40), max_size=8)


@given(COUNTS, st.integers(5, 30), st.randoms())
def test_proposal_loses_nobody_and_no_big_unit(counts, k, random):
    names = [unit for unit, n in counts.items() for _ in range(n)]
    people = pd.DataFrame({"user_id": range(len(names)), "org_unit": text(*names)})
    found = units.proposal(people, k=k)
    assert found["n_people"].sum() == len(people)
    assert sorted(path for members in found["members"] for path in members) == sorted(counts)
    assert {unit for unit, n in counts.items() if unit and n >= 15} <= set(found["org_unit"])
    assert found.loc[found["shows"] != "nothing", "n_people"].min() >= k or (found["shows"] == "nothing").all()
    shuffled = people.sample(frac=1, random_state=random.randrange(1000))
    pd.testing.assert_frame_equal(units.proposal(shuffled, k=k), found)


@given(COUNTS)
def test_the_proposal_as_reporting_units_gives_its_numbers(counts):
    names = [unit for unit, n in counts.items() if unit for _ in range(n)]
    people = pd.DataFrame({"user_id": range(len(names)), "org_unit": text(*names)})
    found = units.proposal(people)
    groups = dict(zip(found["org_unit"], found["members"], strict=True))
    again = units.reporting(people["org_unit"], groups).value_counts()
    assert again.to_dict() == dict(zip(found["org_unit"], found["n_people"], strict=True))


# ------------------------------------------------------------------ similar


def same(*names, counts=None):
    weights = None if counts is None else pd.Series(counts)
    return [tuple(row) for row in units.similar(names, counts=weights).itertuples(index=False)]


def test_spellings_abbreviations_and_typos():
    names = [
        "Vertrieb Nord", "Vertrieb-Nord", "VT Nord", "vertrieb nord ", "Vetrieb Nord", "Vertrieb  Nord", "Vertr. Nord",
    ]  # fmt: skip
    expected = [
        ("VT Nord", "Vertrieb Nord", "abbreviation"),
        ("Vertr. Nord", "Vertrieb Nord", "abbreviation"),
        ("Vertrieb  Nord", "Vertrieb Nord", "spelling"),
        ("Vertrieb-Nord", "Vertrieb Nord", "spelling"),
        ("Vetrieb Nord", "Vertrieb Nord", "typo"),
        ("vertrieb nord ", "Vertrieb Nord", "spelling"),
    ]
    columns = ("name", "proposed", "reason")
    pd.testing.assert_frame_equal(units.similar(names), table(expected, *columns))
    pd.testing.assert_frame_equal(units.similar(reversed(names)), table(expected, *columns))


APART = [
    ("Vertrieb Nord", "Vertrieb Süd"),
    ("Team 1", "Team 2"),
    ("Team 1", "Team 11"),
    ("Team 1 2", "Team 12"),
    ("Team A", "Team B"),
    ("Team I", "Team II"),
    ("Service", "Services EU"),
    ("Einkauf", "Verkauf"),
    ("Region Ost", "Region West"),
    ("Region Nordost", "Region Nordwest"),
    ("Vertrieb Nord", "Vertrieb Nordost"),
    ("Innendienst", "Außendienst"),
    ("IT", "Innendienst"),
    ("Vertrieb/IT", "Vertrieb/Innendienst"),
    ("IT Nord", "Innendienst Nord"),
    ("Vertrieb NRW", "Vertrieb Norwegen"),
    ("Vertrieb/Nord", "Vertrieb Nord"),
    ("Vertrieb/Nord", "Service/Nord"),
    ("REGION OST", "REGION ORTSNETZ"),
    ("", "-"),
]


@pytest.mark.parametrize("names", APART)
def test_what_must_not_be_merged(names):
    assert same(*names) == []


ALIKE = {
    "umlauts": ("Vertrieb Sued", "Vertrieb Süd"),
    "sharp s": ("Region Strasse", "Region Straße"),
    "decomposed": (unicodedata.normalize("NFD", "Vertrieb Süd"), "Vertrieb Süd"),
    "no-break space": ("Vertrieb\xa0Süd", "Vertrieb Süd"),
    "soft hyphen": ("Ver\xadtrieb Süd", "Vertrieb Süd"),
    "capitals": ("VERTRIEB SÜD", "Vertrieb Süd"),
    "number": ("Team1", "Team 1"),
    "zero": ("Team 01", "Team 1"),
    "path": ("Vertrieb / Nord", "Vertrieb/Nord"),
    "underscore": ("Vertrieb_Nord", "Vertrieb Nord"),
}


@pytest.mark.parametrize("case", ALIKE)
def test_spelling(case):
    dirty, right = ALIKE[case]
    assert same(dirty, right) == [(dirty, right, "spelling")]


def test_the_most_frequent_spelling_is_proposed():
    assert same("vertrieb nord", "Vertrieb Nord", "vertrieb nord") == [("Vertrieb Nord", "vertrieb nord", "spelling")]
    counts = {"Vertrieb Nord": 3, "vertrieb nord": 2, "vertrieb nord ": 2}
    assert same(*counts, counts=counts) == [
        ("Vertrieb Nord", "vertrieb nord", "spelling"),
        ("vertrieb nord ", "vertrieb nord", "spelling"),
    ]


def test_a_name_without_a_clean_spelling():
    assert same("Vertrieb  Nord") == [("Vertrieb  Nord", "Vertrieb Nord", "spelling")]


@pytest.mark.parametrize(("n", "expected"), [(10, [("Werk Homburg", "Werk Hamburg", "typo")]), (11, [])])
def test_a_name_of_many_people_is_no_typo(n, expected):
    counts = {"Werk Hamburg": 30, "Werk Homburg": n}
    assert same(*counts, counts=counts) == expected


def test_an_abbreviation_that_fits_two_names_is_left_alone():
    assert same("VT Nord", "Vertrieb Nord", "Verwaltung Nord") == []


def test_a_typo_above_is_found_in_every_unit_below():
    names = ("Vertrieb/Nord", "Vertrieb/Süd", "Vertrieb", "Vetrieb/Nord", "Vetrieb/Süd")
    assert same(*names) == [("Vetrieb/Nord", "Vertrieb/Nord", "typo"), ("Vetrieb/Süd", "Vertrieb/Süd", "typo")]


def test_similar_of_nothing():
    pd.testing.assert_frame_equal(units.similar([]), table([], "name", "proposed", "reason"))
