"""A reply became public: whom it answers is told, and whoever the thread belongs to."""

from positivesocials.notifications import notices
from positivesocials.replies import homes
from positivesocials.replies.models import Reply

NOTICE = "answer"


def tell_of(reply: Reply) -> None:
    answered = {reply.parent.author_id} if reply.parent and reply.parent.author_id else set()
    if reply.parent:
        notices.notify(answered, NOTICE, target=reply.parent.pk, by=reply.writer_ids)
    for react in homes.reactions():
        react(reply.thread_id, reply.writer_ids, answered)
