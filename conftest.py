"""The cast: the people every test may use, and the ground they stand on.

Ada is a member. Ben is her match. Cleo is a stranger to both. Dora has been blocked by Ada. Eli and Fern
are a couple. Mo is a moderator, Edda an editor, Olu the operator.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import caches
from django.db import connections
from django.utils import timezone

from positivesocials.vault import keyfile
from tests import workers

PASSWORD = "a long enough sentence"


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="positivesocials-test-"))
    keyfile.make(folder / "keys")
    settings.DATA, settings.KEYS = folder, folder / "keys"
    settings.MEDIA_ROOT = folder / "media"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _no_kept_pages():
    """Rows of a test are rolled back, and no page that was drawn from them outlives them."""
    yield
    caches["pages"].clear()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return make_password(PASSWORD)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return workers.ByStage(config, log)


def pytest_collection_modifyitems(config, items):
    """Every test that uses rows uses the key database too."""
    if workers.name_of(config):
        workers.longest_first(items)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db"} & set(item.fixturenames):
            transaction = bool(marker and marker.kwargs.get("transaction"))
            item.add_marker(pytest.mark.django_db(transaction=transaction, databases="__all__"), append=False)


@pytest.fixture(autouse=True)
def _open_site(request, _django_db_marker):
    """Tests that use rows start on a site whose doors are open; `closed_site` shuts them."""
    if request.node.get_closest_marker("django_db"):
        from positivesocials.core.models import Instance

        Instance.objects.update_or_create(only=1, defaults={"opened_at": timezone.now()})


@pytest.fixture(autouse=True)
def _no_index_of_another_test():
    """A process holds what can be searched in memory, and takes its database to be one and the same."""
    from positivesocials.search import index

    index.forget()


@pytest.fixture
def closed_site(db):
    """A site that its operator has not opened yet."""
    from positivesocials.core.models import Instance

    Instance.objects.update(opened_at=None)
    return Instance.objects.get()


def _migrations_hash() -> str:
    files = sorted((Path(__file__).parent / "positivesocials").glob("*/migrations/*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings):
    """Keep the migrated test databases between runs, under a name that changes with the migrations.

    Workers of one run have their own.
    """
    kept = f"{_migrations_hash()}{workers.name_of(request.config)}"
    folder = Path(__file__).parent / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    for connection in connections.all():
        if connection.vendor == "sqlite":
            test = connection.settings_dict.setdefault("TEST", {})
            test["NAME"] = str(folder / f"{kept}-{connection.alias}.sqlite3")


@pytest.fixture
def make_member(db, password_hash):
    """A function that makes a further member: `make_member("Gus")`."""
    from positivesocials.accounts import services as accounts
    from positivesocials.profiles import services as profiles

    def make(name: str, **traits):
        address = f"{name.lower()}@example.org"
        account = accounts.open_account(address=address, password_hash=password_hash, **traits)
        profiles.make_individual(account, name=name)
        return account

    return make


@pytest.fixture
def ada(make_member):
    return make_member("Ada")


@pytest.fixture
def ben(make_member):
    return make_member("Ben")


@pytest.fixture
def cleo(make_member):
    return make_member("Cleo")


@pytest.fixture
def dora(make_member, ada):
    from positivesocials.safety import services as safety

    account = make_member("Dora")
    safety.block(ada, [account.pk])
    return account


@pytest.fixture
def eli(make_member):
    return make_member("Eli")


@pytest.fixture
def fern(make_member):
    return make_member("Fern")


@pytest.fixture
def mo(make_member):
    return make_member("Mo", role="moderator")


@pytest.fixture
def edda(make_member):
    return make_member("Edda", role="editor")


@pytest.fixture
def olu(make_member):
    return make_member("Olu", role="operator")


def show_passkey(browser, account) -> None:
    """Let the session say what a passkey, shown just now, makes it say: staff pages ask for that."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "passkey", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


@pytest.fixture
def signed_in(client):
    """A function that signs an account in on a test client: `signed_in(ada).get(...)`."""
    from django.test import Client

    def sign_in(account) -> Client:
        browser = Client()
        browser.force_login(account)
        if account.role != "member":
            show_passkey(browser, account)
        return browser

    return sign_in


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared test data; tests that need it are left out loudly where it is absent."""
    folder = (
        Path(os.environ.get("POSITIVESOCIALS_SHARED") or Path(__file__).parent.parent / "shared") / "data"
    )
    if not folder.is_dir():
        pytest.skip(f"no shared test data at {folder}")
    return folder
