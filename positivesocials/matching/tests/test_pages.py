import re

import pytest
from django.urls import reverse

from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Match, Said
from positivesocials.moderation.registry import reportable
from positivesocials.profiles import services as profiles
from positivesocials.safety import services as safety
from tests.normalise import normalised

PEOPLE = "/people/"


@pytest.fixture
def both(meets, ada, ben):
    said = {"interests": ["tea", "bread"], "prompts": [{"question": "sunday", "answer": "First bus out."}]}
    return meets(ada, **said), meets(ben, birth_year=1985, birth_month=2, pronouns="he, him", **said)


def url(name, me):
    return reverse(f"matching:{name}", args=[me.profile.pk])


def test_the_list_shows_a_card_with_band_words_and_reasons(both, signed_in, ada):
    page = signed_in(ada).get(PEOPLE).content.decode()

    for shown in ["Ben", "Same area", "First bus out.", "You share: Tea, Bread", "Say hello", "he, him"]:
        assert shown in page


def test_liking_from_the_list_offers_to_undo(both, signed_in, ada):
    page = signed_in(ada).post(url("like", both[1]), {"in": "f"}, follow=True).content.decode()

    assert "You said hello to" in page
    assert url("undo", both[1]) in page


def test_a_second_like_leads_to_the_conversation(both, signed_in, ada, ben):
    matching.like(ada, both[0], both[1].profile.pk, mode="friends")

    answer = signed_in(ben).post(url("like", both[0]), {"in": "f"})

    assert answer.url == reverse("messaging:show-conversation", args=[Match.objects.get().conversation_id])


@pytest.mark.parametrize("name", ["like", "keep-for-later", "say-not-now"])
def test_someone_who_is_not_there_cannot_be_spoken_of(both, signed_in, ada, cleo, meets, name):
    far = meets(cleo, place="us-boston", friends={"band": 0})

    assert signed_in(ada).post(url(name, far), {"in": "f"}).status_code == 404
    assert not Decision.objects.exists()


def test_a_profile_is_there_for_who_fits_and_for_nobody_else(both, signed_in, ada, cleo):
    assert signed_in(ada).get(url("show-profile", both[1])).status_code == 200
    assert signed_in(cleo).get(url("show-profile", both[1])).status_code == 404


@pytest.mark.parametrize("vanish", ["hide", "block", "withhold", "absent"])
def test_every_way_of_not_being_there_is_the_same_page(both, signed_in, ada, ben, vanish):
    address = url("show-profile", both[1])
    if vanish == "block":
        safety.block(ben, [ada.pk])
    elif vanish == "absent":
        address = "/people/00000000-0000-4000-8000-000000000000/"
    else:
        getattr(profiles, vanish)(both[1].profile)

    answer = signed_in(ada).get(address)

    nowhere = "/people/11111111-0000-4000-8000-000000000000/"
    expected = signed_in(ada).get(nowhere)
    # The page offers other languages of the address it was asked for.
    answer.content = answer.content.replace(address.encode(), nowhere.encode())
    assert answer.status_code == 404
    assert normalised(answer) == normalised(expected)


def test_a_match_still_sees_who_hides(both, signed_in, ada, ben):
    matching.like(ada, both[0], both[1].profile.pk, mode="friends")
    matching.like(ben, both[1], both[0].profile.pk, mode="friends")

    profiles.hide(both[1].profile)

    assert "Go to your conversation" in signed_in(ada).get(url("show-profile", both[1])).content.decode()


def test_a_mode_never_shows_the_hopes_of_the_other(meets, signed_in, ada, ben):
    meets(ada, dating={"on": False})
    b = meets(ben, dating={}, goals=["friendship", "relationship"], orientation="bisexual")

    page = signed_in(ada).get(url("show-profile", b)).content.decode()

    assert "Friendship" in page
    assert "A relationship" not in page
    assert "bisexual" not in page


def test_a_guest_is_sent_to_log_in_whatever_the_id(client, both):
    assert client.get(url("show-profile", both[1])).url.startswith(reverse("accounts:log-in"))


