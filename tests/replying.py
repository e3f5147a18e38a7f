"""Writes many replies below a post: `python -m tests.replying POST REPLIES`.

Runs beside a server, in its data folder. Every fourth reply answers the first.
"""

import os
import sys
from uuid import UUID


def fill(post_id: UUID, count: int) -> None:
    from positivesocials.groups.models import Post
    from positivesocials.replies.tests import long

    post = Post.objects.select_related("thread", "author").get(pk=post_id)
    assert post.author is not None
    long.fill(post.author, post.thread, [0 if number % 4 == 3 else None for number in range(count)])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "positivesocials.config.settings"
    import django

    django.setup()
    fill(UUID(sys.argv[1]), int(sys.argv[2]))
