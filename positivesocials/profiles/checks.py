"""Person checks: asking for one, sending a picture, deciding, and forgetting.

Nobody needs one. A picture lies sealed on the disk until it is decided about, and not a moment longer.
"""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core import images
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.profiles import access as profile_access
from positivesocials.profiles import check_access as access
from positivesocials.profiles import gateways, poses
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.check_models import (
    HOLDS,
    POSE_HOLDS,
    Answer,
    PersonCheck,
    PersonCheckQuerySet,
    Recusal,
    Selfie,
    Way,
)
from positivesocials.profiles.models import Persona
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

PICTURE_WAITS = timedelta(days=7)
WAITS = timedelta(days=30)
KEEP_ANSWERED = timedelta(days=30)
MOST_NOS = 3
BATCH = 500
KIND = "person-check"


class AskedAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("You have asked already. Take that back first, then choose another way."))


def draw_pose(actor: Account) -> PersonCheck:
    """A pose drawn at random, good for 30 minutes. Drawing again replaces it."""
    before = PersonCheck.objects.of(actor).waiting().values_list("pose", flat=True).first()
    return begin(actor, Way.PICTURE, pose=poses.drawn(but=before or ""))


def ask_for_call(actor: Account, *, times: str) -> PersonCheck:
    """A moderator who has time then says where to meet."""
    return begin(actor, Way.CALL, times=times)


def begin(actor: Account, way: Way, **told: Any) -> PersonCheck:
    """One check an account waits at a time; a pose without a picture gives way.

    Refuses who has been checked already, and who was told no three times within 30 days.
    """
    try:
        with transaction.atomic():
            _must_be_free(actor)
            check = PersonCheck(account=actor, persona=_persona_of(actor), way=way, **told)
            check.save(force_insert=True)
    except IntegrityError:
        raise AskedAlready from None
    return check


def _must_be_free(actor: Account) -> None:
    own = PersonCheck.objects.of(actor)
    if own.in_force().exists():
        raise Refused(_("You have been checked already."))
    if own.filter(answer=Answer.NO).count() >= MOST_NOS:
        raise Refused(_("That was a no three times. Please try again in a month."))
    for check in own.filter(answer__in=["", Answer.YES]):
        if not (check.answer or check.is_unsent):
            raise AskedAlready
        # A bare pose, or a yes that is too old.
        _drop(check)


def _persona_of(actor: Account) -> Persona:
    """The name under which a judge knows them: that of the individual profile, or else of a couple."""
    own = profile_reads.own_profiles(actor)
    if not own:
        raise NotThere
    return profile_access.get_own_persona(actor, own[0])


def send_picture(actor: Account, *, data: bytes) -> None:
    """The picture waits for a moderator, re-encoded and sealed. Refuses a pose that is over."""
    check = _posing(actor).first()
    if check is None:
        raise _pose_over()
    picture = images.reencoded(data)
    selfie = Selfie(person_check=check)
    gateways.keep(selfie.pk, picture.data)
    try:
        with transaction.atomic():
            # The condition is the lock: of two pictures sent at once one waits, the other never was.
            if not _posing(actor).filter(pk=check.pk).update(sent_at=timezone.now()):
                raise _pose_over()
            selfie.save(force_insert=True)
    except BaseException:
        gateways.remove(selfie.pk)
        raise


def _posing(actor: Account) -> Any:
    fresh = {"sent_at": None, "asked_at__gt": timezone.now() - POSE_HOLDS}
    return PersonCheck.objects.of(actor).waiting().filter(way=Way.PICTURE, **fresh)


def _pose_over() -> Refused:
    return Refused(_("This pose is over, or a picture was sent already. Nothing was kept of this one."))


@transaction.atomic
def take_back(actor: Account) -> None:
    """Whatever waits or was a yes is gone, with all that belongs to it. Nobody is told."""
    own = PersonCheck.objects.of(actor)
    for check in own.filter(answer__in=["", Answer.YES]):
        _drop(check)


@transaction.atomic
def end_checks_of(account_ids: list[UUID]) -> None:
    """A profile of theirs was taken down: no check of theirs says anything any more."""
    for check in PersonCheck.objects.filter(account__in=account_ids):
        _drop(check)


def _drop_unsent(check: PersonCheck) -> None:
    """Unless a picture arrives at this very moment."""
    if PersonCheck.objects.waiting().filter(pk=check.pk, sent_at=None).update(pose=""):
        _drop(check)


def _drop(check: PersonCheck) -> None:
    # A write first: whoever sends a picture or decides at this moment is waited for.
    PersonCheck.objects.filter(pk=check.pk).update(pose="")
    _drop_picture(check)
    transaction.on_commit(partial(vault.shred, KeyOwner(PersonCheck._meta.label, check.pk)))
    check.delete()


def _drop_picture(check: PersonCheck) -> None:
    for selfie in Selfie.objects.filter(person_check=check):
        transaction.on_commit(partial(gateways.remove, selfie.pk))
        selfie.delete()


def open_check(moderator: Account, check_id: UUID) -> PersonCheck:
    """What waits, once it is on record that this moderator looked. Asking in vain is on record too."""
    try:
        check = access.get_check_for(moderator, check_id)
    except NotThere:
        audit.record(moderator, verb=Verb.REFUSED, item=(KIND, check_id))
        raise
    _on_record(moderator, Verb.READ_CHECK, check)
    return check


def picture_for(moderator: Account, check_id: UUID) -> bytes:
    """The bytes of the picture, for a moderator who may judge it."""
    data = gateways.opened(access.get_selfie_for(moderator, check_id).pk)
    if data is None:
        raise NotThere
    return data


