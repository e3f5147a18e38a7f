"""Pictures in guides: with words or not at all, from our own origin, and drawn again when they change."""

import re
from base64 import b64encode
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from positivesocials.articles import finding, library, publishing, translating
from positivesocials.articles.models import GuidePage
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.articles.tests.factories import make_guide, make_picture
from positivesocials.articles.tests.test_guides_at_desk import form_of, publish, save
from positivesocials.articles.translating import Wording
from positivesocials.claims import selectors as claims

pytestmark = pytest.mark.django_db
ADD = ["/desk/guide-pictures/new/", "/desk/choose-picture/create/"]


@pytest.fixture
def desk(edda, signed_in):
    return signed_in(edda)


@pytest.fixture
def picture():
    return make_picture(alt='Two "cups" on a table', caption="By Ada")


@pytest.fixture
def guide(picture):
    return make_guide(text=f"## In short\n\nWords.\n\n{line(picture)}\n\nMore.")


def line(picture, words="", below=""):
    return f"![{words}](picture:{picture.pk}{below})"


def address(picture):
    return f"/guides/pictures/{picture.pk}.webp"


def file(side=20, kind="PNG"):
    made = BytesIO()
    Image.new("RGB", (side, side), "#2b7561").save(made, kind)
    return SimpleUploadedFile("IMG_1.png", made.getvalue(), "image/png")


def reasons(text):
    return publishing.reasons_against(publishing.Draft(text, "sexual-health", [], None))


@pytest.mark.parametrize("form", ADD)
def test_an_editor_adds_a_picture_and_it_is_drawn_anew(desk, form):
    desk.post(form, {"file": file(), "alt": " A green field ", "caption": ""})

    kept = GuidePicture.objects.get()
    assert (kept.alt, kept.width, kept.height) == ("A green field", 20, 20)
    assert Image.open(BytesIO(bytes(kept.data))).format == "WEBP"


