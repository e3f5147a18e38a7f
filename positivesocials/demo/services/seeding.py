from collections.abc import Callable

from django.db import transaction

from positivesocials.demo import access
from positivesocials.demo.models import SeededPart
from positivesocials.demo.services import (
    asking,
    checking,
    groups,
    host,
    meetings,
    news,
    people,
    pictures,
    queue,
    talk,
)
from positivesocials.membership import services as membership
from positivesocials.vault import services as vault

# People first: everything else is theirs. Each part is one transaction, so that an interrupted seeding
# goes on where it stopped; keys are committed on their own before the rows that need them.
PARTS: dict[str, Callable[[], None]] = {
    "host": host.introduce,
    "people": people.invite_everyone,
    "news": news.publish,
    "meetings": meetings.introduce,
    "pictures": pictures.hang_up,
    "talk": talk.write_in_welcome,
    "groups": groups.fill_groups,
    "queue": queue.file_reports,
    "introductions": meetings.draw,
    "checks": checking.check_people,
    "questions": asking.ask_and_answer,
    "hosts": asking.welcome,
    "count": membership.count_members,
}
STEPS = len(PARTS)


def seed(step: Callable[[], None]) -> bool:
    """The community is there. True if anything had to be made, False if it was there already.

    Refuses outside a demo. `step` is called `STEPS` times.
    """
    access.require_demo()
    made = set(SeededPart.objects.values_list("name", flat=True))
    with vault.keys_open():
        for name, make in PARTS.items():
            if name not in made:
                _seed_part(name, make)
            step()
    return not made.issuperset(PARTS)


@transaction.atomic
def _seed_part(name: str, make: Callable[[], None]) -> None:
    SeededPart.objects.create(name=name)
    make()
