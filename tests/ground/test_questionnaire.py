"""The questionnaire: complete in both languages and known again in an export."""

import pytest

from crmkit import questionnaire
from crmkit.questionnaire import ANSWERS, ITEMS, TOPICS


def test_fifteen_questions_and_the_unit():
    assert [item.key for item in ITEMS] == ["org_unit", *(str(number) for number in range(1, 16))]
    assert [item.key for item in ITEMS if not item.is_on] == ["15"]
    assert [topic for topic in TOPICS if topic not in {item.topic for item in ITEMS}] == []


def test_words_in_both_languages():
    said = [*ITEMS, *(answer for answers in ANSWERS.values() for answer in answers)]
    assert all(each.de and each.en and each.de != each.en for each in said)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_a_question_is_known_again(item):
    for words in (item.de, item.en):
        for form in (words, words.upper(), f"9. {words}", f"  {words} (1–5)", f"Frage 3: {words}"):
            assert questionnaire.item_of(form) == item


def test_answers_are_known_again():
    for kind, answers in ANSWERS.items():
        for answer in answers:
            for words in (answer.code, answer.de, answer.en, answer.de.upper(), *answer.others):
                assert questionnaire.answer_of(kind, words) == answer.code, words


def test_no_word_means_two_answers():
    for kind, answers in ANSWERS.items():
        words = [questionnaire.folded(w) for a in answers for w in {a.code, a.de, a.en, *a.others}]
        assert len(set(words)) == len({(w, questionnaire.answer_of(kind, w)) for w in words})


@pytest.mark.parametrize("text", ["6", "0", "", "4,5", "vielleicht", "Herr Graf"])
def test_what_is_no_answer(text):
    assert questionnaire.answer_of("scale", text) is None
