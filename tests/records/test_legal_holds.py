"""Legal holds as rows: every step is an act, once; and no erasure reaches what one keeps."""

import json
from datetime import timedelta

import pytest

from archive.erase import erase_approved
from shared.months.holding import approved, asked, placed, refused, release_asked, released
from shared.months.legal_hold import Cause, Scope, Word
from shared.months.month import month_of
from shared.posts.names import ErasureId, LegalHoldId
from shared.recordlog.acts import Happened
from shared.recordlog.erasure import Basis, Erasure, NothingSealedError, OnHoldError, decided
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError, NotFoundError
from shared.records.legal_holds import LegalHolds
from shared.records.log import recording
from shared.records.outbox import Outbox
from shared.records.pen import ulid
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, an_act

TEXT = {"author": "@somebody", "text": "Ezra did it"}
LATER = NOW + timedelta(hours=1)
THIS = month_of(NOW)
POST = "post:01J0000000000000000000000A"
ENDED = (
    (Happened.HOLD_RELEASE_ASKED, lambda hold: release_asked(hold, said("ann"))),
    (Happened.HOLD_RELEASE_APPROVED, lambda hold: approved(hold, said("cid"))),
    (Happened.HOLD_RELEASED, lambda hold: released(hold, LATER)),
)


def said(by, why=""):
    return Word(by, NOW, why)


@pytest.fixture
def holds(store):
    return LegalHolds(store, a_pen())


@pytest.fixture
def erasures(store):
    return Erasures(store, a_pen())


def a_hold(scope, number=1):
    hold_id = LegalHoldId(ulid(NOW, number.to_bytes(10, "big")))
    return asked(hold_id, Cause.COURT, "Case 17", scope, said("ann", "The court may ask."))


def step(holds, before, happened, after, at=NOW):
    holds.change(before, after, happened, at=at)
    return after


def in_force(holds, number=1, **scope):
    hold = a_hold(Scope(**(scope or {"first": THIS})), number)
    holds.ask(hold)
    return step(holds, hold, Happened.HOLD_APPROVED, approved(hold, said("bob")))


def record(store, **changes):
    """A leaf with something sealed in it; its id."""
    before = {leaf.leaf_id for leaf in Outbox(store).pending(1000)}
    act = an_act(**{"personal": TEXT, **changes})
    commit(store.connection, recording(store, a_pen(), act))
    [made] = {leaf.leaf_id for leaf in Outbox(store).pending(1000)} - before
    return made


def wish(leaf_id, number=1):
    erasure_id = ErasureId(ulid(NOW, number.to_bytes(10, "big")))
    return Erasure(erasure_id, leaf_id, Basis.OBJECTION, "Complaint 17", "dee", NOW)


def types(store):
    return [json.loads(leaf.envelope)["type"] for leaf in Outbox(store).pending(1000)]


def test_every_step_is_kept_and_is_an_act(store, holds):
    hold = in_force(holds, first=THIS, last=THIS.next, subject="account:leek-npt")
    hold = step(holds, hold, Happened.HOLD_PLACED, placed(hold, THIS))
    assert holds.get(hold.hold_id) == hold
    for happened, onwards in ENDED:
        hold = step(holds, hold, happened, onwards(hold), LATER)
        assert holds.get(hold.hold_id) == hold

    assert holds.all() == (hold,)
    assert types(store) == [
        "hold.asked",
        "hold.approved",
        "hold.placed",
        "hold.release_asked",
        "hold.release_approved",
        "hold.released",
    ]


def test_of_two_who_decide_at_once_the_second_is_told(holds):
    hold = a_hold(Scope(first=THIS))
    holds.ask(hold)
    step(holds, hold, Happened.HOLD_APPROVED, approved(hold, said("bob")))

    with pytest.raises(ChangedError):
        step(holds, hold, Happened.HOLD_REFUSED, refused(hold, said("cid", "No.")))

    assert holds.get(hold.hold_id).in_force


def test_only_what_is_in_force_stands_and_covers(holds):
    holds.ask(a_hold(Scope(first=THIS), 1))
    assert holds.standing().holds == ()

    hold = in_force(holds, 2)
    standing = holds.standing()

    assert standing.holds == standing.covering(THIS) == (hold,)
    assert standing.covering(THIS.previous) == ()


def test_the_row_that_names_the_last_is_no_hold(holds):
    hold = in_force(holds)

    with pytest.raises(NotFoundError):
        holds.get(LegalHoldId("-"))
    assert holds.all() == (hold,)


