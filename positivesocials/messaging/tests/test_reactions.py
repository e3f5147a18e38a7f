import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from positivesocials.core.refusals import NotThere
from positivesocials.messaging import reactions, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Reaction
from positivesocials.messaging.signs import WORDS
from positivesocials.messaging.tests.test_pages import page
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


@pytest.fixture
def line(talk, ada, say):
    return say(ada, talk, "Coffee on Sunday?")


def signs(client, talk):
    (line,) = client.get(page(talk)).context["talk"].lines
    return [(sign.key, sign.count, sign.is_mine) for sign in line.signs]


def test_a_reaction_shows_on_every_page(talk, line, ada, ben, signed_in):
    signed_in(ben).post(page(talk, "react", line.pk), {"sign": "heart"})

    assert signs(signed_in(ben), talk) == [("heart", 1, True)]
    assert signs(signed_in(ada), talk) == [("heart", 1, False)]
    assert "Heart: <bdi>Ben</bdi>" in signed_in(ada).get(page(talk)).text


def test_each_person_has_one_and_may_change_it(talk, line, ada, ben):
    for sign in ("heart", "sun", "sun"):
        reactions.react(ben, talk.pk, line.pk, sign=sign)
    reactions.react(ada, talk.pk, line.pk, sign="sun")

    assert [each.sign for each in Reaction.objects.all()] == ["sun", "sun"]


def test_pressed_again_it_is_taken_back(talk, line, ben, signed_in):
    client = signed_in(ben)
    client.post(page(talk, "react", line.pk), {"sign": "heart"})
    back = page(talk, "take-reaction-back", line.pk)

    assert f'action="{back}"' in client.get(page(talk)).text
    client.post(back)
    client.post(back)

    assert not Reaction.objects.exists()


def test_a_plain_post_comes_back_to_the_message(talk, line, ben, signed_in):
    response = signed_in(ben).post(page(talk, "react", line.pk), {"sign": "sun"})

    assert response.url == page(talk, "show-message", line.pk)


@pytest.mark.parametrize("sign", ["", "thumb", "Heart", "<b>"])
def test_only_signs_of_the_set_are_taken(talk, line, ben, sign, signed_in):
    answer = signed_in(ben).post(page(talk, "react", line.pk), {"sign": sign}, follow=True)

    assert "Choose one of the signs" in answer.content.decode()
    assert not Reaction.objects.exists()


def test_nobody_outside_reacts(talk, line, cleo, signed_in):
    assert signed_in(cleo).post(page(talk, "react", line.pk), {"sign": "sun"}).status_code == 404


def test_reacting_is_no_unread_message(talk, line, ada, ben):
    reactions.react(ben, talk.pk, line.pk, sign="sun")

    assert selectors.unread_count(ada) == 0


def test_the_signs_of_words_taken_back_are_gone(talk, line, ada, ben):
    reactions.react(ben, talk.pk, line.pk, sign="sun")

    messaging.take_back(ada, talk.pk, line.pk)

    assert not Reaction.objects.exists()
    with pytest.raises(NotThere):
        reactions.react(ben, talk.pk, line.pk, sign="sun")


def test_in_a_closed_conversation_signs_stand_still(talk, line, ada, ben, signed_in):
    reactions.react(ben, talk.pk, line.pk, sign="sun")
    messaging.close_conversation(talk)

    with pytest.raises(messaging.ConversationClosed):
        reactions.react(ada, talk.pk, line.pk, sign="heart")
    shown = signed_in(ada).get(page(talk)).text
    assert ("Warm thoughts: <bdi>Ben</bdi>" in shown, "data-react" in shown) == (True, False)


def test_a_block_takes_them_from_sight(talk, line, ada, ben, signed_in):
    safety.block(ada, [ben.pk])

    assert signed_in(ben).post(page(talk, "react", line.pk), {"sign": "sun"}).status_code == 404


def test_the_sign_of_an_erased_account_is_gone(talk, line, ada, ben, signed_in):
    reactions.react(ben, talk.pk, line.pk, sign="sun")
    vault.shred(KeyOwner("accounts.Account", ben.pk))
    ben.delete()

    assert signs(signed_in(ada), talk) == []


def test_the_disk_does_not_tell_which_sign(talk, line, ben):
    lengths = set()
    for sign in WORDS:
        reactions.react(ben, talk.pk, line.pk, sign=sign)
        stored = bytes(Reaction.objects.values_list("sign", flat=True)[0] or b"")
        lengths.add(len(stored))
        assert sign.encode() not in stored

    assert len(lengths) == 1


def test_many_signs_cost_no_more_queries(talk, ada, ben, say, signed_in):
    client = signed_in(ada)

    def cost():
        client.get(page(talk))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(talk))
        return len(queries)

    reactions.react(ben, talk.pk, say(ada, talk).pk, sign="sun")
    one = cost()
    for _ in range(5):
        reactions.react(ben, talk.pk, say(ada, talk).pk, sign="sun")

    assert cost() == one


def test_a_script_gets_no_page_and_a_line_with_a_token(talk, line, ben, signed_in):
    client, headers = signed_in(ben), {"Accept": "application/json"}

    answer = client.post(page(talk, "react", line.pk), {"sign": "sun"}, headers=headers)

    assert answer.status_code == 204
    assert "csrfmiddlewaretoken" in client.get(page(talk, "show-all-news")).json()["part"]
