"""The pages of person checks: three ways without scripts, what others read, and what a moderator is shown."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.images import LARGEST_UPLOAD
from positivesocials.matching import services as matching
from positivesocials.profiles import checks, poses
from positivesocials.profiles.check_models import PersonCheck, Vouch
from positivesocials.profiles.tests.people import face

PAGE = "/me/check/"
NAMES = ("Ben", "Cleo")


def judging(check) -> str:
    return reverse("profiles:judge-check", args=[check.pk])


def test_the_page_says_what_a_check_does_not_say_and_that_nobody_needs_one(ada, signed_in):
    page = signed_in(ada).get(PAGE).text

    assert "You need it for nothing here." in page
    assert "Nothing about health, age or character" in page
    assert "nobody can search by it" in page


def test_a_pose_is_drawn_and_a_picture_sent_in_two_plain_forms(ada, signed_in, upload, on_disk):
    browser = signed_in(ada)

    drawn = browser.post(f"{PAGE}pose/", follow=True).text
    assert 'enctype="multipart/form-data"' in drawn
    told = browser.post(f"{PAGE}picture/", {"picture": upload()}, follow=True).text

    assert "Your picture waits for a moderator" in told
    assert len(on_disk()) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"no picture at all", "not a picture"),
        (b"x" * (LARGEST_UPLOAD + 1), "larger than 10 MB"),
        (b"x" * (LARGEST_UPLOAD + 200_000), "larger than 10 MB"),
    ],
    ids=["empty", "text", "heavy", "too heavy to be read"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_the_pose_stays(
    data, sentence, ada, signed_in, upload, on_disk
):
    browser = signed_in(ada)
    browser.post(f"{PAGE}pose/")

    response = browser.post(f"{PAGE}picture/", {"picture": upload(data)})

    assert response.status_code == 422
    assert sentence in response.text
    assert "Send the picture" in response.text
    assert on_disk() == set()


def test_nothing_chosen_is_said_beside_the_field(ada, signed_in):
    browser = signed_in(ada)

    assert "Choose a picture" in browser.post(f"{PAGE}picture/").text
    assert "Fill in" in browser.post(f"{PAGE}call/", {"times": ""}).text
    assert "Choose at least one person" in browser.post(f"{PAGE}people/").text


def test_a_call_is_asked_for_taken_and_found_on_the_page(ada, mo, signed_in):
    signed_in(ada).post(f"{PAGE}call/", {"times": "Fridays at six, Bristol time"})
    check = PersonCheck.objects.get()
    browser = signed_in(mo)
    assert "Fridays at six" in browser.get(judging(check)).text

    refused = browser.post(f"{judging(check)}call/", {"link": "http://a.example/", "when": "Friday"})
    assert "has to begin with https://" in refused.text
    browser.post(f"{judging(check)}call/", {"link": "https://a.example/room", "when": "Friday 18:00"})

    page = signed_in(ada).get(PAGE).text
    assert 'href="https://a.example/room" rel="noopener noreferrer external"' in page
    assert "Friday 18:00" in page


def test_a_match_is_asked_and_says_yes_in_two_steps(ada, ben, signed_in, match_up, long_here):
    match_up(ada, ben)
    long_here(ben)
    key = f"{face(ben).pk}.0"
    assert key in signed_in(ada).get(PAGE).text
    signed_in(ada).post(f"{PAGE}people/", {"people": [key]})
    browser = signed_in(ben)

    assert "Somebody would like your word" in browser.get("/me/", follow=True).text
    wish = f"/me/met/{Vouch.objects.get().pk}/"
    assert wish in browser.get(PAGE).text
    assert "Have you met" in browser.get(wish).text
    browser.post(wish)
    assert Vouch.objects.get().said_at
    browser.post(f"{wish}take-back/")
    assert Vouch.objects.get().said_at is None


def test_a_young_account_reads_when_its_word_counts(ada, ben, signed_in, match_up):
    match_up(ada, ben)
    signed_in(ada).post(f"{PAGE}people/", {"people": [f"{face(ben).pk}.0"]})

    page = signed_in(ben).get(f"/me/met/{Vouch.objects.get().pk}/").text

    assert "once you have been here for 30 days" in page
    assert "Yes, I have met" not in page


def test_others_read_one_small_line_with_month_and_year(ada, ben, passed, signed_in, match_up):
    match_up(ada, ben)
    passed(ada)
    page = reverse("matching:show-profile", args=[face(ada).pk])
    month = timezone.localdate().strftime("%B %Y")

    assert f"A person checked this profile, {month}" in signed_in(ben).get(page).text
    assert f"A person checked this profile, {month}" in signed_in(ada).get("/me/see/", follow=True).text
    checks.take_back(ada)

    assert "A person checked" not in signed_in(ben).get(page).text


def test_a_check_stands_on_no_card_and_changes_no_order(ada, ben, cleo, passed, signed_in):
    for account in (ada, ben, cleo):
        matching.save_preferences(face(account), "friends", {"on": True, "band": 6})
    browser = signed_in(ada)
    before = browser.get("/people/?in=f").text

    passed(cleo)

    after = browser.get("/people/?in=f").text
    assert "person checked" not in after
    assert sorted(NAMES, key=after.find) == sorted(NAMES, key=before.find)


def test_a_moderator_is_shown_a_name_a_pose_and_the_picture_and_no_account(ada, mo, sent, signed_in):
    check = sent(ada)
    browser = signed_in(mo)

    page = browser.get(judging(check)).text
    picture = browser.get(f"{judging(check)}picture/")

    assert "Ada" in page
    assert str(poses.in_words(check.pose)) in page
    assert not [leak for leak in (str(ada.pk), "ada@example.org") if leak in page]
    assert picture.headers["Content-Type"] == "image/webp"
    assert (
        picture.headers["Content-Security-Policy"]
        == "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in picture.headers["Cache-Control"]


def test_a_picture_opens_for_five_minutes_in_the_session_that_opened_its_page(ada, mo, sent, signed_in):
    check = sent(ada)
    opened, other = signed_in(mo), signed_in(mo)
    opened.get(judging(check))
    picture = f"{judging(check)}picture/"

    assert opened.get(picture).status_code == 200
    assert other.get(picture).headers["Location"] == judging(check)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert opened.get(picture).headers["Location"] == judging(check)


def test_after_the_decision_neither_page_nor_picture_is_there(ada, mo, sent, signed_in):
    check = sent(ada)
    browser = signed_in(mo)
    browser.get(judging(check))

    browser.post(f"{judging(check)}yes/")

    pages = [judging(check), f"{judging(check)}picture/"]
    assert [browser.get(page).status_code for page in pages] == [404, 404]


def test_checks_are_there_for_moderators_alone(ada, ben, edda, mo, olu, sent, client, signed_in):
    check = sent(ada)
    pages = ["/checks/", judging(check), f"{judging(check)}picture/"]

    for page in pages:
        assert [signed_in(who).get(page).status_code for who in (ada, ben, edda)] == [404] * 3
        assert client.get(page).status_code == 302
    assert [signed_in(who).get(judging(check)).status_code for who in (mo, olu)] == [200, 200]
    assert signed_in(ben).post(f"{judging(check)}yes/").status_code == 404


def test_a_no_needs_a_reason_that_the_member_reads(ada, mo, sent, signed_in):
    check = sent(ada)
    browser = signed_in(mo)

    assert "Fill in" in browser.post(f"{judging(check)}no/", {"reason": ""}).text
    browser.post(f"{judging(check)}another/", {"reason": "Too dark to see a face."})

    page = signed_in(ada).get(PAGE).text
    assert "Another pose, please" in page
    assert "Too dark to see a face." in page
    assert "Too dark" in signed_in(ada).get("/who-looked/").text


def test_poses_pictures_and_words_are_limited(ada, signed_in):
    browser = signed_in(ada)

    assert [browser.post(f"{PAGE}pose/").status_code for _ in range(21)][-2:] == [302, 429]
    assert [browser.post(f"{PAGE}picture/").status_code for _ in range(11)][-2:] == [422, 429]


def test_an_account_without_a_profile_is_led_to_one(signed_in, db):
    from positivesocials.accounts import services as accounts

    browser = signed_in(accounts.open_account())

    assert browser.get(PAGE).headers["Location"] == "/me/"
    assert browser.post(f"{PAGE}pose/").status_code == 404
