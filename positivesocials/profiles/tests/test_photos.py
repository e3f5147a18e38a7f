"""Photos: who sees which and how, what lies on the disk, and what is left of a removed one (AC-9, UP-3)."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from positivesocials.core.images import LARGEST_UPLOAD, reencoded
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.core.tests.drawn import parsed, patches, stored
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.moderation import services as moderation
from positivesocials.profiles import photo_reads, photo_rules, photos, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import MOST_PHOTOS, Photo, PhotoGuest, Profile
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault

FILE = stored(patches(1))
BEACH = "A windy beach"


def face(account) -> Profile:
    return Profile.objects.with_faces().get(account=account)


def files() -> set[str]:
    folder = settings.MEDIA_ROOT / "photos"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="module")
def picture():
    return reencoded(FILE)


@pytest.fixture
def add(picture):
    def add_to(account, *, sees="matches", words=BEACH, profile=None) -> Photo:
        return photos.keep(account, profile or face(account), picture, words=words, sees=sees)

    return add_to


@pytest.fixture
def meet():
    """Let these fit each other among friends."""

    def let_meet(*accounts):
        for account in accounts:
            matching.save_preferences(face(account), "friends", {"on": True})

    return let_meet


@pytest.fixture
def match(meet):
    def let_match(one, other):
        meet(one, other)
        matching.like(one, Me(face(one)), face(other).pk, mode="friends")
        matching.like(other, Me(face(other)), face(one).pk, mode="friends")

    return let_match


@pytest.fixture
def joint(eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, link.code, name="Fig")
    return profiles.confirm(eli, link.pk)


def sizes_for(viewer, photo) -> set[str]:
    def is_there(size):
        try:
            return photo_rules.get_photo_for(viewer, photo.pk, size=size)
        except NotThere:
            return None

    return {size for size in (*photo_rules.SIZES, "huge") if is_there(size)}


ALL, BLUR = {"full", "small", "blurred"}, {"blurred"}
NONE: set[str] = set()


@pytest.mark.parametrize(
    ("sees", "to_fitting", "to_match"),
    [("fitting", ALL, ALL), ("matches", BLUR, ALL), ("named", BLUR, BLUR)],
)
def test_one_choice_says_whom_a_photo_is_sharp_for(
    sees, to_fitting, to_match, ada, ben, cleo, fern, add, match, meet
):
    match(ada, ben)
    meet(cleo)
    photo = add(ada, sees=sees)

    assert sizes_for(ada, photo) == ALL
    assert sizes_for(ben, photo) == to_match
    assert sizes_for(cleo, photo) == to_fitting
    assert sizes_for(fern, photo) == NONE


def test_who_is_allowed_sees_all_photos_until_it_is_taken_back(ada, ben, add, meet):
    meet(ada, ben)
    photo = add(ada, sees="named")
    photos.let_see(ada, face(ada), face(ben).pk)
    assert sizes_for(ben, photo) == ALL

    photos.take_back(face(ada), face(ben).pk)

    assert sizes_for(ben, photo) == BLUR


def test_allowing_opens_no_page_that_is_not_open(ada, cleo, ben, add, meet):
    meet(ada, ben)
    with pytest.raises(NotThere):
        photos.let_see(ada, face(ada), face(cleo).pk)
    photo = add(ada)
    photos.let_see(ada, face(ada), face(ben).pk)

    matching.switch_off(Me(face(ada)), "friends")

    assert sizes_for(ben, photo) == NONE


def test_a_block_closes_every_photo_and_takes_back_what_was_allowed(ada, ben, add, match):
    match(ada, ben)
    photo = add(ada, sees="fitting")
    photos.let_see(ada, face(ada), face(ben).pk)
    photos.let_see(ben, face(ben), face(ada).pk)

    safety.block(ben, [ada.pk])

    assert sizes_for(ben, photo) == NONE
    assert not PhotoGuest.objects.exists()


def test_a_photo_that_was_taken_down_with_its_profile_is_there_for_nobody_else(ada, ben, add, match):
    match(ada, ben)
    photo = add(ada, sees="fitting")

    profiles.withhold(face(ada))

    assert sizes_for(ben, photo) == NONE


def test_a_blurred_photo_tells_no_words(ada, ben, add, meet):
    meet(ada, ben)
    add(ada)

    (shown,) = photo_reads.album_for(ben, face(ada))

    assert (shown.is_sharp, shown.words, shown.size) == (False, "", "blurred")


def test_a_list_shows_the_first_photo_sharp_or_blurred(ada, ben, cleo, add, meet):
    meet(ada, ben, cleo)
    first, _second = add(ada, sees="fitting"), add(ada)
    add(cleo)

    covers = photo_reads.covers([face(ada), face(ben), face(cleo)], viewer=face(ben).pk, matched=())

    assert set(covers) == {face(ada).pk, face(cleo).pk}
    assert (covers[face(ada).pk].id, covers[face(ada).pk].is_sharp) == (first.pk, True)
    assert not covers[face(cleo).pk].is_sharp


def test_nothing_readable_lies_on_the_disk(ada, add):
    photo = add(ada)

    for path in (settings.MEDIA_ROOT / "photos").iterdir():
        lying = path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert not any(mark in lying for mark in (b"RIFF", b"WEBP", b"VP8", BEACH.encode()))
        assert len(lying) % 4096 == 1 + 12 + 16
    assert len(files()) == 3
    assert parsed(photo_reads.data_of(photo, "full") or b"").format == "WEBP"


def test_a_file_moved_to_another_photo_does_not_open(ada, ben, add):
    one, other = add(ada), add(ben)
    folder = settings.MEDIA_ROOT / "photos"

    (folder / f"{one.pk.hex}.full").write_bytes((folder / f"{other.pk.hex}.full").read_bytes())
    (folder / f"{one.pk.hex}.small").write_bytes(b"\x01 not much")

    assert photo_reads.data_of(one, "full") is None
    assert photo_reads.data_of(one, "small") is None


def test_no_photo_opens_once_its_key_is_shredded(ada, add):
    photo = add(ada)
    vault.shred(photo.key_owner)

    assert photo_reads.data_of(photo, "full") is None


def test_a_removed_photo_leaves_no_file(ada, add, django_capture_on_commit_callbacks):
    kept, photo = add(ada), add(ada)

    with django_capture_on_commit_callbacks(execute=True):
        photos.remove(photo)

    assert files() == {f"{kept.pk.hex}.{size}" for size in ("full", "small", "blurred")}
    assert [each.shown.id for each in photo_reads.own_album(ada, face(ada))] == [kept.pk]


def test_when_a_couple_ends_its_photos_are_gone_and_no_others(
    joint, eli, fern, add, django_capture_on_commit_callbacks
):
    add(eli, profile=joint)
    add(fern, profile=joint)
    own = add(fern)

    with django_capture_on_commit_callbacks(execute=True):
        profiles.end_couple(eli, joint.link_id)

    assert list(Photo.objects.all()) == [own]
    assert len(files()) == 3


def test_partners_remove_each_others_photos_and_describe_their_own(joint, eli, fern, cleo, add):
    photo = add(eli, profile=joint)

    assert photo_rules.get_own_photo(fern, joint.pk, photo.pk) == photo
    assert sizes_for(fern, photo) == ALL
    with pytest.raises(NotThere):
        photos.describe(fern, photo, words="Mine now", sees="fitting")
    with pytest.raises(NotThere):
        photo_rules.get_own_photo(cleo, joint.pk, photo.pk)


def test_neither_partner_sees_the_others_own_photos(joint, eli, fern, add, meet):
    meet(eli, fern)

    assert sizes_for(fern, add(eli, sees="fitting")) == NONE


def test_files_without_a_photo_are_swept_after_an_hour(ada, ben, add):
    add(ada)
    gone = add(ben)
    Photo.objects.filter(pk=gone.pk).delete()
    photos.sweep_files()
    assert len(files()) == 6

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        photos.sweep_files()

    assert not [name for name in files() if name.startswith(gone.pk.hex)]
    assert len(files()) == 3


def test_a_profile_has_at_most_six(ada, add):
    for _ in range(MOST_PHOTOS):
        add(ada)

    with pytest.raises(Refused, match="at most 6"):
        photos.add(ada, face(ada), data=FILE, words=BEACH, sees="matches")
    with pytest.raises(Refused, match="at most 6"):
        add(ada)
    assert len(files()) == MOST_PHOTOS * 3


def test_no_seventh_slips_past_the_services(ada, add):
    photo = add(ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(place=MOST_PHOTOS)


def test_photos_keep_the_order_that_their_owner_gives_them(ada, add):
    one, two, three = (add(ada, words=words) for words in ("one", "two", "three"))

    def order():
        return [each.shown.words for each in photo_reads.own_album(ada, face(ada))]

    photos.move_earlier(three)
    assert order() == ["one", "three", "two"]
    photos.make_first(two)
    assert order() == ["two", "one", "three"]
    photos.move_earlier(two)
    photos.remove(one)
    assert order() == ["two", "three"]


# Pages.


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
    shown = browser.get(f"{case}picture/{report.pk}/")
    assert parsed(shown.content).format == "WEBP"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert signed_in(ben).get(f"{case}picture/{report.pk}/").status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{case}remove/", {"reason": "Somebody else is in it."})
    assert not Photo.objects.exists()
    assert files() == set()


def test_who_sees_a_blur_reports_a_blur(ada, ben, add, meet):
    meet(ada, ben)
    photo = add(ada)

    report = moderation.report(ben, kind="photo", item_id=photo.pk, why="spam")

    assert report.evidence["text"] == ""
    assert base64.b64decode(report.evidence["picture"]) == photo_reads.data_of(photo, "blurred")
