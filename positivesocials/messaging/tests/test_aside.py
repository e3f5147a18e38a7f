"""Messages with words that their reader hid: folded, not counted, one tap away."""

from django.urls import reverse

from positivesocials.messaging import selectors
from positivesocials.messaging import services as messaging
from positivesocials.safety import hidden_words

ASIDE = "Put aside"


def page(talk):
    return reverse("messaging:show-conversation", args=[talk.pk])


def shown(response):
    return response.content.decode()


def test_it_is_folded_for_who_hid_the_word_and_for_nobody_else(talk, ada, ben, signed_in, say):
    hidden_words.save(ben, ["rain"])
    say(ada, talk, "So much Rain today")

    assert "<details" in shown(signed_in(ben).get(page(talk)))
    assert ASIDE in shown(signed_in(ben).get(page(talk)))
    assert ASIDE not in shown(signed_in(ada).get(page(talk)))


def test_ones_own_words_are_never_put_aside(talk, ben, signed_in, say):
    hidden_words.save(ben, ["rain"])
    say(ben, talk, "rain")

    assert ASIDE not in shown(signed_in(ben).get(page(talk)))


def test_it_does_not_count_as_unread(talk, ada, ben, signed_in, say):
    hidden_words.save(ben, ["rain"])
    say(ada, talk, "rain")
    say(ada, talk, "sun")

    assert selectors.unread_count(ben) == 1
    assert selectors.conversations_of(ben).items[0].unread == 1


def test_the_list_of_conversations_does_not_show_it(talk, ada, ben, signed_in, say):
    hidden_words.save(ben, ["rain"])
    say(ada, talk, "rain rain")

    text = shown(signed_in(ben).get(reverse("messaging:list-conversations")))

    assert "rain rain" not in text
    assert ASIDE in text


def test_each_partner_hides_for_themselves(ada, eli_and_fern, eli, fern, say):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    hidden_words.save(eli, ["rain"])
    say(ada, talk, "rain")

    assert (selectors.unread_count(eli), selectors.unread_count(fern)) == (0, 1)


def test_what_was_written_before_is_put_aside_too(talk, ada, ben, signed_in, say):
    say(ada, talk, "rain")

    hidden_words.save(ben, ["rain"])

    assert ASIDE in shown(signed_in(ben).get(page(talk)))
