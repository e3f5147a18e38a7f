"""docs/rules/audit.md: whoever looks after a group decides on record, and learns nothing by it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from positivesocials.audit import selectors as audit
from positivesocials.audit.models import TENDING, AuditRecord, Verb
from positivesocials.core.refusals import Refused
from positivesocials.groups import closing, services, tending
from positivesocials.groups.models import Membership, Openness, Removal, Standing
from positivesocials.groups.tests.test_tending import found, masked, row
from positivesocials.moderation import services as moderation
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db
DECIDED, LOOKED = "/decided/", "/who-looked/"


@pytest.fixture
def group(ada, ben, cleo):
    """Ada's, for members only; Ben and Cleo belong to it."""
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    group = found(ada)
    for account in (ben, cleo):
        services.join_group(account, group)
    return group


def named(account, group):
    return services.write_post(account, group, title="", text="hello", client_key=uuid4().hex)


def verbs(account):
    return [record.verb for record in reversed(audit.records_about(account.pk))]


def test_each_decision_is_one_record_in_the_role_of_who_looks_after_the_group(ada, ben, cleo, group):
    post, his = named(cleo, group), named(ben, group)
    reply = services.reply_to_post(
        ben, post, persona_id=his.persona_id, text="No!", parent_id=None, client_key="r"
    )
    tending.remove_post(ada, his, reason="One")
    tending.remove_reply(ada, post, reply, reason="Two")
    tending.put_out(ada, row(cleo, group), reason="Three")
    tending.let_back(ada, row(cleo, group))
    closing.close_group(ada, group)

    records = list(AuditRecord.objects.order_by("number"))
    assert [record.verb for record in records] == ["remove", "remove", "put-out", "let-back", "close-group"]
    assert [record.item_kind for record in records] == ["post", "reply", "group", "group", "group"]
    assert [record.reason for record in records] == ["One", "Two", "Three", None, None]
    assert {(record.actor_id, record.actor_role) for record in records} == {(ada.pk, TENDING)}
    assert audit.first_broken() is None


def test_who_is_put_out_with_an_alias_has_both_on_record_and_being_let_back(ada, ben, group):
    tending.remove_post(ada, masked(ben, group), reason="One", puts_out=True)
    tending.let_author_back(ada, Removal.objects.get())

    assert verbs(ben) == [Verb.REMOVE, Verb.PUT_OUT, Verb.LET_BACK]


def test_who_tends_the_group_is_not_on_record_as_put_out(ada, ben, group):
    Membership.objects.filter(account=ben).update(standing=Standing.MODERATOR)
    tending.remove_post(ada, masked(ben, group), reason="One", puts_out=True)

    assert verbs(ben) == [Verb.REMOVE]


def test_its_author_reads_what_and_why_and_not_who(ada, ben, cleo, group, signed_in):
    tending.remove_post(ada, masked(ben, group), reason="Names a street")

    shown = signed_in(ben).get(LOOKED).text
    assert [
        word for word in ("Decided: removed", "Names a street", "Looks after the group") if word not in shown
    ] == []
    assert "Ada" not in shown
    for other in (ada, cleo):
        assert "Nobody has looked" in signed_in(other).get(LOOKED).text


def test_moderators_of_the_site_see_who_decided_and_nothing_of_whom(ada, ben, mo, group, signed_in):
    tending.remove_post(ada, masked(ben, group), reason="Names a street", puts_out=True)

    shown = signed_in(mo).get(DECIDED).text
    assert [word for word in ("Ada", "Quiet marigolds", "Decided: put out") if word not in shown] == []
    unseen = ("Ben", str(ben.pk), "Quiet Heron", "as nobody", "Names a street")
    assert [word for word in unseen if word in shown] == []
    for other in (ada, ben):
        assert signed_in(other).get(DECIDED).status_code == 404


def test_a_group_of_the_invited_stays_unnamed(ada, ben, mo, signed_in):
    closing.close_group(ada, found(ada, Openness.INVITED))

    shown = signed_in(mo).get(DECIDED).text
    assert "Closed a group" in shown
    assert "Quiet marigolds" not in shown


def test_a_moderator_learns_neither_who_removed_their_own_nor_of_somebody_who_blocked_them(
    ada, ben, mo, olu, group, signed_in
):
    moderation.trust([mo.pk])
    services.join_group(mo, group)
    tending.remove_post(ada, masked(mo, group), reason="One")
    safety.block(ben, [olu.pk])
    tending.remove_post(ada, masked(ben, group), reason="Two")

    assert signed_in(mo).get(DECIDED).text.count("Decided: removed") == 1
    assert signed_in(olu).get(DECIDED).text.count("Decided: removed") == 1
    assert "Ada" not in signed_in(mo).get(LOOKED).text


def test_the_case_says_why_it_was_removed_before(ada, ben, mo, group, signed_in):
    post = masked(ben, group)
    tending.remove_post(ada, post, reason="Names a street")
    tending.appeal(ben, Removal.objects.get())

    shown = signed_in(mo).get(f"/queue/post/{post.pk}/").text
    assert "Names a street" in shown
    assert "Looks after the group" in shown
    assert [name for name in ("Ada", "Ben") if name in shown] == []


def test_a_removal_that_fails_leaves_no_record(ada, ben, group):
    post = masked(ben, group)
    tending.remove_post(ada, post, reason="One")
    services.erase_post(ben, post)
    with pytest.raises(Refused):
        tending.remove_post(ada, post, reason="Two")

    assert verbs(ben) == [Verb.REMOVE]


def test_the_list_asks_the_same_however_long_it_is(ada, ben, mo, group, signed_in):
    browser, counts = signed_in(mo), []
    for many in (1, 8):
        for _ in range(many):
            tending.remove_post(ada, masked(ben, group), reason="One")
        browser.get(DECIDED)
        with CaptureQueriesContext(connection) as asked:
            browser.get(DECIDED)
        counts.append(len(asked))

    assert counts[0] == counts[1]
