from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.events.models import Event
from positivesocials.groups import access as groups
from positivesocials.groups.models import Group


def get_group_with_events_for(viewer: Account | None, slug: str) -> Group:
    """A group of whose events this viewer may know."""
    return groups.get_readable_group_for(viewer, slug)


def get_arranged_group_for(actor: Account, slug: str) -> Group:
    """A group for which the actor may arrange events."""
    group = groups.get_readable_group_for(actor, slug)
    if not may_arrange(actor, group):
        raise NotThere
    return group


def get_event_for(viewer: Account | None, slug: str, pk: UUID) -> Event:
    """An event of a group that this viewer may read. Whether they read all of it, `sees_all` says."""
    events = Event.objects.readable_by(viewer).select_related("group")
    event = events.filter(group__slug=slug, pk=pk).first()
    if event is None:
        raise NotThere
    return event


def get_event_to_attend(actor: Account, slug: str, pk: UUID) -> Event:
    """An event of a group to which the actor belongs."""
    event = get_event_for(actor, slug, pk)
    if not sees_all(actor, event.group):
        raise NotThere
    return event


def get_arranged_event_for(actor: Account, slug: str, pk: UUID) -> Event:
    event = get_event_for(actor, slug, pk)
    if not may_arrange(actor, event.group):
        raise NotThere
    return event


def sees_all(viewer: Account | None, group: Group) -> bool:
    """Where a group meets and who comes is for those who belong to it; others read a title and a time."""
    return group.is_there and groups.is_member(viewer, group)


def may_arrange(actor: Account | None, group: Group) -> bool:
    """Who tends the group. Some have nobody who does: moderators of the site who belong to them do, too."""
    if actor is None or not group.is_there:
        return False
    return groups.may_tend(actor, group) or (actor.is_moderator and groups.is_member(actor, group))
