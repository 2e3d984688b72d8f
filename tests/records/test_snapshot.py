"""Several nouns in one call."""

import pytest

from shared.accounts.incident import NO_INCIDENTS
from shared.policy.proposal import Proposal
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.errors import NotFoundError
from shared.records.incidents import Incidents
from shared.records.people import People
from shared.records.policies import IN_USE, entry_of
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots
from tests.builders import (
    NOW,
    a_pen,
    a_person,
    a_post,
    a_round,
    an_account,
    an_act,
    an_approver,
    an_incident,
)
from tests.records.test_publications import a_frozen

SANDBOX = PlatformName("sandbox")
A_PROPOSAL = Proposal("ab" * 32, "{}", "2026-11", PersonId("comms-ray"), NOW, "It was time.")


@pytest.fixture
def told(store):
    post = Posts(store, a_pen()).submit(a_post(state=State.AWAITING_APPROVAL), an_act())
    approval = Approvals(store, a_pen()).open(post, a_round(), an_act())
    Accounts(store, a_pen()).enter(an_account(), an_act())
    for person in (a_person(), an_approver()):
        People(store, a_pen()).enter(person, an_act())
    publication = Publications(store, a_pen()).claim(post, a_frozen(), an_act())
    return post, approval, publication


class TestSnapshot:
    def test_five_nouns_are_one_call(self, store, told, calls):
        post, approval, publication = told

        seen = Snapshots(store).read(
            posts=[(post.post_id, 1)],
            approvals=[(post.post_id, 1)],
            accounts=[AccountId("riverside")],
            people=[PersonId("pc-okafor"), PersonId("comms-ray")],
            publications=[(post.post_id, 1, SANDBOX)],
        )

        assert seen.post(post.post_id, 1) == post
        assert seen.approval(post.post_id, 1) == approval
        assert seen.account(AccountId("riverside")) == an_account()
        assert seen.person(PersonId("comms-ray")) == an_approver()
        assert seen.publications == {(post.post_id, 1, SANDBOX): publication}
        assert calls == ["BatchGetItem"]

    @pytest.mark.usefixtures("told")
    def test_what_is_not_there_is_not_found(self, store, calls):
        seen = Snapshots(store).read(
            posts=[(PostId("nobody"), 1), (PostId(""), 1), (PostId("x" * 3000), 1)],
            accounts=[AccountId("nobody")],
            people=[PersonId("\ud83d")],
        )

        for ask in (
            lambda: seen.post(PostId("nobody"), 1),
            lambda: seen.approval(PostId("nobody"), 1),
            lambda: seen.account(AccountId("nobody")),
            lambda: seen.person(PersonId("\ud83d")),
        ):
            with pytest.raises(NotFoundError):
                ask()
        assert calls == ["BatchGetItem"]

    @pytest.mark.usefixtures("told")
    def test_the_same_row_may_be_asked_for_twice(self, store):
        seen = Snapshots(store).read(people=[PersonId("pc-okafor")] * 3)

        assert seen.people == {PersonId("pc-okafor"): a_person()}

    def test_nothing_asked_for_asks_nothing(self, store, calls):
        assert Snapshots(store).read().posts == {}
        assert calls == []

    @pytest.mark.usefixtures("told")
    def test_what_is_known_already_is_not_read_again(self, store, calls):
        snapshots, account = Snapshots(store), AccountId("riverside")
        known = snapshots.read(accounts=[account], people=[PersonId("pc-okafor")])
        calls.clear()

        same = snapshots.complete(known, accounts=[account], people=[PersonId("pc-okafor")])
        more = snapshots.complete(known, accounts=[account], people=[PersonId("comms-ray")])

        assert same == known
        assert more.account(account) == an_account()
        assert more.person(PersonId("comms-ray")) == an_approver()
        assert more.person(PersonId("pc-okafor")) == a_person()
        assert calls == ["BatchGetItem"]

    def test_board_and_policy_in_use_come_with_it(self, store, told, calls):
        incident = Incidents(store, a_pen()).declare(an_incident(), an_act())
        table = store.policies
        table(digest=IN_USE, entry=entry_of(A_PROPOSAL)).save()
        post = told[0]
        calls.clear()

        asked = {"posts": [(post.post_id, 1)]}
        seen = Snapshots(store).read(**asked, board=True, policy=True)

        assert (seen.board.generation, seen.board.incidents) == (1, (incident,))
        assert seen.policy == A_PROPOSAL
        assert calls == ["BatchGetItem"]
        without = Snapshots(store).read(**asked)
        assert (without.board, without.policy) == (NO_INCIDENTS, None)

    def test_targets_that_are_not_known_are_completed_too(self, store, told):
        post, _, publication = told
        target = (post.post_id, 1, SANDBOX)
        known = Snapshots(store).read(posts=[(post.post_id, 1)])

        more = Snapshots(store).complete(known, publications=[target])

        assert more.publications == {target: publication}

    def test_more_than_a_hundred_rows_take_a_second_call(self, store, calls):
        people = People(store, a_pen())
        ids = [PersonId(f"person-{number}") for number in range(101)]
        people.enter(a_person(ids[0]), an_act())
        people.enter(a_person(ids[100]), an_act())
        calls.clear()

        seen = Snapshots(store).read(people=ids)

        assert set(seen.people) == {ids[0], ids[100]}
        assert calls == ["BatchGetItem"] * 2

    def test_more_than_one_answer_can_hold_is_read_in_several(self, store, calls):
        posts = Posts(store, a_pen())
        long = [posts.submit(a_post("x" * 390_000), an_act()) for _ in range(43)]
        calls.clear()

        seen = Snapshots(store).read(posts=[(post.post_id, 1) for post in long])

        assert len(seen.posts) == 43
        assert set(calls) == {"BatchGetItem"}
