"""The one row about this installation."""

from positivesocials.core.models import Instance


def this_instance() -> Instance:
    row, _ = Instance.objects.get_or_create(only=1)
    return row
