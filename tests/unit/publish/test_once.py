"""One target, once: what is told, what is on record, and what the platform was asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from publish.once import (
    KEPT_BACK,
    LATENESS,
    OTHER_WORDS,
    NotReleasedError,
    look,
    publish,
)
from publish.target import Told
from shared.accounts.incident import Board
from shared.posts.errors import ContentChangedError
from shared.posts.life import Outcome, State
from shared.records.errors import NotFoundError
from shared.records.publication import LONGEST_ATTEMPT
from tests.builders import NOW
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import IN_A_WHILE, SANDBOX, Timeline, a_released, a_target

KEY = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
A_MOMENT = timedelta(seconds=1)
SOON = NOW + timedelta(seconds=20)
WORKER_IS_DEAD = NOW + LONGEST_ATTEMPT
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ledger():
    return Ledger()


@pytest.fixture
def post():
    return a_released()


def on_record(ledger, post):
    return ledger.publications.get(post.post_id, post.version, SANDBOX)


def claimed(ledger, post):
    """A claim whose worker died before the first byte left."""
    frozen = Timeline().prepare(post.draft, KEY, NOW)

    def die_after(effect):
        def call(*arguments, **named):
            effect(*arguments, **named)
            if effect.__name__ == "claim":
                raise InterruptedError

        return call if effect.__name__ == "claim" else effect

    with pytest.raises(InterruptedError):
        publish(a_target(ledger, Timeline(), post, die_after), KEY, NOW)
    assert on_record(ledger, post).request == frozen.request


# ── the first attempt ────────────────────────────────────────────────────────

FIRST_ATTEMPTS = [
    # what sending does, then what finding does; what is told; what is on record
    ("takes it", "shown", "sent", Outcome.SENT),
    ("takes it", "unreachable", "uncertain", Outcome.UNCERTAIN),
    ("takes it and falls silent", "shown", "uncertain", Outcome.UNCERTAIN),
    ("takes it and shows it later", "shown", "uncertain", Outcome.UNCERTAIN),
    ("takes it later and falls silent", "shown", "uncertain", Outcome.UNCERTAIN),
    ("says nothing and takes nothing", "shown", "uncertain", Outcome.UNCERTAIN),
    ("never hears of it", "shown", "uncertain", Outcome.UNCERTAIN),
    ("not now", "shown", "later", Outcome.UNCERTAIN),
    ("no", "shown", "failed", Outcome.FAILED),
    ("wrong password", "shown", "failed", Outcome.FAILED),
]


@pytest.mark.parametrize(("send", "find", "told", "outcome"), FIRST_ATTEMPTS)
def test_every_answer_of_a_platform_becomes_one_outcome(ledger, post, send, find, told, outcome):
    platform = Timeline(sends=[send], finds=[find])

    heard = publish(a_target(ledger, platform, post), KEY, NOW)

    assert heard.outcome == told
    assert on_record(ledger, post).state is outcome
    assert len(platform.heard) == 1


def test_sent_means_that_the_post_was_read_back_with_its_address_and_its_proof(ledger, post):
    publish(a_target(ledger, Timeline(), post), KEY, NOW)

    receipt = on_record(ledger, post).receipt
    assert (receipt.text, receipt.proof) == (post.draft.text, "cid")
    assert receipt.url.endswith(KEY)
    assert ledger.happened == ["publication.claimed", "publication.sent"]
    assert ledger.acts[-1].payload["text_read_back"] == post.draft.text


def test_the_claim_is_on_record_before_the_first_byte_leaves(ledger, post):
    order = []

    def listen(effect):
        def call(*arguments, **named):
            order.append(effect.__name__)
            return effect(*arguments, **named)

        return call

    publish(a_target(ledger, Timeline(), post, listen), KEY, NOW)

    assert order == ["open", "claim", "send", "find", "settle"]


def test_a_platform_that_says_not_now_is_asked_again_when_it_said(ledger, post):
    platform = Timeline(sends=["not now"])
    target = a_target(ledger, platform, post)

    assert publish(target, KEY, NOW) == Told("later", IN_A_WHILE)
    assert look(target, IN_A_WHILE).outcome == "sent"
    assert len(platform.shown) == 1


def test_a_wait_that_is_longer_than_a_post_may_be_late_ends_when_it_is_too_late(ledger, post):
    target = a_target(ledger, Timeline(sends=["not now"]), post)
    tomorrow = NOW - timedelta(days=1) + (IN_A_WHILE - NOW)

    told = publish(target, KEY, tomorrow)

    assert told == Told("later", tomorrow + LATENESS + A_MOMENT)
    assert look(target, told.retry_at).outcome == "failed"


def test_words_the_platform_changed_are_told_beside_the_success(ledger, post):
    publish(a_target(ledger, Timeline(alters=True), post), KEY, NOW)

    publication = on_record(ledger, post)
    assert (publication.state, publication.reason) == (Outcome.SENT, OTHER_WORDS)
    assert publication.receipt.text == post.draft.text.upper()


@pytest.mark.parametrize("state", [state for state in State if state is not State.RELEASED])
def test_what_nobody_released_does_not_leave(ledger, state):
    platform, post = Timeline(), a_released(state=state)

    with pytest.raises(NotReleasedError):
        publish(a_target(ledger, platform, post), KEY, NOW)
    assert platform.heard == ledger.acts == []


def test_words_that_were_changed_after_clearing_do_not_leave(ledger, post):
    platform = Timeline()
    changed = replace(post, draft=replace(post.draft, text="Something else."))

    with pytest.raises(ContentChangedError):
        publish(a_target(ledger, platform, changed), KEY, NOW)
    assert platform.heard == ledger.acts == []


def test_an_account_that_cannot_speak_there_has_failed_and_it_is_on_record(ledger, post):
    platform = Timeline(opens=["cannot speak"])

    told = publish(a_target(ledger, platform, post), KEY, NOW)

    assert told.outcome == "failed"
    assert on_record(ledger, post).reason == "The account has no keys."
    assert platform.heard == []


def test_a_draft_the_platform_cannot_carry_has_failed(ledger, post, monkeypatch):
    platform = Timeline()
    monkeypatch.setattr(platform, "prepare", lambda *_: Timeline(opens=["cannot speak"]).open())

    assert publish(a_target(ledger, platform, post), KEY, NOW).outcome == "failed"
    assert platform.heard == []


# ── somebody was here before ─────────────────────────────────────────────────


def test_a_claim_of_another_worker_is_never_sent(ledger, post):
    claimed(ledger, post)
    platform = Timeline()

    told = publish(a_target(ledger, platform, post), "ANOTHER-KEY", WORKER_IS_DEAD)

    assert told.outcome == "uncertain"
    assert platform.heard == []
    assert on_record(ledger, post).key == KEY


def test_a_claim_of_another_worker_is_not_failed_by_an_account_that_cannot_speak(ledger, post):
    claimed(ledger, post)
    platform = Timeline(opens=["cannot speak"])

    told = publish(a_target(ledger, platform, post), "ANOTHER-KEY", SOON)

    assert told.outcome == "uncertain"
    assert on_record(ledger, post).state is Outcome.PENDING


@pytest.mark.parametrize(
    ("send", "told"), [("takes it", "sent"), ("no", "failed"), ("never hears of it", "uncertain")]
)
def test_publishing_again_tells_what_became_of_the_first_time(ledger, post, send, told):
    platform = Timeline(sends=[send])
    publish(a_target(ledger, platform, post), KEY, NOW)

    assert publish(a_target(ledger, platform, post), "ANOTHER-KEY", SOON).outcome == told
    assert len(platform.heard) == 1


def test_what_was_withdrawn_is_told_as_sent_and_never_comes_back(ledger, post):
    platform = Timeline()
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)
    ledger.keep(replace(on_record(ledger, post), state=Outcome.WITHDRAWN))
    platform.shown.clear()

    assert publish(target, "ANOTHER-KEY", SOON).outcome == "sent"
    assert look(target, WORKER_IS_DEAD).outcome == "sent"
    assert platform.shown == []


# ── looking ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "send",
    [
        "takes it and falls silent",
        "takes it and shows it later",
        "takes it later and falls silent",
    ],
)
def test_a_look_finds_what_the_platform_took_and_sends_nothing(ledger, post, send):
    platform = Timeline(sends=[send])
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)
    platform.arrive()

    assert look(target, SOON).outcome == "sent"
    assert len(platform.heard) == len(platform.shown) == 1


@pytest.mark.parametrize("send", ["says nothing and takes nothing", "never hears of it"])
def test_what_is_proved_absent_is_sent_again_to_the_byte(ledger, post, send):
    platform = Timeline(sends=[send])
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)

    assert look(target, SOON).outcome == "sent"
    assert len(platform.heard) == 2
    assert platform.heard[0] == platform.heard[1]
    assert ledger.happened[-2:] == ["publication.not_sent", "publication.sent"]
    assert on_record(ledger, post).attempts == 2


def test_a_look_that_fails_proves_nothing_and_sends_nothing(ledger, post):
    platform = Timeline(sends=["never hears of it"], finds=["unreachable", "unreachable"])
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)

    assert look(target, SOON).outcome == "uncertain"
    assert look(target, NOW + LATENESS + A_MOMENT).outcome == "uncertain"
    assert len(platform.heard) == 1


def test_a_look_without_keys_proves_nothing(ledger, post):
    platform = Timeline(sends=["takes it and falls silent"], opens=["", "cannot speak"])
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)

    assert look(target, SOON).outcome == "uncertain"
    assert ledger.happened.count("publication.uncertain") == 1


@pytest.mark.parametrize(
    ("moment", "heard", "why"),
    [
        (NOW, 0, "its worker may still be sending"),
        (WORKER_IS_DEAD - A_MOMENT, 0, "its worker may still be sending"),
        (WORKER_IS_DEAD, 1, "its function has ended"),
    ],
)
def test_a_pending_claim_is_left_to_its_worker_until_that_must_be_dead(
    ledger, post, moment, heard, why
):
    claimed(ledger, post)
    platform = Timeline()

    told = look(a_target(ledger, platform, post), moment)

    assert len(platform.heard) == heard, why
    assert told.outcome == ("sent" if heard else "uncertain")


@pytest.mark.parametrize(
    ("moment", "told", "heard"),
    [(NOW + LATENESS, "sent", 1), (NOW + LATENESS + A_MOMENT, "failed", 0)],
)
def test_what_is_absent_after_two_hours_has_failed_and_comes_no_more(
    ledger, post, moment, told, heard
):
    claimed(ledger, post)
    platform = Timeline()

    assert look(a_target(ledger, platform, post), moment).outcome == told
    assert len(platform.heard) == heard


def test_what_was_taken_is_sent_however_late_it_is_seen(ledger, post):
    platform = Timeline(sends=["takes it and falls silent"])
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)

    assert look(target, NOW + timedelta(days=3)).outcome == "sent"


@pytest.mark.parametrize("send", ["takes it", "no"])
def test_what_is_settled_is_told_without_asking_the_platform(ledger, post, send):
    platform = Timeline(sends=[send])
    target = a_target(ledger, platform, post)
    told = publish(target, KEY, NOW)
    platform.opens = ["cannot speak"]

    assert look(target, SOON) == told
    assert platform.opens == ["cannot speak"]


def test_a_claim_that_froze_nothing_fails_and_sends_nothing_when_keys_turn_up(ledger, post):
    impossible = Timeline(opens=["cannot speak"])

    def die(effect):
        def call(*_, **__):
            raise InterruptedError

        return call if effect.__name__ == "settle" else effect

    with pytest.raises(InterruptedError):
        publish(a_target(ledger, impossible, post, die), KEY, NOW)
    platform = Timeline()

    assert look(a_target(ledger, platform, post), WORKER_IS_DEAD).outcome == "failed"
    assert platform.heard == []


# ── an incident was declared since ───────────────────────────────────────────


def overtaken(ledger):
    """The board is not the one of generation 0 any more, which the post was judged by."""
    ledger.incidents.on_board = Board(generation=1)


@pytest.mark.parametrize("opens", [[], ["cannot speak"]])
def test_nothing_is_claimed_by_a_board_that_was_overtaken(ledger, post, opens):
    overtaken(ledger)
    platform = Timeline(opens=opens)

    assert publish(a_target(ledger, platform, post), KEY, NOW) == Told("recheck")
    assert ledger.acts == platform.heard == []
    with pytest.raises(NotFoundError):
        on_record(ledger, post)


def test_what_was_claimed_before_is_told_all_the_same(ledger, post):
    platform = Timeline()
    publish(a_target(ledger, platform, post), KEY, NOW)
    overtaken(ledger)

    assert publish(a_target(ledger, platform, post), "ANOTHER-KEY", SOON).outcome == "sent"
    assert len(platform.heard) == 1


def kept_back(ledger, platform, post):
    """A target that is proved absent when an incident was declared meanwhile."""
    target = a_target(ledger, platform, post)
    publish(target, KEY, NOW)
    overtaken(ledger)
    assert look(target, SOON) == Told("recheck")
    return target


def test_what_is_proved_absent_is_kept_back_and_that_is_on_record_once(ledger, post):
    platform = Timeline(sends=["never hears of it"])
    target = kept_back(ledger, platform, post)

    assert look(target, SOON) == Told("recheck")

    kept = on_record(ledger, post)
    assert (kept.state, kept.attempts, kept.reason) == (Outcome.HELD, 1, KEPT_BACK)
    assert ledger.happened.count("publication.held") == 1
    assert len(platform.heard) == 1


def test_what_was_kept_back_is_sent_as_the_same_request_once_it_is_released_again(ledger, post):
    platform = Timeline(sends=["never hears of it"])
    kept_back(ledger, platform, post)
    released = replace(a_target(ledger, platform, post), generation=1)

    assert publish(released, "ANOTHER-KEY", LATER).outcome == "uncertain"
    assert look(released, LATER).outcome == "sent"

    assert platform.heard[0] == platform.heard[1]
    assert len(platform.shown) == 1
    assert on_record(ledger, post).attempts == 2


def test_the_time_on_hold_makes_nothing_late_that_was_reviewed_since(ledger, post):
    platform = Timeline(sends=["never hears of it"])
    kept_back(ledger, platform, post)
    much_later = NOW + timedelta(days=3)
    reviewed = replace(post, reviewed_at=much_later)
    released = replace(a_target(ledger, platform, reviewed), generation=1)

    assert look(released, much_later + LATENESS).outcome == "sent"


def test_without_a_review_what_was_kept_back_too_long_has_failed(ledger, post):
    platform = Timeline(sends=["never hears of it"])
    kept_back(ledger, platform, post)
    released = replace(a_target(ledger, platform, post), generation=1)

    assert look(released, NOW + LATENESS + A_MOMENT).outcome == "failed"
    assert len(platform.heard) == 1


def test_what_was_kept_back_and_turns_up_after_all_is_sent(ledger, post):
    platform = Timeline(sends=["takes it later and falls silent"])
    target = kept_back(ledger, platform, post)
    platform.arrive()

    assert look(target, SOON).outcome == "sent"
    assert len(platform.heard) == 1


def test_what_was_kept_back_and_cannot_be_read_stays_kept_back(ledger, post):
    platform = Timeline(sends=["never hears of it"])
    target = kept_back(ledger, platform, post)
    platform.finds = ["unreachable"]

    assert look(target, SOON) == Told("uncertain")
    assert on_record(ledger, post).state is Outcome.HELD


# ── a window that a platform has closed ──────────────────────────────────────


def test_not_now_is_told_to_whoever_speaks_there_next(ledger, post):
    closed = []
    target = a_target(ledger, Timeline(sends=["not now"]), post)

    publish(replace(target, close=closed.append), KEY, NOW)

    assert closed == [IN_A_WHILE]


def test_the_last_post_of_a_quota_is_told_to_whoever_speaks_there_next(ledger, post):
    closed, platform = [], Timeline()
    said = platform.send
    platform.send = lambda *asked: replace(said(*asked), resume_at=IN_A_WHILE)
    target = replace(a_target(ledger, platform, post), close=closed.append)

    assert publish(target, KEY, NOW) == Told("sent")
    assert closed == [IN_A_WHILE]


def test_a_window_that_cannot_be_noted_costs_no_record_of_what_was_sent(ledger, post):
    platform = Timeline()
    said = platform.send
    platform.send = lambda *asked: replace(said(*asked), resume_at=IN_A_WHILE)

    def broken(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        publish(replace(a_target(ledger, platform, post), close=broken), KEY, NOW)

    assert on_record(ledger, post).state is Outcome.SENT


def test_while_a_window_is_closed_nothing_is_asked_and_nothing_is_lost(ledger, post):
    platform = Timeline()
    target = a_target(ledger, platform, post)

    early = publish(replace(target, closed_until=IN_A_WHILE), KEY, NOW)
    later = look(replace(target, closed_until=IN_A_WHILE), IN_A_WHILE)

    assert early == Told("later", IN_A_WHILE)
    assert later.outcome == "sent"
    assert len(platform.heard) == 1


def test_a_window_closed_for_days_does_not_end_in_silence(ledger, post):
    target = replace(a_target(ledger, Timeline(), post), closed_until=NOW + timedelta(days=2))

    told = publish(target, KEY, NOW)

    assert told.retry_at == NOW + LATENESS + A_MOMENT
    assert look(target, told.retry_at).outcome == "failed"
