"""Eight at once: one wins, seven are told, and what they left behind is one act."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from shared.posts.life import Outcome, State
from shared.posts.names import PersonId
from shared.records.approval import LEADS_TO, Decision
from shared.records.approvals import Approvals
from shared.records.errors import (
    AlreadyClaimedError,
    AlreadyDecidedError,
    AlreadyExistsError,
    DeadLinkError,
    HeadMovedError,
    PostMovedError,
    PublicationMovedError,
)
from shared.records.links import Links
from shared.records.loghead import LogHeads
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from shared.records.publications import Publications
from tests.builders import a_link, a_pen, a_post, a_round, an_act
from tests.records.test_approvals import a_ruling
from tests.records.test_log import FIRST
from tests.records.test_publications import a_frozen

EIGHT = 8


def at_once(act: Callable[[int], object]) -> tuple[list[object], list[Exception]]:
    """What eight threads that act together get back, and what they are refused with."""
    start = Barrier(EIGHT)

    def run(number: int) -> object:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(EIGHT) as pool:
        tries = [pool.submit(run, number) for number in range(EIGHT)]
    refusals = [error for error in (one.exception() for one in tries) if error]
    return [one.result() for one in tries if one.exception() is None], refusals


def leaves(store):
    return len(Outbox(store).pending(100))


class TestAtOnce:
    def test_one_of_eight_claims_a_target(self, store):
        publications, post = Publications(store, a_pen()), a_post()

        won, refused = at_once(lambda n: publications.claim(post, a_frozen(n=n), an_act()))

        assert len(won) == 1
        assert {type(error) for error in refused} == {AlreadyClaimedError}
        assert all(error.publication == won[0] for error in refused)
        assert leaves(store) == 1

    def test_one_of_eight_decides_and_the_others_are_told_who(self, store):
        posts, approvals = Posts(store, a_pen()), Approvals(store, a_pen())
        post = posts.submit(a_post(state=State.AWAITING_APPROVAL), an_act())
        opened = approvals.open(post, a_round(), an_act())

        def decide(number):
            decision = (Decision.APPROVE, Decision.REJECT)[number % 2]
            ruling = a_ruling(decision, by=PersonId(f"comms-{number}"))
            return approvals.decide(post, opened, ruling, an_act())

        won, refused = at_once(decide)

        (decided,) = won
        assert {type(error) for error in refused} == {AlreadyDecidedError}
        assert {error.by for error in refused} == {decided.ruling.by}
        assert approvals.get(post.post_id, 1) == decided
        assert posts.get(post.post_id).state is LEADS_TO[decided.ruling.decision]
        assert leaves(store) == 3

    def test_one_of_eight_moves_a_post(self, store):
        posts = Posts(store, a_pen())
        post = posts.submit(a_post(), an_act())
        ways = (State.CLEARED, State.BLOCKED, State.AWAITING_APPROVAL, State.FAILED)

        won, refused = at_once(lambda n: posts.move(post, ways[n % 4], an_act()))

        assert {type(error) for error in refused} == {PostMovedError}
        assert won == [posts.get(post.post_id)]
        assert leaves(store) == 2

    def test_one_of_eight_keeps_a_version(self, store):
        posts, post = Posts(store, a_pen()), a_post()

        won, refused = at_once(lambda _: posts.submit(post, an_act()))

        assert len(won) == 1
        assert {type(error) for error in refused} == {AlreadyExistsError}
        assert leaves(store) == 1

    def test_eight_submissions_with_one_key_are_one_post(self, store):
        posts = Posts(store, a_pen())

        won, refused = at_once(lambda _: posts.submit(a_post(), an_act(), "key-1"))

        assert refused == []
        assert len({post.post_id for post in won}) == 1
        assert leaves(store) == 1

    def test_one_of_eight_settles_and_one_tries_again(self, store):
        publications, post = Publications(store, a_pen()), a_post()
        claimed = publications.claim(post, a_frozen(), an_act())

        def go_on(number):
            if number % 2:
                return publications.attempt(claimed, an_act())
            return publications.settle(claimed, Outcome.FAILED, an_act(), reason="no")

        won, refused = at_once(go_on)

        assert {type(error) for error in refused} == {PublicationMovedError}
        assert tuple(won) == publications.of(post.post_id, 1)
        assert leaves(store) == 2

    def test_eight_wrong_codes_are_five_and_then_nothing(self, store):
        post = Posts(store, a_pen()).submit(a_post(state=State.AWAITING_APPROVAL), an_act())
        link = a_link(post, "one")
        Approvals(store, a_pen()).open(post, a_round(links=(link,)), an_act())
        links = Links(store)

        counted, refused = at_once(lambda _: links.wrong_code(link))

        assert sorted(link.wrong_codes for link in counted) == [1, 2, 3, 4, 5]
        assert [type(error) for error in refused] == [DeadLinkError] * 3
        assert links.find("one").void

    def test_one_of_eight_sequencers_moves_the_head(self, store):
        heads = LogHeads(store)
        heads.swap(None, FIRST)

        def swap(number):
            new = replace(FIRST, size=2, root=bytes([number]) * 32)
            heads.swap(FIRST, new)
            return new

        won, refused = at_once(swap)

        assert won == [heads.get(FIRST.origin)]
        assert {type(error) for error in refused} == {HeadMovedError}

    def test_eight_acts_on_eight_posts_all_happen(self, store):
        posts = Posts(store, a_pen())

        won, refused = at_once(lambda _: posts.submit(a_post(), an_act()))

        assert refused == []
        assert [posts.get(post.post_id) for post in won] == won
        assert leaves(store) == EIGHT
