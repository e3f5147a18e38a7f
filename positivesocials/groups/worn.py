"""Which names and aliases others wear in a group."""

from positivesocials.accounts.models import Account
from positivesocials.core import keyset
from positivesocials.groups.models import Group, Post
from positivesocials.replies.models import State
from positivesocials.vault.fields import warm

# Of so many posts, and of as many at the top as stand there, the names are looked at.
MOST, MOST_PINNED = 60, 20


def names_of_others(group: Group, viewer: Account) -> list[str]:
    """Under which names others wrote here last or stand at the top, of those whom the viewer reads."""
    public = Post.objects.filter(group=group, state=State.PUBLIC).apart_from_blocked(viewer)
    others = public.exclude(author=viewer).select_related("persona")
    pinned = others.filter(pinned_at__isnull=False).order_by("-pinned_at")[:MOST_PINNED]
    rows = [*pinned, *others.order_by(*keyset.ORDER)[:MOST]]
    personas = [post.persona for post in rows if post.persona]
    warm(personas)
    return [persona.name for persona in personas if persona.name]
