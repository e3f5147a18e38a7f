"""docs/rules/audit.md: every look of the staff is on record, and the member concerned reads it."""

import pytest

from positivesocials.accounts import services as accounts
from positivesocials.audit import selectors as audit
from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import Refused
from positivesocials.matching import services as matching
from positivesocials.moderation import services
from positivesocials.moderation.models import WrittenBy
from positivesocials.profiles import selectors as profiles
from positivesocials.safety import services as safety


def profile_id(account):
    return profile_of(account).pk


def profile_of(account):
    return profiles.own_profiles(account)[0]


@pytest.fixture
def case(ada, ben):
    """The address of a case: Ben has reported Ada's profile."""
    item_id = profile_id(ada)
    for account in (ada, ben):
        matching.save_preferences(profile_of(account), "friends", {"on": True})
    services.report(ben, kind="profile", item_id=item_id, why="spam", note="Look at the second line.")
    return f"/queue/profile/{item_id}/"


def verbs(account):
    return [record.verb for record in audit.records_about(account.pk)]


def test_every_opening_of_a_case_is_one_record(case, ada, mo, signed_in):
    for _ in range(3):
        assert signed_in(mo).get(case).status_code == 200

    assert verbs(ada) == [Verb.READ_REPORTED] * 3
    assert {record.actor_id for record in audit.records_about(ada.pk)} == {mo.pk}


def test_one_look_at_what_two_wrote_is_on_record_for_each(case, ada, eli, mo, signed_in):
    WrittenBy.objects.create(kind="profile", item_id=profile_id(ada), account=eli)

    signed_in(mo).get(case)

    assert verbs(ada) == verbs(eli) == [Verb.READ_REPORTED]
    assert audit.first_broken() is None


def test_a_case_shown_again_after_a_missing_reason_is_a_look(case, ada, mo, signed_in):
    assert signed_in(mo).post(f"{case}remove/", {"reason": ""}).status_code == 200

    assert verbs(ada) == [Verb.READ_REPORTED]


def test_the_queue_shows_no_words_and_is_no_look(case, mo, signed_in):
    assert signed_in(mo).get("/queue/").status_code == 200

    assert not AuditRecord.objects.exists()


def test_decisions_are_on_record_once(case, ada, mo, olu, signed_in):
    signed_in(mo).post(f"{case}no-action/")
    with pytest.raises(Refused):
        services.leave_standing(olu, kind="profile", item_id=profile_id(ada))

    assert verbs(ada) == [Verb.LEAVE]


def test_a_removal_carries_its_reason(case, ada, mo, signed_in):
    signed_in(mo).post(f"{case}remove/", {"reason": "It sells things."})

    page = signed_in(ada).get("/who-looked/").text
    assert "Decided: removed" in page
    assert "It sells things." in page


def test_asking_for_what_is_no_case_is_on_record(mo, ada, signed_in):
    item_id = profile_id(ada)

    assert signed_in(mo).get(f"/queue/profile/{item_id}/").status_code == 404
    assert signed_in(mo).get(f"/queue/{'x' * 50}/{item_id}/").status_code == 404

    assert list(AuditRecord.objects.values_list("verb", "item_id")) == [(Verb.REFUSED, item_id)] * 2


def test_a_member_is_told_who_when_and_why(case, ada, mo, signed_in):
    signed_in(mo).get(case)

    page = signed_in(ada).get("/who-looked/").text

    assert "Read it, because it was reported" in page
    assert "About: Profile" in page
    assert "Mo" in page
    assert "Moderator" in page


def test_the_page_says_nothing_of_other_members(case, ada, ben, cleo, mo, signed_in):
    signed_in(mo).get(case)

    assert "Ben" not in signed_in(ada).get("/who-looked/").text
    assert "second line" not in signed_in(ada).get("/who-looked/").text
    for other in (ben, cleo, mo):
        assert "Nobody has looked" in signed_in(other).get("/who-looked/").text


def test_a_blocked_moderator_keeps_only_the_role(case, ada, make_member, signed_in):
    keeper = make_member("Quentin", role="moderator")
    signed_in(keeper).get(case)
    safety.block(ada, [keeper.pk])

    page = signed_in(ada).get("/who-looked/").text
    assert "Moderator" in page
    assert "Quentin" not in page


def test_an_erased_moderator_keeps_only_the_role(case, ada, mo, signed_in):
    signed_in(mo).get(case)
    mo.delete()

    assert "Moderator" in signed_in(ada).get("/who-looked/").text


def test_the_list_asks_the_same_however_long_it_is(case, ada, mo, signed_in, django_assert_max_num_queries):
    for _ in range(12):
        signed_in(mo).get(case)
    browser = signed_in(ada)
    browser.get("/who-looked/")

    with django_assert_max_num_queries(25):
        browser.get("/who-looked/")


def test_guests_log_in_first(client, db):
    assert client.get("/who-looked/").status_code == 302


def test_a_role_given_at_the_console_is_on_record(ada, signed_in):
    accounts.create_staff(address="ada@example.org", role="moderator")

    page = signed_in(ada).get("/who-looked/").text
    assert "Gave this account a role" in page
    assert "Whoever runs the server" in page
    assert audit.first_broken() is None
