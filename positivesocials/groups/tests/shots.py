"""Photos of the tests of groups, and where they lie."""

from functools import cache
from uuid import uuid4

from django.conf import settings

from positivesocials.core.images import Picture, reencoded
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.groups import photos, services
from positivesocials.groups.drafts import Place

FILE = stored(patches(1))
WORDS = "A kettle on a blue table"


def files() -> set[str]:
    folder = settings.MEDIA_ROOT / "posted"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def add(account, group, post=None, words=WORDS, sent_key=None):
    return photos.keep(account, Place(group, post), drawn(), words=words, sent_key=sent_key or uuid4())


@cache
def drawn() -> Picture:
    return reencoded(FILE)


def post(account, group, number=1, **more):
    """A post with so many photos."""
    ids = [add(account, group).pk for _number in range(number)]
    said = {"title": "", "text": "Look what I found", "client_key": uuid4().hex, **more}
    return services.write_post(account, group, photos=ids, **said)


def reply(account, below, persona_id=None, **more):
    photo = add(account, below.group, below)
    said = {"text": "Mine is green", "parent_id": None, "client_key": uuid4().hex, **more}
    name = persona_id or account.profile.persona_id
    return services.reply_to_post(account, below, persona_id=name, photos=[photo.pk], **said)


def address(photo, size="full"):
    slug = photo.post.group.slug if photo.post else photo.draft.group.slug
    return f"/groups/{slug}/photos/{photo.pk}/{size}/"
