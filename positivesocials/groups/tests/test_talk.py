"""Below a post: quotes drawn from their rows, names of people of this thread, a preview."""

from uuid import uuid4

import pytest

from positivesocials.core.refusals import NotThere
from positivesocials.groups import access, changes, founding, services
from positivesocials.groups.models import Membership
from positivesocials.groups.tests.test_closed import found, write
from positivesocials.groups.tests.test_groups import post, post_as_alias
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice
from positivesocials.profiles.models import Persona
from positivesocials.replies import access as reply_access
from positivesocials.replies import services as replies
from positivesocials.replies.models import Mention
from positivesocials.safety import services as safety


@pytest.fixture(autouse=True)
def _known(ada, ben, cleo, dora):
    moderation.trust([ada.pk, ben.pk, cleo.pk, dora.pk])


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    return post(ada, welcome, text="Marigolds **bloom** late")


def reply(account, to, text="Hello", persona=None, **more):
    said = {"parent_id": None, "client_key": str(uuid4()), **more}
    persona_id = (persona or account.profile.persona).pk
    return services.reply_to_post(account, to, persona_id=persona_id, text=text, **said)


def page(client, of):
    return client.get(f"/groups/{of.group.slug}/{of.pk}/").text


def told(account, kind="named"):
    return Notice.objects.filter(account=account, kind=kind).count()


def test_a_quote_is_drawn_from_what_it_quotes_as_that_reads_now(ada, ben, cleo, hers, client):
    first = reply(ben, hers, "Tulips bloom early", quotes=True)
    reply(cleo, hers, "So they do", parent_id=first.pk, quotes=True)

    assert "<bdi>Marigolds bloom late</bdi>" in page(client, hers)
    assert "<bdi>Tulips bloom early</bdi>" in page(client, hers)
    changes.edit_post(ada, "welcome", hers.pk, title="", note="Flowers", text="Roses")
    assert "<bdi>Flowers</bdi></a>" in page(client, hers)
    replies.erase(ben, first.pk)
    assert "Tulips" not in page(client, hers)
    assert "What was quoted here was removed." in page(client, hers)


def test_whoever_is_kept_apart_is_not_quoted(ada, ben, cleo, hers, signed_in):
    first = reply(ben, hers, "Tulips bloom early")
    reply(ada, hers, "So they do", parent_id=first.pk, quotes=True)
    safety.block(cleo, [ben.pk], shown_as="Ben")

    assert "Tulips" not in page(signed_in(cleo), hers)
    assert "What was quoted" not in page(signed_in(cleo), hers)


def test_somebody_is_named_told_once_and_by_the_name_they_have_now(ada, ben, cleo, hers, client):
    first = reply(ben, hers)
    reply(cleo, hers, mentions=[first.pk, hers.pk])
    reply(cleo, hers, mentions=[first.pk])

    assert page(client, hers).count("@Ben") == 2
    assert (told(ben), told(ada), told(cleo)) == (2, 1, 0)
    assert not told(ada, "reply") - 1  # Of the first two replies, and not once more for the one naming her.
    persona = Persona.objects.get(pk=ben.profile.persona_id)
    persona.name = "Benedict"
    persona.save()
    assert "@Benedict" in page(client, hers)


def test_an_alias_is_named_in_its_own_thread_alone(ada, ben, hers, welcome, client):
    masked = post_as_alias(ada, welcome)
    alias = reply(ada, masked, persona=masked.persona)
    assert access.get_mentioned(ben, hers, [alias.pk, masked.pk]) == []
    assert access.get_mentioned(ben, masked, [alias.pk, masked.pk]) == [masked.persona]

    reply(ben, masked, mentions=[alias.pk])

    html = page(client, masked)
    assert "@Quiet Heron" in html
    assert "Ada" not in html
    assert str(masked.persona_id) not in html


def test_who_is_blocked_is_neither_offered_named_nor_told(ada, ben, cleo, hers, signed_in):
    first = reply(ben, hers)
    safety.block(cleo, [ben.pk], shown_as="Ben")
    assert f'value="{first.pk}"' in page(signed_in(ada), hers)
    assert f'value="{first.pk}"' not in page(signed_in(cleo), hers)

    reply(cleo, hers, mentions=[first.pk])
    assert (Mention.objects.count(), told(ben)) == (0, 0)
    reply(ada, hers, mentions=[first.pk])
    assert "@Ben" not in page(signed_in(cleo), hers)


def test_who_left_a_closed_group_is_named_without_being_told(ada, ben, cleo):
    group = found(ada)
    for account in (ben, cleo):
        services.join_group(account, group)
    hers = write(ada, group)
    first = reply(ben, hers)
    services.leave_group(ben, group)
    reply(cleo, hers, mentions=[first.pk])

    assert (told(ben), told(ada, "reply")) == (0, 1)


def test_a_reply_in_a_closed_group_is_absent_for_outsiders_whatever_they_know(
    ada, ben, mo, client, signed_in
):
    hers = write(ada, found(ada))
    first = reply(ada, hers)

    for viewer in (None, ben, mo):
        with pytest.raises(NotThere):
            reply_access.get_reply_for(viewer, first.pk)
    for browser in (client, signed_in(ben)):
        assert browser.get(f"/replies/{first.pk}/").status_code == 404
    assert signed_in(ben).get(f"/report/reply/{first.pk}/").status_code == 404
    assert signed_in(ada).get(f"/replies/{first.pk}/").status_code == 302


def test_a_preview_shows_the_reply_and_keeps_nothing(ada, ben, hers, signed_in):
    said = {"voice": str(ben.profile.persona_id), "text": "**loud**", "quotes": "on", "client_key": "c"}
    path = f"/groups/welcome/{hers.pk}/reply/preview/"
    shown = signed_in(ben).post(path, {**said, "mentions": [str(hers.pk)]}).text

    assert all(
        part in shown for part in ("<strong>loud</strong>", "**loud**", "@Ada", "Marigolds bloom late")
    )
    assert "No replies yet" in page(signed_in(ben), hers)
    assert not Membership.objects.filter(account=ben).exists()


def test_no_more_than_five_are_named(ada, ben, hers, make_member, signed_in):
    others = [make_member(f"Guest{number}") for number in range(6)]
    moderation.trust([other.pk for other in others])
    named = [str(reply(other, hers).pk) for other in others]
    said = {"voice": str(ben.profile.persona_id), "text": "All of you", "client_key": "c"}

    answer = signed_in(ben).post(f"/groups/welcome/{hers.pk}/reply/", {**said, "mentions": named})
    assert "Name up to five people." in answer.text
    assert "All of you" in answer.text
    signed_in(ben).post(f"/groups/welcome/{hers.pk}/reply/", {**said, "mentions": named[:5]})
    assert Mention.objects.count() == 5


def test_the_page_asks_as_often_for_many_replies_as_for_few(
    ada, ben, hers, signed_in, django_assert_max_num_queries, make_member
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first, browser = reply(ada, hers), signed_in(ben)
    reply(ben, hers, parent_id=first.pk, quotes=True, mentions=[first.pk])
    counts = []
    for _round in range(2):
        page(browser, hers)
        with CaptureQueriesContext(connection) as asked:
            page(browser, hers)
        counts.append(len(asked))
        for number in range(5):
            other = make_member(f"Other{number}{_round}")
            moderation.trust([other.pk])
            reply(other, hers, parent_id=first.pk, quotes=True, mentions=[first.pk])
    assert counts[0] == counts[1]
