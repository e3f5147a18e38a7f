from uuid import uuid4

from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, Until, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedJSON, SealedText

EMPTIED = Until("hidden_words", "its account empties it", by="safety.hidden_words.save")
LIFTED = Until("blocks", "whoever blocked lifts it", by="safety.services.unblock_together")


@keeps(
    members("blocker", "blocked", "together", "made_at", why="keeps the two apart everywhere"),
    sealed("shown_as", why="the name in the blocker's own list"),
    until=(LIFTED, ACCOUNT),
)
class Block(Row):
    """One account never wants to meet another. Holds both ways and beats everything else."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_received"
    )
    # What one act blocked is listed and lifted together: the two of a couple under one name.
    together = models.UUIDField(default=uuid4)
    shown_as = SealedText(owner="blocker", null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="safety_block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="safety_block_not_oneself"
            ),
        ]


@keeps(
    sealed("words", why="messages with one of these are put aside for this account"),
    members("account", why="whose list it is"),
    until=(EMPTIED, ACCOUNT),
)
class HiddenWords(Row):
    """Words and phrases that an account does not want to meet unasked, as it wrote them."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = SealedJSON(owner="account", block=512)
