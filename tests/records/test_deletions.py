"""Deletions on both engines: one at a time a post, each step with its leaf, evidence first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from publish.removal_steps import PACES, SPARE
from shared.posts.deletion import Deleted, DeletionState, DeletionTarget, Evidence, Removal, Version
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PlatformName, PostId
from shared.records.corrections import notes_of
from shared.records.deletion_acts import act_on_deletion, act_on_target
from shared.records.deletion_marks import not_taken_away
from shared.records.deletions import Deletions
from shared.records.errors import (
    AlreadyAskedError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
    TakenAwayError,
)
from shared.records.outbox import Outbox
from shared.records.platform_paces import Pace, PlatformPaces
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, a_post, an_act
from tests.unit.publish.taking_away import a_deletion

POST = a_post(state=State.PUBLISHED)
APPROVED = a_deletion(POST)
ASKED = replace(APPROVED, state=DeletionState.ASKED, ruling=None)
SANDBOX = PlatformName("sandbox")
EVIDENCE = Evidence(
    NOW, "Good morning", "Good morning!", "", (("ab" * 32, "A dog"),), "77", "https://x.example/77",
    NOW, {"sent_platform_id": "77"},
)  # fmt: skip
TARGET = DeletionTarget(
    ASKED.deletion_id, POST.post_id, 1, "sandbox", POST.draft.account, Removal.CAPTURED, EVIDENCE
)


@pytest.fixture
def deletions(store):
    return Deletions(store, a_pen())


def act(deletion, happened=Deleted.ASKED):
    return act_on_deletion(deletion, happened, NOW, {"why": "Because."})


def target_act(happened=Deleted.EVIDENCE):
    return act_on_target(APPROVED, POST, "sandbox", happened, at=NOW, payload={})


def test_what_was_asked_comes_back_whole_with_one_leaf(deletions, store):
    deletions.ask(ASKED, act(ASKED))

    assert deletions.get(ASKED.deletion_id) == ASKED
    assert deletions.whole(ASKED.deletion_id).targets == ()
    assert deletions.standing(POST.post_id, 1) == ASKED.deletion_id
    assert len(Outbox(store).pending(10)) == 1


def test_a_post_is_asked_for_once_at_a_time(deletions, store):
    deletions.ask(ASKED, act(ASKED))

    with pytest.raises(AlreadyAskedError) as refused:
        deletions.ask(replace(ASKED, deletion_id="01OTHER"), act(ASKED))

    assert refused.value.deletion_id == ASKED.deletion_id
    assert len(Outbox(store).pending(10)) == 1


@pytest.mark.parametrize("ending", [DeletionState.REFUSED, DeletionState.EXPIRED])
def test_after_a_no_it_may_be_asked_for_again(deletions, ending):
    deletions.ask(ASKED, act(ASKED))
    deletions.change(ASKED, replace(ASKED, state=ending), act(ASKED, Deleted.REFUSED))

    again = replace(ASKED, deletion_id="01OTHER")
    deletions.ask(again, act(again))

    assert deletions.standing(POST.post_id, 1) == "01OTHER"


def test_two_who_decide_at_once_are_one_decision(deletions, store):
    deletions.ask(ASKED, act(ASKED))
    yes, no = (replace(APPROVED, state=s) for s in (DeletionState.APPROVED, DeletionState.REFUSED))

    def decide(after):
        try:
            deletions.change(ASKED, after, act(after, Deleted.APPROVED))
        except ChangedError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(decide, (yes, no)))

    assert sorted(told) == [False, True]
    assert len(Outbox(store).pending(10)) == 2


def test_nothing_is_sent_of_what_somebody_has_begun_to_take_away(deletions, store):
    gate = not_taken_away(store, POST.post_id, 1)
    commit(store.connection, [gate, *_nothing(store)])
    deletions.ask(ASKED, act(ASKED))
    commit(store.connection, [gate, *_nothing(store)])
    deletions.change(ASKED, APPROVED, act(APPROVED, Deleted.APPROVED))

    with pytest.raises(TakenAwayError):
        commit(store.connection, [gate, *_nothing(store)])


def test_neither_a_claim_nor_a_further_attempt_follows_an_approval(deletions, store):
    publications = Publications(store, a_pen())
    claim = publications.claim(POST, _Frozen(), target_act())
    lost = publications.settle(claim, Outcome.UNCERTAIN, target_act(), reason="No answer.")
    deletions.ask(APPROVED, act(APPROVED))
    other = _Frozen()
    other.platform = PlatformName("console")

    with pytest.raises(TakenAwayError):
        publications.attempt(lost, target_act())
    with pytest.raises(TakenAwayError):
        publications.claim(POST, other, target_act())

    never = publications.never(POST, other, target_act(), "It is being deleted.")
    assert never == publications.get(POST.post_id, 1, other.platform)
    assert (never.state, never.request, never.attempts) == (Outcome.FAILED, {}, 0)


def test_evidence_is_kept_once_and_comes_back_as_it_was_first_kept(deletions):
    deletions.ask(APPROVED, act(APPROVED))
    deletions.keep_evidence(TARGET, target_act())

    later = replace(TARGET, evidence=replace(EVIDENCE, shown="Something else"))

    assert deletions.keep_evidence(later, target_act()) == TARGET
    assert deletions.whole(APPROVED.deletion_id).targets == (TARGET,)


def test_a_target_and_its_publication_move_together_or_not_at_all(deletions, store):
    publications = Publications(store, a_pen())
    claim = publications.claim(POST, _Frozen(), target_act(Deleted.ASKED))
    sent = publications.settle(claim, Outcome.SENT, target_act(), receipt=_Receipt())
    deletions.ask(APPROVED, act(APPROVED))
    deletions.keep_evidence(TARGET, target_act())
    away = replace(TARGET, state=Removal.REMOVED, removed_at=NOW)
    withdrawn = replace(sent, state=Outcome.WITHDRAWN)

    with pytest.raises(ChangedError):
        deletions.advance(away, TARGET, target_act(), (sent, withdrawn))
    assert publications.get(POST.post_id, 1, SANDBOX).state is Outcome.SENT

    deletions.advance(TARGET, away, target_act(Deleted.REMOVED), (sent, withdrawn))
    assert publications.get(POST.post_id, 1, SANDBOX).state is Outcome.WITHDRAWN
    assert deletions.whole(APPROVED.deletion_id).targets == (away,)


def test_what_is_open_is_found_and_what_is_over_is_not(deletions):
    urgent = replace(APPROVED, asked=replace(APPROVED.asked, at_once=True))
    deletions.ask(urgent, act(urgent))
    assert [each.deletion_id for each in deletions.moving()] == [urgent.deletion_id]

    over = replace(urgent, state=DeletionState.REMOVED, ended_at=NOW)
    deletions.change(urgent, over, act(over, Deleted.CONCLUDED))

    assert deletions.moving() == ()
    assert deletions.unreviewed() == (over,)


def test_they_are_listed_newest_first_by_parts(deletions):
    ids = [f"01DELETION{number}" for number in range(5)]
    for number, deletion_id in enumerate(ids):
        post = Version(PostId(f"01J00000000000000000000{number:03d}"), 1)
        each = replace(ASKED, deletion_id=deletion_id, posts=(post,))
        deletions.ask(each, act(each))

    first = deletions.all(None, 3)
    second = deletions.all(first.cursor, 3)

    shown = [each.deletion_id for each in (*first.entries, *second.entries)]
    assert (shown, second.cursor) == (ids[::-1], None)
    with pytest.raises(InvalidCursorError):
        deletions.all("no cursor")


@pytest.mark.parametrize(
    "name", ["", "nowhere", f"post:{POST.post_id}#000001", "\ud800", "x" * 2000]
)
def test_what_is_no_deletion_is_not_found(deletions, name):
    deletions.ask(ASKED, act(ASKED))

    with pytest.raises(NotFoundError):
        deletions.whole(name)


def test_a_pace_lets_so_many_through_and_tells_when_to_come_back(store):
    paces, pace = PlatformPaces(store), Pace(3, timedelta(minutes=30))

    def take(at):
        return paces.take(AccountId("leek"), SANDBOX, "removals", pace, at)

    assert [take(NOW) for _ in range(3)] == [None] * 3
    assert take(NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=30)
    assert take(NOW + timedelta(minutes=30)) is None


def test_a_large_removal_leaves_room_for_one_that_cannot_wait(store):
    paces, all_of_it = PlatformPaces(store), PACES[PlatformName("mastodon")]
    large = Pace(all_of_it.most - SPARE, all_of_it.within)

    def take(pace, at=NOW):
        return paces.take(AccountId("leek"), PlatformName("mastodon"), "removals", pace, at)

    went = [take(large) for _ in range(40)].count(None)

    assert went == all_of_it.most - SPARE
    assert take(large) == NOW + all_of_it.within
    assert [take(all_of_it) for _ in range(SPARE)] == [None] * SPARE
    assert take(all_of_it) == NOW + all_of_it.within


def test_many_at_once_are_never_more_than_the_pace(store):
    paces, pace = PlatformPaces(store), Pace(5, timedelta(minutes=30))

    with ThreadPoolExecutor(8) as threads:
        told = list(
            threads.map(
                lambda _: paces.take(AccountId("leek"), SANDBOX, "removals", pace, NOW), range(16)
            )
        )

    assert told.count(None) <= 5


class _Frozen:
    platform, key, request = SANDBOX, "KEY", {"text": "Good morning"}


class _Receipt:
    platform_id, url, text, proof = "77", "https://x.example/77", "Good morning", ""


def _nothing(store):
    """A write that always may happen: a transaction of conditions alone proves nothing."""
    from shared.records.transaction import Write

    row = store.idempotency(key="any", body_hash="", post_id="", version=1, ttl=NOW)
    free = store.idempotency.key.does_not_exist() | store.idempotency.key.exists()
    return [Write(row, free, lambda _: AssertionError())]


def test_the_notes_of_a_deletion_are_found_by_it(store):
    posts = Posts(store, a_pen())
    note = a_post("We removed a post.", note_of=ASKED.deletion_id)
    other = a_post("We removed another.", note_of="01OTHER")
    for each in (note, other, a_post()):
        posts.submit(each, an_act())

    assert posts.get(note.post_id) == note
    assert notes_of(store, ASKED.deletion_id) == ((note.post_id, 1),)
