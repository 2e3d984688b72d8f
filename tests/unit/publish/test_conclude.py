"""The targets' answers become the post's ending: every combination of what two of them say."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from publish.conclude import conclude
from shared.accounts.incident import Board
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName
from shared.records.publication import Publication
from tests.builders import NOW, a_post
from tests.unit.fakes import Ledger

TWO = (PlatformName("bluesky"), PlatformName("sandbox"))
LATER = NOW + timedelta(minutes=3)
UNCLAIMED = None

OUT = {Outcome.SENT, Outcome.WITHDRAWN}
"""What was withdrawn has been out: taking it away again is another story."""

UNKNOWN = {Outcome.PENDING, Outcome.UNCERTAIN, UNCLAIMED}
NOT_SENT = {Outcome.HELD, UNCLAIMED}


def a_publication(post, platform, state, reason=None):
    return Publication(
        post_id=post.post_id,
        version=post.version,
        platform=platform,
        account=post.draft.account,
        content_hash=post.content_hash,
        state=state,
        key="KEY",
        request={},
        attempts=1,
        claimed_at=NOW,
        attempted_at=NOW,
        reason=reason,
    )


def a_scene(*outcomes, platforms=TWO, state=State.RELEASED, **changes):
    post = a_post(platforms=platforms, state=state, **changes)
    told = zip(platforms, outcomes, strict=True)
    return post, Ledger().keep(
        post,
        *(
            a_publication(post, name, outcome, f"It is {outcome.value}.")
            for name, outcome in told
            if outcome is not UNCLAIMED
        ),
    )


def ending_of(ledger, post, generation=0):
    return conclude(
        post.post_id,
        1,
        generation,
        posts=ledger.posts,
        publications=ledger.publications,
        snapshots=ledger.snapshots,
        now=LATER,
    )


def expected(outcomes):
    if set(outcomes) & UNKNOWN:
        return State.UNCERTAIN
    if set(outcomes) <= OUT:
        return State.PUBLISHED
    return State.PARTLY_PUBLISHED if set(outcomes) & OUT else State.FAILED


EVERY = [*Outcome, UNCLAIMED]


@pytest.mark.parametrize(
    "outcomes",
    [*product(EVERY, repeat=2), *product(EVERY, repeat=1)],
    ids=lambda outcomes: " and ".join(one or "unclaimed" for one in outcomes),
)
def test_every_combination_of_outcomes_has_one_ending(outcomes):
    for state in (State.RELEASED, State.UNCERTAIN):
        post, ledger = a_scene(*outcomes, platforms=TWO[: len(outcomes)], state=state)

        ending = ending_of(ledger, post)

        assert ending == expected(outcomes)
        assert ledger.posts.get(post.post_id).state == ending
        assert ledger.happened == ([] if ending == state else ["post.concluded"])


@pytest.mark.parametrize("outcomes", list(product(EVERY, repeat=2)))
def test_what_an_incident_kept_back_is_judged_again_before_it_ends(outcomes):
    post, ledger = a_scene(*outcomes)
    ledger.incidents.on_board = Board(generation=5)

    ending = ending_of(ledger, post, generation=4)

    assert ending == ("recheck" if NOT_SENT & set(outcomes) else expected(outcomes))
    assert (ledger.acts == []) == (ending == "recheck")


def what_a_review_leaves(outcomes):
    if set(outcomes) & {Outcome.PENDING, Outcome.UNCERTAIN}:
        return State.UNCERTAIN
    return State.PARTLY_PUBLISHED if set(outcomes) & OUT else State.RETURNED


@pytest.mark.parametrize("outcomes", [o for o in product(EVERY, repeat=2) if not set(o) <= OUT])
def test_a_held_post_that_is_given_back_ends_with_whatever_is_out(outcomes):
    post, ledger = a_scene(*outcomes, state=State.HELD, reason="Not now.")
    ledger.incidents.on_board = Board(generation=5)

    ending = ending_of(ledger, post, generation=4)

    assert ending == what_a_review_leaves(outcomes)
    kept = ledger.posts.get(post.post_id)
    assert (kept.state, kept.reason) == (ending, "Not now.")


def test_the_record_says_what_became_of_each_target_and_the_author_why():
    post, ledger = a_scene(Outcome.FAILED, Outcome.SENT)

    ending_of(ledger, post)

    assert ledger.acts[0].payload["outcomes"] == {"bluesky": "failed", "sandbox": "sent"}
    assert "bluesky: It is failed." in ledger.posts.get(post.post_id).reason


def test_an_unknown_outcome_that_was_settled_later_ends_the_post():
    post, ledger = a_scene(Outcome.SENT, Outcome.UNCERTAIN)
    assert ending_of(ledger, post) == State.UNCERTAIN
    ledger.keep(a_publication(post, TWO[1], Outcome.SENT))

    assert ending_of(ledger, post) == State.PUBLISHED


def test_a_target_of_another_version_decides_nothing():
    post, ledger = a_scene(UNCLAIMED, UNCLAIMED)
    other = replace(post, version=2)
    ledger.keep(*(a_publication(other, name, Outcome.SENT) for name in TWO))

    assert ending_of(ledger, post) == State.UNCERTAIN


@pytest.mark.parametrize(
    "state",
    [state for state in State if state not in {State.RELEASED, State.UNCERTAIN, State.HELD}],
)
def test_what_is_not_under_way_is_told_and_left_alone(state):
    post, ledger = a_scene(Outcome.SENT, Outcome.SENT, state=state)

    assert ending_of(ledger, post) == state
    assert ledger.acts == []


def test_a_repeated_call_tells_the_same_and_records_nothing_more():
    post, ledger = a_scene(Outcome.SENT, Outcome.SENT)

    assert ending_of(ledger, post) == ending_of(ledger, post) == State.PUBLISHED
    assert len(ledger.acts) == 1


# ── threads ──────────────────────────────────────────────────────────────────

ONE = PlatformName("sandbox")
SENT, FAILED, UNCERTAIN = Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN
THREADS = [
    # what became of each of three parts, and of the post
    ((SENT, SENT, SENT), State.PUBLISHED),
    ((SENT, FAILED), State.PARTLY_PUBLISHED),
    ((FAILED,), State.FAILED),
    ((SENT, UNCERTAIN), State.UNCERTAIN),
    ((SENT, SENT), State.UNCERTAIN),
    ((SENT, Outcome.WITHDRAWN), State.PARTLY_PUBLISHED),
]


def a_thread(*outcomes, state=State.RELEASED):
    post = a_post(platforms=(ONE,), thread=("Second.", "Third."), state=state)
    parts = [
        replace(a_publication(post, ONE, outcome, f"It is {outcome.value}."), part=part)
        for part, outcome in enumerate(outcomes, 1)
    ]
    return post, Ledger().keep(post, *parts)


@pytest.mark.parametrize(("outcomes", "ending"), THREADS)
def test_of_a_thread_every_part_counts(outcomes, ending):
    post, ledger = a_thread(*outcomes)

    assert ending_of(ledger, post) == ending.value


def test_a_thread_that_was_cut_off_says_at_which_part():
    post, ledger = a_thread(SENT, FAILED)

    ending_of(ledger, post)

    assert "sandbox, part 2: It is failed." in ledger.posts.get(post.post_id).reason


def test_parts_that_an_incident_kept_back_are_judged_anew():
    post, ledger = a_thread(SENT)
    ledger.incidents.board = lambda: Board(3)

    assert ending_of(ledger, post) == "recheck"
    assert ending_of(ledger, post, generation=3) == State.UNCERTAIN.value


def test_a_thread_that_is_given_back_after_its_review_ends_with_what_is_out():
    post, ledger = a_thread(SENT, state=State.HELD)

    assert ending_of(ledger, post) == State.PARTLY_PUBLISHED.value
