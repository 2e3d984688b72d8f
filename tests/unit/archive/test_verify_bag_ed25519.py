"""The Ed25519 that verify.py brings along: as RFC 8032 says, and as strict as it can be."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.archive.verifier import verify
from tests.unit.recordlog import logs

# RFC 8032 §7.1: public key, message, signature.
VECTORS = {
    "TEST 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
            "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    "TEST 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    "TEST 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    "TEST SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
}
SEEDS = st.binary(min_size=32, max_size=32)
MESSAGES = st.binary(max_size=300)
ORDER = verify.ORDER

# The eight points of small order, and the spellings of some of them that are not canonical.
SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


def of(seed):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key, key.public_key().public_bytes_raw()


def cryptography_says(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_standard(vector):
    public, message, signature = (bytes.fromhex(each) for each in VECTORS[vector])

    assert verify.is_signed(public, message, signature)
    assert not verify.is_signed(public, message + b"x", signature)


@settings(max_examples=25)
@given(SEEDS, MESSAGES)
def test_what_cryptography_signs_is_signed(seed, message):
    key, public = of(seed)

    assert verify.is_signed(public, message, key.sign(message))


@settings(max_examples=40)
@given(SEEDS, MESSAGES, st.integers(0), st.sampled_from(["public", "message", "signature"]))
def test_with_any_bit_flipped_it_says_what_cryptography_says(seed, message, bit, where):
    key, public = of(seed)
    said = {"public": public, "message": message + b".", "signature": key.sign(message + b".")}
    said[where] = logs.flip(said[where], bit)

    asked = (said["public"], said["message"], said["signature"])
    assert verify.is_signed(*asked) == cryptography_says(*asked)
    assert not verify.is_signed(*asked)


@settings(max_examples=20)
@given(SEEDS, MESSAGES, st.integers(1, 14))
@example(bytes(32), b"", 1)
def test_a_signature_in_a_second_spelling_is_none(seed, message, times):
    key, public = of(seed)
    signature = key.sign(message)
    s = int.from_bytes(signature[32:], "little") + times * ORDER

    malleable = signature[:32] + s.to_bytes(32, "little")

    assert not verify.is_signed(public, message, malleable)


@pytest.mark.parametrize("spelt", SMALL_ORDER)
def test_a_key_with_which_many_signatures_fit_is_none(spelt):
    weak = bytes.fromhex(spelt)
    for nonce in SMALL_ORDER:
        for message in (b"", b"a", b"b", b"c"):
            assert not verify.is_signed(weak, message, bytes.fromhex(nonce) + bytes(32))


@pytest.mark.parametrize("spelt", SMALL_ORDER)
def test_a_nonce_of_small_order_signs_nothing(spelt):
    # With s = k·a and R the neutral point the equation holds, if the key's owner wants it to.
    public = of(b"n" * 32)[1]

    assert not verify.is_signed(public, b"text", bytes.fromhex(spelt) + bytes(32))


@given(st.binary(max_size=100), MESSAGES, st.binary(max_size=100))
def test_bytes_of_any_length_are_an_answer_and_no_crash(public, message, signature):
    assert not verify.is_signed(public, message, signature)


@pytest.mark.parametrize("spelt", ["02" + "00" * 31, "ff" * 32, "f0" + "ff" * 30 + "7f"])
def test_what_spells_no_point_is_no_key(spelt):
    assert verify.point_of(bytes.fromhex(spelt)) is None


def test_the_order_of_the_base_point_is_the_order():
    found, doubled = verify.NEUTRAL, verify.BASE
    for place in range(ORDER.bit_length()):
        if ORDER >> place & 1:
            found = verify.add(found, doubled)
        doubled = verify.add(doubled, doubled)

    assert verify.is_same(found, verify.NEUTRAL)
    assert not verify.has_small_order(verify.BASE)
