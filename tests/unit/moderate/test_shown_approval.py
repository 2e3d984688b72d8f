"""What the approver's page is filled with: exactly what would go out, and what changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.case import Case
from moderate.shown_approval import approval_view, decided_view
from moderate.story import Story
from shared.pages.approval_views import EditView, WayIn
from shared.pages.forms import DecisionForm
from shared.pages.views import FieldError
from shared.policy.check import check
from shared.posts.changes import Kind
from shared.posts.life import State, Urgency
from shared.posts.looks import Sign
from shared.records.approval import Decision, Ruling, Way
from tests.builders import NOW, a_person, a_picture, a_post, an_account, an_approval, an_approver
from tests.unit.policy.candidates import PACK, a_candidate

EXACT = "  Größe\u200b 👮🏽‍♀️ <b>\r\n"
RAY, SOL, AUTHOR, ACCOUNT = an_approver(), an_approver("comms-sol"), a_person(), an_account()
RULING = Ruling(Decision.RETURN, RAY.person_id, NOW + timedelta(minutes=3), Way.LINK, "Say where.")


def a_view(post, before=None, editor=None, **said):
    case = Case(post, an_approval(post), ACCOUNT, AUTHOR, editor)
    return approval_view(case, RAY, Story(before, ()), PACK, address="/approvals/secret", **said)


def targets(view):
    return [target for look in view.looks for target in look.targets]


def test_the_page_shows_exactly_what_would_go_out():
    post = a_post(EXACT, platforms=("sandbox", "x"), media=(a_picture("A lorry."),), not_before=NOW)

    view = a_view(post)

    assert (view.text, view.due, view.content_hash) == (EXACT, NOW, post.content_hash)
    assert [media.alt for media in view.media] == ["A lorry."]
    assert [target.platform for target in targets(view)] == ["sandbox", "x"]
    assert targets(view)[0].handle == "riverside.force.example"
    assert targets(view)[1].handle == ACCOUNT.title, "it has no voice there"
    assert (view.author, view.addressee, view.account_title) == (
        "Pc Okafor",
        RAY.name,
        ACCOUNT.title,
    )
    assert view.expires_at == an_approval(post).ends_at
    assert (view.editor, view.changed, view.sign_in) == ("", None, None)


def test_who_changed_it_how_urgent_it_is_and_why_and_an_embargo_are_told():
    post = a_post(
        not_before=NOW,
        embargo=True,
        urgency=Urgency.IMMEDIATE,
        urgent_reason="People are in the water.",
        editor=SOL.person_id,
    )

    view = a_view(post, editor=SOL)

    assert (view.embargo, view.urgency) == (True, "immediate")
    assert view.urgent_reason == "People are in the water."
    assert view.editor == SOL.name


def test_each_platform_counts_in_its_own_way():
    post = a_post("a👮🏽‍♀️", platforms=("x", "bluesky"))

    counts = [target.count for target in targets(a_view(post))]

    assert [(count.length, count.limit) for count in counts] == [(3, 280), (2, 300)]


def test_platforms_that_make_the_same_of_the_words_are_shown_together():
    alike = a_post("The road is open.", platforms=("x", "mastodon", "bluesky"))
    apart = a_post("See gov.uk/leek", platforms=("x", "mastodon", "bluesky"))

    (look,) = a_view(alike).looks
    bare, whole = a_view(apart).looks

    assert [target.platform for target in look.targets] == ["x", "mastodon", "bluesky"]
    assert [target.platform for target in bare.targets] == ["x", "bluesky"]
    assert [mark.sign for mark in bare.marks] == [Sign.LINK]
    assert ([target.platform for target in whole.targets], whole.marks) == (["mastodon"], ())


def test_findings_are_those_on_record():
    findings = tuple(f.as_dict() for f in check(a_candidate("#a #b #c #d #e #f"), PACK).findings)

    assert [f.rule for f in a_view(a_post(findings=findings)).findings] == ["too-many-hashtags"]


def test_an_empty_form_has_no_choice_and_a_filled_one_comes_back_as_it_was():
    form = DecisionForm("edit", "Say where.", "CODE", "csrf", "Shut.", ("A van.",))
    errors = (FieldError("code", "Not the code."),)
    post = a_post("Open.", media=(a_picture("A lorry."),))

    empty = a_view(post)
    filled = a_view(post, form=form, errors=errors, tries_left=4, asks_code=False)

    assert (empty.choice, empty.written_reason, empty.errors) == ("", "", ())
    assert (empty.tries_left, empty.asks_code) == (None, True)
    assert empty.edit == EditView("Open.", ("A lorry.",))
    assert (filled.choice, filled.written_reason, filled.errors) == ("edit", "Say where.", errors)
    assert (filled.tries_left, filled.asks_code) == (4, False)
    assert filled.edit == EditView("Shut.", ("A van.",))
    assert "CODE" not in repr(filled), "a code is typed anew each time"


def test_where_a_link_is_not_enough_the_way_in_stands_on_the_page():
    way = WayIn("Sign in to decide.", "/sign-in?to=x")

    assert a_view(a_post(), sign_in=way).sign_in == way


# ── what changed ─────────────────────────────────────────────────────────────


def changed(before, **after):
    new = replace(before, version=2, draft=replace(before.draft, **after))
    return a_view(new, before).changed


def test_what_changed_since_the_version_before_is_told_word_by_word():
    view = changed(a_post("The road is open."), text="The road is shut.")

    ((what, steps),) = view.texts
    assert (view.version, what, view.lines) == (1, "The words", ())
    assert [(step.kind, step.text) for step in steps] == [
        (Kind.SAME, "The road is "),
        (Kind.GONE, "open."),
        (Kind.NEW, "shut."),
    ]


def test_a_changed_alt_text_is_told_too():
    before = a_post(media=(a_picture("A lorry."), a_picture("A van.")))
    media = (before.draft.media[0], replace(before.draft.media[1], alt="A blue van."))

    ((what, _),) = changed(before, media=media).texts

    assert what == "Picture 2, read aloud as"


LINES = [
    ({"platforms": ("x",)}, "before: Sandbox"),
    ({"not_before": NOW}, "as soon as it was cleared"),
    ({"embargo": True}, "under an embargo now"),
    ({"media": (a_picture(),)}, "pictures are others"),
    ({}, "Nothing in what goes out"),
]


@pytest.mark.parametrize(("after", "told"), LINES)
def test_whatever_else_changed_is_told_in_a_sentence(after, told):
    (line,) = changed(a_post(), **after).lines

    assert told in line


# ── decided ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("just_now", [True, False])
def test_a_decision_that_stands_says_who_made_it_when_and_about_what(just_now):
    post = a_post(not_before=NOW)

    view = decided_view(RULING, post, ACCOUNT, RAY, just_now=just_now)

    assert (view.decision, view.decided_by, view.decided_at) == ("return", RAY.name, RULING.at)
    assert (view.reference, view.due) == (f"{post.post_id}@1", NOW)
    assert (view.just_now, view.replaced_by, view.since) == (just_now, "", "")


def test_a_decision_by_an_edit_names_the_version_that_took_its_place():
    post = a_post(state=State.SUPERSEDED)
    edit = replace(RULING, decision=Decision.EDIT)

    view = decided_view(edit, post, ACCOUNT, RAY, just_now=True)

    assert (view.replaced_by, view.since) == (f"{post.post_id}@2", "")


@pytest.mark.parametrize(
    ("state", "word"), [(State.SUPERSEDED, "newer version"), (State.WITHDRAWN, "taken back")]
)
def test_what_was_approved_and_then_taken_out_of_the_way_says_so(state, word):
    approved = replace(RULING, decision=Decision.APPROVE)

    view = decided_view(approved, a_post(state=state), ACCOUNT, RAY, just_now=False)

    assert word in view.since
