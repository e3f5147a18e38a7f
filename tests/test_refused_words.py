"""What a service refuses comes back in its form, with every word of it, and a sentence that says why."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.asking import checks
from positivesocials.asking import services as asking
from positivesocials.asking.checks import Said
from positivesocials.asking.models import Professional
from positivesocials.core import rates
from positivesocials.core.models import Instance
from positivesocials.events.tests.plans import planned
from positivesocials.events.tests.test_views import filled
from positivesocials.groups import founding, services
from positivesocials.groups.models import Membership, Standing
from positivesocials.moderation import services as moderation
from positivesocials.replies import services as replies

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Some words that took long to write", "and others that took longer"


@pytest.fixture
def at(ada, ben):
    """Where each form is sent, by its name."""
    moderation.trust([ada.pk, ben.pk])
    group = founding.found_welcome()
    services.join_group(ada, group)
    Membership.objects.filter(account=ada, group=group).update(standing=Standing.FOUNDER)
    words: dict[str, Any] = {"title": "", "text": "Tea or coffee?"}
    post = services.write_post(ada, group, **words, client_key=uuid4().hex)
    said: dict[str, Any] = {
        "persona_id": post.persona_id,
        "text": "Tea",
        "parent_id": None,
        "client_key": uuid4().hex,
    }
    reply = services.reply_to_post(ada, post, **said)
    event = planned(ada, group)
    asked: dict[str, Any] = {"title": "Does it help?", "text": "Before Friday.", "is_shared": True}
    question = asking.ask(ada, **asked, client_key=uuid4().hex)
    here = (group.slug, post.pk)
    return {
        "post": reverse("groups:write-post", args=[group.slug]),
        "post-edit": reverse("groups:edit-post", args=here),
        "reply": reverse("groups:reply-to-post", args=here),
        "reply-edit": reverse("replies:edit-reply", args=[reply.pk]),
        "event": reverse("events:make-event", args=[group.slug]),
        "event-change": reverse("events:change-event", args=[group.slug, event.pk]),
        "poll": reverse("polls:ask", args=here),
        "ask": reverse("asking:ask"),
        "add": reverse("asking:add", args=[question.pk]),
        "answer": reverse("asking:answer", args=[question.pk]),
        "thread": post.thread,
    }


def typed(ada, form):
    key, own = uuid4().hex, str(ada.profile.persona_id)
    return {
        "post": {"title": FIRST, "text": SECOND, "voice": "name", "salt": "0" * 16, "client_key": key},
        "post-edit": {"title": FIRST, "text": SECOND},
        "reply": {"text": f"{FIRST} {SECOND}", "voice": own, "client_key": key},
        "reply-edit": {"text": f"{FIRST} {SECOND}"},
        "event": filled(title=FIRST, about=SECOND),
        "event-change": filled(title=FIRST, about=SECOND),
        "poll": {"option_1": FIRST, "option_2": SECOND, "days": "7"},
        "ask": {"title": FIRST, "text": SECOND, "reading": "shared", "client_key": key},
        "add": {"text": f"{FIRST} {SECOND}", "client_key": key},
    }[form]


def sent(browser, ada, at, form):
    response = browser.post(at[form], typed(ada, form))
    return response.status_code, unescape(response.content.decode())


@pytest.mark.parametrize(
    ("form", "action", "limit", "seconds"),
    [
        ("post", "post", 10, 3600),
        ("post-edit", "post-edit", 20, 3600),
        ("reply", "reply", 30, 600),
        ("reply-edit", "reply-edit", 20, 3600),
        ("event", "event", 20, 3600),
        ("poll", "poll", 10, 3600),
        ("ask", "ask", 10, 3600),
        ("add", "ask", 10, 3600),
    ],
)
def test_one_more_than_the_limit_loses_no_word(ada, at, signed_in, form, action, limit, seconds):
    while rates.is_free(action, str(ada.pk), limit=limit, seconds=seconds):
        pass
    status, page = sent(signed_in(ada), ada, at, form)

    assert status == 429
    assert [words for words in (FIRST, SECOND) if words not in page] == []
    assert page.count("That was a lot in a short time") == 1


@pytest.mark.parametrize("form", ["post", "reply", "event", "event-change", "poll", "ask", "add"])
def test_a_site_that_is_not_open_loses_no_word(ada, at, signed_in, form):
    Instance.objects.update(opened_at=None)
    status, page = sent(signed_in(ada), ada, at, form)

    assert status == 409
    assert "not open yet" in page or "closed" in page
    assert [words for words in (FIRST, SECOND) if words not in page] == []


def test_a_talk_that_was_closed_meanwhile_gives_the_words_back(ada, at, signed_in):
    replies.close_thread(at["thread"])
    status, page = sent(signed_in(ada), ada, at, "reply")

    assert status == 409
    assert "This conversation is closed" in page
    assert f"{FIRST} {SECOND}" in page


def test_a_professional_who_answers_too_often_keeps_the_answer(ben, olu, at, signed_in):
    said = Said("Nora Quill", "Nurse in a clinic", "Entry in the register of nurses")
    checks.ask(ben, said)
    row = Professional.objects.get(account=ben)
    checks.verify(olu, row.pk, said, valid_until=timezone.localdate() + timedelta(days=90))
    while rates.is_free("answer", str(ben.pk), limit=60, seconds=3600):
        pass
    response = signed_in(ben).post(at["answer"], {"text": FIRST, "client_key": uuid4().hex})

    assert response.status_code == 429
    assert FIRST in unescape(response.content.decode())
