"""What stays after a couple parted: for the two, and for those they talked with."""

import random
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from positivesocials.core.refusals import NotThere
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.messaging import access as seats
from positivesocials.messaging import composing
from positivesocials.messaging import selectors as talks
from positivesocials.messaging import services as messaging
from positivesocials.messaging.tests.test_live import listening, run
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


@pytest.fixture
def joint(meets, couple, eli, fern):
    return meets(couple(eli, fern))


def matched(one, mine, other, theirs):
    matching.like(one, mine, theirs.profile.pk, mode="friends")
    match = matching.like(other, theirs, mine.profile.pk, mode="friends")
    assert match is not None
    return match.conversation


@pytest.fixture
def talk(joint, meets, eli, ada):
    return matched(eli, joint, ada, meets(ada))


def write(actor, conversation, text="Hello"):
    return composing.send(actor, conversation.pk, text=text, client_key=uuid4().hex)


def read(actor, conversation):
    """What this reader sees: who wrote each line, and its words."""
    shown = talks.talk_for(seats.get_own_seat(actor, conversation.pk))
    return [(line.by.name, line.text) for line in shown.lines]


@pytest.mark.parametrize("seed", range(6))
def test_each_keeps_what_the_others_wrote_and_ends_only_their_own(joint, talk, seed, eli, fern, ada):
    draw, people, names = random.Random(seed), [eli, fern, ada], {"eli": "Elm", "fern": "Fig", "ada": "Ada"}
    by = dict(zip(people, names.values(), strict=True))
    written = [(draw.choice(people), f"line {number}") for number in range(draw.randint(1, 12))]
    sent = [(who, write(who, talk, text)) for who, text in written]
    expected = [(by[who], text) for who, text in written]

    profiles.end_couple(draw.choice([eli, fern]), joint.profile.link_id)

    assert [read(who, talk) for who in people] == [expected] * 3
    mine, message = draw.choice(sent)
    for other in {*people} - {mine}:
        with pytest.raises(NotThere):
            messaging.take_back(other, talk.pk, message.pk)
    gone = draw.choice(people)
    vault.shred(KeyOwner("accounts.Account", gone.pk))
    left = [(name, None if name == by[gone] else text) for name, text in expected]
    for reader in {*people} - {gone}:
        assert [text for _, text in read(reader, talk)] == [text for _, text in left]


@pytest.mark.parametrize("who", ["eli", "fern"])
def test_a_parting_shows_the_line_of_any_departure(joint, talk, meets, signed_in, who, ada, ben, eli, fern):
    plain = matched(ada, Me(Profile.objects.get(account=ada)), ben, meets(ben))
    messaging.leave(ben, plain.pk)

    profiles.end_couple({"eli": eli, "fern": fern}[who], joint.profile.link_id)

    pages = [signed_in(reader).get(f"/conversations/{talk.pk}/").text for reader in (ada, eli, fern)]
    left = signed_in(ada).get(f"/conversations/{plain.pk}/").text
    for page in [*pages, left]:
        assert "This conversation is closed." in page
        assert "<textarea" not in page
    for reader in (ada, eli, fern):
        with pytest.raises(messaging.ConversationClosed):
            write(reader, talk)


def test_what_one_of_the_two_received_alone_was_never_the_others(joint, talk, meets, eli, fern, ben):
    alone = matched(eli, meets(eli), ben, meets(ben))
    write(ben, alone, "For you alone.")

    profiles.end_couple(fern, joint.profile.link_id)

    with pytest.raises(NotThere):
        read(fern, alone)
    assert read(eli, alone) == [("Ben", "For you alone.")]
    write(eli, alone, "It goes on.")


def test_each_may_write_anew(joint, talk, meets, eli, fern, ada):
    profiles.end_couple(fern, joint.profile.link_id)

    anew = matched(eli, meets(eli), ada, Me(Profile.objects.get(account=ada)))

    assert write(eli, anew, "It is me, alone.")
    with pytest.raises(NotThere):
        read(fern, anew)


def heard_by_partner(fern, act) -> list[dict]:
    """What the open pages of the partner hear when this happens."""

    async def scene():
        async with listening(fern) as wire:
            await sync_to_async(act)()
            heard = [await wire.hear()]
            assert await wire.receive_nothing(timeout=0.3)
            return heard

    return run(scene())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["couple", "departure"])
def test_no_mail_and_no_word_tells_the_partner_and_an_open_page_only_closes(
    joint, talk, end, settings, eli, fern, ada
):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    acts = {
        "couple": lambda: profiles.end_couple(eli, joint.profile.link_id),
        "departure": lambda: messaging.leave(ada, talk.pk),
    }

    heard = heard_by_partner(fern, acts[end])

    assert heard == [{"type": "closed-for-all", "kind": "closed-for-all", "conversation": str(talk.pk)}]
    assert not OutgoingMail.objects.exists()
