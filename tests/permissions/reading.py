"""What the owner chose for her feed, and a question that waits for its week."""

from datetime import timedelta
from typing import TYPE_CHECKING

from positivesocials.accounts import services as accounts
from positivesocials.config import rules
from positivesocials.feed import services as feed
from positivesocials.feed import weekly
from positivesocials.feed.models import Follow, MutedGroup, MutedWriter, WeekQuestion
from positivesocials.groups import founding
from positivesocials.profiles import services as profiles

if TYPE_CHECKING:
    from tests.permissions.world import World


def choose(world: "World") -> None:
    owner, new = world.owner, world.words
    writer = accounts.open_account()
    followed = profiles.make_persona(writer, name="A writer")
    muted = profiles.make_alias(writer, name="A mask")
    follow = Follow.objects.create(account=owner, persona=followed)
    mute = MutedWriter.objects.create(
        account=owner, persona=muted, shown_as=new("owner", "name of one who is muted")
    )
    table = founding.found_first_groups()[1]
    feed.mute_group(owner, table)
    question = WeekQuestion.objects.create(
        week=weekly.monday() + timedelta(weeks=2), asker=owner, words=new("owner", "question of a week")
    )
    theirs = {"post_id": world.ids[rules.READ_POST]["pk"]}
    world.ids |= {
        rules.FOLLOWABLE: theirs,
        rules.MUTABLE: theirs,
        rules.OWN_FOLLOW: {"follow_id": follow.pk},
        rules.OWN_MUTE: {"mute_id": mute.pk},
        rules.OWN_GROUP_MUTE: {"mute_id": MutedGroup.objects.get(account=owner).pk},
        rules.QUESTION: {"question_id": question.pk},
    }
