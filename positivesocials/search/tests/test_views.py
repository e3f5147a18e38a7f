from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from positivesocials.articles.tests.factories import make_news
from positivesocials.core.models import RateCount
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.models import Post
from positivesocials.replies.models import State
from positivesocials.safety import services as safety
from positivesocials.search import services
from positivesocials.search.models import WordGroup
from positivesocials.search.tests.factories import make_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    made = make_guide(title="Scabies & <mites>", slug="scabies", summary="Small <mites> that itch.")
    services.index_what_is_due()
    return made


def write(author, text: str, **traits) -> Post:
    group = founding.found_welcome()
    told = {"title": "", "client_key": uuid4().hex, **traits}
    post = groups.write_post(author, group, text=text, **told)
    Post.objects.filter(pk=post.pk).update(state=State.PUBLIC)
    return post


def page(browser, words: str, **more) -> str:
    return browser.get("/search/", {"q": words, **more}).content.decode()


def test_a_guest_finds_a_guide_without_script_and_gets_no_cookie(client, guide):
    answer = client.get("/search/?q=mites")

    assert answer.status_code == 200
    assert 'href="/guides/scabies/"' in answer.content.decode()
    assert not answer.cookies


def test_what_is_found_is_marked_and_escaped(client, guide):
    shown = page(client, "<mites>")

    assert "Scabies &amp; &lt;<mark>mites</mark>&gt;" in shown
    assert "<mites>" not in shown


def test_the_page_says_search_and_never_what_was_looked_for(client, guide):
    shown = page(client, "mites")

    assert "<title>Search" in shown
    assert '<meta name="robots" content="noindex">' in shown


def test_no_cache_keeps_what_was_looked_for_and_no_other_site_learns_it(client, guide):
    for address in ("/search/?q=mites", "/search/suggest/?q=mites"):
        headers = client.get(address).headers
        assert "no-store" in headers["Cache-Control"]


def test_nothing_that_was_looked_for_is_in_any_table(client, signed_in, ada, guide, caplog):
    for browser in (client, signed_in(ada)):
        page(browser, "quarterdeck")
        browser.get("/search/suggest/?q=quarterdeck")

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            assert not any("quarterdeck" in str(row) for row in cursor.fetchall()), table
    assert "quarterdeck" not in caplog.text


def test_suggestions_are_a_part_of_a_page(client, guide):
    part = client.get("/search/suggest/?q=scab").content.decode()

    assert part.startswith("<ul")
    assert 'href="/guides/scabies/"' in part


@time_machine.travel("2026-11-20T10:00:30Z", tick=False)
def test_who_asks_too_often_waits(client, guide):
    page(client, "mites")
    RateCount.objects.update(count=60)

    assert client.get("/search/?q=mites").status_code == 429
    assert client.get("/search/").status_code == 200
    assert RateCount.objects.count() == 1


@time_machine.travel("2026-11-20T10:00:30Z", tick=False)
def test_suggestions_only_pause(client, guide):
    client.get("/search/suggest/?q=")
    RateCount.objects.update(count=240)

    answer = client.get("/search/suggest/?q=scab")

    assert answer.status_code == 200
    assert "scabies" not in answer.content.decode()


def test_an_empty_page_offers_ways_on(client, guide):
    shown = page(client, "zzyzx")

    assert "Nothing found" in shown
    assert 'href="/help-now/"' in shown


def test_posts_of_open_groups_are_found_and_never_indexed(client, ada):
    write(ada, "My marigold bloomed today.")
    services.index_what_is_due()

    assert "<mark>marigold</mark>" in page(client, "marigold")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')
            assert not any("marigold" in str(row) for row in cursor.fetchall()), table


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.ERASED])
def test_a_post_that_is_not_public_is_found_by_nobody(client, signed_in, ada, state):
    post = write(ada, "My marigold bloomed today.")
    Post.objects.filter(pk=post.pk).update(state=state)

    assert "Nothing found" in page(client, "marigold")
    assert "Nothing found" in page(signed_in(ada), "marigold")


def test_posts_of_who_is_blocked_are_not_found_nor_counted(signed_in, ada, ben):
    write(ben, "My marigold bloomed today.")
    safety.block(ada, [ben.pk])

    assert "Nothing found" in page(signed_in(ada), "marigold")


def test_facets_count_and_narrow(client):
    make_guide(title="Marigold guide", slug="marigold")
    make_news(title="Marigold clinic", category="Town")
    make_news(title="Marigold day", category="Garden")
    services.index_what_is_due()

    assert "3 places found" in page(client, "marigold")
    assert "2 places found" in page(client, "marigold", kind="news")
    assert "1 place found" in page(client, "marigold", category="garden")
    assert "Nothing found" in page(client, "marigold", kind="nonsense")


@pytest.mark.parametrize("number", ["0", "-3", "99999999999999999999", "x", "2"])
def test_any_page_number_is_answered(client, guide, number):
    assert client.get("/search/", {"q": "mites", "page": number}).status_code == 200


def test_further_pages_go_on(client):
    for number in range(13):
        make_news(title=f"Marigold {number}")
    services.index_what_is_due()

    assert page(client, "marigold").count("<article") == 10
    assert page(client, "marigold", page=2).count("<article") == 3


def test_only_editors_keep_the_words(signed_in, ada, edda):
    assert signed_in(ada).get("/search/words/").status_code == 404

    browser = signed_in(edda)
    browser.post("/search/words/", {"words": "marigold, calendula"})

    assert "marigold, calendula" in browser.get("/search/words/").content.decode()


def test_a_group_of_one_word_is_refused_with_a_reason(signed_in, edda):
    answer = signed_in(edda).post("/search/words/", {"words": "marigold"})

    assert answer.status_code in {200, 409, 422}
    assert not WordGroup.objects.filter(words="marigold").exists()


def test_an_editor_changes_and_removes_a_group(signed_in, edda):
    group = services.add_words("marigold, calendula")
    browser = signed_in(edda)

    browser.post(f"/search/words/{group.pk}/", {"words": "marigold, tagetes", "seen": group.words})
    assert WordGroup.objects.get(pk=group.pk).words == "marigold, tagetes"
    browser.post(f"/search/words/{group.pk}/remove/")

    assert browser.get(f"/search/words/{group.pk}/").status_code == 404


def test_of_two_editors_of_one_group_the_later_is_told_and_keeps_the_words(signed_in, edda, olu):
    group = services.add_words("marigold, calendula")
    path, first, second = f"/search/words/{group.pk}/", signed_in(edda), signed_in(olu)
    assert 'name="seen" value="marigold, calendula"' in second.get(path).text
    first.post(path, {"words": "marigold, tagetes", "seen": group.words})

    told = second.post(path, {"words": "marigold, daisy", "seen": group.words})

    assert told.status_code == 409
    assert "It now says: marigold, tagetes." in told.text
    assert ">\nmarigold, daisy</textarea>" in told.text
    assert WordGroup.objects.get(pk=group.pk).words == "marigold, tagetes"
    second.post(path, {"words": "marigold, daisy", "seen": "marigold, tagetes"})
    assert WordGroup.objects.get(pk=group.pk).words == "marigold, daisy"


def test_every_page_leads_to_the_search(client):
    assert 'href="/search/"' in client.get("/news/").content.decode()
    assert 'action="/search/"' in client.get("/guides/").content.decode()
