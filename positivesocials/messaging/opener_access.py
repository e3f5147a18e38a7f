"""Who may write first to whom, and whose request one may answer."""

from collections.abc import Callable
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging.opener_models import Opener
from positivesocials.profiles import access as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import access as safety

Rule = Callable[[Profile, Profile], bool]
_may_write: list[Rule] = []
_must_not: list[Rule] = []


def write_first_when(rule: Rule) -> None:
    """A context above registers when one profile may write to another before they have a conversation."""
    if rule not in _may_write:
        _may_write.append(rule)


def never_write_first_when(rule: Rule) -> None:
    """A context above registers between whom nobody writes first, whoever else would let them."""
    if rule not in _must_not:
        _must_not.append(rule)


def may_write_first(own: Profile, other: Profile) -> bool:
    if not safety.may_meet(own.account_ids, other.account_ids):
        return False
    if any(rule(own, other) for rule in _must_not):
        return False
    return any(rule(own, other) for rule in _may_write)


def get_addressee_for(actor: Account, own: Profile, pk: UUID) -> Profile:
    """Somebody to whom this own profile may write first."""
    other = profiles.get_profile_for(actor, pk)
    if profiles.is_own(actor, other) or not may_write_first(own, other):
        raise NotThere
    return other


def may_be_written_to(actor: Account, own: Profile, other: Profile) -> bool:
    """As `get_addressee_for`, for a page that offers it."""
    try:
        get_addressee_for(actor, own, other.pk)
    except NotThere:
        return False
    return True


def get_request_for(actor: Account, pk: UUID) -> Opener:
    """A request to an own profile that waits for an answer, or was answered with a yes."""
    own = Profile.objects.standing().of([actor.pk])
    opener = Opener.objects.with_faces().filter(pk=pk, receiver__in=own.values("pk")).first()
    if opener is None or not (opener.conversation_id or is_shown(opener)):
        raise NotThere
    return opener


def get_sent_for(actor: Account, pk: UUID) -> Opener:
    opener = Opener.objects.with_faces().filter(pk=pk, author=actor, conversation=None).first()
    if opener is None:
        raise NotThere
    return opener


def is_shown(opener: Opener) -> bool:
    """Whether it stands among the requests of whoever got it. Hiding, pausing and blocks beat it."""
    waits = Opener.objects.waiting().filter(pk=opener.pk).exists()
    stands = Profile.objects.standing().filter(pk=opener.sender_id).exists()
    sender, receiver = opener.sender, opener.receiver
    if sender.hidden_at or sender.paused_at or not (waits and stands):
        return False
    return safety.may_meet(sender.account_ids, receiver.account_ids)


def has_written_to(viewer: Account, other: Profile) -> bool:
    """Whether this profile wrote to one of the viewer's, who may know of it then, to block or report it."""
    own = Profile.objects.standing().of([viewer.pk]).values("pk")
    return Opener.objects.waiting().filter(sender=other, receiver__in=own).exists()
