"""Photos of posts on pages: added without a script, kept when a form comes back, shown to members."""

import io
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.utils import CaptureQueriesContext
from PIL import Image

from positivesocials.audit.models import AuditRecord
from positivesocials.groups import founding, photos, services
from positivesocials.groups.drafts import Place
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import PostPhoto
from positivesocials.groups.tests import shots
from positivesocials.groups.tests.shots import FILE, WORDS, address, files
from positivesocials.groups.tests.test_groups import post_as_alias
from positivesocials.groups.tests.test_views import sent
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply

WRITE = "/groups/welcome/write/"
NOBODY_ELSE = "Pictures are for members of the group."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def welcome(db, ada, ben):
    group = founding.found_welcome()
    moderation.trust([ada.pk, ben.pk])
    services.join_group(ben, group)
    return group


def file(data=FILE):
    return SimpleUploadedFile("IMG_2044.jpg", data, "image/jpeg")


def with_file(data=FILE, words=WORDS, **more):
    return sent(picture=file(data), photo_words=words, photo_key=str(uuid4()), **more)


def page(post):
    return f"/groups/welcome/{post.pk}/"


def shown_in(html):
    """The photos that the form carries along."""
    return re.findall(r'name="photos" value="([^"]+)"', html)


def test_a_post_with_a_picture_is_one_form(ada, ben, signed_in):
    told = signed_in(ada).post(WRITE, with_file(), follow=True)
    photo = PostPhoto.objects.get()

    assert "Posted." in told.text
    seen = signed_in(ben).get(page(photo.post)).text
    assert f'src="{address(photo, "blurred")}"' in seen
    assert f'href="{address(photo)}"' in seen
    assert WORDS in seen
    assert address(photo, "small") not in seen


def test_pictures_are_added_one_by_one_and_nothing_typed_is_lost(ada, signed_in):
    browser = signed_in(ada)
    first = browser.post(f"{WRITE}photo/", with_file(text="Half", voice="name", title="A kettle"))
    (one,) = shown_in(first.text)
    typed = with_file(words="Another", text="Half", alias="Grey Otter", photos=[one])
    second = browser.post(f"{WRITE}photo/", typed).text

    assert (first.status_code, len(shown_in(second)), Post.objects.exists()) == (200, 2, False)
    assert ">\nHalf</textarea>" in first.text
    assert 'value="A kettle"' in first.text
    assert re.search(r'value="name"[^>]*checked', first.text)
    assert "Grey Otter" in second

    browser.post(WRITE, sent(photos=shown_in(second)))
    assert Post.objects.get().photos.count() == 2


def test_the_same_form_sent_twice_adds_one(ada, signed_in):
    key = str(uuid4())
    for _time in range(2):
        signed_in(ada).post(f"{WRITE}photo/", {**with_file(), "photo_key": key})

    assert PostPhoto.objects.count() == 1


def test_the_same_post_sent_twice_is_one_post_with_its_picture(ada, signed_in):
    browser = signed_in(ada)
    ids = shown_in(browser.post(f"{WRITE}photo/", with_file()).text)
    words = sent(photos=ids)

    assert [browser.post(WRITE, words).status_code for _time in range(2)] == [302, 302]
    assert (Post.objects.count(), Post.objects.get().photos.count()) == (1, 1)


@pytest.mark.parametrize("button", ["", "preview/", "another-alias/"])
def test_a_form_that_comes_back_has_kept_the_picture(ada, signed_in, button):
    answer = signed_in(ada).post(f"{WRITE}{button}", with_file(text=""))

    assert shown_in(answer.text) == [str(PostPhoto.objects.get().pk)]
    assert not Post.objects.exists()


def test_a_preview_shows_it_as_it_will_be(ada, signed_in):
    answer = signed_in(ada).post(f"{WRITE}preview/", with_file()).text

    assert answer.count(address(PostPhoto.objects.get(), "blurred")) == 1
    assert "Take this picture away" not in answer


