"""Somebody else looks, by the end of the next working day, at what did not wait for them.

The remark is on record and on the post's page; it takes nothing back. What should not have gone
out is taken down in its own way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Answer
from shared.accounts.routing import may_rule
from shared.posts.acts import Happened
from shared.posts.life import Post, UrgentReview, waits_for_review
from shared.posts.names import PostId
from shared.posts.urgent import review_due
from shared.records.acts import act_on
from shared.records.errors import LookedAtError, NotFoundError
from shared.records.snapshot import Snapshots
from shared.records.urgent_posts import UrgentPosts

NO_REMARK = "Say what you think of it: was it right not to wait? It is kept with the post."


@dataclass(frozen=True)
class UrgentCase:
    """A post that did not wait, and all that says who may look at it."""

    post: Post
    account: Account
    author: Person
    editor: Person | None

    @property
    def due(self) -> datetime:
        """When somebody has to have looked at it."""
        return review_due(self.post.submitted_at)


def urgent_cases(posts: Iterable[Post], snapshots: Snapshots) -> tuple[UrgentCase, ...]:
    """Each of these with everything about it, read in one call."""
    urgent = tuple(posts)
    people = {who for post in urgent for who in (post.author, post.editor) if who}
    found = snapshots.read(accounts={post.draft.account for post in urgent}, people=people)
    return tuple(
        UrgentCase(
            post,
            found.account(post.draft.account),
            found.person(post.author),
            found.person(post.editor) if post.editor else None,
        )
        for post in urgent
    )


def urgent_case(post_id: PostId, version: int, snapshots: Snapshots) -> UrgentCase:
    """The urgent post with everything about it: NotFoundError if it is none, LookedAtError."""
    post = snapshots.read(posts=[(post_id, version)]).post(post_id, version)
    if post.urgent_review is not None:
        raise LookedAtError(f"{post_id} v{version}", post.urgent_review)
    if not waits_for_review(post):
        raise NotFoundError("urgent post", f"{post_id} v{version}")
    return urgent_cases([post], snapshots)[0]


def may_look(person: Person, case: UrgentCase) -> Answer:
    """An approver who neither wrote it nor changed it, under any address."""
    return may_rule(
        person, author=case.author, editor=case.editor, findings=(), account=case.account
    )


def review_urgent(
    case: UrgentCase, remark: str, by: Person, *, urgent: UrgentPosts, now: datetime
) -> Post:
    """The post with the remark, on record once; LookedAtError if somebody was first."""
    answer = may_look(by, case)
    if not answer.allowed:
        raise MayNotActError(answer.reason)
    if not remark.strip():
        raise WrongFieldError("remark", NO_REMARK)
    review = UrgentReview(by.person_id, now, remark.strip())
    act = act_on(
        case.post,
        Happened.URGENT_REVIEWED,
        now,
        {"due": case.due.isoformat(), "remark": review.remark, "state": case.post.state.value},
        actor=by.person_id,
        approver=by.person_id,
    )
    return urgent.review(case.post, review, act)
