import os
import time
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.images import PictureRefused
from positivesocials.core.jobs import is_chore
from positivesocials.core.refusals import NotThere
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.messaging import composing, photos, pictured
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message, SentPhoto
from positivesocials.messaging.tests.test_pages import page
from positivesocials.moderation import registry as moderation
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.pictures import SWEEP_AFTER
from positivesocials.vault.services import KeyOwner

FILE = stored(patches(1))


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files():
    folder = settings.MEDIA_ROOT / "sent"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def photo_of(actor, talk, text="A windy beach", ends="", data=FILE, client_key=None):
    key = client_key or uuid4().hex
    return photos.send(actor, talk.pk, data=data, text=text, client_key=key, ends=ends)


def picture(talk, message, size="full"):
    return reverse("messaging:show-sent-photo", args=[talk.pk, message.pk, size])


def sent(**more):
    return {"picture": BytesIO(FILE), "text": "A windy beach", "client_key": str(uuid4()), **more}


def test_a_photo_arrives_blurred_and_its_link_shows_it(talk, ada, ben, signed_in):
    response = signed_in(ada).post(page(talk, "send-photo"), sent())
    message, client = Message.objects.get(), signed_in(ben)

    shown = client.get(page(talk)).text
    assert response.url == f"{page(talk)}#latest"
    assert f'src="{picture(talk, message, "blurred")}"' in shown
    assert f'href="{picture(talk, message)}"' in shown
    assert client.get(picture(talk, message)).content[8:12] == b"WEBP"


@pytest.mark.parametrize("size", ["full", "blurred"])
def test_no_cache_keeps_it_and_its_file_has_no_name_of_its_own(talk, ada, size, signed_in):
    answer = signed_in(ada).get(picture(talk, photo_of(ada, talk), size))

    assert answer["Cache-Control"] == "private, no-store"
    assert 'filename="picture.webp"' in answer["Content-Disposition"]


def test_the_blur_is_a_picture_of_its_own(talk, ada):
    message = photo_of(ada, talk)

    assert len(pictured.data_of(message, "blurred")) < len(pictured.data_of(message, "full")) / 2


@pytest.mark.parametrize("stranger", ["cleo", "mo"])
def test_nobody_outside_sees_or_sends_one(talk, ada, stranger, signed_in, request):
    client, message = signed_in(request.getfixturevalue(stranger)), photo_of(ada, talk)

    addresses = [picture(talk, message), picture(talk, message, "blurred"), page(talk, "send-photo")]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(page(talk, "send-photo"), sent()).status_code == 404


def test_the_bytes_lie_sealed_under_a_name_that_says_nothing(talk, ada):
    message = photo_of(ada, talk)
    plain = pictured.data_of(message, "full")

    for name in files():
        stored_bytes = (settings.MEDIA_ROOT / "sent" / name).read_bytes()
        assert plain[:64] not in stored_bytes
        assert message.pk.hex not in name


def test_the_same_form_again_is_one_photo(talk, ada):
    first = photo_of(ada, talk, client_key="k")

    again = photo_of(ada, talk, client_key="k")

    assert (again.pk, SentPhoto.objects.count(), len(files())) == (first.pk, 1, 3)


def test_what_is_no_picture_is_refused_and_nothing_is_kept(talk, ada):
    with pytest.raises(PictureRefused):
        photo_of(ada, talk, data=b"no picture")

    assert (Message.objects.exists(), files()) == (False, set())


def test_hurtful_words_beside_a_photo_are_asked_about_once(talk, ada, signed_in):
    client, address = signed_in(ada), page(talk, "send-photo")

    asked = client.post(address, sent(text="You are an idiot"))
    assert (asked.status_code, "Are you sure?" in asked.text) == (428, True)
    assert not files()

    assert client.post(address, sent(text="You are an idiot", sure="on")).status_code == 302


