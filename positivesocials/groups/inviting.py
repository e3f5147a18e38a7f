"""One-time links into a group that does not let in everybody."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, tending_access
from positivesocials.groups.models import BELONGING, Group, Invitation, Membership, Openness, Standing

KEEP = timedelta(days=7)
MOST = 20


def invite(actor: Account, group: Group) -> str:
    """The code of a link that lets one account in. It is told this once: only its hash is kept."""
    if not access.may_tend(actor, group):
        raise NotThere
    if group.openness == Openness.OPEN or not group.is_there:
        raise Refused(_("Anyone can join this group: send them its address."))
    if tending_access.invitations(group).count() >= MOST:
        raise Refused(_("Enough invitations are on their way. Take one back, or wait until one is used."))
    code = secrets.token_urlsafe(24)
    Invitation.objects.create(
        group=group,
        made_by=actor,
        code_hash=tending_access.hashed(code),
        ends_at=timezone.now() + KEEP,
    )
    return code


def revoke(actor: Account, invitation: Invitation) -> None:
    if not access.may_tend(actor, invitation.group):
        raise NotThere
    Invitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def accept(actor: Account, code: str) -> Group:
    """The actor may join from now on, without being asked anything. The link is used up."""
    invitation = tending_access.get_invitation_for(actor, code)
    group = invitation.group
    if access.standing_of(actor, group) in BELONGING:
        return group
    # The delete is the lock: of two who use one link at once, one deletes no row.
    if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:
        raise NotThere
    row, _new = Membership.objects.get_or_create(
        group=group, account=actor, defaults={"standing": Standing.INVITED}
    )
    waiting = Membership.objects.filter(pk=row.pk, standing__in=[Standing.ASKING, Standing.DECLINED])
    waiting.update(standing=Standing.INVITED, answers=None)
    return group


@every(seconds=3600)
def forget_ended() -> None:
    Invitation.objects.filter(ends_at__lte=timezone.now()).delete()
