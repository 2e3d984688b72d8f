"""Closing an exception: by the centre, once, with who, why, and the ground of a deletion."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from moderate.close_exception import Wish, close_exception
from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.posts.deletion import Ground
from shared.posts.exception_found import Cause, Change, PostException
from shared.posts.life import Outcome
from shared.posts.names import AccountId
from shared.records.errors import ChangedError
from tests.builders import NOW, a_person, a_post_id, an_approver

GONE = PostException(
    exception_id="01X-1-mastodon-2-gone-20261120T090000",
    post_id=a_post_id(),
    version=1,
    place="mastodon#2",
    account=AccountId("riverside"),
    change=Change.GONE,
    published="The road is open again.",
    shown=None,
    platform_id="77",
    url="https://social.example/77",
    sent_at=NOW - timedelta(days=1),
    missed_at=NOW - timedelta(hours=1),
    found_at=NOW,
)
ALTERED = replace(GONE, change=Change.ALTERED, shown="The road is shut.")
OURS = Wish(Cause.OURS, "He thought better of it.", "PC 1234", Ground.OFFENSIVE)
LATER = NOW + timedelta(hours=2)


@dataclass(frozen=True)
class Sent:
    """As much of a publication as closing looks at."""

    state: Outcome = Outcome.SENT
    trail: tuple = ()

    def and_then(self, act):
        return (*self.trail, act.type)


@dataclass
class Records:
    """Exceptions and publications at once; what was written last."""

    publication: Sent = field(default_factory=Sent)
    closed: object = None

    def get(self, *target):
        assert target == (GONE.post_id, 1, "mastodon", 2)
        return self.publication

    def close(self, before, after, act, publication=None):
        self.closed = SimpleNamespace(before=before, after=after, act=act, publication=publication)


def closed(found, wish, by=None, records=None):
    records = records or Records()
    who = by or an_approver()
    close_exception(found, wish, who, exceptions=records, publications=records, now=LATER)
    return records.closed


def test_who_did_it_why_and_on_which_ground_is_on_record():
    done = closed(GONE, OURS)

    assert done.after.closed.who == "PC 1234"
    assert (done.act.type, done.act.reason, done.act.actor) == (
        "exception.closed",
        "offensive",
        "comms-ray",
    )
    assert done.act.payload["why"] == "He thought better of it."
    assert done.act.subject == f"exception:{GONE.exception_id}"


@pytest.mark.parametrize("wish", [OURS, Wish(Cause.PLATFORM, "It was reported.")])
def test_what_is_gone_is_withdrawn_with_it(wish):
    before, after = closed(GONE, wish).publication

    assert (before.state, after.state) == (Outcome.SENT, Outcome.WITHDRAWN)
    assert after.trail == ("exception.closed",)


@pytest.mark.parametrize(
    ("found", "wish", "outcome"),
    [
        (GONE, Wish(Cause.MISTAKEN, "It is there."), Outcome.SENT),
        (ALTERED, replace(OURS, ground=None), Outcome.SENT),
        (ALTERED, Wish(Cause.PLATFORM, "It changes dashes."), Outcome.SENT),
        (GONE, OURS, Outcome.WITHDRAWN),
    ],
    ids=["mistaken", "altered", "by the platform", "withdrawn before"],
)
def test_else_the_publication_stays_as_it_is(found, wish, outcome):
    assert closed(found, wish, records=Records(Sent(outcome))).publication is None


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (replace(OURS, why="  "), "why"),
        (replace(OURS, who=" "), "who"),
        (replace(OURS, ground=None), "ground"),
    ],
)
def test_what_is_missing_is_named(wish, field):
    with pytest.raises(WrongFieldError) as caught:
        closed(GONE, wish)

    assert caught.value.field == field


def test_an_alteration_owes_no_ground():
    assert closed(ALTERED, OURS).after.closed.ground is None


def test_only_the_centre_closes_it():
    with pytest.raises(MayNotActError):
        closed(GONE, OURS, by=a_person())


def test_it_is_closed_once():
    once = closed(GONE, OURS).after

    with pytest.raises(ChangedError):
        closed(once, OURS)
