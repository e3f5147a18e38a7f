"""Who is told of replies below a post, and where a page marks what is new."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from positivesocials.groups import following, founding, services, visits
from positivesocials.groups.post_models import FollowedPost, Visit
from positivesocials.groups.tests.test_closed import found, write
from positivesocials.groups.tests.test_groups import post
from positivesocials.groups.tests.test_talk import reply
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import Reply
from positivesocials.safety import services as safety


@pytest.fixture(autouse=True)
def _known(ada, ben, cleo):
    moderation.trust([ada.pk, ben.pk, cleo.pk])


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    return post(ada, welcome)


def kinds(account):
    return sorted(Notice.objects.filter(account=account).values_list("kind", flat=True))


def let_pass(**time):
    """The visits so far were so long ago."""
    Visit.objects.update(seen_at=timezone.now() - timedelta(**time))


def test_the_author_follows_by_itself_and_can_stop(ada, ben, hers, signed_in):
    reply(ben, hers)
    assert kinds(ada) == ["reply"]
    Notice.objects.all().delete()

    signed_in(ada).post(f"/groups/welcome/{hers.pk}/stop/")
    reply(ben, hers)
    assert kinds(ada) == []


def test_who_follows_is_told_of_others_and_not_of_themselves(ada, ben, cleo, hers, signed_in):
    browser, path = signed_in(ben), f"/groups/welcome/{hers.pk}/"
    assert "Tell me of replies" in browser.get(path).text
    browser.post(f"{path}follow/")
    browser.post(f"{path}follow/")
    assert "Do not tell me of replies" in browser.get(path).text

    reply(ben, hers)
    assert kinds(ben) == []
    reply(cleo, hers)
    assert kinds(ben) == ["followed"]


def test_nobody_is_told_of_people_they_are_kept_apart_from(ada, ben, cleo, hers):
    following.follow(cleo, hers)
    safety.block(cleo, [ben.pk], shown_as="Ben")

    reply(ben, hers)
    assert kinds(cleo) == []


def test_who_left_a_closed_group_is_not_told_of_answers_to_what_they_wrote_there(ada, ben, cleo):
    group = found(ada)
    hers = write(ada, group)
    for account in (ben, cleo):
        services.join_group(account, group)
    his = reply(ben, hers)
    reply(cleo, hers, parent_id=his.pk)
    assert kinds(ben) == ["answer"]
    Notice.objects.all().delete()

    services.leave_group(ben, group)
    reply(cleo, hers, parent_id=his.pk)

    assert kinds(ben) == []


def test_who_leaves_a_closed_group_follows_nothing_there(ada, ben):
    group = found(ada)
    services.join_group(ben, group)
    hers = write(ada, group)
    following.follow(ben, hers)
    visits.arrive(ben, group, hers)

    services.leave_group(ben, group)
    assert not FollowedPost.objects.filter(account=ben).exists()
    assert not Visit.objects.filter(account=ben).exists()


def test_a_thread_marks_what_is_new_since_the_last_visit(ada, ben, hers, signed_in):
    path, browser = f"/groups/welcome/{hers.pk}/", signed_in(ada)
    reply(ben, hers, "Before")
    assert "New since" not in browser.get(path).text
    let_pass(hours=1)
    Reply.objects.update(written_at=timezone.now() - timedelta(hours=2))
    new = reply(ben, hers, "After")

    for _time in range(2):  # Loading it again does not take the mark away.
        page = browser.get(path).text
        assert page.count("New since you were here") == 1
        assert page.index("Before") < page.index("New since you were here") < page.index(f"r-{new.pk}")
    let_pass(hours=1)
    Reply.objects.update(written_at=timezone.now() - timedelta(hours=3))
    assert "New since" not in browser.get(path).text


def test_a_group_marks_where_what_is_new_ends(ada, ben, welcome, hers, signed_in):
    services.join_group(ben, welcome)
    browser = signed_in(ben)
    assert "New since" not in browser.get("/groups/welcome/").text
    let_pass(hours=1)
    type(hers).objects.update(written_at=timezone.now() - timedelta(hours=2))
    post(ada, welcome, text="A newer post")

    page = browser.get("/groups/welcome/").text
    assert page.index("New since you were here") < page.index("A newer post") < page.index("From before")


def test_the_list_of_groups_marks_where_others_wrote_since(ada, ben, welcome, hers, signed_in):
    services.join_group(ben, welcome)
    browser, mark = signed_in(ben), "since you were here"
    assert mark not in browser.get("/groups/").text
    browser.get("/groups/welcome/")
    post(ben, welcome, text="Of my own")
    assert mark not in browser.get("/groups/").text

    post(ada, welcome, text="A newer post")
    for path in ("/groups/", "/groups/?show=mine"):
        assert browser.get(path).text.count(mark) == 1
    assert mark not in signed_in(ada).get("/groups/").text
    let_pass(minutes=2)
    browser.get("/groups/welcome/")
    assert mark not in browser.get("/groups/").text


def test_what_somebody_wrote_whom_one_blocked_is_not_new(ada, ben, welcome, hers, signed_in):
    services.join_group(ben, welcome)
    browser = signed_in(ben)
    browser.get("/groups/welcome/")
    post(ada, welcome, text="A newer post")
    assert "since you were here" in browser.get("/groups/").text

    safety.block(ben, [ada.pk], shown_as="Ada")
    assert "since you were here" not in browser.get("/groups/").text


def test_own_words_are_never_new(ada, hers, signed_in):
    visits.arrive(ada, hers.group, hers)
    let_pass(hours=1)
    Reply.objects.update(written_at=timezone.now())
    reply(ada, hers)

    assert "New since" not in signed_in(ada).get(f"/groups/welcome/{hers.pk}/").text


def test_where_one_was_is_kept_for_who_belongs_and_forgotten_in_time(ada, ben, hers, client, signed_in):
    client.get(f"/groups/welcome/{hers.pk}/")
    signed_in(ben).get(f"/groups/welcome/{hers.pk}/")
    assert not Visit.objects.exists()
    signed_in(ada).get(f"/groups/welcome/{hers.pk}/")
    assert Visit.objects.count() == 1

    let_pass(days=91)
    visits.forget_old()
    assert not Visit.objects.exists()


def test_a_visit_that_goes_on_is_seldom_written(ada, hers, django_assert_num_queries):
    visits.arrive(ada, hers.group, hers)

    with django_assert_num_queries(2):
        visits.arrive(ada, hers.group, hers)
    assert str(uuid4()) not in str(Visit.objects.get().seen_at)
