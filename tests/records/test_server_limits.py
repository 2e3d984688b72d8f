"""What servers told is kept, looked up once in a while, and goes into the policy."""

from datetime import date, timedelta

import pytest

from shared.accounts.registry import Handle
from shared.policy.circumstances import candidate_of
from shared.policy.pack import bundled
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerAnswer, ServerLimits
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.errors import BusyError, ChangedError
from shared.records.registered import SECONDS, Registered
from shared.records.server_limits import ServersTold
from tests.builders import NOW, a_draft, a_pen, a_person, an_account

MASTODON, X = PlatformName("mastodon"), PlatformName("x")
HERE = (MASTODON, "https://social.example")
TOLD = ServerLimits(characters=5_000, url_length=25, types=("image/jpeg", "image/png"))
ANSWER = ServerAnswer(*HERE, NOW, TOLD, NOW)
PACK = bundled(date(2026, 11, 21))


def an_act():
    return Act("server.limits_told", None, "server:it", NOW, "bluelamp", None, None, {})


@pytest.fixture
def told(store):
    return ServersTold(store, a_pen())


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_an_answer_comes_back_as_it_was_kept(told):
    told.keep(None, ANSWER, an_act())

    assert told.several([HERE]) == {HERE: ANSWER}
    assert told.several([(MASTODON, "https://social.example/")])  # with a slash or without


def test_nothing_is_known_of_a_server_that_nobody_asked(told):
    assert told.several([HERE]) == {}
    assert told.several([]) == {}


def test_of_two_answers_at_once_one_stays(told):
    told.keep(None, ANSWER, None)
    later = ServerAnswer(*HERE, NOW + timedelta(days=1), fault="Away.")

    with pytest.raises(ChangedError):
        told.keep(None, later, None)

    told.keep(ANSWER, later, an_act())
    assert told.several([HERE])[HERE].fault == "Away."


def candidate(*platforms, service="https://social.example/"):
    handles = (
        Handle(MASTODON, "riverside", service),
        Handle(X, "riverside", "https://api.x.com"),
    )
    draft = a_draft(platforms=platforms or (MASTODON, X))
    return candidate_of(draft, a_person(), an_account(handles=handles))


def registered(store, clock):
    return Registered(Accounts(store, a_pen()), ServersTold(store, a_pen()), clock)


def test_the_policy_goes_by_what_the_accounts_own_server_told(store, told):
    told.keep(None, ANSWER, None)

    pack = registered(store, Clock())(PACK, candidate())

    assert pack.limits[MASTODON].maximum == 5_000
    assert pack.limits[MASTODON].url_length == 25
    assert pack.limits[X] == PACK.limits[X]
    assert pack.policy_version == PACK.policy_version


def test_what_nobody_told_leaves_the_policy_alone(store):
    assert registered(store, Clock())(PACK, candidate()) is PACK


def test_a_post_that_goes_where_nothing_is_told_costs_no_look(store, calls):
    added, asked = registered(store, Clock()), candidate(X)
    before = len(calls)

    added(PACK, asked)

    assert len(calls) == before


def test_a_process_looks_again_after_some_minutes(store, told, calls):
    clock = Clock()
    added = registered(store, clock)
    assert added.limits((HERE,)) == {}
    told.keep(None, ANSWER, None)

    assert added.limits((HERE,)) == {}
    clock.now = SECONDS
    assert added.limits((HERE,)) == {MASTODON: TOLD}


def test_with_the_records_out_of_reach_it_goes_by_what_it_knew(store, told):
    told.keep(None, ANSWER, None)
    clock = Clock()
    added = registered(store, clock)
    added.limits((HERE,))

    class Busy:
        def several(self, _):
            raise BusyError("BatchGetItem")

    added._told = Busy()
    clock.now = SECONDS + 1

    assert added.limits((HERE,)) == {MASTODON: TOLD}
