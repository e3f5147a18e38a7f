"""What matching shows beside a conversation."""

from uuid import uuid4

import pytest
from django.urls import reverse

from positivesocials.matching import services as matching
from positivesocials.matching.models import Mode
from positivesocials.messaging import openers
from positivesocials.messaging import services as messaging

WORDS = "What you have in common"


@pytest.fixture
def matched(meets, ada, ben):
    one, other = meets(ada), meets(ben)
    matching.like(ada, one, ben.profile.pk, mode=Mode.FRIENDS)
    return matching.like(ben, other, ada.profile.pk, mode=Mode.FRIENDS)


def shown(browser, talk, name="show-conversation"):
    return browser.get(reverse(f"messaging:{name}", args=[talk.pk])).content.decode()


@pytest.mark.parametrize("name", ["show-conversation", "show-more"])
def test_a_match_finds_what_they_have_in_common_beside_their_talk(matched, ada, ben, signed_in, name):
    address = reverse("matching:show-common", args=[ben.profile.pk])
    browser = signed_in(ada)

    text = shown(browser, matched.conversation, name)

    assert WORDS in text
    assert f"{address}?in=f&amp;as={ada.profile.pk}" in text
    assert browser.get(f"{address}?in=f&as={ada.profile.pk}").status_code == 200


def test_after_parting_it_is_gone(matched, meets, ada, ben, signed_in):
    matching.unmatch(meets(ada), ben.profile.pk, mode=Mode.FRIENDS)
    matching.switch_off(meets(ben), Mode.FRIENDS)

    assert WORDS not in shown(signed_in(ada), matched.conversation)


def test_a_talk_that_began_with_a_request_has_it_too(meets, ada, ben, signed_in):
    me, _other = meets(ada), meets(ben)
    opener = openers.write_first(ada, me.profile, ben.profile.pk, text="Hello", client_key=uuid4().hex)

    assert WORDS in shown(signed_in(ben), openers.accept(ben, opener.pk))


def test_people_who_do_not_meet_have_nothing_there(ada, ben, signed_in):
    talk = messaging.open_conversation(ada.profile, ben.profile)

    assert WORDS not in shown(signed_in(ada), talk)
