"""What a reader chooses for their feed. Nobody else is told of any of it, and nothing of it is counted."""

from uuid import UUID

from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.feed import access
from positivesocials.feed.models import Follow, MutedGroup, MutedWriter
from positivesocials.groups.models import Group, Post

# A list that is read for each page has an end.
MOST = 1000


def follow(actor: Account, post: Post) -> None:
    """From now on what is written under this name comes to the feed. Following again changes nothing."""
    if not access.may_follow(actor, post) or post.persona is None:
        raise NotThere
    if Follow.objects.filter(account=actor).count() >= MOST:
        raise Refused(_("You follow a thousand people. Stop following somebody first."))
    MutedWriter.objects.filter(account=actor, persona=post.persona).delete()
    Follow.objects.get_or_create(account=actor, persona=post.persona)


def unfollow(actor: Account, follow_id: UUID) -> None:
    Follow.objects.filter(account=actor, pk=follow_id).delete()


def mute_writer(actor: Account, post: Post) -> None:
    """From now on nothing under this name comes to the feed; of an alias, that one post. Safe to repeat."""
    if not access.may_mute(actor, post) or post.persona is None:
        raise NotThere
    if MutedWriter.objects.filter(account=actor).count() >= MOST:
        raise Refused(_("You muted a thousand people. Show somebody again first."))
    Follow.objects.filter(account=actor, persona=post.persona).delete()
    MutedWriter.objects.get_or_create(
        account=actor, persona=post.persona, defaults={"shown_as": post.persona.name}
    )


def show_writer(actor: Account, mute_id: UUID) -> None:
    MutedWriter.objects.filter(account=actor, pk=mute_id).delete()


def mute_group(actor: Account, group: Group) -> None:
    """Nothing of it comes to the feed; the actor still belongs to it. Safe to repeat."""
    MutedGroup.objects.get_or_create(account=actor, group=group)


def show_group(actor: Account, mute_id: UUID) -> None:
    MutedGroup.objects.filter(account=actor, pk=mute_id).delete()


def part(blocker: Account, account_ids: list[UUID]) -> None:
    """Who is kept apart follows nobody of the other side."""
    Follow.objects.filter(account=blocker, persona__account__in=account_ids).delete()
    Follow.objects.filter(account__in=account_ids, persona__account=blocker).delete()
