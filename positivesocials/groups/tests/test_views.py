import re
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from positivesocials.core import patches
from positivesocials.groups import founding, services
from positivesocials.groups.models import Post
from positivesocials.groups.tests.test_groups import post, post_as_alias
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply

SALT = "0123456789abcdef"
HOSTILE = """<script>alert(1)</script> ![x](https://evil.example/x.png) [go](javascript:alert(1))
<img src=x onerror=alert(1)> [fine](https://example.org)"""


@pytest.fixture(autouse=True)
def welcome(db):
    return founding.found_welcome()


def sent(**more):
    return {
        "text": "Hello all", "title": "", "voice": "alias", "alias": "Quiet Heron", "salt": SALT,
        "client_key": str(uuid4()), **more,
    }  # fmt: skip


def test_a_guest_reads_without_a_cookie_or_token(client, ada, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome, text="for everyone")

    for page in ("/groups/", "/groups/welcome/", f"/groups/welcome/{hers.pk}/"):
        response = client.get(page)
        assert response.status_code == 200
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.text
        assert len(re.findall("<h1", response.text)) == 1
    assert "for everyone" in response.text


def test_a_title_names_an_open_group_to_guests_alone(client, signed_in, ada, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome, text="for everyone")
    pages = ("/groups/welcome/", f"/groups/welcome/{hers.pk}/")

    def title(browser, page):
        return re.findall("<title>(.*?)</title>", browser.get(page).text)[0]

    assert [str(welcome.name_here) in title(client, page) for page in pages] == [True, True]
    assert [title(signed_in(ada), page) for page in pages] == ["A group", "A post"]


def test_a_guest_who_wants_to_write_is_asked_to_log_in(client):
    assert client.get("/groups/welcome/write/").status_code == 302
    assert client.post("/groups/welcome/write/", sent()).status_code == 302
    assert not Post.objects.exists()


def test_a_member_posts_under_an_alias(ada, signed_in):
    response = signed_in(ada).post("/groups/welcome/write/", sent(), follow=True)

    assert "Quiet Heron" in response.text
    assert "Awaiting moderation" in response.text
    assert Post.objects.filter(persona__is_alias=True).exists()


def test_the_picture_of_an_alias_is_the_one_that_was_drawn_and_none_that_was_chosen(ada, ben, signed_in):
    page = signed_in(ada).get("/groups/welcome/write/").text
    [drawn] = re.findall(r'name="salt" value="([^"]+)"', page)
    signed_in(ada).post("/groups/welcome/write/", sent(salt=drawn))
    forged = f"{SALT}:{drawn.split(':')[1]}"
    for salt in ("", SALT, forged):
        signed_in(ben).post("/groups/welcome/write/", sent(alias=f"Heron {salt}"[:30], salt=salt))

    assert Post.objects.filter(author=ada, persona__salt=drawn.split(":")[0]).exists()
    salts = set(Post.objects.filter(author=ben).values_list("persona__salt", flat=True))
    assert len(salts) == 3
    assert SALT not in salts


@pytest.mark.parametrize("alias", ["Ben", "b e n", "B\u0435n", "Quiet Her\u03bfn"])
def test_nobody_takes_a_name_that_stands_there_or_one_that_looks_like_it(ada, ben, welcome, signed_in, alias):
    moderation.trust([ben.pk])
    post(ben, welcome, text="hello", key="b1")
    post_as_alias(ben, welcome, "Quiet Heron")
    answer = signed_in(ada).post("/groups/welcome/write/", sent(alias=alias, text="Long words to keep"))

    assert answer.status_code == 409
    assert "Somebody goes by that name here" in answer.text
    assert "Long words to keep" in answer.text
    assert not Post.objects.filter(author=ada).exists()


def test_an_alias_that_only_hidden_people_wear_is_not_refused(ada, dora, welcome, signed_in):
    moderation.trust([dora.pk])
    post_as_alias(dora, welcome, "Quiet Heron")
    post_as_alias(ada, welcome, "Quiet Heron")
    signed_in(ada).post("/groups/welcome/write/", sent())

    assert Post.objects.filter(author=ada).count() == 2


