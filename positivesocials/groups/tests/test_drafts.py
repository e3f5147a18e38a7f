"""What one began to write in a group stays, sealed, until it is posted or forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import drafts, founding
from positivesocials.groups.drafts import Place, Words
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import Draft
from positivesocials.groups.tests.test_closed import found
from positivesocials.groups.tests.test_groups import post
from positivesocials.groups.tests.test_views import sent
from positivesocials.moderation import services as moderation


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    moderation.trust([ada.pk])
    return post(ada, welcome)


def keep(account, place, text="Half a thought", version=0):
    return drafts.keep(account, place, Words(text), version=version)


def test_a_draft_waits_where_it_was_begun_and_goes_when_it_is_posted(ada, signed_in, welcome):
    browser, path = signed_in(ada), "/groups/welcome/write/"
    shown = browser.post(f"{path}draft/", sent(text="Half a thought", title="Later"), follow=True).text
    assert "kept, sealed" in shown

    form = browser.get(path).text
    assert "Half a thought" in form
    assert "Later" in form
    browser.post(path, sent(text="A whole thought"))
    assert "Half a thought" not in browser.get(path).text
    assert Post.objects.count() == 1


def test_a_reply_has_a_draft_below_each_post(ada, ben, hers, welcome, signed_in):
    other, browser = post(ada, welcome), signed_in(ben)
    browser.post(f"/groups/welcome/{hers.pk}/reply/draft/", {"text": "Half a thought"})

    assert "Half a thought" in browser.get(f"/groups/welcome/{hers.pk}/").text
    assert "Half a thought" not in browser.get(f"/groups/welcome/{other.pk}/").text
    assert "Half a thought" not in signed_in(ada).get(f"/groups/welcome/{hers.pk}/").text
    said = {"voice": str(ben.profile.persona_id), "text": "Whole", "client_key": "c"}
    browser.post(f"/groups/welcome/{hers.pk}/reply/", said)
    assert "Half a thought" not in browser.get(f"/groups/welcome/{hers.pk}/").text


def test_an_older_page_does_not_overwrite_a_newer(ada, welcome):
    place = Place(welcome)
    first = keep(ada, place, "First")
    keep(ada, place, "Second", first.version)

    with pytest.raises(drafts.Overtaken):
        keep(ada, place, "From an older page", first.version)
    assert drafts.draft_of(ada, place).words.text == "Second"


def test_a_script_that_comes_after_the_post_brings_nothing_back(ada, welcome, hers):
    assert keep(ada, Place(welcome), "Hello all").words.is_empty
    assert not drafts.draft_of(ada, Place(welcome)).words.text


def test_a_script_hears_the_number_or_that_it_is_behind(ada, welcome, signed_in):
    browser, path = signed_in(ada), "/groups/welcome/write/draft/"
    headers = {"Accept": "application/json"}
    assert browser.post(path, {"text": "One", "draft": "0"}, headers=headers).json() == {"version": 1}
    assert browser.post(path, {"text": "Two", "draft": "1"}, headers=headers).json() == {"version": 2}
    assert browser.post(path, {"text": "Three", "draft": "1"}, headers=headers).status_code == 409


def test_a_draft_is_thrown_away_and_emptied_ones_keep_no_words(ada, welcome, signed_in):
    keep(ada, Place(welcome))
    signed_in(ada).post("/groups/welcome/write/draft/", {"text": "Half a thought", "drop": "on"})
    assert drafts.draft_of(ada, Place(welcome)).words.is_empty
    keep(ada, Place(welcome), "   ")
    assert set(Draft.objects.values_list("text", "title", "note")) == {(None, None, None)}


def test_words_are_sealed_and_forgotten_after_ninety_days(ada, welcome):
    keep(ada, Place(welcome))
    assert b"Half" not in bytes(Draft.objects.values_list("text", flat=True).get() or b"")
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=89))
    drafts.forget_old()
    assert Draft.objects.exists()

    Draft.objects.update(kept_at=timezone.now() - timedelta(days=91))
    drafts.forget_old()
    assert not Draft.objects.exists()


def test_a_draft_that_is_too_long_comes_back_whole(ada, welcome, signed_in):
    with pytest.raises(Refused, match="longer"):
        keep(ada, Place(welcome), "a" * 5001)
    answer = signed_in(ada).post("/groups/welcome/write/draft/", {"text": "long " * 20_000})
    assert (answer.status_code, answer.text.count("long ") >= 19_999) == (409, True)


def test_nobody_keeps_a_draft_where_they_may_not_write(ada, ben, signed_in):
    closed = found(ada)

    assert signed_in(ben).post(f"/groups/{closed.slug}/write/draft/", {"text": "Hm"}).status_code == 404
    assert not Draft.objects.exists()
    with pytest.raises(NotThere):
        raise NotThere
