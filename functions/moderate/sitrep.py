"""What an incident stopped, and what it will: for the commander who asks how it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from moderate.command import Command
from moderate.scene import Scene, scene_of
from shared.accounts.incident import Event, Incident
from shared.accounts.registry import Account
from shared.policy.circumstances import candidate_of
from shared.policy.rules.critical_incident import RULE
from shared.policy.verdict import Candidate, Verdict
from shared.posts.life import Post, State
from shared.posts.names import AccountId
from shared.records.snapshot import Snapshots
from shared.records.stopped import Stop


@dataclass(frozen=True)
class Judge:
    """Says whose words an incident keeps quiet, as the last look does: by today's policy."""

    snapshots: Snapshots
    verdict: Callable[[Candidate, datetime], Verdict]


@dataclass(frozen=True)
class Sitrep:
    """`blocked` were refused when they were sent in; `held` wait for a review, `reviewed` had
    theirs; `queued` are under way and will be held; `accounts` are those it reaches."""

    incident: Incident
    accounts: Mapping[AccountId, Account]
    blocked: tuple[Stop, ...]
    held: tuple[Stop, ...]
    reviewed: tuple[Stop, ...]
    queued: tuple[Post, ...]
    scene: Scene | None


def sitrep(incident: Incident, command: Command, judge: Judge, now: datetime) -> Sitrep:
    """How it stands."""
    reached = {account.account_id: account for account in command.reached_by(incident)}
    stopped = command.stopped.by(incident.incident_id)
    known = {(stop.post.post_id, stop.post.version) for stop in stopped}
    waiting = [
        post
        for post in command.stopped.under_way()
        if (post.post_id, post.version) not in known and will_wait(post, incident, reached)
    ]
    return Sitrep(
        incident,
        reached,
        tuple(s for s in stopped if s.post.state is State.BLOCKED),
        tuple(s for s in stopped if s.post.state is State.HELD),
        tuple(s for s in stopped if s.post.state not in {State.BLOCKED, State.HELD}),
        tuple(_silenced(waiting, reached, judge, now)),
        scene_of(incident.incident_id, command),
    )


def will_wait(post: Post, incident: Incident, reached: Mapping[AccountId, Account]) -> bool:
    """Whether a post that is under way meets the incident at its last look."""
    account = reached.get(post.draft.account)
    since = post.incident_reviewed_at or post.submitted_at
    return account is not None and incident.affects(account, post.draft.platforms, since)


def _silenced(
    posts: list[Post], reached: Mapping[AccountId, Account], judge: Judge, now: datetime
) -> list[Post]:
    people = judge.snapshots.read(people=[post.author for post in posts]).people
    found = []
    for post in posts:
        author = people.get(post.author)
        if author is None:
            continue
        account = reached[post.draft.account]
        candidate = candidate_of(post.draft, author, account, critical_incident=True)
        if any(finding.rule == RULE for finding in judge.verdict(candidate, now).findings):
            found.append(post)
    return found


@dataclass(frozen=True)
class Timing:
    """Seconds from the declaration, None for what has not happened: until the board was in force,
    the first and the last letter, the stand-down, and until each post was stopped."""

    board_effective: float | None
    first_letter: float | None
    last_letter: float | None
    stand_down: float | None
    stopped: tuple[tuple[Post, float], ...]


def timing(found: Sitrep) -> Timing:
    """What a drill is judged by."""
    incident = found.incident
    told = incident.telling(Event.DECLARED)

    def since(at: datetime | None) -> float | None:
        return None if at is None else round((at - incident.declared_at).total_seconds(), 3)

    stopped = [(stop.post, since(stopped_at(stop, incident))) for stop in found.blocked]
    stopped += [
        (stop.post, since(stopped_at(stop, incident))) for stop in (*found.held, *found.reviewed)
    ]
    return Timing(
        since(found.scene.effective_at if found.scene else None),
        since(told.first_at if told else None),
        since(told.last_at if told else None),
        since(incident.stood_down_at),
        tuple((post, seconds) for post, seconds in stopped if seconds is not None),
    )


def stopped_at(stop: Stop, incident: Incident) -> datetime | None:
    """When it was stopped; None where a later hold hides the one for this incident."""
    if stop.post.state is State.BLOCKED:
        return stop.post.submitted_at
    if stop.hold is None or stop.hold.incident != incident.incident_id:
        return None
    return stop.hold.held_at
