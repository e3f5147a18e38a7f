"""What a group asks of those who reply in it, and of those who have left."""

import pytest

from positivesocials.core.refusals import Refused
from positivesocials.groups import access, founding, services
from positivesocials.groups.tests.test_groups import post
from positivesocials.moderation import services as moderation
from positivesocials.replies import changes
from positivesocials.replies.models import Reply, State


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    moderation.trust([ada.pk])
    return post(ada, welcome)


@pytest.fixture
def reply(ben, hers):
    """A reply of Ben to Ada's post."""
    moderation.trust([ben.pk])
    persona_id = ben.profile.persona_id
    return services.reply_to_post(
        ben, hers, persona_id=persona_id, text="first", parent_id=None, client_key="c1"
    )


def page_of(hers):
    return f"/groups/welcome/{hers.pk}/"


def test_replying_joins_the_group_as_a_post_does(ben, reply, welcome):
    assert access.is_member(ben, welcome)


def test_who_left_a_group_changes_nothing_there_any_more(ben, reply, welcome, signed_in):
    services.leave_group(ben, welcome)
    path = f"/replies/{reply.pk}/edit/"

    for answer in (signed_in(ben).get(path), signed_in(ben).post(path, {"text": "Other words"})):
        assert answer.status_code == 409
        assert "You can still remove it." in answer.text
    with pytest.raises(Refused):
        changes.edit(ben, reply.pk, text="Other words", wants_answers=False)

    assert Reply.objects.get().text == "first"


def test_who_left_a_group_can_still_remove_what_they_wrote(ben, hers, reply, welcome, signed_in):
    services.leave_group(ben, welcome)
    browser = signed_in(ben)

    page = browser.get(page_of(hers)).text
    assert f"/replies/{reply.pk}/edit/" not in page
    assert f"/replies/{reply.pk}/erase/" in page
    browser.post(f"/replies/{reply.pk}/erase/")

    assert (Reply.objects.get().state, Reply.objects.get().text) == (State.ERASED, None)


def test_who_joins_again_may_change_what_they_wrote(ben, hers, reply, welcome, signed_in):
    services.leave_group(ben, welcome)
    services.join_group(ben, welcome)

    assert f"/replies/{reply.pk}/edit/" in signed_in(ben).get(page_of(hers)).text
    changes.edit(ben, reply.pk, text="Other words", wants_answers=False)

    assert Reply.objects.get().text == "Other words"


def test_newcomers_are_told_that_their_reply_waits_for_a_moderator(ben, hers, signed_in):
    page = signed_in(ben).get(page_of(hers)).text
    assert "read by a moderator before others see them" in page

    moderation.trust([ben.pk])
    assert "read by a moderator before others see them" not in signed_in(ben).get(page_of(hers)).text
