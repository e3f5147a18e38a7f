"""Members found groups, give them words and close them; the page of all groups shows what there is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, closing, finding, founding, lists, selectors, services, tending
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, GroupState, Kind, Membership, Openness, Post, Standing
from positivesocials.groups.post_models import Draft
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import Reply, State, Thread

pytestmark = pytest.mark.django_db
WORDS = Wording("Quiet marigolds", "For few.")


def found(founder, openness=Openness.OPEN, *, words=WORDS, **sort):
    group = founding.found_group(founder, words, Sort(openness, **sort))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def sent(**more):
    return {"name": "Marigolds", "about": "For gardeners.", "kind": "topic", "openness": "open",
            "rules": "Be kind.\n\nNo slugs.", **more}  # fmt: skip


def write(account, group, text="Hello"):
    moderation.trust([account.pk])
    return services.write_post(account, group, title="", text=text, client_key=uuid4().hex)


def shown(viewer, part="others", show=""):
    shelf = lists.shelf_for(viewer, show=show, number=1)
    return [line.group for line in getattr(shelf, part)]


def test_what_strangers_will_see_of_a_group_is_read_by_a_moderator_first(ada, ben, mo, signed_in):
    signed_in(ada).post("/groups/found/", sent())
    group = Group.objects.get()

    assert (group.name, group.rule_lines, group.state) == ("Marigolds", ["Be kind.", "No slugs."], "held")
    assert access.standing_of(ada, group) == Standing.FOUNDER
    assert signed_in(ben).get(f"/groups/{group.slug}/").status_code == 404
    assert "Marigolds" not in signed_in(ben).get("/groups/").text
    assert "A moderator reads" in signed_in(ada).get(f"/groups/{group.slug}/").text

    moderation.approve(mo, kind="group", item_id=group.pk)

    assert "1 of 5 has asked for it" in signed_in(ben).get("/groups/").text
    assert Notice.objects.filter(account=ada, kind="group").exists()


def test_a_group_of_the_invited_is_there_at_once_and_waits_for_nobody(ada, ben):
    group = founding.ask_for_group(ada, WORDS, Sort(Openness.INVITED))

    assert group.is_there
    assert group.opened_at
    assert not Hold.objects.exists()
    assert not any(shown(ben, part) for part in ("mine", "others", "asked_for"))


def test_a_moderator_closes_a_group_and_who_founded_it_reads_why(ada, ben, mo, signed_in):
    group = founding.ask_for_group(ada, WORDS, Sort(Openness.OPEN))
    moderation.remove(mo, kind="group", item_id=group.pk, reason="Sells something")
    own = Membership.objects.get(account=ada)

    assert "Sells something" in signed_in(ada).get(f"/groups/standing/{own.pk}/").text
    assert signed_in(ben).get(f"/groups/standing/{own.pk}/").status_code == 404
    assert signed_in(ada).get(f"/groups/{group.slug}/tend/").status_code == 404


def test_nobody_founds_more_than_three_groups_in_a_month(ada):
    for _ in range(founding.MOST):
        founding.ask_for_group(ada, WORDS, Sort(Openness.INVITED))

    with pytest.raises(Refused, match="founded some groups lately"):
        founding.ask_for_group(ada, WORDS, Sort(Openness.INVITED))
    Group.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert founding.ask_for_group(ada, WORDS, Sort(Openness.INVITED))


@pytest.mark.parametrize(
    ("more", "kind", "subject"),
    [
        ({"kind": "circle", "circle": "hsv"}, Kind.CIRCLE, "hsv"),
        ({"kind": "language", "language": "cy", "circle": "hsv"}, Kind.LANGUAGE, "cy"),
        ({"kind": "place", "country": "GB", "town": "Bristol"}, Kind.PLACE, "gb-bristol"),
        ({"kind": "couples", "circle": "hsv"}, Kind.COUPLES, ""),
    ],
)
def test_a_group_is_about_what_its_kind_asks_for(ada, signed_in, more, kind, subject):
    signed_in(ada).post("/groups/found/", sent(**more))

    group = Group.objects.get()
    assert (group.kind, group.subject or "") == (kind, subject)


@pytest.mark.parametrize("kind", ["circle", "language", "place"])
def test_a_kind_with_subjects_needs_one(ada, signed_in, kind):
    answer = signed_in(ada).post("/groups/found/", sent(kind=kind))

    assert "Choose what the group is about" in answer.text
    assert "For gardeners." in answer.text
    assert not Group.objects.exists()


def test_changed_words_are_noted_and_read_by_a_moderator_while_they_stand(ada, ben, mo, signed_in):
    group = found(ada)
    told = {"name": "Marigolds", "about": "For all.", "rules": "Be kind."}
    signed_in(ada).post(f"/groups/{group.slug}/tend/words/", told)

    page = signed_in(ben).get(f"/groups/{group.slug}/").text
    assert "For all." in page
    assert "words of this group were changed" in page
    assert signed_in(ben).post(f"/groups/{group.slug}/tend/words/", told).status_code == 404
    moderation.approve(mo, kind="group", item_id=group.pk)
    assert Group.objects.get().state == GroupState.THERE


def test_others_may_report_a_group_and_who_founded_it_may_not(ada, ben, signed_in):
    group = found(ada)

    assert "Quiet marigolds" in signed_in(ben).get(f"/report/group/{group.pk}/").text
    assert signed_in(ada).get(f"/report/group/{group.pk}/").status_code == 404
    assert "Ada" not in signed_in(ben).get(f"/report/group/{group.pk}/").text


def test_a_closed_group_is_gone_for_everybody_and_removed_after_a_month(ada, ben, signed_in):
    group = found(ada)
    his = write(ben, group)
    services.reply_to_post(
        ben, his, persona_id=his.persona_id, text="So?", parent_id=None, client_key=uuid4().hex
    )
    page = f"/groups/{group.slug}/tend/end/"
    assert "Tick this" in signed_in(ada).post(page, {"sure": ""}).text
    assert signed_in(ben).post(page, {"sure": "on"}).status_code == 404
    signed_in(ada).post(page, {"sure": "on"})

    assert signed_in(ben).get(f"/groups/{group.slug}/").status_code == 404
    with pytest.raises(NotThere):
        access.get_post_for(ben, group.slug, his.pk)
    closing.remove_closed()
    assert Post.objects.exists()
    Group.objects.update(closed_at=timezone.now() - closing.KEEP_CLOSED)
    closing.remove_closed()
    assert not any(model.objects.exists() for model in (Group, Post, Thread, Reply, Membership))


def test_who_founded_a_group_that_is_closed_reads_that_it_is(ada, signed_in):
    group = found(ada)
    closing.close_group(ada, group)
    shown = signed_in(ada).get(f"/groups/{group.slug}/", follow=True).text

    assert "This group is closed" in shown
    assert "Look after it" not in shown


def test_who_belonged_to_a_closed_group_is_told(ada, ben):
    group = found(ada)
    services.join_group(ben, group)
    closing.close_group(ada, group)
    closing.tell_members.func(str(group.pk), str(ada.pk))

    assert [notice.account for notice in Notice.objects.filter(kind="group")] == [ben]


def test_the_heir_of_a_group_is_told(ada, ben):
    group = found(ada)
    services.join_group(ben, group)
    ada.delete()

    assert [notice.account for notice in Notice.objects.filter(kind="group")] == [ben]
    assert access.may_tend(ben, group)


def test_leaving_can_erase_all_that_one_wrote_there(ada, ben, signed_in):
    group, other = found(ada), found(ada)
    mine, elsewhere, hers = write(ben, group, "mine"), write(ben, other, "elsewhere"), write(ada, group)
    said: dict[str, Any] = {"alias": "Quiet Heron", "salt": "0" * 16, "title": "", "text": "as nobody"}
    masked = services.write_post_as_alias(ben, group, **said, client_key="k")
    services.reply_to_post(
        ben, hers, persona_id=mine.persona_id, text="my reply", parent_id=None, client_key="r"
    )
    page = f"/groups/{group.slug}/leave/"
    assert "goes within a day, each alias at its own time" in signed_in(ben).get(page).text
    Draft.objects.create(account=ben, group=group, text="And another thing", kept_at=timezone.now())
    signed_in(ben).post(page, {"erases": "on"})

    assert not access.is_member(ben, group)
    assert not Draft.objects.exists()
    erased = {post.pk for post in Post.objects.filter(state=State.ERASED)}
    assert erased == {mine.pk}
    assert Post.objects.filter(pk__in=[elsewhere.pk, hers.pk, masked.pk], state=State.PUBLIC).count() == 3
    assert [(reply.text, reply.state) for reply in Reply.objects.all()] == [(None, State.ERASED)]


def test_who_was_put_out_of_a_closed_group_can_erase_what_they_wrote(ada, ben, signed_in):
    group = found(ada, Openness.MEMBERS)
    services.join_group(ben, group)
    his = write(ben, group)
    own = Membership.objects.get(account=ben)
    tending.put_out(ada, own, reason="Rule two")
    page = f"/groups/standing/{own.pk}/erase/"
    assert signed_in(ada).post(page).status_code == 404
    assert "Erase all" in signed_in(ben).get(page).text
    signed_in(ben).post(page)

    his.refresh_from_db()
    assert (his.text, his.state) == (None, State.ERASED)


def test_leaving_alone_erases_nothing(ada, ben, signed_in):
    group = found(ada)
    write(ben, group)
    signed_in(ben).post(f"/groups/{group.slug}/leave/")

    assert Post.objects.get().state == State.PUBLIC


def test_newcomers_are_greeted_above_everything_for_two_weeks(ada, ben, signed_in):
    group = found(ada, words=Wording("Tea", "For tea.", greeting="Say hello when you like"))
    services.join_group(ben, group)
    page = f"/groups/{group.slug}/"

    assert "Good that you are here" in signed_in(ben).get(page).text
    assert "Good that you are here" not in signed_in(ada).get(page).text
    Membership.objects.filter(account=ben).update(joined_at=timezone.now() - selectors.NEW)
    shown_later = signed_in(ben).get(page).text
    assert "Good that you are here" not in shown_later
    assert "Say hello when you like" in shown_later


def test_ones_own_groups_stand_first_and_the_others_by_kind(ada, ben):
    own, topic = found(ada), found(ben)
    circle = found(ben, kind=Kind.CIRCLE, subject="hsv")
    asked = founding.found_group(ben, WORDS, Sort(Openness.OPEN))

    assert shown(ada, "mine") == [own]
    assert shown(ada) == [topic, circle]
    assert shown(ada, "asked_for") == [asked]
    assert shown(ada, show="circle") == [circle]
    assert shown(ada, show="mine") == [own]
    assert shown(None) == [own, topic, circle]
    assert not shown(None, "asked_for")


def test_asking_for_a_group_counts_and_opens_it(ada, make_member, signed_in):
    group = founding.found_group(ada, WORDS, Sort(Openness.OPEN))
    others = [make_member(f"Asker{n}") for n in range(founding.ASKERS - 1)]
    for other in others:
        signed_in(other).post(f"/groups/{group.slug}/join/", {"accepts": "on"})

    assert access.may_read(None, Group.objects.get())
    assert str(group.pk) in finding.group_stamps()
    assert Notice.objects.filter(kind="group").count() == founding.ASKERS


def test_the_list_costs_the_same_however_many_groups_there_are(ada, ben, signed_in):
    browser, costs = signed_in(ada), []
    for _ in range(2):
        for openness in (Openness.OPEN, Openness.MEMBERS):
            browser.get(f"/groups/{found(ada, openness).slug}/")
            found(ben, openness)
            founding.found_group(ben, WORDS, Sort(openness))
        browser.get("/groups/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/groups/")
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_many_groups_are_on_several_pages(ada, client):
    for _ in range(lists.A_PAGE + 1):
        found(ada)

    assert "Page 1 of 2" in client.get("/groups/").text
    assert client.get("/groups/?page=2").text.count("<article") == 1
    assert client.get("/groups/?page=nonsense&show=nonsense").status_code == 200
