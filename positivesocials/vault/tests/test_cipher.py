"""The cipher against published vectors, and against everything that can be done to a sealed value."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.vault import cipher

# D. McGrew and J. Viega, "The Galois/Counter Mode of Operation", appendix B, the cases with 256-bit keys
# and 96-bit nonces: key, nonce, plaintext, associated data, ciphertext, tag.
KEY = "feffe9928665731c6d6a8f9467308308" * 2
NONCE = "cafebabefacedbaddecaf888"
TEXT = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
)
SEALED = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
)
DATA = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
VECTORS = [
    ("00" * 32, "00" * 12, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    (
        *("00" * 32, "00" * 12, "00" * 16, ""),
        *("cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
    ),
    (KEY, NONCE, TEXT, "", SEALED, "b094dac5d93471bdec1a502270e3cc6c"),
    (KEY, NONCE, TEXT[:120], DATA, SEALED[:120], "76fc6ece0f4e1768cddf8853bb2d551b"),
]
PLACE = b"table|column|row|owner"
few = settings(max_examples=200, derandomize=True, deadline=None, database=None)


@pytest.mark.parametrize("vector", VECTORS, ids=["13", "14", "15", "16"])
def test_published_vectors(vector):
    key, nonce, text, data, sealed, tag = (bytes.fromhex(part) for part in vector)

    assert cipher.encrypt(key, nonce, text, data) == sealed + tag
    assert cipher.decrypt(key, nonce, sealed + tag, data) == text
    with pytest.raises(InvalidTag):
        cipher.decrypt(key, nonce, sealed + tag, data + b"\0")


@few
@given(st.binary(max_size=300), st.binary(max_size=80))
def test_whatever_is_sealed_comes_back(text, place):
    key = cipher.new_key()

    assert cipher.unseal(key, cipher.seal(key, text, place), place) == text


@few
@given(st.binary(max_size=200), st.data())
def test_any_bit_that_is_flipped_is_noticed(text, data):
    key = cipher.new_key()
    sealed = bytearray(cipher.seal(key, text, PLACE))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(cipher.SealBroken):
        cipher.unseal(key, bytes(sealed), PLACE)


@few
@given(st.binary(max_size=200), st.data())
def test_any_shortening_and_any_addition_is_noticed(text, data):
    key = cipher.new_key()
    sealed = cipher.seal(key, text, PLACE)
    cut = data.draw(st.integers(0, len(sealed) - 1))

    for changed in (sealed[:cut], sealed[cut + 1 :], sealed + b"\0", sealed + sealed):
        with pytest.raises(cipher.SealBroken):
            cipher.unseal(key, changed, PLACE)


@few
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_it_opens_at_its_place_and_under_its_key_alone(place, other):
    key = cipher.new_key()
    sealed = cipher.seal(key, b"text", place)

    with pytest.raises(cipher.SealBroken):
        cipher.unseal(cipher.new_key(), sealed, place)
    if other != place:
        with pytest.raises(cipher.SealBroken):
            cipher.unseal(key, sealed, other)


@few
@given(st.binary(max_size=400))
def test_what_was_never_sealed_does_not_open(junk):
    with pytest.raises(cipher.SealBroken):
        cipher.unseal(cipher.new_key(), junk, PLACE)


def test_no_nonce_comes_twice():
    key = cipher.new_key()
    nonces = {cipher.seal(key, b"text", PLACE)[1:13] for _ in range(1000)}

    assert len(nonces) == 1000
