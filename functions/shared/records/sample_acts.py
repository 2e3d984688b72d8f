"""Acts on dip samples, with what every leaf about one says.

The leaf of a draw holds all that is needed to do it again: what the lot hung on, by which rule, and
a hash of what there was to draw from (ADR 0037).
"""

import base64
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from shared.posts.acts import SYSTEM
from shared.posts.names import PersonId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.samples.acts import Sampled, subject_of, subject_of_month
from shared.samples.coverage import Coverage
from shared.samples.draw import Lot, frame_hash
from shared.samples.sample import Done, Drawn, FollowUp, Judgement, Sample

NOTHING: Mapping[str, JSON] = {}


def act_on_sample(
    sample: Sample,
    happened: Sampled,
    at: datetime,
    payload: Mapping[str, JSON] = NOTHING,
    *,
    actor: PersonId | str = SYSTEM,
    reason: str | None = None,
) -> Act:
    """What happened to a sample."""
    return Act(
        type=happened.value,
        account=sample.account,
        subject=subject_of(sample.sample_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload={"month": sample.month, **payload},
    )


def act_on_month(
    month: str, happened: Sampled, at: datetime, payload: Mapping[str, JSON] = NOTHING
) -> Act:
    """What happened to all samples of a month."""
    return Act(
        type=happened.value,
        account=None,
        subject=subject_of_month(month),
        at=at,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"month": month, **payload},
    )


def lot_said(lot: Lot, published: Collection[str]) -> dict[str, JSON]:
    """What the lot hangs on, and what there was to draw from, as the leaf of a draw says it."""
    return {
        "end_root": base64.b64encode(lot.end.root).decode(),
        "end_size": lot.end.size,
        "frame_sha256": frame_hash(published),
        "origin": lot.origin,
        "published": len(published),
        "seed": lot.seed.hex(),
    }


def act_of_draw(sample: Sample, lot: Lot, published: Collection[str]) -> Act:
    """What was drawn, and everything to do it again."""
    posts: list[JSON] = [each.name for each in sample.posts]
    said = {**lot_said(lot, published), "posts": posts, "rule": sample.rule}
    return act_on_sample(sample, Sampled.DRAWN, sample.drawn_at, said)


def act_of_judgement(sample: Sample, drawn: Drawn, said: Judgement) -> Act:
    """Somebody looked at a post."""
    wanted = said.follow_up
    payload = {**_named(drawn), "follow_up": _wanted(wanted), "why": said.reason or None}
    return act_on_sample(
        sample, Sampled.LOOKED_AT, said.at, payload, actor=said.by, reason=said.verdict.value
    )


def act_of_follow_up(sample: Sample, drawn: Drawn, done: Done) -> Act:
    """Somebody says that it was done."""
    means = drawn.open.means.value if drawn.open else None
    payload: dict[str, JSON] = {**_named(drawn), "note": done.note}
    return act_on_sample(sample, Sampled.FOLLOWED_UP, done.at, payload, actor=done.by, reason=means)


def act_of_statement(month: str, counts: Coverage, at: datetime) -> Act:
    """What a month's samples came to."""
    said: dict[str, JSON] = {**asdict(counts), "verdicts": dict(counts.verdicts)}
    return act_on_month(month, Sampled.STATED, at, said)


def _wanted(wanted: FollowUp | None) -> JSON:
    if wanted is None:
        return None
    return {"means": wanted.means.value, "until": wanted.until.isoformat(), "who": wanted.who}


def _named(drawn: Drawn) -> dict[str, JSON]:
    return {"number": drawn.number, "post": f"post:{drawn.name}"}
