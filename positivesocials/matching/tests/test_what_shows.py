"""What of a profile leaves its mode or its owner, by ways other than its page."""

from django.urls import reverse

from positivesocials.matching import access, selectors
from positivesocials.matching.access import Me
from positivesocials.profiles import services as profiles
from positivesocials.safety import services as safety

SAID = {"orientation": "Zebra", "goals": ["slow", "friendship"], "gender": "Lark"}


def report_of(browser, me) -> str:
    return browser.get(reverse("moderation:report", args=["profile", me.profile.pk])).text


def test_a_report_shows_only_what_the_reporter_reads_in_their_mode(meets, signed_in, ada, ben):
    meets(ada)
    them = meets(ben, dating={}, **SAID)

    page = report_of(signed_in(ada), them)

    assert "Lark" in page
    assert "Friendship" in page
    assert "Zebra" not in page
    assert "Something slow" not in page


def test_a_report_in_dating_shows_what_dating_shows(meets, signed_in, ada, ben):
    meets(ada, friends={"on": False}, dating={})

    page = report_of(signed_in(ada), meets(ben, dating={}, **SAID))

    assert "Zebra" in page
    assert "Something slow" in page
    assert "Friendship" not in page


def test_who_does_not_fit_may_report_and_block_and_learns_not_even_a_name(meets, signed_in, cleo, ben):
    them, browser = meets(ben, **SAID), signed_in(cleo)
    block = browser.get(reverse("safety:block-profile", args=[them.profile.pk]))
    page = report_of(browser, them)

    assert block.status_code == 200
    assert "Send report" in page
    for text in ("Ben", "Lark"):
        assert text not in page
        assert text not in block.text


def test_a_partners_block_does_not_show_in_the_others_list(meets, couple, signed_in, eli, fern, ada):
    couple(eli, fern)
    meets(eli)
    them = meets(ada)
    safety.block(fern, [ada.pk])

    page = signed_in(eli).get(reverse("matching:show-profile", args=[them.profile.pk]))

    assert "Ada" in signed_in(eli).get(reverse("matching:list-people")).text
    assert page.status_code == 200


def test_a_partners_other_couple_does_not_show_in_the_others_list(meets, couple, eli, fern, ada):
    couple(eli, fern)
    couple(fern, ada, names=("Fir", "Ash"))
    meets(eli)

    assert access.ways_to(eli, meets(ada).profile)


def test_partners_find_each_other_in_no_way(meets, couple, eli, fern):
    joint = couple(eli, fern)
    meets(eli)
    them = meets(fern)

    assert access.ways_to(eli, them.profile) == []
    profiles.end_couple(eli, joint.link_id)
    assert access.ways_to(eli, them.profile) == []


def test_former_partners_do_not_begin_to_find_each_other(meets, couple, eli, fern, ada):
    """To be found all of a sudden would tell of the end, and what the other does since."""
    first = couple(eli, fern)
    second = meets(couple(fern, ada, ("Gorse", "Holly")))
    one, other = meets(eli), meets(fern)

    profiles.end_couple(fern, first.link_id)

    for them in (other, second):
        assert them.profile.pk not in selectors.in_order(selectors.around(Me(one.profile), "friends"))
        assert access.ways_to(eli, them.profile) == []
        assert access.ways_to(fern, one.profile) == []
