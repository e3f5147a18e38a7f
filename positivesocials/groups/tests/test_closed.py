"""Groups that are not open: who learns that they exist, who reads them, and what becomes of them."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, closing, finding, founding, lists, services
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Membership, Openness, Post, Standing
from positivesocials.moderation import services as moderation

pytestmark = pytest.mark.django_db


def found(founder, openness=Openness.MEMBERS, **words):
    group = founding.found_group(founder, Wording("Quiet marigolds", "For few.", **words), Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def known_to(viewer):
    shelf = lists.shelf_for(viewer, show="", number=1)
    return [line.group for line in (*shelf.mine, *shelf.others, *shelf.asked_for)]


def write(account, group, text="Only for us"):
    moderation.trust([account.pk])
    return services.write_post(account, group, title="", text=text, client_key=uuid4().hex)


def test_what_is_written_in_a_group_of_members_is_for_them_alone(ada, ben, mo):
    group = found(ada)
    post = write(ada, group)

    for viewer in (None, ben, mo):
        assert not Post.objects.listed_for(viewer).exists()
        with pytest.raises(NotThere):
            access.get_post_for(viewer, group.slug, post.pk)
    services.join_group(ben, group)
    assert access.get_post_for(ben, group.slug, post.pk) == post


def test_guests_learn_of_open_groups_alone_and_members_of_who_invites_them(ada, ben, client):
    closed, secret = found(ada), found(ada, Openness.INVITED)

    assert client.get(reverse("groups:show-group", args=[closed.slug])).status_code == 404
    assert client.get(reverse("groups:show-group", args=[secret.slug])).status_code == 404
    assert set(known_to(ben)) == {closed}
    with pytest.raises(NotThere):
        access.get_group_for(ben, secret.slug)
    Membership.objects.create(group=secret, account=ben, standing=Standing.INVITED)
    assert set(known_to(ben)) == {closed, secret}


def test_the_search_finds_posts_of_closed_groups_for_who_belongs_to_them(ada, ben):
    write(ada, found(ada), "marigolds")

    def found_by(viewer):
        return finding.newest_posts(viewer, limit=10, says=lambda text: text.count("marigolds"), most=5)

    assert [len(found_by(viewer)) for viewer in (ada, ben, None)] == [1, 0, 0]


def test_who_is_asked_first_waits_until_somebody_lets_them_in(ada, ben):
    group = found(ada, questions="What brings you here?")

    assert services.join_group(ben, group, ["A friend"]) == Standing.ASKING

    assert not access.may_read(ben, group)
    assert Membership.objects.get(account=ben).answers == ["A friend"]
    with pytest.raises(NotThere):
        write(ben, group)


def test_who_was_put_out_neither_joins_again_nor_learns_of_a_closed_group(ada, ben):
    group = found(ada)
    services.join_group(ben, group)
    Membership.objects.filter(account=ben).update(standing=Standing.PUT_OUT)

    services.leave_group(ben, group)

    with pytest.raises(Refused, match="cannot join"):
        services.join_group(ben, group)
    with pytest.raises(NotThere):
        access.get_group_for(ben, group.slug)


def test_a_group_opens_when_five_have_asked_for_it(ada, make_member):
    group = founding.found_group(ada, Wording("Gardens", "For gardeners."), Sort(Openness.OPEN))
    others = [make_member(f"Asker{n}") for n in range(founding.ASKERS - 1)]

    for other in others[:-1]:
        services.join_group(other, group)
    assert not access.may_read(ada, group)
    services.join_group(others[-1], group)

    assert access.may_read(None, Group.objects.get(pk=group.pk))


def test_a_group_whose_founder_is_gone_goes_to_who_tends_it_longest(ada, ben, cleo):
    group = found(ada)
    services.join_group(ben, group)
    services.join_group(cleo, group)
    Membership.objects.filter(account=cleo).update(standing=Standing.MODERATOR)

    ada.delete()
    assert access.standing_of(cleo, group) == Standing.FOUNDER
    services.leave_group(cleo, group)
    assert access.standing_of(ben, group) == Standing.FOUNDER
    services.leave_group(ben, group)
    assert not Membership.objects.exists()


def test_a_group_has_one_founder(ada, ben):
    group = found(ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(group=group, account=ben, standing=Standing.FOUNDER)


@pytest.mark.parametrize("openness", [Openness.MEMBERS, Openness.INVITED])
def test_a_group_that_everybody_left_ends_with_what_was_written_in_it(ada, ben, openness):
    group = found(ada, openness)
    Membership.objects.create(group=group, account=ben)
    write(ada, group)

    services.leave_group(ada, group)
    group.refresh_from_db()
    assert group.is_there
    services.leave_group(ben, group)

    group.refresh_from_db()
    assert not group.is_there
    Group.objects.update(closed_at=timezone.now() - closing.KEEP_CLOSED)
    closing.remove_closed()
    assert not Group.objects.exists()
    assert not Post.objects.exists()


def test_an_open_group_that_everybody_left_can_still_be_read(ada):
    group = found(ada, Openness.OPEN)

    services.leave_group(ada, group)

    group.refresh_from_db()
    assert group.is_public
