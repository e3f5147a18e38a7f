from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from positivesocials.core.keyset import Place
from positivesocials.core.refusals import NotThere
from positivesocials.feed import access, selectors, services
from positivesocials.feed.models import Follow, MutedGroup
from positivesocials.feed.selectors import A_PAGE
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Membership, Openness, Post, Standing
from positivesocials.groups.services import join_group
from positivesocials.safety import hidden_words
from positivesocials.safety import services as safety
from positivesocials.vault.services import keys_open


def closed_group(founder, openness=Openness.MEMBERS):
    group = founding.found_group(founder, Wording("A table for few", "For few."), Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def test_the_feed_shows_what_is_written_in_ones_groups_newest_first(ada, ben, welcome, table, write, feed_of):
    join_group(ada, welcome)
    write(ben, welcome, "first")
    write(ben, table, "elsewhere")
    write(ben, welcome, "second")

    assert feed_of(ada) == ["second", "first"]


def test_a_followed_person_comes_to_the_feed_from_open_groups_one_is_not_in(ada, ben, table, write, feed_of):
    services.follow(ada, write(ben, table, "elsewhere"))

    assert feed_of(ada) == ["elsewhere"]


def test_what_a_followed_person_writes_as_an_alias_does_not_come(ada, ben, table, write, feed_of):
    services.follow(ada, write(ben, table, "under my name"))
    write(ben, table, "under a mask", alias="Quiet Heron")

    assert feed_of(ada) == ["under my name"]


def test_an_alias_cannot_be_followed(ada, ben, table, write):
    masked = write(ben, table, alias="Quiet Heron")

    with pytest.raises(NotThere):
        services.follow(ada, masked)
    with pytest.raises(NotThere):
        access.get_followable_for(ada, masked.pk)
    assert not Follow.objects.exists()


@pytest.mark.parametrize("openness", [Openness.MEMBERS, Openness.INVITED])
def test_a_followed_person_is_not_read_in_closed_groups_of_others(ada, ben, table, write, feed_of, openness):
    services.follow(ada, write(ben, table, "open"))
    closed = write(ben, closed_group(ben, openness), "among us")

    assert feed_of(ada) == ["open"]
    with pytest.raises(NotThere):
        access.get_mutable_for(ada, closed.pk)


@pytest.mark.parametrize("standing", [Standing.PUT_OUT, Standing.INVITED, Standing.ASKING])
def test_whoever_does_not_belong_gets_nothing_of_a_closed_group(ada, ben, write, feed_of, standing):
    group = closed_group(ben)
    write(ben, group, "among us")
    Membership.objects.create(group=group, account=ada, standing=standing)

    assert feed_of(ada) == []
    Membership.objects.filter(account=ada).update(standing=Standing.MEMBER)
    assert feed_of(ada) == ["among us"]


def test_a_muted_group_stays_away_and_comes_back(ada, ben, welcome, write, feed_of):
    join_group(ada, welcome)
    services.follow(ada, write(ben, welcome))
    services.mute_group(ada, welcome)
    services.mute_group(ada, welcome)
    assert feed_of(ada) == []

    mute = MutedGroup.objects.get()
    services.show_group(ben, mute.pk)
    assert feed_of(ada) == []
    services.show_group(ada, mute.pk)
    assert len(feed_of(ada)) == 1


def test_a_muted_name_stays_away_and_the_aliases_behind_it_do_not(ada, ben, welcome, write, feed_of):
    join_group(ada, welcome)
    named = write(ben, welcome, "under my name")
    write(ben, welcome, "under a mask", alias="Quiet Heron")

    services.mute_writer(ada, named)

    assert feed_of(ada) == ["under a mask"]
    assert [choice.name for choice in selectors.choices_of(ada).muted] == ["Ben"]


def test_a_muted_alias_takes_its_post_away_and_nothing_else(ada, ben, welcome, write, feed_of):
    join_group(ada, welcome)
    write(ben, welcome, "under my name")
    write(ben, welcome, "another mask", alias="Slow Otter")

    services.mute_writer(ada, write(ben, welcome, "under a mask", alias="Quiet Heron"))

    assert feed_of(ada) == ["another mask", "under my name"]


def test_blocked_people_never_meet_in_the_feed(ada, ben, welcome, table, write, feed_of):
    join_group(ada, welcome)
    join_group(ben, welcome)
    services.follow(ada, write(ben, table))
    services.follow(ben, write(ada, table))

    safety.block(ben, [ada.pk])

    for one, other in ((ada, ben), (ben, ada)):
        words = f"not for {one.pk.hex}"
        write(other, welcome, words, alias="Quiet Heron")
        assert words not in feed_of(one)
        assert selectors.choices_of(one).followed == ()


def test_posts_with_a_hidden_word_are_put_aside_and_ones_own_are_not(ada, ben, welcome, write):
    hidden_words.save(ada, ["marmalade"])
    write(ada, welcome, "My marmalade")
    write(ben, welcome, "Your MARMALADE")
    write(ben, welcome, "Bread")

    page = selectors.page_for(ada)

    assert [entry.post.aside for entry in page.entries] == ["", "word", ""]


def test_pages_stay_as_they_are_while_new_posts_arrive(ada, ben, welcome, write, feed_of):
    join_group(ada, welcome)
    for number in range(A_PAGE + 3):
        write(ben, welcome, f"post {number}.")
    first = selectors.page_for(ada)
    older = feed_of(ada, before=first.older)

    write(ben, welcome, "something new")

    assert older == feed_of(ada, before=first.older) == [f"post {number}." for number in (2, 1, 0)]
    assert first.since is None
    assert selectors.page_for(ada, before=first.older).since is not None


@pytest.mark.parametrize(
    "place", ["", "x", "1", "1.2", "9" * 40 + ".0", "-5.", "1.\u0660", "../../", "1" * 90]
)
def test_a_place_that_nobody_wrote_begins_at_the_beginning(ada, ben, welcome, write, feed_of, place):
    write(ben, welcome)
    join_group(ada, welcome)

    assert len(feed_of(ada, before=place)) == 1


def test_pages_of_equal_moments_lose_nothing_and_repeat_nothing(ada, ben, welcome, table, write):
    for group in (welcome, table):
        join_group(ada, group)
        for _number in range(A_PAGE):
            write(ben, group)
    Post.objects.update(written_at=timezone.now())

    first = selectors.page_for(ada)
    second = selectors.page_for(ada, before=first.older)

    seen = {entry.post.id for page in (first, second) for entry in page.entries}
    assert (len(first.entries), len(seen), second.older) == (A_PAGE, 2 * A_PAGE, "")


def test_the_feed_of_many_groups_is_that_of_a_plain_sort(ada, ben, write):
    """However busy or quiet the groups are: what is asked first leaves out nothing that is newer."""
    tables = [closed_group(ben, Openness.OPEN) for _number in range(30)]
    for number, group in enumerate(tables):
        Membership.objects.create(group=group, account=ada)
        for _post in range(30 if number % 7 == 0 else number % 3):
            write(ben, group)
    moments = [
        timezone.now() - timedelta(minutes=number * 37 % 211) for number in range(Post.objects.count())
    ]
    for post, moment in zip(Post.objects.all(), moments, strict=True):
        Post.objects.filter(pk=post.pk).update(written_at=moment)

    wanted = [post.pk for post in Post.objects.order_by("-written_at", "-id")]
    found, before = [], None
    while before != "":
        page = selectors.page_for(ada, before=before)
        found += [entry.post.id for entry in page.entries]
        before = page.older

    assert found == wanted


def test_an_address_with_a_place_goes_there_and_back():
    place = Place(timezone.now(), Post().id)

    assert Place.read(str(place)) == place


def test_a_feed_costs_the_same_whatever_its_size(
    ada, ben, cleo, welcome, table, write, django_assert_num_queries
):
    hidden_words.save(ada, ["marmalade"])
    for group in (welcome, table):
        join_group(ada, group)
    services.follow(ada, write(ben, welcome))
    services.mute_writer(ada, write(cleo, welcome, alias="Quiet Heron"))

    def asked():
        with (
            keys_open(),
            CaptureQueriesContext(connections["default"]) as rows,
            django_assert_num_queries(1, using="keys"),
        ):
            selectors.page_for(ada)
        return len(rows)

    few = asked()
    for number in range(12):
        write((ben, cleo)[number % 2], (welcome, table)[number % 2])

    assert asked() == few
    assert few < 20


def test_what_one_chose_goes_with_the_account_and_with_the_other(ada, ben, cleo, welcome, write):
    services.follow(ada, write(ben, welcome))
    services.mute_writer(ada, write(cleo, welcome))
    services.mute_group(ada, welcome)

    cleo.delete()
    assert selectors.choices_of(ada).muted == ()
    ada.delete()
    assert not Follow.objects.exists()


def test_leaving_a_group_takes_it_out_of_the_feed(ada, ben, welcome, write, feed_of):
    join_group(ada, welcome)
    write(ben, welcome)
    groups.leave_group(ada, welcome)

    assert feed_of(ada) == []
