from positivesocials.accounts.models import Account
from positivesocials.feed import selectors, services
from positivesocials.groups import access as groups
from positivesocials.groups import slots
from positivesocials.groups.models import Group, Post
from positivesocials.groups.slots import Filling
from positivesocials.safety import hidden_words
from positivesocials.safety import registry as safety


def beside_group(viewer: Account | None, group: Group) -> Filling | None:
    if viewer is None or not groups.is_member(viewer, group):
        return None
    return Filling("feed/_group.html", {"slug": group.slug, "muted": selectors.mute_of(viewer, group)})


def at_post(viewer: Account | None, post: Post) -> Filling | None:
    ways = selectors.ways_at(viewer, post) if viewer else None
    return Filling("feed/_ways.html", {"ways": ways}) if ways else None


slots.fill_beside(beside_group)
slots.fill_at(at_post)
hidden_words.mutes(selectors.muted_by)
safety.on_block(services.part)
