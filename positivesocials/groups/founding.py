"""How groups come about: those that a new instance starts with, and those that members ask for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, subjects
from positivesocials.groups.models import ASKERS as ASKERS
from positivesocials.groups.models import GROUP_KIND, Group, GroupState, Kind, Membership, Openness, Standing
from positivesocials.groups.telling import tell
from positivesocials.moderation import services as moderation
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

WELCOME = "welcome"
# So many groups one account founds in this time.
MOST, WITHIN = 3, timedelta(days=30)
RULES = (
    gettext_noop("Speak for yourself, kindly."),
    gettext_noop("No guessing what someone has, and no asking for pictures."),
    gettext_noop("No advice to stop or to share a treatment."),
    gettext_noop("Anyone can read this group, so name nobody, and nothing that points to them."),
    gettext_noop("No selling and no asking for money."),
    gettext_noop("A first post is read by a moderator before others see it."),
)
# What the form of a new group begins with. It may be closed, so nothing is said of who reads it.
OFFERED = (
    *RULES[:3],
    gettext_noop("Name nobody, and nothing that points to them. What is said here stays here."),
    *RULES[4:],
)


@dataclass(frozen=True)
class Wording:
    """What a group says of itself. `rules` and `questions`: one on each line."""

    name: str
    about: str
    rules: str = "\n".join(RULES)
    questions: str = ""
    greeting: str = ""


@dataclass(frozen=True)
class Sort:
    """Who may know and read a group, and what brings people together in it."""

    openness: Openness
    kind: Kind = Kind.TOPIC
    subject: str = ""


FIRST = {
    WELCOME: Wording(
        gettext_noop("Welcome"),
        gettext_noop(
            "A first table for everyone: say hello, ask something, or read along for as long as you like."
        ),
    ),
    "first-days": Wording(
        gettext_noop("First days"),
        gettext_noop(
            "For the first days and weeks after news that you did not expect. Ask what is on your mind; "
            "people who have been there answer."
        ),
    ),
    "telling": Wording(
        gettext_noop("Telling someone"),
        gettext_noop(
            "How, when and whether to tell a partner, a date or a friend. Try out your words here first."
        ),
    ),
    "close": Wording(
        gettext_noop("Together"),
        gettext_noop(
            "For couples, for partners and for anyone who wants to be close to someone: trust, desire, "
            "everyday life."
        ),
    ),
}


def found_first_groups() -> list[Group]:
    """The four groups that exist from the first day. Calling it again changes nothing."""
    return [_found_first(slug) for slug in FIRST]


def found_welcome() -> Group:
    return _found_first(WELCOME)


@transaction.atomic
def _found_first(slug: str) -> Group:
    words = _words(FIRST[slug])
    group, is_new = Group.objects.get_or_create(slug=slug, defaults={**words, "opened_at": timezone.now()})
    if not is_new and group.name is None:
        # A row from before names were sealed has no key yet.
        vault.make_key(KeyOwner(Group._meta.label, group.pk))
        for field, value in words.items():
            setattr(group, field, value)
        group.save(update_fields=list(words))
    return group


@transaction.atomic
def ask_for_group(actor: Account, wording: Wording, sort: Sort) -> Group:
    """The actor founds a group. What others will see of it is read by a moderator before they do.

    Nobody waits for a moderator with a group that only the invited know: no stranger reads its name.
    """
    if not subjects.is_known(sort.kind, sort.subject):
        raise Refused(_("Choose what the group is about."))
    since = timezone.now() - WITHIN
    own = Membership.objects.filter(account=actor, standing=Standing.FOUNDER, group__made_at__gte=since)
    if own.count() >= MOST:
        raise Refused(
            _("You have founded some groups lately. Look after them for a while before the next one.")
        )
    group = found_group(actor, wording, sort)
    if sort.openness != Openness.INVITED and not actor.is_moderator:
        Group.objects.filter(pk=group.pk).update(state=GroupState.HELD)
        group.state = GroupState.HELD
        moderation.hold(GROUP_KIND, group.pk)
    return group


@transaction.atomic
def reword(actor: Account, group: Group, wording: Wording) -> None:
    """New words of a group. They stand at once; a moderator reads those that strangers see, as well."""
    if not access.may_tend(actor, group) or group.closed_at is not None:
        raise NotThere
    words = _words(wording)
    changed = [field for field, value in words.items() if value != getattr(group, field)]
    if not changed:
        return
    for field in changed:
        setattr(group, field, words[field])
    group.reworded_at = timezone.now()
    group.save(update_fields=[*changed, "reworded_at"])
    if group.openness != Openness.INVITED and not actor.is_moderator:
        moderation.hold(GROUP_KIND, group.pk)


@transaction.atomic
def found_group(actor: Account, wording: Wording, sort: Sort) -> Group:
    """The actor founds a group. One that only the invited know opens at once, others when enough ask for it.

    Its address says nothing of what it is about. Members ask for one by `ask_for_group`.
    """
    opened_at = timezone.now() if sort.openness == Openness.INVITED else None
    group = Group.objects.create(
        slug=uuid4().hex,
        openness=sort.openness,
        kind=sort.kind,
        subject=sort.subject or None,
        opened_at=opened_at,
        **_words(wording),
    )
    Membership.objects.create(group=group, account=actor, standing=Standing.FOUNDER)
    return group


@transaction.atomic
def open_if_asked(group: Group) -> bool:
    """Whether it is open now, because enough belong to it."""
    # One after the other: of two who are let in at once each would count without the other.
    Group.objects.select_for_update().filter(pk=group.pk).first()
    if group.memberships.belonging().count() < ASKERS:
        return False
    if Group.objects.filter(pk=group.pk, opened_at=None).update(opened_at=timezone.now()):
        tell(group.memberships.belonging())
        # Saved once more, because the search hears of it by that.
        group.refresh_from_db(fields=["opened_at"])
        group.save(update_fields=["opened_at"])
    return True


def _words(wording: Wording) -> dict[str, str | None]:
    words = {name: getattr(wording, name) for name in ("name", "about", "rules", "questions", "greeting")}
    return {name: value or None for name, value in words.items()}
