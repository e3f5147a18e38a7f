"""Each kind: when it is made, for whom, and that it leads somewhere."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Session
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.models import Post
from positivesocials.matching import services as matching
from positivesocials.matching import telling
from positivesocials.matching.models import Decision, Mode, Waiting
from positivesocials.matching.tests.conftest import meets  # noqa: F401
from positivesocials.moderation import services as moderation
from positivesocials.notifications import registry
from positivesocials.notifications.models import Notice
from positivesocials.replies import services as replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(ada, ben, cleo, settings):
    settings.DEMO = True
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    group = founding.found_welcome()
    return groups.write_post(ada, group, title="Hi", text="Hello", client_key=uuid4().hex)


def reply(actor, post: Post, parent=None):
    return replies.reply(
        actor,
        post.thread,
        persona=actor.profile.persona,
        text="Yes",
        parent_id=parent and parent.pk,
        client_key=uuid4().hex,
    )


def like(one, other, mode=Mode.FRIENDS):
    return matching.like(one.profile.account, one, other.profile.pk, mode=mode)


def said():
    return str(Decision.objects.get().pk)


def test_the_author_of_a_post_hears_of_a_reply(ada, ben, post, told):
    reply(ben, post)

    assert told(ada) == ["reply"]


def test_whom_a_reply_answers_hears_of_it_once(ada, ben, cleo, post, told):
    first = reply(ben, post)
    Notice.objects.all().delete()
    reply(cleo, post, parent=first)
    reply(ada, post, parent=first)

    assert (told(ada), told(ben)) == (["reply"], ["answer"])


def test_a_held_reply_tells_nobody_before_it_is_public(ada, eli, post, mo, told):
    held = reply(eli, post)
    before = told(ada)
    moderation.approve(mo, kind="reply", item_id=held.pk)

    assert (before, told(ada)) == ([], ["reply"])


def test_a_like_is_told_some_minutes_later(ada, ben, meets, told):  # noqa: F811
    like(meets(ben), meets(ada))
    before = told(ada)
    telling.tell_of_like.call(said())

    assert (before, told(ada), told(ben)) == ([], ["hello"], [])


def test_a_like_that_was_taken_back_is_not_told(ada, ben, meets, told):  # noqa: F811
    me, other = meets(ben), meets(ada)
    like(me, other)
    pk = said()
    matching.undo(me, other.profile.pk, mode=Mode.FRIENDS)

    telling.tell_of_like.call(pk)

    assert told(ada) == []


def test_each_mode_is_told_apart_and_seen_apart(ada, ben, meets, told, signed_in):  # noqa: F811
    me, other = meets(ben, dating={}), meets(ada, dating={})
    for mode in (Mode.FRIENDS, Mode.DATING):
        like(me, other, mode)
    for row in Decision.objects.all():
        telling.tell_of_like.call(str(row.pk))
    both = told(ada)

    signed_in(ada).get(f"/people/likes/?in=f&as={other.profile.pk}")

    assert sorted(both) == ["hello", "like"]
    assert told(ada) == ["like"]


def test_a_match_is_told_to_whoever_said_yes_first(ada, ben, meets, told):  # noqa: F811
    one, other = meets(ada), meets(ben)
    like(one, other)
    like(other, one)

    assert (told(ada), told(ben)) == (["match"], [])


def test_who_asked_to_be_told_hears_that_somebody_fits(ada, ben, meets, told, signed_in):  # noqa: F811
    me = meets(ada)
    matching.ask_to_be_told(ada, me, Mode.FRIENDS)
    meets(ben)
    matching.tell_who_waits()
    before = told(ada)

    signed_in(ada).get(f"/people/?in=f&as={me.profile.pk}")

    assert (before, told(ada)) == (["fits"], [])


@pytest.mark.parametrize("decide", [moderation.leave_standing, moderation.remove])
def test_a_reporter_hears_of_the_decision_and_reads_it(decide, ada, ben, post, mo, told, signed_in):
    moderation.report(ben, kind="post", item_id=post.pk, why="spam")
    reason = {"reason": "No selling."} if decide is moderation.remove else {}
    decide(mo, kind="post", item_id=post.pk, **reason)

    page = signed_in(ben).post(f"/notices/{Notice.objects.get(account=ben).pk}/open/", follow=True)

    assert "A moderator has read it" in page.text
    assert told(ben) == []


def test_a_change_of_how_one_logs_in_is_told(ada, told):
    accounts.tell_of_change(ada)

    assert told(ada) == ["ways"]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_log_in_is_told_while_another_device_is_logged_in(elsewhere, ada, client, told):
    if elsewhere:
        later = timezone.now() + timedelta(hours=1)
        Session.objects.create(key_hash="x", account=ada, data=b"", expires_at=later)

    typed = {"login": "ada@example.org", "password": "a long enough sentence", "device": "own"}
    client.post("/log-in/", typed)

    assert told(ada) == (["log-in"] if elsewhere else [])


def test_the_words_of_no_kind_say_what_this_site_is_about():
    assert len(registry.kinds()) > 8
    for kind in registry.kinds():
        said = f"{kind.words} {kind.label} {kind.slug}"
        assert not re.search(r"positive|health|sex|dating|STI\b", said, re.IGNORECASE)


def test_where_a_kind_leads_is_gone_with_what_it_was_about(ada):
    gone = {kind.slug for kind in registry.kinds() if kind.path(uuid4()) is None}

    assert gone == {
        "ask-answer",
        "ask-waits",
        "event",
        "event-day",
        "event-hour",
        "event-place",
        "fits",
        "followed",
        "group",
        "group-asking",
        "reply",
        "report",
    }


def test_waiting_ends_and_its_notice_leads_nowhere(ada, meets, signed_in):  # noqa: F811
    me = meets(ada)
    matching.ask_to_be_told(ada, me, Mode.FRIENDS)
    waiting = Waiting.objects.get()
    telling.tell_who_fits(waiting)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        matching.tell_who_waits()

    page = signed_in(ada).post(f"/notices/{Notice.objects.get().pk}/open/", follow=True)

    assert "not there any more" in page.text
