"""Those who look after a group decide who comes in and what stands there, and see nobody behind an alias."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, founding, inviting, services, tending, tending_access
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import (
    Group,
    Invitation,
    Membership,
    Openness,
    Removal,
    SeenAs,
    Standing,
)
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import State
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(ada, ben, cleo):
    """Ada's, for members only; nobody's post is held."""
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    return found(ada)


def found(founder, openness=Openness.MEMBERS, **words):
    group = founding.found_group(founder, Wording("Quiet marigolds", "For few.", **words), Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def row(account, group):
    return Membership.objects.get(account=account, group=group)


def masked(account, group, text="as nobody"):
    said = {"alias": "Quiet Heron", "salt": "0" * 16, "title": "", "text": text}
    return services.write_post_as_alias(account, group, **said, client_key=uuid4().hex)


def page(browser, group):
    return browser.get(reverse("groups:tend-group", args=[group.slug])).text


def address(route, *args):
    return reverse(f"groups:{route}", args=args)


def post(browser, route, *args, **body):
    return browser.post(address(route, *args), body, follow=True)


def test_who_asks_is_seen_by_name_with_answers_and_let_in(ada, ben, signed_in):
    group = found(ada, questions="What brings you here?")
    services.join_group(ben, group, ["A friend of marigolds"])
    shown = page(signed_in(ada), group)

    assert "Ben" in shown
    assert "A friend of marigolds" in shown
    assert [leak for leak in (str(ben.pk), str(ben.address), "ben@") if leak in shown] == []
    post(signed_in(ada), "let-in", group.slug, row(ben, group).pk)

    assert access.may_read(ben, group)
    assert row(ben, group).answers is None
    assert Notice.objects.filter(account=ben, kind="group", target=row(ben, group).pk).exists()


def test_who_answers_nothing_reads_which_question_waits_before_the_rules(ada, ben, signed_in):
    group = found(ada, questions="What brings you here?\nWho told you?")
    shown = post(signed_in(ben), "join-group", group.slug, answer_0="Marigolds").text

    assert "Answer: Who told you?" in shown
    assert "Answer: What brings you here?" not in shown
    assert shown.index("Answer: Who told you?") < shown.index("Tick this to join.")


def test_who_is_declined_is_told_kindly_and_may_ask_again(ada, ben, signed_in):
    group = found(ada, questions="What brings you here?")
    services.join_group(ben, group, ["Let me in"])
    tending.decline(ada, row(ben, group))

    assert not access.may_read(ben, group)
    shown = signed_in(ben).get(reverse("groups:show-standing", args=[row(ben, group).pk])).text
    assert "says nothing about you" in shown
    assert services.join_group(ben, group, ["Please"]) == Standing.ASKING


def test_those_who_tend_are_told_that_somebody_asks(ada, ben):
    group = found(ada, questions="What brings you here?")
    services.join_group(ben, group, ["A friend"])

    assert [notice.account for notice in Notice.objects.filter(kind="group-asking")] == [ada]


def test_a_decision_is_made_once(ada, ben):
    group = found(ada, questions="Why?")
    services.join_group(ben, group, ["Because"])
    asker = row(ben, group)
    tending.let_in(ada, asker)

    with pytest.raises(Refused, match="already decided"):
        tending.decline(ada, asker)


def test_members_see_no_list_and_cannot_decide(ada, ben, cleo, group, signed_in):
    services.join_group(ben, group)
    services.join_group(cleo, group)

    assert signed_in(ben).get(reverse("groups:tend-group", args=[group.slug])).status_code == 404
    with pytest.raises(NotThere):
        tending.put_out(ben, row(cleo, group), reason="No")
    assert "Cleo" not in signed_in(ben).get(reverse("groups:show-group", args=[group.slug])).text


def test_nobody_is_listed_in_an_open_group(ada, ben, signed_in):
    group = found(ada, Openness.OPEN)
    services.join_group(ben, group)

    assert "Ben" not in page(signed_in(ada), group)


def test_who_is_put_out_by_name_reads_why_and_can_be_let_back(ada, ben, group, signed_in):
    services.join_group(ben, group)
    own = row(ben, group)
    post(signed_in(ada), "put-out", group.slug, own.pk, reason="Rule two, twice")

    assert not access.may_read(ben, group)
    shown = signed_in(ben).get(reverse("groups:show-standing", args=[own.pk])).text
    assert "Rule two, twice" in shown
    with pytest.raises(Refused, match="cannot join"):
        services.join_group(ben, group)
    post(signed_in(ada), "let-back", group.slug, own.pk)
    assert access.may_read(ben, group)


def test_nobody_puts_out_the_founder_or_somebody_who_tends_it_with_them(ada, ben, cleo, group):
    for account in (ben, cleo):
        services.join_group(account, group)
        Membership.objects.filter(account=account).update(standing=Standing.MODERATOR)

    for other in (ada, cleo, ben):
        with pytest.raises(NotThere):
            tending_access.get_member_for(ben, group.slug, row(other, group).pk)
    assert tending_access.get_member_for(ada, group.slug, row(ben, group).pk)


def test_the_founder_asks_for_help_and_takes_it_back(ada, ben, group, signed_in):
    services.join_group(ben, group)
    own = row(ben, group)
    post(signed_in(ada), "ask-to-tend", group.slug, own.pk)
    assert not access.may_tend(ben, group)

    assert "Will you help" in signed_in(ben).get(reverse("groups:show-standing", args=[own.pk])).text
    post(signed_in(ben), "agree-to-tend", own.pk)
    assert access.may_tend(ben, group)
    post(signed_in(ada), "take-back", group.slug, own.pk)
    assert row(ben, group).standing == Standing.MEMBER


def test_in_an_open_group_help_is_asked_for_from_a_post_under_a_name(ada, ben, signed_in):
    moderation.trust([ben.pk])
    group = found(ada, Openness.OPEN)
    named = services.write_post(ben, group, title="", text="me", client_key=uuid4().hex)

    assert post(signed_in(ben), "ask-author", group.slug, named.pk).status_code == 404
    assert post(signed_in(ada), "ask-author", group.slug, masked(ben, group).pk).status_code == 404
    post(signed_in(ada), "ask-author", group.slug, named.pk)
    assert "asked to help" in page(signed_in(ada), group)
    tending.agree_to_tend(ben, row(ben, group))
    assert access.may_tend(ben, group)


def test_who_was_not_asked_does_not_tend(ben, group):
    services.join_group(ben, group)

    with pytest.raises(NotThere):
        tending.agree_to_tend(ben, row(ben, group))


def test_a_post_is_removed_with_a_reason_that_its_author_alone_reads(ada, ben, cleo, group, signed_in):
    for account in (ben, cleo):
        services.join_group(account, group)
    his = masked(ben, group)
    post(signed_in(ada), "remove-post", group.slug, his.pk, reason="Names a street")

    there = address("show-post", group.slug, his.pk)
    assert "Names a street" in signed_in(ben).get(there).text
    for other in (ada, cleo):
        shown = signed_in(other).get(there).text
        assert "removed by a moderator" in shown
        assert [leak for leak in ("Names a street", "as nobody", "Quiet Heron") if leak in shown] == []


def test_its_author_may_ask_the_moderators_of_the_site_once(ada, ben, mo, group):
    services.join_group(ben, group)
    his = masked(ben, group)
    tending.remove_post(ada, his, reason="I do not like it")
    tending.appeal(ben, Removal.objects.get())

    with pytest.raises(Refused, match="asked for this before"):
        tending.appeal(ben, Removal.objects.get())
    moderation.approve(mo, kind="post", item_id=his.pk)
    his.refresh_from_db()
    assert his.state == State.PUBLIC
    with pytest.raises(Refused, match="let it stand"):
        tending.remove_post(ada, his, reason="Still not")


def test_only_its_author_asks_for_that(ada, ben, cleo, group, signed_in):
    services.join_group(ben, group)
    services.join_group(cleo, group)
    his = masked(ben, group)
    tending.remove_post(ada, his, reason="No")

    for other in (ada, cleo):
        assert post(signed_in(other), "appeal", group.slug, Removal.objects.get().pk).status_code == 404
    assert post(signed_in(ben), "appeal", group.slug, Removal.objects.get().pk).status_code == 200


def test_replies_are_removed_in_the_same_way(ada, ben, cleo, mo, group, signed_in):
    for account in (ben, cleo):
        services.join_group(account, group)
    hers = masked(cleo, group)
    said = {"persona_id": ben.profile.persona_id, "parent_id": None, "client_key": uuid4().hex}
    reply = services.reply_to_post(ben, hers, text="below the belt", **said)
    assert "below the belt" in signed_in(ada).get(address("list-replies", group.slug, hers.pk)).text
    assert signed_in(cleo).get(address("list-replies", group.slug, hers.pk)).status_code == 404
    post(signed_in(ada), "remove-reply", group.slug, hers.pk, reply.pk, reason="Rule one", puts_out="on")

    assert "below the belt" not in signed_in(cleo).get(address("show-post", group.slug, hers.pk)).text
    assert access.standing_of(ben, group) == Standing.PUT_OUT
    shown = signed_in(ben).get(address("show-standing", row(ben, group).pk)).text
    assert "below the belt" in shown
    assert "Rule one" in shown
    tending.appeal(ben, Removal.objects.get())
    moderation.approve(mo, kind="reply", item_id=reply.pk)
    assert "below the belt" in signed_in(cleo).get(address("show-post", group.slug, hers.pk)).text


def test_who_is_put_out_behind_an_alias_stays_in_every_list(ada, ben, cleo, group, signed_in):
    for account in (ben, cleo):
        services.join_group(account, group)
    before = page(signed_in(ada), group)
    his = masked(ben, group)
    post(signed_in(ada), "remove-post", group.slug, his.pk, reason="Enough", puts_out="on")

    assert access.standing_of(ben, group) == Standing.PUT_OUT
    assert not access.may_read(ben, group)
    after = page(signed_in(ada), group)
    for name, account in (("Ben", ben), ("Cleo", cleo)):
        assert before.count(name) == after.count(name)
        assert str(row(account, group).pk) in after
    assert "Somebody who wrote as <bdi>Quiet Heron</bdi>" in after


@pytest.mark.parametrize("blocker", ["ada", "ben"])
def test_no_list_of_who_tends_a_group_tells_by_a_block_whose_an_alias_is(
    ada, ben, cleo, make_member, signed_in, blocker
):
    group = found(ada, questions="What brings you here?")
    for member, standing in ((ben, "member"), (cleo, "asking"), (make_member("Gus"), "out")):
        Membership.objects.create(group=group, account=member, standing=standing)
        before = names_in(page(signed_in(ada), group))
        pair = (ada, member) if member == cleo or blocker == "ada" else (member, ada)
        safety.block(pair[0], [pair[1].pk], shown_as="Quiet Heron")

        assert names_in(page(signed_in(ada), group)) == before
    post(signed_in(ada), "let-in", group.slug, row(cleo, group).pk)
    post(signed_in(ada), "put-out", group.slug, row(ben, group).pk, reason="Unkind")

    assert (row(cleo, group).standing, row(ben, group).standing) == (Standing.MEMBER, Standing.PUT_OUT)


def names_in(shown):
    return {name for name in ("Ada", "Ben", "Cleo", "Gus") if f">{name}<" in shown}


def test_to_ask_the_one_behind_the_alias_for_help_looks_as_with_anybody(ada, ben, cleo, group, signed_in):
    for account in (ben, cleo):
        services.join_group(account, group)
    tending.remove_post(ada, masked(ben, group), reason="Enough", puts_out=True)
    for account in (ben, cleo):
        post(signed_in(ada), "ask-to-tend", group.slug, row(account, group).pk)

    assert page(signed_in(ada), group).count("asked to help") == 2
    with pytest.raises(NotThere):
        tending.agree_to_tend(ben, row(ben, group))


def test_who_was_put_out_behind_an_alias_is_let_back_by_it(ada, ben, group, signed_in):
    services.join_group(ben, group)
    tending.remove_post(ada, masked(ben, group), reason="Enough", puts_out=True)
    post(signed_in(ada), "let-author-back", group.slug, Removal.objects.get().pk)

    assert access.may_read(ben, group)
    assert "Somebody who wrote as" not in page(signed_in(ada), group)


def test_who_did_not_belong_when_put_out_appears_in_no_list(ada, ben, group, signed_in):
    services.join_group(ben, group)
    his = masked(ben, group)
    services.leave_group(ben, group)
    tending.remove_post(ada, his, reason="Enough", puts_out=True)

    assert row(ben, group).seen_as == SeenAs.NOBODY
    assert "Ben" not in page(signed_in(ada), group)


def test_to_let_somebody_back_by_name_does_not_bring_back_their_alias(ada, ben, group):
    services.join_group(ben, group)
    tending.remove_post(ada, masked(ben, group), reason="Enough", puts_out=True)
    tending.put_out(ada, row(ben, group), reason="Rule two")
    tending.let_back(ada, row(ben, group))

    assert access.standing_of(ben, group) == Standing.PUT_OUT
    tending.let_author_back(ada, Removal.objects.get())
    assert access.standing_of(ben, group) == Standing.MEMBER


def test_whoever_tends_the_group_is_not_put_out_by_a_post(ada, ben, group):
    services.join_group(ben, group)
    Membership.objects.filter(account=ben).update(standing=Standing.MODERATOR)
    tending.remove_post(ben, masked(ada, group), reason="Enough", puts_out=True)

    assert access.standing_of(ada, group) == Standing.FOUNDER


def test_a_link_lets_one_person_in_without_questions(ada, ben, cleo, signed_in):
    group = found(ada, Openness.INVITED, questions="Why?")
    shown = post(signed_in(ada), "invite", group.slug).text
    link = shown.partition('readonly value="')[2].partition('"')[0]
    path = link.partition("/groups/")[1] + link.partition("/groups/")[2]

    assert "Quiet marigolds" in signed_in(ben).get(path).text
    assert not Membership.objects.filter(account=ben).exists()
    signed_in(ben).post(path)
    post(signed_in(ben), "join-group", group.slug, accepts="on")
    assert access.may_read(ben, group)
    assert signed_in(cleo).get(path).status_code == 404
    assert not Invitation.objects.exists()


def test_a_guest_learns_nothing_from_a_link(ada, client):
    group = found(ada, Openness.INVITED)
    path = reverse("groups:accept-invitation", args=[inviting.invite(ada, group)])

    assert client.get(path).headers["Location"] == f"/log-in/?next={path}"


def test_a_link_ends_when_taken_back_or_after_a_week(ada, ben, cleo):
    group = found(ada, Openness.INVITED)
    taken, old = inviting.invite(ada, group), inviting.invite(ada, group)
    inviting.revoke(ada, Invitation.objects.get(code_hash=tending_access.hashed(taken)))
    Invitation.objects.update(ends_at=timezone.now())

    for code in (taken, old):
        with pytest.raises(NotThere):
            inviting.accept(ben, code)
    inviting.forget_ended()
    assert not Invitation.objects.exists()


def test_who_was_put_out_does_not_come_back_by_a_link(ada, ben, group):
    services.join_group(ben, group)
    tending.put_out(ada, row(ben, group), reason="Rule two")

    with pytest.raises(NotThere):
        inviting.accept(ben, inviting.invite(ada, group))


def test_the_page_costs_the_same_whatever_its_size(ada, make_member, group, signed_in):
    browser, costs = signed_in(ada), []
    for step in range(2):
        for number in range(4):
            services.join_group(make_member(f"Member{step}{number}"), group)
        page(browser, group)
        with CaptureQueriesContext(connection) as asked:
            page(browser, group)
        costs.append(len(asked))

    assert costs[0] == costs[1]
