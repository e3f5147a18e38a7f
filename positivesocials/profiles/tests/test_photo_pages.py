"""Adding and seeing photos, and links that open nothing elsewhere (AC-9, UP-3)."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from positivesocials.core.images import LARGEST_UPLOAD
from positivesocials.core.tests.drawn import parsed
from positivesocials.moderation import services as moderation
from positivesocials.profiles import photo_reads, photos, selectors
from positivesocials.profiles.models import Photo
from positivesocials.profiles.tests.album import BEACH, FILE, face, files


def sent(data=FILE, **typed):
    said = {"words": BEACH, "sees": "matches", **typed}
    return {**said, "picture": SimpleUploadedFile("IMG_2041.jpg", data, "image/jpeg")}


def pictures_on(page) -> list[str]:
    return [src.replace("&amp;", "&") for src in re.findall(r'<img class="photo[^>]*src="([^"]+)"', page)]


def test_a_member_adds_a_photo_without_javascript(ada, signed_in):
    browser = signed_in(ada)
    address = f"/me/{face(ada).pk}/photos/"
    assert "No photo yet" in browser.get(address).content.decode()

    page = browser.post(f"{address}add/", sent(), follow=True).content.decode()

    (picture,) = pictures_on(page)
    assert BEACH in page
    assert parsed(browser.get(picture).content).format == "WEBP"
    assert pictures_on(browser.get("/me/").content.decode())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture that can be shown"),
        (FILE[:5000], "cannot be read"),
        (bytes(LARGEST_UPLOAD + 1), "larger than 10 MB"),
    ],
)
def test_a_refused_file_loses_nothing_that_was_typed(data, sentence, ada, signed_in):
    page = signed_in(ada).post(f"/me/{face(ada).pk}/photos/add/", sent(data, sees="named"))

    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text
    assert BEACH in text
    assert re.search(r'value="named"[^>]*checked', text)
    assert not Photo.objects.exists()
    assert files() == set()


def test_a_photo_needs_words_and_a_file(ada, signed_in):
    page = signed_in(ada).post(f"/me/{face(ada).pk}/photos/add/", {"words": " ", "sees": "matches"})

    text = page.content.decode()
    assert "Choose a picture." in text
    assert "Say in a sentence what is in the picture." in text


def test_a_file_is_taken_at_no_other_address(ada, signed_in):
    response = signed_in(ada).post(f"/me/{face(ada).pk}/name/", {**sent(), "name": "Ava"})

    assert response.status_code == 400


def test_a_picture_comes_alone_kept_by_nobody_and_runs_nothing(ada, add, signed_in):
    add(ada)
    browser = signed_in(ada)
    (picture,) = pictures_on(browser.get(f"/me/{face(ada).pk}/photos/").content.decode())

    response = browser.get(picture)

    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_link_works_in_its_own_session_for_five_minutes(ada, ben, add, match, signed_in):
    match(ada, ben)
    add(ada)
    browser = signed_in(ben)
    page = browser.get(f"/people/{face(ada).pk}/").content.decode()
    (picture,) = pictures_on(page)
    assert browser.get(picture).status_code == 200

    absent = browser.get(re.sub(r"/photos/[^/]+/", f"/photos/{face(ada).pk}/", picture))
    for other in (signed_in(ben), signed_in(ada)):
        assert other.get(picture).status_code == absent.status_code == 404
    guest = Client().get(picture)
    assert guest.status_code == 302
    assert guest.headers["Location"].startswith("/log-in/")
    assert browser.get(picture.partition("?")[0]).status_code == 404
    assert browser.get(picture.replace("/small/", "/full/")).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert browser.get(picture).status_code == 404


def test_a_link_ends_with_what_opened_it(ada, ben, add, match, signed_in):
    match(ada, ben)
    photo = add(ada)
    browser = signed_in(ben)
    (picture,) = pictures_on(browser.get(f"/people/{face(ada).pk}/").content.decode())

    photos.describe(ada, photo, words=BEACH, sees="named")

    assert browser.get(picture).status_code == 404


def test_cards_show_a_blur_and_the_page_lets_allow(ada, ben, add, meet, signed_in):
    meet(ada, ben)
    add(ada)
    add(ben)
    browser = signed_in(ben)

    card, page = (browser.get(path).content.decode() for path in ("/people/", f"/people/{face(ada).pk}/"))

    assert all("/blurred/" in picture for picture in [*pictures_on(card), *pictures_on(page)])
    assert len(pictures_on(card)) == len(pictures_on(page)) == 1
    assert BEACH not in card + page
    assert "Show them my photos" in page
    browser.post(f"/me/{face(ben).pk}/photos/for/{face(ada).pk}/")
    assert "They see all your photos sharp" in browser.get(f"/people/{face(ada).pk}/").content.decode()


def test_as_others_see_it_shows_what_they_get(ada, add, signed_in):
    add(ada)
    add(ada, sees="fitting")

    page = signed_in(ada).get(f"/me/{face(ada).pk}/see/").content.decode()

    assert [("/blurred/" in each, "/small/" in each) for each in pictures_on(page)] == [
        (True, False),
        (False, True),
    ]


def test_a_list_asks_for_all_its_photos_at_once(ada, ben, cleo, add, meet, django_assert_max_num_queries):
    meet(ada, ben, cleo)
    own = selectors.profile_of(ada)
    assert own is not None
    add(ben)
    add(cleo)

    others = [face(ben), face(cleo)]

    with django_assert_max_num_queries(4):
        photo_reads.covers(others, viewer=own.pk, matched=())


def test_a_reported_photo_is_copied_to_the_case_and_removed_by_a_moderator(
    ada, ben, mo, add, match, signed_in, django_capture_on_commit_callbacks
):
    match(ada, ben)
    photo = add(ada, sees="fitting")
    page = signed_in(ben).get(f"/people/{face(ada).pk}/").content.decode()
    assert f"/report/photo/{photo.pk}/" in page
    report = moderation.report(ben, kind="photo", item_id=photo.pk, why="naming")
    browser, case = signed_in(mo), f"/queue/photo/{photo.pk}/"

    assert BEACH in browser.get(case).content.decode()
    shown = browser.get(f"{case}picture/{report.pk}/0/")
    assert parsed(shown.content).format == "WEBP"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert signed_in(ben).get(f"{case}picture/{report.pk}/0/").status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{case}remove/", {"reason": "Somebody else is in it."})
    assert not Photo.objects.exists()
    assert files() == set()


def test_who_sees_a_blur_reports_a_blur(ada, ben, add, meet):
    meet(ada, ben)
    photo = add(ada)

    report = moderation.report(ben, kind="photo", item_id=photo.pk, why="spam")

    assert report.evidence["text"] == ""
    assert base64.b64decode(report.evidence["pictures"][0]) == photo_reads.data_of(photo, "blurred")


def test_a_report_of_before_still_shows_its_one_picture(ada, ben, mo, add, meet, signed_in):
    meet(ada, ben)
    photo = add(ada)
    report = moderation.report(ben, kind="photo", item_id=photo.pk, why="spam")
    report.evidence = {**report.evidence, "picture": report.evidence["pictures"][0]}
    del report.evidence["pictures"]
    report.save(update_fields=["evidence"])

    picture = f"/queue/photo/{photo.pk}/picture/{report.pk}/0/"
    assert picture in signed_in(mo).get(f"/queue/photo/{photo.pk}/").text
    assert signed_in(mo).get(picture).content[8:12] == b"WEBP"
    assert signed_in(mo).get(picture.replace("/0/", "/1/")).status_code == 404
