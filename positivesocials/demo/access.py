"""Inventing people, and what follows from it, exists in a demo and nowhere else."""

from django.conf import settings
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.instance import this_instance
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.demo import material
from positivesocials.demo.models import InventedPerson


def is_demo() -> bool:
    """Both the process and the data must say so: neither alone makes a demo."""
    return settings.DEMO and this_instance().is_demo


def require_demo() -> None:
    if not is_demo():
        raise Refused(_("People are invented in a demo only, and this is not one."))


def get_card_account(key: str) -> Account:
    """The account behind a log-in card. Nobody else of the community can be signed in as."""
    if not is_demo() or key not in {card.person for card in material.cards()}:
        raise NotThere
    person = InventedPerson.objects.select_related("account").filter(key=key).first()
    if person is None or not person.account.is_active:
        raise NotThere
    return person.account
