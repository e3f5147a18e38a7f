"""Changing the master key: nothing is lost, nothing waits, and a stop in the middle is no harm."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import Any
from uuid import uuid4

import pytest

from positivesocials.profiles.models import Persona
from positivesocials.vault import keyfile, rotation
from positivesocials.vault import services as vault
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner

KIND = "accounts.Account"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path, db):
    """A key file of the test's own, since the rows of a test are rolled back and the file is not."""
    shutil.copytree(settings.KEYS, tmp_path / "keys")
    settings.KEYS, settings.ROTATION_GRACE_SECONDS = tmp_path / "keys", 0
    return settings.KEYS


def test_everything_opens_after_a_rotation_and_the_old_master_is_gone(ada, own_keys):
    before = set(keyfile.load(own_keys).masters)

    version = rotation.rotate(lambda _done: None)

    assert set(keyfile.load(own_keys).masters) == {version}
    assert version not in before
    assert not DataKey.objects.exclude(master_version=version).exists()
    assert Persona.objects.get(account=ada).name == "Ada"


def test_the_blind_index_of_an_address_survives(ada):
    before = vault.blind_index("log-in", "ada@example.org")

    rotation.rotate(lambda _done: None)

    assert vault.blind_index("log-in", "ada@example.org") == before


def test_everything_opens_in_the_middle_and_a_second_run_goes_on(ada):
    owners = [KeyOwner(KIND, uuid4()) for _ in range(5)]
    keys = [vault.make_key(owner) for owner in owners]
    version = rotation.begin()
    rotation.rewrap_batch(version, size=2)

    assert [vault.key_of(owner) for owner in owners] == keys
    assert rotation.begin() == version

    assert rotation.rotate(lambda _done: None) == version
    assert [vault.key_of(owner) for owner in owners] == keys


def test_a_shredded_key_does_not_come_back(own_keys):
    owner = KeyOwner(KIND, uuid4())
    vault.make_key(owner)
    vault.shred(owner)

    rotation.rotate(lambda _done: None)

    assert vault.key_of(owner) is None


def test_the_key_file_stays_for_its_owner_only(own_keys):
    rotation.rotate(lambda _done: None)

    assert keyfile.path_in(own_keys).stat().st_mode & 0o777 == 0o400
    assert [file.name for file in own_keys.iterdir()] == [keyfile.NAME]


PLANT = """
import django; django.setup()
from uuid import UUID
from positivesocials.config import start
from positivesocials.vault import cipher
from positivesocials.vault import services as vault
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner
start.make_data_folder(); start.make_keys_for_a_new_instance(print)
from django.core.management import call_command
call_command("migrate", database="keys", verbosity=0)
rows = []
for number in range(4000):
    owner = KeyOwner("accounts.Account", UUID(int=number + 1))
    wrapped, version = vault.wrap(owner, cipher.new_key())
    rows.append(DataKey(kind=owner.kind, owner_id=owner.id, wrapped=wrapped, master_version=version))
DataKey.objects.bulk_create(rows)
"""
COUNT = """
import django; django.setup()
from uuid import UUID
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner
owners = [KeyOwner("accounts.Account", UUID(int=number + 1)) for number in range(4000)]
with vault.keys_open():
    for start in range(0, 4000, 500):
        vault.warm(owners[start : start + 500])
    print(sum(vault.key_of(owner) is not None for owner in owners))
"""


@pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="starts an instance of its own on SQLite"
)
def test_a_rotation_that_is_killed_again_and_again_loses_no_key(tmp_path):
    variables = {
        **os.environ,
        "POSITIVESOCIALS_DATA": str(tmp_path / "data"),
        "POSITIVESOCIALS_KEYS": str(tmp_path / "data" / "keys"),
        "DJANGO_SETTINGS_MODULE": "positivesocials.config.settings",
    }
    run: dict[str, Any] = {"env": variables, "capture_output": True, "text": True, "check": True}
    subprocess.run([sys.executable, "-c", PLANT], **run)
    command = [sys.executable, "-m", "positivesocials.config.cli", "rotate-keys"]

    for _ in range(4):
        process = subprocess.Popen(
            command, env=variables, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        time.sleep(random.Random().uniform(0.5, 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, **run)

    assert subprocess.run([sys.executable, "-c", COUNT], **run).stdout.strip() == "4000"
    assert len(keyfile.load(tmp_path / "data" / "keys").masters) == 1
