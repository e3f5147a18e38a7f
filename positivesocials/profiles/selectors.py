"""What pages show of profiles, opened from the seal; and which profiles and couples an account has."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positivesocials.accounts.models import Account
from positivesocials.core.once import once
from positivesocials.core.words import listed
from positivesocials.profiles import access, circles, places
from positivesocials.profiles.choices import (
    AUDIENCES,
    FIELD_NAMES,
    GOALS,
    INTERESTS,
    LANGUAGES,
    SEARCHES,
    goals_in,
    shown,
)
from positivesocials.profiles.circles import Circle
from positivesocials.profiles.facets import JOINT_FIELDS, Facets, Person, Prompt
from positivesocials.profiles.models import ChangeHead, CoupleLink, Persona, Profile, ProfileQuerySet
from positivesocials.profiles.visibility import SIGNED_IN, Looker, is_open, seen_by
from positivesocials.vault import fields as vault_fields


@dataclass(frozen=True)
class Partner:
    """One human of a profile, as others see them."""

    name: str
    salt: str
    age: int | None
    pronouns: str
    gender: str
    orientation: str


@dataclass(frozen=True)
class Face:
    """A profile as somebody sees it, made by `face_of`. Goals stay slugs, of the modes it is seen in."""

    id: UUID
    is_couple: bool
    partners: tuple[Partner, ...]
    prompts: tuple[Prompt, ...]
    interests: tuple[str, ...]
    languages: tuple[str, ...]
    circles: tuple[Circle, ...]
    goals: tuple[str, ...]
    cell: int | None

    @property
    def name(self) -> str:
        return " & ".join(partner.name for partner in self.partners)

    @property
    def ages(self) -> str:
        """The shown ages, "39 and 44" for a couple; empty when none is shown."""
        ages = [str(partner.age) for partner in self.partners if partner.age is not None]
        return (
            _("%(one)s and %(two)s") % {"one": ages[0], "two": ages[1]} if len(ages) == 2 else "".join(ages)
        )

    @property
    def interest_names(self) -> list[tuple[str, str]]:
        return [(slug, str(INTERESTS[slug])) for slug in self.interests if slug in INTERESTS]

    @property
    def language_names(self) -> list[str]:
        return shown(LANGUAGES, self.languages)

    def goal_names(self, mode: str) -> list[str]:
        """What this profile hopes for in one mode."""
        return shown(goals_in(mode), self.goals)

    @property
    def quote(self) -> Prompt | None:
        return self.prompts[0] if self.prompts else None


@dataclass(frozen=True)
class Couple:
    """A couple link as one of the two sees it."""

    link: CoupleLink
    profile: Profile | None
    mine: Persona
    theirs: Persona | None
    is_mine_to_confirm: bool

    @property
    def in_force(self) -> bool:
        return self.profile is not None


def warm(profiles: list[Profile]) -> list[Profile]:
    """Fetch the keys of these profiles and of the names on them in one query."""
    personas = [persona for profile in profiles for persona in profile.personas]
    vault_fields.warm(profiles, personas)
    return profiles


@cache
def _standing() -> ProfileQuerySet:
    """Put together once, as each page asks for faces more than once; never run itself."""
    return Profile.objects.standing().with_faces()


def faces(ids: Sequence[UUID]) -> list[Profile]:
    """These profiles in the order of `ids`, as far as they stand: one query for rows, one for keys."""
    rows = {row.pk: row for row in _standing().filter(pk__in=ids)} if ids else {}
    return warm([rows[pk] for pk in ids if pk in rows])


@once
def profile_of(account: Account) -> Profile | None:
    """The individual profile of an account."""
    return Profile.objects.with_faces().filter(account=account).first()


def own_profiles(account: Account) -> list[Profile]:
    """The faces an account may act with: its individual profile first, then its couples in force."""
    faces = list(_standing().of([account.pk]).order_by("-kind", "made_at"))
    for face in faces:
        if face.account_id == account.pk:
            face.account = account  # So that nobody asks for it again.
    return warm(faces)


def linked_with(account_ids: Iterable[UUID]) -> set[UUID]:
    """These accounts that are or were half of a couple, and their partners, former ones too.

    Whom an end made findable would learn by that of the end, and of what the other does without them.
    """
    ids = set(account_ids)
    links = CoupleLink.objects.confirmed().filter(Q(first__in=ids) | Q(second__in=ids))
    pairs = links.values_list("first_id", "second_id")
    return {account for pair in pairs for account in pair if account is not None}


def new_accounts() -> set[UUID]:
    """The accounts that are new by `access.is_new`."""
    return set(Account.objects.filter(joined_on__gt=access.new_since()).values_list("pk", flat=True))


def change_number() -> int:
    """How many changes of profiles were committed; 0 before the first."""
    return ChangeHead.objects.filter(only=1).values_list("number", flat=True).first() or 0


def changed_since(number: int) -> dict[UUID, int]:
    """The profiles that changed after this number, and the number of the last change of each."""
    return dict(Profile.objects.filter(change_number__gt=number).values_list("pk", "change_number"))


def existing(ids: Collection[UUID] | None = None) -> set[UUID]:
    """The ids of all profiles that there are, or those of `ids`."""
    rows = Profile.objects.all() if ids is None else Profile.objects.filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def behind(account_ids: Collection[UUID]) -> set[UUID]:
    """The profiles that these accounts stand behind, couples that have ended too."""
    return set(Profile.objects.of(account_ids).values_list("pk", flat=True))


def couples_of(account: Account) -> list[Couple]:
    """Everything between this account and a partner that waits or is in force, oldest first."""
    either = Q(first=account) | Q(second=account)
    live = CoupleLink.objects.not_stale().filter(either, ended_at=None)
    links = list(live.select_related("first_persona", "second_persona").order_by("invited_at"))
    faces = {p.link_id: p for p in Profile.objects.with_faces().filter(link__in=links)}
    personas = [p for link in links for p in (link.first_persona, link.second_persona) if p]
    vault_fields.warm(links, personas, faces.values())
    return [_couple(account, link, faces.get(link.pk)) for link in links]


def couple_of(account: Account, link: CoupleLink) -> Couple:
    return _couple(account, link, Profile.objects.with_faces().filter(link=link).first())


def _couple(account: Account, link: CoupleLink, profile: Profile | None) -> Couple:
    mine, theirs = link.first_persona, link.second_persona
    if link.first_id != account.pk and theirs is not None:
        mine, theirs = theirs, mine
    to_confirm = link.first_id == account.pk and link.accepted_at is not None and link.confirmed_at is None
    return Couple(link, profile, mine, theirs, to_confirm)


def name_of(profile: Profile) -> str:
    return " & ".join(persona.name or "" for persona in profile.personas)


def face_of(profile: Profile, looker: Looker) -> Face:
    """The profile as this looker sees it: what is not for them is not in it."""
    return _face(profile, seen_by(profile.said, looker))


def _face(profile: Profile, said: Facets) -> Face:
    pairs = zip(profile.personas, said.people, strict=False)
    return Face(
        id=profile.pk,
        is_couple=profile.is_couple,
        partners=tuple(_partner(persona, person) for persona, person in pairs),
        prompts=said.prompts,
        interests=said.interests,
        languages=said.languages,
        circles=tuple(circles.known(said.all_circles)),
        goals=said.goals,
        cell=said.cell,
    )


def name_face_of(profile: Profile) -> Face:
    """Only names and pictures."""
    partners = tuple(_partner(persona, Person()) for persona in profile.personas)
    return Face(profile.pk, profile.is_couple, partners, (), (), (), (), (), None)


def _partner(persona: Persona, person: Person) -> Partner:
    return Partner(
        name=persona.name or "",
        salt=persona.salt,
        age=person.age(timezone.localdate()),
        pronouns=person.pronouns,
        gender=person.gender,
        orientation=person.orientation,
    )


def text_of(profile: Profile, looker: Looker) -> str:
    """What this looker reads on the profile, as plain lines: what is reported of it."""
    said = seen_by(profile.said, looker)
    people = [", ".join(filter(None, _in_own_words(person))) for person in said.people]
    goals = [slug for mode in sorted(looker.modes) for slug in goals_in(mode) if slug in said.goals]
    chosen = [*shown(GOALS, goals), *shown(INTERESTS, said.interests), *shown(LANGUAGES, said.languages)]
    prompts = [f"{prompt.asked}: {prompt.answer}" for prompt in said.prompts]
    return "\n".join(filter(None, [name_of(profile), *people, ", ".join(chosen), *prompts]))


def _in_own_words(person: Person) -> list[str]:
    return [person.gender, person.pronouns, person.orientation]


SECTION_FIELDS = {
    "self": ("pronouns", "gender", "orientation"),
    "age": ("age",),
    "place": ("place",),
    "words": ("prompts",),
    "interests": ("interests", "languages"),
    "hopes": ("goals",),
    "circles": ("circles",),
}


@dataclass(frozen=True)
class OwnRow:
    """One section of an own profile, what it says now, and whom that is for."""

    section: str
    says: tuple[str, ...]
    seen_by: tuple[str, ...]


def rows_of(profile: Profile, place: int) -> list[OwnRow]:
    """What the sections say, for the one human who looks."""
    said = profile.said
    part = said.part(place)
    says = {
        "self": [part.pronouns, part.gender, part.orientation, _found_under(part)],
        "age": _age_in_words(part),
        "place": [_place_in_words(said)],
        "words": [prompt.asked for prompt in said.prompts],
        "interests": [*shown(INTERESTS, said.interests), *shown(LANGUAGES, said.languages)],
        "hopes": shown(GOALS, said.goals),
        "circles": [circle.name for circle in circles.known(part.circles)],
    }
    return [
        OwnRow(section, tuple(filter(None, words)), _audiences(said, part, SECTION_FIELDS[section]))
        for section, words in says.items()
    ]


def holder(said: Facets, part: Person, field: str) -> Person:
    """Who says whom a field is for: the one human, or the profile for what is of both."""
    return said if field in JOINT_FIELDS else part


def _audiences(said: Facets, part: Person, fields: Sequence[str]) -> tuple[str, ...]:
    """Whom the fields of a section are for, in words; each field by its name only where they differ."""
    chosen = {field: str(AUDIENCES[holder(said, part, field).audience(field)]) for field in fields}
    if len(set(chosen.values())) == 1:
        return (chosen[fields[0]],)
    return tuple(f"{FIELD_NAMES[field]}: {words}" for field, words in chosen.items())


def _place_in_words(said: Facets) -> str:
    if said.region and said.place is not None:
        return _("%(area)s, shown as a region") % {"area": places.area_name(said.place)}
    return places.area_name(said.place)


def _found_under(part: Person) -> str:
    searches = listed(shown(SEARCHES, part.searches))
    return _("found under: %(searches)s") % {"searches": searches} if searches else ""


def _age_in_words(part: Person) -> list[str]:
    age = part.age(timezone.localdate())
    return [] if age is None else [str(age)]


@dataclass(frozen=True)
class Named:
    """A profile that can be picked for fields which only named people read."""

    id: UUID
    name: str


def names_for(profile: Profile, ids: Sequence[UUID]) -> list[Named]:
    """These profiles by name, in order, as far as they are there."""
    return [Named(row.pk, name_of(row)) for row in faces(ids)]


@dataclass(frozen=True)
class SeenAs:
    """An own profile as somebody sees it; without a face they see no page. `choices` are others to be."""

    key: str
    mode: str
    face: Face | None
    choices: list[tuple[str, str]]
    names: list[Named]

    @property
    def is_dating(self) -> bool:
        return self.mode == "dating"

    @property
    def goals(self) -> list[str]:
        return self.face.goal_names(self.mode) if self.face else []


LOOK_AS = {
    "anyone": gettext_lazy("Someone signed in"),
    "fits": gettext_lazy("Someone who fits you"),
    "match": gettext_lazy("A match"),
}


def seen_as(profile: Profile, key: str, mode: str, *, place: int, nameable: Sequence[UUID]) -> SeenAs:
    """The profile as `key` sees it in a mode: a key of LOOK_AS, or the id of somebody whom the asking human,
    or a couple together, named. Whom a partner named is the partner's own."""
    said = profile.said.without_names_but(place)
    picked = {*said.named, *said.part(place).named}
    names = names_for(profile, [pk for pk in nameable if pk.hex in picked])
    looker = _as(key, mode, names)
    is_shut = key == "anyone" and not is_open(said)
    seen = seen_by(said, looker or Looker(modes=frozenset({mode}), fits=True))
    return SeenAs(
        key=key if looker else "fits",
        mode=mode,
        face=None if is_shut else _face(profile, seen),
        choices=[(each, str(words)) for each, words in LOOK_AS.items()],
        names=names,
    )


def _as(key: str, mode: str, names: Sequence[Named]) -> Looker | None:
    modes = frozenset({mode})
    known = {
        "anyone": SIGNED_IN,
        "fits": Looker(modes=modes, fits=True),
        "match": Looker(modes=modes, fits=True, is_match=True),
    }
    named = (each.id for each in names if str(each.id) == key)
    return known.get(key) or next((Looker(modes, frozenset({pk}), fits=True) for pk in named), None)
