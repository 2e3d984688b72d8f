"""A draft becomes a submission, or comes back with findings; either way it is on record.

SubmitError
├── MayNotPostError       this person does not speak for that account
└── NotReplaceableError   the version to be replaced is not back with its author
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from compose.reading import Wanted, check_draft
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_post
from shared.conductor.executions import ExecutionOverError, Executions, NoAnswerError
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.policy.pack import Pack
from shared.policy.verdict import Candidate, Verdict
from shared.posts.acts import Happened
from shared.posts.content import Draft, content_hash
from shared.posts.life import Post, State
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.posts import Posts

MENDABLE = frozenset({State.BLOCKED, State.RETURNED, State.EXPIRED, State.REFUSED})
"""Endings after which the author may send a new version of the same post."""


class SubmitError(Exception):
    """Root of what a submission can be refused for."""


class MayNotPostError(SubmitError):
    """This person does not speak for that account; `str()` says why."""


class NotReplaceableError(SubmitError):
    """The version to be replaced is not back with its author."""


@dataclass(frozen=True)
class Desk:
    """What submitting needs: the records, the conductor, the policy pack of a day, and what the
    registry adds to it about whoever is reshared."""

    posts: Posts
    executions: Executions
    pack: Callable[[date], Pack]
    registered: Callable[[Pack, Candidate], Pack] | None = None

    def verdict(self, candidate: Candidate, now: datetime) -> Verdict:
        """What the policy says today."""
        pack = self.pack(now.date())
        return check(candidate, self.registered(pack, candidate) if self.registered else pack)


def submit(
    wanted: Wanted, author: Person, account: Account, desk: Desk, *, post_id: PostId, now: datetime
) -> Post:
    """The post as it now stands on record: submitted and on its way, or blocked with findings.

    The record comes first and the execution after it; if we die in between, the sweep starts it.
    `post_id` is used unless the draft replaces a version of an older post.
    """
    answer = may_post(author, account)
    if not answer.allowed:
        raise MayNotPostError(answer.reason)
    check_draft(wanted.draft, account, now)
    version = 1
    if wanted.replaces:
        post_id, version = _next_version(*wanted.replaces, wanted.draft, desk.posts)
    verdict = desk.verdict(candidate_of(wanted.draft, author, account), now)
    post = Post(
        post_id=post_id,
        version=version,
        draft=wanted.draft,
        content_hash=content_hash(wanted.draft),
        author=author.person_id,
        submitted_at=now,
        state=State.BLOCKED if verdict.outcome == "blocked" else State.SUBMITTED,
        policy_version=verdict.policy_version,
        findings=tuple(finding.as_dict() for finding in verdict.findings),
    )
    post = desk.posts.submit(post, _act(post, now), idempotency_key=wanted.key)
    if post.state is State.SUBMITTED:
        # It is on record: the sweep finds what was not started, and tells what ended without an
        # ending; where a second click came after the end, there is nothing to start.
        with suppress(NoAnswerError, ExecutionOverError):
            desk.executions.start(post.post_id, post.version)
    return post


def _next_version(post_id: PostId, version: int, draft: Draft, posts: Posts) -> tuple[PostId, int]:
    old = posts.get(post_id, version)
    if old.draft.account != draft.account:
        raise NotReplaceableError("A new version speaks for the same account as the old one.")
    if old.state not in MENDABLE:
        raise NotReplaceableError(f"Version {old.version} is {old.state.value}; it cannot change.")
    return old.post_id, old.version + 1


def _act(post: Post, now: datetime) -> Act:
    happened = Happened.BLOCKED if post.state is State.BLOCKED else Happened.SUBMITTED
    payload: dict[str, JSON] = {
        "findings": cast("JSON", [dict(finding) for finding in post.findings]),
        "platforms": list(post.draft.platforms),
        "policy_version": post.policy_version,
        "text": post.draft.text,
    }
    return act_on(post, happened, now, payload, actor=post.author)
