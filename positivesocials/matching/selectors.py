"""Lists of people: who fits, who likes, who was kept for later; and why two go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from positivesocials.accounts.models import Account
from positivesocials.core.words import listed
from positivesocials.matching import access, common, index, proposals
from positivesocials.matching.access import Me, Way
from positivesocials.matching.compat import Side, compatible
from positivesocials.matching.models import Decision, Match, Mode, Preferences, Said, Waiting
from positivesocials.matching.proposals import Crowd, Looked
from positivesocials.matching.steps import steps
from positivesocials.matching.wishes import Wishes
from positivesocials.messaging import opener_access as openers
from positivesocials.profiles import check_reads, photo_reads
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.choices import GOALS, INTERESTS, LANGUAGES, goals_in, shown
from positivesocials.profiles.circles import known
from positivesocials.profiles.facets import Facets
from positivesocials.profiles.models import Profile
from positivesocials.profiles.photo_reads import Shown
from positivesocials.profiles.places import BANDS, band
from positivesocials.profiles.selectors import Face
from positivesocials.profiles.visibility import SIGNED_IN, Looker, seen_by

PAGE = 12
MOST_FIXED = 500
ENOUGH = 10
MOST_TO_NAME = 100


@dataclass(frozen=True)
class Card:
    """One person in a list: what is shown, how far in bands, and what the two share."""

    face: Face
    band: str
    reasons: tuple[str, ...]
    shared_interests: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    photo: Shown | None = None


@dataclass(frozen=True)
class Choice:
    """One step that a profile could take in its own must-haves, and what it brings. Never a small count."""

    key: str
    label: str
    brings: str


@dataclass(frozen=True)
class Around:
    """Everyone there for a profile in one mode, and what it said already. Asked for once a page."""

    me: Me
    mode: str
    decided: Mapping[UUID, str]
    crowd: Crowd

    def _own(self, wishes: Wishes | None = None) -> Side:
        own = self.me.side
        return own if wishes is None else replace(own, wishes={**own.wishes, self.mode: wishes})

    def fitting(self) -> list[UUID]:
        """Who fits both ways, in no order."""
        return self.crowd.ids(self._own())

    def count(self, wishes: Wishes | None = None) -> int:
        """How many fit; with other wishes of one's own, if given."""
        return self.crowd.count(self._own(wishes))

    def in_order(self, most: int = MOST_FIXED) -> list[UUID]:
        """The first of those who fit: who may please both comes first, then by a lot drawn each day.

        Of where somebody is the order knows the band alone, and nothing of hopes in the other mode.
        """
        return self.crowd.first(self._own(), most)

    def still(self, ids: Sequence[UUID]) -> list[Profile]:
        """Those of `ids` who fit now, on the rows as they are."""
        return self.crowd.still(self._own(), ids)


def has_answered(me: Me, own: Sequence[Profile]) -> bool:
    """Whether this or any other own profile was ever asked what it looks for."""
    return bool(me.side.wishes) or Preferences.objects.filter(profile__in=own).exists()


def around(me: Me, mode: str) -> Around:
    if not me.is_listed:
        return Around(me, mode, {}, Looked(mode, {}))
    decided, sight = _decided(me, mode), me.sight(mode)
    return Around(me, mode, decided, proposals.crowd(mode, decided=decided, apart=me.apart, sight=sight))


def _decided(me: Me, mode: str) -> dict[UUID, str]:
    """Of whom this profile has said something that stands, or with whom it has a match; and what it said."""
    said = Decision.objects.filter(profile=me.profile, mode=mode).standing()
    return dict.fromkeys(me.matches[mode], Said.LIKE) | dict(said.values_list("about_id", "said"))


def in_order(everyone: Around) -> list[UUID]:
    return everyone.in_order()


def cards(me: Me, ids: Sequence[UUID], mode: str) -> list[Card]:
    """Cards in the order of `ids`, of those who are there."""
    return cards_of(me, profiles.faces(ids), mode)


def cards_of(me: Me, rows: Sequence[Profile], mode: str) -> list[Card]:
    """Cards of these rows. Who was looked at a moment ago is open already, answers too."""
    sides, mine = index.sides_of(rows), me.side.answers
    covers = photo_reads.covers(rows, viewer=me.profile.pk, matched=me.matched)
    return [
        replace(
            card(
                me,
                profile,
                me.looker(profile.pk, [mode]),
                agreed=common.agreed(mine, sides[profile.pk].answers, mode),
            ),
            photo=covers.get(profile.pk),
        )
        for profile in rows
        if profile.pk in sides  # Whoever was deleted this very moment has none.
    ]


def name_cards(ids: Sequence[UUID]) -> list[Card]:
    """Only names, in the order of `ids`: of people whose pages may be closed by now."""
    return [Card(profiles.name_face_of(profile), "", ()) for profile in profiles.faces(ids)]


