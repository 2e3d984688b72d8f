"""Publications: claimed before anything leaves, settled when known, tried by one at a time."""

from datetime import timedelta

import pytest

from shared.platforms.base import Frozen, Receipt
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName, PostId
from shared.records.errors import (
    AlreadyClaimedError,
    BoardMovedError,
    NotFoundError,
    PublicationMovedError,
    TakenError,
    TooLargeError,
)
from shared.records.incidents import Incidents
from shared.records.outbox import Outbox
from shared.records.publication import MAY_FOLLOW, KeptReceipt
from shared.records.publications import Publications, nothing_sent
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, a_post, an_act, an_incident

RECEIPT = Receipt("at://did/post/1", "https://sandbox.example/1", "The road is open again.", "cid")


def a_frozen(platform="sandbox", **request):
    body = {"text": "The road is open again.", "b": 1, "a": [1.5, None, {"ü": "👮🏽‍♀️"}], **request}
    return Frozen(PlatformName(platform), "01ARZ3NDEKTSV4RRFFQ69G5FAV", body)


@pytest.fixture
def publications(store):
    return Publications(store, a_pen())


class TestClaiming:
    def test_a_claim_is_read_back_as_it_was(self, publications):
        post = a_post()

        claimed = publications.claim(post, a_frozen(), an_act("publication.claimed"))

        assert publications.get(post.post_id, 1, PlatformName("sandbox")) == claimed
        assert (claimed.state, claimed.attempts) == (Outcome.PENDING, 1)
        assert claimed.content_hash == post.content_hash

    def test_a_frozen_request_keeps_the_order_of_its_keys(self, publications):
        post = a_post()
        frozen = a_frozen()

        publications.claim(post, frozen, an_act())

        found = publications.get(post.post_id, 1, PlatformName("sandbox")).request
        assert repr(found) == repr(frozen.request)

    def test_a_claim_and_its_leaf_are_one_call(self, publications, store, calls):
        publications.claim(a_post(), a_frozen(), an_act())

        assert calls == ["TransactWriteItems"]
        assert len(Outbox(store).pending(10)) == 1

    def test_the_second_claim_is_shown_the_first(self, publications, store):
        post = a_post()
        first = publications.claim(post, a_frozen(), an_act())

        with pytest.raises(AlreadyClaimedError) as refused:
            publications.claim(post, a_frozen(text="Other words."), an_act())

        assert refused.value.publication == first
        assert len(Outbox(store).pending(10)) == 1

    def test_each_platform_and_each_version_is_claimed_apart(self, publications):
        post = a_post()
        for platform in ("sandbox", "bluesky"):
            publications.claim(post, a_frozen(platform), an_act())
        publications.claim(a_post(post_id=post.post_id, version=2), a_frozen(), an_act())

        targets = publications.of(post.post_id, 1)

        assert [target.platform for target in targets] == ["bluesky", "sandbox"]

    def test_a_request_beyond_400_kb_is_refused_before_anything_is_asked(self, publications, calls):
        with pytest.raises(TooLargeError):
            publications.claim(a_post(), a_frozen(blob="x" * 500_000), an_act())

        assert calls == []


