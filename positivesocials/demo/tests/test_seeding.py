from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.asking import access as asking
from positivesocials.asking.models import Question
from positivesocials.demo import material, services
from positivesocials.demo.services.people import account_of, own_profile, profile_called
from positivesocials.groups.models import Group, Post
from positivesocials.hosts import access as hosts
from positivesocials.hosts.models import Host
from positivesocials.matching import access as meeting
from positivesocials.matching import answers, common, today
from positivesocials.matching import selectors as matching
from positivesocials.matching import services as matching_services
from positivesocials.matching.access import Me
from positivesocials.matching.models import Answers, Mode
from positivesocials.membership import selectors as membership
from positivesocials.messaging import selectors as messaging
from positivesocials.messaging.models import Message
from positivesocials.moderation import selectors as moderation
from positivesocials.notifications.models import Notice, OutgoingMail
from positivesocials.profiles import check_reads, places
from positivesocials.profiles import selectors as profile_selectors
from positivesocials.replies.models import Reply

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model.__module__.startswith("positivesocials.")]
    return {model._meta.label: model._default_manager.count() for model in models}


def everyone() -> int:
    return len(material.people()) + 2 * len(material.couples())


def test_seeding_again_changes_nothing(community):
    before = counts()

    assert services.seed(lambda: None) is False
    assert counts() == before


def test_invented_people_have_no_password_and_no_address(community):
    people = Account.objects.filter(is_demo=True)

    assert people.count() == everyone() >= 60
    assert not any(account.has_usable_password() or account.handle or account.address for account in people)
    assert not OutgoingMail.objects.exists()


def test_some_were_checked_and_some_wait_for_the_moderator(community):
    checked = [check_reads.checked_at(profile_called(key)) for key in ("okapi-and-lumen", "quiet-heron")]

    assert [at is not None for at in checked] == [True, False]
    assert len(check_reads.lines_for(account_of("lantern-keeper"))) == 2
    assert [wish.who.name for wish in check_reads.wishes_to(account_of("quiet-heron"))] == ["Foxglove Radio"]


def test_the_public_count_is_the_true_count_of_the_demo(community):
    assert membership.public_count().members == everyone()


def test_people_and_couples_answered_questions_that_are_asked(community):
    given = material.answers()
    kept = {key: answers.from_dict(raw) for key, raw in given.items()}
    one = own_profile("quiet-heron")
    alike = [common.common(one, own_profile(key), "friends").count for key in ("juniper", "inkcap")]

    assert {key: len(raw) for key, raw in given.items()} == {key: len(read) for key, read in kept.items()}
    assert Answers.objects.count() == len(given)
    assert max(alike) >= common.ENOUGH_FOR_A_NUMBER


def test_what_people_wrote_lies_in_the_past(community):
    now = timezone.now()

    written = len(material.posts()) + sum(len(group["posts"]) for group in material.groups())
    assert Post.objects.filter(written_at__lt=now).count() == written
    assert not Reply.objects.filter(written_at__gt=now).exists()
    assert not Message.objects.filter(sent_at__gt=now).exists()
    assert Post.objects.earliest("written_at").written_at < now - timedelta(days=30)


def test_some_groups_are_not_for_everybody(community):
    heron, okapi, stranger = (account_of(key) for key in ("quiet-heron", "okapi", "marzipan"))
    readable = {who: Group.objects.readable_by(who).count() for who in (None, stranger, okapi, heron)}

    assert readable == {None: 4, stranger: 4, okapi: 5, heron: 5}
    assert Group.objects.filter(opened_at=None).count() == 1
    assert {notice.kind for notice in Notice.objects.filter(account=okapi, seen_at=None)} >= {"group-asking"}


def test_questions_are_answered_by_who_was_checked_and_one_waits(community):
    nurse = account_of(material.asking()["professional"]["person"])

    assert (Question.objects.public().count(), Question.objects.waiting().count()) == (2, 1)
    assert asking.is_professional(nurse)
    assert hosts.is_host(account_of("juniper"))
    assert Host.objects.asking().count() == 1


def test_some_conversations_wait_to_be_read(community):
    assert messaging.unread_count(account_of("quiet-heron")) == 1
    assert messaging.unread_count(account_of("lumen")) > 0
    assert messaging.unread_count(account_of("juniper")) == 0


def test_likes_wait_for_the_newly_diagnosed_woman(community):
    me = meeting.Me(profile_called("quiet-heron"))

    assert len(matching.likers(me, "friends")) >= 3


def test_the_queue_holds_first_posts_guests_and_reports(community):
    queue = moderation.queue_for(account_of("lantern-keeper"), show="")

    assert (queue.held, queue.reported) == (2, 2)


def test_a_newcomer_of_any_country_finds_at_least_ten_people(community, ada):
    me = profile_selectors.profile_of(ada)
    assert me is not None
    matching_services.save_preferences(me, "friends", {"on": True})
    thin = {}

    for country in places.countries():
        place = places.towns(country)[0].cell
        # Past the service: it lets nobody move as often as this.
        me.facets = {"place": place}
        me.save(update_fields=["facets"])
        found = len(matching.in_order(matching.around(meeting.Me(me), "friends")))
        if found < 10:
            thin[country] = found

    assert thin == {}


def test_the_pages_about_the_site_name_someone_invented(community, client):
    page = client.get("/who-runs-this/").content.decode()

    assert "(invented)" in page
    assert "not filled in yet" not in page


def test_everyone_who_looks_for_friends_is_introduced_to_somebody(community):
    faces = [Me(own_profile(key)) for key in ("quiet-heron", "juniper", "lumen")]

    shown = [today.introduced_to(me, Mode.FRIENDS).cards for me in faces if me.side.wish(Mode.FRIENDS).on]

    assert shown
    assert all(0 < len(cards) <= 10 for cards in shown)
