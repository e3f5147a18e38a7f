from uuid import UUID

from positivesocials.accounts.models import Account, Role
from positivesocials.claims.models import Claim, ClaimSource
from positivesocials.core.refusals import NotThere


def require_editor(actor: Account) -> None:
    if not actor.acts_as(Role.EDITOR):
        raise NotThere


def get_claim_for(actor: Account, pk: UUID) -> Claim:
    require_editor(actor)
    claim = Claim.objects.select_related("source", "suggestion__source").filter(pk=pk).first()
    if claim is None:
        raise NotThere
    return claim


def get_source_for(actor: Account, pk: UUID) -> ClaimSource:
    require_editor(actor)
    source = ClaimSource.objects.filter(pk=pk).first()
    if source is None:
        raise NotThere
    return source
