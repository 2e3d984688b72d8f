"""The team looks after an appeal until it is closed; each act is on record, and nobody else's."""

from datetime import date

import pytest

from compose.errors import AppealOverError, MayNotPostError
from compose.keep_appeal import add_copy, add_post, close, extend, hand_over, settle_copy
from compose.sharing import shares_of
from shared.accounts.registry import PersonStatus
from shared.posts.appeal import AppealState, Fate, Said
from shared.posts.errors import InvalidDraftError
from shared.posts.life import State
from shared.records.errors import NotFoundError
from tests.builders import NOW, a_person, a_post, an_approver
from tests.unit.compose.appeals_made import (
    MISSING,
    OWNER,
    a_hand,
    a_published,
    an_appeal,
    at,
    standing,
)

LATER = date(2027, 1, 5)
GROUP = "https://group.example/7"
PAGE = "https://www.force.example/appeals/2026/maisie"


def test_it_is_extended_with_the_reason_on_record():
    post = a_published()
    ledger, hand = a_hand(post)

    after = extend(post.post_id, LATER, " New pictures. ", hand)

    assert hand.shelf.appeals.get(post.post_id) == after
    assert after.ends_on == LATER
    [act] = ledger.acts
    assert (act.type, act.actor, act.reason) == ("appeal.extended", "pc-okafor", "New pictures.")
    assert act.payload == {"from": "2026-12-18", "until": "2027-01-05"}


def test_it_is_handed_to_somebody_who_can_look_after_it():
    post, sergeant = a_published(), a_person("sgt-lind")
    ledger, hand = a_hand(post)

    assert hand_over(post.post_id, sergeant, hand).owner == "sgt-lind"
    assert ledger.acts[-1].payload == {"from": "pc-okafor", "to": "sgt-lind"}
    for nobody in (
        sergeant,
        a_person("pc-else"),
        a_person("sgt-lind", status=PersonStatus.LEFT),
    ):
        with pytest.raises(InvalidDraftError):
            hand_over(post.post_id, nobody, hand)


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (a_person(), True),
        (a_person("sgt-lind"), True),
        (an_approver(), True),
        (a_person("pc-else"), False),
        (a_person(status=PersonStatus.SUSPENDED), False),
    ],
)
def test_its_team_its_owner_and_the_centre_look_after_it(person, allowed):
    post = a_published()
    _, hand = a_hand(post, person=person)

    if allowed:
        assert extend(post.post_id, LATER, "New.", hand)
    else:
        with pytest.raises(MayNotPostError):
            extend(post.post_id, LATER, "New.", hand)


def test_its_owner_looks_after_it_from_another_team_too():
    post = a_published()
    _, hand = a_hand(post, person=a_person("pc-else"), appeal=an_appeal(post, owner="pc-else"))

    assert extend(post.post_id, LATER, "New.", hand)


def test_where_others_have_it_is_sealed_in_the_log():
    post = a_published()
    ledger, hand = a_hand(post)

    after = add_copy(post.post_id, GROUP, " A village group. ", hand)

    assert [(each.address, each.note) for each in after.copies] == [(GROUP, "A village group.")]
    [act] = ledger.acts
    assert act.type == "appeal.copy_kept"
    assert act.payload == {"copies": 1}
    assert act.personal == {"address": GROUP, "note": "A village group."}
    with pytest.raises(InvalidDraftError):
        add_copy(post.post_id, "group.example", "", hand)


def test_posts_that_share_it_are_found_and_added_by_hand():
    post = a_published(f"{MISSING} {PAGE}")
    alike, other = a_published(f"Please share! {PAGE}"), a_published("Share this!")
    waiting, gone = a_post(PAGE), a_published(PAGE, state=State.WITHDRAWN)
    ledger, hand = a_hand(post, alike, waiting, gone, also=(other, standing(other)))

    before = [share.post for share in shares_of(hand.shelf.appeals.get(post.post_id), hand.shelf)]
    after = add_post(post.post_id, f"https://bluelamp.example/posts/{other.post_id}-1", hand)

    assert before == [post, alike]
    assert [share.post for share in shares_of(after, hand.shelf)] == [post, other, alike]
    assert ledger.acts[-1].payload == {"post": other.post_id}
    for name in ("", "nothing", other.post_id, post.post_id):
        with pytest.raises(InvalidDraftError):
            add_post(post.post_id, name, hand)


def test_somebody_says_what_became_of_each_copy():
    post = a_published()
    ledger, hand = a_hand(post)
    [ours] = shares_of(hand.shelf.appeals.get(post.post_id), hand.shelf)[0].addresses
    add_copy(post.post_id, GROUP, "", hand)

    settle_copy(post.post_id, GROUP, Fate.GONE, "They took it down.", hand)
    settle_copy(post.post_id, ours, Fate.STAYS, "The words are out under it.", hand)

    theirs, own = ledger.acts[1:]
    assert theirs.payload == {"fate": "gone"}
    assert theirs.personal == {"address": GROUP}
    assert own.payload == {"fate": "stays", "address": ours}
    with pytest.raises(InvalidDraftError):
        settle_copy(post.post_id, "https://else.example/1", Fate.GONE, "Gone.", hand)


def test_it_is_closed_when_nothing_is_left_and_then_nothing_changes():
    post = a_published()
    found = an_appeal(post, state=AppealState.FOUND, found=Said(OWNER.person_id, NOW, "Home."))
    ledger, hand = a_hand(post, appeal=found)
    [ours] = shares_of(found, hand.shelf)[0].addresses

    with pytest.raises(InvalidDraftError):
        close(post.post_id, "", hand)
    settle_copy(post.post_id, ours, Fate.STAYS, "It says so itself.", hand)
    after = close(post.post_id, "All home.", hand)

    assert after.state is AppealState.CLOSED
    assert ledger.acts[-1].payload == {"gone": 0, "stays": 1, "deletion": 0}
    with pytest.raises(AppealOverError):
        extend(post.post_id, LATER, "New.", hand)


@pytest.mark.parametrize(
    ("state", "closable"),
    [
        (State.PUBLISHED, True),
        (State.PARTLY_PUBLISHED, True),
        (State.AWAITING_APPROVAL, False),
        (State.BLOCKED, False),
    ],
)
def test_it_is_not_closed_before_the_public_was_told(state, closable):
    post = a_published()
    found = an_appeal(post, state=AppealState.FOUND, found=Said(OWNER.person_id, NOW, "Home."))
    said = a_post("Home.", state=state)
    closings = {(post.post_id, 1): [(said.post_id, 1)]}
    _, hand = a_hand(post, appeal=found, closings=closings, also=(said,))

    [share] = shares_of(found, hand.shelf)

    assert share.closing == said
    assert share.is_unsaid(found) is not closable


def test_a_post_that_is_still_on_its_way_keeps_it_open():
    post = a_post(MISSING, state=State.AWAITING_APPROVAL)
    found = an_appeal(post, state=AppealState.FOUND, found=Said(OWNER.person_id, NOW, "Home."))
    _, hand = a_hand(post, appeal=found)

    [share] = shares_of(found, hand.shelf)

    assert (share.waits, share.may_be_closed, share.is_unsaid(found)) == (True, False, True)
    with pytest.raises(InvalidDraftError, match="closing words"):
        close(post.post_id, "All home.", hand)


def test_what_nobody_began_is_not_there():
    _, hand = a_hand(a_published())

    with pytest.raises(NotFoundError):
        extend("01NOTHING", LATER, "New.", at(hand, now=NOW))