def test_a_picture_waits_with_the_draft_and_is_thrown_away_with_it(
    ada, signed_in, django_capture_on_commit_callbacks
):
    browser = signed_in(ada)
    kept = browser.post(f"{WRITE}draft/", with_file(text=""), follow=True).text
    assert "kept, sealed" in kept
    assert len(shown_in(browser.get(WRITE).text)) == 1
    assert "Throw the draft away" in browser.get(WRITE).text

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{WRITE}draft/", {"drop": "on", "photo_words": "left over"})
    assert (PostPhoto.objects.exists(), files(), shown_in(browser.get(WRITE).text)) == (False, set(), [])


def test_one_that_waits_is_taken_away_by_its_button(ada, signed_in, django_capture_on_commit_callbacks):
    browser = signed_in(ada)
    (one,) = shown_in(browser.post(f"{WRITE}photo/", with_file()).text)

    with django_capture_on_commit_callbacks(execute=True):
        left = browser.post(f"{WRITE}photo/away/", sent(text="Half", photos=[one], away=one)).text

    assert (shown_in(left), "Half" in left, files()) == ([], True, set())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"picture": b"no picture"}, "This file is not a picture"),
        ({"picture": b""}, "This file is empty"),
        ({"picture": b"x" * (10 * 1024 * 1024 + 1)}, "This picture is larger than 10 MB"),
        ({"picture": FILE, "photo_words": ""}, "Say in a sentence what is in the picture."),
        ({"photo_words": "A kettle"}, "Choose the picture that these words are for"),
        ({"photos": ["x"]}, "A picture that stood here is gone."),
        ({"photos": [str(uuid4())]}, "A picture that stood here is gone."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_posted(ada, signed_in, more, why):
    said = {"photo_words": WORDS if "picture" in more else "", **more}
    if "picture" in said:
        said["picture"] = file(said["picture"])
    answer = signed_in(ada).post(WRITE, sent(text="Still here", **said))

    assert why in answer.text
    assert "Still here" in answer.text
    assert (Post.objects.exists(), files()) == (False, set())


def test_a_picture_that_somebody_else_added_is_not_carried_along(ada, ben, welcome, signed_in):
    hers = shots.add(ada, welcome)

    answer = signed_in(ben).post(WRITE, sent(photos=[str(hers.pk)]))

    assert "A picture that stood here is gone." in answer.text
    assert photos.waiting(ada, Place(welcome)) == [hers]


def test_a_picture_offered_for_a_diagnosis_is_asked_about_once(ada, signed_in):
    browser, words = signed_in(ada), "Does anyone know what this is?"
    asked = browser.post(WRITE, with_file(text=words))
    kept = shown_in(asked.text)

    assert (asked.status_code, len(kept), Post.objects.exists()) == (428, 1, False)
    assert browser.post(WRITE, sent(text=words, photos=kept, sure="on")).status_code == 302
    assert browser.post(WRITE, sent(text=words)).status_code == 302
    told = browser.post(f"/groups/welcome/{Post.objects.filter(photos__isnull=False).get().pk}/edit/", {
        "text": f"{words} Still."
    })  # fmt: skip
    assert told.status_code == 428


def test_a_reply_has_pictures_too(ada, ben, welcome, signed_in):
    hers = shots.post(ada, welcome, 0)
    browser, said = signed_in(ben), {"voice": str(ben.profile.persona_id), "client_key": "c"}
    more = {"picture": file(), "photo_words": WORDS, "quotes": "on"}
    added = browser.post(f"{page(hers)}reply/photo/", {**said, **more, "text": "Mine"}).text
    (one,) = shown_in(added)
    assert "Mine" in added
    assert re.search(r'name="quotes"[^>]*checked', added)

    browser.post(f"{page(hers)}reply/", {**said, "text": "Mine", "photos": [one]})
    photo = PostPhoto.objects.get()
    assert photo.reply == Reply.objects.get()
    assert address(photo, "blurred") in signed_in(ada).get(page(hers)).text
    assert address(photo, "blurred") in browser.get(page(hers)).text


def test_changed_words_beside_a_picture_are_looked_over_as_new_ones_are(ada, ben, welcome, signed_in):
    hers = shots.post(ada, welcome, 0)
    with_one = shots.reply(ben, hers)
    without = shots.reply(ben, hers)
    PostPhoto.objects.filter(reply=without).delete()

    said = {"text": "Does anyone know what this is?"}
    edits = [signed_in(ben).post(f"/replies/{each.pk}/edit/", said) for each in (with_one, without)]
    assert [edit.status_code for edit in edits] == [428, 302]


def test_a_reply_that_comes_back_keeps_its_picture_and_one_is_taken_away(ada, ben, welcome, signed_in):
    hers, browser = shots.post(ada, welcome, 0), signed_in(ben)
    said = {"voice": str(ben.profile.persona_id), "client_key": "c", "photo_words": WORDS}
    for button in ("", "preview/"):
        answer = browser.post(f"{page(hers)}reply/{button}", {**said, "text": "", "picture": file()})
        assert shown_in(answer.text)
    left = shown_in(browser.get(page(hers)).text)
    away = {"photos": left, "away": left[0], "text": "Half"}
    assert shown_in(browser.post(f"{page(hers)}reply/photo/away/", away).text) == left[1:]
    told = browser.post(f"{page(hers)}reply/draft/", {"text": "", "photos": left[1:]}, follow=True).text
    assert "kept, sealed" in told


def test_guests_and_who_does_not_belong_read_the_words_and_are_told(ada, cleo, welcome, client, signed_in):
    hers = shots.post(ada, welcome, 2)
    shots.reply(ada, hers)
    pictures = [address(photo, size) for photo in PostPhoto.objects.all() for size in ("full", "blurred")]

    for browser in (client, signed_in(cleo)):
        for html in (browser.get(page(hers)).text, browser.get("/groups/welcome/").text):
            assert "Look what I found" in html
            assert "2 pictures" in html
            assert NOBODY_ELSE in html
            assert WORDS not in html
            assert "/photos/" not in html
    assert {signed_in(cleo).get(picture).status_code for picture in pictures} == {404}
    assert {client.get(picture).status_code for picture in pictures} == {302}


def test_a_list_says_how_many_there_are_and_shows_none(ada, ben, welcome, signed_in):
    shots.post(ada, welcome, 2)

    for where in ("/groups/welcome/", "/feed/"):
        html = signed_in(ben).get(where).text
        assert ("2 pictures" in html, "/photos/" in html, NOBODY_ELSE in html) == (True, False, False)


def test_who_left_is_shown_none_on_the_page_of_a_post(ada, ben, welcome, signed_in):
    hers = shots.post(ada, welcome)
    services.leave_group(ben, welcome)

    assert NOBODY_ELSE in signed_in(ben).get(page(hers)).text
    assert signed_in(ben).get(address(PostPhoto.objects.get())).status_code == 404


def test_a_picture_is_nothing_else_and_no_cache_keeps_it(ada, ben, welcome, signed_in):
    photo = shots.post(ada, welcome).photos.get()
    answer = signed_in(ben).get(address(photo))

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "private, no-store")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert 'filename="picture.webp"' in answer["Content-Disposition"]
    assert signed_in(ben).get(address(photo, "huge")).status_code == 404


