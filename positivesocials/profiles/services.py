"""Personas and profiles: making, naming, saying, pausing and hiding.

A couple link is offered by one, accepted by the other, confirmed by the first, and ended by either.
"""

import secrets
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.privacy import services as privacy
from positivesocials.profiles import access, checks
from positivesocials.profiles.facets import Facets
from positivesocials.profiles.models import (
    ChangeHead,
    CoupleLink,
    Kind,
    Persona,
    Profile,
    code_hash,
    new_salt,
)
from positivesocials.safety import access as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

LONGEST_NAME = 40
# Embeddings, overrides and isolates; joiners stay, since emoji and some scripts need them.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
MOST_OPEN_INVITATIONS = 3
MOST_MOVES, MOVES_COUNT_FOR = 3, timedelta(days=30)
_on_couple_end: list[Callable[[Profile], None]] = []


def make_individual(actor: Account, *, name: str, facets: dict[str, Any] | None = None) -> Profile:
    """Give an account its individual profile: the name people see here, and nothing else required.

    Of two submits at once the first one stands.
    """
    try:
        with transaction.atomic():
            persona = make_persona(actor, name=name)
            profile = Profile(kind=Kind.INDIVIDUAL, account=actor, persona=persona, facets={})
            profile.save(force_insert=True)
            if facets:
                change_facets(profile, facets=facets, actor=actor)
    except IntegrityError:
        return Profile.objects.with_faces().get(account=actor)
    return profile


def make_persona(actor: Account, *, name: str) -> Persona:
    persona = Persona(account=actor, name=checked_name(name))
    persona.save(force_insert=True)
    return persona


def make_alias(actor: Account, *, name: str, salt: str = "") -> Persona:
    """A further persona for one post. Its salt is fresh, so that its picture ties it to nothing."""
    alias = Persona(account=actor, name=checked_name(name), salt=salt or new_salt(), is_alias=True)
    alias.save(force_insert=True)
    return alias


def checked_name(name: str) -> str:
    """The name with single spaces and without marks that turn the direction of what stands beside it."""
    name = " ".join(name.translate(TURNING).split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("A name has 1 to %(most)s characters.") % {"most": LONGEST_NAME})
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in name):
        raise Refused(_("A name needs at least one letter or sign that can be seen."))
    return name


@transaction.atomic
def rename(actor: Account, persona: Persona, *, name: str) -> None:
    """The old name is gone everywhere: every page reads the persona, and none keeps a copy."""
    if persona.account_id != actor.pk:
        raise NotThere
    persona.name = checked_name(name)
    persona.save(update_fields=["name"])


def draw_anew(actor: Account, persona: Persona) -> None:
    """Another picture for the same name."""
    if not Persona.objects.filter(pk=persona.pk, account=actor).update(salt=new_salt()):
        raise NotThere


@transaction.atomic
def change_facets(profile: Profile, *, facets: dict[str, Any], actor: Account | None = None) -> None:
    """Replace what a profile says of itself (shape: profiles/facets.py). Opened copies go stale.

    Refuses circles that the actor adds without consent; without an actor everyone behind the profile must
    have given it. Circles of whoever took theirs back are left out. The place changes at most three times in
    30 days, so that nobody tells by moving who is near.
    """
    # Consents before the profile, as a withdrawal does: two that wait for each other would both fail.
    _require_consents(profile, facets, actor)
    # First, because it makes other writers wait: moves are counted from what is kept, not from what was read.
    mark_changed(profile)
    settled = _settled(Profile.objects.get(pk=profile.pk).said, facets.get("place"))
    profile.facets = {**_with_consented_circles(profile, facets), **settled}
    profile.save(update_fields=["facets"])


def _settled(said: Facets, place: int | None) -> dict[str, Any]:
    """The last place ever chosen, and when it changed in the last 30 days. The first is no change."""
    settled = said.settled if said.settled is not None else said.place
    since = (timezone.now() - MOVES_COUNT_FOR).isoformat()
    moves = [moment for moment in said.moves if moment > since]
    if place is None or place == settled:
        return {"settled": settled, "moves": moves}
    if settled is None:
        return {"settled": place, "moves": moves}
    if len(moves) >= MOST_MOVES:
        raise Refused(_("The place can change three times in 30 days. Please try again later."))
    return {"settled": place, "moves": [*moves, timezone.now().isoformat()]}


