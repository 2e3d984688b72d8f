"""What a person may see and speak for; what they may not see is not there."""

from dataclasses import replace

import pytest

from compose.sight import Sight
from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.pages.views import ReturnedNote
from shared.posts.life import State
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import NotFoundError
from tests.builders import NOW, a_person, a_post, an_account, an_approval, an_approver
from tests.unit.fakes import Ledger

RIVERSIDE = an_account()
HILLTOP = an_account("hilltop", members=frozenset(), owner=PersonId("sgt-hill"))
MEMBER, STRANGER = a_person(), a_person("pc-else")


def a_sight(person, *kept):
    ledger = Ledger().keep(RIVERSIDE, HILLTOP, an_approver(), *kept)
    return Sight(person, ledger.accounts, ledger.posts, ledger.snapshots)


def test_people_are_offered_the_accounts_they_may_post_for():
    assert a_sight(MEMBER).own_accounts() == (RIVERSIDE,)
    assert a_sight(STRANGER).own_accounts() == ()
    assert set(a_sight(an_approver()).own_accounts()) == {RIVERSIDE, HILLTOP}
    assert a_sight(replace(MEMBER, status=PersonStatus.AWAY)).own_accounts() == ()


def test_an_account_that_cannot_speak_is_not_offered():
    closed = replace(RIVERSIDE, status=AccountStatus.CLOSED)

    assert a_sight(MEMBER, closed).own_accounts() == ()


READERS = [
    ("a member", MEMBER, True),
    ("the centre", an_approver(), True),
    ("an auditor", a_person("auditor", role=Role.AUDITOR), True),
    ("a registrar", a_person("registrar", role=Role.REGISTRAR), True),
    ("a stranger", STRANGER, False),
    ("a commander of elsewhere", a_person("chief", role=Role.LPT_COMMANDER), False),
]


@pytest.mark.parametrize(("who", "person", "sees"), READERS, ids=[row[0] for row in READERS])
def test_an_account_and_its_posts_are_seen_by_its_own_and_by_those_who_read_everything(
    who, person, sees
):
    post = a_post(author=PersonId("pc-other"))
    sight = a_sight(person, post)

    if sees:
        assert sight.account("riverside") == RIVERSIDE
        assert sight.versions(post.post_id) == (post,)
    else:
        for look in (lambda: sight.account("riverside"), lambda: sight.versions(post.post_id)):
            with pytest.raises(NotFoundError):
                look()


def test_authors_see_their_own_post_when_they_have_left_its_account():
    post = a_post(author=STRANGER.person_id)

    assert a_sight(STRANGER, post).versions(post.post_id) == (post,)


def test_all_versions_come_in_their_order():
    first = a_post(state=State.RETURNED)
    second = replace(first, version=2, state=State.SUBMITTED)

    assert a_sight(MEMBER, second, first).versions(first.post_id) == (first, second)


@pytest.mark.parametrize("name", ["", "nothing", "\ud800", "a" * 9_999])
def test_what_is_not_there_and_what_may_not_be_seen_are_told_alike(name):
    post = a_post(author=PersonId("pc-other"))
    errors = []
    for post_id in (name, post.post_id):
        with pytest.raises(NotFoundError) as told:
            a_sight(STRANGER, post).versions(post_id)
        errors.append(type(told.value))

    assert errors == [NotFoundError, NotFoundError]


def test_who_sent_a_post_back_and_why_is_shown_to_its_author():
    post = a_post(state=State.RETURNED)
    ruling = Ruling(Decision.RETURN, PersonId("comms-ray"), NOW, Way.LINK, "Say where.")
    approval = replace(an_approval(post), state=ApprovalState.DECIDED, ruling=ruling)

    note = a_sight(MEMBER, post, approval).why_returned(post)

    assert note == ReturnedNote("Comms Ray", NOW, "Say where.")


@pytest.mark.parametrize("state", [state for state in State if state is not State.RETURNED])
def test_what_was_not_sent_back_has_no_such_note(state):
    post = a_post(state=state)

    assert a_sight(MEMBER, post).why_returned(post) is None