def test_preview_shows_the_post_and_stores_nothing(ada, signed_in):
    response = signed_in(ada).post("/groups/welcome/write/preview/", sent(text="**loud** words"))

    assert "<strong>loud</strong> words" in response.text
    assert "**loud** words" in response.text
    assert not Post.objects.exists()


def test_another_alias_keeps_what_was_typed(ada, signed_in):
    response = signed_in(ada).post("/groups/welcome/write/another-alias/", sent(text="half a thought"))

    assert "half a thought" in response.text
    assert "0123456789abcdef" not in response.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": ""}, "Fill in"),
        ({"alias": ""}, "Fill in an alias"),
        ({"alias": "ada"}, "people know you by"),
    ],
)
def test_wrong_input_says_what_and_loses_nothing(ada, signed_in, wrong, message):
    response = signed_in(ada).post("/groups/welcome/write/", sent(title="Kept title", **wrong))

    assert message in response.text
    assert "Kept title" in response.text
    assert not Post.objects.exists()


def test_nothing_ties_an_alias_to_the_name(ada, ben, client, signed_in, welcome):
    moderation.trust([ada.pk])
    named = post(ada, welcome, text="as myself")
    masked = post_as_alias(ada, welcome, text="as the heron")
    services.reply_to_post(
        ada, masked, persona_id=masked.persona_id, text="still the heron", parent_id=None, client_key="r1"
    )
    canaries = [str(pk) for pk in (ada.pk, ada.profile.pk, named.persona_id, masked.persona_id)]
    canaries += [named.persona.salt, masked.persona.salt, str(masked.thread_id), "Ada"]

    for browser in (client, signed_in(ben)):
        page = browser.get(f"/groups/welcome/{masked.pk}/").text
        assert "still the heron" in page
        assert [canary for canary in canaries if canary in page] == []
        assert patches.patch("Ada", named.persona.salt) not in page


def test_an_alias_is_the_voice_offered_first_and_replies_wear_it(ada, signed_in, welcome):
    moderation.trust([ada.pk])
    masked = post_as_alias(ada, welcome)
    browser = signed_in(ada)
    page = browser.get(f"/groups/welcome/{masked.pk}/").text
    checked = re.findall(r'value="([0-9a-f-]+)"[^>]*checked', page)

    assert checked == [str(masked.persona_id)]
    data = {"voice": checked[0], "text": "me again", "client_key": "c1"}
    browser.post(f"/groups/welcome/{masked.pk}/reply/", data)
    browser.post(f"/groups/welcome/{masked.pk}/reply/", data)
    assert Reply.objects.get().persona == masked.persona


def test_hostile_words_stay_words(ada, client, signed_in, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome, text=HOSTILE, title="<b>bold</b>")
    data = {"voice": str(ada.profile.persona_id), "text": HOSTILE, "client_key": "c1"}
    signed_in(ada).post(f"/groups/welcome/{hers.pk}/reply/", data)

    for page in ("/groups/welcome/", f"/groups/welcome/{hers.pk}/"):
        html = client.get(page).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
        assert "<b>bold" not in html
        assert 'href="https://example.org"' in html


def test_an_answer_names_whom_it_answers(ada, ben, signed_in, welcome):
    moderation.trust([ada.pk, ben.pk])
    hers = post(ada, welcome)
    page = f"/groups/welcome/{hers.pk}/"
    first = services.reply_to_post(
        ben, hers, persona_id=ben.profile.persona_id, text="first", parent_id=None, client_key="c1"
    )

    form = signed_in(ada).get(page, {"to": str(first.pk)}).text
    assert "You are answering <bdi>Ben</bdi>" in form
    assert f'value="{first.pk}"' in form
    assert "You are answering" not in signed_in(ada).get(page, {"to": "nonsense"}).text