@transaction.atomic
def mark_changed(profile: Profile) -> None:
    """What others have opened of this profile is no longer current.

    The head's row stays locked until the commit, so that the order of numbers is the order of commits.
    """
    rows = Profile.objects.filter(pk=profile.pk)
    # The profile's row first: whoever waits for it holds no number.
    rows.update(facet_version=F("facet_version") + 1)
    rows.update(change_number=_next_number())


def _next_number() -> int:
    head = ChangeHead.objects.filter(only=1)
    if not head.update(number=F("number") + 1):
        ChangeHead.objects.bulk_create([ChangeHead()], ignore_conflicts=True)
        head.update(number=F("number") + 1)
    return head.values_list("number", flat=True).get()


def _require_consents(profile: Profile, facets: dict[str, Any], actor: Account | None) -> None:
    said, kept = Facets.from_dict(facets), Profile.objects.get(pk=profile.pk).said
    for place, account_id in enumerate(profile.account_ids):
        added = set(said.part(place).circles) - set(kept.part(place).circles)
        if added and (actor is None or actor.pk == account_id):
            privacy.require_consent(Account(pk=account_id), purpose="circles")


@transaction.atomic
def remove_circles(actor: Account) -> list[KeyOwner]:
    """The consent is withdrawn: no profile of the actor keeps a circle the actor chose."""
    own = Profile.objects.of([actor.pk])
    # Every row before the first number: two who write the same two profiles never wait for each other.
    Profile.objects.filter(pk__in=own.values("pk")).update(facet_version=F("facet_version") + 1)
    for profile in own.select_related("link"):
        facets = profile.facets
        if isinstance(facets, dict):
            change_facets(profile, facets=facets, actor=actor)
    return []


def _with_consented_circles(profile: Profile, facets: dict[str, Any]) -> dict[str, Any]:
    if not profile.is_couple:
        return _consented(profile.account_ids[0], facets)
    parts = zip(profile.account_ids, facets.get("about", []), strict=False)
    return {**_without_circles(facets), "about": [_consented(account_id, part) for account_id, part in parts]}


def _consented(account_id: UUID, part: dict[str, Any]) -> dict[str, Any]:
    if not part.get("circles") or privacy.may_keep(account_id, purpose="circles"):
        return part
    return _without_circles(part)


def _without_circles(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "circles"}


def pause(profile: Profile) -> None:
    """Out of everyone's lists until resumed; conversations go on."""
    _set(profile, paused_at=timezone.now())


def resume(profile: Profile) -> None:
    _set(profile, paused_at=None)


def hide(profile: Profile) -> None:
    """Nobody finds or opens the profile, except those it is matched with. Conversations go on."""
    _set(profile, hidden_at=timezone.now())


def show(profile: Profile) -> None:
    _set(profile, hidden_at=None)


@transaction.atomic
def withhold(profile: Profile) -> None:
    """A moderator's decision: the profile exists for nobody until it is lifted. Checks of theirs end."""
    _set(profile, withheld_at=timezone.now())
    for taken_down in Profile.objects.with_faces().filter(pk=profile.pk):
        checks.end_checks_of(taken_down.account_ids)


@transaction.atomic
def _set(profile: Profile, **moments: Any) -> None:
    Profile.objects.filter(pk=profile.pk).update(**moments)
    mark_changed(profile)


@transaction.atomic
def invite(actor: Account, *, name: str) -> CoupleLink:
    """Make a code to hand to one's partner. Nothing is sent, and nobody is told who else was invited."""
    waiting = CoupleLink.objects.waiting().filter(first=actor, second=None)
    if waiting.count() >= MOST_OPEN_INVITATIONS:
        raise Refused(_("You have invitations that nobody has used. Take one back first."))
    code = secrets.token_urlsafe(18)
    persona = make_persona(actor, name=name)
    link = CoupleLink(first=actor, first_persona=persona, code=code, code_hash=code_hash(code))
    link.save(force_insert=True)
    return link


