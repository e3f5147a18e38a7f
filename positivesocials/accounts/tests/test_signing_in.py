import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import services
from positivesocials.accounts.models import Account, PasswordReset, Session
from positivesocials.notifications.models import OutgoingMail

NEW = "a sentence nobody knows"


def log_in(browser, address="ada@example.org", password=PASSWORD, device="shared", **more):
    typed = {"login": address, "password": password, "device": device} | more
    return browser.post("/log-in/", typed)


@pytest.fixture
def reset_link(client, ada):
    client.post("/reset/", {"address": "ada@example.org"})
    return re.findall(r"/reset/\S+", OutgoingMail.objects.get().body)[0]


def test_an_address_signs_in_however_it_is_written(client, ada):
    assert log_in(client, address=" ADA@Example.org ").url == "/home/"
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_one_comes_back_to_the_page_one_wanted_and_never_to_another_site(client, ada):
    assert log_in(client, next="/devices/").url == "/devices/"
    assert log_in(Client(), next="https://elsewhere.example/").url == "/home/"


def test_a_shared_device_forgets_when_the_browser_closes_or_after_a_quarter_of_an_hour(client, ada):
    log_in(client)

    cookie = client.cookies["s"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get("/devices/").status_code == 302


def test_an_own_device_stays_for_thirty_days(client, ada):
    log_in(client, device="own")

    assert client.cookies["s"]["max-age"] == 30 * 24 * 3600
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert client.get("/devices/").status_code == 200


def test_the_device_question_starts_at_shared(client, db):
    page = client.get("/log-in/").content.decode()

    assert re.search(r'value="shared"[^>]*checked', page)


def test_signing_in_gives_the_session_a_new_key(client, ada):
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key
    client.cookies["s"] = before

    log_in(client)

    assert client.cookies["s"].value != before
    assert client.session["device"] == "shared"


def test_a_wrong_password_keeps_the_address_and_never_the_password(client, ada):
    page = log_in(client, password="wrong words here").content.decode()

    assert 'value="ada@example.org"' in page
    assert "wrong words here" not in page
    assert "One thing to look at" in page


def test_a_closed_account_answers_like_a_wrong_password(client, ada):
    wrong = log_in(client, password="wrong words here").content
    Account.objects.update(is_active=False)

    assert log_in(client).content == wrong


def test_guessing_slows_the_guesser_and_not_the_member(client, ada):
    answers = [log_in(client, password="a wrong guess").status_code for _ in range(9)]

    assert answers == [200] * 8 + [429]
    assert log_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_a_member_counts_as_seen_on_the_day_of_signing_in_and_of_each_visit(client, ada):
    Account.objects.update(seen_on=timezone.localdate() - timedelta(days=40))
    log_in(client, device="own")
    assert Account.objects.get().seen_on == timezone.localdate()

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        client.get("/devices/")
        assert Account.objects.get().seen_on == timezone.localdate()


def test_logging_out_asks_the_browser_to_forget(signed_in, ada):
    browser = signed_in(ada)

    answer = browser.post("/log-out/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.filter(account=ada).exists()
    assert browser.get("/log-out/").status_code == 405


def test_opening_the_reset_link_changes_nothing(client, ada, reset_link):
    assert client.get(reset_link).status_code == 200

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_reset_sets_the_password_and_ends_every_session(client, signed_in, ada, reset_link):
    elsewhere = signed_in(ada)

    page = client.post(reset_link, {"password": NEW})

    assert "Your new password is set" in page.content.decode()
    assert elsewhere.get("/devices/").status_code == 302
    assert log_in(Client(), password=NEW).status_code == 302
    assert log_in(Client()).status_code == 200


def test_a_reset_link_works_once_and_for_a_day(client, ada, reset_link):
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert client.get(reset_link).status_code == 410
    client.post(reset_link, {"password": NEW})

    assert client.post(reset_link, {"password": NEW}).status_code == 410
    assert not PasswordReset.objects.exists()


def test_a_reset_for_an_unknown_address_says_so_only_behind_its_link(client, db):
    client.post("/reset/", {"address": "nobody@example.org"})
    link = re.findall(r"/reset/\S+", OutgoingMail.objects.get().body)[0]

    assert "no account with this address" in client.post(link, {"password": NEW}).content.decode()
    assert not Account.objects.exists()


def test_a_weak_new_password_is_refused_and_the_link_stays(client, ada, reset_link):
    assert "too short" in client.post(reset_link, {"password": "short"}).content.decode()

    assert client.post(reset_link, {"password": NEW}).status_code == 200


def test_changing_the_password_needs_a_fresh_proof_and_keeps_only_this_session(signed_in, ada):
    here, elsewhere = signed_in(ada), signed_in(ada)
    asked = here.get("/password/")
    here.post(asked.url, {"password": PASSWORD, "next": "/password/"})

    here.post("/password/", {"password": NEW})

    assert here.get("/devices/").status_code == 200
    assert elsewhere.get("/devices/").status_code == 302


def test_a_proof_is_good_for_a_quarter_of_an_hour(client, ada):
    log_in(client, device="own")
    assert client.get("/password/").status_code == 200

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get("/password/").url == "/prove/?next=/password/"


def test_a_wrong_password_proves_nothing(signed_in, ada):
    browser = signed_in(ada)

    page = browser.post("/prove/", {"password": "wrong words here", "next": "/password/"})

    assert page.status_code == 200
    assert browser.get("/password/").status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_it(signed_in, ada):
    here, elsewhere = signed_in(ada), signed_in(ada)
    other = Session.objects.exclude(key_hash=_key_hash(here)).get()
    assert here.get("/devices/").content.decode().count("This browser") == 1

    here.post(reverse("accounts:end-session", args=[other.pk]))

    assert elsewhere.get("/devices/").status_code == 302
    assert here.get("/devices/").status_code == 200


def test_all_others_end_at_once(signed_in, ada):
    here, others = signed_in(ada), [signed_in(ada) for _ in range(3)]

    here.post("/devices/end-others/")

    assert [other.get("/devices/").status_code for other in others] == [302] * 3
    assert Session.objects.filter(account=ada).count() == 1


def test_nobody_ends_somebody_elses_session(signed_in, ada, ben):
    signed_in(ada)
    session = Session.objects.get(account=ada)

    signed_in(ben).post(reverse("accounts:end-session", args=[session.pk]))

    assert Session.objects.filter(pk=session.pk).exists()


def test_ended_sessions_are_cleared(signed_in, ada):
    signed_in(ada)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        services.clear_ended_sessions()

    assert not Session.objects.exists()


def test_staff_are_made_with_a_link_that_sets_their_password(client, db):
    link = services.create_staff(address="Mo@example.org", role="moderator")

    client.post(re.findall(r"/reset/\S+", link)[0], {"password": NEW})

    assert Account.objects.get().is_moderator
    assert log_in(Client(), address="mo@example.org", password=NEW).status_code == 302


def test_a_member_can_become_staff(ada):
    services.create_staff(address="ada@example.org", role="editor")

    ada.refresh_from_db()
    assert ada.is_editor


def _key_hash(browser):
    from positivesocials.accounts.sessions import hashed

    return hashed(browser.session.session_key)


def test_a_new_password_is_offered_to_whoever_has_one(ada, make_member, signed_in):
    invented = make_member("Gus")
    invented.set_unusable_password()
    invented.save(update_fields=["password"])

    assert "Change the password" in signed_in(ada).get("/ways/").text
    assert "Change the password" not in signed_in(invented).get("/ways/").text
