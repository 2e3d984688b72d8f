"""The two ways to one approval, and what is typed there.

DoorError
├── NoSuchDoorError      neither a link nor the name of a post version
└── NothingChosenError   the form came back without a choice
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from moderate.decide import (
    Choice,
    MayNotDecideError,
    ReasonMissingError,
    WrongCodeError,
    check_holder,
)
from shared.accounts.registry import Person
from shared.http.fields import Fields
from shared.identity.session import check_form, form_token
from shared.identity.visitor import Visitor
from shared.pages.forms import DecisionForm
from shared.pages.views import FieldError
from shared.posts.life import Post
from shared.posts.names import ContentHash, PostId
from shared.records.approval import Approval, Decision, Link, Ruling
from shared.records.snapshot import Snapshot, Snapshots

LONGEST_REASON = 2_000
GUARD_COOKIE = "__Host-approval"

_NAME = re.compile(r"([0-9A-HJKMNP-TV-Z]{26})-([1-9][0-9]{0,4})", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DECISIONS = tuple(decision.value for decision in Decision)


class DoorError(Exception):
    """Root of what is wrong with an approval's address."""


class NoSuchDoorError(DoorError):
    """Neither a link nor the name of a post version."""


class NothingChosenError(DoorError):
    """The form came back without a choice: there is no default (P6)."""


@dataclass(frozen=True)
class Door:
    """Who stands before which approval. `guard` is what the form token is bound to: the session,
    or the cookie that came with the page behind a link; `about` is all that was read for it."""

    address: str
    post: Post
    approval: Approval
    person: Person
    about: Snapshot
    guard: str = field(repr=False)
    leave_token: str = field(default="", repr=False)
    link: Link | None = None
    secret: str = field(default="", repr=False)

    @property
    def purpose(self) -> str:
        """What a form served here is for."""
        return f"{self.address} {self.post.content_hash}"

    @property
    def content_hash(self) -> ContentHash:
        """Which words are decided about here: those the mail was sent for, or those shown."""
        return self.link.content_hash if self.link else self.post.content_hash

    def form_token(self) -> str:
        """What the form served here carries: it is good for this door and these words."""
        return form_token(self.guard, self.purpose)

    def cookies(self) -> tuple[str, ...]:
        """The cookie that pairs with the form; the signed-in have theirs already."""
        if self.link is None:
            return ()
        flags = "Path=/; Secure; HttpOnly; SameSite=Strict"
        return (f"{GUARD_COOKIE}={self.guard}; {flags}",)

    @property
    def ruling(self) -> Ruling:
        """The decision that stands; only asked for where there is one."""
        if self.approval.ruling is None:
            raise NoSuchDoorError("Nobody has decided about this post yet.")
        return self.approval.ruling

    def with_approval(self, approval: Approval) -> "Door":
        """The same door after something happened."""
        return replace(self, approval=approval)


def link_door(secret: str, link: Link, guard_word: str, snapshots: Snapshots) -> Door:
    """The door behind an e-mail's link; its guard pairs a cookie with the form. HolderOutError if
    whoever it was sent to has lost access since.
    """
    version = (link.post_id, link.version)
    found = snapshots.read(
        posts=[version],
        approvals=[version],
        accounts=[link.account],
        people=[link.person_id, link.author],
    )
    check_holder(link, found.person(link.person_id))
    return Door(
        address=f"/approvals/{secret}",
        post=found.post(*version),
        approval=found.approval(*version),
        person=found.person(link.person_id),
        about=found,
        guard=guard_word,
        link=link,
        secret=secret,
    )


def queue_door(post_id: PostId, version: int, guest: Visitor, snapshots: Snapshots) -> Door:
    """The door behind a post's own name, for somebody who is signed in."""
    found = snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)])
    return Door(
        address=f"/approvals/{post_id}-{version}",
        post=found.post(post_id, version),
        approval=found.approval(post_id, version),
        person=guest.person,
        about=found,
        guard=guest.token,
        leave_token=guest.leave_token(),
    )


def guard(door: Door, sent: str) -> None:
    """ForgedFormError unless the form was served at this door to this browser."""
    check_form(door.guard, door.purpose, sent)


def post_named(name: str) -> tuple[PostId, int]:
    """Post and version of an address such as `01J…-1`; NoSuchDoorError."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise NoSuchDoorError("There is no such approval. Use the link as it is in your e-mail.")
    return PostId(match[1]), int(match[2])


def choice_from_form(form: DecisionForm, content_hash: ContentHash) -> Choice:
    """What was chosen on the page; NothingChosenError."""
    if not form.choice:
        raise NothingChosenError("Choose approve, return or reject.")
    return Choice(Decision(form.choice), form.reason[:LONGEST_REASON] or None, content_hash)


def choice_from_json(body: Mapping[str, Any]) -> Choice:
    """Reads `POST /v1/approvals/…/decision`."""
    fields = Fields(body)
    decision = fields.one_of("decision", _DECISIONS)
    content_hash = ContentHash(fields.text("content_hash", longest=64, like=_HASH))
    reason = fields.maybe_text("reason", longest=LONGEST_REASON)
    fields.done()
    return Choice(Decision(decision), reason, content_hash)


def field_errors(error: Exception) -> tuple[tuple[FieldError, ...], int | None]:
    """What the page says beside its fields; what is no fault of the form is raised again."""
    match error:
        case NothingChosenError():
            return (FieldError("choice", str(error)),), None
        case ReasonMissingError():
            return (FieldError("reason", str(error)),), None
        case WrongCodeError():
            return (FieldError("code", str(error)),), error.tries_left
        case MayNotDecideError():
            return (FieldError("choice", str(error)),), None
    raise error
