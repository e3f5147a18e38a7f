"""Photos of posts and replies: whose they are, who sees them, and what is left once they are gone."""

import os
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from positivesocials.core.images import PictureRefused
from positivesocials.core.jobs import is_chore
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import (
    closing,
    drafts,
    founding,
    photo_bytes,
    photo_rules,
    photos,
    pictured,
    services,
)
from positivesocials.groups.drafts import Place
from positivesocials.groups.models import Membership, Post
from positivesocials.groups.post_models import Draft, PostPhoto
from positivesocials.groups.tests import shots
from positivesocials.groups.tests.shots import FILE, files
from positivesocials.groups.tests.test_closed import found
from positivesocials.moderation import registry
from positivesocials.moderation import services as moderation
from positivesocials.replies import judging
from positivesocials.replies import services as replies
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.pictures import SWEEP_AFTER
from positivesocials.vault.services import KeyOwner


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def welcome(db, ada, ben, cleo):
    group = founding.found_welcome()
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    services.join_group(ben, group)
    return group


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sees(viewer, photo):
    slug = photo.post.group.slug if photo.post else photo.draft.group.slug
    try:
        return bool(pictured.data_of(photo_rules.get_photo_for(viewer, slug, photo.pk), "full"))
    except NotThere:
        return False


def test_what_waits_is_for_its_writer_until_it_is_posted(ada, ben, welcome):
    waiting = shots.add(ada, welcome)
    assert (sees(ada, waiting), sees(ben, waiting)) == (True, False)

    post = services.write_post(
        ada, welcome, title="", text="Look", client_key="k", photos=[waiting.pk, uuid4()]
    )

    photo = PostPhoto.objects.get()
    assert (photo.pk, photo.post, photo.draft, photos.waiting(ada, Place(welcome))) == (
        waiting.pk, post, None, [],
    )  # fmt: skip
    assert sees(ben, photo)


def test_only_what_its_page_showed_is_posted(ada, welcome):
    first, second = shots.add(ada, welcome), shots.add(ada, welcome)

    services.write_post(ada, welcome, title="", text="Look", client_key="k", photos=[second.pk])

    assert photos.waiting(ada, Place(welcome)) == [first]


def test_nobody_posts_a_photo_of_somebody_else(ada, ben, welcome):
    hers = shots.add(ada, welcome)

    services.write_post(ben, welcome, title="", text="Look", client_key="k", photos=[hers.pk])

    assert PostPhoto.objects.get().post is None


def test_who_reads_an_open_group_without_belonging_sees_none(ada, cleo, mo, welcome):
    photo = shots.post(ada, welcome).photos.get()
    assert (sees(cleo, photo), sees(mo, photo)) == (False, False)

    services.join_group(cleo, welcome)
    assert sees(cleo, photo)


def test_who_left_or_was_put_out_sees_none_any_more(ada, ben, cleo, welcome):
    photo = shots.post(ada, welcome).photos.get()
    services.join_group(cleo, welcome)
    services.leave_group(ben, welcome)
    Membership.objects.filter(account=cleo).update(standing="out")

    assert (sees(ben, photo), sees(cleo, photo)) == (False, False)


def test_in_a_group_for_members_others_find_nothing(ada, ben):
    group = found(ada)
    photo = shots.post(ada, group).photos.get()

    assert (sees(ada, photo), sees(ben, photo)) == (True, False)


@pytest.mark.parametrize("blocker", ["ada", "ben"])
def test_a_block_hides_photos_from_both_sides(ada, ben, welcome, blocker):
    photo = shots.post(ada, welcome).photos.get()
    answer = PostPhoto.objects.get(reply=shots.reply(ben, photo.post))
    one, other = (ada, ben) if blocker == "ada" else (ben, ada)
    safety.block(one, [other.pk])

    assert (sees(ben, photo), sees(ada, answer)) == (False, False)


def test_what_waits_for_a_moderator_or_was_removed_is_for_its_writer(ada, ben, welcome):
    post = shots.post(ada, welcome)
    answer = shots.reply(ada, post)
    of_post, of_reply = post.photos.get(reply=None), PostPhoto.objects.get(reply=answer)

    for state in ("held", "removed"):
        type(answer).objects.update(state=state)
        assert (sees(ada, of_reply), sees(ben, of_reply), sees(ben, of_post)) == (True, False, True)
        Post.objects.update(state=state)
        assert (sees(ada, of_post), sees(ben, of_post)) == (True, False)
        Post.objects.update(state="public")


def test_a_photo_of_another_group_is_not_at_this_address(ada, welcome):
    photo = shots.post(ada, welcome).photos.get()

    with pytest.raises(NotThere):
        photo_rules.get_photo_for(ada, found(ada).slug, photo.pk)


def test_the_bytes_lie_sealed_under_a_name_that_says_nothing(ada, welcome):
    post = shots.post(ada, welcome)
    photo = post.photos.get()
    plain = pictured.data_of(photo, "full")

    assert len(files()) == 3
    for name in files():
        stored = (settings.MEDIA_ROOT / "posted" / name).read_bytes()
        assert plain[:64] not in stored
        assert not any(row.pk.hex in name for row in (post, ada, post.persona, welcome))
    assert b"kettle" not in bytes(PostPhoto.objects.values_list("words", flat=True).get())


