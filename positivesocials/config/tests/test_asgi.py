"""A request whose line is cut is no request; and a server works from its start to its end."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
CSRF = "a" * 32


@pytest.fixture
def talk(ada, ben):
    return messaging.open_conversation(ada.profile, ben.profile)


def posted(account, talk, text):
    """The scope and body of a message that a page sends: its text stands last."""
    browser = Client()
    browser.force_login(account)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    body = f"csrfmiddlewaretoken={CSRF}&client_key={uuid4()}&text={text}".encode()
    headers = {
        "host": "localhost",
        "origin": "http://localhost",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "content-type": "application/x-www-form-urlencoded",
        "content-length": str(len(body)),
    }
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": reverse("messaging:send-message", args=[talk.pk]),
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    return scope, body


def status_of(scope, *messages) -> int:
    # Not sooner: it wants the folder of static files that every test run makes for itself.
    from positivesocials.config.asgi import application

    async def scene():
        line = ApplicationCommunicator(application, scope)
        for message in messages:
            await line.send_input(message)
        start = await line.receive_output(timeout=10)
        while (await line.receive_output(timeout=10)).get("more_body"):
            pass
        await line.wait()
        return start["status"]

    return int(asyncio.run(scene()))


def test_a_whole_message_is_stored(ada, talk):
    scope, body = posted(ada, talk, "Ten+past+eight")

    status = status_of(scope, {"type": "http.request", "body": body, "more_body": False})

    assert (status, Message.objects.get().envelope["text"]) == (302, "Ten past eight")


def test_half_a_message_whose_line_was_cut_is_not_stored(ada, talk):
    scope, body = posted(ada, talk, "Ten+past+eight")

    part = {"type": "http.request", "body": body[:-6], "more_body": True}
    status = status_of(scope, part, {"type": "http.disconnect"})

    assert (status, Message.objects.exists()) == (403, False)


def test_a_server_starts_to_work_and_ends_its_work():
    from positivesocials.config.asgi import application

    async def life():
        line = ApplicationCommunicator(application, {"type": "lifespan"})
        for moment in ("startup", "shutdown"):
            await line.send_input({"type": f"lifespan.{moment}"})
            yield (await line.receive_output(timeout=10))["type"]
        await line.wait()

    async def told():
        return [answer async for answer in life()]

    assert asyncio.run(told()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
