"""A post's ending as it is written down: what became of each target, and why."""

from collections.abc import Iterable
from datetime import datetime

from shared.posts.acts import SYSTEM, Happened
from shared.posts.life import Outcome, Post
from shared.posts.names import PersonId
from shared.posts.threads import outcomes_in_order, places
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.acts import act_on
from shared.records.publication import Publication


def outcomes_of(post: Post, found: Iterable[Publication]) -> list[Outcome | None]:
    """What became of each target of a post, part by part, None where nobody claimed it."""
    outcomes = {(each.platform, each.part): each.state for each in found}
    wanted = places(post.draft)
    return [
        outcome
        for name in post.draft.platforms
        for outcome in outcomes_in_order(outcomes.get(each) for each in wanted if each[0] == name)
    ]


def reasons_of(found: Iterable[Publication]) -> str | None:
    """Why, platform by platform; None where there is nothing to say."""
    return " ".join(f"{_named(p)}: {p.reason}" for p in found if p.reason) or None


def _named(publication: Publication) -> str:
    part = f", part {publication.part}" if publication.part > 1 else ""
    return f"{publication.platform}{part}"


def concluded(
    post: Post, found: Iterable[Publication], now: datetime, actor: PersonId | str = SYSTEM
) -> Act:
    """That its targets were counted."""
    outcomes: dict[str, JSON] = {each.place: each.state.value for each in found}
    return act_on(post, Happened.CONCLUDED, now, {"outcomes": outcomes}, actor=actor)
