from dataclasses import dataclass
from datetime import datetime
from typing import Any

from positivesocials.demo import access, material
from positivesocials.demo.models import InventedPerson
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault.fields import warm

MOST_MAILS = 100


@dataclass(frozen=True)
class ShownCard:
    """A log-in card with the face that its person has right now."""

    key: str
    title: Any
    line: Any
    face: Profile

    @property
    def name(self) -> str:
        return profiles.name_of(self.face)


def log_in_cards() -> list[ShownCard]:
    """The cards in their order; none before the community is there, and none outside a demo."""
    if not access.is_demo():
        return []
    keys = [card.person for card in material.CARDS]
    people = InventedPerson.objects.filter(key__in=keys, account__is_active=True)
    faces = {person.key: _face(person) for person in people.select_related("account")}
    cards = ((card, faces.get(card.person)) for card in material.CARDS)
    return [ShownCard(card.person, card.title, card.line, face) for card, face in cards if face]


def _face(person: InventedPerson) -> Profile | None:
    """The couple if they have one, as the card says so; else the face of their own."""
    own = profiles.own_profiles(person.account)
    return next((face for face in own if face.is_couple), own[0] if own else None)


@dataclass(frozen=True)
class ShownMail:
    address: str
    subject: str
    body: str
    queued_at: datetime


def mailbox() -> list[ShownMail]:
    """What the site would have mailed, newest first. Mails whose key is gone are gone."""
    mails = list(OutgoingMail.objects.order_by("-queued_at", "-id")[:MOST_MAILS])
    warm(mails)
    return [
        ShownMail(mail.address, mail.subject or "", mail.body or "", mail.queued_at)
        for mail in mails
        if mail.address
    ]
