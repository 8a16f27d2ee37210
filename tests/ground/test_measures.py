"""The catalogue of measures: complete in both languages, enough for every hurdle, roles and no names."""

import re

import pytest
from pydantic import ValidationError

from crmkit.errors import SettingsError
from crmkit.measures import hurdle_of, hurdles, measure_of, measures, measures_against
from crmkit.measures.catalogue import Catalogue

TEXTS = [
    (f"{one.id}.{name}.{language}", getattr(getattr(one, name), language))
    for one in measures().values()
    for name in ("title", "what", "owner", "sign")
    for language in ("de", "en")
]


@pytest.mark.parametrize(("place", "text"), TEXTS)
def test_every_text_is_there_and_well_mannered(place, text):
    assert text == text.strip() and len(text) >= 3, place
    assert not re.search(r"Schuld|blame|\b(Herr|Frau|Mr|Ms)\b", text, re.IGNORECASE), place
    is_sentence = ".what." in place or ".sign." in place
    assert text.endswith(".") == is_sentence, place
    assert text.count(". ") <= 1 and len(text) < 180, place


def test_both_languages_are_languages():
    english = [text for place, text in TEXTS if place.endswith(".en")]
    assert not [text for text in english if re.search(r"[äöüßÄÖÜ]|\b(und|der|die|das|ein)\b", text)]


@pytest.mark.parametrize("code", hurdles())
def test_every_hurdle_is_met_by_some_measures(code):
    against = measures_against(code)
    assert 3 <= len(against) <= 6
    assert against[0].hurdles[0] == code
    assert any(one.effort == "small" for one in against)


def test_ids_and_titles_are_unique():
    titles = [getattr(one.title, language) for one in measures().values() for language in ("de", "en")]
    assert len(set(titles)) == len(titles)
    assert all(name == one.id for name, one in measures().items())


def test_the_hurdles_of_the_survey_are_known():
    survey = {"time", "handling", "data_quality", "missing_feature", "mobile_offline", "training", "benefit_unclear",
              "double_entry"}  # fmt: skip
    assert survey <= set(hurdles())


@pytest.mark.parametrize(
    ("text", "code"),
    [("time", "time"), ("Zeit", "time"), (" data  QUALITY ", "data_quality"), ("Wetter", ""), ("", "")],
)
def test_hurdles_by_code_or_name(text, code):
    assert hurdle_of(text) == code


def test_measures_by_id_and_own_words(refused):
    known = measure_of(" weekly_half_hour ", place="measures.csv: row 2")
    assert known is not None and known.effort == "small"
    assert measure_of("Wöchentliche Runde", place="") is None
    assert measure_of("", place="") is None
    message = (
        'measures.csv: row 2: measure `keep_on_purpos` is not in the catalogue. Did you mean "keep_on_purpose"? '
        "`crmkit measures` lists all; own words are fine too."
    )
    with refused(SettingsError, message):
        measure_of("keep_on_purpos", place="measures.csv: row 2")


ENTRY = {
    "hurdles": ["time"], "effort": "small",
    **{name: {"de": "x", "en": "x"} for name in ("title", "what", "owner", "sign")},
}  # fmt: skip


@pytest.mark.parametrize(
    ("measures", "problem"),
    [
        ({"one_thing": ENTRY | {"effort": "huge"}}, "effort"),
        ({"one_thing": ENTRY | {"hurdles": ["weather"]}}, "hurdles"),
        ({"one_thing": ENTRY | {"cost": 5}}, "cost"),
        ({"one_thing": ENTRY | {"title": {"de": "x"}}}, "en"),
        ({"Thing": ENTRY}, "`Thing` is no id"),
        ({}, "no measure against `time`"),
    ],
)
def test_a_catalogue_that_is_wrong_is_not_loaded(measures, problem):
    with pytest.raises(ValidationError, match=problem):
        Catalogue.model_validate({"hurdles": {"time": {"de": "Zeit", "en": "Time"}}, "measures": measures})
