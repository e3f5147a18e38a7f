from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from positivesocials.core.keeping import ACCOUNT, AUTHOR, Until, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.groups.models import Post
from positivesocials.vault.fields import SealedJSON
from positivesocials.vault.services import KeyOwner

# Nothing is broken down for fewer, and what is shown moves on by so many: who watches sees no single vote.
STEP = 5
POST = Until("polls", "its post is removed", goes_with="groups.Post")
TAKEN_AWAY = Until("polls_taken_away", "its author takes it away", by="polls.services.take_away")
WITH_POLL = Until("poll_voters", "its poll is gone", goes_with="polls.Poll")


@keeps(
    sealed("options", why="what one can choose", until=(TAKEN_AWAY, AUTHOR)),
    sealed("counts", "shown", why="how many chose what, tied to nobody"),
    members("post", "closes_at", "made_at", why="which post it belongs to, and until when one can vote"),
    members("votes", why="how many voted, so that a result is shown from five on"),
    members("key_id", why="names the key of the options"),
    until=(TAKEN_AWAY, POST),
)
class Poll(Row):
    """A question to a group: the post asks it. Who voted and what was chosen are kept apart and never meet.

    `counts` is one sealed value under the poll's own key, written anew with every vote: it holds no vote by
    itself, and no order. `shown` is what it was at the last vote that made a step; members see that.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="poll")
    key_id = models.UUIDField()
    options = SealedJSON(owner="key_owner", null=True)
    counts = SealedJSON(block=256)
    shown = SealedJSON(null=True, block=256)
    votes = models.PositiveIntegerField(default=0)
    closes_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)

    def is_closed(self, now: datetime | None = None) -> bool:
        return self.closes_at <= (now or timezone.now())


@keeps(
    members("poll", "account", why="that they voted, so that nobody votes twice; not what"),
    until=(WITH_POLL, ACCOUNT),
)
class Voter(Row):
    """An account voted in a poll. Without a time, and without what it chose."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "account"], name="polls_voter_once")]
