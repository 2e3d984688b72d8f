"""One target, once, on a platform that would show every send: absence is believed late, posts of
the same words are told apart, and what the platform named is never sent again."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from publish.once import LATENESS, OTHERS, look, publish
from shared.platforms.base import Receipt
from shared.posts.life import Outcome
from shared.records.publication import LONGEST_ATTEMPT
from tests.builders import NOW
from tests.unit.fakes import Ledger
from tests.unit.publish.timeline import SANDBOX, SENDS, a_released, a_target
from tests.unit.publish.unkeyed import TAKES, Unkeyed
from tests.unit.publish.workers import KilledError, Mishap, Worker

SOON = NOW + timedelta(seconds=20)
IN_TIME = NOW + TAKES
FUNCTION_ENDS = timedelta(seconds=60)


class Desk:
    """Posts of the same words, one account, one platform."""

    def __init__(self, posts=1, sends=()):
        self.ledger, self.platform = Ledger(), Unkeyed(sends=list(sends))
        self.posts = [a_released() for _ in range(posts)]

    def publish(self, at=NOW, which=0, wire=None):
        target = a_target(self.ledger, self.platform, self.posts[which], wire)
        return publish(target, f"KEY-{which}-{len(self.platform.heard)}", at)

    def look(self, at=SOON, which=0, wire=None):
        if self.record(which) is None:
            return None
        return look(a_target(self.ledger, self.platform, self.posts[which], wire), at)

    def record(self, which=0):
        found = self.ledger.publications.of(self.posts[which].post_id, 1)
        return next(iter(found), None)


def test_absence_is_not_believed_before_the_platform_had_its_time():
    desk = Desk(sends=["takes it later and falls silent"])
    desk.publish()

    early = desk.look(SOON)
    desk.platform.arrive()
    told = desk.look(IN_TIME)

    assert (early.outcome, early.retry_at) == ("later", IN_TIME)
    assert told.outcome == "sent"
    assert len(desk.platform.shown) == 1


def test_what_is_still_absent_then_is_sent_again():
    desk = Desk(sends=["says nothing and takes nothing"])
    desk.publish()

    assert desk.look(IN_TIME - timedelta(seconds=1)).outcome == "later"
    assert desk.look(IN_TIME).outcome == "sent"
    assert desk.record().attempts == 2
    assert len(desk.platform.shown) == 1


def test_the_time_of_a_further_attempt_counts_anew():
    desk = Desk(sends=["never hears of it", "takes it later and falls silent"])
    desk.publish()
    desk.look(IN_TIME)

    again = desk.look(IN_TIME + SOON.resolution)

    assert (again.outcome, again.retry_at) == ("later", IN_TIME + TAKES)
    assert len(desk.platform.heard) == 2


def test_a_slow_further_attempt_is_not_overtaken_by_a_third():
    desk = Desk(sends=["never hears of it"])
    desk.publish()
    seen = []

    def meanwhile():
        seen.append(desk.look(IN_TIME + timedelta(seconds=30)).outcome)

    send = ["get", "open", "find", "attempt", "send"].index("send")
    told = desk.look(IN_TIME, wire=Mishap(send, first=meanwhile))

    assert (seen, told.outcome) == (["uncertain"], "sent")
    assert len(desk.platform.shown) == 1


def test_a_look_in_vain_leaves_the_outcome_to_whoever_is_sending():
    desk = Desk()

    def meanwhile():
        desk.platform.finds.append("unreachable")
        assert desk.look(SOON).outcome == "uncertain"

    told = desk.publish(wire=Mishap(["open", "claim", "send"].index("send"), first=meanwhile))

    assert told.outcome == "sent"
    assert desk.ledger.happened == ["publication.claimed", "publication.sent"]


def test_a_post_that_another_publication_proved_its_own_is_not_ours():
    desk = Desk(posts=2, sends=["takes it", "says nothing and takes nothing"])
    desk.publish(which=0)
    desk.publish(which=1)

    assert desk.look(SOON, which=1).outcome == "later"
    assert desk.look(IN_TIME, which=1).outcome == "sent"
    assert [desk.record(n).receipt.platform_id for n in (0, 1)] == ["ID-1", "ID-2"]


def test_two_lost_answers_of_the_same_words_become_two_posts_and_no_more():
    desk = Desk(posts=2, sends=["takes it and falls silent"] * 2)
    desk.publish(which=0)
    desk.publish(which=1)

    told = [desk.look(SOON, which=n).outcome for n in (1, 0)]

    assert told == ["sent", "sent"]
    assert {desk.record(n).receipt.platform_id for n in (0, 1)} == {"ID-1", "ID-2"}
    assert len(desk.platform.shown) == 2


def test_what_the_platform_named_and_does_not_show_is_never_sent_again():
    desk = Desk()
    desk.platform.hidden.add("ID-1")

    told = [desk.publish()] + [desk.look(NOW + timedelta(minutes=10 * n)) for n in range(1, 20)]

    assert {each.outcome for each in told} == {"uncertain"}
    assert desk.record().named == "ID-1"
    assert desk.ledger.acts[-1].payload["named"] == "ID-1"
    assert desk.ledger.acts[-1].payload["text_read_back"] is None
    assert len(desk.platform.heard) == 1


def test_what_the_platform_named_is_known_by_its_name_once_it_is_shown():
    desk = Desk()
    desk.platform.hidden.add("ID-1")
    desk.publish()
    desk.platform.hidden.clear()

    assert desk.look(SOON).outcome == "sent"
    assert desk.record().receipt.platform_id == "ID-1"


def test_what_the_platform_named_for_one_post_is_not_found_for_another():
    desk = Desk(posts=2)
    desk.platform.finds.append("unreachable")
    desk.publish(which=1)
    send = ["open", "claim", "send"].index("send")
    with pytest.raises(KilledError):
        desk.publish(which=0, wire=Mishap(send, dies="before"))

    assert desk.look(IN_TIME, which=0).outcome == "sent"
    assert desk.look(IN_TIME, which=1).outcome == "sent"
    assert [desk.record(n).receipt.platform_id for n in (0, 1)] == ["ID-2", "ID-1"]


def test_a_named_post_that_is_counted_as_anothers_is_for_a_person():
    desk = Desk(posts=2)
    earlier = Receipt("ID-1", "https://words.example/ID-1", "The road is open again.")
    claimed = a_target(desk.ledger, desk.platform, desk.posts[1])
    desk.ledger.proved[f"{SANDBOX}/{claimed.post.draft.account}/{earlier.platform_id}"] = "another"

    told = desk.publish()

    assert told.outcome == "uncertain"
    assert desk.record().reason == OTHERS
    assert desk.look(NOW + LATENESS).outcome == "uncertain"
    assert len(desk.platform.heard) == 1


@pytest.mark.parametrize("send", [send for send in SENDS if "takes it" in send])
def test_what_was_taken_is_sent_once_however_often_somebody_looks(send):
    desk = Desk(sends=[send])
    desk.publish()
    for seconds in range(10, 170, 10):
        desk.look(NOW + timedelta(seconds=seconds))
    desk.platform.arrive()
    for minutes in range(3, 130, 7):
        desk.look(NOW + timedelta(minutes=minutes))

    assert len(desk.platform.shown) == 1
    assert desk.record().state is Outcome.SENT


class AnyTale(RuleBasedStateMachine):
    """Two posts of the same words; workers start, stall and die; what is under way arrives within
    two minutes, as is assumed of every platform."""

    def __init__(self):
        super().__init__()
        self.desk, self.workers, self.now = Desk(posts=2), [], NOW

    @precondition(lambda self: len(self.alive) < 4)
    @rule(deed=st.sampled_from(["publish", "look"]), which=st.sampled_from([0, 1]))
    def somebody_starts(self, deed, which):
        at, desk = self.now, self.desk
        begin = getattr(desk, deed)
        self.workers.append(Worker(lambda wire: begin(at, which, wire), at))

    @precondition(lambda self: self.alive)
    @rule(data=st.data(), calls=st.integers(1, 7))
    def somebody_goes_on(self, data, calls):
        worker = data.draw(st.sampled_from(self.alive))
        for _ in range(calls):
            worker.step()

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def somebody_dies(self, data):
        data.draw(st.sampled_from(self.alive)).kill()

    @rule(send=st.sampled_from([send for send in SENDS if "shows it later" not in send]))
    def the_platform_will(self, send):
        self.desk.platform.sends.append(send)

    @rule()
    def the_platform_cannot_be_read_next_time(self):
        self.desk.platform.finds.append("unreachable")

    @rule(seconds=st.sampled_from([1, 30, 59, 91, 181, 7300]))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)
        for worker in self.alive:
            if self.now - worker.began > FUNCTION_ENDS:
                worker.kill()
        if seconds > 60:
            self.desk.platform.arrive()

    @property
    def alive(self):
        return [worker for worker in self.workers if not worker.over]

    @invariant()
    def there_are_no_more_posts_than_publications(self):
        assert len(self.desk.platform.shown) + len(self.desk.platform.late) <= 2
        assert [worker.error for worker in self.workers if worker.error] == []

    @invariant()
    def sent_means_a_post_of_its_own(self):
        records = [self.desk.record(which) for which in (0, 1)]
        sent = [each.receipt.platform_id for each in records if each and each.state is Outcome.SENT]
        assert len(set(sent)) == len(sent)
        assert set(sent) <= {platform_id for platform_id, _ in self.desk.platform.shown}

    def teardown(self):
        for worker in self.alive:
            worker.kill()
        platform, end = self.desk.platform, self.now + LONGEST_ATTEMPT + TAKES
        platform.sends, platform.finds = [], []
        platform.arrive()
        for which in (0, 1):
            self.desk.publish(self.now, which)
            self.desk.look(end, which)
        self.there_are_no_more_posts_than_publications()
        for record in map(self.desk.record, (0, 1)):
            disputed = record.state is Outcome.UNCERTAIN and record.reason == OTHERS
            assert record.state in {Outcome.SENT, Outcome.FAILED} or disputed


TestAnyTale = AnyTale.TestCase
TestAnyTale.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
