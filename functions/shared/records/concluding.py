"""A post's ending as it is written down: what became of each target, and why."""

from collections.abc import Iterable
from datetime import datetime

from shared.posts.acts import SYSTEM, Happened
from shared.posts.life import Outcome, Post
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.publication import Publication


def outcomes_of(post: Post, found: Iterable[Publication]) -> list[Outcome | None]:
    """What became of each target of a post, None where nobody claimed it."""
    outcomes = {publication.platform: publication.state for publication in found}
    return [outcomes.get(name) for name in post.draft.platforms]


def reasons_of(found: Iterable[Publication]) -> str | None:
    """Why, platform by platform; None where there is nothing to say."""
    return " ".join(f"{p.platform}: {p.reason}" for p in found if p.reason) or None


def concluded(
    post: Post, found: Iterable[Publication], now: datetime, actor: PersonId | str = SYSTEM
) -> Act:
    """That its targets were counted."""
    outcomes: dict[str, JSON] = {each.platform: each.state.value for each in found}
    return act_on(post, Happened.CONCLUDED, now, {"outcomes": outcomes}, actor=actor)
