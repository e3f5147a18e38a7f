"""The one row about this installation."""

from django.conf import settings

from positivesocials.core.models import Instance


def this_instance() -> Instance:
    row = Instance.objects.filter(only=1).first()
    return row or Instance.objects.get_or_create(only=1)[0]


def is_open() -> bool:
    """Whether people may join and post. A demo always is; an own site once its operator has opened it."""
    return settings.DEMO or this_instance().opened_at is not None
