"""Somebody else looks at what did not wait for them: an approver who had no hand in it, once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from moderate.incident_errors import MayNotActError, WrongFieldError
from moderate.review_urgent import review_urgent, urgent_case, urgent_cases
from moderate.urgent_shown import urgent_shape, urgents_view
from shared.accounts.registry import PersonStatus, Role
from shared.pages.parts import FieldError
from shared.pages.render import render
from shared.posts.life import State, UrgentReview
from shared.records.errors import LookedAtError, NotFoundError
from tests.builders import NOW, a_person, a_post, an_account, an_approver
from tests.unit.fakes import Ledger

WHY = "The bridge is down."
AUTHOR, EDITOR = a_person("cmdr", role=Role.LPT_COMMANDER), an_approver("comms-ed", duty=2)
RAY = an_approver()
MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)


@dataclass
class Urgent:
    """Where urgent posts are kept, in memory."""

    acts: list = field(default_factory=list)

    def review(self, post, review, act):
        self.acts.append(act)
        return replace(post, urgent_review=review)


def an_urgent_post(**changes):
    usual = {"author": "cmdr", "state": State.PUBLISHED, "urgent_reason": WHY}
    return a_post(**{**usual, **changes})


def case_of(post):
    ledger = Ledger().keep(post, an_account(), AUTHOR, EDITOR, RAY)
    return urgent_case(post.post_id, post.version, ledger.snapshots)


def look(post, by=RAY, remark="Rightly so."):
    urgent = Urgent()
    return review_urgent(case_of(post), remark, by, urgent=urgent, now=NOW), urgent.acts


def test_an_approver_says_what_they_think_and_it_is_on_record():
    reviewed, (act,) = look(an_urgent_post(), remark=" Rightly so.\n")

    assert reviewed.urgent_review == UrgentReview(RAY.person_id, NOW, "Rightly so.")
    assert (act.type, act.actor, act.approver) == ("post.urgent_reviewed", "comms-ray", "comms-ray")
    assert act.payload["remark"] == "Rightly so."
    assert act.payload["due"] == MONDAY.isoformat()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (RAY, True),
        (an_approver("corp", role=Role.CORPORATE, duty=None), True),
        (EDITOR, False),
        (AUTHOR, False),
        (a_person(), False),
        (a_person("auditor", role=Role.AUDITOR), False),
        (an_approver(status=PersonStatus.AWAY), False),
        (an_approver("second-address", mobile=EDITOR.mobile), False),
    ],
)
def test_only_an_approver_who_had_no_hand_in_it_looks_at_it(who, may):
    post = an_urgent_post(editor=EDITOR.person_id)

    if may:
        assert look(post, who)[0].urgent_review.by == who.person_id
    else:
        with pytest.raises(MayNotActError) as told:
            look(post, who)
        assert str(told.value).endswith(".")


def test_an_author_of_the_centre_does_not_look_at_their_own():
    with pytest.raises(MayNotActError, match="You wrote this"):
        look(an_urgent_post(author=RAY.person_id))


def test_who_looks_need_not_be_senior_whatever_was_found():
    grave = {"rule": "operational", "severity": "review"}

    assert look(an_urgent_post(findings=(grave,)))[0].urgent_review


@pytest.mark.parametrize("remark", ["", " \n\t"])
def test_nobody_looks_without_a_word(remark):
    with pytest.raises(WrongFieldError) as told:
        look(an_urgent_post(), remark=remark)
    assert told.value.field == "remark"


def test_what_was_looked_at_says_who_was_first():
    review = UrgentReview(RAY.person_id, NOW, "Rightly so.")

    with pytest.raises(LookedAtError) as told:
        case_of(an_urgent_post(urgent_review=review))
    assert told.value.review == review


@pytest.mark.parametrize(
    "post",
    [
        a_post(state=State.PUBLISHED, author="cmdr"),
        an_urgent_post(state=State.WITHDRAWN),
        an_urgent_post(state=State.BLOCKED),
    ],
    ids=["not urgent", "taken back", "blocked"],
)
def test_what_does_not_wait_for_a_look_is_not_there(post):
    with pytest.raises(NotFoundError):
        case_of(post)


# ── shown ────────────────────────────────────────────────────────────────────


def cases(*posts):
    ledger = Ledger().keep(*posts, an_account(), AUTHOR, EDITOR, RAY)
    return urgent_cases(posts, ledger.snapshots)


def test_the_page_offers_a_look_to_those_who_may_and_says_why_to_the_others():
    mine, theirs = an_urgent_post(author=RAY.person_id), an_urgent_post()

    view = urgents_view(cases(mine, theirs), RAY, NOW)

    assert [row.may_look for row in view.rows] == [False, True]
    assert view.rows[0].note.startswith("You wrote this")
    assert (view.rows[1].reason, view.rows[1].author) == (WHY, "Cmdr")
    assert (view.rows[1].due, view.rows[1].overdue) == (MONDAY, False)
    page = render("urgent", view, csrf="t")
    assert page.count('name="remark"') == 1
    assert f'action="/urgent/{theirs.post_id}-1"' in page


def test_what_is_overdue_says_so():
    view = urgents_view(cases(an_urgent_post()), RAY, MONDAY.replace(day=24))

    assert view.rows[0].overdue
    assert "Overdue" in render("urgent", view, csrf="t")


def test_a_form_that_came_back_keeps_what_was_typed_beside_its_own_post():
    post = an_urgent_post()
    wrong = (FieldError("remark", "Say what you think of it."),)

    name = f"{post.post_id}-1"
    view = urgents_view(cases(post), RAY, NOW, wrong=name, remark=" \n", errors=wrong)

    page = render("urgent", view, csrf="t")
    assert f'id="remark-{name}-error"' in page
    assert f'href="#remark-{name}"' in page


def test_the_api_says_by_when_somebody_has_to_look():
    (case,) = cases(an_urgent_post())

    assert urgent_shape(case)["due"] == "2026-11-23T17:00:00Z"
    assert urgent_shape(case)["post"]["urgent_reason"] == WHY
