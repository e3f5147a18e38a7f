"""Instances broken on purpose: each is refused by `run` and named by `check`, in a sentence of its own."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from positivesocials.config.tests.instances import command, keys_of
from positivesocials.vault import keyfile

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="starts instances of its own on SQLite"
)
GOOD, WORD = "a-long-password-of-its-own", "k8Zq2xWv9Lp4"
HTTPS = {"POSITIVESOCIALS_ORIGIN": "https://ps.example.org"}


def key_path(data: Path) -> Path:
    return keyfile.path_in(keys_of(data))


def write_keys(data: Path, *, signing: str = "", master: str = "") -> None:
    path = key_path(data)
    lines = path.read_text().splitlines()
    if signing:
        lines = [f"signing {signing}" if line.startswith("signing ") else line for line in lines]
    if master:
        lines.append(f"master.2 {master}")
    path.chmod(0o600)
    path.write_text("\n".join(lines) + "\n")


def keys_in_the_data(data: Path) -> None:
    keys_of(data).rename(data / "keys")


def a_link_into_the_data(data: Path) -> None:
    key_path(data).rename(data / "kept.key")
    key_path(data).symlink_to(data / "kept.key")


@dataclass
class Broken:
    """How an instance is broken, and the words of the sentence that says so."""

    words: str
    do: Callable[[Path], object] = lambda data: None
    variables: dict[str, str] = field(default_factory=dict)


def database(address: str) -> dict[str, str]:
    return {"POSITIVESOCIALS_DATABASE_URL": f"postgresql://{address}"}


BROKEN = {
    "debug": Broken("Pages for developers show secrets", variables={"POSITIVESOCIALS_DEBUG": "1"}),
    "a short signing secret": Broken("is too short", lambda data: write_keys(data, signing=WORD)),
    "a known signing secret": Broken(
        "can be guessed: put", lambda data: write_keys(data, signing="django-insecure-" + WORD * 5)
    ),
    "a repeated signing secret": Broken(
        "can be guessed: put", lambda data: write_keys(data, signing="changeme" * 9)
    ),
    "a master key of zeros": Broken(
        "can be guessed: run", lambda data: write_keys(data, master="A" * 43 + "=")
    ),
    "a key file for others": Broken("Others can read the key file", lambda data: key_path(data).chmod(0o444)),
    "a key file for the group": Broken(
        "Others can read the key file", lambda data: key_path(data).chmod(0o440)
    ),
    "data for others": Broken("Others can look into the data", lambda data: data.chmod(0o755)),
    "keys in the data": Broken("The keys lie inside the data", keys_in_the_data),
    "a link into the data": Broken("The keys lie inside the data", a_link_into_the_data),
    "a database in the open": Broken(
        "over the public network without TLS", variables=database(f"ps:{GOOD}@203.0.113.7/main")
    ),
    "a database without a password": Broken(
        "asks for no password", variables=database("ps@db/main?sslmode=verify-full")
    ),
    "a database with a known password": Broken(
        "is one that everybody tries", variables=database("postgres:postgres@db/main?sslmode=verify-full")
    ),
    "listening in the open": Broken(
        "in the open: listen on 127.0.0.1",
        variables={"POSITIVESOCIALS_HOST": "0.0.0.0", "POSITIVESOCIALS_TRUSTED_PROXIES": "10.0.0.1"},
    ),
    "listening past the proxy": Broken(
        "lets anyone come past the proxy", variables={"POSITIVESOCIALS_HOST": "0.0.0.0", **HTTPS}
    ),
}


def everything_in(*folders: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for folder in folders for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_an_unsafe_instance_is_refused_and_named_in_the_same_sentence(instance, broken):
    broken.do(instance)
    before = everything_in(instance.parent)

    with ThreadPoolExecutor() as both:
        asked = [both.submit(command, instance, word, **broken.variables) for word in ("run", "check")]
    refused, checked = (each.result() for each in asked)

    (sentence,) = refused.stderr.splitlines()
    assert refused.returncode == 2
    assert {each.words for each in BROKEN.values() if each.words in sentence} == {broken.words}
    assert f"- {sentence} (Refuses to start.)" in checked.stdout.splitlines()
    assert checked.returncode == 1
    assert everything_in(instance.parent) == before


def test_everything_unsafe_is_said_at_once(instance):
    instance.chmod(0o755)

    refused = command(instance, "run", "--host", "0.0.0.0", POSITIVESOCIALS_DEBUG="1")

    assert len(set(refused.stderr.splitlines())) == 4


def test_a_new_instance_is_refused_before_a_folder_is_made(tmp_path):
    refused = command(tmp_path / "data", "run", POSITIVESOCIALS_KEYS=str(tmp_path / "data" / "deep" / "keys"))

    assert refused.returncode == 2
    assert "The keys lie inside the data" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_without_its_signing_secret_is_refused(instance):
    path = key_path(instance)
    kept = [line for line in path.read_text().splitlines() if not line.startswith("signing")]
    path.chmod(0o600)
    path.write_text("\n".join(kept))

    refused = command(instance, "run")

    assert refused.returncode == 2
    assert "holds no signing secret" in refused.stderr
    assert "holds no signing secret" in command(instance, "check").stdout


def test_a_systemd_credential_is_no_key_file_for_the_group(instance):
    folder = key_path(instance).parent
    key_path(instance).chmod(0o440)
    ours = {"POSITIVESOCIALS_KEYS": str(folder), "CREDENTIALS_DIRECTORY": str(folder)}

    assert "Others can read" not in command(instance, "check", **ours).stdout


def test_what_is_unfinished_only_is_named_and_does_not_stop_a_start(instance):
    said = command(instance, "check")

    assert said.stdout.splitlines()[-1] == "4 to mend."
    assert "Refuses to start" not in said.stdout
