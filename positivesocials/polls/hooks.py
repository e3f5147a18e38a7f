from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from positivesocials.groups import slots
from positivesocials.groups.models import Post
from positivesocials.polls import selectors, services
from positivesocials.polls.models import Poll
from positivesocials.replies.models import State


@receiver(post_save, sender=Post)
def end_with_post(instance: Post, **_signal: Any) -> None:
    if instance.state == State.ERASED:
        services.end(instance)


@receiver(post_delete, sender=Poll)
def forget_key(instance: Poll, **_signal: Any) -> None:
    services.forget_key(instance)


slots.fill_below(selectors.below)
slots.fill_at(selectors.at)
slots.say_below(selectors.said_below)
