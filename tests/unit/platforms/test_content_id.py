"""Canonical bytes and CIDs, against vectors of the formats themselves; the real server agrees
with them in tests/platforms."""

import hashlib

import pytest

from shared.platforms.bluesky.content_id import dag_cbor, picture_cid, record_cid

HELLO = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
"""The CID of the bytes `hello world`."""

VECTORS = [
    (0, "00"),
    (23, "17"),
    (24, "1818"),
    (255, "18ff"),
    (256, "190100"),
    (65536, "1a00010000"),
    (1 << 32, "1b0000000100000000"),
    (-1, "20"),
    (-25, "3818"),
    (False, "f4"),
    (True, "f5"),
    (None, "f6"),
    ("", "60"),
    ("ŵ", "62c5b5"),
    (b"\x01\x02", "420102"),
    ({"$bytes": "AQI"}, "420102"),
    ([1, [2]], "82018102"),
    ((1,), "8101"),
    ({}, "a0"),
    ({"b": 1, "a": 2}, "a2616102616201"),
    ({"aa": 1, "b": 2}, "a261620262616101"),
    ({"$bytes": "AQI", "x": 1}, "a261780166246279746573634151" + "49"),
]


@pytest.mark.parametrize(("value", "encoded"), VECTORS)
def test_values_have_one_canonical_form(value, encoded):
    assert dag_cbor(value).hex() == encoded


def test_a_link_is_a_tagged_binary_cid():
    digest = hashlib.sha256(b"hello world").hexdigest()

    assert dag_cbor({"$link": HELLO}).hex() == f"d82a582500015512 20{digest}".replace(" ", "")


def test_a_picture_is_named_by_the_hash_of_its_bytes():
    assert picture_cid(hashlib.sha256(b"hello world").hexdigest()) == HELLO


def test_the_empty_record_has_its_well_known_cid():
    assert record_cid({}) == "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua"


def test_the_order_of_fields_does_not_matter_but_their_words_do():
    assert record_cid({"a": 1, "text": "x"}) == record_cid({"text": "x", "a": 1})
    assert record_cid({"text": "x"}) != record_cid({"text": "x "})


@pytest.mark.parametrize("value", [1.5, {1: "x"}, {"x"}, object()])
def test_what_the_data_model_lacks_is_a_type_error(value):
    with pytest.raises(TypeError):
        dag_cbor(value)


def test_a_number_beyond_64_bits_is_an_overflow():
    with pytest.raises(OverflowError):
        dag_cbor(1 << 64)


def test_a_link_in_another_base_is_refused():
    with pytest.raises(ValueError, match="base-32"):
        dag_cbor({"$link": "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"})
