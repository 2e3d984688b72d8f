"""Fills the pages and the JSON of what could not be read back: all the evidence that there is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from moderate.settle_uncertain import Decision, Place, may_settle, waits
from shared.accounts.registry import Account, Person
from shared.http.shapes import post_shape, stamp
from shared.pages.parts import FieldError, HistoryLine, MediaView
from shared.pages.registry_views import FieldView, FormView, Option, RegistryRow
from shared.pages.uncertain_views import UncertainView
from shared.pages.words import platform_title
from shared.posts.acts import Happened
from shared.posts.addresses import account_page
from shared.posts.content import Draft
from shared.posts.localtime import moment_text
from shared.posts.names import PersonId, PlatformName
from shared.posts.outcomes import UNKNOWN
from shared.posts.picture_keys import picture_named_by
from shared.posts.threads import parts_on, places
from shared.records.concluding import outcomes_of
from shared.records.publication import Publication, Step
from shared.records.uncertain import Unsettled

Typed = Mapping[str, tuple[str, ...]]

BEFORE, AFTER = timedelta(minutes=2), timedelta(minutes=10)
"""Clocks differ by less, and no platform shows a post later than that after its last attempt."""

US = "Bluelamp"
TOLD: Mapping[str, str] = {
    Happened.CLAIMED: "The request was frozen, and the first attempt began.",
    Happened.UNCERTAIN: "There was no answer that can be trusted.",
    Happened.LOOKED: "It was looked for, and the platform could not be read.",
    Happened.NOT_SENT: "It was proved absent, and a further attempt began.",
    Happened.TARGET_HELD: "It was proved absent, and an incident kept it back.",
    Happened.SENT: "It was read back from the platform.",
    Happened.TARGET_FAILED: "It failed.",
    Happened.SETTLED: "Somebody settled it.",
}
CHOICES = (
    Option(Decision.SENT.value, "It is there: I have seen it, and give its address"),
    Option(Decision.NOT_SENT.value, "It is not there: I have looked, and it will not be sent"),
)


@dataclass(frozen=True)
class Evidence:
    """One target, and whom it is about."""

    found: Unsettled
    platform: PlatformName
    account: Account
    part: int = 1

    @property
    def place(self) -> Place:
        """Which target it is."""
        return self.platform, self.part

    @property
    def said(self) -> Draft:
        """What was to be said there."""
        return parts_on(self.found.post.draft, self.platform)[self.part - 1]

    @property
    def target(self) -> Publication | None:
        """What is on record of it."""
        return self.found.target(*self.place)

    @property
    def trail(self) -> tuple[Step, ...]:
        """What was done about it."""
        return self.target.trail if self.target else ()

    @property
    def looking(self) -> tuple[datetime, datetime]:
        """The time in which it would have appeared."""
        post, target = self.found.post, self.target
        if target is None:
            return post.submitted_at - BEFORE, post.submitted_at + AFTER
        return target.claimed_at - BEFORE, target.attempted_at + AFTER

    @property
    def handle(self) -> str:
        """What the account is called there."""
        handle = self.account.handle(self.platform)
        return handle.name if handle else self.account.title

    @property
    def address(self) -> str:
        """Where it is settled."""
        post = self.found.post
        address = f"/uncertain/{post.post_id}/{post.version}/{self.platform}"
        return address if self.part == 1 else f"{address}?part={self.part}"

    @property
    def profile(self) -> str | None:
        """The account as the public sees it there."""
        return account_page(self.platform, self.handle)


def unknown_in(found: Unsettled) -> tuple[Place, ...]:
    """The targets of which nobody knows what became."""
    wanted = places(found.post.draft)
    outcomes = outcomes_of(found.post, found.targets)
    pairs = zip(wanted, outcomes, strict=True)
    return tuple(place for place, known in pairs if known is None or known in UNKNOWN)


def row_of(evidence: Evidence) -> RegistryRow:
    """One line of the list."""
    text = evidence.said.text
    since = moment_text(evidence.looking[0] + BEFORE)
    part = f", part {evidence.part}" if evidence.part > 1 else ""
    title = f"{evidence.account.title} on {platform_title(evidence.platform)}{part}"
    return RegistryRow(
        evidence.address, title, "Uncertain", "orange", f"Sent {since}: {text[:200]}"
    )


def uncertain_view(
    evidence: Evidence,
    reader: Person,
    now: datetime,
    names: Mapping[PersonId, str],
    *,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> UncertainView:
    """The evidence, and the form to settle it."""
    post, target = evidence.found.post, evidence.target
    answer = may_settle(reader)
    if answer.allowed:
        answer = waits(evidence.found, evidence.place, now)
    request = target.request if target else {}
    said = evidence.said
    return UncertainView(
        post.post_id,
        post.version,
        evidence.account.title,
        evidence.platform,
        evidence.handle,
        said.text,
        *evidence.looking,
        tuple(_line(step, names) for step in evidence.trail),
        tuple(_picture(m.alt, m.content_type, m.key) for m in said.media),
        evidence.profile,
        target.named if target else None,
        json.dumps(request, indent=1, ensure_ascii=False) if request else "",
        settle_form(evidence.address, typed or {}, errors) if answer.allowed else None,
        answer.reason,
        evidence.part,
    )


def uncertain_shape(evidence: Evidence, now: datetime) -> dict[str, Any]:
    """One target that waits, as `openapi.json` describes it."""
    look_from, look_until = evidence.looking
    target = evidence.target
    return {
        "post": post_shape(evidence.found.post),
        "platform": evidence.platform,
        "part": evidence.part,
        "text": evidence.said.text,
        "request": target.request if target else {},
        "named": target.named if target else None,
        "account_page": evidence.profile,
        "look_from": stamp(look_from),
        "look_until": stamp(look_until),
        "may_be_settled": waits(evidence.found, evidence.place, now).allowed,
        "trail": [_step(step) for step in evidence.trail],
    }


def settled_shape(found: Unsettled, place: Place) -> dict[str, Any]:
    """A target once a person has settled it."""
    target = found.target(*place)
    assert target is not None  # noqa: S101 - it was settled just now
    return {
        "post": post_shape(found.post),
        "platform": target.platform,
        "part": target.part,
        "state": target.state.value,
        "url": target.receipt.url if target.receipt else None,
        "why": target.reason,
        "settled_at": stamp(target.settled_at),
        "settled_by": target.trail[-1].by,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"at": stamp(step.at), "what": step.happened, "reason": step.reason, "by": step.by}


def _line(step: Step, names: Mapping[PersonId, str]) -> HistoryLine:
    who = names.get(step.by, step.by) if step.by else US
    return HistoryLine(step.at, who, TOLD.get(step.happened, ""), step.reason or "")


def _picture(alt: str, content_type: str, key: str) -> MediaView:
    named = picture_named_by(key)
    return MediaView(alt, content_type, f"/pictures/{named}" if named else None)


def settle_form(address: str, typed: Typed, errors: tuple[FieldError, ...]) -> FormView:
    """The form to say what somebody saw; nothing is chosen beforehand."""
    return FormView(
        "What did you see?",
        address,
        "Settle it",
        (
            FieldView(
                "decision", "Is it there?", "choice", typed.get("decision", ()), options=CHOICES
            ),
            FieldView(
                "url",
                "Its address",
                "line",
                typed.get("url", ()),
                "Only if it is there: open the post on the platform and copy its address.",
            ),
            FieldView(
                "why",
                "How do you know?",
                "lines",
                typed.get("why", ()),
                "Where you looked, and what you saw. It is kept with your name.",
            ),
        ),
        errors=errors,
    )
