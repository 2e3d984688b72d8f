"""One filled view of every page and of every face a page can have, for the page tests."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.pages.author_views import HoldView, UrgentView
from shared.pages.incident_views import Lasting
from shared.pages.urgent_views import UrgentRow
from shared.pages.views import (
    AccountOption,
    ApprovalsView,
    DecidedView,
    EditView,
    FieldError,
    HistoryLine,
    MediaView,
    NewsletterView,
    PostsView,
    ProblemView,
    ReturnedNote,
    SignInView,
    UrgentsView,
    View,
    Viewer,
    WayIn,
)
from shared.posts.life import Outcome, State, Urgency
from shared.posts.names import AccountId
from tests.pages import (
    appeals_made,
    audit_made,
    disposals_made,
    drifts_made,
    exceptions_made,
    impostors_made,
    incidents_made,
    legal_holds_made,
    mentions_made,
    pictures_made,
    registry_made,
    reminder_made,
    reports_made,
    reviews_made,
    righting_made,
    samples_made,
    takedowns_made,
    uncertain_made,
)
from tests.pages.made_views import (
    APPROVER,
    AUTHOR,
    CHANGED,
    COUNTS,
    FINDINGS,
    HISTORY,
    LEEK,
    LOOKS,
    NOW,
    PIXEL,
    POST,
    TARGETS,
    TEXT,
    TYPED,
    X,
    a_new_view,
    a_post_view,
    a_queue_row,
    a_row,
    an_approval_view,
)

KEEPER = Viewer("Owen Hart", may_approve=True, may_read_all=True)
AUDITOR = Viewer("Robin Marsh", may_read_all=True, may_audit=True)


@dataclass(frozen=True)
class Sample:
    """A page's name and everything `render` needs for one face of it."""

    page: str
    view: View
    csrf: str | None = "3f7c0c2b"
    viewer: Viewer | None = AUTHOR


MANY = tuple(AccountOption(AccountId(f"npt-{n}"), f"Beat {n}", (X,)) for n in range(9))
WRONG = (
    FieldError("account", "Choose which account speaks."),
    FieldError("platforms", "Choose at least one platform."),
    FieldError("text", "Enter what you want to say."),
    FieldError("date", "Enter a real date, like 21/11/2026."),
    FieldError("time", "Enter a time, like 14:30 or 2:30pm."),
    FieldError("embargo", "It is under embargo until 15:00. Keep it, or ask them."),
    FieldError("urgency", "Choose how soon you need an answer."),
    FieldError("urgent_reason", "Say why it cannot wait for a second person."),
)
UNDECIDED = (
    FieldError("choice", "Choose approve, edit and approve, return or reject."),
    FieldError("reason", "Say why; the author needs to know."),
    FieldError("code", "That is not the code in the subject of the e-mail."),
)

REGISTRY: dict[str, Sample] = {
    name: Sample(page, view, *((None, None) if page == "genuine" else ("3f7c0c2b", KEEPER)))
    for name, (page, view) in registry_made.VIEWS.items()
}

HELD = HoldView("It was cleared too late.", NOW, NOW + timedelta(days=30), "/held/01K-1")
URGENT = UrgentView("\n The bridge  is down.", due=NOW)
LOOKED = HistoryLine(NOW, "Jo Price", "", "Rightly so.\nNext time ring.")
OFF = (FieldError("reason", "Say why it is taken back; others will ask."),)
ROW = UrgentRow(
    f"{POST}-1",
    POST,
    "Leek NPT",
    "Sgt Amina Yusuf",
    TEXT,
    State.PUBLISHED,
    "The bridge  is down.",
    NOW,
    NOW,
)
NO_REMARK = (FieldError("remark", "Say what you think of it."),)

CHANGING: dict[str, Sample] = {
    "post-waiting": Sample(
        "post",
        a_post_view(
            state=State.AWAITING_APPROVAL,
            asked=("Insp Sam Khan",),
            approval_expires_at=NOW,
            may_change=True,
            may_withdraw=True,
            editor="Jo Price",
            due=NOW,
            embargo=True,
            changed=CHANGED,
        ),
    ),
    "post-taken-back-wrong": Sample(
        "post", a_post_view(may_withdraw=True, errors=OFF, written_reason="\n ")
    ),
    "post-held": Sample("post", a_post_view(state=State.HELD, hold=HELD, may_withdraw=True)),
    "post-urgent": Sample("post", a_post_view(state=State.PUBLISHED, urgent=URGENT)),
    "post-urgent-looked-at": Sample(
        "post", a_post_view(state=State.PUBLISHED, urgent=replace(URGENT, review=LOOKED, due=None))
    ),
    "urgent": Sample(
        "urgent",
        UrgentsView(
            (
                replace(ROW, may_look=True, overdue=True),
                replace(ROW, name="b", findings=2, note="You wrote this; somebody else looks."),
            )
        ),
        viewer=KEEPER,
    ),
    "urgent-wrong": Sample(
        "urgent",
        UrgentsView((replace(ROW, may_look=True),), ROW.name, "\n ", NO_REMARK),
        viewer=KEEPER,
    ),
    "urgent-none": Sample("urgent", UrgentsView(()), viewer=KEEPER),
}