def card(me: Me, profile: Profile, looker: Looker, *, agreed: Sequence[str] = ()) -> Card:
    """What `looker`, which is this profile of one's own, may see. `agreed` are topics of questions answered
    alike."""
    face = profiles.face_of(profile, looker)
    goals = [slug for mode in sorted(looker.modes) for slug in goals_in(mode) if slug in face.goals]
    # What they may read of mine: a reason is one for both, and reads the same from both sides.
    back = Looker(looker.modes, frozenset({profile.pk}), fits=True, is_match=looker.is_match)
    return Card(
        face=face,
        band=_band(me.said.cell, face),
        reasons=tuple(_reasons(seen_by(me.said, back), face, goals, agreed)),
        shared_interests=tuple(slug for slug in face.interests if slug in me.said.interests),
        goals=tuple(shown(GOALS, goals)),
    )


def _band(own: int | None, face: Face) -> str:
    return "" if own is None or face.cell is None else str(BANDS[band(own, face.cell)])


def _reasons(own: Facets, face: Face, goals: Sequence[str], agreed: Sequence[str]) -> Iterable[str]:
    circles = [circle.slug for circle in face.circles if circle.slug in own.all_circles]
    interests = [slug for slug in face.interests if slug in own.interests]
    languages = [slug for slug in face.languages if slug in own.languages]
    for sentence, words in (
        (gettext_noop("Circles you both show: %(them)s"), [circle.name for circle in known(tuple(circles))]),
        (gettext_noop("You share: %(them)s"), shown(INTERESTS, interests)),
        (
            gettext_noop("You both hope for: %(them)s"),
            shown(GOALS, [slug for slug in goals if slug in own.goals]),
        ),
        (gettext_noop("You answered alike: %(them)s"), agreed),
        (gettext_noop("Languages you share: %(them)s"), shown(LANGUAGES, languages)),
    ):
        if words:
            yield _(sentence) % {"them": listed(words)}


def likers(me: Me, mode: str) -> list[UUID]:
    """Who likes this profile and waits for its word, newest first, whatever changed since."""
    return _likers(me, mode, _decided(me, mode))


def _likers(me: Me, mode: str, decided: Mapping[UUID, str]) -> list[UUID]:
    answered = {pk for pk, said in decided.items() if said != Said.LATER}
    return _only_there(me, mode, [pk for pk in me.liked_by(mode) if pk not in answered])


def to_name(actor: Account, profile: Profile) -> list[UUID]:
    """Whom a profile can see now and may name: its matches first, then whom it likes and who likes it."""
    me, found = Me(profile), list[UUID]()
    for mode in Mode.values:
        found += [*me.matches[mode], *liked(me, mode), *likers(me, mode)]
    return found[:MOST_TO_NAME]


def greetings(actor: Account) -> list[Way]:
    """As whom, and in which mode, somebody waits for the actor's word. Never how many, and never who."""
    faces = [Me(profile) for profile in profiles.own_profiles(actor)]
    ways = [Way(me, mode) for me in faces for mode in Mode.values if me.side.wish(mode).on]
    return [way for way in ways if likers(way.me, way.mode) or asked_of(actor, way.me, way.mode)]


def has_news(waiting: Waiting, me: Me) -> bool:
    """Whether somebody fits now who did not when it was asked."""
    known = set(waiting.known or ())
    return any(pk.hex not in known for pk in around(me, waiting.mode).fitting())


def waits(actor: Account, me: Me, mode: str) -> bool:
    return Waiting.objects.filter(profile=me.profile, account=actor, mode=mode, told_at=None).exists()


def told(actor: Account) -> list[Way]:
    """As whom, and in which mode, the actor was told of somebody new and has not looked since."""
    rows = Waiting.objects.filter(account=actor).exclude(told_at=None)
    asked = set(rows.values_list("profile_id", "mode"))
    if not asked:
        return []
    faces = [Me(profile) for profile in profiles.own_profiles(actor)]
    return [Way(me, mode) for me in faces for mode in Mode.values if (me.profile.pk, mode) in asked]


def kept_for_later(me: Me, mode: str) -> list[UUID]:
    """Whom this profile keeps for another day, as far as they still fit or like it."""
    kept = Decision.objects.filter(profile=me.profile, mode=mode, said=Said.LATER).order_by("-said_at", "pk")
    return _still_meant(me, mode, list(kept.values_list("about_id", flat=True)))


def asked_of(actor: Account, me: Me, mode: str) -> list[UUID]:
    """To whom the actor's partner would say yes: it waits for the actor's word."""
    return _halves(me, mode, ~Q(said_by=actor))


def asked_by(actor: Account, me: Me, mode: str) -> list[UUID]:
    """To whom the actor would say yes: it waits for the partner's word."""
    return _halves(me, mode, Q(said_by=actor))


def _halves(me: Me, mode: str, by: Q) -> list[UUID]:
    if not me.profile.is_couple:
        return []
    half = Decision.objects.filter(by, profile=me.profile, mode=mode, said=Said.HALF)
    return _still_meant(me, mode, list(half.order_by("-said_at", "pk").values_list("about_id", flat=True)))


