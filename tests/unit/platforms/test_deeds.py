"""A deed is believed where it can be seen, and every other end has its own error."""

from datetime import UTC, datetime

import pytest

from shared.platforms.base import (
    NotSentError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UncertainError,
    UnreachableError,
)
from shared.platforms.deeds import Deeds, evidence
from shared.platforms.moderating import LONGEST_RAW
from shared.platforms.wire import Answer, NeverLeftError, NoAnswerError

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def deeds():
    return Deeds("Somewhere", lambda answer: f"Somewhere: {answer.status}.", lambda: NOON)


def answering(status, body=b"{}"):
    return lambda: Answer(status, {}, body)


def failing(error):
    def ask():
        raise error

    return ask


def seen():
    return True


def not_seen():
    return False


def unseen():
    raise UnreachableError("It could not be read.")


@pytest.mark.parametrize(
    "ask", [answering(200), answering(204), answering(502), failing(NoAnswerError("Reset"))]
)
def test_what_can_be_seen_is_done_whatever_was_answered(ask):
    deeds().proved(ask, seen)


@pytest.mark.parametrize("ask", [answering(200), answering(502), failing(NoAnswerError("Reset"))])
def test_a_yes_that_changed_nothing_is_none(ask):
    with pytest.raises(UncertainError, match="again"):
        deeds().proved(ask, not_seen)


def test_what_cannot_be_seen_is_uncertain_even_after_a_yes():
    with pytest.raises(UncertainError, match="could not be read"):
        deeds().proved(answering(200), unseen)


@pytest.mark.parametrize(
    ("status", "error"),
    [(429, RateLimitedError), (401, SignInError), (403, RefusedError), (404, RefusedError)],
)
def test_a_plain_no_is_said_as_it_is_and_nothing_is_looked_at(status, error):
    with pytest.raises(error, match=str(status)):
        deeds().proved(answering(status), unseen)
    with pytest.raises(error, match=str(status)):
        deeds().told(answering(status), lambda _: True)


def test_an_excused_no_is_settled_by_what_can_be_seen():
    deeds().proved(answering(404), seen, lambda answer: answer.status == 404)
    deeds().told(answering(404), lambda _: False, lambda answer: answer.status == 404)


def test_what_never_left_was_not_done():
    for act in (lambda ask: deeds().proved(ask, seen), lambda ask: deeds().told(ask, bool)):
        with pytest.raises(NotSentError, match="nothing was done"):
            act(failing(NeverLeftError("Refused")))


def test_a_deed_that_leaves_nothing_to_see_needs_a_yes_in_so_many_words():
    deeds().told(answering(200, b'{"id": 1}'), lambda answer: "id" in answer.fields())

    for ask in (answering(200), answering(500), failing(NoAnswerError("Reset"))):
        with pytest.raises(UncertainError, match="again"):
            deeds().told(ask, lambda answer: "id" in answer.fields())


def test_a_platforms_own_words_come_along_where_it_broke():
    with pytest.raises(UncertainError, match=r"Somewhere: 500\."):
        deeds().told(answering(500), lambda _: False)


@pytest.mark.parametrize("body", [b"x" * 100_000, "é".encode() * 50_000, b"\xff\xfe" * 40_000])
def test_evidence_is_the_answer_as_it_came_within_bounds(body):
    kept = evidence(Answer(200, {}, body))

    assert 0 < len(kept.encode()) <= LONGEST_RAW


def test_evidence_can_be_kept_as_text():
    kept = evidence(Answer(200, {}, b'{"text": "nul \x00 bell \x07 \xed\xa0\xbd"}'))

    assert "\x00" not in kept
    assert kept.startswith('{"text": "nul')
