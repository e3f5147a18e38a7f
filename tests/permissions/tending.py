"""A group of members only that the owner looks after: who asks, who belongs to it and who was put out."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.groups import founding, inviting, tending
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Invitation, Membership, Openness, Removal

if TYPE_CHECKING:
    from tests.permissions.world import World

SALT = "00ff00ff00ff00ff"
OUT = frozenset({R.EX_MATCH, R.EX_PARTNER})
KNOWN = rules.EVERYBODY - OUT


def look_after(world: "World", secret: Group) -> None:
    owner, new = world.owner, world.words
    group = _founded(world)
    for relation in (R.FITTING, R.PARTNER, R.EX_MATCH, R.EX_PARTNER):
        groups.join_group(world.people[relation], group)
    asked, out = _row(world, group, R.FITTING), _row(world, group, R.EX_PARTNER)
    removed, veiled = (_write(world, group, who) for who in (R.FITTING, R.EX_MATCH))
    said: dict[str, Any] = {"title": "", "text": "Tea, then.", "client_key": uuid4().hex}
    post = groups.write_post(world.people[R.FITTING], group, **said)
    reply = _answer(world, post)
    tending.ask_to_tend(owner, asked)
    tending.put_out(owner, out, reason=new("ex_partner", "note of being put out"))
    tending.remove_post(owner, removed, reason=new("fitting", "reason in a group"))
    tending.remove_post(owner, veiled, reason=new("ex_match", "reason in a group"), puts_out=True)
    founding.reword(owner, group, Wording("Evening tea", "For few.", questions="What brings you here?"))
    groups.join_group(world.people[R.MATCH], group, [new("match", "answer to a group")])
    code, slug = inviting.invite(owner, group), {"slug": group.slug}
    world.ids |= {
        rules.TENDED_GROUP: slug,
        rules.FOUNDED_GROUP: slug,
        rules.MADE_INVITATION: slug | {"pk": Invitation.objects.get().pk},
        rules.ASKER: slug | {"pk": _row(world, group, R.MATCH).pk},
        rules.LISTED_MEMBER: slug | {"pk": asked.pk},
        rules.HELPER: slug | {"pk": asked.pk},
        rules.OUT_BY_NAME: slug | {"pk": out.pk},
        rules.OUT_BY_POST: slug | {"pk": Removal.objects.get(post=veiled).pk},
        rules.REMOVABLE_POST: slug | {"pk": post.pk},
        rules.NAMED_POST: slug | {"pk": post.pk},
        rules.TENDED_POST: slug | {"pk": post.pk},
        rules.REMOVABLE_REPLY: slug | {"pk": post.pk, "reply_id": reply.pk},
        rules.OWN_REMOVED: slug | {"pk": Removal.objects.get(post=removed).pk},
        rules.OWN_MEMBERSHIP: {"pk": asked.pk},
        rules.GROUP_CODE: {"code": code},
    }
    _more(world, group, secret, post.pk)


def _answer(world: "World", post: Any) -> Any:
    """Under the name that the post has."""
    said: dict[str, Any] = {"text": "Or coffee.", "parent_id": None, "client_key": uuid4().hex}
    return groups.reply_to_post(world.people[R.FITTING], post, persona_id=post.persona_id, **said)


def _more(world: "World", group: Group, secret: Group, post_id: Any) -> None:
    slug, item = {"slug": group.slug}, {"kind": "group", "item_id": group.pk}
    out = {who: {"pk": _row(world, group, who).pk} for who in OUT}
    world.others |= {
        ("groups:show-group", "for members"): (slug, KNOWN),
        ("groups:join-group", "for members"): (slug, KNOWN),
        ("groups:show-post", "for members"): (
            slug | {"pk": post_id},
            frozenset({R.OWNER, R.FITTING, R.PARTNER}),
        ),
        ("moderation:report", "group"): (item, KNOWN - {R.OWNER}),
        ("safety:block-item", "group"): (item, KNOWN - {R.OWNER}),
        ("moderation:report", "invited"): ({"kind": "group", "item_id": secret.pk}, frozenset()),
        ("moderation:show-case", "group"): (item, rules.MAY_DECIDE.admits),
        ("groups:tend-group", "invited"): ({"slug": secret.slug}, frozenset({R.OWNER})),
        ("groups:show-standing", "put out"): (out[R.EX_PARTNER], frozenset({R.EX_PARTNER})),
        ("groups:show-standing", "put out by a post"): (out[R.EX_MATCH], frozenset({R.EX_MATCH})),
    }


def _founded(world: "World") -> Group:
    group = founding.found_group(world.owner, Wording("Tea", "For few."), Sort(Openness.MEMBERS))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def _row(world: "World", group: Group, relation: R) -> Membership:
    return Membership.objects.get(group=group, account=world.people[relation])


def _write(world: "World", group: Group, relation: R) -> Any:
    said: dict[str, Any] = {
        "alias": f"Heron {relation.name}",
        "salt": SALT,
        "title": "",
        "text": "Tea, then?",
    }
    return groups.write_post_as_alias(world.people[relation], group, **said, client_key=uuid4().hex)
