"""Who meets whom: the one place that says whether a profile is there for another in a mode."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.matching import index
from positivesocials.matching.compat import Side, compatible
from positivesocials.matching.index import Sight
from positivesocials.matching.models import NOT_NOW_FOR, Decision, Match, Mode, Said
from positivesocials.profiles import access as profiles
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.check_access import Pair
from positivesocials.profiles.facets import Facets
from positivesocials.profiles.models import Profile
from positivesocials.profiles.visibility import SIGNED_IN, Looker, is_open
from positivesocials.safety import selectors as safety


@dataclass(frozen=True)
class Me:
    """One of the actor's own profiles, as which they meet."""

    profile: Profile

    @cached_property
    def side(self) -> Side:
        return index.sides_of([self.profile])[self.profile.pk]

    @cached_property
    def said(self) -> Facets:
        return self.profile.said

    @cached_property
    def accounts(self) -> list[Account]:
        if self.profile.account is not None:
            return [self.profile.account]
        return list(Account.objects.filter(pk__in=self.profile.account_ids))

    @cached_property
    def matches(self) -> dict[str, set[UUID]]:
        """The profiles with which this one has a match, by mode."""
        live = Match.objects.filter(Q(one=self.profile) | Q(other=self.profile), ended_at=None)
        found: dict[str, set[UUID]] = {mode: set() for mode in Mode.values}
        for mode, *pair in live.values_list("mode", "one_id", "other_id"):
            found[mode] |= set(pair) - {self.profile.pk}
        return found

    @property
    def matched(self) -> frozenset[UUID]:
        """The profiles with which this one has a match, in either mode."""
        return frozenset().union(*self.matches.values())

    def sight(self, mode: str) -> Sight:
        """Whom this profile may find in a mode."""
        shown = frozenset(pk for pk, is_shy in self._likes[mode] if is_shy)
        return Sight(profiles.is_new(self.accounts), shown)

    def liked_by(self, mode: str) -> list[UUID]:
        """Who likes this profile in a mode, the newest first, whether still there or not."""
        return [pk for pk, _is_shy in self._likes[mode]]

    @cached_property
    def _likes(self) -> dict[str, list[tuple[UUID, bool]]]:
        """By mode: who likes this profile, and whether that alone lets it find them."""
        rows = Decision.objects.filter(about=self.profile, said=Said.LIKE).order_by("-said_at", "pk")
        shy = ("profile__incognito_at", "profile__avoids_new_at")
        found: dict[str, list[tuple[UUID, bool]]] = {mode: [] for mode in Mode.values}
        for mode, pk, *since in rows.values_list("mode", "profile_id", *shy):
            found[mode].append((pk, any(since)))
        return found

    def finds(self, other: Profile) -> bool:
        """Whether the other is for this profile to find, as far as it has not shown itself."""
        avoids = other.avoids_new_at is not None and profiles.is_new(self.accounts)
        return other.incognito_at is None and not avoids

    def looker(self, other: UUID, modes: Collection[str]) -> Looker:
        """What this profile is to another, for which it is there in these modes."""
        ids = frozenset({self.profile.pk})
        return Looker(frozenset(modes), ids, fits=True, is_match=other in self.matched)

    @cached_property
    def apart(self) -> frozenset[UUID]:
        """Accounts that this profile never meets: its own, their partners, and blocked either way.

        Partners, former ones too, so that neither finds the other's own side, nor another couple of theirs.
        """
        own = set(self.profile.account_ids)
        blocked = (account for one in self.accounts for account in safety.hidden_from(one))
        return frozenset(own | profile_reads.linked_with(own) | set(blocked))

    @property
    def is_listed(self) -> bool:
        return self.profile.hidden_at is None and self.profile.paused_at is None

    def keeps_apart(self, other: Profile) -> bool:
        return not self.apart.isdisjoint(other.account_ids)


@dataclass(frozen=True)
class Way:
    """As which own profile, and in which mode, someone is there."""

    me: Me
    mode: str

    @property
    def is_dating(self) -> bool:
        return self.mode == Mode.DATING

    @property
    def query(self) -> str:
        """What an address says of it: mode and own profile, in neutral words."""
        return urlencode({"in": "d" if self.is_dating else "f", "as": str(self.me.profile.pk)})


def me_as(actor: Account, profile_id: UUID | None) -> Me:
    """The own profile with this id, or the individual one."""
    if profile_id is not None:
        return Me(profiles.get_own_profile(actor, profile_id))
    own = profile_reads.own_profiles(actor)
    if not own:
        raise NotThere
    return Me(own[0])


def fits(me: Me, other: Profile, mode: str) -> bool:
    """Both are listed, nothing keeps them apart, the other is to be found, and each fits the other's
    must-haves."""
    both_listed = me.is_listed and other.hidden_at is None and other.paused_at is None
    if not (both_listed and me.finds(other)) or me.keeps_apart(other):
        return False
    return compatible(me.side, index.side_of(other), mode)


def likes_me(me: Me, other: Profile, mode: str) -> bool:
    """A standing like admits to the liker's card, whatever preferences say since. Hide and block beat it."""
    if other.hidden_at or other.paused_at or me.keeps_apart(other):
        return False
    return has_said_yes(other, me, mode) and index.side_of(other).wish(mode).on


