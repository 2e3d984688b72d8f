"""Filled views of the pages: name what matters to the test, leave the rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.pages.views import (
    AccountOption,
    ApprovalView,
    ChangedView,
    CountView,
    EditView,
    FindingView,
    HistoryLine,
    LookView,
    NewView,
    PostRow,
    PostView,
    QueueRow,
    TargetView,
    Typed,
    Viewer,
)
from shared.posts.changes import changes
from shared.posts.life import State
from shared.posts.looks import marks
from shared.posts.names import AccountId, PlatformName, PostId

NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
POST = PostId("01KAJ7Q3V5N8W2X4Y6Z8A0B2C4")
TEXT = (
    "Witnesses wanted: a blue van was seen on  Stafford Street, Leek, at 9pm.\n\n"
    "Tell us at https://www.staffordshire.police.uk/tell-us or ring 101. 👮‍♀️\u200b\n"
    "#Leek #Moorlands #Witness #Appeal"
)
X, FACEBOOK, BLUESKY = PlatformName("x"), PlatformName("facebook"), PlatformName("bluesky")
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


AUTHOR = Viewer("Sgt Amina Yusuf")
APPROVER = Viewer("Insp Sam Khan", may_approve=True)


def a_finding(words: str = "#Leek #Moorlands #Witness #Appeal", **changes: object) -> FindingView:
    start = TEXT.index(words)
    finding = FindingView(
        rule="too-many-hashtags",
        severity="advise",
        start=start,
        end=start + len(words),
        message="There are four hashtags.",
        suggestion="Keep the two that people really follow.",
        source="Social media policy 5.12",
    )
    return replace(finding, **changes)  # type: ignore[arg-type]


FINDINGS = (
    a_finding(),
    a_finding(
        "Stafford Street, Leek",
        rule="exact-location",
        severity="review",
        message="A street is named.",
        suggestion="Name the town, or leave it to an approver to decide.",
        source="Social media policy 6.3",
    ),
    a_finding(
        "Street, Leek, at 9pm",
        rule="protective-marking",
        severity="block",
        message="This reads like a line from the log.",
        suggestion="Say it in your own words.",
        source="Information security 2.1",
    ),
)
COUNTS = (CountView(X, 291, 280), CountView(BLUESKY, 187, 300), CountView(FACEBOOK, 188, None))
LEEK = AccountOption(AccountId("leek-npt"), "Leek NPT", (X, FACEBOOK))
STAFFORD = AccountOption(AccountId("stafford-lpt"), "Stafford LPT", (X, FACEBOOK, BLUESKY))
TYPED = Typed(TEXT, "stafford-lpt", ("x", "bluesky"), "2026-11-22", "09:30")
TARGETS = (
    TargetView(X, "@LeekNPT", COUNTS[0]),
    TargetView(BLUESKY, "leek.police.example", COUNTS[1]),
)
LOOKS = (
    LookView(TARGETS, TEXT, marks(TEXT, X)),
    LookView((TargetView(PlatformName("mastodon"), "@leek@police.example"),), TEXT, ()),
)
CHANGED = ChangedView(
    1,
    (
        ("The words", changes(TEXT.replace("blue", "white"), TEXT)),
        ("Picture 1, read aloud as", changes("A van.", "A blue van beside a bus stop.")),
    ),
    ("It goes out at another time; before: as soon as it was cleared.",),
)
HISTORY = (
    HistoryLine(NOW, "Sgt Amina Yusuf", "Sent in for Leek NPT."),
    HistoryLine(
        NOW + timedelta(minutes=4),
        "Insp Sam Khan",
        "Returned for change.",
        reason="Say which  town,\nnot which street.",
    ),
)


def a_new_view(**changes: object) -> NewView:
    view = NewView(accounts=(LEEK, STAFFORD), submission="c1d2e3f4")
    return replace(view, **changes)  # type: ignore[arg-type]


def a_post_view(**changes: object) -> PostView:
    view = PostView(
        post_id=POST,
        version=1,
        account_title="Leek NPT",
        author="Sgt Amina Yusuf",
        text=TEXT,
        targets=TARGETS,
        state=State.SUBMITTED,
        submitted_at=NOW,
        due=None,
        policy_version="2026-11",
        content_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def an_approval_view(**changes: object) -> ApprovalView:
    view = ApprovalView(
        address="/approvals/3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        addressee="Insp Sam Khan",
        post_id=POST,
        version=2,
        account_title="Leek NPT",
        author="Sgt Amina Yusuf",
        text=TEXT,
        looks=LOOKS[:1],
        submitted_at=NOW,
        due=NOW + timedelta(hours=20),
        expires_at=NOW + timedelta(hours=3),
        policy_version="2026-11",
        content_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        edit=EditView(TEXT),
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def a_row(state: State, text: str = TEXT, **changes: object) -> PostRow:
    row = PostRow(POST, 1, "Leek NPT", text, state, NOW)
    return replace(row, **changes)  # type: ignore[arg-type]


def a_queue_row(**changes: object) -> QueueRow:
    row = QueueRow(
        POST, 1, "Leek NPT", "Sgt Amina Yusuf", TEXT, NOW, NOW + timedelta(hours=3), findings=2
    )
    return replace(row, **changes)  # type: ignore[arg-type]
