"""Two people who have met somebody make a check pass. Silence is not told from not having looked."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.profiles import check_access as access
from positivesocials.profiles import check_reads as reads
from positivesocials.profiles import checks
from positivesocials.profiles.check_access import Pair
from positivesocials.profiles.check_models import Answer, PersonCheck, Vouch, Way
from positivesocials.profiles.check_reads import Offer
from positivesocials.vault.fields import warm

NEEDED = 2


@transaction.atomic
def ask_to_vouch(actor: Account, *, chosen: Iterable[str]) -> PersonCheck:
    """Ask people one is matched with, five at most, named by `key_of`. Whoever is no match is not there."""
    offered = {key_of(pair, account_id): (pair, account_id) for pair, account_id in offers(actor)}
    wanted = [offered.get(key) for key in dict.fromkeys(chosen)]
    check = _waiting(actor) or checks.begin(actor, Way.VOUCHED)
    for found in wanted:
        if found is None:
            raise NotThere
        pair, account_id = found
        Vouch.objects.get_or_create(
            person_check=check, asked=pair.other, account_id=account_id, defaults={"asking": pair.own}
        )
    if Vouch.objects.filter(person_check=check).count() > access.MOST_ASKED:
        raise Refused(_("You can ask five people at most."))
    return check


def offers(actor: Account) -> list[tuple[Pair, UUID]]:
    """Everybody whom the actor is matched with: of a couple, each partner."""
    return [(pair, each) for pair in access.matches_of(actor) for each in pair.other.account_ids]


def offers_to(actor: Account) -> list[Offer]:
    """The same for a page, with the names under which the actor knows them."""
    found = offers(actor)
    warm([persona for pair, _account_id in found for persona in pair.other.personas])
    return [Offer(key_of(pair, each), reads.someone(pair.other, each)) for pair, each in found]


def key_of(pair: Pair, account_id: UUID) -> str:
    """A name for a form: the profile, and which of its people. It ties no two faces of one human."""
    return f"{pair.other.pk}.{pair.other.account_ids.index(account_id)}"


def _waiting(actor: Account) -> PersonCheck | None:
    return PersonCheck.objects.of(actor).waiting().filter(way=Way.VOUCHED).first()


def vouch(actor: Account, vouch_id: UUID) -> None:
    """The actor has met them. With a second such word the check passes; nobody is told whose words they were.

    Refuses accounts younger than 30 days. Saying it twice changes nothing.
    """
    asked = access.get_vouch_for(actor, vouch_id)
    if not access.is_old_enough(actor):
        raise Refused(_("Your word counts once you have been here for 30 days."))
    with transaction.atomic():
        # First, because it makes a second word at the same moment wait, which then counts this one.
        _hold(asked)
        Vouch.objects.filter(pk=asked.pk, said_at=None).update(said_at=timezone.now())
        if len(words_for(asked.person_check)) >= NEEDED:
            checks.close(asked.person_check, Answer.YES)


def unsay(actor: Account, vouch_id: UUID) -> None:
    """Taken back, as if it had never been said. What has passed already stays."""
    asked = access.get_vouch_for(actor, vouch_id)
    with transaction.atomic():
        _hold(asked)
        Vouch.objects.filter(pk=asked.pk).update(said_at=None)


def _hold(asked: Vouch) -> None:
    """What both of them wait for, in one order: words for each other at the same moment see each other."""
    waiting = PersonCheck.objects.waiting()
    both = waiting.filter(account__in=[asked.account_id, asked.person_check.account_id])
    for check_id in sorted(both.values_list("pk", flat=True)):
        waiting.filter(pk=check_id).update(asked_at=F("asked_at"))
    if not waiting.filter(pk=asked.person_check_id).exists():
        raise NotThere


def words_for(check: PersonCheck) -> set[UUID]:
    """Whose words count: each human once, and nobody for whom the one who asks has vouched."""
    said = Vouch.objects.filter(person_check=check, said_at__isnull=False)
    in_return = Vouch.objects.filter(account=check.account_id, said_at__isnull=False)
    returned = in_return.values("person_check__account")
    return set(said.exclude(account__in=returned).values_list("account_id", flat=True))


def withdraw_between(one: UUID, other: UUID) -> None:
    """The two have parted: neither is asked for a word any more, and one that was not used is gone."""
    Vouch.objects.unused().between(one, other).delete()


def withdraw_among(one_id: UUID, other_ids: list[UUID]) -> None:
    """A block stands between these accounts, under whichever of their names."""
    one_way = Q(person_check__account=one_id, account__in=other_ids)
    Vouch.objects.unused().filter(one_way | Q(person_check__account__in=other_ids, account=one_id)).delete()
