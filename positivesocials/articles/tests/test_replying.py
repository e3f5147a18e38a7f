"""Replies under articles: aliases, closing by age, and hostile input."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from positivesocials.articles import services
from positivesocials.articles.models import NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.moderation import services as moderation
from positivesocials.notifications import notices
from positivesocials.notifications.models import Notice
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, State

GUEST = {"name": "Jo", "address": "jo@example.org", "client_key": "one-key"}
ALIAS = {"voice": "alias", "alias": "Quiet Heron", "salt": "00ff00ff00ff00ff", "client_key": "k"}


@pytest.fixture
def news(db, settings):
    settings.DEMO = True
    return make_news(published_on=timezone.localdate())


def reply(browser, news, **sent):
    return browser.post(f"{news.path_here}reply/", {"text": "Good to know", **ALIAS, **sent})


def test_an_alias_is_offered_first_and_worn_from_then_on(news, signed_in, ada):
    browser = signed_in(ada)
    page = browser.get(news.path_here).text
    assert 'value="alias" required' not in page
    assert 'name="alias"' in page

    reply(browser, news)

    first = Reply.objects.get()
    assert first.persona
    assert (first.persona.name, first.persona.is_alias) == ("Quiet Heron", True)
    again = browser.get(news.path_here).text
    assert 'name="alias"' not in again
    assert again.index(str(first.persona_id)) < again.index(str(ada.profile.persona_id))


def test_nothing_on_any_page_ties_an_alias_to_the_name(client, news, signed_in, ada, ben):
    moderation.trust([ada.pk])
    browser = signed_in(ada)
    reply(browser, news)
    reply(browser, news, voice=str(ada.profile.persona_id), client_key="l", text="By name")

    for page in (client.get(news.path_here).text, signed_in(ben).get(news.path_here).text):
        assert "Quiet Heron" in page
        assert "By name" in page
        ids = [ada.pk, ada.profile.pk, *Reply.objects.values_list("persona_id", flat=True)]
        assert [str(pk) for pk in ids if str(pk) in page] == []


def test_a_second_tab_makes_no_second_alias(news, ada):
    for number in range(2):
        words: dict[str, Any] = {"text": "Hello", "parent_id": None, "client_key": str(number)}
        services.reply_as_alias(ada, news, alias=f"Heron {number}", salt="00ff00ff00ff00ff", **words)

    assert len(set(Reply.objects.values_list("persona", flat=True))) == 1


@pytest.mark.parametrize("alias", ["Quiet Her\u043en", "j 0"])
def test_an_alias_that_reads_like_a_name_of_the_thread_is_refused_with_the_words(
    client, news, signed_in, ada, ben, settings, alias
):
    settings.GUESTS_WAIT = False
    moderation.trust([ben.pk])
    reply(signed_in(ben), news)
    guest: dict[str, Any] = {"name": "Jo", "address": "", "parent_id": None, "own": frozenset()}
    written = services.reply_as_guest(news, text="From a guest", client_key="g", **guest)
    Reply.objects.filter(pk=written.pk).update(state=State.PUBLIC)
    answer = reply(signed_in(ada), news, alias=alias, client_key="l", text="Long words to keep")

    assert answer.status_code == 409
    assert "Somebody goes by that name here" in answer.text
    assert "Long words to keep" in answer.text
    assert not Reply.objects.filter(author=ada).exists()


def test_an_alias_of_elsewhere_or_of_another_is_not_there(news, signed_in, ada, ben):
    reply(signed_in(ben), news)
    other = make_news(title="Another")
    reply(signed_in(ada), other, client_key="x")
    worn = Reply.objects.get(client_key="x").persona_id
    theirs = Reply.objects.get(client_key="k").persona_id

    for voice in (worn, theirs):
        assert reply(signed_in(ada), news, voice=str(voice), client_key="y").status_code == 422


@pytest.mark.parametrize("alias", ["", "ada", "\u202e"])
def test_an_alias_is_a_name_and_not_ones_own(news, signed_in, ada, alias):
    answer = reply(signed_in(ada), news, alias=alias, text="Words worth keeping")

    assert answer.status_code in {409, 422}
    assert "Words worth keeping" in answer.text
    assert not Reply.objects.exists()


def test_the_writer_reads_that_first_words_wait(news, signed_in, ada):
    browser = signed_in(ada)
    assert "Your first words here are read by a moderator" in browser.get(news.path_here).text

    reply(browser, news)

    assert "Awaiting moderation" in browser.get(news.path_here).text


def test_opening_the_page_ends_the_notice_of_an_answer(news, signed_in, ada):
    browser = signed_in(ada)
    reply(browser, news)
    mine = Reply.objects.get()
    notices.notify([ada.pk], "answer", target=mine.pk)

    browser.get(news.path_here)

    assert Notice.objects.get().seen_at


@pytest.mark.parametrize(
    ("site", "own", "is_open"),
    [(0, None, True), (5, None, False), (5, 0, True), (0, 5, False), (5, 30, True)],
)
def test_replies_close_by_age_as_the_site_or_the_article_says(client, news, settings, site, own, is_open):
    settings.REPLIES_CLOSE_AFTER = site
    NewsPage.objects.update(published_on=timezone.localdate() - timedelta(days=6), replies_days=own)

    page = client.get(news.path_here).text
    answer = client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Late"})

    assert ('name="text"' in page) == is_open
    assert ("One could reply until" in page) == (not is_open)
    assert answer.status_code == (302 if is_open else 409)


def test_the_page_says_until_when_one_can_reply(client, news):
    NewsPage.objects.update(replies_days=9)

    assert "One can reply until" in client.get(news.path_here).text


def test_a_reply_of_100000_characters_is_refused_in_words_and_nothing_is_lost(client, news, signed_in, ada):
    text = "Worth keeping. " * 6667

    for answer in (
        client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": text}),
        reply(signed_in(ada), news, text=text),
    ):
        assert answer.status_code == 422
        assert "at most 5000 characters, this one has 100004" in answer.text
        assert text.strip() in answer.text
        assert "maxlength" not in answer.text.split('name="text"')[1].split(">")[0]
    assert not Reply.objects.exists()


def test_marks_that_turn_the_line_and_scripts_do_nothing(client, news):
    text = (
        "<script>alert(1)</script> \u202egnihtemos\u202c [pay](javascript:alert(1)) \x07 ![x](//x.example/p)"
    )
    sent = {**GUEST, "name": "\u202eoJ\u2066", "text": text}
    client.post(f"{news.path_here}reply/guest/", sent)
    Reply.objects.update(state=State.PUBLIC)

    thread = client.get(news.path_here).text.split('id="replies"')[1].split('id="reply"')[0]

    assert [
        bad for bad in ("<script", "\u202e", "\u2066", "\x07", "<img", 'href="javascript') if bad in thread
    ] == []
    assert 'class="who">oJ</bdi>' in thread


def test_the_text_of_a_right_to_left_reply_keeps_its_own_marks(news):
    written = replies.reply_as_guest(
        services.open_replies(news), name="Jo", address="", text="\u200fشكرا\u200d 👩\u200d👧", client_key="1"
    )

    assert written.text == "\u200fشكرا\u200d 👩\u200d👧"


def test_a_deep_chain_is_flat_below_four(client, news, ada):
    moderation.trust([ada.pk])
    parent: Reply | None = None
    for step in range(30):
        parent = replies.reply(
            ada, services.open_replies(news), persona=ada.profile.persona, text=f"Step {step}",
            parent_id=parent.pk if parent else None, client_key=str(step),
        )  # fmt: skip

    page = client.get(news.path_here).text

    assert page.count('<ol class="thread">') == 4
    assert "Step 29" in page


def test_blocked_people_neither_see_nor_answer_each_other(news, signed_in, ada, dora):
    moderation.trust([ada.pk])
    reply(signed_in(ada), news, text="Not for everyone")
    mine = Reply.objects.get()

    answer = reply(signed_in(dora), news, parent_id=str(mine.pk), client_key="l", text="I answer you")

    assert answer.status_code == 404
    assert "Not for everyone" not in signed_in(dora).get(news.path_here).text


def test_an_article_that_is_gone_takes_no_reply(client, news):
    news.unpublish()

    assert client.post(f"{news.path_here}reply/guest/", {**GUEST, "text": "Late"}).status_code == 404
