"""The two ways to one approval, and what the form served there carries.

DoorError
└── NoSuchDoorError      neither a link nor the name of a post version
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from moderate.by_link import check_holder
from moderate.case import Case
from moderate.errors import TooQuickError
from shared.accounts.registry import Person
from shared.identity.session import check_form, form_token
from shared.identity.visitor import Visitor
from shared.posts.life import Post
from shared.posts.names import ContentHash, PostId
from shared.posts.picture_keys import pictures_of
from shared.records.approval import Approval, Link, Ruling
from shared.records.snapshot import Snapshot, Snapshots

GUARD_COOKIE = "__Host-approval"
QUICKEST = timedelta(seconds=2)
"""Nobody reads a post and decides about it in less; a machine does."""

_NAME = re.compile(r"([0-9A-HJKMNP-TV-Z]{26})-([1-9][0-9]{0,4})", re.ASCII)
_TOKEN = re.compile(r"([0-9]{1,15})\.([0-9a-f]{64})", re.ASCII)
MILLISECONDS = 1000


class DoorError(Exception):
    """Root of what is wrong with an approval's address."""


class NoSuchDoorError(DoorError):
    """Neither a link nor the name of a post version."""


@dataclass(frozen=True)
class Door:
    """Who stands before which approval. `guard` is what the form token is bound to: the session,
    or the cookie that came with the page behind a link; `about` is all that was read for it.
    """

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

    @property
    def signed_in_address(self) -> str:
        """The way to the same approval for whoever is signed in."""
        return f"/approvals/{self.post.post_id}-{self.post.version}"

    @property
    def case(self) -> Case:
        """What is decided about, by what was read for this door."""
        post = self.post
        return Case(
            post=post,
            approval=self.approval,
            account=self.about.account(post.draft.account),
            author=self.about.person(post.author),
            editor=self.about.person(post.editor) if post.editor else None,
            board=self.about.board,
        )

    def form_token(self, now: datetime) -> str:
        """What the form served here carries: it is good for this door and these words, and says
        since when the page has been read.
        """
        moment = int(now.timestamp() * MILLISECONDS)
        return f"{moment}.{form_token(self.guard, f'{self.purpose} {moment}')}"

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
        board=True,
    )
    check_holder(link, found.person(link.person_id))
    return Door(
        address=f"/approvals/{secret}",
        post=found.post(*version),
        approval=found.approval(*version),
        person=found.person(link.person_id),
        about=_whole(found, found.post(*version), snapshots),
        guard=guard_word,
        link=link,
        secret=secret,
    )


def queue_door(post_id: PostId, version: int, guest: Visitor, snapshots: Snapshots) -> Door:
    """The door behind a post's own name, for somebody who is signed in."""
    found = snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)], board=True)
    post = found.post(post_id, version)
    return Door(
        address=f"/approvals/{post_id}-{version}",
        post=post,
        approval=found.approval(post_id, version),
        person=guest.person,
        about=_whole(found, post, snapshots),
        guard=guest.token,
        leave_token=guest.leave_token(),
    )


def served_at(door: Door, sent: str) -> datetime:
    """When the page with this form was served first; ForgedFormError unless it was served at this
    door to this browser.
    """
    match = _TOKEN.fullmatch(sent)
    moment, seal = match.groups() if match else ("", "")
    check_form(door.guard, f"{door.purpose} {moment}", seal)
    return datetime.fromtimestamp(int(moment) / MILLISECONDS, UTC)


def check_read(shown_at: datetime, now: datetime) -> None:
    """TooQuickError for what no person can have read."""
    if now - shown_at < QUICKEST:
        raise TooQuickError((now - shown_at).total_seconds())


def post_named(name: str) -> tuple[PostId, int]:
    """Post and version of an address such as `01J…-1`; NoSuchDoorError."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise NoSuchDoorError("There is no such approval. Use the link as it is in your e-mail.")
    return PostId(match[1]), int(match[2])


def _whole(found: Snapshot, post: Post, snapshots: Snapshots) -> Snapshot:
    """With the account and people whose post it is, and its pictures, in one more call or none."""
    whose = [post.author, post.editor] if post.editor else [post.author]
    shown = pictures_of(post.draft.media)
    return snapshots.complete(found, accounts=[post.draft.account], people=whose, pictures=shown)
