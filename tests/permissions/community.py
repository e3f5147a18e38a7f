"""What the people of the world say in the group, and what waits there for a moderator."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, Role
from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.groups import changes, drafts, following, founding, reactions
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort
from positivesocials.groups.models import Group, Openness
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Trusted
from positivesocials.profiles.models import Profile
from positivesocials.replies import changes as reply_changes
from tests.permissions import closed, meetings, tending
from tests.permissions.closed import add_photo

if TYPE_CHECKING:
    from tests.permissions.world import World

SALT = "00ff00ff00ff00ff"
WORDS = ("name", "about", "rules", "questions", "greeting")


def gather(world: "World") -> None:
    """The owner writes under her name and, as some others do, under an alias."""
    owner, welcome = world.owner, founding.found_welcome()
    posts = {who: _write_as_alias(world, who, welcome) for who in (R.MATCH, R.BLOCKED, R.STRANGER, R.OWNER)}
    post, reply = _changed(world, welcome)
    meetings.ask(world, post)
    apart, apart_reply = _apart(world)
    Trusted.objects.filter(account=owner).delete()
    held = _write(owner, welcome, world.words("owner", "held post"))
    _remove(world, _write(owner, welcome, world.words("owner", "removed post")))
    filed: dict[str, Any] = {"kind": "post", "item_id": post.pk}
    moderation.report(
        world.people[R.REPORTER], **filed, why="hate", note=world.words("reporter", "note of a report")
    )
    here = {"slug": welcome.slug, "pk": post.pk}
    world.ids |= {
        rules.GROUP: {"slug": welcome.slug},
        rules.WRITABLE_GROUP: {"slug": welcome.slug},
        rules.PINNABLE: apart,
        rules.READ_POST: here,
        rules.TALK_BELOW: here,
        rules.SUPPORTABLE: here,
        rules.OWN_POST: here,
        rules.EDITABLE_POST: here,
        rules.READ_REPLY: {"reply_id": reply.pk},
        rules.OWN_REPLY: {"reply_id": reply.pk},
        rules.KNOWN_ITEM: filed,
        rules.REPORTABLE: filed,
        rules.OWN_REPORT: filed,
        rules.MAY_DECIDE: {"kind": "post", "item_id": held.pk},
    }
    _more_objects(world, {"slug": welcome.slug, "pk": held.pk}, reply)
    world.others |= {
        ("groups:show-post", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:reply-to-post", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:edit-post", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:support", "closed"): (apart, frozenset()),
        ("groups:preview-reply", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:keep-reply-draft", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:follow-post", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:stop-following", "closed"): (apart, frozenset({R.OWNER})),
        ("groups:keep-draft", "closed"): ({"slug": apart["slug"]}, frozenset({R.OWNER})),
        ("groups:write-post", "closed"): ({"slug": apart["slug"]}, frozenset({R.OWNER})),
        ("moderation:report", "closed"): ({"kind": "post", "item_id": apart["pk"]}, frozenset()),
        ("safety:block-item", "closed"): ({"kind": "post", "item_id": apart["pk"]}, frozenset()),
        ("moderation:report", "closed reply"): ({"kind": "reply", "item_id": apart_reply}, frozenset()),
        ("safety:block-item", "closed reply"): ({"kind": "reply", "item_id": apart_reply}, frozenset()),
    }
    alias = {"kind": "post", "item_id": posts[R.OWNER].pk}
    world.others["safety:block-item", "alias"] = alias, rules.OTHERS


def _changed(world: "World", welcome: Group) -> tuple[Any, Any]:
    """A post and a reply of the owner that said something else at first; and what she began to write."""
    new, owner = world.words, world.owner
    persona_id = Profile.objects.get(account=owner).persona_id
    photo = add_photo(owner, welcome, new("owner", "photo of a post"))
    post = _write(owner, welcome, new("owner", "earlier words"), new("owner", "title"), [photo.pk])
    shown = {"slug": welcome.slug, "photo_id": photo.pk}
    world.ids |= {rules.POST_PHOTO: shown, rules.OWN_POST_PHOTO: shown}
    said = {
        "title": new("owner", "title"),
        "note": new("owner", "content note"),
        "text": new("owner", "post"),
    }
    post = changes.edit_post(owner, welcome.slug, post.pk, **said)
    reply = _answer(owner, post, persona_id, new("owner", "earlier words of a reply"))
    reply_changes.edit(owner, reply.pk, text=new("owner", "reply"), wants_answers=True)
    words = drafts.Words(*(new("owner", f"{what} of a draft") for what in ("text", "title", "note")))
    drafts.keep(owner, drafts.Place(welcome), words, version=0)
    add_photo(owner, welcome, new("owner", "photo of a draft"))
    other = world.people[R.MATCH]
    following.follow(other, post)
    for place in (None, reply.pk):
        reactions.give(other, post, place, sign="thanks")
    return post, reply


def _apart(world: "World") -> tuple[dict[str, Any], Any]:
    """What the owner wrote in a group of members only, and a group that nobody but her knows of."""
    new, owner = world.words, world.owner
    named = founding.Wording(new("owner", "name of a group for members"), "For few.")
    few, words = (
        _opened(owner, named, Openness.MEMBERS),
        (new("owner", f"{what} of a group") for what in WORDS),
    )
    secret = _opened(owner, founding.Wording(*words), Openness.INVITED)
    post, reply = closed.write(world, few)
    closed.write(world, secret)
    tending.look_after(world, secret)
    meetings.plan(world, few, secret)
    return {"slug": few.slug, "pk": post.pk}, reply.pk


def _opened(owner: Account, words: founding.Wording, openness: Openness) -> Group:
    group = founding.found_group(owner, words, Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def _more_objects(world: "World", held: dict[str, Any], reply: Any) -> None:
    replied = {"kind": "reply", "item_id": reply.pk}
    profile = {"kind": "profile", "item_id": Profile.objects.get(account=world.owner).pk}
    waiting = {"kind": "post", "item_id": held["pk"]}
    world.others |= {
        ("groups:show-post", "held"): (held, frozenset({R.OWNER})),
        ("groups:reply-to-post", "held"): (held, frozenset({R.OWNER})),
        ("moderation:report", "reply"): (replied, rules.OTHERS),
        ("moderation:report", "profile"): (profile, rules.OTHERS),
        ("moderation:report", "held"): (waiting, frozenset()),
        ("safety:block-item", "reply"): (replied, rules.OTHERS),
        ("safety:block-item", "held"): (waiting, frozenset()),
    }


def _write(author: Account, group: Any, text: str, title: str = "", photos: Any = ()) -> Any:
    return groups.write_post(author, group, title=title, text=text, client_key=uuid4().hex, photos=photos)


def _answer(author: Account, post: Any, persona_id: Any, text: str) -> Any:
    said: dict[str, Any] = {"parent_id": None, "client_key": uuid4().hex}
    return groups.reply_to_post(author, post, persona_id=persona_id, text=text, **said)


def _write_as_alias(world: "World", relation: R, group: Any) -> Any:
    whose, author = world.who(relation)
    new = world.words
    said: dict[str, Any] = {"text": new(whose, "post under an alias"), "title": "", "client_key": uuid4().hex}
    post = groups.write_post_as_alias(author, group, alias=new(whose, "alias"), salt=SALT, **said)
    _answer(author, post, post.persona_id, new(whose, "reply under an alias"))
    return post


def _remove(world: "World", post: Any) -> None:
    """It was held, and reported by who had seen it before."""
    moderator = accounts.open_account(role=Role.MODERATOR)
    groups.approve(post.pk)
    moderation.report(world.people[R.REPORTER], kind="post", item_id=post.pk, why="spam")
    moderation.remove(moderator, kind="post", item_id=post.pk, reason=world.words("owner", "reason"))
