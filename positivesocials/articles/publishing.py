"""When a guide may be published, and the sentences that say why not."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positivesocials.articles import picture_models, sections
from positivesocials.articles.directives import Directive
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.articles.sourcing import name_of
from positivesocials.claims import selectors as claims
from positivesocials.claims.models import Claim
from positivesocials.claims.selectors import Source

CONDITION = "condition"
# With nothing confirmed about either of these, a guide to a condition has nothing to stand on.
NEEDED = ("testing", "treatment")


class Kind(models.TextChoices):
    """Where a guide stands in the list."""

    CONDITION = CONDITION, gettext_lazy("Conditions")
    SEXUAL_HEALTH = "sexual-health", gettext_lazy("Sexual health")
    RELATIONSHIPS = "relationships", gettext_lazy("Relationships")


@dataclass(frozen=True)
class Draft:
    """What of a guide decides whether it may be published."""

    text: str
    kind: str
    subjects: Sequence[str]
    review_due_on: date | None
    own_sources: Collection[str] = ()


@dataclass(frozen=True)
class Uses:
    """What a text names, as it stands now: for the editor beside the text."""

    claims: Mapping[str, Claim | None]
    sources: Mapping[str, Source | None]
    blocks: Sequence[Directive]
    odd: Sequence[str]
    pictures: Mapping[str, GuidePicture | None]


def uses(draft: Draft) -> Uses:
    named = sections.named(draft.text)
    known = claims.claims_named(named.claims)
    return Uses(
        claims={key: known.get(key) for key in named.claims},
        sources={key: claims.source(key) for key in named.sources if key not in draft.own_sources},
        blocks=named.blocks,
        odd=named.odd,
        pictures=picture_models.named(named.pictures),
    )


def has_ground(subjects: Iterable[str], facts: claims.Facts) -> bool:
    """Whether anything about testing or treatment of one of these conditions is confirmed."""
    return any(facts.of(subject, topic) for subject in subjects for topic in NEEDED)


def reasons_against(draft: Draft) -> list[str]:
    """Sentences for the editor; none when the guide may be published."""
    return [*_ground(draft), *_review(draft), *_marks(used := uses(draft)), *_pictures(used)]


def _ground(draft: Draft) -> Iterator[str]:
    if draft.kind != CONDITION:
        return
    if not draft.subjects:
        yield _("A guide to a condition has to say which condition it is about.")
    elif not has_ground(draft.subjects, claims.facts()):
        named = ", ".join(map(name_of, draft.subjects))
        yield _("Nothing on testing or treatment is confirmed for %(conditions)s.") % {"conditions": named}


def _review(draft: Draft) -> Iterator[str]:
    if draft.review_due_on and draft.review_due_on < timezone.localdate():
        yield _("Its review is overdue: it was due on %(day)s.") % {"day": draft.review_due_on.isoformat()}


def _marks(used: Uses) -> Iterator[str]:
    for key, claim in used.claims.items():
        if claim is None:
            yield _("There is no claim named “%(key)s”.") % {"key": key}
        elif claim.is_expired:
            yield _("The claim “%(key)s” has expired: somebody has to confirm it again.") % {"key": key}
        elif not _is_sourced(claim):
            yield _("The claim “%(key)s” names no source.") % {"key": key}
    for key, source in used.sources.items():
        if source is None:
            yield _("There is no source named “%(key)s”.") % {"key": key}
    for block in used.blocks:
        if not block.is_known:
            words = " ".join(filter(None, (block.kind, block.topic, *block.subjects)))
            yield _("“%(words)s” is no block that can be drawn here.") % {"words": words}
    for words in used.odd:
        yield _odd(words)


def _pictures(used: Uses) -> Iterator[str]:
    for key, picture in used.pictures.items():
        if picture is None:
            yield _("There is no picture named “%(key)s”.") % {"key": key}
        elif not picture.alt.strip():
            yield _("Nobody has said what the picture “%(key)s” shows.") % {"key": key}


def _odd(words: str) -> str:
    if "picture:" in words:
        told = _("“%(words)s” draws no picture: each stands on a line of its own, as the desk writes it.")
        return told % {"words": words}
    return _("“%(words)s” in braces means nothing here.") % {"words": words}


def _is_sourced(claim: Claim) -> bool:
    return bool(claim.source.title and (claim.source.url or claim.source.publisher))