def test_what_a_file_tells_of_itself_is_not_served(ada, signed_in):
    taken = Image.Exif()
    taken[0x010F], taken[0x013B] = "A planted camera", "A planted name"
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "JPEG", exif=taken, comment=b"A planted comment")
    browser = signed_in(ada)
    browser.post(WRITE, with_file(out.getvalue()))

    photo = PostPhoto.objects.get()
    assert all(
        word not in browser.get(address(photo, size)).content
        for size in ("full", "small", "blurred")
        for word in (b"planted", b"Exif", b"EXIF", b"IMG_2044")
    )


def test_behind_an_alias_nothing_at_a_picture_leads_to_its_writer(ada, ben, welcome, signed_in):
    waiting = shots.add(ada, welcome)
    said = {"alias": "Quiet Heron", "salt": "0" * 16, "title": "", "text": "Look", "client_key": "k"}
    hers = services.write_post_as_alias(ada, welcome, photos=[waiting.pk], **said)
    photo = hers.photos.get()
    answer = signed_in(ben).get(address(photo))

    told = signed_in(ben).get(page(hers)).text + str(dict(answer.headers))
    secrets = (ada.pk, ada.profile.persona_id, hers.persona_id, photo.sent_key)
    assert [each for each in secrets if str(each) in told or str(each).replace("-", "") in told] == []


