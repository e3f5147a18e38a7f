"""Who asks, who votes, and what is ever told of it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import founding, slots
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Membership, Openness, Post, Standing
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Report
from positivesocials.polls import access, selectors, services
from positivesocials.polls.models import Poll, Voter
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner
from tests.moments import at_once


def seen(viewer, post):
    shown = selectors.below(viewer, [post])
    return shown[post.pk].it["poll"] if post.pk in shown else None


def counts(viewer, post):
    return [option.count for option in seen(viewer, post).options]


def close(poll):
    Poll.objects.filter(pk=poll.pk).update(closes_at=F("closes_at") - timedelta(days=60))
    poll.refresh_from_db()


def test_only_the_author_of_a_post_that_all_can_read_asks_there(db, ada, ben, post):
    with pytest.raises(NotThere):
        services.ask(ben, post, ["Tea", "Coffee"], days=7)
    held = groups.write_post(ben, post.group, title="", text="Hello", client_key="k")
    with pytest.raises(NotThere):
        services.ask(ben, held, ["Tea", "Coffee"], days=7)
    assert services.ask(ada, post, ["Tea", "Coffee"], days=7) == services.ask(ada, post, ["A", "B"], days=1)


@pytest.mark.parametrize("options", [["Tea"], ["Tea", " Tea "], [str(n) for n in range(9)], ["a", "b" * 121]])
def test_a_poll_has_two_to_eight_different_short_answers(db, ada, post, options):
    with pytest.raises(Refused):
        services.ask(ada, post, options, days=7)


def test_a_vote_counts_once_and_is_tied_to_nobody(db, ada, ben, poll):
    assert services.vote(ben, poll, 1)
    assert not services.vote(ben, poll, 0)

    poll.refresh_from_db()
    assert (poll.counts, poll.votes) == ([0, 1, 0], 1)
    assert {field.name for field in Voter._meta.fields} == {"id", "poll", "account"}


def test_on_the_disk_no_count_can_be_read_and_all_look_alike(db, ben, poll):
    with connection.cursor() as cursor:
        cursor.execute("SELECT counts FROM polls_poll")
        before = bytes(cursor.fetchone()[0])
        services.vote(ben, poll, 1)
        cursor.execute("SELECT counts FROM polls_poll")
        after = bytes(cursor.fetchone()[0])

    assert len(before) == len(after)
    assert json.dumps([0, 1, 0]).encode() not in after


def test_the_result_is_there_after_ones_vote_from_five_on_and_by_fives(db, post, poll, voters):
    for each in voters[:4]:
        services.vote(each, poll, 0)
    assert (seen(voters[0], post).shows_result, seen(voters[0], post).total) == (True, 0)
    services.vote(voters[4], poll, 2)

    assert seen(voters[5], post).total == 0
    assert counts(voters[5], post) == [None] * 3
    assert counts(voters[0], post) == [4, 0, 1]
    services.vote(voters[5], poll, 1)
    assert counts(voters[5], post) == [4, 0, 1]
    close(poll)
    assert counts(None, post) == [4, 1, 1]


def test_a_poll_of_few_never_shows_who_chose_what(db, ada, post, poll, voters):
    for each in voters[:4]:
        services.vote(each, poll, 0)
    close(poll)

    assert (seen(ada, post).total, counts(ada, post)) == (0, [None] * 3)


def test_who_cannot_write_in_the_group_cannot_vote(db, ada, ben, post, poll):
    Membership.objects.create(group=post.group, account=ben, standing=Standing.PUT_OUT)

    with pytest.raises(NotThere):
        services.vote(ben, poll, 0)
    assert not seen(ben, post).may_vote
    assert not seen(None, post).may_vote


def test_a_closed_groups_poll_is_for_its_members(db, ada, ben):
    group = founding.found_group(ada, Wording("Few", "For few."), Sort(Openness.INVITED))
    group = Group.objects.get(pk=group.pk)
    moderation.trust([ada.pk])
    post = groups.write_post(ada, group, title="", text="Tea?", client_key="k")
    services.ask(ada, post, ["Tea", "Coffee"], days=7)

    with pytest.raises(NotThere):
        access.get_poll_for(ben, group.slug, post.pk)


def test_closed_polls_and_answers_that_are_none_are_refused(db, ben, poll):
    for option in (-1, 3):
        with pytest.raises(Refused):
            services.vote(ben, poll, option)
    close(poll)
    with pytest.raises(Refused):
        services.vote(ben, poll, 0)


def test_votes_stay_counted_when_accounts_are_gone(db, post, poll, voters):
    for each in voters[:5]:
        services.vote(each, poll, 0)
    voters[0].delete()

    assert counts(voters[1], post) == [5, 0, 0]
    assert Voter.objects.count() == 4


def test_a_poll_goes_with_its_post_and_its_key_with_it(
    db, ada, ben, post, poll, django_capture_on_commit_callbacks
):
    services.vote(ben, poll, 0)
    with django_capture_on_commit_callbacks(execute=True):
        groups.erase_post(ada, post)

    assert not Poll.objects.exists()
    assert not Voter.objects.exists()
    assert vault.key_of(KeyOwner("polls.Poll", poll.pk)) is None


def test_a_poll_says_nothing_once_its_authors_key_is_gone(db, ada, ben, post, poll):
    vault.shred(KeyOwner("accounts.Account", ada.pk))

    assert seen(ben, Post.objects.get()) is None


def test_only_its_author_takes_a_poll_away(db, ada, ben, poll):
    with pytest.raises(NotThere):
        services.take_away(ben, poll)
    services.take_away(ada, poll)
    assert not Poll.objects.exists()


def test_a_vote_in_a_poll_that_was_just_taken_away_finds_none(db, ada, ben, poll):
    services.take_away(ada, Poll.objects.get(pk=poll.pk))

    with pytest.raises(NotThere):
        services.vote(ben, poll, 0)


def test_a_report_of_a_post_holds_the_answers_of_its_poll(db, ben, post, poll):
    moderation.report(ben, kind="post", item_id=post.pk, why="hate")

    assert Report.objects.get().evidence["text"] == "Tea or coffee?\n\nTea\nCoffee\nNeither"


def test_a_page_of_many_polls_asks_as_much_as_one_of_few(db, ada, ben, post, poll):
    moderation.trust([ben.pk])

    def asked():
        posts = list(Post.objects.select_related("group"))
        with CaptureQueriesContext(connection) as found:
            slots.below(ada, posts)
        return len(found)

    second = groups.write_post(ben, post.group, title="", text="More", client_key="k")
    services.ask(ben, second, ["Yes", "No"], days=7)
    before = asked()
    for _number in range(3):
        more = groups.write_post(ben, post.group, title="", text="More", client_key=uuid4().hex)
        services.ask(ben, more, ["Yes", "No"], days=7)

    assert asked() == before


@pytest.mark.django_db(transaction=True)
def test_votes_at_once_are_all_counted_and_one_account_votes_once(poll, voters):
    acts = [lambda each=each: services.vote(each, poll, 0) for each in voters[:4]]

    refused = at_once(*acts, *acts)

    poll.refresh_from_db()
    assert (refused, poll.counts, poll.votes, Voter.objects.count()) == ([], [4, 0, 0], 4, 4)


@pytest.mark.django_db(transaction=True)
def test_two_polls_below_one_post_at_once_are_one(ada, post):
    assert at_once(*[lambda: services.ask(ada, post, ["Tea", "Coffee"], days=7)] * 3) == []
    assert Poll.objects.count() == 1
