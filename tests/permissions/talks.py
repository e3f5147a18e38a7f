"""Who of the world talks with whom: matches, one that ended, one behind a block, and who wrote first."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from positivesocials.accounts.models import Account
from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.messaging import composing, drafts, marks, openers, reactions, seats
from positivesocials.messaging import photos as sent_photos
from positivesocials.moderation import services as moderation
from positivesocials.profiles.models import Profile

if TYPE_CHECKING:
    from tests.permissions.world import World

FRIENDS = "friends"


def face(account: Account) -> Profile:
    return Profile.objects.with_faces().get(account=account)


def begin(world: "World") -> None:
    owner, new = world.owner, world.words
    talk = _match(owner, world.people[R.MATCH])
    past = _match(owner, world.people[R.EX_MATCH])
    cut = _match(owner, world.people[R.BLOCKED])
    for conversation, relation in ((talk, R.MATCH), (past, R.EX_MATCH), (cut, R.BLOCKED)):
        whose, account = world.who(relation)
        _say(account, conversation, new(whose, "message"))
    sent = _send_photo(owner, talk, new("owner", "message"))
    reactions.react(owner, talk.pk, sent.pk, sign="sun")
    drafts.keep(owner, talk.pk, text=new("owner", "draft"), version=0)
    _say(owner, past, new("owner", "message to an ex-match"))
    _say(owner, cut, new("owner", "message to one who is blocked"))
    matching.unmatch(Me(face(owner)), face(world.people[R.EX_MATCH]).pk, mode=FRIENDS)
    seats.mute(world.people[R.EX_MATCH], past.pk)
    seats.archive(world.people[R.EX_MATCH], past.pk)
    marks.switch_on(owner)
    matching.switch_off(Me(face(world.people[R.EX_MATCH])), FRIENDS)
    matching.ask_to_be_told(owner, Me(face(owner)), FRIENDS)
    linked = _say(owner, talk, "The lamp shop: https://example.org/lamps")
    world.routes["messaging:show-link"] = {
        "conversation_id": talk.pk,
        "message_id": linked.pk,
        "which": "link-0",
    }
    reported = _say(owner, talk, new("owner", "reported message"))
    note = new("match", "note of a report")
    moderation.report(world.people[R.MATCH], kind="message", item_id=reported.pk, why="money", note=note)
    pictured = world.routes["moderation:show-picture"]
    reported_photo = {name: pictured[name] for name in ("kind", "item_id")}
    photo = moderation.report(world.people[R.MATCH], **reported_photo, why="naming")
    pictured["row_id"] = photo.pk
    here = {"conversation_id": talk.pk, "message_id": sent.pk}
    both = frozenset({R.OWNER, R.MATCH})
    world.ids |= dict.fromkeys((rules.SEAT, rules.OWN_SEAT, rules.MESSAGE, rules.OWN_MESSAGE), here)
    line = {"conversation_id": talk.pk, "message_id": reported.pk}
    seen = {"conversation_id": past.pk}, frozenset({R.OWNER, R.EX_MATCH})
    world.others |= {
        ("moderation:report", "message"): ({"kind": "message", "item_id": sent.pk}, both - {R.OWNER}),
        ("safety:block-item", "conversation"): ({"kind": "conversation", "item_id": talk.pk}, both),
        ("messaging:show-line", "reported"): (line, both),
        ("messaging:show-all-news", "closed"): seen,
        ("messaging:show-conversation", "closed"): seen,
        ("messaging:show-conversation", "behind a block"): ({"conversation_id": cut.pk}, frozenset()),
    }


def write_first(world: "World") -> None:
    owner, whose = world.owner, world.people[R.FITTING]
    text = world.words("fitting", "request")
    opener = openers.write_first(whose, face(whose), face(owner).pk, text=text, client_key=uuid4().hex)
    here = {"request_id": opener.pk}
    world.ids |= {
        rules.MAY_WRITE_FIRST: {"profile_id": face(owner).pk},
        rules.GOT_REQUEST: here,
        rules.SENT_REQUEST: here,
    }
    item = {"kind": "request", "item_id": opener.pk}
    for route in ("moderation:report", "safety:block-item"):
        world.others[route, "request"] = item, frozenset({R.OWNER})


def _say(account: Account, conversation: Any, text: str) -> Any:
    return composing.send(account, conversation.pk, text=text, client_key=uuid4().hex)


def _send_photo(account: Account, conversation: Any, text: str) -> Any:
    data = stored(patches(2))
    return sent_photos.send(account, conversation.pk, data=data, text=text, client_key=uuid4().hex, ends="7")


def _match(one: Account, other: Account) -> Any:
    matching.like(one, Me(face(one)), face(other).pk, mode=FRIENDS)
    match = matching.like(other, Me(face(other)), face(one).pk, mode=FRIENDS)
    assert match is not None
    return match.conversation
