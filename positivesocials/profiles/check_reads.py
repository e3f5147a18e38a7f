"""What pages show of person checks: to whoever asked, to moderators, and to everybody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.profiles import check_access as access
from positivesocials.profiles import poses
from positivesocials.profiles.check_models import PersonCheck, Vouch, Way
from positivesocials.profiles.models import Persona, Profile
from positivesocials.vault.fields import warm


@dataclass(frozen=True)
class Someone:
    """A name and its picture. `couple` is the whole name of a couple, if they are half of one here."""

    name: str
    salt: str
    couple: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.name} ({self.couple})" if self.couple else self.name


@dataclass(frozen=True)
class Offer:
    """Somebody who may be asked for their word; `key` names them in the form."""

    key: str
    who: Someone


@dataclass(frozen=True)
class Wish:
    """Somebody would like the viewer's word."""

    id: UUID
    who: Someone
    is_said: bool


@dataclass(frozen=True)
class Own:
    """What a member reads of their own check."""

    passed: PersonCheck | None
    waiting: PersonCheck | None
    answered: PersonCheck | None
    asked: tuple[Someone, ...]
    wishes: tuple[Wish, ...]

    @property
    def pose(self) -> str:
        """What to do for the picture, while there is time to send it."""
        is_open = self.waiting is not None and self.waiting.is_posing
        return poses.in_words(self.waiting.pose) if self.waiting and is_open else ""

    @property
    def may_ask_more(self) -> bool:
        return len(self.asked) < access.MOST_ASKED

    @property
    def is_free(self) -> bool:
        """Whether a way may be chosen."""
        return self.passed is None and (self.waiting is None or self.waiting.is_unsent)


@dataclass(frozen=True)
class CheckLine:
    id: UUID
    way: str
    since_at: datetime
    is_mine: bool


@dataclass(frozen=True)
class Judged:
    """What a moderator is shown: a name, and the picture's pose or the times for a call."""

    check: PersonCheck
    who: Someone
    pose: str
    is_taken: bool


def checked_at(profile: Profile) -> datetime | None:
    """When a human saw that somebody is behind a profile; of a couple, both. None if it does not hold."""
    ids = set(profile.account_ids)
    found = PersonCheck.objects.in_force().filter(account__in=ids).values_list("account_id", "answered_at")
    moments = {account_id: at for account_id, at in found if at is not None}
    return max(moments.values()) if ids and set(moments) == ids else None


def own_check(actor: Account) -> Own:
    checks = list(PersonCheck.objects.of(actor).order_by("-asked_at"))
    waiting = next((check for check in checks if not check.answer), None)
    answered = next((check for check in checks if check.answer), None)
    warm(checks)
    return Own(
        passed=PersonCheck.objects.of(actor).in_force().first(),
        waiting=waiting,
        answered=answered if answered is not None and answered.is_no_yes else None,
        asked=_asked_for(waiting) if waiting else (),
        wishes=tuple(wishes_to(actor)),
    )


def _asked_for(check: PersonCheck) -> tuple[Someone, ...]:
    rows = Vouch.objects.filter(person_check=check).order_by("asked_at")
    faces = (f"asked__{face}" for face in access.FACES)
    vouches = list(rows.select_related(*faces))
    warm([persona for vouch in vouches for persona in vouch.asked.personas])
    return tuple(someone(vouch.asked, vouch.account_id) for vouch in vouches)


def wishes_to(actor: Account) -> list[Wish]:
    """Who would like this account's word, as it knows them."""
    vouches = list(access.asked_of(actor))
    warm([persona for vouch in vouches for persona in vouch.asking.personas])
    return [wish_of(vouch) for vouch in vouches if access.may_vouch(actor, vouch)]


def wish_of(vouch: Vouch) -> Wish:
    who = someone(vouch.asking, vouch.person_check.account_id)
    return Wish(vouch.pk, who, vouch.said_at is not None)


def someone(profile: Profile, account_id: UUID) -> Someone:
    """One human of a profile, as it names them."""
    persona = next(each for each in profile.personas if each.account_id == account_id)
    couple = " & ".join(each.name or "" for each in profile.personas) if profile.is_couple else ""
    return _named(persona, couple)


def _named(persona: Persona, couple: str = "") -> Someone:
    return Someone(persona.name or "", persona.salt, couple)


def lines_for(moderator: Account) -> list[CheckLine]:
    """What waits and may be given to this moderator, the oldest first."""
    waiting = access.given_to(moderator)[:200]
    return [
        CheckLine(
            check.pk, str(Way(check.way).label), check.sent_at or check.asked_at, bool(check.taken_by_id)
        )
        for check in waiting
    ]


def judged(check: PersonCheck) -> Judged:
    warm([check], [check.persona])
    return Judged(check, _named(check.persona), poses.in_words(check.pose), bool(check.taken_by_id))
