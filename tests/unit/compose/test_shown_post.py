"""The page of one post: what is on record, to the letter, and what the post waits for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose.shown_post import Life, people_of, post_view
from shared.accounts.registry import PersonStatus
from shared.pages.author_views import HoldView
from shared.pages.render import render
from shared.posts.correction import Correction
from shared.posts.life import Outcome, State, Urgency, UrgentReview
from shared.posts.names import PersonId, PlatformName
from shared.records.approval import ApprovalState
from shared.records.hold import Why, new_hold
from shared.records.publication import KeptReceipt, Publication
from shared.records.replacing import Standing
from tests.builders import (
    NOW,
    a_person,
    a_picture,
    a_post,
    an_account,
    an_approval,
    an_approver,
)

ACCOUNT, AUTHOR = an_account(), a_person()
PEOPLE = {AUTHOR.person_id: AUTHOR}
EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
LATER = NOW + timedelta(days=1)


def a_publication(post, platform="sandbox", **changes):
    return Publication(
        **{
            "post_id": post.post_id,
            "version": 1,
            "platform": PlatformName(platform),
            "account": post.draft.account,
            "content_hash": post.content_hash,
            "state": Outcome.PENDING,
            "key": "KEY",
            "request": {},
            "attempts": 1,
            "claimed_at": NOW,
            "attempted_at": NOW,
            **changes,
        }
    )


def a_view(*versions, approval=None, hold=None, reader=AUTHOR, publications=(), people=PEOPLE):
    standing = Standing(versions[-1], approval, hold)
    return post_view(Life(versions, standing, ACCOUNT, people, tuple(publications)), reader)


def a_hold(post, why=Why.LATE, **changes):
    hold = new_hold(post, why, at=NOW, ends_at=LATER, task_token="token")
    return replace(hold, **changes)


@pytest.mark.parametrize("state", State)
def test_a_posts_page_shows_its_words_to_the_letter_in_every_state(state):
    post = a_post(EXACT, state=state, reason="Because.", media=(a_picture("A lorry."),))

    view = a_view(post)

    assert (view.text, view.state, view.reason) == (EXACT, state, "Because.")
    assert (view.author, view.account_title) == ("Pc Okafor", ACCOUNT.title)
    assert (view.content_hash, view.policy_version) == (post.content_hash, post.policy_version)
    assert [(media.alt, media.address) for media in view.media] == [("A lorry.", None)]


def test_older_versions_are_history_each_under_its_own_authors_name():
    other = a_person("pc-other")
    first = a_post(state=State.RETURNED, author=other.person_id, reason="Say where.")
    second = replace(first, version=2, author=AUTHOR.person_id, state=State.SUBMITTED, reason=None)

    view = a_view(first, second, people={**PEOPLE, other.person_id: other})

    assert (view.version, view.author, view.reason) == (2, "Pc Okafor", None)
    (line,) = view.history
    assert (line.who, line.reason, line.what) == ("Pc Other", "Say where.", "Version 1: returned.")


def test_the_page_tells_what_changed_since_the_version_before():
    first = a_post("The road is shut.", state=State.SUPERSEDED)
    second = replace(first, version=2, draft=replace(first.draft, text="The road is open."))

    view = a_view(first, second)

    assert view.changed.version == 1
    ((what, steps),) = view.changed.texts
    assert what == "The words"
    assert [(each.kind.value, each.text) for each in steps] == [
        ("same", "The road is "),
        ("gone", "shut."),
        ("new", "open."),
    ]
    assert a_view(first).changed is None
    assert a_view(first, replace(first, version=2)).changed is None


def test_somebody_the_registry_does_not_know_is_named_by_their_key():
    assert a_view(a_post(author=PersonId("p-gone")), people={}).author == "p-gone"


def test_every_target_says_what_became_of_it():
    post = a_post(platforms=("sandbox", "x"))
    receipt = KeptReceipt("id", "https://sandbox.example/1", "Open.")
    sent = a_publication(post, state=Outcome.SENT, receipt=receipt)
    failed = a_publication(post, "x", state=Outcome.FAILED, reason="Not here.")

    sandbox, x = a_view(post, publications=[sent, failed]).targets

    assert (sandbox.handle, sandbox.url) == ("riverside.force.example", receipt.url)
    assert (sandbox.outcome, sandbox.note) == (Outcome.SENT, "")
    assert (x.handle, x.url) == (ACCOUNT.title, None), "it has no voice there any more"
    assert (x.outcome, x.note) == (Outcome.FAILED, "Not here.")


def test_a_target_nothing_was_sent_to_says_nothing():
    (target,) = a_view(a_post()).targets

    assert (target.outcome, target.url, target.note) == (None, None, "")


# ── what it waits for ────────────────────────────────────────────────────────


def test_a_post_that_waits_says_whose_decision_it_waits_for_and_until_when():
    post = a_post(state=State.AWAITING_APPROVAL)
    ray = an_approver()

    view = a_view(post, approval=an_approval(post), people={**PEOPLE, ray.person_id: ray})

    assert view.asked == ("Comms Ray",)
    assert view.approval_expires_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize("state", sorted(set(State) - {State.AWAITING_APPROVAL}))
def test_what_was_asked_once_is_not_asked_any_more(state):
    post = a_post(state=state)
    approval = replace(an_approval(post), state=ApprovalState.DECIDED)

    view = a_view(post, approval=approval)

    assert (view.asked, view.approval_expires_at) == ((), None)
    assert people_of((post,), Standing(post, approval)) == {"pc-okafor"}


def test_a_post_that_comes_late_is_its_authors_to_confirm():
    post = a_post(state=State.HELD)

    view = a_view(post, hold=a_hold(post))

    assert view.hold == HoldView(
        "It was cleared too late to go out unseen. Its author or communications say whether it "
        "still should.",
        NOW,
        LATER,
        f"/held/{post.post_id}-1",
    )
    page = render("post", view, csrf="t")
    assert "Still send it, or take it back" in page
    assert f'href="/held/{post.post_id}-1"' in page


def test_a_post_that_an_incident_holds_is_the_centres_to_review():
    post = a_post(state=State.HELD)
    hold = a_hold(post, Why.INCIDENT)

    assert "critical incident" in a_view(post, hold=hold).hold.sentence
    assert a_view(post, hold=hold).hold.address is None
    assert a_view(post, hold=hold, reader=an_approver()).hold.address == f"/held/{post.post_id}-1"


def test_an_older_hold_says_nothing_any_more():
    post = a_post(state=State.PUBLISHED)

    assert a_view(post, hold=a_hold(post, over=True)).hold is None


def test_what_nobody_knows_leads_the_centre_to_where_it_is_settled_and_nobody_else():
    post = a_post(state=State.UNCERTAIN)
    address = f"/uncertain/{post.post_id}/1/{post.draft.platforms[0]}"

    view = a_view(post, reader=an_approver())

    assert view.targets[0].settle == address
    assert f'href="{address}"' in render("post", view, csrf="t")
    assert a_view(post).targets[0].settle is None
    assert a_view(a_post(state=State.RELEASED), reader=an_approver()).targets[0].settle is None


# ── what its reader may do ───────────────────────────────────────────────────

WAITING = {State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.HELD}
BACK = {State.BLOCKED, State.RETURNED, State.EXPIRED, State.REFUSED, State.WITHDRAWN}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("reader", "theirs"),
    [
        (AUTHOR, True),
        (an_approver(), True),
        (a_person("pc-else"), False),
        (an_approver(status=PersonStatus.AWAY), False),
    ],
)
def test_what_waits_is_its_authors_and_the_centres_to_change_or_take_back(state, reader, theirs):
    post = a_post(state=state)

    view = a_view(post, reader=reader)

    assert view.may_withdraw is (theirs and state in WAITING)
    assert view.may_change is (theirs and state in WAITING | BACK)
    assert ("Take it back" in render("post", view, csrf="t")) is view.may_withdraw


def test_what_is_partly_out_already_is_nobodys_to_take_back_here():
    post = a_post(state=State.HELD)

    view = a_view(post, hold=a_hold(post, partly=True))

    assert (view.may_change, view.may_withdraw) == (False, False)


# ── how soon, until when, and without whom ───────────────────────────────────


def test_an_embargo_and_the_urgency_are_told():
    post = a_post(not_before=LATER, embargo=True, urgency=Urgency.ROUTINE)

    page = render("post", a_view(post), csrf="t")

    assert "under embargo until then" in page
    assert "Routine: an answer in working hours" in page


def test_who_changed_the_words_last_is_named():
    ray = an_approver()
    post = a_post(editor=ray.person_id)

    view = a_view(post, people={**PEOPLE, ray.person_id: ray})

    assert (view.author, view.editor) == ("Pc Okafor", "Comms Ray")
    assert people_of((post,), Standing(post)) == {"pc-okafor", "comms-ray"}


def test_a_post_that_did_not_wait_says_why_and_until_when_somebody_looks_at_it():
    friday = a_post(state=State.PUBLISHED, urgent_reason="The bridge is down.")

    view = a_view(friday)

    assert view.urgent.reason == "The bridge is down."
    assert f"{view.urgent.due:%A %H:%M}" == "Monday 17:00"


def test_once_somebody_has_looked_the_page_tells_who_and_what_they_said():
    ray = an_approver()
    review = UrgentReview(ray.person_id, LATER, "Rightly so.")
    post = a_post(state=State.PUBLISHED, urgent_reason="Bridge.", urgent_review=review)

    view = a_view(post, people={**PEOPLE, ray.person_id: ray})

    said = view.urgent.review
    assert (said.who, said.at, said.reason, view.urgent.due) == (
        "Comms Ray",
        LATER,
        "Rightly so.",
        None,
    )


def test_what_never_left_the_house_is_not_looked_at_afterwards():
    post = a_post(state=State.WITHDRAWN, urgent_reason="Bridge.")

    assert a_view(post).urgent.due is None


def test_what_ends_an_appeal_puts_nothing_right():
    wrong = a_post()
    right = Correction(wrong.post_id, 1, "The wrong road.")

    corrects = a_view(a_post(correction=right))
    closes = a_view(a_post(correction=replace(right, appeal=wrong.post_id)))

    assert corrects.righted.corrects == wrong.post_id
    assert closes.righted.corrects is None
