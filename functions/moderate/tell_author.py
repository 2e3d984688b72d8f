"""Tell an author by letter what became of their post.

The letter is a courtesy: all of it stands on the post's page. One that cannot be sent breaks
nothing; it is logged, and on record.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from shared.mail.errors import MailError
from shared.mail.letters import Event, PostEdited, PostEnded
from shared.mail.send import compose_mail
from shared.posts.acts import Happened
from shared.posts.life import Post, State
from shared.posts.names import PostId
from shared.records.acts import act_on
from shared.records.approval import Approval, Decision, Ruling
from shared.records.approvals import Approvals
from shared.records.errors import RecordsError
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

log = logging.getLogger(__name__)

LETTERS = {
    State.RETURNED: Event.RETURNED,
    State.REJECTED: Event.REJECTED,
    State.REFUSED: Event.REFUSED,
    State.EXPIRED: Event.EXPIRED,
    State.FAILED: Event.FAILED,
}
"""The letter about each ending; what its author took back, or what is out, needs none."""


@dataclass(frozen=True)
class Desk:
    """What telling an author, and recording an ending, needs."""

    snapshots: Snapshots
    posts: Posts
    approvals: Approvals
    send: Callable[[EmailMessage], str]
    sender: str
    base_url: str


def tell_author(post_id: PostId, version: int, desk: Desk, now: datetime) -> Event | None:
    """The letter that its author was written about this version as it stands; None where there is
    nothing to tell. A repeated call writes again, which does no harm.
    """
    found = desk.snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)])
    post, approval = found.post(post_id, version), found.approvals.get((post_id, version))
    edited = _edited(post, approval)
    if edited is not None:
        write_to_author(post, Event.EDITED, desk, now, edited)
        return Event.EDITED
    event = LETTERS.get(post.state)
    if event is not None:
        write_to_author(post, event, desk, now)
    return event


def write_to_author(
    post: Post, event: Event, desk: Desk, now: datetime, edited: Ruling | None = None
) -> None:
    """Send the author one letter; `edited` is the ruling that changed the words."""
    people = [post.author, edited.by] if edited else [post.author]
    about = desk.snapshots.read(accounts=[post.draft.account], people=people)
    author = about.person(post.author)
    told = PostEnded(
        addressee=author.name,
        account_title=about.account(post.draft.account).title,
        link=f"{desk.base_url}/posts/{post.post_id}",
        reference=post.post_id,
        submitted_at=post.submitted_at,
    )
    letter = PostEdited(**vars(told), editor=about.person(edited.by).name) if edited else told
    try:
        desk.send(compose_mail(event, author.email, letter, sender=desk.sender, at=now))
    except MailError as error:
        _note_untold(post, event, error, desk, now)


def _edited(post: Post, approval: Approval | None) -> Ruling | None:
    """The ruling by which an approver changed the words, if that is why this version is over."""
    ruling = approval.ruling if approval else None
    if post.state is State.SUPERSEDED and ruling and ruling.decision is Decision.EDIT:
        return ruling
    return None


def _note_untold(post: Post, event: Event, error: MailError, desk: Desk, now: datetime) -> None:
    why = type(error).__name__
    about = {"post": f"{post.post_id} v{post.version}", "letter": event.value, "why": why}
    log.warning("An author could not be told by letter: %s", about)
    try:
        stands = desk.posts.get(post.post_id, post.version)
        act = act_on(stands, Happened.AUTHOR_UNTOLD, now, {"letter": event.value, "why": why})
        desk.posts.note(stands, stands, act)
    except RecordsError as fault:  # it moved on meanwhile; the log above still says it
        log.warning("That is not on record either: %s", type(fault).__name__)
