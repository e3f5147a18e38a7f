import re

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.urls import reverse
from django.utils import translation

from positivesocials.matching import services as matching
from positivesocials.moderation import services as moderation
from positivesocials.privacy import services as privacy
from positivesocials.privacy import texts
from positivesocials.privacy.models import Consent
from positivesocials.profiles import selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import CoupleLink, Profile


@pytest.fixture
def profile(ada):
    return selectors.profile_of(ada)


@pytest.fixture
def proved(signed_in):
    """A function that signs an account in as if it had shown its password a moment ago."""

    def prove(account):
        browser = signed_in(account)
        session = browser.session
        request = type("Request", (), {"session": session})()
        record_authentication(request, account, method="password")
        session.save()
        return browser

    return prove


def edit(profile, section):
    return reverse("profiles:edit-section", args=[profile.pk, section])


def said(profile):
    return Profile.objects.get(pk=profile.pk).said


@pytest.mark.parametrize(
    ("section", "data", "shown"),
    [
        ("self", {"pronouns": "she, her", "gender": "woman", "searches": ["women"]}, "she, her · woman"),
        ("age", {"birth_month": "5", "birth_year": "1990"}, "Age"),
        ("place", {"town": "gb-leeds"}, "Around Leeds"),
        ("words", {"question_1": "sunday", "answer_1": "First bus."}, "A perfect Sunday"),
        ("interests", {"interests": ["tea", "bread"], "languages": ["en"]}, "Tea · Bread · English"),
        ("hopes", {"friends": ["friendship"], "dating": ["slow"]}, "Friendship · Something slow"),
        ("circles", {"circles": ["hsv"], "agree": "on"}, "Herpes (HSV)"),
    ],
)
def test_what_is_said_in_a_section_is_kept_and_shown(profile, signed_in, ada, section, data, shown):
    page = signed_in(ada).post(edit(profile, section), data, follow=True).content.decode()

    assert "Saved." in page
    assert shown in re.sub("</?bdi>", "", page)


@pytest.mark.parametrize(
    ("section", "data", "sentence"),
    [
        ("age", {"birth_month": "5", "birth_year": "2015"}, "18 or over"),
        ("age", {"birth_month": "", "birth_year": "1990"}, "both month and year"),
        ("words", {"question_1": "", "answer_1": "First bus."}, "Choose the beginning"),
        ("circles", {"circles": ["hsv"]}, "only with your yes"),
        ("self", {"pronouns": "x" * 41}, "at most 40"),
    ],
)
def test_wrong_input_comes_back_with_a_sentence_and_nothing_lost(
    profile, signed_in, ada, section, data, sentence
):
    answer = signed_in(ada).post(edit(profile, section), data)

    page = answer.content.decode()
    assert sentence in page
    assert all(value in page for value in data.values() if isinstance(value, str))
    assert said(profile).to_dict() == {}


def test_the_consent_is_asked_once_and_receipted(profile, signed_in, ada):
    browser = signed_in(ada)
    browser.post(edit(profile, "circles"), {"circles": ["hiv"], "agree": "on"})

    page = browser.get(edit(profile, "circles")).content.decode()

    assert privacy.has_consent(ada, purpose="circles")
    assert "I agree" not in page
    assert "Undetectable = untransmittable" in page


def test_the_box_carries_the_version_of_its_wording(profile, signed_in, ada):
    page = signed_in(ada).get(edit(profile, "circles")).content.decode()

    box = re.search(r"<input[^>]*name=\"agree\"[^>]*>", page)
    assert box
    assert f'value="{texts.version("circles")}"' in box[0]
    assert "checked" not in box[0]


def test_a_yes_to_a_wording_that_changed_meanwhile_is_asked_again(profile, signed_in, ada):
    page = signed_in(ada).post(edit(profile, "circles"), {"circles": ["hiv"], "agree": "0"}).content.decode()

    assert "The wording has changed since" in page
    assert not privacy.has_consent(ada, purpose="circles")
    assert said(profile).circles == ()


def test_after_a_new_wording_the_page_asks_anew_and_leaving_a_circle_asks_nothing(profile, signed_in, ada):
    privacy.give_consent(ada, purpose="circles")
    profiles.change_facets(profile, facets={"circles": ["hiv", "hsv"]})
    Consent.objects.update(text_version="0")
    browser = signed_in(ada)

    assert 'name="agree"' in browser.get(edit(profile, "circles")).content.decode()
    browser.post(edit(profile, "circles"), {"circles": ["hiv", "hsv", "hpv"]})
    assert said(profile).circles == ("hiv", "hsv")
    browser.post(edit(profile, "circles"), {"circles": ["hiv"]})
    assert said(profile).circles == ("hiv",)


def test_the_hiv_circle_carries_its_line_where_others_see_it(profile, signed_in, ada):
    privacy.give_consent(ada, purpose="circles")
    profiles.change_facets(profile, facets={"circles": ["hiv"]})

    page = signed_in(ada).get(reverse("profiles:see-own", args=[profile.pk])).content.decode()

    assert "Undetectable = untransmittable" in page
    assert "who.int" in page


