import pytest

from positivesocials.core.tests.servers import Answer, serving
from positivesocials.gathering.tests.factories import item, make_feed, rss


@pytest.fixture
def site(settings):
    """Another site, on this machine."""
    settings.FETCH_FROM_LOOPBACK = True
    with serving() as server:
        yield server


@pytest.fixture
def feed(site):
    site.pages["/feed"] = Answer(rss(item(), item()), headers={"ETag": '"one"', "Last-Modified": "yesterday"})
    return make_feed(site.at("/feed"), title="")
