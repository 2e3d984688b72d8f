"""A reply and what it answers: one is on its way, and it is noted once when it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.begin_reply import Beginner
from compose.errors import BeingAnsweredError
from publish.settle_answered import settle_answered
from shared.mentions.acts import Heard, subject_of
from shared.mentions.mention import Mention, MentionState, Outcome, mention_name, settle
from shared.mentions.replies import reply_draft
from shared.posts import life
from shared.posts.errors import InvalidDraftError
from shared.posts.life import State
from shared.posts.localtime import local
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.posts.reply import Reply
from shared.recordlog.leaf import read_envelope
from shared.records.errors import ChangedError
from shared.records.mention_entries import act_on_mention
from shared.records.mentions import Mentions, Step
from shared.records.posts import Posts
from shared.records.publication import KeptReceipt
from tests.builders import NOW, a_pen, a_post, an_act
from tests.records.killing import killed, lived, overtaken
from tests.unit.publish.test_conclude import a_publication

LEEK, SANDBOX = AccountId("leek"), PlatformName("sandbox")
LATER = NOW + timedelta(minutes=5)
ADDRESS = "https://sandbox.example/posts/9"
DAY = local(NOW).date() + timedelta(days=2)


class World:
    """One mention, and whoever answers it."""

    def __init__(self, store):
        self.store, self.pen = store, a_pen()
        self.mentions, self.posts = Mentions(store, self.pen), Posts(store, self.pen)
        self.begun = Beginner(self.mentions, self.posts)
        name = mention_name(LEEK, SANDBOX, "77")
        asked = Mention(name, LEEK, SANDBOX, NOW, NOW, LeafId(""))
        heard = act_on_mention(asked, Heard.RECEIVED, NOW, personal={"text": "Is it open?"})
        self.mentions.receive([(asked, heard)])
        self.name = name

    @property
    def mention(self):
        return self.mentions.get(self.name)

    def a_reply(self, words="At noon.", state=State.SUBMITTED, **reply):
        draft = reply_draft(self.mention, "pat", words, "en-GB")
        return a_post(draft=draft, state=state, reply=Reply(self.name, SANDBOX, "77", **reply))

    def sent(self, post):
        """Submitted, with the note at its mention."""
        return self.posts.submit(post, an_act(), also=self.begun(post).writes)

    def by_hand(self, state=MentionState.ANSWERED, at=LATER, **said):
        before = self.mention
        outcome = Outcome(state, **said)
        after = settle(before, outcome, PersonId("comms-ray"), at, local(at).date())
        self.mentions.settle(Step(before, after, act_on_mention(after, Heard.ANSWERED, at)))

    def said_of_it(self):
        """The leaves that say what became of the mention."""
        rows = self.store.outbox.scan(consistent_read=True)
        leaves = [read_envelope(bytes(row.envelope)) for row in rows]
        ours = [each for each in leaves if each.subject == subject_of(self.name)]
        return [each.type for each in ours if each.type != Heard.RECEIVED]


@pytest.fixture
def world(store):
    return World(store)


def standing(post, url=ADDRESS, **changes):
    """What became of its one target."""
    sent = a_publication(post, SANDBOX, life.Outcome.SENT)
    return (replace(sent, receipt=KeptReceipt("p9", url, post.draft.text, ""), **changes),)


def test_a_reply_is_kept_with_what_it_answers(world):
    post = world.sent(world.a_reply(follow_up=DAY))

    assert world.posts.get(post.post_id) == post
    assert world.mention.answering == post.post_id


def test_of_two_answers_that_are_sent_at_once_one_is_kept(world):
    first, second = world.a_reply(), world.a_reply("At one.")
    writes = world.begun(second).writes
    world.sent(first)

    with pytest.raises(ChangedError):
        world.posts.submit(second, an_act(), also=writes)
    with pytest.raises(BeingAnsweredError) as refused:
        world.begun(second)
    assert refused.value.post == first
    assert world.mention.answering == first.post_id


def test_after_one_that_came_to_nothing_somebody_answers_again(world):
    first = world.sent(world.a_reply())
    world.posts.move(first, State.EXPIRED, an_act())

    second = world.sent(world.a_reply("At one."))

    assert world.mention.answering == second.post_id


def test_what_is_blocked_is_on_nobodys_way(world):
    world.sent(world.a_reply(state=State.BLOCKED))

    assert world.mention.answering is None


def test_what_is_settled_is_not_answered_once_more(world):
    world.by_hand(answer="https://sandbox.example/by-hand")

    with pytest.raises(InvalidDraftError):
        world.begun(world.a_reply())


def test_a_reply_that_stands_answers_and_a_repeated_call_says_nothing_more(world):
    post = world.sent(world.a_reply())

    for _ in range(2):
        settle_answered(post, standing(post), world.mentions, LATER)

    found = world.mention
    assert (found.state, found.settled.outcome.answer) == (MentionState.ANSWERED, ADDRESS)
    assert found.settled.by == post.author
    assert world.said_of_it() == [Heard.ANSWERED]


def test_a_platform_on_this_machine_answers_too(world):
    post = world.sent(world.a_reply())

    settle_answered(post, standing(post, "http://127.0.0.1:9/posts/9"), world.mentions, LATER)

    assert world.mention.state is MentionState.ANSWERED


def test_a_holding_reply_waits_for_its_day_and_one_that_came_late_for_today(world):
    post = world.sent(world.a_reply(follow_up=DAY))
    late = LATER + timedelta(days=9)

    for _ in range(2):
        settle_answered(post, standing(post), world.mentions, late)

    found = world.mention
    assert (found.state, found.follow_up) == (MentionState.HOLDING, local(late).date())
    assert ADDRESS in found.settled.outcome.why
    assert world.said_of_it() == [Heard.HOLDING]


@pytest.mark.parametrize("outcome", [each for each in life.Outcome if each != life.Outcome.SENT])
def test_a_reply_that_does_not_stand_answers_nothing(world, outcome):
    post = world.sent(world.a_reply())

    settle_answered(post, standing(post, state=outcome), world.mentions, LATER)

    assert world.mention.is_open


def test_somebodys_own_word_meanwhile_stands(world):
    post = world.sent(world.a_reply())
    world.by_hand(answer="https://sandbox.example/by-hand")

    settle_answered(post, standing(post), world.mentions, LATER)

    assert world.mention.settled.by == "comms-ray"


def test_the_day_that_somebody_named_meanwhile_stands(world):
    post = world.sent(world.a_reply(follow_up=DAY))
    world.by_hand(MentionState.HOLDING, follow_up=DAY + timedelta(days=5))

    settle_answered(post, standing(post), world.mentions, LATER)

    assert world.mention.follow_up == DAY + timedelta(days=5)


@pytest.mark.parametrize("meanwhile", [killed, overtaken])
def test_whoever_dies_before_it_is_noted_or_is_overtaken_notes_it_once(world, meanwhile):
    post = world.sent(world.a_reply())

    def run(deeds, now):
        settle_answered(post, standing(post), world.mentions, now)

    deeds = killed(0) if meanwhile is killed else overtaken(0, run)

    lived(run, [LATER, LATER + timedelta(minutes=1)], deeds)

    assert deeds.count
    assert world.said_of_it() == [Heard.ANSWERED]
    assert world.mention.state is MentionState.ANSWERED
