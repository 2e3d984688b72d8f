"""The words again, at the door, against today's pack; and how long people may take to decide.

A second reader may read them too (`second_look`). What it found, or that it did not read, is on
record either way: with the ending or the clearance, or, where a person decides, in a leaf and in
the findings the approver is shown.

Only words that were submitted while an incident lasted are blocked for it here; those that were
on their way already go on, and are held when they would leave.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from moderate.rounds import rounds
from moderate.second_look import second_look
from shared.accounts.incident import Incident
from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_publish_urgently
from shared.accounts.second_person import needs_second_person
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.policy.keys_end import with_ending_keys
from shared.policy.pack import Pack
from shared.policy.rules.critical_incident import RULE as CRITICAL_INCIDENT
from shared.policy.second import SecondReader
from shared.policy.verdict import Candidate, Verdict
from shared.posts.acts import Happened
from shared.posts.life import TAKEN_BACK, Post, State, step
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.errors import PostMovedError
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
    **{state: state.value for state in TAKEN_BACK},
}


@dataclass(frozen=True)
class About:
    """Which rows asking will need, so that it reads them with the post in one call."""

    accounts: tuple[AccountId, ...]
    people: tuple[PersonId, ...]


@dataclass(frozen=True)
class Checked:
    """What the state machine is told: the outcome, whose post it is (so that later steps read it
    with the post), what else asking needs, when it is due, how long each round is."""

    outcome: str
    account: AccountId
    about: About
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
    edits_clear: bool = False,
    ends: Callable[[AccountId], Mapping[PlatformName, datetime]] | None = None,
) -> Checked:
    """Check a submitted version; a repeated call tells what the first one found. `registered`
    adds to the pack what the registry knows of whoever is reshared; `edits_clear` lets an
    approver's edit that leaves only advice go without another approver; `ends` tells when an
    account's keys end."""
    post = posts.get(post_id, version)
    found = snapshots.read(accounts=[post.draft.account], people=[post.author], board=True)
    account, author = found.account(post.draft.account), found.person(post.author)
    outcome = _told_before(post)
    if outcome is None:
        incident = found.board.silencing(account, post.draft.platforms, post.submitted_at)
        candidate = candidate_of(
            post.draft, author, account, critical_incident=incident is not None
        )
        pack = registered(pack, candidate) if registered else pack
        verdict = second_look(check(candidate, pack), candidate, reader=reader, pack=pack)
        if ends and post.draft.not_before:
            verdict = with_ending_keys(verdict, post.draft, ends(account.account_id))
        outcome = _outcome(verdict, post, account, author, edits_clear=edits_clear)
        act = _act(post, verdict, HAPPENED[outcome], now)
        outcome = _record(post, _judged(post, verdict, incident), outcome, act, posts)
    due = post.draft.not_before
    lasting = rounds(now, due, post.urgency)
    return Checked(outcome, account.account_id, _about(post, account), due or now, lasting)


def _told_before(post: Post) -> str | None:
    """What an earlier call found, or what became of the post before it came to the door."""
    if post.state in DECIDED_BEFORE:
        return DECIDED_BEFORE[post.state]
    # Only what a person decides about is noted and not moved.
    return NEEDS_APPROVAL if post.second_reader is not None else None


def _about(post: Post, account: Account) -> About:
    above = [account.parent] if account.parent else []
    editor = [post.editor] if post.editor else []
    return About((account.account_id, *above), (post.author, *editor))


def _judged(post: Post, verdict: Verdict, incident: Incident | None) -> Post:
    """The post as it reads by today's pack; `incident` is what stopped it, if that rule did."""
    stopped = any(finding.rule == CRITICAL_INCIDENT for finding in verdict.findings)
    return replace(
        post,
        findings=tuple(finding.as_dict() for finding in verdict.findings),
        policy_version=verdict.policy_version,
        second_reader=verdict.second_reader,
        incident=incident.incident_id if incident and stopped else post.incident,
    )


def _record(post: Post, judged: Post, outcome: str, act: Act, posts: Posts) -> str:
    """Move the post with its leaf; where a person decides, note what is new to them: what today's
    pack found besides, and what a second reader said. The outcome, or what overtook it this very
    moment: its author took it back, or the same call was made twice.
    """
    try:
        if outcome in LEADS_TO:
            posts.move(
                post,
                LEADS_TO[outcome],
                act,
                findings=judged.findings,
                policy_version=judged.policy_version,
                second_reader=judged.second_reader,
                incident=judged.incident,
            )
        elif judged.second_reader is not None or judged.findings != post.findings:
            step(post.state, State.AWAITING_APPROVAL)
            posts.note(post, judged, act)
    except PostMovedError as moved:
        if moved.found.state not in DECIDED_BEFORE:
            raise
        return DECIDED_BEFORE[moved.found.state]
    return outcome


def _outcome(
    verdict: Verdict, post: Post, account: Account, author: Person, *, edits_clear: bool
) -> str:
    if verdict.outcome == "blocked":
        return BLOCKED
    second_person = needs_second_person(
        account,
        to_review=verdict.outcome == "review",
        edited=post.editor is not None,
        urgent=bool(post.urgent_reason) and may_publish_urgently(author).allowed,
        edits_clear=edits_clear,
    )
    return NEEDS_APPROVAL if second_person else CLEAR


def _act(post: Post, verdict: Verdict, happened: Happened, now: datetime) -> Act:
    rules = [finding.rule for finding in verdict.findings]
    payload: dict[str, JSON] = {"policy_version": verdict.policy_version, "rules": rules}
    if verdict.second_reader is not None:
        payload["second_reader"] = verdict.second_reader
    return act_on(post, happened, now, payload)
