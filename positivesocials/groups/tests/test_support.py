"""Signs of support: the writer reads which, never whose or how many; nobody else reads anything."""

from uuid import uuid4

import pytest

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import founding, reaction_reads, reactions
from positivesocials.groups.post_models import Support
from positivesocials.groups.tests.test_closed import found, write
from positivesocials.groups.tests.test_groups import post, post_as_alias
from positivesocials.groups.tests.test_talk import reply
from positivesocials.moderation import services as moderation
from positivesocials.safety import services as safety


@pytest.fixture(autouse=True)
def _known(ada, ben, cleo):
    moderation.trust([ada.pk, ben.pk, cleo.pk])


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    return post(ada, welcome)


def said(post, viewer, reply_id=None):
    on_page = {reply_id} - {None}
    signs = reaction_reads.signs_below(post, viewer, on_page).get(reply_id, reaction_reads.Signs())
    return [str(words) for words in signs.got], signs.mine


def test_the_author_reads_which_and_the_giver_their_own(ada, ben, cleo, hers, signed_in):
    reactions.give(cleo, hers, None, sign="thanks")
    for sign in ("thanks", "warm", "with-you"):
        reactions.give(ben, hers, None, sign=sign)

    assert said(hers, ada) == (["With you", "Thank you"], "")
    assert said(hers, ben) == ([], "with-you")
    assert said(hers, None) == ([], "")
    page = signed_in(ada).get(f"/groups/welcome/{hers.pk}/").text
    assert "With you" in page
    assert "Ben" not in page
    assert Support.objects.count() == 2


def test_a_sign_below_a_reply_is_for_who_wrote_it(ada, ben, cleo, hers, client, signed_in):
    his = reply(ben, hers)
    path = f"/groups/welcome/{hers.pk}/"
    answer = signed_in(cleo).post(f"{path}support/", {"on": str(his.pk), "sign": "me-too"})

    assert answer.url == f"{path}?reply={his.pk}#r-{his.pk}"
    assert said(hers, ben, his.pk) == (["Me too"], "")
    assert said(hers, ada, his.pk) == ([], "")
    assert "Me too" not in client.get(path).text
    signed_in(cleo).post(f"{path}support/", {"on": str(his.pk), "back": "1"})
    assert not Support.objects.exists()


def test_a_blocked_persons_sign_is_not_shown(ada, ben, hers):
    reactions.give(ben, hers, None, sign="thanks")
    safety.block(ada, [ben.pk], shown_as="Ben")

    assert said(hers, ada) == ([], "")


def test_one_gives_none_to_oneself_whatever_the_alias_and_none_where_one_does_not_write(ada, ben, welcome):
    masked = post_as_alias(ada, welcome)
    closed = write(ada, found(ada))
    for actor, place, on in ((ada, masked, None), (ben, closed, None), (ben, masked, uuid4())):
        with pytest.raises(NotThere):
            reactions.give(actor, place, on, sign="thanks")
    with pytest.raises(Refused):
        reactions.give(ben, masked, None, sign="thumbs-down")


def test_a_reply_of_another_thread_takes_none_by_this_post(ada, ben, welcome, hers):
    elsewhere = reply(ada, post(ada, welcome))

    with pytest.raises(NotThere):
        reactions.give(ben, hers, elsewhere.pk, sign="thanks")


def test_signs_are_sealed_and_of_one_length(ada, ben, cleo, hers):
    reactions.give(ben, hers, None, sign="thanks")
    reactions.give(cleo, hers, None, sign="with-you")
    stored = [bytes(value or b"") for value in Support.objects.values_list("sign", flat=True)]

    assert len({len(value) for value in stored}) == 1
    assert not any(b"thanks" in value for value in stored)
    ben.delete()
    assert said(hers, ada) == (["With you"], "")
