from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import access, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import CoupleLink, Persona, Profile
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault


@pytest.fixture
def invitation(eli):
    return profiles.invite(eli, name="Elm")


@pytest.fixture
def joint(invitation, eli, fern):
    profiles.accept(fern, invitation.code, name="Fig")
    return profiles.confirm(eli, invitation.pk)


def test_a_couple_exists_only_when_both_have_confirmed(invitation, eli, fern):
    assert not Profile.objects.filter(link=invitation).exists()
    profiles.accept(fern, invitation.code, name="Fig")
    assert not Profile.objects.filter(link=invitation).exists()

    joint = profiles.confirm(eli, invitation.pk)

    assert [p.name for p in Profile.objects.with_faces().get(pk=joint.pk).personas] == ["Elm", "Fig"]
    assert [p.kind for p in selectors.own_profiles(fern)] == ["individual", "couple"]


def test_a_code_works_for_one_other_person_and_once(invitation, eli, fern, ada):
    with pytest.raises(NotThere):
        profiles.accept(eli, invitation.code, name="Elm")
    profiles.accept(fern, invitation.code, name="Fig")

    with pytest.raises(NotThere):
        profiles.accept(ada, invitation.code, name="Ash")


def test_only_the_one_who_invited_confirms_and_only_an_accepted_one(invitation, eli, fern):
    with pytest.raises(NotThere):
        profiles.confirm(eli, invitation.pk)
    profiles.accept(fern, invitation.code, name="Fig")

    with pytest.raises(NotThere):
        profiles.confirm(fern, invitation.pk)


def test_an_invitation_ends_after_a_week_and_leaves_no_name(invitation, fern):
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        with pytest.raises(NotThere):
            profiles.accept(fern, invitation.code, name="Fig")
        profiles.drop_stale_invitations()

    assert not CoupleLink.objects.exists()
    assert not Persona.objects.filter(pk=invitation.first_persona_id).exists()


def test_the_code_is_kept_sealed_and_only_until_it_is_used(invitation, fern):
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, code_hash FROM profiles_couplelink")
        [(sealed, hashed)] = cursor.fetchall()
    assert invitation.code.encode() not in bytes(sealed)
    assert invitation.code not in hashed

    profiles.accept(fern, invitation.code, name="Fig")

    assert CoupleLink.objects.get().code is None


@pytest.mark.parametrize("who", ["eli", "fern"])
def test_either_ends_it_alone_silently_and_the_joint_profile_is_gone(
    joint, who, request, eli, fern, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        profiles.end_couple(request.getfixturevalue(who), joint.link_id)

    assert [p.kind for p in selectors.own_profiles(eli)] == ["individual"]
    with pytest.raises(NotThere):
        access.get_profile_for(fern, joint.pk)
    assert vault.key_of(joint.key_owner) is None
    assert not OutgoingMail.objects.exists()


def test_a_stranger_ends_nothing(joint, ada):
    with pytest.raises(NotThere):
        profiles.end_couple(ada, joint.link_id)


def test_a_key_that_outlived_the_end_is_shredded_later(joint, eli):
    profiles.end_couple(eli, joint.link_id)  # The commit, and with it the shredding, does not come.
    assert vault.key_of(joint.key_owner) is not None

    profiles.shred_ended_links()

    assert vault.key_of(joint.key_owner) is None


def test_partners_who_block_are_no_couple_any_more(joint, eli, fern):
    safety.block(eli, [fern.pk])

    assert [p.kind for p in selectors.own_profiles(fern)] == ["individual"]


def test_two_are_a_couple_once(joint, eli, fern):
    again = profiles.invite(fern, name="Fir")

    with pytest.raises(Refused):
        profiles.accept(eli, again.code, name="Elder")


def test_a_partner_learns_nothing_of_another_couple(joint, eli, fern, ada):
    other = profiles.invite(fern, name="Furze")
    profiles.accept(ada, other.code, name="Alder")
    second = profiles.confirm(fern, other.pk)

    assert [couple.profile for couple in selectors.couples_of(eli)] == [joint]
    with pytest.raises(NotThere):
        access.get_own_profile(eli, second.pk)
    with pytest.raises(NotThere):
        access.get_own_link(eli, other.pk)


def test_a_blocked_person_cannot_take_up_an_invitation(invitation, eli, dora, ada):
    sent = profiles.invite(ada, name="Ash")

    with pytest.raises(NotThere):
        profiles.accept(dora, sent.code, name="Dogwood")


def test_who_blocked_in_between_does_not_become_a_couple(invitation, eli, fern):
    profiles.accept(fern, invitation.code, name="Fern")

    safety.block(fern, [eli.pk])

    with pytest.raises(NotThere):
        profiles.confirm(eli, invitation.pk)
    assert not CoupleLink.objects.exists()
