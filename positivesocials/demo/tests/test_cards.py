import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from positivesocials.accounts.models import Session
from positivesocials.core.models import Instance
from positivesocials.demo.services.people import account_of

pytestmark = pytest.mark.django_db

CARDS = ("quiet-heron", "okapi", "lantern-keeper", "inkcap")
FOR_EVERYONE = ("/home/", "/people/", "/conversations/", "/groups/welcome/", "/me/")


def sign_in_as(key: str) -> Client:
    browser = Client()
    browser.post(reverse("demo:sign-in"), {"as": key})
    return browser


def test_the_first_page_offers_four_people_and_ones_own_account(community, client):
    page = client.get("/")

    assert [f'value="{key}"' in page.content.decode() for key in CARDS] == [True] * 4
    assert "Okapi &amp; Lumen" in page.content.decode()
    assert reverse("accounts:log-in") in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize("key", CARDS)
def test_a_card_signs_in_on_a_shared_device(community, key, client):
    answer = client.post(reverse("demo:sign-in"), {"as": key})

    assert answer.status_code == 302
    session = Session.objects.get(account=account_of(key))
    assert session.device == "shared"


def test_signing_in_by_card_counts_as_recent_proof(community):
    browser = sign_in_as("okapi")

    assert browser.get("/ways/address/").status_code == 200


def test_another_card_leaves_nothing_of_the_first(community):
    browser = sign_in_as("lantern-keeper")

    browser.post(reverse("demo:sign-in"), {"as": "quiet-heron"})

    assert browser.get("/queue/").status_code == 404


@pytest.mark.parametrize("key", ["juniper", "lumen", "nobody", "", "okapi-and-lumen"])
def test_nobody_but_the_cards_can_be_signed_in_as(community, key, client):
    assert client.post(reverse("demo:sign-in"), {"as": key}).status_code == 404
    assert not Session.objects.exists()


@pytest.mark.parametrize(("process", "data"), [(False, True), (True, False)])
def test_cards_sign_nobody_in_outside_a_demo(community, client, settings, process, data):
    settings.DEMO = process
    Instance.objects.update(is_demo=data)

    assert client.post(reverse("demo:sign-in"), {"as": "quiet-heron"}).status_code == 404


def test_a_card_needs_a_post(community, client):
    assert client.get(reverse("demo:sign-in"), {"as": "quiet-heron"}).status_code == 405


@pytest.mark.parametrize("key", CARDS)
def test_the_pages_of_a_card_open(community, key):
    browser = sign_in_as(key)

    assert {path: browser.get(path).status_code for path in FOR_EVERYONE} == dict.fromkeys(FOR_EVERYONE, 200)


def test_the_pages_of_the_cards_have_something_to_show(community):
    heron, okapi = sign_in_as("quiet-heron"), sign_in_as("okapi")

    assert "Foxglove Radio" in heron.get("/conversations/").content.decode()
    assert "Thimble" in okapi.get("/conversations/").content.decode()
    assert heron.get("/people/").content.decode().count('href="/people/') >= 10


def test_the_moderator_finds_a_queue_and_the_editor_a_desk(community):
    queue = sign_in_as("lantern-keeper").get("/queue/").content.decode()
    desk = sign_in_as("inkcap").get("/desk/", follow=True)

    assert queue.count('class="case"') == 4
    assert desk.status_code == 200


def test_pages_of_a_demo_say_so_and_those_of_a_real_site_do_not(community, client, settings):
    paths = ["/", "/news/", "/guides/", "/groups/welcome/", "/join/", "/log-in/", "/terms/"]
    mark = "Everyone here is invented"
    marked = [mark in client.get(path, follow=True).content.decode() for path in paths]
    # A process is a demo or not for as long as it lives, and keeps pages of its own.
    settings.DEMO = False
    caches["pages"].clear()

    assert marked == [True] * len(paths)
    assert not any(mark in client.get(path, follow=True).content.decode() for path in paths)
