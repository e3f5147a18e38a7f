"""Polls on the pages of posts and groups."""

import pytest
from django.urls import reverse

from positivesocials.polls import services
from positivesocials.polls.models import Poll

pytestmark = pytest.mark.django_db


def to(post, name):
    return reverse(name, args=[post.group.slug, post.pk])


def html(client, address):
    return client.get(address).content.decode()


def test_an_author_asks_below_the_post_and_takes_it_away(ada, post, signed_in):
    client = signed_in(ada)
    assert to(post, "polls:ask") in html(client, to(post, "groups:show-post"))
    client.post(to(post, "polls:ask"), {"option_1": "Tea", "option_2": "Coffee", "days": "3"})

    assert Poll.objects.get().options == ["Tea", "Coffee"]
    assert "Coffee" in html(client, to(post, "polls:take-away"))
    client.post(to(post, "polls:take-away"))
    assert not Poll.objects.exists()


def test_two_answers_that_are_one_come_back_with_what_was_typed(ada, post, signed_in):
    same = {"option_1": "Earl Grey", "option_2": "Earl Grey", "days": "3"}
    page = signed_in(ada).post(to(post, "polls:ask"), same).content.decode()

    assert "2 to 8 different answers" in page
    assert "Earl Grey" in page


def test_somebody_votes_where_the_post_stands_and_reads_that_it_counts(ben, post, poll, signed_in):
    client = signed_in(ben)
    for address in (to(post, "groups:show-post"), reverse("groups:show-group", args=[post.group.slug])):
        page = html(client, address)
        assert to(post, "polls:vote") in page
        assert "cannot be changed" in page
    said = client.post(to(post, "polls:vote"), {"option": "1"}, follow=True).content.decode()

    assert "Your vote is counted" in said
    assert to(post, "polls:vote") not in said
    assert (
        "the first vote counts"
        in client.post(to(post, "polls:vote"), {"option": "0"}, follow=True).content.decode()
    )


def test_a_guest_reads_the_answers_and_no_form(post, poll, client):
    page = html(client, to(post, "groups:show-post"))

    assert "Neither" in page
    assert to(post, "polls:vote") not in page


def test_a_vote_for_nothing_says_so(ben, post, poll, signed_in):
    for typed in ({}, {"option": "8"}, {"option": "x"}):
        said = signed_in(ben).post(to(post, "polls:vote"), typed, follow=True).content.decode()
        assert "Choose one of the answers" in said


def test_a_result_shows_with_percentages(post, poll, voters, signed_in):
    for each in voters[:5]:
        services.vote(each, poll, 0)
    page = html(signed_in(voters[0]), to(post, "groups:show-post"))

    assert "100%" in page
    assert "5 votes." in page
