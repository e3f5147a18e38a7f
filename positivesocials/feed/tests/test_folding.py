"""What somebody muted or hid is folded in groups and below posts too, for them alone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from positivesocials.feed import services as feed
from positivesocials.groups import founding, services
from positivesocials.groups.models import Membership, Standing
from positivesocials.moderation import services as moderation
from positivesocials.safety import hidden_words

pytestmark = pytest.mark.django_db
GROUP = "/groups/welcome/"
BY_NAME, BY_WORD = "Put aside: you muted who wrote it", "Put aside: it has a word you hid"


@pytest.fixture
def group(ada, ben, cleo):
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    return founding.found_welcome()


def write(account, group, text="hello", **said):
    return services.write_post(account, group, text=text, client_key=uuid4().hex, **{"title": ""} | said)


def say(account, post, text="Me too", **said):
    persona = account.personas.get(is_alias=False)
    key = uuid4().hex
    said = {"text": text, "parent_id": None, "client_key": key} | said
    return services.reply_to_post(account, post, persona_id=persona.pk, **said)


def seen(browser, post=None):
    return browser.get(f"{GROUP}{post.pk}/" if post else GROUP).text


def test_a_muted_name_is_folded_in_the_group_and_on_the_page_of_the_post(ada, ben, group, signed_in):
    post = write(ben, group, title="Marigolds")
    feed.mute_writer(ada, post)

    for shown in (seen(signed_in(ada)), seen(signed_in(ada), post)):
        folded = shown.partition(BY_NAME)[2].partition("</details>")[0]
        assert "Marigolds" in folded
        assert shown.count("Marigolds") == folded.count("Marigolds")


def test_a_post_and_a_reply_with_a_hidden_word_are_folded(ada, ben, cleo, group, signed_in):
    post = write(ben, group, "I do like marmalade")
    say(cleo, post, "Marmalade for me, too")
    say(cleo, post, "Honey")
    hidden_words.save(ada, ["marmalade"])

    assert seen(signed_in(ada)).count(BY_WORD) == 1
    assert seen(signed_in(ada), post).count(BY_WORD) == 2


def test_a_reply_by_a_muted_name_is_folded_and_not_quoted(ada, ben, cleo, group, signed_in):
    feed.mute_writer(ada, write(ben, group))
    post = write(cleo, group)
    loud = say(ben, post, "Loud words")
    say(cleo, post, "Well, well", parent_id=loud.pk, quotes=True)

    shown = seen(signed_in(ada), post)
    assert shown.count(BY_NAME) == 1
    assert shown.count("Loud words") == 1
    assert seen(signed_in(ben), post).count("Loud words") == 2


def test_nobody_else_sees_any_of_it(ada, ben, cleo, group, client, signed_in):
    post = write(ben, group, "I do like marmalade")
    others = (client, signed_in(cleo))
    before = [len(seen(browser, at)) for browser in others for at in (None, post)]
    feed.mute_writer(ada, post)
    hidden_words.save(ada, ["marmalade"])
    assert "Put aside" in seen(signed_in(ada))

    assert [len(seen(browser, at)) for browser in others for at in (None, post)] == before
    assert "Put aside" not in seen(signed_in(ben)) + seen(signed_in(ben), post)


def test_ones_own_words_are_never_folded(ada, group, signed_in):
    post = write(ada, group, "I do like marmalade")
    say(ada, post, "Marmalade")
    hidden_words.save(ada, ["marmalade"])

    assert "Put aside" not in seen(signed_in(ada)) + seen(signed_in(ada), post)


def test_who_keeps_order_in_the_group_sees_everything_there(ada, ben, group, signed_in):
    post = write(ben, group, "I do like marmalade")
    say(ben, post, "Marmalade")
    services.join_group(ada, group)
    hidden_words.save(ada, ["marmalade"])
    assert "Put aside" in seen(signed_in(ada))
    Membership.objects.filter(account=ada).update(standing=Standing.MODERATOR)

    assert "Put aside" not in seen(signed_in(ada)) + seen(signed_in(ada), post)


def test_an_alias_does_not_fold_with_the_name_it_belongs_to(ada, ben, group, signed_in):
    feed.mute_writer(ada, write(ben, group))
    veiled = services.write_post_as_alias(
        ben, group, alias="Quiet Heron", salt="0" * 16, title="", text="hi", client_key="alias"
    )

    assert "Put aside" not in seen(signed_in(ada), veiled)


def test_pages_ask_the_same_however_much_is_folded(ada, ben, cleo, group, signed_in):
    post, browser, counts = write(cleo, group), signed_in(ada), []
    feed.mute_writer(ada, write(ben, group))
    hidden_words.save(ada, ["marmalade"])
    for many in (1, 6):
        for _ in range(many):
            write(ben, group)
            say(ben, post)
            say(cleo, post, "marmalade")
        for at in (None, post):
            seen(browser, at)
            with CaptureQueriesContext(connection) as asked:
                seen(browser, at)
            counts.append(len(asked))

    assert counts[:2] == counts[2:]