def test_a_deed_that_looked_before_a_hold_was_approved_is_stopped(store, holds):
    refusal = RuntimeError("held meanwhile")
    first = holds.standing()
    commit(store.connection, [holds.unchanged(first, refusal)])
    in_force(holds, 1)
    second = holds.standing()
    commit(store.connection, [holds.unchanged(second, refusal)])
    in_force(holds, 2)

    for seen in (first, second):
        with pytest.raises(RuntimeError, match="held meanwhile"):
            commit(store.connection, [holds.unchanged(seen, refusal)])


@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        ({"first": THIS, "last": THIS}, True),
        ({"first": THIS.next}, False),
        ({"last": THIS.previous}, False),
        ({"subject": "account:riverside"}, True),
        ({"subject": "account:leek-npt"}, False),
        ({"subject": "account:river"}, False),
        ({"subject": POST}, True),
        ({"subject": "person:pc-okafor"}, True),
        ({"subject": "person:nobody"}, False),
        ({"subject": POST, "first": THIS.next}, False),
    ],
)
def test_what_is_held_is_kept_and_nothing_else(store, holds, scope, kept):
    leaf_id = record(store, subject=f"{POST}@v1/sandbox")
    hold = in_force(holds, **scope)

    assert holds.keeping(leaf_id, holds.standing()) == (hold if kept else None)


def test_a_leaf_of_the_last_day_is_kept_with_the_month_in_whose_bag_it_may_lie(store, holds):
    midnight = THIS.ends
    late, earlier = (
        record(store, at=midnight - timedelta(hours=hours), payload={"n": hours})
        for hours in (1, 25)
    )
    hold = in_force(holds, first=THIS.next)

    assert holds.keeping(late, holds.standing()) == hold
    assert holds.keeping(earlier, holds.standing()) is None


def test_of_a_leaf_that_does_not_say_what_it_is_about_everything_is_believed(store, holds):
    leaf_id = record(store)
    row = store.record_keys.get(leaf_id)
    row.update([store.record_keys.about.remove()])
    hold = in_force(holds, subject="account:somewhere-else")

    assert holds.keeping(leaf_id, holds.standing()) == hold


@pytest.mark.parametrize("leaf_id", ["0" * 26, "Z" * 26, "7" + "Z" * 25])
def test_a_number_that_no_leaf_has_holds_nothing_sealed(holds, erasures, leaf_id):
    in_force(holds, subject="account:riverside")

    with pytest.raises(NothingSealedError):
        erasures.ask(wish(leaf_id))


def test_an_erasure_of_what_is_held_is_not_even_asked_for(store, holds, erasures):
    leaf_id = record(store)
    hold = in_force(holds)
    before = types(store)

    with pytest.raises(OnHoldError) as refused_for:
        erasures.ask(wish(leaf_id))

    assert refused_for.value.hold_id == hold.hold_id
    assert hold.hold_id in str(refused_for.value)
    assert (types(store), erasures.all()) == (before, ())


def test_what_was_held_since_it_was_asked_is_not_approved_but_may_be_refused(
    store, holds, erasures
):
    asked_for = wish(record(store))
    erasures.ask(asked_for)
    in_force(holds)

    with pytest.raises(OnHoldError):
        erasures.decide(asked_for, decided(asked_for, "eve", LATER))
    erasures.decide(asked_for, decided(asked_for, "eve", LATER, refused_for="Held."))

    assert types(store)[-1] == "erasure.refused"


def test_what_was_held_since_it_was_approved_is_erased_once_the_hold_has_ended(
    store, holds, erasures
):
    leaf_id, other = record(store), record(store, account="leek-npt")
    for number, each in enumerate((leaf_id, other), 1):
        asked_for = wish(each, number)
        erasures.ask(asked_for)
        erasures.decide(asked_for, decided(asked_for, "eve", LATER))
    hold = in_force(holds, subject="account:riverside")

    assert len(erase_approved(erasures, LATER)) == 1
    assert store.record_keys.get(leaf_id).key is not None
    assert store.record_keys.get(other).key is None
    [waiting] = [each for each in erasures.all() if each.leaf_id == leaf_id]
    assert erasures.held_by(waiting) == hold
    for happened, onwards in ENDED:
        hold = step(holds, hold, happened, onwards(hold), LATER)

    assert erase_approved(erasures, LATER) == (waiting.erasure_id,)
    assert store.record_keys.get(leaf_id).key is None


def test_a_hold_that_is_approved_while_a_key_is_being_destroyed_wins(store, holds, erasures):
    asked_for = wish(record(store))
    erasures.ask(asked_for)
    erasures.decide(asked_for, decided(asked_for, "eve", LATER))
    looked = holds.standing()
    in_force(holds)
    erasures._holds.standing = lambda: looked  # as whoever looked a moment before

    assert erase_approved(erasures, LATER) == ()

    assert store.record_keys.get(asked_for.leaf_id).key is not None
    assert "erasure.done" not in types(store)
