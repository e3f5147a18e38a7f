"""Opened sides, in the memory of this process and nowhere else.

A side is opened again only when its profile's `facet_version` moved on, or when a new quarter made people
older. Which profiles are listed at all is asked of the database every time, so a side in here never shows
someone who hid, paused, ended or left.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from positivesocials.matching import answers
from positivesocials.matching.compat import Bias, Human, Side
from positivesocials.matching.engine.learning import BOUND
from positivesocials.matching.models import Answers, Learned, Mode, Preferences
from positivesocials.matching.wishes import Wishes
from positivesocials.profiles.choices import GOALS
from positivesocials.profiles.circles import known as known_circles
from positivesocials.profiles.facets import Facets
from positivesocials.profiles.models import Profile
from positivesocials.profiles.visibility import THOSE_WHO_FIT, seen_by
from positivesocials.vault import fields as vault_fields


class Listed(NamedTuple):
    """A profile that takes part in meeting right now, and whose accounts are behind it."""

    id: UUID
    version: int
    accounts: frozenset[UUID]
    is_incognito: bool = False
    avoids_new: bool = False


@dataclass(frozen=True)
class Sight:
    """Whom one profile may find in a mode: not everybody wants to be found by everyone they fit.

    `shown` are those among them who said yes to this profile, and so have shown themselves.
    """

    is_new: bool = False
    shown: frozenset[UUID] = frozenset()

    def finds(self, row: Listed) -> bool:
        return row.id in self.shown or not (row.is_incognito or (row.avoids_new and self.is_new))


class Opened(NamedTuple):
    version: int
    quarter: date
    side: Side


_opened: dict[UUID, Opened] = {}


MOST_KEPT = 20_000


def listed(ids: Collection[UUID] | None = None) -> list[Listed]:
    """Everyone who takes part, or those of `ids`: standing, not hidden, not paused, and asked what they look
    for. Whom of them one finds is for `Sight` to say."""
    asked = Exists(Preferences.objects.filter(profile=OuterRef("pk")))
    rows = Profile.objects.standing().filter(asked, hidden_at=None, paused_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    shy = ("incognito_at", "avoids_new_at")
    values = rows.values_list("pk", "facet_version", *shy, "account_id", "link__first_id", "link__second_id")
    found = [
        Listed(pk, version, frozenset(filter(None, accounts)), incognito is not None, avoids is not None)
        for pk, version, incognito, avoids, *accounts in values
    ]
    if ids is None:
        _drop_all_but({row.id for row in found})
    return found


def listed_among(profiles: Iterable[Profile]) -> list[Listed]:
    """Those who take part among standing profiles that were just read.

    Whoever was never asked is among them, and fits nobody.
    """
    return [
        Listed(
            profile.pk,
            profile.facet_version,
            frozenset(profile.account_ids),
            profile.incognito_at is not None,
            profile.avoids_new_at is not None,
        )
        for profile in profiles
        if profile.hidden_at is None and profile.paused_at is None
    ]


def sides(rows: Iterable[Listed]) -> dict[UUID, Side]:
    """The sides of these profiles; unchanged ones come from memory, the rest take six queries in all."""
    versions = {row.id: row.version for row in rows}
    quarter = this_quarter()
    known = {pk: _opened[pk] for pk in versions if pk in _opened}
    fresh = {pk for pk, kept in known.items() if (kept.version, kept.quarter) == (versions[pk], quarter)}
    if stale := versions.keys() - fresh:
        found = list(Profile.objects.filter(pk__in=stale).select_related("link"))
        for pk, side in opened(found).items():
            known[pk] = _opened[pk] = Opened(versions[pk], quarter, side)
    for pk in list(_opened)[: max(0, len(_opened) - max(MOST_KEPT, len(versions)))]:
        _opened.pop(pk, None)
    return {pk: known[pk].side for pk in versions if pk in known}


def side_of(profile: Profile) -> Side:
    """One side, opened now."""
    return opened([profile])[profile.pk]


def sides_of(profiles: Iterable[Profile]) -> dict[UUID, Side]:
    """The sides of rows that were just read; without a query where they are open and current."""
    return sides(Listed(profile.pk, profile.facet_version, frozenset()) for profile in profiles)


def this_quarter() -> date:
    today = timezone.localdate()
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)


def _drop_all_but(listed_ids: set[UUID]) -> None:
    for pk in _opened.keys() - listed_ids:
        _opened.pop(pk, None)


def opened(profiles: list[Profile]) -> dict[UUID, Side]:
    """Their sides, opened now with four queries."""
    by_id = {profile.pk: profile for profile in profiles}
    wishes: dict[UUID, dict[str, Wishes]] = {pk: {} for pk in by_id}
    preferences = list(Preferences.objects.filter(profile__in=by_id))
    answered = list(Answers.objects.filter(profile__in=by_id))
    learned = list(Learned.objects.filter(profile__in=by_id))
    kept: list[Preferences | Answers | Learned] = [*preferences, *answered, *learned]
    for row in kept:
        row.profile = by_id[row.profile_id]
    vault_fields.warm(profiles, preferences)
    for row in preferences:
        wishes[row.profile_id][row.mode] = Wishes.from_dict(row.mode, row.wishes)
    given = {row.profile_id: answers.visible(answers.from_dict(row.given)) for row in answered}
    learnt = {row.profile_id: biases(row.numbers) for row in learned}
    return {
        pk: replace(
            _side(profile, profile.said, wishes[pk]), answers=given.get(pk, {}), learned=learnt.get(pk, {})
        )
        for pk, profile in by_id.items()
    }


def biases(raw: object) -> dict[str, Bias]:
    """Read any earlier or damaged value."""
    if not isinstance(raw, dict):
        return {}
    kept = {mode: raw[mode] for mode in Mode.values if _is_pair(raw.get(mode))}
    return {mode: Bias(*numbers) for mode, numbers in kept.items()}


def _is_pair(raw: object) -> bool:
    return isinstance(raw, list) and len(raw) == 2 and all(type(n) is int and abs(n) <= BOUND for n in raw)


def _side(profile: Profile, said: Facets, wishes: Mapping[str, Wishes]) -> Side:
    today, shown = timezone.localdate(), seen_by(said, THOSE_WHO_FIT)
    return Side(
        id=profile.pk,
        kind=profile.kind,
        humans=tuple(Human(frozenset(p.searches), p.age(today)) for p in said.people),
        cell=shown.cell,
        goals=frozenset(GOALS.keys() & shown.goals),
        circles=frozenset(circle.slug for circle in known_circles(shown.all_circles)),
        wishes=wishes,
        interests=frozenset(shown.interests),
        languages=frozenset(shown.languages),
        avoids_new=profile.avoids_new_at is not None,
    )
