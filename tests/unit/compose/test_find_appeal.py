"""One act says that it is over under every post of ours that shared it, and says it once."""

from dataclasses import replace

import pytest

from compose.errors import MayNotPostError
from compose.find_appeal import Over, find_appeal
from compose.told import submitted_acts
from shared.posts.appeal import AppealState
from shared.posts.content import Kind
from shared.posts.errors import InvalidDraftError
from shared.posts.life import State, Urgency
from shared.posts.names import PlatformName
from shared.records.errors import ChangedError
from tests.builders import a_picture, a_post
from tests.unit.compose.appeals_made import MISSING, a_hand, a_published

PAGE = "https://www.force.example/appeals/2026/maisie"
WORDS = "Found, safe and well. Thank you."


class Sender:
    """Takes what is sent in; refuses what is not for the `refused` account."""

    def __init__(self, refused=None):
        self.wanted, self.refused = [], refused

    def __call__(self, wanted, person):
        if wanted.draft.account == self.refused:
            raise MayNotPostError("You are not a member of Moorland.")
        self.wanted.append(wanted)
        return a_post(draft=wanted.draft, correction=wanted.correction)


def test_every_post_that_shared_it_gets_closing_words_at_once():
    post = a_published(f"{MISSING} {PAGE}", media=(a_picture(),), thread=("Share this.",))
    alike = a_published(PAGE, account="moorland", platforms=(PlatformName("feed"),))
    ledger, hand = a_hand(post, alike)
    sender = Sender()

    done = find_appeal(post.post_id, Over(f" {WORDS} "), hand, sender)

    own, other = sender.wanted
    assert done.appeal.state is AppealState.FOUND
    assert len(done.sent) == 2
    assert (own.draft.text, own.draft.account, own.draft.kind) == (
        WORDS,
        "riverside",
        Kind.ORIGINAL,
    )
    assert (own.draft.media, own.draft.thread, own.draft.about) == ((), (), f"{post.post_id}-1")
    assert own.urgency is Urgency.IMMEDIATE
    assert own.urgent_reason is None
    assert (own.correction.of, own.correction.appeal) == (f"{post.post_id}-1", post.post_id)
    [said] = other.draft.variants  # a feed cannot answer: its words lead to it
    assert said.text == f"{WORDS}\n\nOur earlier post: https://sandbox.example/{alike.post_id}"
    [act] = ledger.acts
    assert (act.type, act.payload["words"]) == ("appeal.found", WORDS)
    assert act.payload["posts"] == [f"{post.post_id}-1", f"{alike.post_id}-1"]


def test_only_the_chosen_posts_get_them():
    post, alike = a_published(f"{MISSING} {PAGE}"), a_published(PAGE)
    _, hand = a_hand(post, alike)
    sender = Sender()

    find_appeal(post.post_id, Over(WORDS, frozenset({f"{alike.post_id}-1"})), hand, sender)

    assert [wanted.draft.about for wanted in sender.wanted] == [f"{alike.post_id}-1"]
    with pytest.raises(InvalidDraftError):
        find_appeal(post.post_id, Over(WORDS, frozenset({"01OTHER-1"})), hand, sender)


def test_where_they_may_not_speak_is_told_and_left_to_others():
    post, alike = a_published(f"{MISSING} {PAGE}"), a_published(PAGE, account="moorland")
    _, hand = a_hand(post, alike)

    done = find_appeal(post.post_id, Over(WORDS), hand, Sender(refused="moorland"))

    assert [each.draft.account for each in done.sent] == ["riverside"]
    [(share, why)] = done.refused
    assert (share.post, why) == (alike, "You are not a member of Moorland.")


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (State.SUBMITTED, 0),
        (State.AWAITING_APPROVAL, 0),
        (State.PUBLISHED, 0),
        (State.BLOCKED, 1),
        (State.REJECTED, 1),
        (State.FAILED, 1),
    ],
)
def test_what_has_closing_words_on_their_way_gets_no_others(state, again):
    post, said = a_published(), a_post(WORDS, state=state)
    closings = {(post.post_id, 1): [(said.post_id, 1)]}
    _, hand = a_hand(post, closings=closings, also=(said,))
    sender = Sender()

    find_appeal(post.post_id, Over(WORDS), hand, sender)

    assert len(sender.wanted) == again


def test_two_clicks_have_the_same_key_and_a_second_try_another():
    post, said = a_published(), a_post(WORDS, state=State.REJECTED)
    first, second, third = Sender(), Sender(), Sender()
    _, hand = a_hand(post)
    _, twice = a_hand(post)
    closings = {(post.post_id, 1): [(said.post_id, 1)]}
    _, after = a_hand(post, closings=closings, also=(said,))

    for at, sender in ((hand, first), (twice, second), (after, third)):
        find_appeal(post.post_id, Over(WORDS), at, sender)

    keys = [sender.wanted[0].key for sender in (first, second, third)]
    assert keys[0] == keys[1] != keys[2]
    assert all(len(key) <= 100 for key in keys)


def test_no_words_no_end_and_two_at_once_are_one():
    post = a_published()
    _, hand = a_hand(post)
    sender, appeals = Sender(), hand.shelf.appeals

    with pytest.raises(InvalidDraftError):
        find_appeal(post.post_id, Over(" "), hand, sender)
    read = appeals.get
    appeals.get = lambda appeal_id: replace(read(appeal_id), owner="sgt-lind")
    with pytest.raises(ChangedError):
        find_appeal(post.post_id, Over(WORDS), hand, sender)

    assert sender.wanted == []


def test_the_leaf_of_closing_words_names_the_post_they_close():
    post = a_published()
    _, hand = a_hand(post)

    [said] = find_appeal(post.post_id, Over(WORDS), hand, Sender()).sent
    [act] = submitted_acts(said)

    assert "corrects" not in act.payload
    assert act.payload["closes"] == {
        "appeal": post.post_id,
        "post_id": post.post_id,
        "version": 1,
    }
