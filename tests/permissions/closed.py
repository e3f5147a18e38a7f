"""What stands in a group of members only and in a group of the invited: of every sort that there is."""

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from positivesocials.accounts.models import Account
from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.core.images import Picture, reencoded
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.events import services as events
from positivesocials.events.models import Answer, Event
from positivesocials.groups import drafts, photos
from positivesocials.groups import services as groups
from positivesocials.groups.models import Group, Openness, Post
from positivesocials.groups.post_models import PostPhoto
from positivesocials.polls import services as polls
from positivesocials.profiles.models import Profile

if TYPE_CHECKING:
    from tests.permissions.world import World

SALT = "0f0f0f0f0f0f0f0f"
OWN = frozenset({R.OWNER})


def write(world: "World", group: Group) -> tuple[Post, Any]:
    """Posts under the owner's name and an alias, replies, a poll and what she began to write."""
    new, owner = world.words, world.owner
    said: dict[str, Any] = {"title": new("owner", "closed title"), "text": new("owner", "closed post")}
    photo = add_photo(owner, group, new("owner", "closed photo"))
    noted = {"note": new("owner", "closed note"), "client_key": uuid4().hex}
    post = groups.write_post(owner, group, **said, **noted, photos=[photo.pk])
    reply = _answer(world, post, Profile.objects.get(account=owner).persona_id)
    polls.ask(owner, post, [new("owner", "closed answer"), "Neither"], days=7)
    alias: dict[str, Any] = {"alias": new("owner", "closed alias"), "salt": SALT, "client_key": uuid4().hex}
    veiled = groups.write_post_as_alias(owner, group, **said, **alias)
    _answer(world, veiled, veiled.persona_id)
    begun = drafts.Words(*(new("owner", "closed draft") for _part in ("text", "title", "note")))
    drafts.keep(owner, drafts.Place(group), begun, version=0)
    _more(world, post, reply)
    here = {"slug": group.slug, "photo_id": photo.pk}
    for route in ("show-photo", "remove-photo"):
        world.others[f"groups:{route}", f"{group.openness} by address"] = here, OWN
    return post, reply


def add_photo(account: Account, group: Group, words: str) -> PostPhoto:
    """One that waits with what the account begins to write in the group."""
    return photos.keep(account, drafts.Place(group), drawn(), words=words, sent_key=uuid4())


@cache
def drawn() -> Picture:
    return reencoded(stored(patches(3)))


def come(world: "World", event: Event) -> None:
    alias = events.Alias(world.words("owner", "closed alias"), SALT)
    events.answer(world.owner, event, Answer.COMES, alias=alias)


def _answer(world: "World", post: Post, persona_id: Any) -> Any:
    said: dict[str, Any] = {"parent_id": None, "client_key": uuid4().hex, "persona_id": persona_id}
    return groups.reply_to_post(world.owner, post, text=world.words("owner", "closed reply"), **said)


def _more(world: "World", post: Post, reply: Any) -> None:
    where = str(post.group.openness)
    here: dict[str, Any] = {"slug": post.group.slug, "pk": post.pk}
    # That there is a group of members only, is no secret among members.
    known = rules.EVERYBODY if where == Openness.MEMBERS else OWN
    world.others["groups:show-group", f"{where} by address"] = {"slug": here["slug"]}, known
    for route in ("write-post", "keep-draft"):
        world.others[f"groups:{route}", f"{where} by address"] = {"slug": here["slug"]}, OWN
    for route in ("show-post", "reply-to-post", "edit-post", "preview-reply", "follow-post"):
        world.others[f"groups:{route}", f"{where} by address"] = here, OWN
    for route in ("ask", "vote", "take-away"):
        world.others[f"polls:{route}", f"{where} by address"] = here, OWN
    for kind, item in (("post", post), ("reply", reply)):
        filed = {"kind": kind, "item_id": item.pk}
        world.others["moderation:report", f"{where} {kind}"] = filed, frozenset()
        world.others["safety:block-item", f"{where} {kind}"] = filed, frozenset()
