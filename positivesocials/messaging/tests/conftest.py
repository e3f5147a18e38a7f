from uuid import uuid4

import pytest

from positivesocials.messaging import composing
from positivesocials.messaging import services as messaging
from positivesocials.profiles.models import CoupleLink, Kind, Profile


@pytest.fixture
def talk(ada, ben):
    return messaging.open_conversation(ada.profile, ben.profile)


@pytest.fixture
def eli_and_fern(eli, fern):
    """Eli and Fern's couple profile."""
    return couple(eli, fern)


def couple(first, second):
    link = CoupleLink(
        first=first,
        second=second,
        first_persona=first.profile.persona,
        second_persona=second.profile.persona,
        code_hash=uuid4().hex,
    )
    link.save(force_insert=True)
    profile = Profile(kind=Kind.COUPLE, link=link)
    profile.save(force_insert=True)
    return profile


@pytest.fixture
def say():
    """Send a text: `say(ada, talk, "Hello")`."""

    def send(actor, conversation, text="Hello", client_key=None):
        return composing.send(actor, conversation.pk, text=text, client_key=client_key or uuid4().hex)

    return send