def test_nobody_edits_somebody_elses_profile(profile, signed_in, ben):
    for name in ("show-one", "see-own", "rename"):
        assert signed_in(ben).get(reverse(f"profiles:{name}", args=[profile.pk])).status_code == 404
    for name in ("pause", "hide", "draw-anew"):
        assert signed_in(ben).post(reverse(f"profiles:{name}", args=[profile.pk])).status_code == 404


def test_the_old_name_is_gone_from_the_page(profile, signed_in, ada):
    page = signed_in(ada).post(
        reverse("profiles:rename", args=[profile.pk]), {"name": "Quiet Heron"}, follow=True
    )

    assert "Quiet Heron" in page.content.decode()
    assert "Ada" not in page.content.decode()


@pytest.mark.parametrize(("name", "words"), [("hide", "You are hidden"), ("pause", "You are in no list")])
def test_being_found_is_switched_by_one_button(profile, signed_in, ada, name, words):
    answer = signed_in(ada).post(reverse(f"profiles:{name}", args=[profile.pk]), follow=True)

    assert words in answer.content.decode()


def test_a_couple_is_made_by_handing_over_a_link(proved, eli, fern):
    one, two = proved(eli), proved(fern)
    page = one.post("/couple/invite/", {"name": "Elm"}, follow=True).content.decode()
    link = re.search(r"/couple/[\w-]{24}/", page).group()  # type: ignore[union-attr]

    assert "Elm" in two.get(link).content.decode()
    assert "You said yes to" in two.post(link, {"name": "Fig"}, follow=True).content.decode()
    assert "said yes" in one.get("/couple/").content.decode()
    confirm = reverse("profiles:confirm", args=[CoupleLink.objects.get().pk])
    assert "You are a couple here now" in one.post(confirm, follow=True).content.decode()
    assert "Elm" in two.get("/couple/").content.decode()


def test_linking_asks_for_the_password_again(signed_in, eli, fern):
    link = profiles.invite(eli, name="Elm")

    for browser, address in [(signed_in(eli), "/couple/invite/"), (signed_in(fern), f"/couple/{link.code}/")]:
        assert browser.get(address).url.startswith(reverse("accounts:re-prove"))
        assert browser.post(address, {"name": "Fig"}).status_code == 302
    assert CoupleLink.objects.get().second is None


def test_a_wrong_code_is_not_there(proved, fern):
    assert proved(fern).get("/couple/aaaaaaaaaaaaaaaaaaaa/").status_code == 404


def test_each_partner_writes_their_own_part_and_either_the_joint_one(signed_in, eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, str(link.code), name="Fig")
    joint = profiles.confirm(eli, link.pk)

    signed_in(eli).post(edit(joint, "self"), {"pronouns": "he, him"})
    signed_in(fern).post(edit(joint, "self"), {"pronouns": "she, her"})
    signed_in(fern).post(edit(joint, "place"), {"town": "gb-leeds"})

    assert [part.pronouns for part in said(joint).about] == ["he, him", "she, her"]
    assert "Around Leeds" in signed_in(eli).get(f"/me/{joint.pk}/").content.decode()


def test_ending_asks_once_and_then_the_page_is_gone(signed_in, eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, str(link.code), name="Fig")
    joint = profiles.confirm(eli, link.pk)
    end = reverse("profiles:end-couple", args=[link.pk])
    assert "End this couple?" in signed_in(fern).get(end).content.decode()

    signed_in(fern).post(end)

    for account in (eli, fern):
        assert signed_in(account).get(f"/me/{joint.pk}/").status_code == 404
        assert "Elm" not in signed_in(account).get("/couple/").content.decode()


def test_whose_profile_was_taken_down_reads_why(profile, signed_in, ada, ben, mo):
    for each in Profile.objects.all():
        matching.save_preferences(each, "friends", {"on": True})
    moderation.report(ben, kind="profile", item_id=profile.pk, why="spam")
    moderation.remove(mo, kind="profile", item_id=profile.pk, reason="It sells things.")

    assert "It sells things." in signed_in(ada).get("/me/").text
    assert "It sells things." not in signed_in(ben).get("/me/").text


def test_circles_are_offered_in_the_readers_language(profile, signed_in, ada):
    with translation.override("ar"):
        answer = signed_in(ada).get(edit(profile, "circles"), headers={"accept-language": "ar"})
    page = answer.content.decode()

    assert "الهربس" in page
    assert "Herpes" not in page


def test_where_one_is_logged_in_and_how_one_is_seen_is_two_steps_away(signed_in, ada):
    browser = signed_in(ada)

    assert 'href="/couple/"' in browser.get("/me/").text
    page = browser.get("/couple/").text

    assert "Nobody has a right to your password" in page
    for name in ("accounts:list-devices", "profiles:see-individual"):
        assert f'href="{reverse(name)}"' in page
        assert browser.get(reverse(name), follow=True).status_code == 200
