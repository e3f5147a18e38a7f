import pytest


@pytest.fixture(autouse=True)
def _open_site(settings):
    settings.DEMO = True