def test_wishes_that_contradict_themselves_come_back_with_a_message(meets, signed_in, ada):
    meets(ada, dating={})
    wish = {"in": "d", "kinds": ["couple"], "band": "2", "age_from": "50", "age_to": "40"}

    answer = signed_in(ada).post("/people/looking-for/", wish)

    assert answer.status_code == 422
    assert "below the youngest" in answer.content.decode()


def test_wishes_are_kept_and_hold_at_once(both, signed_in, ada):
    wish = {"in": "f", "kinds": ["couple"], "band": "6"}

    page = signed_in(ada).post("/people/looking-for/", wish, follow=True).content.decode()

    assert "Ben" not in page
    assert "Individuals too, couples first" in page


def test_what_is_only_nice_to_have_leaves_nobody_out(both, signed_in, ada):
    wish = {"in": "f", "kinds": ["couple"], "nice_kinds": "on", "band": "6"}

    page = signed_in(ada).post("/people/looking-for/", wish, follow=True).content.decode()

    assert "<bdi>Ben</bdi>" in page
    assert re.search(r'name="nice_kinds"[^>]* checked', page)
    assert not re.search(r'name="nice_band"[^>]* checked', page)


def test_friends_offers_no_nice_to_have_of_dating(both, signed_in, ada):
    browser = signed_in(ada)
    wish = {"in": "f", "nice_ages": "on", "nice_searches": "on", "age_from": "30", "searches": ["men"]}

    page = browser.post("/people/looking-for/", wish, follow=True).content.decode()

    assert "nice_goals" in page
    assert "nice_ages" not in page
    assert "nice_searches" not in page


def test_a_step_makes_a_must_have_nice_to_have(meets, make_member, signed_in, ada):
    me = meets(ada, friends={"kinds": ["couple"]})
    meets(make_member("Gus"))

    page = signed_in(ada).post("/people/step/", {"in": "f", "step": "kinds"}, follow=True).content.decode()

    assert "<bdi>Gus</bdi>" in page
    assert Me(me.profile).side.wish("friends").nice == ("kinds",)
    assert Me(me.profile).side.wish("friends").kinds == ("couple",)


def test_a_thin_list_says_no_small_number(both, signed_in, ada):
    page = signed_in(ada).get(PEOPLE).content.decode()

    assert "That is everyone who fits for now" in page
    assert "1 fit" not in page


def test_a_mode_that_is_off_shows_a_switch_and_nobody(both, signed_in, ada):
    browser = signed_in(ada)
    assert "Dating is off" in browser.get(PEOPLE + "?in=d").content.decode()

    page = browser.post("/people/on/", {"in": "d"}, follow=True).content.decode()

    assert "Nobody new fits today" in page


