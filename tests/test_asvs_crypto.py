"""Few algorithms, each written down, each strong, and every use of one found."""

import ast
import re
from pathlib import Path

import pytest

from positivesocials.vault import cipher, keyfile
from tests.test_asvs_code import ATTACHED, name_of, who_imports

ROOT = Path(__file__).resolve().parent.parent
INVENTORY = (ROOT / "docs" / "decisions" / "0015-keys-and-algorithms.md").read_text()
LIBRARIES = ("hashlib", "hmac", "secrets", "cryptography", "argon2", "fido2", "django.core.signing")
HASHERS = "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_every_use_of_cryptography_is_written_down():
    using = {file for file, _ in who_imports(*LIBRARIES, HASHERS)}

    assert len(using) > 15
    assert [file for file in sorted(using) if f"`{file}`" not in INVENTORY] == []


def test_the_inventory_names_no_file_that_is_gone():
    gone = [
        file
        for file in re.findall(r"`(\w+/\w+\.py)`", INVENTORY)
        if not file.startswith("tests/")
        if not (ROOT / "positivesocials" / file).exists()
    ]

    assert gone == []


def test_what_seals_comes_from_known_libraries():
    assert {
        name.partition(".")[0] for _, name in who_imports("Crypto", "nacl", "OpenSSL", "ecdsa", "rsa")
    } == set()


def test_only_authenticated_ciphers_are_used():
    used = {name for _, name in who_imports("cryptography.hazmat.primitives.ciphers") if name[-1:].isalpha()}

    assert {name.rpartition(".")[2] for name in used} == {"aead", "AESGCM"}


def test_only_strong_hashes_are_used():
    named = {
        (name_of(path), node.attr)
        for path, tree in ATTACHED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib"
    }

    # The codes of apps are HMAC-SHA-1 by their standard (RFC 6238), for which SHA-1 is still good.
    assert {name for file, name in named if file != "accounts/codes.py"} == {"sha256", "blake2s"}
    # A picture's pattern is no secret and nothing is signed by it.
    assert {file for file, name in named if name == "blake2s"} == {"core/patches.py"}


def test_keys_have_256_bits(tmp_path):
    keyfile.make(tmp_path)
    made = keyfile.load(tmp_path)

    assert [len(key) for key in made.masters.values()] == [32]
    assert len(cipher.new_key()) == 32
    assert len(made.signing) >= 64


def test_no_two_values_are_sealed_with_one_number():
    sealed = {cipher.seal(b"k" * 32, b"the same", b"place")[1 : 1 + cipher.NONCE_BYTES] for _ in range(5000)}

    assert len(sealed) == 5000


@pytest.mark.parametrize("at", [0, 1, 5, 13, 20, -1])
def test_a_changed_bit_anywhere_opens_nothing(at):
    sealed = bytearray(cipher.seal(b"k" * 32, b"words", b"place"))
    sealed[at] ^= 1

    with pytest.raises(cipher.SealBroken):
        cipher.unseal(b"k" * 32, bytes(sealed), b"place")


def test_every_way_of_being_broken_is_the_same_error():
    sealed = cipher.seal(b"k" * 32, b"words", b"place")
    broken = [sealed[:20], sealed[:-1], sealed[:1] + b"x" * 40, b"", sealed + b"x"]
    told = set()
    for bad in broken:
        with pytest.raises(cipher.SealBroken) as error:
            cipher.unseal(b"k" * 32, bad or b"\x01", b"place")
        told.add(str(error.value))
    with pytest.raises(cipher.SealBroken) as error:
        cipher.unseal(b"k" * 32, sealed, b"another place")
    told.add(str(error.value))

    assert told == {"does not open here"}


def test_nothing_of_ours_stretches_a_password_into_a_key():
    assert (
        who_imports("cryptography.hazmat.primitives.kdf.pbkdf2", "cryptography.hazmat.primitives.kdf.scrypt")
        == set()
    )
    assert {file for file, _ in who_imports("cryptography.hazmat.primitives.kdf")} == {
        "accounts/sessions.py",
        "notifications/webpush.py",
    }


def test_no_secret_stands_in_the_source():
    """Long texts that look random, outside of locks, tests and word lists."""
    texts = [
        (name_of(path), node.value)
        for path, tree in ATTACHED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    files = [*(ROOT / "positivesocials").glob("*/static/**/*.js"), ROOT / "Makefile", ROOT / ".ci" / "run"]
    texts += [(path.name, word) for path in files for word in re.split(r"[\s\"'`]+", path.read_text())]

    looks_random = re.compile(r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/_=-]{24,}$")
    assert [(file, text[:12]) for file, text in texts if looks_random.match(text)] == []
    assert [(file, text[:12]) for file, text in texts if "BEGIN PRIVATE" in text or "AKIA" in text] == []
