"""Events as tests make them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from positivesocials.events import services
from positivesocials.events.models import Event
from positivesocials.events.services import Plan


def plan(*, ahead=timedelta(days=7), lasts=timedelta(hours=2), **more):
    starts_at = timezone.now().replace(microsecond=0) + ahead
    said = Plan(
        title="A walk",
        about="Bring an umbrella.",
        where="By the old mill",
        zone="Europe/London",
        starts_at=starts_at,
        ends_at=starts_at + lasts,
    )
    return replace(said, **more)


def planned(actor, group, **more):
    return services.make_event(actor, group, plan(**more), client_key=uuid4().hex)


def begins(event, ahead):
    """Move it in time without telling anybody."""
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now + ahead, ends_at=now + ahead + timedelta(hours=2))
    event.refresh_from_db()
