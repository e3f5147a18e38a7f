from uuid import uuid4

import pytest

from positivesocials.messaging import services as messaging
from positivesocials.notifications.models import Notice


@pytest.fixture
def talk(ada, ben):
    return messaging.open_conversation(ada.profile, ben.profile)


@pytest.fixture
def write(talk):
    """Somebody writes in the conversation of Ada and Ben: `write(ben)`."""

    def write(actor):
        return messaging.send(actor, talk.pk, text="Hello", client_key=uuid4().hex)

    return write


@pytest.fixture
def told():
    """The kinds of what an account was told and has not seen: `told(ada)`."""

    def told(account):
        unseen = Notice.objects.filter(account=account, seen_at=None).order_by("made_at")
        return list(unseen.values_list("kind", flat=True))

    return told