def _still_meant(me: Me, mode: str, ids: Sequence[UUID]) -> list[UUID]:
    """Those of `ids` who still fit, or who like this profile."""
    likes = Decision.objects.filter(profile__in=ids, about=me.profile, mode=mode, said=Said.LIKE)
    there, meant = _there(me, mode, ids), set(likes.values_list("profile_id", flat=True))
    found = [pk for pk in ids if pk in there]
    return [pk for pk in found if pk in meant or compatible(me.side, there[pk], mode)]


def liked(me: Me, mode: str) -> list[UUID]:
    """Whom this profile likes without a match so far, newest first."""
    said = Decision.objects.filter(profile=me.profile, mode=mode, said=Said.LIKE).order_by("-said_at", "pk")
    ids = said.values_list("about_id", flat=True)
    return _only_there(me, mode, [pk for pk in ids if pk not in me.matches[mode]])


def _only_there(me: Me, mode: str, ids: Sequence[UUID]) -> list[UUID]:
    there = _there(me, mode, ids)
    return [pk for pk in ids if pk in there]


def _there(me: Me, mode: str, ids: Sequence[UUID]) -> dict[UUID, Side]:
    """Those of `ids` that are listed, have the mode on and are not kept apart from this profile."""
    if not ids or not me.is_listed:
        return {}
    sides = proposals.live(ids, decided=(), apart=me.apart, sight=me.sight(mode))
    return {pk: side for pk, side in sides.items() if side.wish(mode).on}


def choices(everyone: Around) -> list[Choice]:
    """One-step choices from one's own must-haves that bring somebody, each with what it brings.

    Of the wider distances only the first that brings anybody.
    """
    wish = everyone.me.side.wish(everyone.mode)
    now = everyone.count()
    found: dict[str, Choice] = {}
    for key, (label, changed) in steps(wish, everyone.mode).items():
        more = everyone.count(changed) - now
        if more > 0:
            found.setdefault(key.partition("-")[0], Choice(key, label, _brings(more)))
    return list(found.values())


def _brings(more: int) -> str:
    if more < ENOUGH:
        return _("brings a few people more")
    return _("brings %(count)s people more") % {"count": more}


@dataclass(frozen=True)
class People:
    """One page of the list. `fixed` is the order that later pages walk; `count` is never below ten."""

    cards: list[Card]
    number: int
    has_more: bool
    count: int | None
    is_thin: bool
    choices: list[Choice]
    fixed: list[UUID]
    waiting: int

    @property
    def next_number(self) -> int:
        return self.number + 1


def people(me: Me, mode: str, *, number: int = 1, fixed: Sequence[UUID] = ()) -> People:
    """A page of those who fit. Pages after the first walk the fixed order, each person looked at anew."""
    everyone = around(me, mode)
    order = list(fixed) or everyone.in_order()
    start, end = (number - 1) * PAGE, number * PAGE
    count = everyone.count()
    is_thin = count < ENOUGH
    return People(
        cards=cards_of(me, everyone.still(order[start:end]), mode),
        number=number,
        has_more=len(order) > end,
        count=None if is_thin else count,
        is_thin=is_thin,
        choices=choices(everyone) if is_thin else [],
        fixed=order,
        waiting=len(_likers(me, mode, everyone.decided)),
    )


@dataclass(frozen=True)
class Spoken:
    """What a profile said of someone and can still take back."""

    about: UUID
    name: str
    said: str
    said_by: UUID | None


def spoken(me: Me, mode: str, about: UUID) -> Spoken | None:
    decision = Decision.objects.standing().filter(profile=me.profile, about=about, mode=mode).first()
    other = Profile.objects.standing().with_faces().filter(pk=about).first()
    if decision is None or other is None or me.keeps_apart(other):
        return None
    if other.hidden_at and access.live_match(me.profile, other) is None:
        return None
    if not (me.finds(other) or access.has_said_yes(other, me, mode) or other.pk in me.matched):
        return None
    profiles.warm([other])
    return Spoken(about, profiles.name_of(other), decision.said, decision.said_by_id)


@dataclass(frozen=True)
class Person:
    """The page of one profile: what it shows in the ways it is there, and what may be said to it."""

    card: Card
    way: Way
    spoken: Spoken | None
    likes_me: bool
    match: Match | None
    checked_at: datetime | None
    may_write_first: bool


def open_card(actor: Account, profile: Profile) -> Card:
    """What everyone who is signed in may read: nothing is compared but where the two are, if both say so."""
    own = profiles.profile_of(actor)
    face = profiles.face_of(profiles.warm([profile])[0], SIGNED_IN)
    goals = tuple(face.goal_names(Mode.FRIENDS))
    return Card(face, _band(own.said.cell if own else None, face), reasons=(), goals=goals)


def person(way: Way, ways: Sequence[Way], profile: Profile) -> Person:
    profiles.warm([profile])
    return Person(
        card=card(way.me, profile, access.looker_by(ways, way, profile)),
        way=way,
        spoken=spoken(way.me, way.mode, profile.pk),
        likes_me=access.likes_me(way.me, profile, way.mode),
        match=access.live_match(way.me.profile, profile, way.mode),
        checked_at=check_reads.checked_at(profile),
        may_write_first=not way.is_dating and openers.may_write_first(way.me.profile, profile),
    )