@transaction.atomic
def accept(actor: Account, code: str, *, name: str) -> CoupleLink:
    """The second partner says yes, under a name of their own. The code is used up."""
    link = access.get_invitation_for(actor, code)
    if CoupleLink.objects.between(actor.pk, link.first_id).in_force().exists():
        raise Refused(_("The two of you are a couple here already."))
    persona = make_persona(actor, name=name)
    used = {"second": actor, "second_persona": persona, "accepted_at": timezone.now(), "code": None}
    if not CoupleLink.objects.filter(pk=link.pk, second=None).update(**used):
        raise NotThere
    return link


@transaction.atomic
def confirm(actor: Account, link_id: UUID) -> Profile:
    """The one who invited says yes to who accepted: from now on the two are a couple here."""
    asked = CoupleLink.objects.filter(pk=link_id, first=actor, second__isnull=False, ended_at=None)
    if not asked.filter(confirmed_at=None).update(confirmed_at=timezone.now()):
        raise NotThere
    link = asked.get()
    if not safety.may_meet([link.first_id], [link.second_id] if link.second_id else []):
        raise NotThere
    profile = Profile(kind=Kind.COUPLE, link=link)
    vault.make_key(profile.key_owner)
    profile.facets = {"about": [{}, {}]}
    profile.save(force_insert=True)
    return profile


@transaction.atomic
def take_back(actor: Account, link_id: UUID) -> None:
    """Before both have confirmed, either drops the invitation, and nothing of it is kept."""
    either = Q(first=actor) | Q(second=actor)
    link = CoupleLink.objects.filter(either, pk=link_id, confirmed_at=None).first()
    if link is None:
        raise NotThere
    _drop(link)


def _drop(link: CoupleLink) -> None:
    personas = [link.first_persona_id, link.second_persona_id]
    link.delete()
    Persona.objects.filter(pk__in=[pk for pk in personas if pk]).delete()


@transaction.atomic
def end_couple(actor: Account, link_id: UUID) -> None:
    """Over at once and for both, without the other's yes and without telling them.

    The joint profile is gone for everyone, its key is shredded, and whoever had to do with it closes up.
    """
    either = Q(first=actor) | Q(second=actor)
    link = CoupleLink.objects.in_force().filter(either, pk=link_id)
    profile = Profile.objects.with_faces().filter(link=link_id).first()
    if profile is None or not link.update(ended_at=timezone.now()):
        raise NotThere
    Profile.objects.filter(pk=profile.pk).update(facets=None)
    mark_changed(profile)
    for react in _on_couple_end:
        react(profile)
    # The key goes once the end is committed; a crash in between is mended by shred_ended_links.
    transaction.on_commit(partial(_shred, link_id))


def end_couples_between(one_id: UUID, other_ids: list[UUID]) -> None:
    """Partners who block each other are no couple any more, and will not become one."""
    actor = Account.objects.get(pk=one_id)
    for other_id in other_ids:
        links = CoupleLink.objects.between(one_id, other_id)
        for link in links.in_force():
            end_couple(actor, link.pk)
        for link in links.filter(confirmed_at=None):
            _drop(link)


def on_couple_end(react: Callable[[Profile], None]) -> Callable[[Profile], None]:
    """`react(profile)` runs in the transaction that ends a couple. Contexts above register from hooks.py."""
    if react not in _on_couple_end:
        _on_couple_end.append(react)
    return react


@every(seconds=600)
def shred_ended_links() -> None:
    """Nothing of an ended couple opens, even if the process died between the end and the shredding."""
    ended = CoupleLink.objects.filter(ended_at__isnull=False, shredded_at=None)
    for link_id in ended.values_list("pk", flat=True):
        _shred(link_id)


def _shred(link_id: UUID) -> None:
    vault.shred(KeyOwner(CoupleLink._meta.label, link_id))
    CoupleLink.objects.filter(pk=link_id).update(shredded_at=timezone.now())


@every(seconds=3600)
def drop_stale_invitations() -> None:
    """Invitations that nobody took up within a week are gone, with the names that were made for them."""
    for link in CoupleLink.objects.stale():
        _drop(link)