def has_said_yes(other: Profile, me: Me, mode: str) -> bool:
    return Decision.objects.filter(profile=other, about=me.profile, mode=mode, said=Said.LIKE).exists()


def may_meet(me: Me, other: Profile, mode: str) -> bool:
    return fits(me, other, mode) or likes_me(me, other, mode)


def live_match(one: Profile, other: Profile, mode: str | None = None) -> Match | None:
    """The match of these two that has not ended."""
    first, second = sorted([one.pk, other.pk])
    matches = Match.objects.filter(one=first, other=second, ended_at=None)
    return (matches.filter(mode=mode) if mode else matches).first()


def get_person_for(me: Me, pk: UUID, mode: str) -> Profile:
    """Someone this profile may say something of: they fit, or like it already. A block beats a match."""
    other = Profile.objects.standing().with_faces().filter(pk=pk).first()
    if other is None or me.keeps_apart(other):
        raise NotThere
    if not (may_meet(me, other, mode) or live_match(me.profile, other, mode)):
        raise NotThere
    return other


def may_write_first(own: Profile, other: Profile) -> bool:
    """In friends, to somebody who fits."""
    return fits(Me(own), other, Mode.FRIENDS)


def knows(own: Profile, other: Profile) -> bool:
    """A match talks already; whoever parted rests for 90 days."""
    first, second = sorted([own.pk, other.pk])
    known = Match.objects.filter(one=first, other=second)
    return known.filter(Q(ended_at=None) | Q(ended_at__gt=timezone.now() - NOT_NOW_FOR)).exists()


def ways_to(actor: Account, other: Profile) -> list[Way]:
    """Every way in which this profile is there for the actor. None means: not there."""
    mine = [Me(profile) for profile in profile_reads.own_profiles(actor)]
    # One by one: whom a partner keeps apart must not be missing where the actor meets alone.
    ways = [Way(me, mode) for me in mine if not me.keeps_apart(other) for mode in Mode.values]
    return [way for way in ways if is_there(way, other)]


def looker_at(viewer: Account, other: Profile) -> Looker | None:
    """What the viewer is to this profile, with all of their own that it is there for."""
    ways = ways_to(viewer, other)
    if not ways:
        return SIGNED_IN if is_open_to(viewer, other) else None
    return Looker(
        modes=frozenset(way.mode for way in ways),
        ids=frozenset(way.me.profile.pk for way in ways),
        fits=True,
        is_match=any(other.pk in way.me.matched for way in ways),
    )


def looker_by(ways: Sequence[Way], way: Way, other: Profile) -> Looker:
    """The same, as the own profile of one way, in all the modes in which it is there."""
    modes = [each.mode for each in ways if each.me.profile.pk == way.me.profile.pk]
    return way.me.looker(other.pk, modes)


def is_open_to(viewer: Account, other: Profile) -> bool:
    """Whether the viewer reads on the page what its owner says to everyone, without fitting.

    Not on that of a partner, a former one neither, nor on another couple of theirs.
    """
    apart = profile_reads.linked_with([viewer.pk])
    return is_open(other.said) and apart.isdisjoint(other.account_ids)


def is_there(way: Way, other: Profile) -> bool:
    me, mode = way.me, way.mode
    return live_match(me.profile, other, mode) is not None or may_meet(me, other, mode)


def has_shown_itself(viewer: Account, other: Profile) -> bool:
    """Whether this profile said yes to one of the viewer's, in either mode."""
    own = Profile.objects.standing().of([viewer.pk]).values("pk")
    return Decision.objects.filter(profile=other, about__in=own, said=Said.LIKE).exists()


def is_matched(viewer: Account, other: Profile) -> bool:
    """Whether any own profile of the viewer has a live match with this one, in either mode."""
    own = Profile.objects.standing().of([viewer.pk]).values("pk")
    pair = Q(one__in=own, other=other) | Q(other__in=own, one=other)
    return Match.objects.filter(pair, ended_at=None).exists()


def live_pairs(account: Account) -> list[Pair]:
    """Whom an account is matched with now, once for each own profile, in whichever modes."""
    own = {profile.pk: profile for profile in profile_reads.own_profiles(account)}
    matches = Match.objects.filter(Q(one__in=own) | Q(other__in=own), ended_at=None).order_by("made_at")
    pairs = [(m.one_id, m.other_id) if m.one_id in own else (m.other_id, m.one_id) for m in matches]
    others = Profile.objects.standing().with_faces().in_bulk([other for _, other in pairs])
    return [Pair(own[mine], others[other]) for mine, other in dict.fromkeys(pairs) if other in others]


def ever_matched(account: Account) -> set[UUID]:
    """Everybody whom an account has come to know here, also those it has parted from."""
    own = list(Profile.objects.of([account.pk]).values_list("pk", flat=True))
    matches = Match.objects.filter(Q(one__in=own) | Q(other__in=own)).values_list("one_id", "other_id")
    others = Profile.objects.with_faces().filter(pk__in={pk for pair in matches for pk in pair})
    return {account_id for other in others for account_id in other.account_ids} - {account.pk}
