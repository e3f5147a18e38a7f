import re
from uuid import uuid4

import pytest

from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import OutgoingMail
from positivesocials.replies import homes, services
from positivesocials.replies.tests.test_services import write, write_as_guest


@pytest.fixture
def thread(db, monkeypatch):
    monkeypatch.setattr(homes, "_homes", [lambda thread_id: "/somewhere/"])
    return services.open_thread()


@pytest.fixture
def link(thread):
    """The path of the link that the guest who wrote a reply got by mail."""
    write_as_guest(thread, text="guest words")
    return re.findall(r"/reply/\S+/", OutgoingMail.objects.get().body)[0]


def test_the_mail_is_neutral(link, thread):
    mail = OutgoingMail.objects.get()

    assert mail.subject == "Your link"
    assert "guest words" not in mail.body


def test_the_link_shows_the_reply_and_where_it_stands(client, mo, thread, link):
    page = client.get(link)
    assert "guest words" in page.text
    assert "Awaiting moderation" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not page.cookies

    moderation.approve(mo, kind="reply", item_id=thread.replies.get().pk)
    assert 'href="/somewhere/?reply=' in client.get(link).text


def test_the_link_edits(client, thread, link):
    refused = client.post(f"{link}edit/", {"text": ""})
    assert (refused.status_code, "Fill in" in refused.text) == (422, True)
    client.post(f"{link}edit/", {"text": "better words"})

    assert thread.replies.get().text == "better words"


def test_the_link_erases_and_is_gone(client, thread, link):
    assert client.post(f"{link}erase/").status_code == 200

    assert thread.replies.get().text is None
    assert client.get(link).status_code == 404
    assert client.get("/reply/nonsense/").status_code == 404


def test_a_member_erases_their_own_after_a_question(ada, ben, signed_in, thread):
    mine = write(ada, thread, text="regretted")
    page = f"/replies/{mine.pk}/erase/"

    assert [signed_in(ben).get(page).status_code, signed_in(ben).post(page).status_code] == [404, 404]
    assert "regretted" in signed_in(ada).get(page).text
    assert signed_in(ada).post(page).url == f"/somewhere/?reply={mine.pk}#r-{mine.pk}"
    assert thread.replies.get().text is None


def test_a_reply_leads_to_its_place_for_those_who_see_it(ada, ben, signed_in, thread):
    mine = write(ada, thread)

    assert signed_in(ada).get(f"/replies/{mine.pk}/").url == f"/somewhere/?reply={mine.pk}#r-{mine.pk}"
    assert signed_in(ben).get(f"/replies/{mine.pk}/").status_code == 404
    assert signed_in(ben).get(f"/replies/{uuid4()}/").status_code == 404
