"""The last look before anything leaves: what is known now, judged, and on record.

All of it is read in two calls, the board of incidents and the policy in use among it. The board's
generation goes with the release: no target is claimed by a board that this look did not see. A
post that was released before is judged anew where the board moved since.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from publish.judgement import Case, Judgement, judge
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.policy.pack import Pack
from shared.policy.proposal import Proposal
from shared.policy.verdict import Candidate
from shared.posts.acts import Happened
from shared.posts.life import ENDINGS, TAKEN_BACK, Outcome, Post, State, step
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.posts.picture_keys import pictures_of
from shared.posts.threads import places, spelled
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import PostMovedError
from shared.records.hold import Why
from shared.records.posts import Posts
from shared.records.snapshot import Snapshot, Snapshots

OVER = ENDINGS | {State.HELD, State.UNCERTAIN}
"""Where there is nothing to judge: somebody else was first, or this call is a repeated one."""

HAPPENED = {State.RELEASED: Happened.RELEASED, State.REFUSED: Happened.REFUSED}


class PolicyInUse(Protocol):
    """The policy of a day; what is not known of it is read with the post, and learnt."""

    @property
    def is_known(self) -> bool: ...

    def learn(self, found: Proposal | None) -> None: ...

    def __call__(self, today: date) -> Pack: ...


@dataclass(frozen=True)
class Desk:
    """What the last look needs; `registered` adds to the pack what the registry knows of whoever
    is reshared."""

    posts: Posts
    snapshots: Snapshots
    policy: PolicyInUse
    registered: Callable[[Pack, Candidate], Pack]


@dataclass(frozen=True)
class About:
    """Which rows will be needed besides the post's own, as the door told; others are read as well,
    in a second call."""

    accounts: tuple[AccountId, ...] = ()
    people: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class Release:
    """What became of it, and by the board of which `generation`; `why`, for which `incident`, and
    whether some of it is out already, where it is held."""

    outcome: State
    generation: int
    reason: str = ""
    targets: tuple[PlatformName, ...] = ()
    why: Why | None = None
    incident: str | None = None
    partly: bool = False


def release(post_id: PostId, version: int, about: About, desk: Desk, now: datetime) -> Release:
    """Release a cleared version for its targets, or say why not; a held one is not moved here but
    where the machine begins to wait for its review."""
    found = desk.snapshots.read(
        posts=[(post_id, version)],
        approvals=[(post_id, version)],
        accounts=about.accounts,
        people=about.people,
        board=True,
        policy=(unread := not desk.policy.is_known),
    )
    if unread:
        desk.policy.learn(found.policy)
    post, generation = found.post(post_id, version), found.board.generation
    if post.state in OVER:
        return Release(post.state, generation, post.reason or "")
    case = _case(post, found, desk, now)
    judged = judge(case, now)
    if judged.outcome is State.HELD:
        step(post.state, State.HELD)
        return Release(
            State.HELD,
            generation,
            judged.reason,
            why=judged.why,
            incident=judged.incident,
            partly=case.partly,
        )
    outcome = _outcome(case, judged)
    try:
        if outcome is not post.state:
            act = _act(case, judged, outcome, now)
            desk.posts.move(post, outcome, act, reason=judged.reason or None)
    except PostMovedError as moved:  # taken back this very moment
        if moved.found.state not in TAKEN_BACK:
            raise
        return Release(moved.found.state, generation, moved.found.reason or "")
    targets = post.draft.platforms if outcome is State.RELEASED else ()
    return Release(outcome, generation, judged.reason, targets)


def _case(post: Post, found: Snapshot, desk: Desk, now: datetime) -> Case:
    approval = found.approvals.get((post.post_id, post.version))
    ruling = approval.ruling if approval else None
    found = desk.snapshots.complete(
        found,
        accounts=[post.draft.account],
        people=[who for who in (post.author, post.editor, ruling and ruling.by) if who],
        publications=_claimable(post),
        pictures=(shown := pictures_of(post.draft.media)),
    )
    account, author = found.account(post.draft.account), found.person(post.author)
    since = post.incident_reviewed_at or post.submitted_at
    incident = found.board.affecting(account, post.draft.platforms, since)
    candidate = candidate_of(post.draft, author, account, critical_incident=incident is not None)
    pack = desk.registered(desk.policy(now.date()), candidate)
    return Case(
        post=post,
        account=account,
        author=author,
        editor=found.person(post.editor) if post.editor else None,
        approval=approval,
        approver=found.person(ruling.by) if ruling else None,
        incident=incident,
        verdict=check(candidate, pack),
        claimed=tuple(found.publications.values()),
        stopped=any(p not in found.pictures or found.pictures[p].stopped_at for p in shown),
    )


def _claimable(post: Post) -> list[tuple[PostId, int, str]]:
    """The targets that may have been claimed: only of what was released, or held, before."""
    if post.state is not State.RELEASED and post.reviewed_at is None:
        return []
    return [(post.post_id, post.version, spelled(*place)) for place in places(post.draft)]


def _outcome(case: Case, judged: Judgement) -> State:
    """What is refused after some of it went out is partly published, or nobody knows."""
    if judged.outcome is not State.REFUSED or not case.partly:
        return judged.outcome
    states = {publication.state for publication in case.claimed}
    unknown = states & {Outcome.PENDING, Outcome.UNCERTAIN}
    return State.UNCERTAIN if unknown else State.PARTLY_PUBLISHED


def _act(case: Case, judged: Judgement, outcome: State, now: datetime) -> Act:
    post, ruling = case.post, case.ruling
    released = judged.outcome is State.RELEASED
    payload: dict[str, JSON] = {
        "platforms": list(post.draft.platforms) if released else [],
        "policy_version": post.policy_version,
        "policy_version_now": case.verdict.policy_version,
        "state": outcome.value,
    }
    return act_on(
        post,
        HAPPENED[judged.outcome],
        now,
        payload,
        approver=ruling.by if ruling else None,
        reason=judged.reason or None,
    )