def test_pages_never_repeat_anyone_and_show_everyone(meets, signed_in, make_member, ada):
    meets(ada)
    names = [f"Gus{number:02}" for number in range(29)]
    for name in names:
        meets(make_member(name))
    browser = signed_in(ada)

    pages = [browser.get(f"{PEOPLE}?page={number}").content.decode() for number in (1, 2, 3)]

    seen = [[name for name in names if f"<bdi>{name}</bdi>" in page] for page in pages]
    assert [len(some) for some in seen] == [12, 12, 5]
    assert sorted(name for some in seen for name in some) == names


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    meets, signed_in, make_member, ada, django_assert_max_num_queries
):
    meets(ada)
    browser, counts = signed_in(ada), []
    for crowd in ("Gus", "Hal"):
        for number in range(3):
            meets(make_member(f"{crowd}{number}"))
        browser.get(PEOPLE)
        with django_assert_max_num_queries(60) as queries:
            browser.get(PEOPLE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_later_and_likes_have_their_pages(both, signed_in, ada, ben):
    matching.set_aside(ada, both[0], both[1].profile.pk, mode="friends", said=Said.LATER)
    matching.like(ben, both[1], both[0].profile.pk, mode="friends")

    assert "Ben" in signed_in(ada).get("/people/later/").content.decode()
    assert "Ben" in signed_in(ada).get("/people/likes/").content.decode()
    assert "Take it back" in signed_in(ben).get("/people/likes/").content.decode()


def test_parting_asks_first_and_closes_the_conversation(both, signed_in, ada, ben):
    matching.like(ada, both[0], both[1].profile.pk, mode="friends")
    match = matching.like(ben, both[1], both[0].profile.pk, mode="friends")
    assert match is not None
    browser = signed_in(ada)
    assert "Part ways with" in browser.get(url("unmatch", both[1]) + "?in=f").content.decode()

    browser.post(url("unmatch", both[1]), {"in": "f"})

    match.conversation.refresh_from_db()
    assert match.conversation.closed_at is not None


def test_a_couple_meets_as_two(meets, couple, signed_in, eli, fern, ada):
    joint = meets(couple(eli, fern))
    meets(ada)

    assert "Elm</bdi> &amp; <bdi>Fig" in signed_in(ada).get(PEOPLE).content.decode()
    page = signed_in(eli).get(f"{PEOPLE}?as={joint.profile.pk}").content.decode()
    assert "Ada" in page


def test_nobody_meets_as_somebody_else(both, signed_in, ada):
    assert signed_in(ada).get(f"{PEOPLE}?as={both[1].profile.pk}").status_code == 404


def test_a_new_couple_is_asked_nothing_and_finds_its_modes_off(couple, signed_in, eli, fern):
    profile = couple(eli, fern)

    page = signed_in(eli).get(PEOPLE, {"as": str(profile.pk)})

    assert page.status_code == 200
    assert "Friends is off" in page.content.decode()


def test_who_has_not_answered_yet_is_asked_first(signed_in, ada):
    assert signed_in(ada).get(PEOPLE).url == reverse("onboarding:meet")


def test_who_was_taken_down_is_told_so(both, signed_in, ada):
    profiles.withhold(both[0].profile)

    page = signed_in(ada).get(PEOPLE, follow=True).content.decode()

    assert "Your profile is taken down" in page


@pytest.mark.parametrize(("name", "words"), [("hide", "You are hidden"), ("pause", "You are taking a break")])
def test_who_is_not_to_be_found_sees_nobody_and_a_way_back(both, signed_in, ada, name, words):
    getattr(profiles, name)(both[0].profile)

    page = signed_in(ada).get(PEOPLE).content.decode()

    assert words in page
    assert "Ben" not in page


def test_a_profile_can_be_reported_by_who_sees_it_and_a_decision_takes_it_down(both, signed_in, ada, mo):
    report = reverse("moderation:report", args=["profile", both[1].profile.pk])
    assert signed_in(ada).get(report).status_code == 200
    reportable("profile").remove(both[1].profile.pk)

    assert signed_in(ada).get(report).status_code == 404
    assert "Ben" not in signed_in(ada).get(PEOPLE).content.decode()


@pytest.mark.parametrize("page", ["9" * 5000, "-1", "0", "\u00b2", "x"])
def test_a_page_that_is_no_number_is_the_first(both, signed_in, ada, page):
    assert "Ben" in signed_in(ada).get(PEOPLE, {"page": page}).text


def test_people_opens_as_the_profile_that_meets(meets, couple, signed_in, eli, fern, ada):
    joint = couple(eli, fern)
    meets(joint)
    meets(ada)

    page = signed_in(eli).get(PEOPLE).content.decode()

    assert "Friends is off" not in page
    assert "Ada" in page


def test_home_says_that_somebody_waits_and_neither_who_nor_how_many(both, signed_in, ada, ben):
    quiet = signed_in(ben).get("/home/").content.decode()
    matching.like(ada, both[0], both[1].profile.pk, mode="friends")

    page = signed_in(ben).get("/home/").content.decode()

    assert "Who said hello" not in quiet
    assert "Who said hello" in page
    assert "Ada" not in page