def arrange_call(moderator: Account, check_id: UUID, *, link: str, when: str) -> None:
    """This moderator takes the call and says where and when. Of two at once, the second is told so."""
    check = _get_of(Way.CALL, moderator, check_id)
    with transaction.atomic():
        rows = PersonCheck.objects.waiting().filter(pk=check.pk)
        if not (rows.filter(taken_by=None) | rows.filter(taken_by=moderator)).update(taken_by=moderator):
            raise _decided()
        check.arranged = {"link": link, "when": when}
        check.save(update_fields=["arranged"])
        _on_record(moderator, Verb.TAKE_CALL, check)


def pass_check(moderator: Account, check_id: UUID) -> None:
    """A human has seen one living person. The picture, or what was arranged, is gone."""
    _decide(access.get_check_for(moderator, check_id), moderator, Answer.YES, Verb.PASS_CHECK)


def fail_check(moderator: Account, check_id: UUID, *, reason: str) -> None:
    """No yes, and a reason that whoever asked reads. The picture, or what was arranged, is gone."""
    check = access.get_check_for(moderator, check_id)
    _decide(check, moderator, Answer.NO, Verb.FAIL_CHECK, reason=reason)


def ask_another_pose(moderator: Account, check_id: UUID, *, reason: str) -> None:
    """The picture did not show enough, and is gone; another pose may be drawn."""
    check = _get_of(Way.PICTURE, moderator, check_id)
    _decide(check, moderator, Answer.ANOTHER, Verb.ANOTHER_POSE, reason=reason)


def _get_of(way: Way, moderator: Account, check_id: UUID) -> PersonCheck:
    check = access.get_check_for(moderator, check_id)
    if check.way != way:
        raise NotThere
    return check


@transaction.atomic
def _decide(check: PersonCheck, moderator: Account, answer: Answer, verb: Verb, *, reason: str = "") -> None:
    if check.way == Way.CALL and check.taken_by_id != moderator.pk:
        raise Refused(_("Say first where you will meet."))
    if not close(check, answer, by=moderator):
        raise _decided()
    if reason:
        vault.make_key(KeyOwner(PersonCheck._meta.label, check.pk))
        check.reason = reason
        check.save(update_fields=["reason"])
    _on_record(moderator, verb, check, reason)


def close(check: PersonCheck, answer: Answer, *, by: Account | None = None) -> bool:
    """The answer, once; False if somebody was faster. Picture, pose, times and place are gone with it."""
    said = {"answer": answer, "answered_at": timezone.now(), "answered_by": by}
    gone = {"pose": "", "times": None, "arranged": None}
    if not PersonCheck.objects.waiting().filter(pk=check.pk).update(**said, **gone):
        return False
    _drop_picture(check)
    return True


def recuse(moderator: Account, check_id: UUID) -> None:
    """The moderator knows them: the check is not given to them any more, and a call is free again."""
    check = access.get_check_for(moderator, check_id)
    with transaction.atomic():
        Recusal.objects.get_or_create(person_check=check, account=moderator)
        _free(PersonCheck.objects.waiting().filter(pk=check.pk, taken_by=moderator))
        _on_record(moderator, Verb.RECUSE, check)


def free_calls_between(one_id: UUID, other_ids: list[UUID]) -> None:
    """A block between a moderator and whoever asked for a call: another moderator may take it."""
    waiting = PersonCheck.objects.waiting()
    _free(waiting.filter(taken_by=one_id, account__in=other_ids))
    _free(waiting.filter(taken_by__in=other_ids, account=one_id))


def _free(calls: PersonCheckQuerySet) -> None:
    calls.update(taken_by=None, arranged=None)


def _decided() -> Refused:
    return Refused(_("This was already decided, or taken back."))


def _on_record(moderator: Account, verb: Verb, check: PersonCheck, reason: str = "") -> None:
    audit.record(moderator, verb=verb, about=[check.account_id], item=(KIND, check.pk), reason=reason)


@every(seconds=3600)
def close_unanswered() -> None:
    """A picture is gone after 7 days, all else after 30; a pose without a picture once it is over."""
    now, waiting = timezone.now(), PersonCheck.objects.waiting()
    for check in waiting.filter(way=Way.PICTURE, sent_at=None, asked_at__lt=now - POSE_HOLDS)[:BATCH]:
        with transaction.atomic():
            _drop_unsent(check)
    pictures = waiting.filter(sent_at__lt=now - PICTURE_WAITS)
    others = waiting.exclude(way=Way.PICTURE).filter(asked_at__lt=now - WAITS)
    for check in [*pictures[:BATCH], *others[:BATCH]]:
        with transaction.atomic():
            close(check, Answer.NOBODY)


@every(seconds=3600)
def forget_old_checks() -> None:
    """A yes is forgotten after two years, any other answer after 30 days."""
    now, answered = timezone.now(), PersonCheck.objects.exclude(answer="")
    yes = answered.filter(answer=Answer.YES, answered_at__lt=now - HOLDS)
    others = answered.exclude(answer=Answer.YES).filter(answered_at__lt=now - KEEP_ANSWERED)
    for check in [*yes[:BATCH], *others[:BATCH]]:
        with transaction.atomic():
            _drop(check)


@every(seconds=600)
def sweep_pictures() -> None:
    """No picture outlives its row, even if the process died between the two."""
    lying = gateways.lying_there()
    # Read after the disk, so that one whose row comes meanwhile is not taken for left over.
    waiting = set(Selfie.objects.values_list("pk", flat=True))
    for selfie_id in lying - waiting:
        if gateways.is_settled(selfie_id):
            gateways.remove(selfie_id)
