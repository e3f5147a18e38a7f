import pytest

from tests.permissions.conftest import cells, days, recorded, site, standing, world  # noqa: F401


@pytest.fixture(autouse=True)
def _quick_hashes_and_a_proxy(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
