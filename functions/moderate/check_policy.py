"""The words again, at the door, against today's pack; and how long people may take to decide."""

from dataclasses import dataclass
from datetime import datetime

from moderate.rounds import rounds
from shared.accounts.registry import Account, ApprovalMode
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.policy.pack import Pack
from shared.policy.verdict import Verdict
from shared.posts.acts import Happened
from shared.posts.life import Post, State
from shared.posts.names import AccountId, PostId
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

CLEAR, NEEDS_APPROVAL, BLOCKED = "clear", "needs_approval", "blocked"

LEADS_TO = {BLOCKED: State.BLOCKED, CLEAR: State.CLEARED}
DECIDED_BEFORE = {
    State.BLOCKED: BLOCKED,
    State.CLEARED: CLEAR,
    State.AWAITING_APPROVAL: NEEDS_APPROVAL,
}


@dataclass(frozen=True)
class Checked:
    """What the state machine is told: the outcome, whose post it is (so that later steps read it
    with the post), when it is due, how long each round is."""

    outcome: str
    account: AccountId
    due_at: datetime
    round_seconds: tuple[int, ...]


def check_policy(
    post_id: PostId, version: int, *, posts: Posts, snapshots: Snapshots, pack: Pack, now: datetime
) -> Checked:
    """Check a submitted version; a repeated call tells what the first one found."""
    post = posts.get(post_id, version)
    lasting = rounds(now, post.draft.not_before)
    due = post.draft.not_before or now
    if post.state in DECIDED_BEFORE:
        return Checked(DECIDED_BEFORE[post.state], post.draft.account, due, lasting)
    circumstances = snapshots.read(accounts=[post.draft.account], people=[post.author])
    account = circumstances.account(post.draft.account)
    author = circumstances.person(post.author)
    verdict = check(candidate_of(post.draft, author, account), pack)
    outcome = _outcome(verdict, account)
    if outcome in LEADS_TO:
        posts.move(
            post,
            LEADS_TO[outcome],
            _act(post, verdict, now),
            findings=_found(verdict),
            policy_version=verdict.policy_version,
        )
    return Checked(outcome, post.draft.account, due, lasting)


def _outcome(verdict: Verdict, account: Account) -> str:
    if verdict.outcome == "blocked":
        return BLOCKED
    if verdict.outcome == "review" or account.approval_mode is ApprovalMode.ALWAYS:
        return NEEDS_APPROVAL
    return CLEAR


def _found(verdict: Verdict) -> list[dict[str, object]]:
    return [finding.as_dict() for finding in verdict.findings]


def _act(post: Post, verdict: Verdict, now: datetime) -> Act:
    happened = Happened.BLOCKED if verdict.outcome == "blocked" else Happened.CLEARED
    rules = [finding.rule for finding in verdict.findings]
    return act_on(post, happened, now, {"policy_version": verdict.policy_version, "rules": rules})
