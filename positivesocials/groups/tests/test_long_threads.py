"""Below a post that many answered: pages, links that find a reply, what is new, where one was."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from positivesocials.groups import founding, reactions, services
from positivesocials.groups.post_models import Visit
from positivesocials.groups.tests.test_following import let_pass
from positivesocials.groups.tests.test_groups import post
from positivesocials.groups.tests.test_talk import reply
from positivesocials.moderation import services as moderation
from positivesocials.replies.tests.long import fill


@pytest.fixture(autouse=True)
def _known(ada, ben, cleo):
    moderation.trust([ada.pk, ben.pk, cleo.pk])


@pytest.fixture
def hers(ada):
    return post(ada, founding.found_welcome())


@pytest.fixture
def path(hers):
    return f"/groups/welcome/{hers.pk}/"


@pytest.fixture
def rows(ben, hers):
    """On four pages: fifty replies each, and the last answers one of the first page."""
    return fill(ben, hers.thread, [None] * 170 + [3])


def shown(page):
    return re.findall(r'<article class="reply[^"]*" id="r-([-0-9a-f]+)"', page)


def test_reading_on_shows_every_reply_once_and_says_which_page(client, path, rows):
    page, found, words = client.get(path).text, [], []
    while True:
        found += shown(page)
        words += re.findall(r"Page \d of \d", page)[:1]
        later = re.search(r'rel="next" href="([^"#]+)#replies"', page)
        if not later:
            break
        page = client.get(later[1]).text

    assert sorted(found) == sorted(str(row.pk) for row in rows)
    assert words == ["Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4"]
    assert client.get(path).text.count("171 replies") == 1


def test_a_link_to_a_reply_leads_to_the_page_that_has_it(ada, client, signed_in, path, rows):
    link = signed_in(ada).get(f"/replies/{rows[120].pk}/").url

    assert link == f"{path}?reply={rows[120].pk}#r-{rows[120].pk}"
    page = client.get(link).text
    assert str(rows[120].pk) in shown(page)
    assert "Page 3 of 4" in page
    # The last answers the fourth.
    assert str(rows[-1].pk) in shown(client.get(path).text)


def test_who_answers_sees_what_they_answer_and_then_their_answer(ada, hers, signed_in, path, rows):
    browser, to = signed_in(ada), rows[120]
    page = browser.get(f"{path}?to={to.pk}").text
    assert "You are answering" in page
    assert str(to.pk) in shown(page)
    assert f'href="{path}?page=3#reply"' in page

    said = {"voice": str(ada.profile.persona_id), "parent_id": str(to.pk), "client_key": "c"}
    empty = browser.post(f"{path}reply/", {**said, "text": ""}).text
    assert "You are answering" in empty
    answer = browser.post(f"{path}reply/", {**said, "text": "Here I am"})
    assert "Here I am" in browser.get(answer.url).text


def test_a_sign_for_a_reply_leads_back_to_it(ada, signed_in, path, rows):
    browser = signed_in(ada)
    back = browser.post(f"{path}support/", {"on": str(rows[120].pk), "sign": "warm"}).url

    assert str(rows[120].pk) in shown(browser.get(back).text)


def test_signs_on_other_pages_are_not_asked_for(ada, hers, signed_in, path, rows):
    reactions.give(ada, hers, rows[120].pk, sign="warm")

    assert 'details class="support" open' not in signed_in(ada).get(path).text
    assert 'details class="support" open' in signed_in(ada).get(f"{path}?page=3").text


def test_what_is_new_is_one_link_away_wherever_it_is(ada, cleo, hers, signed_in, path, rows):
    browser = signed_in(ada)
    browser.get(path)
    let_pass(hours=1)
    far = reply(cleo, hers, "Something new", parent_id=rows[130].pk)
    last = reply(cleo, hers, "At the end")

    first = browser.get(path).text
    assert f'href="{path}?page=3#new"' in first
    assert "mark-new" not in first
    third = browser.get(f"{path}?page=3").text
    assert third.count('id="new"') == 1
    assert str(far.pk) in shown(third)
    assert f'href="{path}?page=4#new"' in third
    fourth = browser.get(f"{path}?page=4").text
    assert str(last.pk) in shown(fourth)
    assert "On to more that is new" not in fourth


def test_who_comes_back_is_led_to_the_page_they_were_on(ada, hers, signed_in, path, rows):
    browser = signed_in(ada)
    assert "where you were" not in browser.get(path).text
    browser.get(f"{path}?page=3")

    assert f'href="{path}?page=3#replies"' in browser.get(path).text
    assert "To page 3, where you were" in browser.get(path).text
    assert "where you were" not in browser.get(f"{path}?reply={rows[120].pk}").text
    browser.get(f"{path}?reply={rows[70].pk}")
    assert "To page 2, where you were" in browser.get(path).text


def test_one_is_led_to_a_page_by_one_link_and_not_by_two(ada, cleo, hers, signed_in, path, rows):
    browser = signed_in(ada)
    browser.get(f"{path}?page=4")
    let_pass(hours=1)
    reply(cleo, hers, "At the end")

    page = browser.get(path).text
    assert "To what is new since you were here" in page
    assert "where you were" not in page.replace("since you were here", "")


def test_the_page_is_kept_for_who_belongs_and_forgotten_when_they_leave(
    ada, ben, hers, signed_in, path, rows
):
    signed_in(ben).get(f"{path}?page=2")
    assert not Visit.objects.exists()
    signed_in(ada).get(f"{path}?page=2")
    assert Visit.objects.get().page == 2

    services.leave_group(ada, hers.group)
    assert not Visit.objects.exists()


def test_a_long_branch_goes_on_elsewhere_and_leads_back(ben, client, hers, path):
    rows = fill(ben, hers.thread, [None, None, *[0] * 130])

    first = client.get(path).text
    assert shown(first).count(str(rows[1].pk)) == 1
    assert "Show 80 more answers" in first
    more = re.search(rf'href="({path}\?reply=[-0-9a-f]+#r-[-0-9a-f]+)">[^<]*<svg', first)
    assert more
    second = client.get(more[1]).text
    assert "Page 2 of 3" in second
    assert shown(second)[0] == str(rows[0].pk)
    assert shown(second)[1] == str(rows[52].pk)
    assert f'href="{path}?reply={rows[0].pk}#r-{rows[0].pk}"' in second
    assert "Back to all replies" in second


def test_what_was_written_meanwhile_moves_nothing(cleo, hers, client, path, rows):
    before = [shown(client.get(f"{path}?page={number}").text) for number in (1, 2, 3)]
    for number in range(4):
        reply(cleo, hers, "Later", parent_id=rows[number * 40].pk)

    after = [shown(client.get(f"{path}?page={number}").text) for number in (1, 2, 3)]
    assert all(set(one) <= set(other) for one, other in zip(before, after, strict=True))


def test_the_page_asks_as_often_for_a_thousand_as_for_ten(ada, ben, hers, signed_in, path):
    browser, counts = signed_in(ada), []
    for size in (10, 1000):
        hers.thread.replies.all().delete()
        fill(ben, hers.thread, [None] * size)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
