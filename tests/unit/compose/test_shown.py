"""What the author's pages are filled with: what is on record, to the letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose import shown
from shared.accounts.registry import Handle, Role
from shared.pages.render import render
from shared.pages.views import CountView, FieldError, FindingView, ReturnedNote, Typed
from shared.policy.check import check
from shared.policy.everyday import Everyday
from shared.posts.life import Outcome, State
from shared.posts.names import PersonId, PlatformName
from shared.records.publication import KeptReceipt, Publication
from tests.builders import NOW, a_person, a_picture, a_post, an_account
from tests.unit.policy.candidates import PACK, a_candidate

ACCOUNT, AUTHOR = an_account(), a_person()
PEOPLE = {AUTHOR.person_id: AUTHOR}
EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
VERDICT = check(a_candidate("#a #b #c #d #e #f"), PACK)


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
            **changes,
        }
    )


def a_view(*versions, publications=(), people=PEOPLE, may_change=False):
    return shown.post_view(versions, ACCOUNT, people, publications, may_change=may_change)


@pytest.mark.parametrize("role", Role)
def test_only_the_centre_is_shown_the_way_to_the_approvals(role):
    viewer = shown.viewer(a_person(role=role), "token")

    assert viewer.may_approve is (role in {Role.COMMS, Role.CORPORATE})
    assert (viewer.name, viewer.leave_token) == ("Pc Okafor", "token")


def test_an_account_is_offered_with_its_voices_and_its_level():
    two = an_account(
        handles=(
            Handle(PlatformName("x"), "@r", "https://x.example"),
            Handle(PlatformName("sandbox"), "@r", "https://s.example"),
        )
    )

    (option,) = shown.options([two])

    assert (option.account_id, option.title) == ("riverside", "Riverside Neighbourhood Team")
    assert (option.platforms, option.level) == (("x", "sandbox"), "neighbourhood")


def test_each_platform_counts_in_its_own_way_and_one_without_a_limit_not_at_all():
    counts = shown.counts("a👮🏽‍♀️", ["x", "bluesky", "nowhere"], PACK)

    assert [(count.platform, count.length) for count in counts] == [("x", 3), ("bluesky", 2)]
    assert all(count.limit for count in counts)


# ── the form ─────────────────────────────────────────────────────────────────

TYPED = Typed(text="Open.", account="riverside", platforms=("bluesky",))


def a_form(**said):
    return shown.new_view(AUTHOR, [ACCOUNT], "submission", PACK, TYPED, **said)


def test_an_empty_form_says_nothing_about_words_that_were_not_checked():
    view = a_form()

    assert (view.outcome, view.findings, view.counts, view.errors) == (None, (), (), ())
    assert (view.typed, view.submission, view.author_role) == (TYPED, "submission", "officer")
    assert not view.everyday


def test_a_checked_form_says_what_kind_of_everyday_post_it_is():
    view = a_form(verdict=VERDICT, kind=Everyday.TRAFFIC)

    assert view.everyday == "Traffic advice"
    assert "Kind of post: traffic advice." in render("new", view, csrf="t")


def test_a_checked_form_says_what_was_found_and_how_long_it_is():
    view = a_form(verdict=VERDICT)

    assert view.outcome == VERDICT.outcome == "blocked"
    assert view.findings == tuple(FindingView.of(f.as_dict()) for f in VERDICT.findings)
    assert view.counts == (CountView(PlatformName("bluesky"), 5, 300),)


def test_a_blocked_post_comes_back_with_what_is_on_record_about_it():
    post = a_post(state=State.BLOCKED, findings=tuple(f.as_dict() for f in VERDICT.findings))

    view = a_form(blocked=post)

    assert view.outcome == "blocked"
    assert [finding.rule for finding in view.findings] == ["too-many-hashtags"]


def test_faults_and_the_approvers_words_stand_on_the_form():
    note = ReturnedNote("Comms Ray", NOW, "Say where.")

    view = a_form(errors=[FieldError("text", "Write.")], returned=note)

    assert view.errors == (FieldError("text", "Write."),)
    assert view.returned == note


def test_a_version_to_be_changed_stands_in_the_form_as_it_was_typed():
    due = NOW.replace(month=7) + timedelta(minutes=5)
    older = a_post(EXACT, state=State.RETURNED, platforms=("x", "sandbox"), not_before=due)

    typed = shown.typed(older)

    assert (typed.text, typed.account, typed.platforms) == (EXACT, "riverside", ("x", "sandbox"))
    assert typed.replaces == f"{older.post_id}@1"
    assert (typed.date, typed.time) == ("2026-07-20", "10:05"), "on London's clock"


def test_a_version_without_a_time_leaves_the_time_empty():
    assert (shown.typed(a_post()).date, shown.typed(a_post()).time) == ("", "")


# ── lists and lives ──────────────────────────────────────────────────────────


def test_a_line_of_the_list_is_the_post_and_its_accounts_title():
    post = a_post(EXACT, not_before=NOW)

    view = shown.posts_view([post], {ACCOUNT.account_id: ACCOUNT.title}, "cursor")

    (row,) = view.rows
    assert (row.post_id, row.version, row.text, row.state) == (post.post_id, 1, EXACT, post.state)
    assert (row.account_title, row.due) == (ACCOUNT.title, NOW)
    assert view.next_cursor == "cursor"


def test_a_line_of_an_account_without_a_title_names_the_account():
    assert shown.posts_view([a_post()], {}, None).rows[0].account_title == "riverside"


@pytest.mark.parametrize("state", State)
def test_a_posts_page_shows_its_words_to_the_letter_in_every_state(state):
    post = a_post(EXACT, state=state, reason="Because.", media=(a_picture("A lorry."),))

    view = a_view(post, may_change=True)

    assert (view.text, view.state, view.reason) == (EXACT, state, "Because.")
    assert (view.author, view.account_title) == ("Pc Okafor", ACCOUNT.title)
    assert (view.content_hash, view.policy_version) == (post.content_hash, post.policy_version)
    assert [(media.alt, media.address) for media in view.media] == [("A lorry.", None)]
    assert view.may_change


def test_older_versions_are_history_each_under_its_own_authors_name():
    other = a_person("pc-other")
    first = a_post(state=State.RETURNED, author=other.person_id, reason="Say where.")
    second = replace(first, version=2, author=AUTHOR.person_id, state=State.SUBMITTED, reason=None)

    view = a_view(first, second, people={**PEOPLE, other.person_id: other})

    assert (view.version, view.author, view.reason) == (2, "Pc Okafor", None)
    (line,) = view.history
    assert (line.who, line.reason, line.what) == ("Pc Other", "Say where.", "Version 1: returned.")


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
