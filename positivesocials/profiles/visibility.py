"""What somebody reads of a profile: the one place where fields are kept from whom they are not for.

Pages, lists, reasons, reports and the engine get a profile's facets from here, with everything left out
that is not for the one who looks. What is not in there cannot be shown, compared or ordered by.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from positivesocials.profiles.choices import EVERYONE, FITTING, MATCHES, NAMED, goals_in
from positivesocials.profiles.facets import JOINT_FIELDS, OWN_FIELDS, Facets, Person

BOTH_MODES = frozenset({"friends", "dating"})


@dataclass(frozen=True)
class Looker:
    """Who looks at a profile: in which modes, as which of their own, and what these are to it.

    Without anything said: somebody who is signed in, and for whom the page is open all the same.
    """

    modes: frozenset[str] = frozenset({"friends"})
    ids: frozenset[UUID] = frozenset()
    fits: bool = False
    is_match: bool = False

    @property
    def is_there(self) -> bool:
        """Whether meeting opens the page; whoever is merely signed in reads what is for everyone."""
        return self.fits or self.is_match

    def reads(self, part: Person, field: str) -> bool:
        """Whether this field is for them: the widest audience holds the narrower ones, names stand alone."""
        allowed = {
            EVERYONE: True,
            FITTING: self.is_there,
            MATCHES: self.is_match,
            NAMED: part.names(self.ids),
        }
        return allowed.get(part.audience(field), False)


SIGNED_IN = Looker()
# All that meeting may work with: what would tell more is kept from the engine as from people.
THOSE_WHO_FIT = Looker(modes=BOTH_MODES, fits=True)
A_MATCH = Looker(modes=BOTH_MODES, fits=True, is_match=True)


def seen_by(said: Facets, looker: Looker) -> Facets:
    """What this looker may read, and nothing else: neither how often one moved nor whom one named."""
    reads = _readable(said, looker, JOINT_FIELDS)
    own = {} if said.about else _own(said, looker)
    return Facets(
        **own,
        place=said.place if "place" in reads else None,
        region=said.region,
        languages=said.languages if "languages" in reads else (),
        interests=said.interests if "interests" in reads else (),
        goals=_goals(said, looker.modes) if "goals" in reads else (),
        prompts=said.prompts if "prompts" in reads else (),
        about=tuple(Person(**_own(person, looker)) for person in said.about),
    )


def _readable(part: Person, looker: Looker, fields: Collection[str]) -> Collection[str]:
    if not part.seen:  # As most do: lists of people are made of these.
        return fields if looker.is_there else ()
    return {field for field in fields if looker.reads(part, field)}


def _own(part: Person, looker: Looker) -> dict[str, Any]:
    reads = _readable(part, looker, OWN_FIELDS)
    # Orientation is a thing of dating, unless its owner says it to everyone.
    in_dating = "dating" in looker.modes or part.audience("orientation") == EVERYONE
    return {
        "pronouns": part.pronouns if "pronouns" in reads else "",
        "gender": part.gender if "gender" in reads else "",
        "orientation": part.orientation if in_dating and "orientation" in reads else "",
        "birth_year": part.birth_year if "age" in reads else None,
        "birth_month": part.birth_month if "age" in reads else None,
        "circles": part.circles if "circles" in reads else (),
    }


def _goals(said: Facets, modes: Collection[str]) -> tuple[str, ...]:
    """A mode never shows the other mode's hopes, whoever may see them."""
    return tuple(goal for goal in said.goals if any(goal in goals_in(mode) for mode in modes))


def is_open(said: Facets) -> bool:
    """Whether the page opens for everyone who is signed in: its owner said something to them.

    A couple's opens by what is of both, so that neither partner opens it by what they say alone.
    """
    shown = seen_by(said, SIGNED_IN)
    own = () if said.about else ("pronouns", "gender", "orientation", "birth_year", "circles")
    return any(getattr(shown, field) for field in (*JOINT_FIELDS, *own))
