"""Writing first, and what comes of it: docs/rules/messaging.md."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.matching import services as matching
from positivesocials.matching.models import Mode
from positivesocials.messaging import opener_reads, openers
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message, Opener
from positivesocials.moderation import services as moderation
from positivesocials.profiles import services as profiles
from positivesocials.safety import hidden_words
from positivesocials.safety import services as safety
from tests.normalise import normalised


@pytest.fixture
def first(meets, ada, ben):
    """Ada and Ben fit; the function lets Ada write first."""
    me, other = meets(ada), meets(ben)

    def write(text="Do you know the lamp shop by the canal?", key=None):
        key = key or uuid4().hex
        return openers.write_first(ada, me.profile, other.profile.pk, text=text, client_key=key)

    return write


def page(name, *ids):
    return reverse(f"messaging:{name}", args=ids)


def write_page(account, other):
    return f"{page('write-first', other.profile.pk)}?as={account.profile.pk}"


def post(client, account, other, text="Do you like rain?"):
    return client.post(write_page(account, other), {"text": text, "client_key": str(uuid4())})


def shown(response):
    return response.content.decode()


def test_the_text_stands_among_the_requests_of_the_other(first, ben, signed_in):
    first("The lamp shop by the canal")

    assert "The lamp shop by the canal" in shown(signed_in(ben).get(page("list-requests")))
    assert "The lamp shop" not in shown(signed_in(ben).get(page("list-conversations")))


def test_a_yes_opens_a_conversation_that_begins_with_the_text(first, ada, ben, signed_in):
    opener = first("The lamp shop by the canal")

    response = signed_in(ben).post(page("accept-request", opener.pk))

    assert "The lamp shop by the canal" in shown(signed_in(ada).get(response.url))
    assert openers.conversation_of(ada.profile, ben.profile) is not None


def test_a_yes_twice_is_one_conversation(first, ben):
    opener = first()

    assert openers.accept(ben, opener.pk) == openers.accept(ben, opener.pk)
    assert Message.objects.count() == 1


def test_the_one_who_wrote_sees_the_same_after_a_no_as_after_nothing(first, ada, ben, signed_in):
    opener, browser = first(), signed_in(ada)
    addresses = [page("list-requests"), write_page(ada, ben)]
    before = [normalised(browser.get(address)) for address in addresses]

    openers.decline(ben, opener.pk)

    assert [normalised(browser.get(address)) for address in addresses] == before


def test_after_a_no_the_writers_page_is_as_much_work_as_before(first, ada, ben):
    opener = first()
    with CaptureQueriesContext(connection) as before:
        opener_reads.sent_by(ada)
    openers.decline(ben, opener.pk)

    with CaptureQueriesContext(connection) as after:
        opener_reads.sent_by(ada)

    assert len(after) == len(before)


def test_a_no_takes_it_from_the_requests(first, ben):
    opener = first()

    openers.decline(ben, opener.pk)

    assert opener_reads.received_by(ben) == []
    with pytest.raises(NotThere):
        openers.accept(ben, opener.pk)


@pytest.mark.parametrize("answer", [openers.decline, None])
def test_there_is_no_second_text(first, ben, answer):
    opener = first("One")
    if answer:
        answer(ben, opener.pk)

    with pytest.raises(openers.WrittenAlready):
        first("Two")


def test_taking_it_back_leaves_it_the_only_one(first, ada, ben):
    openers.take_back(ada, first("One").pk)

    assert opener_reads.received_by(ben) == []
    with pytest.raises(openers.WrittenAlready):
        first("Two")


def test_the_same_form_twice_is_one_request(first):
    assert first(key="a" * 32) == first(key="a" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 501,
        "See https://example.org/me",
        "www.example.org",
        "I am on example.com",
        "a@b.org",
        "t.me/me",
    ],
)
def test_a_first_text_is_short_and_only_words(first, text):
    with pytest.raises(Refused):
        first(text)


def test_five_hundred_letters_are_not_too_many(first):
    assert first("x" * 500)


def test_who_does_not_fit_cannot_write(first, ada, cleo):
    with pytest.raises(NotThere):
        openers.write_first(cleo, cleo.profile, ada.profile.pk, text="Hello", client_key=uuid4().hex)


def test_a_match_has_a_conversation_already(meets, ada, ben):
    one, other = meets(ada), meets(ben)
    matching.like(ada, one, ben.profile.pk, mode=Mode.FRIENDS)
    matching.like(ben, other, ada.profile.pk, mode=Mode.FRIENDS)

    with pytest.raises(NotThere):
        openers.write_first(ada, one.profile, ben.profile.pk, text="Hello", client_key=uuid4().hex)


def test_whoever_parted_cannot_write_first(meets, ada, ben):
    one, other = meets(ada), meets(ben)
    matching.like(ada, one, ben.profile.pk, mode=Mode.FRIENDS)
    matching.like(ben, other, ada.profile.pk, mode=Mode.FRIENDS)
    matching.unmatch(one, ben.profile.pk, mode=Mode.FRIENDS)

    with pytest.raises(NotThere):
        openers.write_first(ada, one.profile, ben.profile.pk, text="Hello", client_key=uuid4().hex)


def test_a_match_goes_on_where_a_request_was_accepted(first, meets, ada, ben):
    talk = openers.accept(ben, first().pk)
    matching.like(ada, meets(ada), ben.profile.pk, mode=Mode.FRIENDS)

    match = matching.like(ben, meets(ben), ada.profile.pk, mode=Mode.FRIENDS)

    assert match is not None
    assert match.conversation == talk


def test_two_who_write_at_once_have_one_conversation_with_both_texts(first, ada, ben):
    opener = first("Mine")
    openers.write_first(ben, ben.profile, ada.profile.pk, text="Yours", client_key=uuid4().hex)

    talk = openers.accept(ben, opener.pk)

    assert [m.envelope["text"] for m in Message.objects.filter(conversation=talk).order_by("sent_at")] == [
        "Mine",
        "Yours",
    ]


@pytest.mark.parametrize("column", ["hidden_at", "paused_at"])
def test_a_request_rests_while_its_writer_hides_or_pauses(first, ada, ben, column):
    opener = first()
    type(ada.profile).objects.filter(pk=ada.profile.pk).update(**{column: timezone.now()})

    assert opener_reads.received_by(ben) == []
    with pytest.raises(NotThere):
        openers.accept(ben, opener.pk)


def test_a_block_erases_what_was_written(first, ada, ben):
    first()

    safety.block(ben, [ada.pk])

    assert not Opener.objects.exists()


def test_after_thirty_days_it_is_gone_for_both(first, ada, ben):
    opener = first("The lamp shop")
    Opener.objects.filter(pk=opener.pk).update(sent_at=timezone.now() - timedelta(days=31))

    openers.forget_lapsed()

    assert opener_reads.received_by(ben) == []
    assert [sent.text for sent in opener_reads.sent_by(ada)] == [""]


def test_either_partner_reads_and_answers(meets, couple, ada, eli, fern):
    me, joint = meets(ada), meets(couple(eli, fern))
    opener = openers.write_first(ada, me.profile, joint.profile.pk, text="Hello", client_key=uuid4().hex)

    assert len(opener_reads.received_by(eli)) == len(opener_reads.received_by(fern)) == 1
    openers.accept(fern, opener.pk)
    assert opener_reads.received_by(eli) == []


def test_a_couples_text_names_who_wrote_it(meets, couple, ada, eli, fern, signed_in):
    joint = meets(couple(eli, fern))
    meets(ada)
    openers.write_first(fern, joint.profile, ada.profile.pk, text="Hello", client_key=uuid4().hex)

    assert opener_reads.received_by(ada)[0].by.name == "Fig"
    assert [sent.is_mine for sent in opener_reads.sent_by(eli)] == [False]


def test_when_the_couple_ends_its_requests_are_gone_and_its_conversations_closed(
    meets, couple, ada, cleo, eli, fern
):
    joint = meets(couple(eli, fern))
    meets(ada), meets(cleo)
    sent = [
        openers.write_first(eli, joint.profile, other.profile.pk, text="Hello", client_key=uuid4().hex)
        for other in (ada, cleo)
    ]
    talk = openers.accept(ada, sent[0].pk)

    profiles.end_couple(eli, joint.profile.link_id)

    talk.refresh_from_db()
    assert talk.closed_at is not None
    assert opener_reads.received_by(cleo) == []


def test_a_new_account_writes_to_three_people_a_day(meets, make_member, ada, signed_in):
    meets(ada)
    others = [make_member(f"Other{number}") for number in range(4)]
    for other in others:
        meets(other)

    codes = [post(signed_in(ada), ada, other).status_code for other in others]

    assert codes == [302, 302, 302, 422]


def test_what_was_typed_stays_where_it_was_refused(first, ada, ben, signed_in):
    response = post(signed_in(ada), ada, ben, "Look at example.org")

    assert response.status_code == 422
    assert "Look at example.org" in shown(response)


def test_the_page_of_someone_who_fits_offers_to_write(first, ada, ben, signed_in):
    address = reverse("matching:show-profile", args=[ben.profile.pk])

    assert write_page(ada, ben) in shown(signed_in(ada).get(address))


def test_writing_to_somebody_who_wrote_leads_to_their_text(first, ada, ben, signed_in):
    first()

    assert signed_in(ben).get(write_page(ben, ada)).url == page("list-requests")


def test_a_waiting_request_can_be_reported_and_shows_only_itself(first, ada, ben):
    opener = first("Something mean")

    report = moderation.report(ben, kind="request", item_id=opener.pk, why="harassment")

    assert report.evidence["text"] == "Something mean"
    assert report.evidence["shown_name"] == "Ada"


def test_a_removed_request_is_gone_for_both(first, ada, ben, mo):
    opener = first("Something mean")
    moderation.report(ben, kind="request", item_id=opener.pk, why="harassment")

    moderation.remove(mo, kind="request", item_id=opener.pk, reason="Be kind.")

    assert opener_reads.received_by(ben) == []


def test_what_waits_counts_until_it_was_seen(first, ben, signed_in):
    first()
    before = opener_reads.news_count(ben)

    signed_in(ben).get(page("list-requests"))

    assert (before, opener_reads.news_count(ben)) == (1, 0)


def test_leaving_the_conversation_closes_it_for_good(first, ada, ben):
    talk = openers.accept(ben, first().pk)

    messaging.leave(ben, talk.pk)

    with pytest.raises(openers.WrittenAlready):
        first("Again")


def test_a_request_with_a_hidden_word_is_put_aside_and_not_counted(first, ben, signed_in):
    hidden_words.save(ben, ["lamp shop"])
    first("Do you know the lamp shop?")

    assert opener_reads.unread_count(ben) == 0
    assert "Put aside" in shown(signed_in(ben).get(page("list-requests")))
