"""Write down that a post expired undecided or broke on its way, and tell its author.

What broke after its release is uncertain: a platform may have taken it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from shared.mail.errors import MailError
from shared.mail.letters import Event, PostEnded
from shared.mail.send import compose_mail
from shared.posts.acts import Happened
from shared.posts.life import ENDINGS, Post, State
from shared.posts.names import PostId
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.approval import Approval, ApprovalState
from shared.records.approvals import Approvals
from shared.records.errors import AlreadyDecidedError
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

NONE = "none"
"""What the state machine is told where nobody decided."""

WHY = {
    State.EXPIRED: "Nobody decided in time.",
    State.FAILED: "A step broke; the centre was alarmed.",
    State.UNCERTAIN: "A step broke after its release; the platforms show what is out.",
}
LETTERS = {State.EXPIRED: Event.EXPIRED, State.FAILED: Event.FAILED}


@dataclass(frozen=True)
class Desk:
    """What recording an ending needs."""

    snapshots: Snapshots
    posts: Posts
    approvals: Approvals
    send: Callable[[EmailMessage], str]
    sender: str
    base_url: str


def record_ending(post_id: PostId, version: int, ending: State, desk: Desk, now: datetime) -> str:
    """`none`, or the decision that was made in the last moment and still counts."""
    found = desk.snapshots.read(posts=[(post_id, version)], approvals=[(post_id, version)])
    post, approval = found.post(post_id, version), found.approvals.get((post_id, version))
    if post.state in ENDINGS or post.state is State.UNCERTAIN:
        return NONE  # a repeated call, or a person has to look already
    if post.state is State.RELEASED:
        # Some of it may be out: nobody can say any more that it failed.
        desk.posts.move(
            post, State.UNCERTAIN, _act(post, State.UNCERTAIN, now), reason=WHY[State.UNCERTAIN]
        )
        return NONE
    try:
        _close(post, approval, ending, desk, now)
    except AlreadyDecidedError as error:
        if ending is State.FAILED:  # what was decided in the last moment has no machine any more
            return record_ending(post_id, version, ending, desk, now)
        return error.decision.value
    if ending is State.EXPIRED and approval and approval.ruling:
        return approval.ruling.decision.value
    _tell_author(post, ending, desk, now)
    return NONE


def _close(post: Post, approval: Approval | None, ending: State, desk: Desk, now: datetime) -> None:
    act = _act(post, ending, now)
    if approval and approval.state is ApprovalState.PENDING:
        close = desk.approvals.expire if ending is State.EXPIRED else desk.approvals.void
        close(post, approval, act)
    elif ending is State.FAILED or approval is None:
        desk.posts.move(post, ending, act, reason=WHY[ending])


def _tell_author(post: Post, ending: State, desk: Desk, now: datetime) -> None:
    about = desk.snapshots.read(accounts=[post.draft.account], people=[post.author])
    author = about.person(post.author)
    letter = PostEnded(
        addressee=author.name,
        account_title=about.account(post.draft.account).title,
        link=f"{desk.base_url}/posts/{post.post_id}",
        reference=post.post_id,
        submitted_at=post.submitted_at,
    )
    with suppress(MailError):  # it is on record and on the author's page; a letter is a courtesy
        desk.send(compose_mail(LETTERS[ending], author.email, letter, sender=desk.sender, at=now))


def _act(post: Post, ending: State, now: datetime) -> Act:
    happened = Happened.EXPIRED if ending is State.EXPIRED else Happened.BROKEN
    return act_on(post, happened, now, {"state_before": post.state.value}, reason=WHY[ending])
