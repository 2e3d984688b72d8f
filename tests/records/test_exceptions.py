"""Exceptions and rounds: each once, each with its leaf, and only of what stands as sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.exception_found import Cause, Change, Closing, Doubt, Noticed, PostException
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.errors import (
    ChangedError,
    InvalidCursorError,
    NotFoundError,
    PublicationMovedError,
)
from shared.records.exceptions import Exceptions
from shared.records.listing import cursor_behind
from shared.records.posts import Posts
from shared.records.publication import KeptReceipt
from shared.records.publications import Publications
from shared.records.rounds import Round, Rounds
from tests.builders import NOW, a_pen, a_post, an_act

SANDBOX = PlatformName("sandbox")
TARGET = AccountId("riverside"), SANDBOX


class Frozen:
    platform, key, request = SANDBOX, "K", {"text": "x"}


@pytest.fixture
def exceptions(store):
    return Exceptions(store, a_pen())


@pytest.fixture
def sent(store):
    """A publication that stands."""
    post = a_post(state=State.RELEASED)
    Posts(store, a_pen()).submit(post, an_act())
    kept = Publications(store, a_pen())
    claim = kept.claim(post, Frozen(), an_act("publication.claimed"))
    receipt = KeptReceipt("p1", "https://sandbox.example/p1", "The road is open again.")
    return kept.settle(claim, Outcome.SENT, an_act("publication.sent"), receipt=receipt)


def an_exception(publication, exception_id="01X-1-sandbox-1-gone-20261120T090000", **so):
    usual = {
        "post_id": publication.post_id,
        "version": 1,
        "place": "sandbox",
        "account": publication.account,
        "change": Change.GONE,
        "published": "The road is open again.",
        "shown": None,
        "platform_id": "p1",
        "url": "https://sandbox.example/p1",
        "sent_at": NOW,
        "missed_at": NOW,
        "found_at": NOW + timedelta(hours=1),
    }
    return PostException(exception_id, **{**usual, **so})


def found(what=Noticed.FOUND):
    return an_act(what.value)


def leaves(store, what):
    return [1 for row in store.outbox.scan() if f'"{what.value}"'.encode() in bytes(row.envelope)]


def test_an_exception_is_on_record_once(store, exceptions, sent):
    it = an_exception(sent)

    assert exceptions.open(it, sent, found())
    assert not exceptions.open(it, sent, found())

    assert exceptions.get(it.exception_id) == it
    assert exceptions.all().entries == (it,)
    assert len(leaves(store, Noticed.FOUND)) == 1


def test_what_was_withdrawn_meanwhile_is_no_exception(store, exceptions, sent):
    act = an_act("publication.withdrawn")
    Publications(store, a_pen()).settle(sent, Outcome.WITHDRAWN, act)

    with pytest.raises(PublicationMovedError):
        exceptions.open(an_exception(sent), sent, found())
    assert exceptions.all().entries == ()


def test_closing_it_withdraws_what_is_gone_in_the_same_breath(store, exceptions, sent):
    it = an_exception(sent)
    exceptions.open(it, sent, found())
    closing = Closing(PersonId("comms-ray"), NOW, Cause.PLATFORM, "Reported by many.")
    closed, gone = replace(it, closed=closing), replace(sent, state=Outcome.WITHDRAWN)

    exceptions.close(it, closed, found(Noticed.CLOSED), (sent, gone))

    assert exceptions.get(it.exception_id) == closed
    assert exceptions.all().entries == ()
    assert exceptions.all(is_open=False).entries == (closed,)
    kept = Publications(store, a_pen()).get(sent.post_id, 1, SANDBOX)
    assert kept.state is Outcome.WITHDRAWN
    with pytest.raises(ChangedError):
        exceptions.close(it, closed, found(Noticed.CLOSED))


def test_they_are_listed_newest_first_by_cursor(exceptions, sent):
    made = [
        an_exception(sent, f"01X-{number}", found_at=NOW + timedelta(hours=number))
        for number in range(5)
    ]
    for each in made:
        exceptions.open(each, sent, found())

    first = exceptions.all(limit=3)
    second = exceptions.all(first.cursor, 3)

    assert [*first.entries, *second.entries] == made[::-1]
    assert second.cursor is None
    for strange in (cursor_behind("01X-3"), cursor_behind(" 01X-3"), cursor_behind("a b c")):
        with pytest.raises(InvalidCursorError):
            exceptions.all(strange)


def test_a_round_is_kept_and_of_two_that_go_on_with_it_one_counts(store, exceptions):
    rounds = Rounds(store)
    [before] = rounds.several([TARGET]).values()
    doubts = {"01X#000001/sandbox": Doubt(NOW, "abcd", "it")}
    after = replace(before, under_way=True, recent="c", doubts=doubts, fault="Down.", since=NOW)

    assert rounds.keep([(before, after)]) == [True]

    assert before == Round(*TARGET)
    assert rounds.several([TARGET]) == {TARGET: after}
    assert rounds.silent() == (after,)
    assert rounds.keep([(before, replace(after, recent="d"))]) == [False]
    assert rounds.several([TARGET]) == {TARGET: after}
    looked = replace(after, done_at=NOW, under_way=False, recent=None, fault="", since=None)
    rounds.keep([(after, looked)])
    assert rounds.silent() == ()
    assert exceptions.all().entries == ()
    with pytest.raises(NotFoundError):
        exceptions.get("round:riverside/sandbox")
