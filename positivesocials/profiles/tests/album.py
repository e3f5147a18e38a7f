"""Photos of the tests, and where they lie."""

from django.conf import settings

from positivesocials.core.tests.drawn import patches, stored
from positivesocials.profiles.models import Profile

FILE = stored(patches(1))
BEACH = "A windy beach"


def face(account) -> Profile:
    return Profile.objects.with_faces().get(account=account)


def files() -> set[str]:
    folder = settings.MEDIA_ROOT / "photos"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
