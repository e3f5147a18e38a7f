"""What the pages show of requests: those that wait for an answer, and those one wrote."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.hosts.access import hosts_among
from positivesocials.messaging import selectors
from positivesocials.messaging.cautions import caution_about
from positivesocials.messaging.lines import Face
from positivesocials.messaging.opener_models import Opener, OpenerQuerySet
from positivesocials.profiles import access as profiles
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.models import Persona, Profile
from positivesocials.safety import selectors as safety
from positivesocials.safety.hidden_words import Hidden, hidden_for
from positivesocials.vault import fields as vault

MOST = 100


@dataclass(frozen=True)
class Received:
    """One request as whoever got it sees it. `page_of` is there if its writer's page is."""

    id: UUID
    by: Face
    others: Sequence[Face]
    own_side: Sequence[Face]
    text: str
    sent_at: datetime
    page_of: UUID | None
    caution: str
    is_aside: bool


@dataclass(frozen=True)
class Sent:
    """One that an own profile wrote. It looks the same whatever became of it, unless it was answered."""

    id: UUID
    to: Sequence[Face]
    by: Face
    is_mine: bool
    text: str
    sent_at: datetime


def received_by(viewer: Account) -> list[Received]:
    """What waits for an answer, the newest first."""
    openers = _opened(_shown_to(viewer).with_faces())
    hidden = hidden_for(viewer.pk)
    hosts = hosts_among([opener.author_id for opener in openers if opener.author_id])
    found = [_received(viewer, opener, hidden, hosts) for opener in openers if opener.text]
    return sorted(found, key=lambda received: received.is_aside)


def news_count(viewer: Account) -> int:
    """How many wait that nobody of the profile has seen. Every page asks, and mostly there is none."""
    new = Opener.objects.waiting().filter(receiver__in=Profile.objects.of([viewer.pk]), seen_at=None)
    if not new.exists():
        return 0
    return _count(viewer, _shown_to(viewer).filter(seen_at=None))


def unread_count(viewer: Account) -> int:
    """What is new to read: messages in conversations, and requests."""
    return selectors.unread_count(viewer) + news_count(viewer)


def newest_is_aside(account_id: UUID, profile_id: UUID) -> bool:
    """Whether the newest request to a profile has a word that this account hid."""
    hidden = hidden_for(account_id)
    newest = Opener.objects.filter(receiver=profile_id).order_by("-sent_at").first() if hidden else None
    return newest is not None and hidden.is_in(newest.text)


def waiting_count(viewer: Account) -> int:
    return _count(viewer, _shown_to(viewer))


def _count(viewer: Account, openers: OpenerQuerySet) -> int:
    """Without those that are put aside: they are opened only where somebody hides words."""
    number = openers.count()
    hidden = hidden_for(viewer.pk) if number else None
    if not hidden:
        return number
    found = list(openers[:MOST])
    vault.warm(found)
    return number - sum(hidden.is_in(opener.text) for opener in found)


def _shown_to(viewer: Account) -> OpenerQuerySet:
    own = Profile.objects.standing().of([viewer.pk]).values_list("pk", flat=True)
    waiting = Opener.objects.waiting().filter(receiver__in=list(own))
    # By the few who wrote: asked in one, every profile there is would be read.
    senders = list(waiting.values_list("sender_id", flat=True))
    there = Profile.objects.standing().filter(pk__in=senders, hidden_at=None, paused_at=None)
    apart = profile_reads.behind(safety.hidden_from(viewer))
    return waiting.filter(sender__in=set(there.values_list("pk", flat=True)) - apart)


def sent_by(viewer: Account) -> list[Sent]:
    """What one's own profiles wrote first and nobody wrote back to, the newest first."""
    own = Profile.objects.standing().of([viewer.pk]).values("pk")
    unanswered = Opener.objects.filter(sender__in=own, conversation=None).with_faces()
    return [_sent(viewer, opener) for opener in _opened(unanswered)]


def sent_to(viewer: Account, own: Profile, other: Profile) -> Sent | None:
    opener = Opener.objects.filter(sender=own, receiver=other, conversation=None).with_faces().first()
    return _sent(viewer, opener) if opener else None


def has_written(own: Profile, other: Profile) -> bool:
    """Whether the other wrote to this profile, and waits."""
    return Opener.objects.waiting().filter(sender=other, receiver=own).exists()


def written(opener_id: UUID) -> Opener:
    opener = Opener.objects.with_faces().filter(pk=opener_id).first()
    if opener is None or opener.text is None:
        raise NotThere
    return opener


def names_of(profile: Profile) -> list[Face]:
    profile_reads.warm([profile])
    return [_face(persona) for persona in profile.personas]


def _opened(openers: OpenerQuerySet) -> list[Opener]:
    """With every key the page needs fetched in one query."""
    found = list(openers.order_by("-sent_at", "pk")[:MOST])
    sides = [profile for opener in found for profile in (opener.sender, opener.receiver)]
    vault.warm(found, [persona for profile in sides for persona in profile.personas])
    return found


def _received(viewer: Account, opener: Opener, hidden: Hidden, hosts: Collection[UUID]) -> Received:
    return Received(
        id=opener.pk,
        by=_face(opener.persona),
        others=[_face(persona) for persona in opener.sender.personas],
        own_side=[_face(persona) for persona in opener.receiver.personas],
        text=opener.text or "",
        sent_at=opener.sent_at,
        page_of=opener.sender_id if profiles.looker_at(viewer, opener.sender) else None,
        caution=caution_about(opener.text or "", by_host=opener.author_id in hosts),
        is_aside=hidden.is_in(opener.text),
    )


def _sent(viewer: Account, opener: Opener) -> Sent:
    return Sent(
        id=opener.pk,
        to=[_face(persona) for persona in opener.receiver.personas],
        by=_face(opener.persona),
        is_mine=opener.author_id == viewer.pk,
        text=opener.text or "",
        sent_at=opener.sent_at,
    )


def _face(persona: Persona) -> Face:
    return Face(persona.name or "", persona.salt)
