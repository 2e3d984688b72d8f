"""Asking that a sealed month goes: only where it is switched on, only what is past its time."""

from dataclasses import replace

import pytest

from local.force import COMMS, OFFICER, STANDARDS
from moderate.let_month_go import DisposalDesk, approve, ask, refuse
from shared.identity.session import NotAllowedError
from shared.months.disposal import DisposalOffError, NotOutlivedError, State
from shared.months.month import read_month
from shared.posts.names import PersonId
from shared.recordlog.acts import Happened
from shared.records.disposals import LastLook, Outlived
from tests.builders import NOW, a_pen

MAY, JUNE, BAG = read_month("2019-05"), read_month("2019-06"), "5f" * 32


class Kept:
    """Disposals in memory, with one month past its time."""

    def __init__(self):
        self.rows, self.steps = {}, []
        self.seen = LastLook(NOW, (Outlived(MAY, BAG, "posts", NOW),))

    def last_look(self):
        return self.seen

    def ask(self, disposal):
        self.rows[disposal.disposal_id] = disposal

    def get(self, disposal_id):
        return self.rows[disposal_id]

    def change(self, before, after, happened, at):
        self.rows[after.disposal_id] = after
        self.steps.append(happened)


@pytest.fixture
def desk():
    return DisposalDesk(Kept(), a_pen(), is_on=True)


def asked(desk, by=COMMS):
    return ask(MAY, " It is past its time. ", by=by, desk=desk, now=NOW)


def test_what_is_asked_for_is_the_bag_that_was_seen(desk):
    disposal = asked(desk)

    assert (disposal.month, disposal.bag, disposal.state) == (MAY, BAG, State.ASKED)
    assert disposal.asked.why == "It is past its time."


def test_a_month_that_was_not_seen_past_its_time_stays(desk):
    with pytest.raises(NotOutlivedError, match="2019-06 stays"):
        ask(JUNE, "Old.", by=COMMS, desk=desk, now=NOW)


def test_where_it_is_switched_off_nothing_is_asked_or_approved_and_all_can_be_refused(desk):
    disposal_id = asked(desk).disposal_id
    off = replace(desk, is_on=False)

    with pytest.raises(DisposalOffError):
        asked(off)
    with pytest.raises(DisposalOffError):
        approve(disposal_id, by=STANDARDS, desk=off, now=NOW)
    assert refuse(disposal_id, "No.", by=COMMS, desk=off, now=NOW).state is State.REFUSED


def test_what_is_not_past_its_time_any_more_is_not_approved(desk):
    disposal_id = asked(desk).disposal_id
    desk.disposals.seen = LastLook(NOW, ())

    with pytest.raises(NotOutlivedError):
        approve(disposal_id, by=STANDARDS, desk=desk, now=NOW)


@pytest.mark.parametrize("who", [COMMS, OFFICER])
def test_only_professional_standards_approve(desk, who):
    disposal_id = asked(desk).disposal_id
    other = replace(who, person_id=PersonId("p-other"))

    with pytest.raises(NotAllowedError, match="professional standards"):
        approve(disposal_id, by=other, desk=desk, now=NOW)

    assert approve(disposal_id, by=STANDARDS, desk=desk, now=NOW).is_agreed
    assert desk.disposals.steps == [Happened.DISPOSAL_APPROVED]
