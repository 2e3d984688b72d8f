"""What happened to a post so far: its versions, who asked whom, what was decided and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shared.pages.parts import HistoryLine
from shared.pages.words import DECISIONS, STATES
from shared.posts.life import Post, State
from shared.posts.names import PersonId
from shared.records.approval import Approval
from shared.records.snapshot import Snapshot, Snapshots

LONGEST = 10
"""So many earlier versions are told; whoever needs more looks them up on the post's page."""

US = "Bluelamp"

Name = Callable[[PersonId], str]


@dataclass(frozen=True)
class Story:
    """The version this one took the place of, if any, and what happened, oldest first."""

    before: Post | None
    lines: tuple[HistoryLine, ...]


def story(post: Post, approval: Approval, known: Snapshot, snapshots: Snapshots) -> Story:
    """What happened up to now: in two more calls at most, in one or none for a first version."""
    first = max(1, post.version - LONGEST)
    keys = [(post.post_id, version) for version in range(first, post.version)]
    earlier = snapshots.read(posts=keys, approvals=keys)
    told = [
        *((earlier.posts[key], earlier.approvals.get(key)) for key in keys if key in earlier.posts),
        (post, approval),
    ]
    people = {who for version, asked in told for who in _people(version, asked)}
    named = snapshots.complete(known, people=sorted(people)).people

    def name(who: PersonId) -> str:
        return named[who].name if who in named else who

    lines = [line for version, asked in told for line in _lines(version, asked, name)]
    before = told[-2][0] if len(told) > 1 else None
    return Story(before, tuple(sorted(lines, key=lambda line: line.at)))


def _people(post: Post, approval: Approval | None) -> Iterator[PersonId]:
    yield post.author
    if post.editor:
        yield post.editor
    for asking in approval.askings if approval else ():
        yield from asking.asked
    if approval and approval.ruling:
        yield approval.ruling.by
    if approval and approval.taken_back:
        yield approval.taken_back.by


def _lines(post: Post, approval: Approval | None, name: Name) -> Iterator[HistoryLine]:
    version = f"Version {post.version}"
    sent_by = name(post.editor or post.author)
    yield HistoryLine(post.submitted_at, sent_by, f"{version} was sent in.")
    if approval is None:
        if post.state is State.BLOCKED:
            blocked = STATES[post.state].tag.lower()
            yield HistoryLine(post.submitted_at, US, f"{version}: {blocked}.", post.reason or "")
        return
    for asking in approval.askings:
        people = ", ".join(map(name, asking.asked))
        yield HistoryLine(asking.at, US, f"{version}: asked {people} to decide.")
    if approval.ruling:
        ruling = approval.ruling
        what = DECISIONS[ruling.decision.value].tag.lower()
        yield HistoryLine(ruling.at, name(ruling.by), f"{version}: {what}.", ruling.reason or "")
    if approval.taken_back:
        back = approval.taken_back
        what = STATES[back.ending].tag.lower()
        yield HistoryLine(back.at, name(back.by), f"{version}: {what}.")
