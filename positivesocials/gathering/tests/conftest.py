import pytest

from positivesocials.core.tests.servers import serving


@pytest.fixture
def site(settings):
    """Another site, on this machine."""
    settings.FETCH_FROM_LOOPBACK = True
    with serving() as server:
        yield server