def test_a_refused_file_gives_the_words_back(talk, ada, signed_in):
    response = signed_in(ada).post(page(talk, "send-photo"), sent(picture=BytesIO(b"no picture")))

    assert (response.status_code, "A windy beach" in response.text) == (422, True)
    assert "choose it once more" in response.text


def test_a_closed_conversation_takes_none(talk, ada, signed_in):
    messaging.close_conversation(talk)

    with pytest.raises(messaging.ConversationClosed):
        photo_of(ada, talk)
    assert files() == set()


def test_taking_the_message_back_erases_the_files(talk, ada, django_capture_on_commit_callbacks):
    message = photo_of(ada, talk)

    with django_capture_on_commit_callbacks(execute=True):
        messaging.take_back(ada, talk.pk, message.pk)

    assert (SentPhoto.objects.exists(), files()) == (False, set())


@pytest.mark.parametrize("blocker", ["ada", "ben"])
def test_a_block_erases_what_both_sent(talk, ada, ben, blocker, django_capture_on_commit_callbacks):
    photo_of(ada, talk)
    photo_of(ben, talk)
    one, other = (ada, ben) if blocker == "ada" else (ben, ada)

    with django_capture_on_commit_callbacks(execute=True):
        safety.block(one, [other.pk])

    assert (SentPhoto.objects.exists(), files()) == (False, set())


@pytest.mark.parametrize(("ends", "hours"), [("1", 25), ("7", 7 * 24 + 1)])
def test_when_its_time_is_over_it_opens_for_nobody(
    talk, ada, ben, ends, hours, signed_in, time_machine, django_capture_on_commit_callbacks
):
    message = photo_of(ada, talk, ends=ends)
    time_machine.move_to(timezone.now() + timedelta(hours=hours))

    with pytest.raises(NotThere):
        pictured.data_of(message, "full")
    assert "A photo was here. It is gone." in signed_in(ben).get(page(talk)).text
    with django_capture_on_commit_callbacks(execute=True):
        photos.end_photos()
    assert (SentPhoto.objects.exists(), files()) == (False, set())


def test_the_chore_leaves_what_has_time(talk, ada, django_capture_on_commit_callbacks):
    photo_of(ada, talk, ends="1")

    with django_capture_on_commit_callbacks(execute=True):
        photos.end_photos()

    assert (SentPhoto.objects.count(), len(files()), is_chore(photos.end_photos)) == (1, 3, True)


def test_with_its_account_a_photo_is_gone(talk, ada, ben, signed_in, django_capture_on_commit_callbacks):
    message = photo_of(ada, talk)
    vault.shred(KeyOwner("accounts.Account", ada.pk))
    ada.delete()

    assert signed_in(ben).get(picture(talk, message)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        photos.end_photos()
    assert (SentPhoto.objects.exists(), files()) == (False, set())


def test_files_without_a_row_are_swept(talk, ada):
    photo_of(ada, talk)
    SentPhoto.objects.all().delete()
    long_ago = time.time() - SWEEP_AFTER - 1
    for name in files():
        os.utime(settings.MEDIA_ROOT / "sent" / name, (long_ago, long_ago))

    photos.end_photos()

    assert files() == set()


def test_a_report_holds_the_picture(talk, ada, ben):
    message = photo_of(ada, talk)

    evidence = moderation.reportable("message").evidence_for(ben, message.pk)

    assert (evidence.text, [each[8:12] for each in evidence.pictures]) == ("A windy beach", [b"WEBP"])


def test_a_photo_needs_no_words_and_keeps_being_one_when_they_change(talk, ada, signed_in):
    message = photo_of(ada, talk, text="")
    composing.change(ada, talk.pk, message.pk, text="At the sea", version=1)

    shown = signed_in(ada).get(page(talk)).text
    assert ("At the sea" in shown, picture(talk, message) in shown) == (True, True)


def test_the_list_says_that_it_was_a_photo(talk, ada, ben, signed_in):
    photo_of(ada, talk, text="")

    assert '<span dir="auto">Photo ' in signed_in(ben).get(reverse("messaging:list-conversations")).text
