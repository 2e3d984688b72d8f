"""That a month is sealed becomes an act that carries its note: only if the note holds."""

import pytest

from archive.sealing.closing import BrokenMonthError
from archive.sealing.record_month import record_month
from shared.months.bag import note_path
from shared.posts.acts import SYSTEM
from shared.recordlog.errors import UnverifiedError
from tests.unit.archive.closing import (
    ARCHIVE_SIGNER,
    LOG_SIGNER,
    OCTOBER,
    ORIGIN,
    SEPTEMBER,
    a_world,
    close,
)


class Months:
    """What is on record."""

    def __init__(self):
        self.kept = []

    def record(self, kept, act):
        self.kept.append((kept, act))
        return len(self.kept) == 1


def record(world, months, month=OCTOBER, known=ARCHIVE_SIGNER):
    now = month.ends
    known = [known.key]
    return record_month(month, ORIGIN, read=world.objects.get, known=known, months=months, now=now)


def test_the_act_carries_what_the_note_says_and_the_note():
    world, months = a_world(september=2, october=3), Months()
    close(world, SEPTEMBER)
    sealed = close(world, OCTOBER)

    assert record(world, months)

    [(kept, act)] = months.kept
    note = world.objects[note_path(OCTOBER)].decode()
    assert (kept.note, kept.sealed, kept.recorded_at) == (note, sealed, OCTOBER.ends)
    assert (act.type, act.subject, act.actor) == ("month.sealed", "month:2026-10", SYSTEM)
    assert act.payload == {
        "bag": sealed.bag,
        "end": {"root": sealed.end.root.hex(), "size": sealed.end.size},
        "leaves": 3,
        "note": note,
        "previous": sealed.previous,
        "start": {"root": sealed.start.root.hex(), "size": sealed.start.size},
    }


def test_recorded_again_it_says_that_it_was():
    world, months = a_world(october=3), Months()
    close(world, OCTOBER)

    assert [record(world, months), record(world, months)] == [True, False]


def test_a_month_without_its_note_is_not_recorded():
    world, months = a_world(october=3), Months()

    with pytest.raises(BrokenMonthError, match="no note"):
        record(world, months)
    assert months.kept == []


def test_a_note_that_another_key_signed_is_not_recorded():
    world, months = a_world(october=3), Months()
    close(world, OCTOBER)

    with pytest.raises(UnverifiedError):
        record(world, months, known=LOG_SIGNER)
    assert months.kept == []


def test_the_note_of_another_month_is_not_recorded():
    world, months = a_world(september=2, october=3), Months()
    close(world, SEPTEMBER)
    world.objects[note_path(OCTOBER)] = world.objects[note_path(SEPTEMBER)]

    with pytest.raises(BrokenMonthError, match="speaks of 2026-09"):
        record(world, months)
    assert months.kept == []