INCIDENTS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in incidents_made.VIEWS.items()
}

REMINDERS: dict[str, Sample] = {
    name: Sample(page, view) for name, (page, view) in reminder_made.VIEWS.items()
}

PICTURES: dict[str, Sample] = {
    name: Sample(page, view) for name, (page, view) in pictures_made.VIEWS.items()
}

UNCERTAIN: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in uncertain_made.VIEWS.items()
}

EXCEPTIONS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in exceptions_made.VIEWS.items()
}

DRIFTS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in drifts_made.VIEWS.items()
}

LEGAL_HOLDS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in legal_holds_made.VIEWS.items()
}

DISPOSALS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in disposals_made.VIEWS.items()
}

APPEALS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in appeals_made.VIEWS.items()
}

RIGHTING: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in righting_made.VIEWS.items()
}

SAMPLED: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in samples_made.VIEWS.items()
}

IMPOSTORS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in impostors_made.VIEWS.items()
}

REVIEWS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in reviews_made.VIEWS.items()
}

REPORTS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in reports_made.VIEWS.items()
}

TAKEDOWNS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in takedowns_made.VIEWS.items()
}

AUDIT: dict[str, Sample] = {
    name: Sample(page, view, viewer=AUDITOR) for name, (page, view) in audit_made.VIEWS.items()
}

MENTIONS: dict[str, Sample] = {
    name: Sample(page, view, viewer=KEEPER) for name, (page, view) in mentions_made.VIEWS.items()
}

