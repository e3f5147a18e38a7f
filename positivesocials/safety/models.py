from django.conf import settings
from django.db import models

from positivesocials.core.models import Row


class Block(Row):
    """One account never wants to meet another. Holds both ways and beats everything else."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_received"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="safety_block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")), name="safety_block_not_oneself"
            ),
        ]