class TestSettling:
    def test_a_sent_publication_keeps_its_receipt(self, publications):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())

        sent = publications.settle(claimed, Outcome.SENT, an_act(), receipt=RECEIPT)

        assert publications.of(post.post_id, 1) == (sent,)
        assert sent.receipt == KeptReceipt(
            RECEIPT.platform_id, RECEIPT.url, RECEIPT.text, RECEIPT.proof
        )
        assert sent.settled_at == NOW

    @pytest.mark.parametrize("outcome", [Outcome.UNCERTAIN, Outcome.FAILED])
    def test_what_was_not_sent_keeps_its_reason(self, publications, outcome):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())

        publications.settle(claimed, outcome, an_act(), reason="The platform said no.")

        found = publications.get(post.post_id, 1, PlatformName("sandbox"))
        assert (found.state, found.reason) == (outcome, "The platform said no.")
        assert found.receipt is None

    def test_an_uncertain_publication_is_settled_by_reading_back(self, publications):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        uncertain = publications.settle(claimed, Outcome.UNCERTAIN, an_act(), reason="time-out")

        sent = publications.settle(uncertain, Outcome.SENT, an_act(), receipt=RECEIPT)

        assert (sent.state, sent.reason) == (Outcome.SENT, None)

    def test_a_withdrawn_publication_still_has_its_receipt(self, publications):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())
        sent = publications.settle(claimed, Outcome.SENT, an_act(), receipt=RECEIPT)

        withdrawn = publications.settle(sent, Outcome.WITHDRAWN, an_act())

        assert publications.of(post.post_id, 1) == (withdrawn,)
        assert withdrawn.receipt == sent.receipt

    def test_what_the_platform_named_is_kept_until_it_is_read_back(self, publications):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())

        publications.settle(claimed, Outcome.UNCERTAIN, an_act(), reason="?", named="at://did/1")

        found = publications.get(post.post_id, 1, PlatformName("sandbox"))
        assert (found.named, found.receipt) == ("at://did/1", None)

    def test_a_post_on_a_platform_is_one_publication_s_and_no_other_s(self, publications, store):
        first, second = (publications.claim(a_post(), a_frozen(), an_act()) for _ in range(2))
        publications.settle(first, Outcome.SENT, an_act(), receipt=RECEIPT)

        with pytest.raises(TakenError) as refused:
            publications.settle(second, Outcome.SENT, an_act(), receipt=RECEIPT)

        assert refused.value.platform_id == RECEIPT.platform_id
        assert publications.get(second.post_id, 1, second.platform) == second
        assert len(Outbox(store).pending(10)) == 3

    def test_what_was_named_is_nobody_else_s_unless_it_is_disputed(self, publications):
        first, second = (publications.claim(a_post(), a_frozen(), an_act()) for _ in range(2))
        uncertain = {"reason": "?", "named": "at://did/2"}
        publications.settle(first, Outcome.UNCERTAIN, an_act(), **uncertain)

        with pytest.raises(TakenError):
            publications.settle(second, Outcome.UNCERTAIN, an_act(), **uncertain)
        kept = publications.settle(second, Outcome.UNCERTAIN, an_act(), **uncertain, disputed=True)

        assert kept.named == "at://did/2"

    def test_the_same_id_on_another_account_is_another_post(self, publications):
        posts = (a_post(), a_post(account="hilltop"))
        claims = [publications.claim(post, a_frozen(), an_act()) for post in posts]

        for claim in claims:
            publications.settle(claim, Outcome.SENT, an_act(), receipt=RECEIPT)

        assert {claim.account for claim in claims} == {"riverside", "hilltop"}

    def test_a_publication_may_prove_its_own_post_again(self, publications):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        uncertain = publications.settle(claimed, Outcome.UNCERTAIN, an_act(), receipt=RECEIPT)

        sent = publications.settle(uncertain, Outcome.SENT, an_act(), receipt=RECEIPT)

        assert sent.state is Outcome.SENT

    @pytest.mark.parametrize("state", [Outcome.SENT, Outcome.FAILED, Outcome.WITHDRAWN])
    @pytest.mark.parametrize("to", [Outcome.PENDING, Outcome.UNCERTAIN, Outcome.FAILED])
    def test_nothing_unsettles_what_is_settled(self, state, to):
        assert to not in MAY_FOLLOW[state]

    def test_an_unlawful_step_is_refused_before_anything_is_asked(self, publications, calls):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        sent = publications.settle(claimed, Outcome.SENT, an_act(), receipt=RECEIPT)
        calls.clear()

        with pytest.raises(UnlawfulStepError):
            publications.settle(sent, Outcome.FAILED, an_act())

        assert calls == []

    def test_two_outcomes_of_one_attempt_cannot_both_stand(self, publications, store):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())
        publications.settle(claimed, Outcome.SENT, an_act(), receipt=RECEIPT)

        with pytest.raises(PublicationMovedError) as refused:
            publications.settle(claimed, Outcome.FAILED, an_act())

        assert refused.value.found.state is Outcome.SENT
        assert len(Outbox(store).pending(10)) == 2

    def test_what_was_never_claimed_cannot_be_settled(self, publications):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        stranger = claimed.__class__(**{**vars(claimed), "post_id": PostId("nobody")})

        with pytest.raises(NotFoundError):
            publications.settle(stranger, Outcome.SENT, an_act(), receipt=RECEIPT)


