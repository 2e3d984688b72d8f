"""One filled view of every page and of every face a page can have, for the page tests."""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.pages.views import (
    AccountOption,
    ApprovalsView,
    DecidedView,
    FieldError,
    MediaView,
    PostsView,
    ProblemView,
    ReturnedNote,
    SignInView,
    View,
    Viewer,
)
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId
from tests.pages import registry_made
from tests.pages.made_views import (
    APPROVER,
    AUTHOR,
    COUNTS,
    FINDINGS,
    HISTORY,
    LEEK,
    NOW,
    PIXEL,
    POST,
    TARGETS,
    TYPED,
    X,
    a_new_view,
    a_post_view,
    a_queue_row,
    a_row,
    an_approval_view,
)

KEEPER = Viewer("Owen Hart", may_approve=True, may_read_all=True)


@dataclass(frozen=True)
class Sample:
    """A page's name and everything `render` needs for one face of it."""

    page: str
    view: View
    csrf: str | None = "3f7c0c2b"
    viewer: Viewer | None = AUTHOR


MANY = tuple(
    AccountOption(AccountId(f"npt-{n}"), f"Beat {n}", (X,), "neighbourhood") for n in range(9)
)
WRONG = (
    FieldError("account", "Choose which account speaks."),
    FieldError("platforms", "Choose at least one platform."),
    FieldError("text", "Enter what you want to say."),
    FieldError("date", "Enter a real date, like 21/11/2026."),
    FieldError("time", "Enter a time, like 14:30 or 2:30pm."),
)
UNDECIDED = (
    FieldError("choice", "Choose approve, return or reject."),
    FieldError("reason", "Say why; the author needs to know."),
    FieldError("code", "That is not the code in the subject of the e-mail."),
)

REGISTRY: dict[str, Sample] = {
    name: Sample(page, view, *((None, None) if page == "genuine" else ("3f7c0c2b", KEEPER)))
    for name, (page, view) in registry_made.VIEWS.items()
}

SAMPLES: dict[str, Sample] = {
    "new-empty": Sample("new", a_new_view()),
    "new-one-account": Sample("new", a_new_view(accounts=(LEEK,))),
    "new-many-accounts": Sample("new", a_new_view(accounts=MANY)),
    "new-clear": Sample("new", a_new_view(typed=TYPED, outcome="clear", counts=COUNTS[1:])),
    "new-blocked": Sample(
        "new", a_new_view(typed=TYPED, outcome="blocked", findings=FINDINGS, counts=COUNTS)
    ),
    "new-wrong": Sample("new", a_new_view(errors=WRONG)),
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
    "sign-in": Sample("sign-in", SignInView("https://sign-in.example/"), csrf=None, viewer=None),
}