def test_a_fifth_and_what_is_no_picture_are_refused_and_leave_nothing(ada, welcome):
    with pytest.raises(PictureRefused):
        photos.add(ada, Place(welcome), data=b"no picture", words="A", sent_key=uuid4())
    assert files() == set()

    for _number in range(photo_bytes.MOST):
        shots.add(ada, welcome)
    with pytest.raises(Refused, match="At most 4"):
        shots.add(ada, welcome)
    assert len(files()) == 3 * photo_bytes.MOST


def test_the_same_form_twice_is_one_photo(ada, welcome):
    key = uuid4()

    assert shots.add(ada, welcome, sent_key=key) == shots.add(ada, welcome, sent_key=key)
    assert len(files()) == 3


def test_who_may_not_write_there_adds_none(ada, ben):
    with pytest.raises(NotThere):
        photos.add(ben, Place(found(ada)), data=FILE, words="A", sent_key=uuid4())
    assert (files(), PostPhoto.objects.exists()) == (set(), False)


def test_a_photo_is_of_a_draft_or_of_what_was_posted(ada, welcome):
    photo = shots.add(ada, welcome)

    with pytest.raises(IntegrityError), transaction.atomic():
        PostPhoto.objects.filter(pk=photo.pk).update(draft=None)


def test_removing_a_post_erases_its_photos_and_leaves_those_of_replies(ada, ben, welcome, committed):
    post = shots.post(ada, welcome, 2)
    answer = shots.reply(ben, post)

    with committed():
        services.erase_post(ada, post)

    assert (PostPhoto.objects.get().reply, len(files())) == (answer, 3)
    assert sees(ben, PostPhoto.objects.get())


def test_removing_a_reply_erases_its_photo(ada, ben, welcome, committed):
    answer = shots.reply(ben, shots.post(ada, welcome))

    with committed():
        replies.erase(ben, answer.pk)

    assert (PostPhoto.objects.get().reply, len(files())) == (None, 3)


def test_leaving_can_erase_every_photo_one_added_and_what_waits(ada, ben, welcome, committed):
    below = shots.post(ada, welcome)
    shots.post(ben, welcome)
    shots.reply(ben, below)
    shots.add(ben, welcome)

    with committed():
        services.leave_group(ben, welcome, erases=True)

    assert (PostPhoto.objects.get().post, len(files())) == (below, 3)


def test_one_photo_is_taken_away_and_the_words_stay(ada, welcome, committed):
    post = shots.post(ada, welcome, 2)

    with committed():
        photos.remove(photo_rules.get_own_photo(ada, "welcome", post.photos.first().pk))

    assert (post.photos.count(), len(files()), Post.objects.get().text) == (1, 3, "Look what I found")


def test_with_its_account_and_its_group_a_photo_is_gone(ada, ben, welcome, committed):
    photo = shots.post(ada, welcome).photos.get()
    shots.post(ben, welcome)
    vault.shred(KeyOwner("accounts.Account", ada.pk))
    assert not sees(ben, photo)
    ada.delete()
    assert PostPhoto.objects.count() == 1
    welcome.closed_at = timezone.now() - timedelta(days=31)
    welcome.save()
    closing.remove_closed()

    assert (PostPhoto.objects.exists(), len(files())) == (False, 6)
    long_ago = time.time() - SWEEP_AFTER - 1
    for name in files():
        os.utime(settings.MEDIA_ROOT / "posted" / name, (long_ago, long_ago))
    photos.sweep_files()
    assert (files(), is_chore(photos.sweep_files)) == (set(), True)


def test_the_sweep_leaves_what_has_a_row_and_what_is_just_written(ada, welcome):
    shots.post(ada, welcome)
    PostPhoto.objects.all().delete()
    kept = shots.add(ada, welcome)
    for name in files():
        if kept.pk.hex in name:
            os.utime(settings.MEDIA_ROOT / "posted" / name, (1, 1))

    photos.sweep_files()

    assert len(files()) == 6


def test_photos_of_a_draft_end_with_it(ada, welcome):
    shots.add(ada, welcome)
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=91))

    drafts.forget_old()

    assert not PostPhoto.objects.exists()


def test_whoever_belongs_reports_a_post_with_its_photos_and_others_without(ada, ben, cleo, welcome):
    post = shots.post(ada, welcome, 2)

    kind = registry.reportable("post")
    shown, hidden = kind.evidence_for(ben, post.pk), kind.evidence_for(cleo, post.pk)
    assert [picture[8:12] for picture in shown.pictures] == [b"WEBP"] * 2
    assert (shown.text.count(shots.WORDS), hidden.pictures, shots.WORDS in hidden.text) == (2, (), False)


def test_a_reported_reply_shows_its_photo_and_so_does_a_held_one(ada, ben, cleo, welcome):
    answer = shots.reply(ada, shots.post(ben, welcome))
    kind = registry.reportable("reply")

    for evidence in (kind.evidence_for(ben, answer.pk), kind.evidence(answer.pk)):
        assert (len(evidence.pictures), shots.WORDS in evidence.text) == (1, True)
    assert kind.evidence_for(cleo, answer.pk).pictures == ()


def test_who_tends_the_group_removes_a_photo_with_its_reply(ada, ben, cleo):
    group = found(ada)
    for account in (ben, cleo):
        Membership.objects.create(group=group, account=account)
    moderation.trust([ada.pk, ben.pk])
    answer = shots.reply(ben, shots.post(ada, group))
    photo = PostPhoto.objects.get(reply=answer)
    assert sees(cleo, photo)

    judging.take_down(answer.pk)
    assert (sees(cleo, photo), sees(ben, photo)) == (False, True)
