from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.events import access, selectors, services
from positivesocials.events.models import Attendance, Event
from positivesocials.groups import slots
from positivesocials.moderation import registry
from positivesocials.moderation.registry import Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind


class EventKind:
    label = _("Event")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        """All of it from who belongs to the group; who reads its title alone can report the title."""
        event = _of(Event.objects.readable_by(reporter).filter(pk=item_id))
        return _evidence(event, all_of_it=access.sees_all(reporter, event.group))

    def evidence(self, item_id: UUID) -> Evidence:
        return _evidence(_of(Event.objects.standing().filter(pk=item_id)), all_of_it=True)

    def approve(self, item_id: UUID) -> None:
        """Events are never held."""

    def remove(self, item_id: UUID) -> None:
        services.remove(item_id)


def _of(events: QuerySet[Event]) -> Event:
    event = events.select_related("group").first()
    if event is None or event.title is None:
        raise NotThere
    return event


def _evidence(event: Event, *, all_of_it: bool) -> Evidence:
    said = (event.title, event.where, event.about) if all_of_it else (event.title,)
    return Evidence(
        text="\n\n".join(filter(None, said)),
        # An event is the group's: nobody is named.
        shown_name=gettext("Who planned an event"),
        url=_path(event),
        author_ids=(event.maker_id,) if event.maker_id else (),
    )


def _path(event: Event) -> str:
    return reverse("events:show-event", args=[event.group.slug, event.pk])


def _address(event_id: UUID) -> str | None:
    event = Event.objects.standing().select_related("group").filter(pk=event_id).first()
    return _path(event) if event else None


@receiver(post_delete, sender=Attendance)
def move_up(instance: Attendance, **_signal: Any) -> None:
    """Whether somebody stepped back, left the group or is gone altogether."""
    services.left(instance)


@receiver(post_delete, sender=Event)
def forget_key(instance: Event, **_signal: Any) -> None:
    services.forget_key(instance)


for slug, label, words in (
    (services.CHANGED, _("An event is moved or called off"), _("An event was moved or called off")),
    (services.PLACE, _("A place becomes free"), _("You have a place at an event now")),
    (services.DAY, _("A day before an event"), _("An event begins within a day")),
    (services.HOUR, _("An hour before an event"), _("An event begins within an hour")),
):
    notices.register(Kind(slug, label=label, words=words, icon="calendar", path=_address, order=7))
registry.register(services.KIND, EventKind())
slots.fill_beside(selectors.beside)
