"""What the groups of the world plan and ask: events, who comes to them, and a poll."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.events import services as events
from positivesocials.events.models import Ahead, Answer, Event
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort
from positivesocials.groups.models import Group, Openness, Post
from positivesocials.polls import services as polls
from tests.permissions import closed

if TYPE_CHECKING:
    from tests.permissions.world import World

SALT = "0ff00ff00ff00ff0"
OTHERS = rules.EVERYBODY - {R.OWNER}


def ask(world: "World", post: Post) -> None:
    """The owner asks something below her post, in the group that anybody reads."""
    polls.ask(world.owner, post, [world.words("owner", "answer of a poll"), "Neither"], days=7)
    here = {"slug": post.group.slug, "pk": post.pk}
    world.ids |= {rules.POST_TO_ASK_IN: here, rules.POLL: here, rules.OWN_POLL: here}


def plan(world: "World", few: Group, secret: Group) -> None:
    """An event of an open group to which the match belongs too, and one of a group of the owner's own."""
    group = founding.found_group(
        world.owner, founding.Wording("A table outside", "For walks."), Sort(Openness.OPEN)
    )
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    groups.join_group(world.people[R.MATCH], group)
    new = world.words
    said = {"title": new("owner", "event"), "about": new("owner", "about of an event")}
    event = _planned(world, group, **said, where=new("owner", "where of an event"), limit=9)
    for relation in (R.OWNER, R.MATCH):
        whose, account = world.who(relation)
        alias = events.Alias(new(whose, "alias at an event"), SALT)
        events.answer(account, event, Answer.COMES, alias=alias, reminded=[Ahead.DAY])
    apart = new("owner", "closed event")
    hidden = _planned(world, few, title=apart, about=apart, where=apart)
    closed.come(world, _planned(world, secret, title=apart, about=apart, where=apart))
    here = {"slug": group.slug, "pk": event.pk}
    world.ids |= {
        rules.GROUP_EVENTS: {"slug": group.slug},
        rules.ARRANGED_GROUP: {"slug": group.slug},
        **dict.fromkeys((rules.EVENT, rules.ARRANGED_EVENT, rules.EVENT_TO_ATTEND), here),
    }
    there = {"slug": few.slug, "pk": hidden.pk}
    world.others |= {
        ("events:list-events", "closed"): ({"slug": few.slug}, frozenset({R.OWNER})),
        ("events:show-event", "closed"): (there, frozenset({R.OWNER})),
        ("events:save-file", "closed"): (there, frozenset({R.OWNER})),
        ("events:answer", "closed"): (there, frozenset({R.OWNER})),
        ("moderation:report", "event"): ({"kind": "event", "item_id": event.pk}, OTHERS),
        ("safety:block-item", "event"): ({"kind": "event", "item_id": event.pk}, OTHERS),
        ("moderation:report", "closed event"): ({"kind": "event", "item_id": hidden.pk}, frozenset()),
    }


def _planned(world: "World", group: Group, **said: Any) -> Event:
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=9)
    times: dict[str, Any] = {
        "zone": "Europe/London",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    return events.make_event(world.owner, group, events.Plan(**said, **times), client_key=uuid4().hex)
