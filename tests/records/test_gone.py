"""What is said of something that is not there, where its month was disposed of."""

from datetime import timedelta

import pytest

from shared.months.disposal import Disposal, Extent, approved, begun, done
from shared.months.legal_hold import Word
from shared.months.month import month_of
from shared.posts.names import DisposalId, PersonId
from shared.recordlog.acts import Happened
from shared.records.disposals import Disposals
from shared.records.gone import disposed_of
from shared.records.pen import ulid
from tests.builders import NOW, a_pen, a_post_id

LATER = NOW + timedelta(days=400)


def steps():
    """A disposal of this month, as it goes on."""
    disposal_id = DisposalId(ulid(NOW, bytes(10)))
    asked = Disposal(disposal_id, month_of(NOW), "5f" * 32, Word(PersonId("ann"), NOW))
    agreed = approved(asked, Word(PersonId("bob"), NOW))
    going = begun(agreed, Extent(1, 1), LATER, 812345)
    return {
        Happened.DISPOSAL_ASKED: asked,
        Happened.DISPOSAL_APPROVED: agreed,
        Happened.DISPOSAL_BEGUN: going,
        Happened.DISPOSED: done(going, LATER),
    }


@pytest.fixture
def until(store):
    """Goes on with the disposal until this has happened."""

    def until(last):
        kept, before = Disposals(store, a_pen()), None
        for happened, after in steps().items():
            if before is None:
                kept.ask(after)
            else:
                kept.change(before, after, happened, LATER)
            before = after
            if happened is last:
                return

    return until


def said_of(store, name):
    return disposed_of(store, a_pen(), "post", name)


def test_where_its_month_was_disposed_of_it_is_said_when_and_by_which_leaf(store, until):
    until(Happened.DISPOSED)

    said = str(said_of(store, a_post_id()))

    assert "There is no such post here. What began in 2026-11, as this did," in said
    assert "was disposed of on Saturday 25 December 2027, by leaf 812345" in said


def test_while_it_goes_that_is_said(store, until):
    until(Happened.DISPOSAL_BEGUN)

    assert "is being disposed of, by leaf 812345" in str(said_of(store, a_post_id()))


@pytest.mark.parametrize("last", [Happened.DISPOSAL_ASKED, Happened.DISPOSAL_APPROVED])
def test_as_long_as_nothing_is_destroyed_nothing_is_said(store, until, last):
    until(last)

    assert said_of(store, a_post_id()) is None


@pytest.mark.parametrize("name", ["", "nobody", "8" * 26, "ü" * 26, "month:2026-11"])
def test_of_what_is_no_number_of_ours_nothing_is_said(store, until, name):
    until(Happened.DISPOSED)

    assert said_of(store, name) is None
    assert said_of(store, a_post_id(NOW - timedelta(days=60))) is None
