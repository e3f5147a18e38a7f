"""An author changes a post: all see that it was changed, and moderators of its case alone what it said."""

import pytest

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import changes, founding, selectors, services
from positivesocials.groups.models import Membership, Post, Standing
from positivesocials.groups.post_models import EarlierPost
from positivesocials.groups.tests.test_groups import post, post_as_alias
from positivesocials.moderation import services as moderation
from positivesocials.replies import changes as reply_changes
from positivesocials.replies import services as replies
from positivesocials.replies.models import EarlierReply, State


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    moderation.trust([ada.pk])
    return post(ada, welcome, text="Marigolds at first", title="Old title")


def edit(account, written, text="Better words", **more):
    said = {"title": "", "note": "", "text": text, **more}
    return changes.edit_post(account, written.group.slug, written.pk, **said)


def test_new_words_stand_at_once_with_a_mark_and_without_the_old_ones(ada, hers, client):
    edit(ada, hers, title="New title", note="Sad news")

    page = client.get(f"/groups/welcome/{hers.pk}/").text
    assert all(words in page for words in ("Better words", "New title", "Sad news", "edited"))
    assert "Marigolds" not in page
    assert "Old title" not in page


def test_a_newcomers_new_words_wait_for_a_moderator_again(ada, hers, client, mo):
    from positivesocials.moderation.models import Trusted

    Trusted.objects.all().delete()
    assert edit(ada, hers).state == State.HELD
    assert client.get(f"/groups/welcome/{hers.pk}/").status_code == 404

    moderation.approve(mo, kind="post", item_id=hers.pk)
    assert "Better words" in client.get(f"/groups/welcome/{hers.pk}/").text


def test_moderators_read_earlier_words_in_the_case_and_nobody_else_does(ada, ben, hers, mo, signed_in):
    edit(ada, hers)
    moderation.report(ben, kind="post", item_id=hers.pk, why="hate")

    case = signed_in(mo).get(f"/queue/post/{hers.pk}/").text
    assert "Marigolds at first" in case
    assert "Old title" in case
    for reader in (ada, ben):
        browser = signed_in(reader)
        pages = [f"/groups/welcome/{hers.pk}/", f"/report/post/{hers.pk}/", "/groups/welcome/"]
        assert "Marigolds" not in "".join(browser.get(page).text for page in pages)


def test_earlier_words_of_a_reply_are_in_its_case_too(ada, ben, hers, mo, signed_in):
    said = {"persona_id": hers.persona_id, "parent_id": None, "client_key": "r"}
    reply = services.reply_to_post(ada, hers, text="Tulips at first", **said)
    reply_changes.edit(ada, reply.pk, text="Better", wants_answers=True)
    moderation.report(ben, kind="reply", item_id=reply.pk, why="hate")

    assert "Tulips at first" in signed_in(mo).get(f"/queue/reply/{reply.pk}/").text
    assert "Tulips" not in signed_in(ben).get(f"/groups/welcome/{hers.pk}/").text
    replies.erase(ada, reply.pk)
    assert not EarlierReply.objects.exists()


def test_earlier_words_are_sealed_bounded_and_go_with_the_post(ada, hers):
    for number in range(25):
        edit(ada, hers, f"Words number {number}")
    stored = b"".join(bytes(value or b"") for value in EarlierPost.objects.values_list("text", flat=True))

    assert EarlierPost.objects.count() == 20
    assert b"Words number" not in stored
    services.erase_post(ada, Post.objects.get(pk=hers.pk))
    assert not EarlierPost.objects.exists()


def test_nothing_is_marked_where_nothing_changed(ada, hers):
    edit(ada, hers, "Marigolds at first", title="Old title")

    assert Post.objects.get(pk=hers.pk).edited_at is None
    assert not EarlierPost.objects.exists()


def test_nobody_else_changes_it_and_what_was_removed_stays(ada, ben, hers, mo, signed_in):
    with pytest.raises(NotThere):
        edit(ben, hers)
    assert signed_in(ben).get(f"/groups/welcome/{hers.pk}/edit/").status_code == 404
    moderation.report(ben, kind="post", item_id=hers.pk, why="hate")
    moderation.remove(mo, kind="post", item_id=hers.pk, reason="Rule 2.")
    with pytest.raises(Refused):
        edit(ada, hers)


def test_who_was_put_out_changes_nothing_and_may_still_remove_it(ada, hers, welcome):
    said = {"persona_id": hers.persona_id, "parent_id": None, "client_key": "r"}
    reply = services.reply_to_post(ada, hers, text="Hello", **said)
    Membership.objects.filter(account=ada).update(standing=Standing.PUT_OUT)

    with pytest.raises(NotThere):
        edit(ada, hers)
    with pytest.raises(Refused):
        reply_changes.edit(ada, reply.pk, text="Other words", wants_answers=True)
    replies.erase(ada, reply.pk)
    services.erase_post(ada, hers)


def test_the_page_keeps_what_is_too_long_and_previews(ada, hers, signed_in):
    browser, page = signed_in(ada), f"/groups/welcome/{hers.pk}/edit/"

    assert "Marigolds at first" in browser.get(page).text
    assert "**a**" in (shown := browser.post(page, {"text": "**a**", "preview": "1"}).text)
    assert "<strong>a</strong>" in shown
    answer = browser.post(page, {"text": "long " * 20_000})
    assert (answer.status_code, answer.text.count("long ") >= 19_999) == (422, True)
    assert browser.post(page, {"text": "Better"}).status_code == 302


def test_a_changed_alias_post_is_still_the_aliases(ada, hers, welcome, client):
    masked = post_as_alias(ada, welcome)
    edit(ada, masked)

    view = selectors.view_of(Post.objects.get(pk=masked.pk), None)
    assert (view.name, view.is_alias) == ("Quiet Heron", True)
    assert "Ada" not in client.get(f"/groups/welcome/{masked.pk}/").text


def test_a_content_note_folds_the_text_wherever_it_stands(ada, welcome, hers, signed_in, client):
    from positivesocials.groups import finding

    services.write_post(ada, welcome, title="", text="Asters and loss", note="Grief", client_key="n")

    for browser in (client, signed_in(ada)):
        page = browser.get("/groups/welcome/").text
        assert page.index("Grief") < page.index("</summary>") < page.index("Asters")
    found = finding.newest_posts(None, limit=9, says=lambda text: text.count("Asters"), most=3)
    assert [text.text for text in found] == ["Grief"]
    assert "Asters" not in signed_in(ada).get("/home/").text
