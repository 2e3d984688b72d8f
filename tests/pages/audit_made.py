"""One filled view of every face of the pages of those who audit."""

from dataclasses import replace

from archive.auditing.answer_pages import answer_view
from archive.auditing.audit_forms import form_sent, forms_for
from archive.auditing.post_life import Lived
from archive.auditing.post_views import life_view
from archive.auditing.proof_views import view_of
from archive.questions.answer import Answered, Asked
from shared.months.month import Month
from shared.months.proof_order import (
    Checked,
    Kind,
    MadeFile,
    Needed,
    Order,
    Producer,
    State,
)
from shared.months.question import Question
from shared.pages.audit_views import AuditMonth, AuditView
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.posts.names import PersonId, ProofId, QuestionId
from tests.builders import NOW

OCTOBER = Month(2026, 10)
HASH = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2
VILLAGE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
LONG = f"Peidiwch â defnyddio’r bont. <b>{VILLAGE * 6}"
QUESTION = Question(
    question_id=QuestionId("01K0000000000000000000000A"),
    asks={
        "question": "search",
        "account": "leek-npt",
        "since": "2026-10-01T00:00:00.000Z",
        "until": "2027-01-01T00:00:00.000Z",
    },
    words={"text": "<b> bridge", "regex": "(bridge|" + "a" * 150 + ")"},
    first=OCTOBER,
    last=Month(2026, 12),
    read=((Month(2026, 9), "9" * 64), (OCTOBER, HASH), (Month(2026, 11), HASH)),
    missing=(Month(2026, 12),),
    size=1_234_567,
    total=12,
    sha256=HASH,
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
)
COLUMNS = (
    *("post_id", "version", "account_id", "written_by", "written_at", "state", "text"),
    *("findings", "content_hash", "month", "leaf_index", "leaf_hash"),
)
ROW = dict(
    zip(
        COLUMNS,
        (
            *("01K0000000000000000000000B", 2, "leek-npt", "p-officer"),
            *("2026-10-05T09:00:00.000Z", "published", LONG, None, HASH),
            *("2026-10", 1_234_566, HASH),
        ),
        strict=True,
    )
)
FOUND = Answered(Asked("search", "", {}, 1_234_567, {}), COLUMNS, (ROW,) * 10, 12, HASH, 1_234_566)
NONE = replace(FOUND, rows=(), total=0, next=None)
MONTHS = (
    AuditMonth("2026-12", "Missing", "red", "Over since Friday 1 January 2027 and not sealed."),
    AuditMonth("2026-11", "Not copied yet", "yellow", f"Leaves 9 to 20. Bag {HASH}"),
    *(
        AuditMonth(f"2026-{number:02}", "Sealed", "green", f"Leaves 0 to 8. Bag {HASH}")
        for number in range(10, 1, -1)
    ),
)
WRONG = (
    FieldError("regex", "This is no regular expression of RE2: missing ): (a."),
    FieldError("to", "Ask about 24 months at most, and several times for more."),
)
FIXED = replace(QUESTION, asks={"question": "own_approvals"}, words={}, missing=())

POST = "01K0000000000000000000000B"
LIFE = tuple(
    Lived(
        leaf_index=1_234_500 + number,
        leaf_hash=HASH,
        leaf_id=f"01K000000000000000000000{number:02}",
        type=kind,
        at=NOW,
        subject=f"post:{POST}@v1{place}",
        post_id=POST,
        version=1,
        platform=place[1:] or None,
        actor="p-officer",
        approver="p-approver",
        reason="<b>Fine</b>",
        text=LONG,
        payload={
            **{f"field_{each}": "x" * 300 for each in range(9)},
            "findings": [{"rule": "hashtags", "message": LONG}],
            "sealed": {"text": "…"},
        },
    )
    for number, (kind, place) in enumerate(
        [("post.submitted", ""), ("approval.approved", ""), ("publication.sent", "/x")] * 5
    )
)
ASKED_OF_POST = replace(QUESTION, asks={"question": "search", "post": POST}, words={})
BUNDLE = Order(
    proof_id=ProofId("01K0000000000000000000000P"),
    kind=Kind.BUNDLE,
    about=f"post:{POST}",
    first=Month(2026, 1),
    last=OCTOBER,
    needed=(Needed(OCTOBER, HASH),) * 30,
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
    leaves=tuple(range(1_234_000, 1_234_500)),
    producer=Producer("Robin <Marsh>", "records manager", "RM", 99_999),
    state=State.MADE,
    checked=(Checked(OCTOBER, f"2026-10 holds: 1234567 leaves; bag {HASH}\n"),) * 30,
    files=tuple(
        MadeFile(each, 12_345_678, HASH)
        for each in ("bundle.zip", "certificate.html", "certificate.pdf", "index.pdf")
    ),
    sentence="Text of other people stands sealed in leaf 1234000.",
    over_at=NOW,
)

VIEWS: dict[str, tuple[str, View]] = {
    "audit": ("audit", AuditView(MONTHS, forms_for(OCTOBER), "a+b/c=")),
    "audit-older": ("audit", AuditView(MONTHS[2:], ())),
    "audit-none": ("audit", AuditView((), ())),
    "audit-search-wrong": (
        "form",
        form_sent({"act": ["search"], "regex": ["(a"], "text": ["\n <b>"]}, WRONG),
    ),
    "audit-fixed-wrong": (
        "form",
        form_sent(
            {"act": ["fixed"], "from": ["2026-10"]},
            (FieldError("question", "Choose a question."),),
        ),
    ),
    "answer": ("answer", answer_view(QUESTION, FOUND, "Robin <Marsh>")),
    "answer-none": ("answer", answer_view(FIXED, NONE, "Robin Marsh")),
    "post-life": (
        "answer",
        life_view(
            POST,
            ASKED_OF_POST,
            LIFE,
            after=None,
            latest=Month(2027, 1),
            name=lambda _: "R. <Marsh>",
        ),
    ),
    "proof": ("entry", view_of(BUNDLE, "Robin <Marsh>", kept=True)),
}
