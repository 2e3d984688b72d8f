"""Fills the pages and the JSON of held posts: from what is on record to what is shown."""

from collections.abc import Mapping
from typing import Any

from moderate.review_held import HeldCase, may_let_go, may_review
from shared.accounts.registry import Person
from shared.http.shapes import post_shape, stamp
from shared.pages.incident_views import HeldRow, HoldView
from shared.pages.parts import CountView, FieldError, FindingView, MediaView, OtherWords, TargetView
from shared.pages.registry_views import FieldView, FormView, Option
from shared.policy.pack import Pack
from shared.posts.counting import length
from shared.posts.names import PlatformName
from shared.posts.threads import parts_on
from shared.records.hold import Hold, Review, Why

Typed = Mapping[str, tuple[str, ...]]

WHY = {
    Why.INCIDENT: "A critical incident held it.",
    Why.LATE: "It would have gone out later than it was meant to.",
}
PARTLY = " Some of its platforms have it already, or may have it."
CHOICES = {
    Review.RELEASE.value: "Let it go: it goes out exactly as shown, if the last look agrees",
    Review.RETURN.value: "Give it back: the author changes it and sends it again",
}


def row_of(case: HeldCase, reader: Person) -> HeldRow:
    """One line of the queue; who may not review it sees why not."""
    post, answer = case.post, may_review(reader, case)
    return HeldRow(
        post.post_id,
        post.version,
        case.account.title,
        case.author.name,
        post.draft.text,
        WHY[case.hold.why] + (PARTLY if case.hold.partly else ""),
        case.hold.held_at,
        case.hold.ends_at,
        f"/held/{post.post_id}-{post.version}",
        answer.reason,
    )


def hold_view(
    case: HeldCase,
    reader: Person,
    pack: Pack,
    *,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> HoldView:
    """Exactly what would go out if it were let go, and the form to say so."""
    post = case.post
    allowed = may_review(reader, case).allowed
    return HoldView(
        row_of(case, reader),
        tuple(
            _target(case, name, part, said.text, pack)
            for name in post.draft.platforms
            for part, said in enumerate(parts_on(post.draft, name), 1)
        ),
        post.submitted_at,
        post.draft.not_before,
        post.policy_version,
        post.content_hash,
        tuple(MediaView(m.alt, m.content_type) for m in post.draft.media),
        tuple(FindingView.of(finding, post.draft) for finding in post.findings),
        _form(case, typed or {}, errors) if allowed else None,
        post.second_reader,
        OtherWords.of(post.draft),
    )


def hold_shape(case: HeldCase) -> dict[str, Any]:
    """One held post, as `openapi.json` describes it."""
    return {**_hold(case.hold), "post": post_shape(case.post)}


def reviewed_shape(hold: Hold) -> dict[str, Any]:
    """A held post once somebody looked."""
    return {**_hold(hold), "post_id": hold.post_id, "version": hold.version}


def _hold(hold: Hold) -> dict[str, Any]:
    ruling = hold.ruling
    return {
        "why": hold.why.value,
        "incident": hold.incident,
        "held_at": stamp(hold.held_at),
        "ends_at": stamp(hold.ends_at),
        "partly_sent": hold.partly,
        "decision": ruling.decision.value if ruling else None,
        "reviewed_by": ruling.by if ruling else None,
        "reviewed_at": stamp(ruling.at) if ruling else None,
        "reason": ruling.reason if ruling else None,
    }


def _form(case: HeldCase, typed: Typed, errors: tuple[FieldError, ...]) -> FormView:
    free = may_let_go(case)
    options = tuple(
        Option(value, words)
        for value, words in CHOICES.items()
        if free.allowed or value != Review.RELEASE.value
    )
    return FormView(
        "Your decision",
        f"/held/{case.post.post_id}-{case.post.version}",
        "Send your decision",
        (
            FieldView("content_hash", "", "hidden", (case.post.content_hash,)),
            FieldView(
                "decision",
                "Does it still fit?",
                "choice",
                typed.get("decision", ()),
                free.reason,
                options,
            ),
            FieldView(
                "reason",
                "Your reason",
                "lines",
                typed.get("reason", ()),
                "Needed to give it back. The author reads it, and it is kept.",
            ),
        ),
        errors=errors,
    )


def _target(case: HeldCase, name: PlatformName, part: int, text: str, pack: Pack) -> TargetView:
    handle, limit = case.account.handle(name), pack.limits.get(name)
    count = CountView(name, length(text, limit), limit.maximum) if limit else None
    return TargetView(name, handle.name if handle else case.account.title, count, part=part)
