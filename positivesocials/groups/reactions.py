"""Signs of support: one from each reader for a post or a reply. Its writer learns which, never whose."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import Support
from positivesocials.groups.signs import WORDS
from positivesocials.replies.models import Reply


def give(actor: Account, post: Post, reply_id: UUID | None, *, sign: str) -> None:
    """The actor's one sign below this is this one from now on. The same twice is once."""
    reply = access.get_supportable(actor, post, reply_id)
    if sign not in WORDS:
        raise Refused(_("Choose one of the signs."))
    try:
        with transaction.atomic():
            _give(actor, post, reply, sign)
    except IntegrityError:  # A second press was quicker.
        _give(actor, post, reply, sign)


def take_back(actor: Account, post: Post, reply_id: UUID | None) -> None:
    """Always possible, whatever became of what it stands below."""
    if not Support.objects.filter(account=actor, post=post, reply=reply_id).delete()[0]:
        raise NotThere


def _give(actor: Account, post: Post, reply: Reply | None, sign: str) -> None:
    found = Support.objects.filter(account=actor, post=post, reply=reply).first()
    given = found or Support(account=actor, post=post, reply=reply)
    if given.sign != sign:
        given.sign = sign
        given.save()