@pytest.mark.parametrize("form", ADD)
@pytest.mark.parametrize("alt", ["", "   ", "\u2003"])
def test_a_picture_without_words_for_who_cannot_see_it_is_refused(desk, form, alt):
    page = desk.post(form, {"file": file(), "alt": alt, "caption": "By Ada"}).content.decode()

    assert "This field is required." in page
    assert not GuidePicture.objects.exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (SimpleUploadedFile("a.png", b""), "This file is empty."),
        (SimpleUploadedFile("a.png", b"no picture"), "is not a picture that can be shown here"),
        (SimpleUploadedFile("a.png", b"x" * (10 * 1024 * 1024 + 1)), "is larger than 10 MB"),
    ],
    ids=["empty", "none", "heavy"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(desk, sent, told):
    page = desk.post(ADD[0], {"file": sent, "alt": "A field"}).content.decode()

    assert told in page
    assert not GuidePicture.objects.exists()


def test_the_words_of_a_picture_are_changed_and_never_taken_away(desk, picture):
    form = f"/desk/guide-pictures/edit/{picture.pk}/"

    assert "This field is required." in desk.post(form, {"alt": " ", "caption": ""}).content.decode()
    desk.post(form, {"alt": "Two cups", "caption": ""})

    picture.refresh_from_db()
    assert (picture.alt, picture.caption) == ("Two cups", "")


def test_no_row_is_kept_without_words():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_picture(alt="")


def test_only_editors_add_pictures(ada, mo, signed_in):
    for account in (ada, mo):
        for form in ADD:
            assert signed_in(account).post(form, {"file": file(), "alt": "A field"}).status_code == 404


def test_a_guide_shows_its_picture_with_words_size_and_line(client, guide, picture):
    page = client.get(guide.path_here).content.decode()

    shown = f'<figure class="pictured"><img src="{address(picture)}" alt="Two &quot;cups&quot; on a table"'
    assert f'{shown} width="4" height="3" loading="lazy"><figcaption>By Ada</figcaption></figure>' in page


def test_a_picture_of_a_published_guide_is_for_everybody_and_may_be_kept(client, guide, picture):
    response = client.get(address(picture))

    assert response.content == b"RIFF"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=86400, immutable"


def test_a_picture_that_no_published_guide_shows_is_for_editors_alone(
    client, desk, ada, signed_in, guide, picture
):
    guide.unpublish()

    for reader in (client, signed_in(ada)):
        assert reader.get(address(picture)).status_code == 404
    assert desk.get(address(picture))["Cache-Control"] == "private, no-store"


def test_publishing_is_refused_for_a_picture_that_is_not_there_or_not_in_words(picture):
    key = uuid4()
    assert reasons(line(picture)) == []
    assert reasons(f"![](picture:{key})") == [f"There is no picture named “{key}”."]

    GuidePicture.objects.update(alt="  ")
    assert reasons(line(picture)) == [f"Nobody has said what the picture “{picture.pk}” shows."]


@pytest.mark.parametrize(
    "text", ["![](picture:x)", "Words ![](picture:{key}) words.", "![{{a.b}}](picture:{key})"]
)
def test_what_only_looks_like_a_picture_keeps_a_guide_from_being_published(picture, text):
    assert any("draws no picture" in each for each in reasons(text.replace("{key}", str(picture.pk))))


def test_the_desk_refuses_to_publish_a_picture_that_is_gone_and_keeps_every_word(desk, guide, picture):
    picture.delete()

    page = publish(desk, guide, title="New words").content.decode()

    assert "Not published: There is no picture named" in page
    assert "New words" in page


def test_a_reader_sees_nothing_of_a_picture_that_is_not_there_or_not_in_words(client, guide):
    GuidePicture.objects.update(alt=" ")
    assert "pictured" not in client.get(guide.path_here).content.decode()

    GuidePicture.objects.all().delete()
    page = client.get(guide.path_here).content.decode()
    assert "picture" not in page.partition("<article")[2].partition("</article>")[0]
    assert "More." in page


def test_new_words_of_a_picture_are_on_its_pages_with_the_next_request(client, desk, guide, picture):
    client.get(guide.path_here)
    desk.post(f"/desk/guide-pictures/edit/{picture.pk}/", {"alt": "New words", "caption": ""})

    page = client.get(guide.path_here).content.decode()
    assert 'alt="New words"' in page
    assert "By Ada" not in page
    assert 'alt="New words"' in client.get("/guides/all/").content.decode()


def test_a_picture_that_a_guide_shows_is_not_deleted(desk, guide, picture):
    page = desk.post(f"/desk/guide-pictures/delete/{picture.pk}/", follow=True).content.decode()
    assert f"Not deleted: it is shown in {guide.title}." in page

    GuidePage.objects.update(text="Words.")
    desk.post(f"/desk/guide-pictures/delete/{picture.pk}/")
    assert not GuidePicture.objects.exists()


def test_a_translation_shows_the_same_picture_in_words_of_its_own(guide, picture):
    own = GuidePage(text=line(picture, "Dos tazas", ' "De Ada"'), locale=guide.locale)
    told = own.parts(claims.facts()).opening
    assert 'alt="Dos tazas"' in told
    assert "<figcaption>De Ada</figcaption>" in told

    original = Wording("A", "B", line(picture))
    assert not list(translating.reasons_against(original, Wording("C", "D", line(picture, "Dos tazas"))))
    assert not list(translating.reasons_against(original, Wording("C", "D", line(picture))))
    missing = list(translating.reasons_against(original, Wording("C", "D", "Palabras.")))
    assert f"picture:{picture.pk}" in missing[0]


def test_words_that_a_translation_does_not_have_are_marked_as_foreign(guide, picture):
    guide.locale.language_code = "es"

    told = guide.parts(claims.facts()).sections[0].html

    assert 'table" lang="en" width' in told
    assert '<figcaption lang="en">By Ada' in told


def test_words_about_a_picture_are_no_markdown_and_no_html(guide, picture):
    guide.text = line(picture, "<b>*a*</b>")

    assert 'alt="&lt;b&gt;*a*&lt;/b&gt;"' in guide.parts(claims.facts()).opening


def test_a_picture_comes_along_in_the_library_while_there_is_room(client, guide, picture):
    GuidePicture.objects.update(data=b"R" * 300_000)
    heavy = make_picture(alt="A heavy one", data=b"R" * 1_400_000)
    make_guide(text=line(heavy))

    page = client.get("/guides/all/").content.decode()

    assert f'<img src="data:image/webp;base64,{b64encode(b"R" * 300_000).decode()}"' in page
    assert "<p>Picture: A heavy one</p>" in page
    assert len(page) < library.LARGEST_FILE
    assert not re.findall(r"""(?:src|href)=["'][^"'#]*\.webp""", page)


def test_the_search_finds_the_words_of_a_picture_and_not_its_mark(guide, picture):
    GuidePage.objects.update(text=line(picture, "Dos tazas"))

    text = finding.guide_texts([str(guide.pk)])[0].text
    assert text.startswith("Dos tazas")
    assert str(picture.pk) not in text


def test_the_search_is_told_of_new_words_of_a_picture(guide, picture):
    before, moved = finding.guide_stamps(), finding.guides_move_with()

    picture.alt = "Three cups"
    picture.save()

    assert finding.guide_stamps()[str(guide.pk)] != before[str(guide.pk)]
    assert finding.guides_move_with() != moved


def test_a_save_that_changes_nothing_leaves_the_text_as_it_is(desk, guide):
    before = guide.text.replace("\n", "\r\n")
    GuidePage.objects.filter(pk=guide.pk).update(text=before)

    save(desk, guide, form_of(desk, guide), title="Another")

    guide.refresh_from_db()
    assert guide.get_latest_revision_as_object().text == before


def test_half_a_block_is_refused_even_in_a_draft(desk, guide):
    form = form_of(desk, guide) | {"text-1-value-picture": ""}

    page = save(desk, guide, form)

    assert page.status_code == 200
    assert not guide.revisions.exists()
