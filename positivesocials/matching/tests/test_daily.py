"""The draw of a day: once, by one process, and written on after a stop."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.matching import daily, shared
from positivesocials.matching import services as matching
from positivesocials.matching.models import Draw, Introduction, Mode
from positivesocials.profiles import services as profiles
from positivesocials.vault.models import DataKey

TODAY = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_left():
    yield
    shared.leave()


@pytest.fixture(autouse=True)
def _morning(time_machine):
    time_machine.move_to(TODAY, tick=True)


@pytest.fixture
def three(meets, ada, ben, cleo):
    return meets(ada), meets(ben, dating={}), meets(cleo)


def rows():
    return {row.profile_id: row.whom for row in Introduction.objects.select_related("profile__link")}


def whom(me, mode=Mode.FRIENDS):
    return {*rows()[me.profile.pk].get(mode, [])}


def stored():
    """The rows as they lie in the table."""
    return sorted(Introduction.objects.values_list("pk", "profile_id", "day"))


def taken():
    held = daily._taken(timezone.localdate())
    assert held is not None
    return held


def by_id(*them):
    return sorted(me.profile.pk for me in them)


def test_a_draw_introduces_everyone_to_whom_they_fit(three):
    ada, ben, cleo = three

    daily.introduce_everyone()

    assert whom(ada) == {ben.profile.pk.hex, cleo.profile.pk.hex}
    assert whom(ben) == {ada.profile.pk.hex, cleo.profile.pk.hex}


def test_a_row_tells_neither_modes_nor_how_many_nor_who(three, make_member, meets):
    meets(make_member("Gus"), place="us-boston", friends={"band": 0})
    daily.introduce_everyone()
    sealed = [row.__dict__["whom"] for row in Introduction.objects.all()]

    assert len(sealed) == 4
    assert len({len(value) for value in sealed}) == 1
    assert not any(me.profile.pk.hex.encode() in bytes(value) for me in three for value in sealed)


def test_the_fullest_row_is_as_long_as_an_empty_one(three):
    ada, ben, _cleo = three
    full = {mode: [ben.profile.pk.hex] * 10 for mode in Mode.values}
    for day, value in (("2026-11-24", full), ("2026-11-25", {})):
        Introduction(profile=ada.profile, day=day, whom=value).save()

    lengths = {len(row.__dict__["whom"]) for row in Introduction.objects.all()}

    assert len(lengths) == 1


def test_in_a_mode_that_is_off_there_is_no_list(three):
    daily.introduce_everyone()

    modes = {pk: set(value) for pk, value in rows().items()}

    assert modes[three[0].profile.pk] == {Mode.FRIENDS}
    assert modes[three[1].profile.pk] == {Mode.FRIENDS, Mode.DATING}


def test_hidden_and_paused_people_get_none(three):
    profiles.hide(three[0].profile)
    profiles.pause(three[1].profile)

    daily.introduce_everyone()

    assert set(rows()) == {three[2].profile.pk}


def test_a_second_draw_of_a_day_changes_nothing(three):
    daily.introduce_everyone()
    before = stored()

    daily.introduce_everyone()
    daily.draw(timezone.localdate())

    assert stored() == before
    assert Draw.objects.count() == 1


def test_a_stopped_draw_goes_on_and_comes_to_the_same(three):
    daily.introduce_everyone()
    undisturbed = rows()
    Introduction.objects.all().delete()
    Draw.objects.all().delete()
    held = taken()
    daily._write(held, by_id(*three)[:2], daily._drawn(held))
    written = stored()

    with time_machine.travel(TODAY + daily.SILENT + timedelta(minutes=1)):
        daily.introduce_everyone()

    assert rows() == undisturbed
    assert len(written) == 2
    assert set(written) < set(stored())
    assert daily._is_done(TODAY.date())


def test_while_a_process_works_on_a_draw_no_other_does(three):
    taken()

    daily.introduce_everyone()

    assert stored() == []


def test_a_process_that_was_taken_for_stopped_writes_no_more(three):
    slow = taken()
    drawn = daily._drawn(slow)
    with time_machine.travel(TODAY + daily.SILENT + timedelta(minutes=1)):
        daily.introduce_everyone()
    before = stored()

    with pytest.raises(daily.Superseded):
        daily._write(slow, by_id(*three), drawn)
    with pytest.raises(daily.Superseded):
        daily._finish(slow, drawn)

    assert stored() == before


def test_a_draw_gives_signs_of_life_while_it_draws(three):
    held = taken()
    with time_machine.travel(TODAY + timedelta(minutes=9)):
        daily._drawn(held)

    with time_machine.travel(TODAY + timedelta(minutes=15)):
        assert daily._taken(TODAY.date()) is None


def test_several_processes_write_the_same(three, settings):
    daily.introduce_everyone()
    alone = rows()
    Introduction.objects.all().delete()
    Draw.objects.all().delete()
    settings.INTRODUCTION_PROCESSES = 2

    daily.introduce_everyone()

    assert rows() == alone


@pytest.mark.parametrize(
    ("hour", "is_new", "draws"), [(3, False, 0), (4, False, 1), (23, False, 1), (0, True, 1)]
)
def test_the_draw_is_made_in_the_morning_or_where_there_is_none(three, hour, is_new, draws):
    if not is_new:
        daily.draw(TODAY.date() - timedelta(days=1))

    with time_machine.travel(TODAY.replace(hour=hour)):
        daily.introduce_everyone()

    assert Draw.objects.filter(day=TODAY.date()).exclude(done_at=None).count() == draws


def test_introductions_end_after_two_days_and_draws_after_ninety_with_their_key(three):
    daily.introduce_everyone()

    with time_machine.travel(TODAY + timedelta(days=1)):
        daily.forget_old()
    kept = Introduction.objects.count()
    with time_machine.travel(TODAY + daily.KEEP):
        daily.forget_old()

    assert (kept, Introduction.objects.count(), Draw.objects.count()) == (3, 0, 1)
    with time_machine.travel(TODAY + daily.KEEP_DRAWS):
        daily.forget_old()
    assert not Draw.objects.exists()
    assert not DataKey.objects.filter(kind="matching.Draw").exists()


def test_a_couple_that_ends_takes_its_introductions_along(three, meets, couple, eli, fern):
    joint = couple(eli, fern)
    meets(joint)
    daily.introduce_everyone()
    assert Introduction.objects.filter(profile=joint).exists()

    profiles.end_couple(eli, joint.link_id)

    assert not Introduction.objects.filter(profile=joint).exists()


def test_whoever_left_between_draw_and_writing_is_introduced_to_nobody(three):
    held = taken()
    drawn = daily._drawn(held)
    three[0].profile.account.delete()

    daily._write(held, by_id(*three), drawn)

    assert set(rows()) == {three[1].profile.pk, three[2].profile.pk}


def test_without_anybody_a_day_is_done(db):
    daily.introduce_everyone()

    assert daily._is_done(TODAY.date())
    assert stored() == []


def test_who_was_decided_on_is_not_drawn(three):
    ada, ben, cleo = three
    matching.like(ada.profile.account, ada, ben.profile.pk, mode=Mode.FRIENDS)

    daily.introduce_everyone()

    assert whom(ada) == {cleo.profile.pk.hex}
