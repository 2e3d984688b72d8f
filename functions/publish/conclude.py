"""The targets' answers become the post's ending, or lead back to the last look.

A target that nobody claimed, or that is held, was kept back by an incident declared since the
release: the post is judged again before it can end. One that is given back after its review ends
with whatever is out.
"""

from datetime import datetime

from shared.posts.acts import Happened
from shared.posts.life import Outcome, Post, State
from shared.posts.names import PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

RECHECK = "recheck"
"""What the state machine is told where the post has to be judged again."""

OUT = frozenset({Outcome.SENT, Outcome.WITHDRAWN})
"""Readers saw it; that it was taken away again is a story of its own."""

UNKNOWN = frozenset({Outcome.PENDING, Outcome.UNCERTAIN})


def conclude(
    post_id: PostId,
    version: int,
    generation: int,
    *,
    posts: Posts,
    publications: Publications,
    snapshots: Snapshots,
    now: datetime,
) -> str:
    """The ending: published, partly published, failed, returned or uncertain; or `recheck`, where
    something was not sent and the board is not that of `generation` any more. A repeated call
    tells the same."""
    known = snapshots.read(posts=[(post_id, version)], board=True)
    post = known.post(post_id, version)
    if post.state not in {State.RELEASED, State.UNCERTAIN, State.HELD}:
        return post.state.value
    found = publications.of(post_id, version)
    moved = known.board.generation != generation
    if post.state is State.RELEASED and moved and _was_kept_back(post, found):
        return RECHECK
    ending = _ending(post, found)
    if ending is not post.state:
        # What a reviewer said of a held post stands above what the platforms did.
        reason = None if post.state is State.HELD else _reasons(found)
        posts.move(post, ending, _act(post, found, now), reason=reason)
    return ending.value


def _outcomes(post: Post, found: tuple[Publication, ...]) -> list[Outcome | None]:
    """Of each target, None where nobody claimed it."""
    outcomes = {publication.platform: publication.state for publication in found}
    return [outcomes.get(name) for name in post.draft.platforms]


def _was_kept_back(post: Post, found: tuple[Publication, ...]) -> bool:
    return bool({None, Outcome.HELD}.intersection(_outcomes(post, found)))


def _ending(post: Post, found: tuple[Publication, ...]) -> State:
    settled = _outcomes(post, found)
    held = post.state is State.HELD
    # Of a held post everybody knows that nothing was sent there; of any other nobody knows why not.
    if UNKNOWN.intersection(settled) or (None in settled and not held):
        return State.UNCERTAIN
    sent = sum(outcome in OUT for outcome in settled)
    if sent == len(settled):
        return State.PUBLISHED
    if sent:
        return State.PARTLY_PUBLISHED
    return State.RETURNED if held else State.FAILED


def _reasons(found: tuple[Publication, ...]) -> str | None:
    return " ".join(f"{p.platform}: {p.reason}" for p in found if p.reason) or None


def _act(post: Post, found: tuple[Publication, ...], now: datetime) -> Act:
    outcomes: dict[str, JSON] = {each.platform: each.state.value for each in found}
    return act_on(post, Happened.CONCLUDED, now, {"outcomes": outcomes})
