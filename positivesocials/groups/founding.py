"""How groups come about: those that a new instance starts with, and those that members ask for."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from positivesocials.accounts.models import Account
from positivesocials.groups.models import Group, Kind, Membership, Openness, Standing
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

WELCOME = "welcome"
# A group opens when so many belong to it, its founder included.
ASKERS = 5
RULES = (
    gettext_noop("Speak for yourself, kindly."),
    gettext_noop("No guessing what someone has, and no asking for pictures."),
    gettext_noop("No advice to stop or to share a treatment."),
    gettext_noop("Anyone can read this group, so name nobody, and nothing that points to them."),
    gettext_noop("No selling and no asking for money."),
    gettext_noop("A first post is read by a moderator before others see it."),
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
def found_group(actor: Account, wording: Wording, sort: Sort) -> Group:
    """The actor founds a group. One that only the invited know opens at once, others when enough ask for it.

    Its address says nothing of what it is about.
    """
    opened_at = timezone.now() if sort.openness == Openness.INVITED else None
    group = Group.objects.create(
        slug=uuid4().hex,
        openness=sort.openness,
        kind=sort.kind,
        subject=sort.subject,
        opened_at=opened_at,
        **_words(wording),
    )
    Membership.objects.create(group=group, account=actor, standing=Standing.FOUNDER)
    return group


def open_if_asked(group: Group) -> bool:
    """Whether it is open now, because enough belong to it."""
    if group.memberships.belonging().count() < ASKERS:
        return False
    Group.objects.filter(pk=group.pk, opened_at=None).update(opened_at=timezone.now())
    return True


def _words(wording: Wording) -> dict[str, str | None]:
    words = {name: getattr(wording, name) for name in ("name", "about", "rules", "questions", "greeting")}
    return {name: value or None for name, value in words.items()}
