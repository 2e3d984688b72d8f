"""The words again, at the door, against today's pack; and how long people may take to decide.

A second reader may read them too (`second_look`). What it found, or that it did not read, is on
record either way: with the ending or the clearance, or, where a person decides, in a leaf and in
the findings the approver is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.rounds import rounds
from moderate.second_look import second_look
from shared.accounts.registry import Account, ApprovalMode, Level
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.policy.pack import Pack
from shared.policy.second import SecondReader
from shared.policy.verdict import Candidate, Verdict
from shared.posts.acts import Happened
from shared.posts.life import Post, State
from shared.posts.names import AccountId, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

CLEAR, NEEDS_APPROVAL, BLOCKED = "clear", "needs_approval", "blocked"

LEADS_TO = {BLOCKED: State.BLOCKED, CLEAR: State.CLEARED}
HAPPENED = {
    BLOCKED: Happened.BLOCKED,
    CLEAR: Happened.CLEARED,
    NEEDS_APPROVAL: Happened.CHECKED,
}
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
    post_id: PostId,
    version: int,
    *,
    posts: Posts,
    snapshots: Snapshots,
    pack: Pack,
    now: datetime,
    reader: SecondReader | None = None,
    registered: Callable[[Pack, Candidate], Pack] | None = None,
) -> Checked:
    """Check a submitted version; a repeated call tells what the first one found. `registered`
    adds to the pack what the registry knows of whoever is reshared."""
    post = posts.get(post_id, version)
    lasting = rounds(now, post.draft.not_before)
    due = post.draft.not_before or now
    if post.state in DECIDED_BEFORE:
        return Checked(DECIDED_BEFORE[post.state], post.draft.account, due, lasting)
    if post.second_reader is not None:  # only what a person decides about is noted and not moved
        return Checked(NEEDS_APPROVAL, post.draft.account, due, lasting)
    circumstances = snapshots.read(accounts=[post.draft.account], people=[post.author])
    account = circumstances.account(post.draft.account)
    author = circumstances.person(post.author)
    candidate = candidate_of(post.draft, author, account)
    pack = registered(pack, candidate) if registered else pack
    verdict = second_look(check(candidate, pack), candidate, reader=reader, pack=pack)
    outcome = _outcome(verdict, account)
    _record(post, verdict, outcome, posts, now)
    return Checked(outcome, post.draft.account, due, lasting)


def _record(post: Post, verdict: Verdict, outcome: str, posts: Posts, now: datetime) -> None:
    """Move the post with its leaf; where a person decides, note what a second reader said."""
    found = _found(verdict)
    if outcome in LEADS_TO:
        posts.move(
            post,
            LEADS_TO[outcome],
            _act(post, verdict, HAPPENED[outcome], now),
            findings=found,
            policy_version=verdict.policy_version,
            second_reader=verdict.second_reader,
        )
    elif verdict.second_reader is not None:
        noted = replace(
            post,
            findings=tuple(found),
            policy_version=verdict.policy_version,
            second_reader=verdict.second_reader,
        )
        posts.note(post, noted, _act(post, verdict, HAPPENED[outcome], now))


def _outcome(verdict: Verdict, account: Account) -> str:
    if verdict.outcome == "blocked":
        return BLOCKED
    if account.approval_mode is ApprovalMode.ALWAYS:
        return NEEDS_APPROVAL
    if verdict.outcome == "review" and not _speaks_for_the_centre(account):
        return NEEDS_APPROVAL
    return CLEAR


def _speaks_for_the_centre(account: Account) -> bool:
    """Whether nobody need read its posts; the level is asked again, lest a slip of the registry
    frees a team's account.
    """
    return account.approval_mode is ApprovalMode.NONE and account.level is Level.CORPORATE


def _found(verdict: Verdict) -> list[dict[str, object]]:
    return [finding.as_dict() for finding in verdict.findings]


def _act(post: Post, verdict: Verdict, happened: Happened, now: datetime) -> Act:
    rules = [finding.rule for finding in verdict.findings]
    payload: dict[str, JSON] = {"policy_version": verdict.policy_version, "rules": rules}
    if verdict.second_reader is not None:
        payload["second_reader"] = verdict.second_reader
    return act_on(post, happened, now, payload)