def test_a_reply_that_says_nothing_comes_back_with_links_to_the_post(ada, ben, signed_in, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome)
    page = f"/groups/welcome/{hers.pk}/"
    first = services.reply_to_post(
        ada, hers, persona_id=hers.persona_id, text="first", parent_id=None, client_key="c1"
    )

    data = {"voice": str(ben.profile.persona_id), "text": " ", "parent_id": str(first.pk), "client_key": "c2"}
    response = signed_in(ben).post(f"{page}reply/", data)

    assert "Fill in" in response.text
    assert "You are answering <bdi>Ada</bdi>" in response.text
    assert f'href="{page}?to={first.pk}#reply"' in response.text


def test_a_held_or_blocked_post_is_like_an_absent_one(ada, ben, dora, client, signed_in, welcome):
    held = post(ada, welcome)
    pages = [f"/groups/welcome/{held.pk}/", f"/groups/welcome/{uuid4()}/"]
    assert [signed_in(ben).get(page).status_code for page in pages] == [404, 404]
    assert [client.get(page).status_code for page in pages] == [404, 404]

    moderation.trust([ada.pk])
    public = post(ada, welcome)
    assert signed_in(dora).get(f"/groups/welcome/{public.pk}/").status_code == 404
    data = {"voice": str(dora.profile.persona_id), "text": "hi", "client_key": "c"}
    assert signed_in(dora).post(f"/groups/welcome/{public.pk}/reply/", data).status_code == 404


def test_erasing_asks_first_and_only_the_author_may(ada, ben, signed_in, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome, text="regretted")
    page = f"/groups/welcome/{hers.pk}/erase/"

    assert signed_in(ben).post(page).status_code == 404
    assert "regretted" in signed_in(ada).get(page).text
    signed_in(ada).post(page)
    response = signed_in(ben).get(f"/groups/welcome/{hers.pk}/")
    assert "removed by its author" in response.text
    assert "regretted" not in response.text


def test_older_posts_are_a_page_away(ada, client, welcome):
    moderation.trust([ada.pk])
    for number in range(21):
        post(ada, welcome, text=f"post number {number}.")

    first = client.get("/groups/welcome/").text
    (older,) = re.findall(r'href="(\?before=[^"]+)"', first)
    second = client.get(f"/groups/welcome/{older}").text

    assert "post number 0." not in first
    assert "post number 0." in second
    assert "post number 1." not in second
    assert "first posts of this group" in second
    assert client.get("/groups/welcome/?before=nonsense").text.count("post number") == 20


def test_what_is_pinned_stands_on_top_once_and_in_its_place_on_older_pages(ada, client, welcome):
    moderation.trust([ada.pk])
    posts = [post(ada, welcome, text=f"post number {number}.") for number in range(22)]
    Post.objects.filter(pk__in=[posts[0].pk, posts[21].pk]).update(pinned_at=timezone.now())

    first = client.get("/groups/welcome/").text

    assert first.count("post number 0.") == first.count("post number 21.") == 1
    assert first.index("post number 0.") < first.index("post number 20.")


def answer(account, to):
    persona = account.personas.get(is_alias=False)
    services.reply_to_post(
        account, to, persona_id=persona.pk, text="Hello back", parent_id=None, client_key=str(uuid4())
    )


def test_a_group_and_a_thread_ask_the_same_whatever_their_size(ada, ben, welcome, signed_in):
    moderation.trust([ada.pk, ben.pk])
    browser, first = signed_in(ben), post(ada, welcome)
    pages = ("/groups/welcome/", f"/groups/welcome/{first.pk}/")

    def asked(page):
        found = []
        for alias in connections:
            with CaptureQueriesContext(connections[alias]) as questions:
                assert browser.get(page).status_code == 200
            found.append(len(questions))
        return found

    answer(ada, first)
    answer(ben, first)
    # The first page of a day writes down that somebody was here.
    browser.get("/groups/")
    # The first visit of a page is remembered, so that a later one knows what is new.
    for page in pages:
        browser.get(page)
    few = [asked(page) for page in pages]
    for _number in range(12):
        answer(ada, post(ada, welcome))
        answer(ben, first)

    assert [asked(page) for page in pages] == few
    # One question for the keys of a page.
    assert [keys for _rows, keys in few] == [1, 1]
