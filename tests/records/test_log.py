"""The record log's end of the records: leaves that wait, their payloads, the head that moves."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.names import LeafId
from shared.recordlog.leaf import verify_payload
from shared.records.errors import (
    AlreadyExistsError,
    HeadMovedError,
    NotFoundError,
    TooLargeError,
)
from shared.records.log import recording
from shared.records.loghead import Head, LogHeads
from shared.records.outbox import Outbox
from shared.records.payloads import Payloads
from shared.records.pen import Pen, ulid
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, an_act

ORIGIN = "test.bluelamp.example/log"
FIRST = Head(ORIGIN, 1, b"\x01" * 32, "note\n\n— sig\n", "staging/1-01")


def record(store, *acts, pen=None):
    for act in acts:
        commit(store.connection, recording(store, pen or a_pen(), act))


class TestOutbox:
    def test_leaves_wait_in_the_order_of_their_acts(self, store):
        for minutes in (3, 1, 2):
            at = NOW + timedelta(minutes=minutes)
            record(store, an_act(at=at, reason=str(minutes)))

        waiting = Outbox(store).pending(10)

        assert [json.loads(leaf.envelope)["reason"] for leaf in waiting] == ["1", "2", "3"]
        assert [json.loads(leaf.envelope)["id"] for leaf in waiting] == [
            leaf.leaf_id for leaf in waiting
        ]

    def test_no_more_are_taken_than_were_asked_for(self, store):
        record(store, *(an_act() for _ in range(5)))

        assert len(Outbox(store).pending(3)) == 3

    def test_dropped_leaves_wait_no_longer_and_may_be_dropped_again(self, store, calls):
        record(store, *(an_act() for _ in range(27)))
        outbox = Outbox(store)
        ids = [leaf.leaf_id for leaf in outbox.pending(100)]
        calls.clear()

        outbox.drop(ids[:26])
        assert calls == ["BatchWriteItem"] * 2
        outbox.drop([*ids[:2], ids[0]])

        assert [leaf.leaf_id for leaf in outbox.pending(100)] == ids[26:]

    def test_nothing_to_drop_asks_nothing(self, store, calls):
        Outbox(store).drop([])

        assert calls == []


class TestPayloads:
    def test_payload_and_salt_give_the_hash_in_the_envelope(self, store):
        record(store, an_act(payload={"text": "👮🏽‍♀️\x00", "n": 2**53 - 1}))
        (leaf,) = Outbox(store).pending(10)

        payload = Payloads(store).get(leaf.leaf_id)

        verify_payload(leaf.envelope, payload.payload, payload.salt)

    def test_the_envelope_holds_no_wording(self, store):
        record(store, an_act(payload={"text": "a name"}))

        (leaf,) = Outbox(store).pending(10)

        assert b"a name" not in leaf.envelope

    def test_a_payload_is_never_overwritten(self, store):
        pen = Pen(lambda length: b"\x07" * length)
        record(store, an_act(payload={"text": "first"}), pen=pen)

        with pytest.raises(AlreadyExistsError):
            record(store, an_act(payload={"text": "second"}), pen=pen)

        (leaf,) = Outbox(store).pending(10)
        assert b"first" in Payloads(store).get(leaf.leaf_id).payload

    def test_a_payload_is_not_overwritten_when_its_leaf_has_left_the_outbox(self, store):
        pen = Pen(lambda length: b"\x07" * length)
        record(store, an_act(payload={"text": "first"}), pen=pen)
        (leaf,) = Outbox(store).pending(10)
        Outbox(store).drop([leaf.leaf_id])

        with pytest.raises(AlreadyExistsError):
            record(store, an_act(payload={"text": "second"}), pen=pen)

        assert b"first" in Payloads(store).get(leaf.leaf_id).payload
        assert Outbox(store).pending(10) == ()

    def test_a_leaf_nobody_wrote_has_no_payload(self, store):
        with pytest.raises(NotFoundError):
            Payloads(store).get(LeafId("01ARZ3NDEKTSV4RRFFQ69G5FAV"))

    def test_a_payload_is_not_shown_by_what_holds_it(self, store):
        record(store, an_act(payload={"text": "a name"}))
        (leaf,) = Outbox(store).pending(10)

        assert "a name" not in repr(Payloads(store).get(leaf.leaf_id))

    def test_a_payload_beyond_400_kb_is_refused(self, store, calls):
        with pytest.raises(TooLargeError):
            record(store, an_act(payload={"text": "x" * 500_000}))

        assert calls == []


class TestHead:
    def test_a_log_begins_without_a_head(self, store):
        assert LogHeads(store).get(ORIGIN) is None

    def test_a_head_that_was_swapped_in_is_read_back(self, store):
        heads = LogHeads(store)
        heads.swap(None, FIRST)
        second = replace(FIRST, size=2, root=b"\x02" * 32)

        heads.swap(FIRST, second)

        assert heads.get(ORIGIN) == second

    def test_a_log_has_one_beginning(self, store):
        heads = LogHeads(store)
        heads.swap(None, FIRST)

        with pytest.raises(HeadMovedError) as refused:
            heads.swap(None, replace(FIRST, root=b"\x02" * 32))

        assert refused.value.found == FIRST

    @pytest.mark.parametrize(
        "stale",
        [
            replace(FIRST, size=2),
            replace(FIRST, root=b"\x09" * 32),
        ],
    )
    def test_a_stale_head_swaps_nothing(self, store, stale):
        heads = LogHeads(store)
        heads.swap(None, FIRST)

        with pytest.raises(HeadMovedError):
            heads.swap(stale, replace(FIRST, size=3))

        assert heads.get(ORIGIN) == FIRST

    def test_a_head_cannot_be_swapped_where_there_is_none(self, store):
        with pytest.raises(HeadMovedError) as refused:
            LogHeads(store).swap(FIRST, replace(FIRST, size=2))

        assert refused.value.found is None

    def test_a_swap_repeated_because_its_answer_was_lost_has_succeeded(self, store):
        heads = LogHeads(store)
        heads.swap(None, FIRST)
        second = replace(FIRST, size=2, root=b"\x02" * 32)
        heads.swap(FIRST, second)

        heads.swap(FIRST, second)

        assert heads.get(ORIGIN) == second

    def test_two_logs_have_two_heads(self, store):
        heads = LogHeads(store)
        heads.swap(None, FIRST)
        other = replace(FIRST, origin="other.bluelamp.example/log")

        heads.swap(None, other)

        assert (heads.get(ORIGIN), heads.get(other.origin)) == (FIRST, other)


@given(st.datetimes(min_value=NOW.replace(year=1970, tzinfo=None)), st.binary(min_size=10))
def test_ulids_sort_as_their_moments_do(naive, entropy):
    earlier = naive.replace(tzinfo=NOW.tzinfo)
    later = max(earlier, NOW)

    first, second = ulid(earlier, entropy[:10]), ulid(later, b"\xff" * 10)

    assert len(first) == len(second) == 26
    assert first <= second


def test_a_ulid_is_spelled_as_its_specification_spells_it():
    at = NOW.fromtimestamp(1469918176.385, NOW.tzinfo)

    spelled = ulid(at, bytes.fromhex("fd9c51fbcbf5f9f3f5c4"))

    assert spelled.startswith("01ARYZ6S41")
    assert ulid(NOW, b"\x00" * 10).endswith("0" * 16)
    assert ulid(NOW, b"\xff" * 10).endswith("Z" * 16)
