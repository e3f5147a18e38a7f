"""Reactions as one reader sees them: which signs stand below a message, from whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from positivesocials.messaging.models import Message, Participant, Reaction
from positivesocials.messaging.signs import WORDS
from positivesocials.vault import fields as vault


@dataclass(frozen=True)
class Sign:
    """One sign below a message, or one that could be chosen. `names` are of others than the reader."""

    key: str
    word: Promise
    names: tuple[str, ...] = ()
    is_mine: bool = False

    @property
    def count(self) -> int:
        return len(self.names) + self.is_mine


CHOICES = tuple(Sign(key, word) for key, word in WORDS.items())


def signs_on(messages: Sequence[Message], own: Participant) -> dict[UUID, tuple[Sign, ...]]:
    """By message, in the order of the fixed set. Signs of erased accounts do not open and are not there."""
    standing = [each.pk for each in messages if each.removed_at is None]
    reactions = list(
        Reaction.objects.filter(message__in=standing).select_related("participant__persona").order_by("pk")
    )
    personas = [each.participant.persona for each in reactions if each.participant.persona]
    vault.warm(reactions, personas)
    by_message: dict[UUID, list[Reaction]] = {}
    for reaction in reactions:
        by_message.setdefault(reaction.message_id, []).append(reaction)
    return {pk: _signs(group, own) for pk, group in by_message.items()}


def _signs(reactions: Sequence[Reaction], own: Participant) -> tuple[Sign, ...]:
    signs = [_sign(key, [each for each in reactions if each.sign == key], own) for key in WORDS]
    return tuple(sign for sign in signs if sign.count)


def _sign(key: str, reactions: Sequence[Reaction], own: Participant) -> Sign:
    others = [each.participant.persona for each in reactions if each.participant_id != own.pk]
    return Sign(
        key=key,
        word=WORDS[key],
        names=tuple((persona.name or "") if persona else "" for persona in others),
        is_mine=len(others) < len(reactions),
    )
