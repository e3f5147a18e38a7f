"""Photos: who sees which and how, what lies on the disk, what is left of a removed one (AC-9)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.core.tests.drawn import parsed
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.profiles import photo_reads, photo_rules, photos
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import MOST_PHOTOS, Photo, PhotoGuest
from positivesocials.profiles.tests.album import BEACH, FILE, face, files
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.pictures import SIZES


def sizes_for(viewer, photo) -> set[str]:
    def is_there(size):
        try:
            return photo_rules.get_photo_for(viewer, photo.pk, size=size)
        except NotThere:
            return None

    return {size for size in (*SIZES, "huge") if is_there(size)}


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


def test_files_without_a_photo_are_swept_after_ten_minutes(ada, ben, add):
    add(ada)
    gone = add(ben)
    Photo.objects.filter(pk=gone.pk).delete()
    photos.sweep_files()
    assert len(files()) == 6

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
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