SAMPLES: dict[str, Sample] = {
    **MENTIONS,
    **REVIEWS,
    **IMPOSTORS,
    **REPORTS,
    **SAMPLED,
    **AUDIT,
    **APPEALS,
    **RIGHTING,
    **EXCEPTIONS,
    **DRIFTS,
    **LEGAL_HOLDS,
    **DISPOSALS,
    **TAKEDOWNS,
    **UNCERTAIN,
    **PICTURES,
    "newsletter": Sample(
        "newsletter",
        NewsletterView("Our newsletter", "Every Friday.", "/newsletter", "Send it", asks=True),
        None,
        None,
    ),
    "newsletter-wrong": Sample(
        "newsletter",
        NewsletterView(
            "Our newsletter",
            "Every Friday.",
            "/newsletter",
            "Send it",
            asks=True,
            typed="nobody@",
            error="Enter an e-mail address like name@example.org.",
        ),
        None,
        None,
    ),
    "newsletter-confirm": Sample(
        "newsletter",
        NewsletterView("Our newsletter", "Every Friday.", "/newsletter/confirm/a/b", "I want it"),
        None,
        None,
    ),
    "newsletter-done": Sample("newsletter", NewsletterView("Done", "It is stopped."), None, None),
    "new-empty": Sample("new", a_new_view()),
    "new-one-account": Sample("new", a_new_view(accounts=(LEEK,))),
    "new-during-an-incident": Sample(
        "new", a_new_view(lasting=tuple(Lasting(f"0{n}", n > 0, "Moorlands", NOW) for n in (0, 1)))
    ),
    "new-many-accounts": Sample("new", a_new_view(accounts=MANY)),
    "new-clear": Sample("new", a_new_view(typed=TYPED, outcome="clear", counts=COUNTS[1:])),
    "new-blocked": Sample(
        "new", a_new_view(typed=TYPED, outcome="blocked", findings=FINDINGS, counts=COUNTS)
    ),
    "new-wrong": Sample("new", a_new_view(errors=WRONG, may_publish_urgently=True)),
    "new-instead": Sample(
        "new",
        a_new_view(
            typed=replace(TYPED, embargo=True, urgency="routine", urgent_reason="\n A flood."),
            may_publish_urgently=True,
            replaces_waiting=True,
        ),
    ),
    "new-returned": Sample(
        "new",
        a_new_view(
            typed=TYPED,
            outcome="review",
            findings=FINDINGS[:2],
            returned=ReturnedNote("Insp Sam Khan", NOW, "Say which  town,\nnot which street."),
        ),
    ),
    "posts": Sample(
        "posts",
        PostsView(
            (
                *(a_row(state, version=n) for n, state in enumerate(State, 1)),
                a_row(State.CLEARED, "", due=NOW),
            ),
            next_cursor="a+b/c=",
        ),
    ),
    "posts-none": Sample("posts", PostsView(())),
    "post-submitted": Sample("post", a_post_view()),
    "post-published": Sample(
        "post",
        a_post_view(
            state=State.PARTLY_PUBLISHED,
            due=NOW,
            findings=FINDINGS,
            asked=("Insp Sam Khan", "Jo Price"),
            approval_expires_at=NOW + timedelta(hours=3),
            history=HISTORY,
            media=(MediaView("A blue van beside a bus stop.", "image/gif", PIXEL),),
            targets=(
                replace(
                    TARGETS[0],
                    outcome=Outcome.SENT,
                    url="https://x.example/LeekNPT/status/1",
                ),
                replace(TARGETS[1], outcome=Outcome.FAILED, note="Bluesky refused the text."),
            ),
        ),
    ),
    "post-returned": Sample(
        "post",
        a_post_view(state=State.RETURNED, reason="Say which town.\n  Please.", may_change=True),
    ),
    **CHANGING,
    "approvals": Sample(
        "approvals",
        ApprovalsView(
            (
                a_queue_row(address="/approvals/abc"),
                a_queue_row(findings=0, due=NOW, note="You wrote this; somebody else decides."),
            ),
            next_cursor="next",
        ),
        viewer=APPROVER,
    ),
    "approvals-none": Sample("approvals", ApprovalsView(()), viewer=APPROVER),
    "approval": Sample(
        "approval",
        an_approval_view(
            findings=FINDINGS,
            history=HISTORY,
            media=(
                MediaView("A blue van beside a bus stop.", "image/gif", PIXEL),
                MediaView("", "image/png"),
            ),
            looks=LOOKS,
            edit=EditView(TEXT, ("A blue van beside a bus stop.", "")),
        ),
        viewer=None,
    ),
    "approval-second-version": Sample(
        "approval",
        an_approval_view(
            history=HISTORY,
            changed=CHANGED,
            editor="Jo Price",
            embargo=True,
            urgency=Urgency.IMMEDIATE,
            urgent_reason="People are in the water.",
        ),
        viewer=None,
    ),
    "approval-sign-in": Sample(
        "approval",
        an_approval_view(
            findings=FINDINGS[:2],
            sign_in=WayIn(
                "What the check found here is grave; a link is not enough. Sign in to decide.",
                "/sign-in?to=%2Fapprovals%2F01KAJ7Q3V5N8W2X4Y6Z8A0B2C4-2",
            ),
        ),
        csrf="",
        viewer=None,
    ),
    "approval-edit-refused": Sample(
        "approval",
        an_approval_view(
            choice="edit",
            edit=EditView("\n#a #b #c #d"),
            errors=(FieldError("text", "Must change: There are four hashtags. (Policy 5.12)"),),
        ),
        viewer=None,
    ),
    "approval-wrong": Sample(
        "approval",
        an_approval_view(
            errors=UNDECIDED, choice="return", written_reason="\n Because.", tries_left=1
        ),
        viewer=None,
    ),
    "approval-signed-in": Sample(
        "approval", an_approval_view(asks_code=False, due=None), viewer=APPROVER
    ),
    "decided-thanks": Sample(
        "decided",
        DecidedView("approve", "Insp Sam Khan", NOW, "Leek NPT", POST, just_now=True, due=NOW),
        csrf=None,
        viewer=None,
    ),
    "decided-late": Sample(
        "decided",
        DecidedView(
            "approve",
            "Insp Sam Khan",
            NOW,
            "Leek NPT",
            POST,
            just_now=True,
            due=NOW - timedelta(seconds=1),
        ),
        csrf=None,
        viewer=None,
    ),
    "decided-edited": Sample(
        "decided",
        DecidedView(
            "edit", "Insp Sam Khan", NOW, "Leek NPT", POST, just_now=True, replaced_by=f"{POST}@2"
        ),
        csrf=None,
        viewer=None,
    ),
    "decided-then-replaced": Sample(
        "decided",
        DecidedView(
            "approve",
            "Jo Price",
            NOW,
            "Leek NPT",
            POST,
            since="A newer version has taken its place since.",
        ),
        csrf=None,
        viewer=None,
    ),
    "decided-already": Sample(
        "decided", DecidedView("return", "Jo Price", NOW, "Leek NPT", POST), csrf=None, viewer=None
    ),
    "problem": Sample(
        "problem",
        ProblemView(
            "This link no longer works",
            "It was for one decision and its time is over. Open the queue to see what waits.",
            "/approvals",
            "Open the queue",
            reference="01KAJ7Q3V5N8W2X4",
        ),
        csrf=None,
        viewer=None,
    ),
    **REGISTRY,
    **REMINDERS,
    **INCIDENTS,
    "sign-in": Sample("sign-in", SignInView("https://sign-in.example/"), csrf=None, viewer=None),
}