class TestTryingAgain:
    @pytest.mark.parametrize("outcome", [None, Outcome.UNCERTAIN])
    def test_a_further_attempt_is_counted(self, publications, outcome):
        post = a_post()
        publication = publications.claim(post, a_frozen(), an_act())
        if outcome:
            publication = publications.settle(publication, outcome, an_act(), reason="time-out")

        again = publications.attempt(publication, an_act(at=NOW + timedelta(minutes=1)))

        assert publications.of(post.post_id, 1) == (again,)
        assert (again.state, again.attempts) == (Outcome.PENDING, 2)
        assert (again.settled_at, again.reason) == (None, None)

    def test_only_one_of_two_workers_tries_again(self, publications):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        publications.attempt(claimed, an_act())

        with pytest.raises(PublicationMovedError) as refused:
            publications.attempt(claimed, an_act())

        assert refused.value.found.attempts == 2

    @pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.FAILED])
    def test_what_is_settled_is_not_tried_again(self, publications, outcome):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        settled = publications.settle(claimed, outcome, an_act(), receipt=RECEIPT)

        with pytest.raises(UnlawfulStepError):
            publications.attempt(settled, an_act())


@pytest.mark.parametrize("post_id", ["", "x" * 5000, "\ud83d", "nobody"])
def test_a_post_that_cannot_exist_has_no_targets(publications, post_id):
    assert publications.of(PostId(post_id), 1) == ()


class TestTheGate:
    @pytest.fixture
    def declared(self, store):
        """Declare an incident; the generation of the board before it."""

        def declared():
            incidents = Incidents(store, a_pen())
            before = incidents.board().generation
            incidents.declare(an_incident(f"01INCIDENT-{before}", area=str(before)), an_act())
            return before

        return declared

    def test_a_claim_by_the_board_of_now_passes(self, publications, declared):
        before = declared()

        claimed = publications.claim(a_post(), a_frozen(), an_act(), generation=before + 1)

        assert claimed.state is Outcome.PENDING

    @pytest.mark.parametrize("behind", [0, -1])
    def test_no_claim_follows_a_declaration_it_was_not_judged_by(
        self, publications, store, declared, behind
    ):
        post, before = a_post(), declared()

        with pytest.raises(BoardMovedError):
            publications.claim(post, a_frozen(), an_act(), generation=before + behind)

        assert publications.of(post.post_id, 1) == ()

    def test_a_claim_that_names_no_board_passes_only_before_the_first_incident(
        self, publications, declared
    ):
        publications.claim(a_post(), a_frozen(), an_act())
        declared()

        with pytest.raises(BoardMovedError):
            publications.claim(a_post(), a_frozen(), an_act())

    def test_whoever_comes_second_is_shown_the_claim_whatever_the_board(
        self, publications, declared
    ):
        post = a_post()
        first = publications.claim(post, a_frozen(), an_act())
        declared()

        with pytest.raises(AlreadyClaimedError) as refused:
            publications.claim(post, a_frozen(), an_act())
        assert refused.value.publication == first

    def test_no_further_attempt_follows_a_declaration_either(self, publications, declared):
        post = a_post()
        claimed = publications.claim(post, a_frozen(), an_act())
        before = declared()

        with pytest.raises(BoardMovedError):
            publications.attempt(claimed, an_act(), generation=before)
        assert publications.get(post.post_id, 1, claimed.platform).attempts == 1

        again = publications.attempt(claimed, an_act(), generation=before + 1)
        assert again.attempts == 2

    def test_what_is_known_is_settled_whatever_the_board(self, publications, declared):
        claimed = publications.claim(a_post(), a_frozen(), an_act())
        declared()

        assert publications.settle(claimed, Outcome.HELD, an_act()).state is Outcome.HELD

    def test_a_claim_and_its_gate_are_one_call(self, publications, calls):
        publications.claim(a_post(), a_frozen(), an_act())

        assert calls == ["TransactWriteItems"]


class TestNothingSent:
    @pytest.mark.parametrize("so", [{"state": State.HELD}, {"reviewed_at": NOW}])
    def test_what_was_held_before_is_taken_back_only_if_nothing_was_claimed(
        self, publications, store, so
    ):
        post = a_post(**so)
        commit(store.connection, nothing_sent(store, post))
        claimed = publications.claim(post, a_frozen(), an_act())

        with pytest.raises(AlreadyClaimedError) as refused:
            commit(store.connection, nothing_sent(store, post))
        assert refused.value.publication == claimed

    def test_what_never_was_held_needs_no_question(self, store):
        assert nothing_sent(store, a_post(state=State.CLEARED)) == []