def test_below_a_content_note_pictures_are_folded_with_the_words(ada, ben, welcome, signed_in):
    hers = shots.post(ada, welcome, note="A kitchen")
    html = signed_in(ben).get(page(hers)).text

    folded = html[html.index('<details class="cw noted">') : html.index("</details>", html.index("noted"))]
    assert address(PostPhoto.objects.get(), "blurred") in folded


def test_its_author_takes_a_picture_away_and_nobody_else_can(ada, ben, welcome, signed_in):
    hers = shots.post(ada, welcome, 2)
    photo, other = hers.photos.order_by("place")
    away = f"/groups/welcome/photos/{photo.pk}/remove/"
    assert [signed_in(ben).get(away).status_code, signed_in(ben).post(away).status_code] == [404, 404]
    assert "Take this picture away" not in signed_in(ben).get(page(hers)).text

    browser = signed_in(ada)
    assert away in browser.get(page(hers)).text
    assert "cannot be brought back" in browser.get(away).text
    assert "What you wrote stays." in browser.post(away, follow=True).text
    assert list(hers.photos.all()) == [other]
    assert browser.get(away).status_code == 404


def test_a_moderator_opens_the_pictures_of_a_case_on_record_and_no_others(ada, ben, mo, welcome, signed_in):
    hers = shots.post(ada, welcome, 2)
    report = moderation.report(ben, kind="post", item_id=hers.pk, why="naming")
    case = f"/queue/post/{hers.pk}/"
    pictures = [f"{case}picture/{report.pk}/{number}/" for number in range(3)]
    browser = signed_in(mo)

    html = browser.get(case).text
    before = AuditRecord.objects.count()
    assert [picture in html for picture in pictures] == [True, True, False]
    assert WORDS in html
    assert [browser.get(picture).status_code for picture in pictures] == [200, 200, 404]
    assert AuditRecord.objects.count() == before + 2
    assert browser.get(address(hers.photos.first())).status_code == 404


def test_a_moderator_opens_the_pictures_of_what_is_held(cleo, mo, welcome, signed_in):
    held = shots.post(cleo, welcome)
    case, browser = f"/queue/post/{held.pk}/", signed_in(mo)

    (picture,) = re.findall(rf'src="({case}picture/[^"]+)"', browser.get(case).text)
    assert browser.get(picture).content[8:12] == b"WEBP"
    assert AuditRecord.objects.latest("at").verb == "read-held"
    moderation.approve(mo, kind="post", item_id=held.pk)
    assert browser.get(picture).status_code == 404


def test_a_page_costs_the_same_with_few_pictures_and_many(ada, ben, welcome, signed_in):
    few, many = shots.post(ada, welcome, 1), shots.post(ada, welcome, 4)
    for hers, number in ((few, 1), (many, 5)):
        for _reply in range(number):
            shots.reply(ben, hers)
    browser = signed_in(ben)
    for hers in (few, many):
        browser.get(page(hers))

    counts = []
    for hers in (few, many):
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            browser.get(page(hers))
        counts.append((len(asked), len(keys)))
    assert counts[0] == counts[1]


def test_a_post_without_pictures_says_nothing_of_them(ada, welcome, client):
    hers = post_as_alias(ada, welcome)

    assert NOBODY_ELSE not in client.get(page(hers)).text
