"""What is kept of a draw for the operator: steps and shares, and of few people nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.matching import attention, daily
from positivesocials.matching.engine.fairness import Group
from positivesocials.matching.models import Draw

PAGE = "/people/attention/"


def told(*groups):
    """The figures of these groups, beside everyone: 100 individuals who are shown ten times each."""
    everyone = Group("kind", "individual", 100, 1000, 10)
    return attention.figures([everyone, *groups])


def drawn(figures, *, days_ago=0):
    day = timezone.localdate() - timedelta(days=days_ago)
    Draw(day=day, done_at=timezone.now(), figures={"friends": figures}).save()


@pytest.mark.parametrize("members", range(5))
def test_of_fewer_than_five_nothing_is_kept_but_that(members):
    found = told(Group("circle", "hiv", members, 3 * members, 0))

    assert found["circle:hiv"] == [0, None, None]


@pytest.mark.parametrize(
    ("members", "step"), [(5, 1), (19, 1), (20, 2), (99, 2), (100, 3), (1_000, 4), (200_000, 6)]
)
def test_how_many_are_in_a_group_is_kept_as_a_step(members, step):
    assert told(Group("circle", "hsv", members, 10 * members, 0))["circle:hsv"][0] == step


def test_two_worlds_in_which_one_person_more_is_in_a_group_keep_the_same():
    one, other = (
        attention.figures(
            [
                Group("kind", "individual", 40, 400, 0),
                Group("kind", "couple", couples, 10 * couples, 0),
                Group("age", "25-34", 40 + couples, 400 + 10 * couples, 0),
            ]
        )
        for couples in (1, 2)
    )

    assert one == other


@pytest.mark.parametrize(
    ("shown", "share"), [(1000, 100), (800, 80), (799, 75), (0, 0), (1234, 120), (1250, 125)]
)
def test_a_share_is_told_in_fives_and_rounded_down(shown, share):
    assert told(Group("age", "25-34", 100, shown, 0))["age:25-34"][1] == share


def test_who_was_shown_to_nobody_is_told_of_larger_groups_only():
    found = told(Group("age", "25-34", 19, 190, 4), Group("age", "35-44", 20, 200, 4))

    assert (found["age:25-34"][2], found["age:35-44"][2]) == (None, 20)


def test_without_anybody_nothing_is_told():
    assert attention.figures([Group("kind", "individual", 0, 0, 0)]) == {"kind:individual": [0, None, None]}


@pytest.mark.django_db
def test_a_draw_keeps_its_figures_sealed(meets, make_member):
    for number in range(6):
        meets(make_member(f"Gus {number}"), circles=["hsv"])
    daily.introduce_everyone()
    row = Draw.objects.get()

    assert b"hsv" not in bytes(row.__dict__["figures"])
    assert row.figures["friends"]["circle:hsv"] == [1, 100, None]
    assert row.figures["friends"]["circle:hiv"] == [0, None, None]


@pytest.mark.django_db
def test_a_group_below_its_share_is_marked_beside_the_mean_of_the_days():
    drawn(told(Group("circle", "hpv", 100, 500, 0), Group("circle", "hsv", 100, 800, 0)))
    drawn(told(Group("circle", "hpv", 100, 900, 0)), days_ago=1)
    drawn(told(Group("circle", "hpv", 100, 0, 0)), days_ago=attention.DAYS)

    found = attention.attention("friends")

    assert found is not None
    assert [(line.share, line.week) for line in found.low] == [(50, 70)]


@pytest.mark.django_db
def test_the_operator_reads_groups_and_how_many_in_steps(signed_in, olu):
    drawn(told(Group("circle", "hpv", 120, 600, 0), Group("circle", "hiv", 4, 40, 0)))

    page = signed_in(olu).get(PAGE).content.decode()

    assert "Seen less than a fair share:" in page
    assert "fewer than 5" in page
    assert "100 to 999" in page
    assert "120" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ada", "mo", "edda"])
def test_nobody_but_the_operator_finds_the_page(signed_in, request, who):
    assert signed_in(request.getfixturevalue(who)).get(PAGE).status_code == 404


@pytest.mark.django_db
def test_before_the_first_draw_the_page_says_so(signed_in, olu):
    assert "Nothing was drawn yet" in signed_in(olu).get(PAGE).content.decode()


@pytest.mark.django_db
def test_opening_leads_to_the_figures(signed_in, olu):
    assert PAGE in signed_in(olu).get("/opening/").content.decode()
