"""What the author's form and list are filled with: what is on record, to the letter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose import shown
from shared.accounts.registry import Handle, Role
from shared.pages.render import render
from shared.pages.viewer import viewer_of
from shared.pages.views import CountView, FieldError, FindingView, ReturnedNote, Typed
from shared.policy.check import check
from shared.policy.everyday import Everyday
from shared.posts.life import State, Urgency
from shared.posts.names import PlatformName
from tests.builders import NOW, a_person, a_post, an_account, an_approver
from tests.unit.policy.candidates import PACK, a_candidate

ACCOUNT, AUTHOR = an_account(), a_person()
EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
VERDICT = check(a_candidate("#a #b #c #d #e #f"), PACK)


@pytest.mark.parametrize("role", Role)
def test_only_the_centre_is_shown_the_way_to_the_approvals(role):
    viewer = viewer_of(a_person(role=role), "token")

    assert viewer.may_approve is (role in {Role.COMMS, Role.CORPORATE})
    assert (viewer.name, viewer.leave_token) == ("Pc Okafor", "token")


def test_an_account_is_offered_with_its_voices():
    two = an_account(
        handles=(
            Handle(PlatformName("x"), "@r", "https://x.example"),
            Handle(PlatformName("sandbox"), "@r", "https://s.example"),
        )
    )

    (option,) = shown.options([two])

    assert (option.account_id, option.title) == ("riverside", "Riverside Neighbourhood Team")
    assert option.platforms == ("x", "sandbox")


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
    assert (view.typed, view.submission) == (TYPED, "submission")
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


def test_what_is_under_embargo_stands_in_the_form_as_such_and_never_a_second_sooner():
    due = NOW + timedelta(hours=5, seconds=30, microseconds=1)
    older = a_post(state=State.RETURNED, not_before=due, embargo=True, urgency=Urgency.ROUTINE)

    typed = shown.typed(older)

    assert (typed.embargo, typed.urgency) == (True, "routine")
    assert (typed.date, typed.time) == ("2026-11-20", "14:01")
    exact = replace(older, draft=replace(older.draft, not_before=NOW))
    assert shown.typed(exact).time == "09:00"


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (a_person(), False),
        (a_person(role=Role.LPT_COMMANDER), True),
        (an_approver(duty=1), False),
        (an_approver(duty=2), True),
        (an_approver(duty=None, senior=True), True),
    ],
)
def test_only_who_may_publish_at_once_is_asked_why(who, offered):
    view = shown.new_view(who, [ACCOUNT], "submission", PACK, TYPED)

    assert view.may_publish_urgently is offered
    assert ("urgent_reason" in render("new", view, csrf="t")) is offered


def test_a_version_without_a_time_leaves_the_time_empty():
    assert (shown.typed(a_post()).date, shown.typed(a_post()).time) == ("", "")


# ── lists ──────────────────────────────────────────────────────────


def test_a_line_of_the_list_is_the_post_and_its_accounts_title():
    post = a_post(EXACT, not_before=NOW)

    view = shown.posts_view([post], {ACCOUNT.account_id: ACCOUNT.title}, "cursor")

    (row,) = view.rows
    assert (row.post_id, row.version, row.text, row.state) == (post.post_id, 1, EXACT, post.state)
    assert (row.account_title, row.due) == (ACCOUNT.title, NOW)
    assert view.next_cursor == "cursor"


def test_a_line_of_an_account_without_a_title_names_the_account():
    assert shown.posts_view([a_post()], {}, None).rows[0].account_title == "riverside"
