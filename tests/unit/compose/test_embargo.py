"""An embargo is a not-before that nobody outside the centre shortens or drops (N14)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.reading import Wanted
from compose.submit import submit
from compose.when import check_embargo
from shared.accounts.registry import Role
from shared.accounts.rights import CENTRE
from shared.http.problems import ProblemError
from shared.posts.errors import InvalidDraftError
from shared.posts.life import Post, State
from tests.builders import NOW, a_draft, a_person, a_post, a_post_id, an_account, an_approver
from tests.unit.compose.desks import a_desk

AUTHOR, ACCOUNT = a_person(), an_account()
UNTIL = NOW + timedelta(hours=6)
EMBARGOED = a_draft(not_before=UNTIL, embargo=True)


def test_an_embargo_says_until_when():
    _, _, desk = a_desk()

    wanted = Wanted(a_draft(embargo=True))
    with pytest.raises(InvalidDraftError, match="until when") as told:
        submit(wanted, AUTHOR, ACCOUNT, desk, post_id=a_post_id(), now=NOW)
    assert told.value.field == "embargo"


@pytest.mark.parametrize(
    ("newer", "field"),
    [
        (a_draft(), "embargo"),
        (a_draft(not_before=UNTIL), "embargo"),
        (a_draft(not_before=UNTIL + timedelta(days=1)), "embargo"),
        (a_draft(not_before=UNTIL - timedelta(microseconds=1), embargo=True), "not_before"),
        (a_draft(not_before=NOW + timedelta(seconds=1), embargo=True), "not_before"),
    ],
)
@pytest.mark.parametrize("role", sorted(set(Role) - CENTRE))
def test_nobody_below_the_centre_drops_or_shortens_an_embargo(role, newer, field):
    with pytest.raises(InvalidDraftError, match="under embargo until 15:00") as told:
        check_embargo(EMBARGOED, newer, a_person(role=role), NOW)
    assert told.value.field == field


@pytest.mark.parametrize("newer", [EMBARGOED, a_draft(not_before=UNTIL + UNTIL.resolution)])
@pytest.mark.parametrize("role", sorted(CENTRE))
def test_the_centre_may(role, newer):
    check_embargo(EMBARGOED, a_draft(), a_person(role=role), NOW)
    check_embargo(EMBARGOED, newer, a_person(role=role), NOW)


def test_an_embargo_may_be_kept_or_lengthened_by_anybody():
    later = a_draft("Other words.", not_before=UNTIL + timedelta(days=1), embargo=True)

    check_embargo(EMBARGOED, EMBARGOED, AUTHOR, NOW)
    check_embargo(EMBARGOED, later, AUTHOR, NOW)


def test_an_embargo_that_is_over_binds_nobody():
    check_embargo(EMBARGOED, a_draft(), AUTHOR, UNTIL)


def test_a_plan_that_is_no_embargo_binds_nobody():
    check_embargo(a_draft(not_before=UNTIL), a_draft(), AUTHOR, NOW)


# ── whatever is sent after it ────────────────────────────────────────────────

STATES = sorted(
    {
        State.SUBMITTED,
        State.AWAITING_APPROVAL,
        State.CLEARED,
        State.BLOCKED,
        State.RETURNED,
        State.EXPIRED,
        State.REFUSED,
        State.WITHDRAWN,
    }
)
tries = st.lists(
    st.tuples(
        st.sampled_from(STATES),
        st.booleans(),
        st.none() | st.integers(-3, 12).map(lambda hours: NOW + timedelta(hours=hours)),
    ),
    max_size=8,
)


@given(tries)
def test_no_chain_of_versions_by_those_below_the_centre_goes_out_before_the_embargo(chain):
    ledger, _, desk = a_desk()
    first = Wanted(EMBARGOED)
    post = submit(first, AUTHOR, ACCOUNT, desk, post_id=a_post_id(), now=NOW)

    for version, (state, embargo, not_before) in enumerate(chain):
        ledger.rows[Post, post.post_id, post.version] = replace(post, state=state)
        draft = a_draft(f"Version {version}.", not_before=not_before, embargo=embargo)
        wanted = Wanted(draft, (post.post_id, post.version))
        try:
            post = submit(wanted, AUTHOR, ACCOUNT, desk, post_id=a_post_id(), now=NOW)
        except (InvalidDraftError, ProblemError):
            continue

    newest = ledger.posts.get(post.post_id)
    assert newest.draft.embargo
    assert newest.draft.not_before >= UNTIL
    assert all(p.draft.not_before >= UNTIL for p in ledger.posts.history(post.post_id))


def test_what_the_centre_lifts_is_lifted_for_everybody():
    old = a_post(state=State.RETURNED, draft=EMBARGOED)
    _, _, desk = a_desk(old, AUTHOR)
    lifted = Wanted(a_draft("Out now."), (old.post_id, 1))

    post = submit(lifted, an_approver(), ACCOUNT, desk, post_id=a_post_id(), now=NOW)

    assert (post.draft.embargo, post.author, post.editor) == (False, "pc-okafor", "comms-ray")
