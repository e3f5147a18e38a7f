from uuid import uuid4

import pytest

from positivesocials.messaging import composing
from positivesocials.messaging import services as messaging
from positivesocials.notifications import letters
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import Notice
from positivesocials.notifications.tests.sink import Sink


@pytest.fixture
def talk(ada, ben):
    return messaging.open_conversation(ada.profile, ben.profile)


@pytest.fixture
def write(talk):
    """Somebody writes in the conversation of Ada and Ben: `write(ben)`."""

    def write(actor):
        return composing.send(actor, talk.pk, text="Hello", client_key=uuid4().hex)

    return write


@pytest.fixture
def told():
    """The kinds of what an account was told and has not seen: `told(ada)`."""

    def told(account):
        unseen = Notice.objects.filter(account=account, seen_at=None).order_by("made_at")
        return list(unseen.values_list("kind", flat=True))

    return told


@pytest.fixture
def sink(settings):
    """A mail server on this machine, which the site mails to."""
    with Sink() as server:
        server.serve()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server
        server.shutdown()


@pytest.fixture
def chooses():
    """Somebody chooses how to be told: `chooses(ada, mail="at-once")`."""

    def choose(account, **chosen):
        letters.choose(account, Choice(**chosen))

    return choose
