import time

import pytest
from django.urls import reverse

from positivesocials.safety import hidden_words
from positivesocials.safety.hidden_words import Hidden
from positivesocials.safety.models import HiddenWords

ADDRESS = reverse("safety:choose-words")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("lamp", "A LAMP."),
        ("café", "the cafe by the canal"),
        ("STRASSE", "Die Straße"),
        ("old lamp", "my old, very... old lamp!"),
        ("c'est la vie", "C’est la vie"),
        ("🍆", "hello 🍆🍆"),
        ("أحمق", "يا احمق!"),
        ("naïve", "NAI\u0308VE"),
        ("lamp", "the ｌａｍｐ shop"),
        ("lamp", "la\u200bmp"),
    ],
)
def test_a_hidden_word_is_found_as_a_reader_would_see_it(word, text):
    assert Hidden([word]).is_in(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [("lamp", "lamps and clamps"), ("old lamp", "old silver lamp"), ("art", "a party"), ("", "anything")],
)
def test_other_words_are_not_hidden(word, text):
    assert not Hidden([word]).is_in(text)


def test_a_thousand_words_and_a_long_text_take_no_time():
    hidden = Hidden(f"word {number}" for number in range(1000))
    started = time.process_time()
    for _ in range(50):
        hidden.is_in("word " * 800)

    assert time.process_time() - started < 2


def test_a_list_is_kept_sealed_and_shown_as_it_was_written(ada, signed_in):
    browser = signed_in(ada)

    browser.post(ADDRESS, {"words": "Lamp shop\n\n  lamp   SHOP \nrain"})

    assert hidden_words.words_of(ada) == ["Lamp shop", "rain"]
    assert "Lamp shop" in browser.get(ADDRESS).content.decode()


def test_an_empty_list_leaves_nothing(ada, signed_in):
    hidden_words.save(ada, ["rain"])

    signed_in(ada).post(ADDRESS, {"words": " \n "})

    assert not HiddenWords.objects.exists()


@pytest.mark.parametrize("words", ["x" * 81, "\n".join(f"w{number}" for number in range(1001))])
def test_a_list_that_is_too_long_comes_back_as_it_was_typed(ada, signed_in, words):
    response = signed_in(ada).post(ADDRESS, {"words": words})

    assert response.status_code == 422
    assert words[:80] in response.content.decode()
    assert not HiddenWords.objects.exists()


def test_a_thousand_are_not_too_many(ada):
    hidden_words.save(ada, [f"w{number}" for number in range(1000)])

    assert len(hidden_words.words_of(ada)) == 1000


def test_nobody_reads_the_list_of_another(ada, ben, signed_in):
    hidden_words.save(ada, ["rain"])

    assert "rain" not in signed_in(ben).get(ADDRESS).content.decode()
