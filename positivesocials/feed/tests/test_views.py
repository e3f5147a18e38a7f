import pytest

from positivesocials.feed import selectors, services
from positivesocials.feed.models import Follow, MutedGroup, MutedWriter
from positivesocials.groups.services import join_group
from positivesocials.safety import hidden_words


def test_a_person_is_followed_and_left_from_a_post_without_a_script(ada, ben, welcome, write, signed_in):
    post, browser = write(ben, welcome), signed_in(ada)
    page = f"/groups/welcome/{post.pk}/"
    assert "Follow<" in browser.get(page).text

    assert "Stop following<" in browser.post(f"/feed/posts/{post.pk}/follow/", follow=True).text
    browser.post(f"/feed/followed/{Follow.objects.get().pk}/stop/", {"next": page})

    assert not Follow.objects.exists()


def test_an_alias_is_muted_and_shown_again_and_offers_no_following(ada, ben, welcome, write, signed_in):
    post, browser = write(ben, welcome, alias="Quiet Heron"), signed_in(ada)
    text = browser.get(f"/groups/welcome/{post.pk}/").text
    assert "Mute<" in text
    assert "Follow<" not in text

    browser.post(f"/feed/posts/{post.pk}/mute/")
    assert "alias, in one post" in browser.get("/feed/choices/").text
    browser.post(f"/feed/muted/{MutedWriter.objects.get().pk}/show/")

    assert not MutedWriter.objects.exists()


def test_ones_own_post_and_a_guest_are_offered_nothing(ada, welcome, write, signed_in, client):
    page = f"/groups/welcome/{write(ada, welcome).pk}/"

    for browser in (signed_in(ada), client):
        assert "in my feed" not in browser.get(page).text


def test_a_group_is_muted_and_shown_again_from_its_page(ada, welcome, signed_in):
    join_group(ada, welcome)
    browser = signed_in(ada)

    assert "Show it again" in browser.post("/feed/groups/welcome/mute/", follow=True).text
    browser.post(f"/feed/muted-groups/{MutedGroup.objects.get().pk}/show/", {"next": "/groups/welcome/"})

    assert "Mute this group" in browser.get("/groups/welcome/").text


def test_the_feed_has_an_end(ada, ben, welcome, write, signed_in):
    browser = signed_in(ada)
    assert "Nothing here yet" in browser.get("/feed/").text
    join_group(ada, welcome)
    write(ben, welcome)

    assert "You have seen everything since" in browser.get("/feed/").text


def test_a_hidden_word_folds_a_post_in_the_feed(ada, ben, welcome, write, signed_in):
    hidden_words.save(ada, ["marmalade"])
    join_group(ada, welcome)
    write(ben, welcome, "Marmalade")

    assert "Put aside" in signed_in(ada).get("/feed/").text


def test_the_name_of_a_muted_group_that_became_secret_is_not_told(ada, ben, welcome, signed_in):
    services.mute_group(ada, welcome)
    welcome.openness = "invited"
    welcome.save()

    assert "Welcome" not in signed_in(ada).get("/feed/choices/").text
    assert [choice.name for choice in selectors.choices_of(ada).groups] == [""]


@pytest.mark.parametrize("what", ["follow", "mute"])
def test_whoever_is_followed_or_muted_is_not_told(ada, ben, welcome, write, signed_in, what):
    post, hers = write(ben, welcome), signed_in(ben)
    pages = ("/home/", "/notices/", "/groups/welcome/", f"/groups/welcome/{post.pk}/", "/me/", "/feed/")
    before = [hers.get(page).text for page in pages]

    signed_in(ada).post(f"/feed/posts/{post.pk}/{what}/")

    strip = [text.split("csrfmiddlewaretoken")[0] for text in before]
    assert [hers.get(page).text.split("csrfmiddlewaretoken")[0] for page in pages] == strip
