"""The targets' answers become the post's ending."""

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

OUT = frozenset({Outcome.SENT, Outcome.WITHDRAWN})
"""Readers saw it; that it was taken away again is a story of its own."""


def conclude(
    post_id: PostId, version: int, *, posts: Posts, publications: Publications, now: datetime
) -> State:
    """Published, partly published, failed, or uncertain; a repeated call tells the same."""
    post = posts.get(post_id, version)
    if post.state not in {State.RELEASED, State.UNCERTAIN}:
        return post.state
    found = publications.of(post_id, version)
    ending = _ending(post, found)
    if ending is not post.state:
        posts.move(post, ending, _act(post, found, now), reason=_reasons(found))
    return ending


def _ending(post: Post, found: tuple[Publication, ...]) -> State:
    outcomes = {publication.platform: publication.state for publication in found}
    settled = [outcomes.get(name, Outcome.UNCERTAIN) for name in post.draft.platforms]
    if Outcome.UNCERTAIN in settled or Outcome.PENDING in settled:
        return State.UNCERTAIN
    sent = len([outcome for outcome in settled if outcome in OUT])
    if sent == len(settled):
        return State.PUBLISHED
    return State.PARTLY_PUBLISHED if sent else State.FAILED


def _reasons(found: tuple[Publication, ...]) -> str | None:
    return " ".join(f"{p.platform}: {p.reason}" for p in found if p.reason) or None


def _act(post: Post, found: tuple[Publication, ...], now: datetime) -> Act:
    outcomes: dict[str, JSON] = {each.platform: each.state.value for each in found}
    return act_on(post, Happened.CONCLUDED, now, {"outcomes": outcomes})
