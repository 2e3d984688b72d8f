"""The targets' answers become the post's ending, or lead back to the last look.

A target that nobody claimed, or that is held, was kept back by an incident declared since the
release: the post is judged again before it can end. One that is given back after its review ends
with whatever is out. What a reply answers is answered before the reply ends: whoever goes on after
a crash does both.
"""

from collections.abc import Callable
from datetime import datetime

from shared.posts.life import Outcome, Post, State
from shared.posts.names import PostId
from shared.posts.outcomes import ending_of
from shared.records.concluding import concluded, outcomes_of, reasons_of
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

Answered = Callable[[Post, tuple[Publication, ...], datetime], None]

RECHECK = "recheck"
"""What the state machine is told where the post has to be judged again."""


def conclude(
    post_id: PostId,
    version: int,
    generation: int,
    *,
    posts: Posts,
    publications: Publications,
    snapshots: Snapshots,
    now: datetime,
    answered: Answered = lambda *_: None,
) -> str:
    """The ending: published, partly published, failed, returned or uncertain; or `recheck`, where
    something was not sent and the board is not that of `generation` any more. A repeated call
    tells the same. `answered` is told of a reply and of what became of its targets."""
    known = snapshots.read(posts=[(post_id, version)], board=True)
    post = known.post(post_id, version)
    if post.reply:
        answered(post, publications.of(post_id, version), now)
    if post.state not in {State.RELEASED, State.UNCERTAIN, State.HELD}:
        return post.state.value
    found = publications.of(post_id, version)
    moved = known.board.generation != generation
    if post.state is State.RELEASED and moved and _was_kept_back(post, found):
        return RECHECK
    ending = ending_of(post.state, outcomes_of(post, found))
    if ending is not post.state:
        # What a reviewer said of a held post stands above what the platforms did.
        reason = None if post.state is State.HELD else reasons_of(found)
        posts.move(post, ending, concluded(post, found, now), reason=reason)
    return ending.value


def _was_kept_back(post: Post, found: tuple[Publication, ...]) -> bool:
    return bool({None, Outcome.HELD}.intersection(outcomes_of(post, found)))
