"""Posts of which nobody knows what became, as workflow tests need them."""

from datetime import timedelta
from typing import Any

from shared.platforms.base import Frozen
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName, PostId
from shared.records.incidents import Incidents
from shared.records.publications import Publications
from shared.records.uncertain import Uncertain, Unsettled
from tests.builders import an_act
from tests.workflows.force import Force

SANDBOX = PlatformName("sandbox")


def an_uncertain(force: Force, text: str, **more: Any) -> PostId:
    """A post whose machine is through, and whose targets are all unknown."""
    due = (force.stack.clock.now() + timedelta(days=9)).isoformat()
    post_id = force.submit(text, not_before=due, **more)
    force.until(post_id, State.CLEARED)
    at, kept = force.stack.clock.now(), Publications(force.stack.tables, force.pen)
    board = Incidents(force.stack.tables, force.pen).board()
    post = force.posts.move(force.posts.get(post_id), State.RELEASED, an_act(at=at))
    for name in map(PlatformName, more.get("platforms", ["sandbox"])):
        claim = kept.claim(
            post, Frozen(name, "K" * 26, {"text": text}), an_act(at=at), generation=board.generation
        )
        told = an_act("publication.uncertain", at=at)
        kept.settle(claim, Outcome.UNCERTAIN, told, reason="No answer.")
    force.posts.move(post, State.UNCERTAIN, an_act("post.concluded", at=at))
    return post_id


def unsettled(force: Force, post_id: PostId) -> Unsettled:
    """What is on record of it."""
    return Uncertain(force.stack.tables, force.pen).get(post_id, 1)
