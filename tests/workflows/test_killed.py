"""A decision whose worker is killed, at each place that matters, is made once and delivered.

These are real deaths: the process that answers the approver is killed at a call to AWS. Nobody
calls the sweep; it comes by its own schedule, when the clock has been turned by one minute.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from local.force import COMMS
from shared.posts.life import State
from tests.workflows.asking import ask
from tests.workflows.force import a_force, eventually
from tests.workflows.reaper import Reaper

A_MINUTE = timedelta(minutes=1)
APPROVER, WRITE, WAKE = "ModerateApi", "TransactWriteItems", "SendTaskSuccess"
DIED = 502


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


@pytest.fixture(scope="module")
def reaper(force):
    return Reaper(force.stack)


@contextmanager
def unswept(force):
    """A minute may end at any moment of a slow machine: meanwhile none does."""
    force.stack.schedules.stop()
    force.stack.lambdas.settle()
    yield
    force.stack.schedules.start()


def told(asked):
    return asked.open().caller.get(asked.letter.link).text


def turned_by_one_minute(asked):
    """Where the post ends, with the clock turned by one minute and not a second more."""
    clock = asked.force.stack.clock
    begun = clock.offset
    clock.advance(A_MINUTE)
    state = asked.force.until(asked.post_id)
    assert clock.offset - begun == A_MINUTE
    return state


@pytest.mark.parametrize(
    ("choice", "ending"),
    [("approve", State.PUBLISHED), ("return", State.RETURNED), ("reject", State.REJECTED)],
)
def test_killed_between_the_write_and_the_token_it_is_recovered_within_a_minute(
    force, reaper, choice, ending
):
    asked = ask(force, f"To {choice}, and dead at the token.")
    page = asked.open()

    with unswept(force):
        with reaper.killing(APPROVER, WAKE):
            assert page.send(choice).status == DIED
        assert len(asked.rulings()) == 1
        assert not asked.approval().delivered

    assert f"Already decided by {COMMS.name} at" in page.send(choice).text
    assert turned_by_one_minute(asked) is ending
    eventually(lambda: asked.approval().delivered)
    assert len(asked.rulings()) == 1
    assert force.published(f"To {choice}, and dead at the token.") == (choice == "approve")


def test_killed_when_it_was_just_written_it_is_recovered_within_a_minute(force, reaper):
    asked = ask(force, "Written, and dead before the answer came.")
    page = asked.open()

    with reaper.killing(APPROVER, WRITE, after=True):
        assert page.send().status == DIED

    assert len(asked.rulings()) == 1
    assert turned_by_one_minute(asked) is State.PUBLISHED
    assert len(asked.rulings()) == 1


def test_killed_before_the_write_nothing_was_decided_and_the_approver_sends_it_again(force, reaper):
    asked = ask(force, "Dead before the write.")
    page = asked.open()

    with reaper.killing(APPROVER, WRITE):
        assert page.send().status == DIED

    assert asked.is_undecided()
    force.stack.clock.advance(A_MINUTE)
    assert asked.is_undecided()
    assert "Thank you" in page.send().text
    assert force.until(asked.post_id) is State.PUBLISHED


def test_killed_after_the_token_was_used_nothing_happens_twice(force, reaper):
    asked = ask(force, "Dead after the token.")
    page = asked.open()

    with reaper.killing(APPROVER, WAKE, after=True):
        assert page.send().status == DIED

    assert force.until(asked.post_id) is State.PUBLISHED
    assert turned_by_one_minute(asked) is State.PUBLISHED
    eventually(lambda: asked.approval().delivered)
    assert len(asked.rulings()) == 1
    assert force.published("Dead after the token.") == 1
