"""What many targets tell goes on record together, their words before how far they are."""

from types import SimpleNamespace

import pytest

from shared.posts.names import AccountId, PlatformName
from shared.records.ears import Ear
from shared.records.errors import BusyError
from tests.builders import NOW
from watch.listening.intake import ENOUGH, Intake

SANDBOX = PlatformName("sandbox")


class Records:
    """What is on record, in the order that it came there; `lost` are targets of another run."""

    def __init__(self):
        self.order = []
        self.on_record = set()
        self.lost = set()
        self.calls = 0
        self.busy = False

    def receive(self, heard):
        names = [mention.mention_id for mention, _ in heard]
        if self.busy:
            raise BusyError("TransactWriteItems")
        fresh = frozenset(names) - self.on_record
        self.on_record |= fresh
        self.order += names
        self.calls += bool(names)
        return fresh

    def keep(self, changes):
        kept = tuple(after for _, after in changes if after.account not in self.lost)
        self.order += [after.account for after in kept]
        self.calls += bool(kept)
        return kept


@pytest.fixture
def records():
    return Records()


@pytest.fixture
def intake(records):
    known = SimpleNamespace(
        known=lambda names: frozenset(names) & records.on_record, receive=records.receive
    )
    return Intake(known, records)


def heard(*names):
    return [(SimpleNamespace(mention_id=name), None) for name in names]


def an_ear(number, **changes):
    return Ear(AccountId(f"account-{number}"), SANDBOX, **changes)


def test_the_words_of_many_targets_go_before_how_far_these_are_and_all_of_them_together(
    intake, records
):
    for number in range(30):
        intake.receive(heard(f"said-{number}"))
        intake.keep(an_ear(number), an_ear(number, heard_to=NOW))
    assert records.order == []

    intake.empty()

    assert records.order == [f"said-{n}" for n in range(30)] + [f"account-{n}" for n in range(30)]
    assert (intake.received, intake.silent, records.calls) == (30, 0, 2)


def test_what_waits_is_known_and_received_once(intake, records):
    records.on_record.add("old")
    intake.receive(heard("new"))

    assert intake.known(["old", "new", "other"]) == {"old", "new"}
    intake.receive(heard("new"))
    intake.empty()
    assert intake.received == 1


@pytest.mark.parametrize("kind", ["mentions", "targets"])
def test_no_more_is_gathered_than_is_read_again_soon(intake, records, kind):
    for number in range(ENOUGH):
        assert records.order == []
        if kind == "mentions":
            intake.receive(heard(f"said-{number}"))
        else:
            intake.keep(an_ear(number), an_ear(number, heard_to=NOW))

    assert len(records.order) == ENOUGH


def test_how_far_a_target_is_waits_until_its_words_are_on_record(intake, records):
    intake.receive(heard("said"))
    intake.keep(an_ear(1), an_ear(1, heard_to=NOW))
    records.busy = True
    for _ in range(2):
        with pytest.raises(BusyError):
            intake.empty()
    assert records.order == []

    records.busy = False
    intake.empty()

    assert records.order == ["said", "account-1"]
    assert intake.received == 1


def test_where_another_run_was_nobody_is_silent_by_our_word(intake, records):
    records.lost = {"account-1"}
    for number in range(3):
        intake.keep(an_ear(number), an_ear(number, fault="It is down."))

    intake.empty()

    assert intake.silent == 2
