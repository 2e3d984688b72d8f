"""A draft becomes a submission or comes back with findings; on record either way, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.errors import MayNotChangeError, MayNotPostError, NotReplaceableError
from compose.reading import Wanted
from compose.submit import submit
from compose.versions import MENDABLE
from shared.accounts.registry import AccountStatus, PersonStatus
from shared.conductor.executions import ExecutionOverError, NoAnswerError
from shared.posts.content import content_hash
from shared.posts.errors import InvalidDraftError
from shared.posts.life import ENDINGS, State
from shared.records.errors import AlreadyExistsError, KeyReusedError, NotFoundError
from tests.builders import NOW, a_draft, a_person, a_post, a_post_id, an_account, an_approver
from tests.unit.compose.desks import a_desk
from tests.unit.policy.candidates import PACK

AUTHOR, ACCOUNT = a_person(), an_account()
BLOCKED = "Open again! #a #b #c #d #e #f"
BACK_WITH_THE_AUTHOR = {
    State.BLOCKED,
    State.RETURNED,
    State.EXPIRED,
    State.REFUSED,
    State.WITHDRAWN,
}
WAITING = {State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.HELD}


def send(desk, text="The road is open again.", *, author=AUTHOR, account=ACCOUNT, **wanted):
    draft = wanted.pop("draft", None) or a_draft(text)
    return submit(Wanted(draft, **wanted), author, account, desk, post_id=a_post_id(), now=NOW)


def test_a_clean_draft_is_on_record_and_on_its_way():
    ledger, conductor, desk = a_desk()

    post = send(desk)

    assert ledger.posts.get(post.post_id) == post
    assert (post.state, post.version, post.author) == (State.SUBMITTED, 1, "pc-okafor")
    assert post.content_hash == content_hash(post.draft)
    assert post.policy_version == PACK.policy_version
    assert post.submitted_at == NOW
    assert conductor.started == [(post.post_id, 1)]
    assert ledger.happened == ["post.submitted"]
    assert ledger.acts[0].payload["text"] == "The road is open again."
    assert ledger.acts[0].actor == "pc-okafor"


def test_a_draft_that_policy_blocks_is_on_record_with_its_findings_and_goes_nowhere():
    ledger, conductor, desk = a_desk()

    post = send(desk, BLOCKED)

    assert post.state is State.BLOCKED
    assert "too-many-hashtags" in {finding["rule"] for finding in post.findings}
    assert ledger.happened == ["post.blocked"]
    assert ledger.acts[0].payload["findings"] == list(post.findings)
    assert conductor.started == []


def test_a_draft_that_a_person_has_to_read_is_on_its_way_with_its_findings():
    _, conductor, desk = a_desk()

    post = send(desk, "RESTRICTED briefing: the road is open again.")

    assert post.state is State.SUBMITTED
    assert post.findings
    assert conductor.started


@pytest.mark.parametrize(
    ("author", "account"),
    [
        (a_person("pc-else"), ACCOUNT),
        (a_person(status=PersonStatus.SUSPENDED), ACCOUNT),
        (a_person(status=PersonStatus.LEFT), ACCOUNT),
        (AUTHOR, an_account(status=AccountStatus.SUSPENDED)),
        (an_approver(), an_account(status=AccountStatus.CLOSED)),
    ],
)
def test_who_does_not_speak_for_an_account_keeps_nothing_on_record(author, account):
    ledger, conductor, desk = a_desk()

    with pytest.raises(MayNotPostError):
        send(desk, author=author, account=account)
    assert ledger.acts == conductor.started == []


def test_a_draft_that_cannot_be_sent_keeps_nothing_on_record():
    ledger, conductor, desk = a_desk()

    for draft in (a_draft(" "), a_draft(not_before=NOW), a_draft(platforms=("x",))):
        with pytest.raises(InvalidDraftError):
            send(desk, draft=draft)
    assert ledger.acts == conductor.started == []


@pytest.mark.parametrize(
    "fault", [NoAnswerError("No answer."), ExecutionOverError("It has ended.")]
)
def test_what_the_conductor_says_does_not_undo_what_is_on_record(fault):
    ledger, _, desk = a_desk(fault=fault)

    post = send(desk)

    assert ledger.posts.get(post.post_id).state is State.SUBMITTED
    assert ledger.posts.stalled(NOW + timedelta(seconds=31)) == (post,)


# ── the same again ───────────────────────────────────────────────────────────


def test_two_clicks_are_one_submission_and_start_one_publication():
    ledger, conductor, desk = a_desk()

    first, second = send(desk, key="once"), send(desk, key="once")

    assert first == second
    assert set(conductor.started) == {(first.post_id, 1)}
    assert ledger.happened == ["post.submitted"]


def test_a_second_click_is_told_how_the_post_stands_by_now():
    ledger, conductor, desk = a_desk()
    first = send(desk, key="once")
    ledger.keep(replace(first, state=State.PUBLISHED))

    assert send(desk, key="once").state is State.PUBLISHED
    assert len(conductor.started) == 1


def test_a_key_is_the_authors_own_and_for_one_thing():
    _, _, desk = a_desk()
    first = send(desk, key="once")

    with pytest.raises(KeyReusedError):
        send(desk, "Something else.", key="once")
    assert send(desk, key="once", author=an_approver()).post_id != first.post_id


def test_the_same_words_without_a_key_are_two_posts():
    _, conductor, desk = a_desk()

    assert send(desk).post_id != send(desk).post_id
    assert len(conductor.started) == 2


# ── newer versions ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", sorted(BACK_WITH_THE_AUTHOR))
def test_what_came_back_can_be_sent_as_a_new_version_of_the_same_post(state):
    old = a_post(state=state)
    ledger, conductor, desk = a_desk(old)

    post = send(desk, "Mended.", replaces=(old.post_id, 1))

    assert (post.post_id, post.version) == (old.post_id, 2)
    assert ledger.posts.get(old.post_id, 1) == old
    assert conductor.started == [(old.post_id, 2)]
    assert ledger.acts[0].subject == f"post:{old.post_id}@v2"


@pytest.mark.parametrize(
    "state", sorted(set(State) - BACK_WITH_THE_AUTHOR - WAITING - {State.SUPERSEDED})
)
def test_what_is_going_out_or_is_out_cannot_be_replaced(state):
    old = a_post(state=state)
    ledger, _, desk = a_desk(old)

    with pytest.raises(NotReplaceableError, match=state.value):
        send(desk, "Mended.", replaces=(old.post_id, 1))
    assert ledger.acts == []


def test_what_came_back_is_an_ending_and_the_page_says_the_same():
    assert MENDABLE == BACK_WITH_THE_AUTHOR
    assert BACK_WITH_THE_AUTHOR <= ENDINGS


def test_a_new_version_speaks_for_the_account_of_the_old_one():
    old = a_post(state=State.RETURNED, account="another")
    _, _, desk = a_desk(old)

    with pytest.raises(NotReplaceableError, match="same account"):
        send(desk, replaces=(old.post_id, 1))


def test_a_version_that_was_replaced_before_is_not_replaced_twice():
    old = a_post(state=State.RETURNED)
    _, _, desk = a_desk(old)
    send(desk, "First.", replaces=(old.post_id, 1))

    with pytest.raises(AlreadyExistsError):
        send(desk, "Second.", replaces=(old.post_id, 1))


def test_two_clicks_on_a_new_version_are_one_version():
    old = a_post(state=State.RETURNED)
    _, _, desk = a_desk(old)

    sent = [send(desk, "Mended.", replaces=(old.post_id, 1), key="once") for _ in range(2)]

    assert sent[0] == sent[1]


def test_a_colleague_of_the_team_does_not_change_somebody_elses_post():
    old = a_post(state=State.RETURNED, author="pc-else")
    ledger, _, desk = a_desk(old)

    with pytest.raises(MayNotChangeError, match="one of your own"):
        send(desk, "Mended.", replaces=(old.post_id, 1))
    assert ledger.acts == []


def test_what_the_centre_changes_stays_its_authors_and_says_who_changed_it():
    old = a_post(state=State.RETURNED)
    ledger, _, desk = a_desk(old, AUTHOR)

    post = send(desk, "Mended.", author=an_approver(), replaces=(old.post_id, 1))

    assert (post.author, post.editor) == ("pc-okafor", "comms-ray")
    assert ledger.acts[0].actor == "comms-ray"


def test_what_the_centre_changes_is_judged_by_what_its_author_may_say():
    words = "Read more at https://elsewhere.example/news"
    old = a_post(state=State.RETURNED)
    _, _, desk = a_desk(old, AUTHOR)
    _, _, another = a_desk()

    theirs = send(desk, words, author=an_approver(), replaces=(old.post_id, 1))

    assert theirs.findings == send(another, words).findings


def test_what_somebody_wrote_who_may_not_post_any_more_becomes_the_centres_own():
    gone = a_person(status=PersonStatus.LEFT)
    old = a_post(state=State.RETURNED)
    _, _, desk = a_desk(old, gone)

    post = send(desk, "Mended.", author=an_approver(), replaces=(old.post_id, 1))

    assert (post.author, post.editor) == ("comms-ray", None)


def test_a_version_nobody_wrote_cannot_be_replaced():
    _, _, desk = a_desk()

    with pytest.raises(NotFoundError):
        send(desk, replaces=(a_post_id(), 1))
