"""Writes many lines into a conversation, by turns: `python -m tests.filling CONVERSATION LINES`.

Runs beside a server, in its data folder.
"""

import os
import sys
from uuid import UUID, uuid4


def fill(conversation_id: UUID, lines: int) -> None:
    from positivesocials.messaging import composing
    from positivesocials.messaging.models import Participant

    seats = list(Participant.objects.filter(conversation=conversation_id).select_related("account"))
    for number in range(lines):
        account = seats[number % len(seats)].account
        assert account is not None
        composing.send(account, conversation_id, text=f"Line {number}.", client_key=uuid4().hex)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "positivesocials.config.settings"
    import django

    django.setup()
    fill(UUID(sys.argv[1]), int(sys.argv[2]))
