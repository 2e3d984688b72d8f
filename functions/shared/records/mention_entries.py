"""Mentions as rows, and back; and the acts that leaves tell of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.mentions.acts import Heard, subject_of
from shared.mentions.deadlines import next_ring
from shared.mentions.mention import Desk, Mention, MentionState, Outcome, Settled, Told
from shared.posts.acts import SYSTEM
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.mention_rows import RINGING, WAITING, MentionRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

NOTHING: Mapping[str, JSON] = {}
CALLS_FIRST, OTHERS = "0", "1"
"""Before the moment that a mention waits from, so that calls for help stand in front."""


def mention_row(tables: Tables, mention: Mention) -> MentionRow:
    """The row of a mention."""
    ring, is_open = next_ring(mention), mention.is_open
    rank, said_at = CALLS_FIRST if mention.calls else OTHERS, written(mention.said_at)
    return tables.mentions(
        mention_id=mention.mention_id,
        entry=mention_entry(mention),
        account=mention.account,
        said_at=said_at,
        open=WAITING if is_open else None,
        open_for=mention.account if is_open else None,
        waits_from=rank + said_at if is_open else None,
        rings=RINGING if ring else None,
        rings_at=written(ring.at) if ring else None,
    )


def mention_entry(mention: Mention) -> str:
    """What a row holds of a mention besides its keys; whoever changed it, changed this."""
    entry = {
        "platform": mention.platform,
        "received_at": written(mention.received_at),
        "leaf": mention.leaf,
        "calls": mention.calls,
        "private": mention.private,
        "told": mention.told.value,
        "settled": _settled(mention.settled),
        # Only where there is one: rows from before it was known compare as they are.
        **({"answering": mention.answering} if mention.answering else {}),
    }
    return as_json(entry)


def mention_of(row: MentionRow) -> Mention:
    """The mention a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Mention(
        mention_id=row.mention_id,
        account=AccountId(row.account or ""),
        platform=PlatformName(held["platform"]),
        said_at=moment(row.said_at or ""),
        received_at=moment(held["received_at"]),
        leaf=LeafId(held["leaf"]),
        calls=held["calls"],
        private=held["private"],
        settled=_settled_of(held["settled"]),
        told=Told(held["told"]),
        answering=PostId(held["answering"]) if "answering" in held else None,
    )


def act_on_mention(
    mention: Mention,
    happened: Heard,
    at: datetime,
    payload: Mapping[str, JSON] = NOTHING,
    *,
    actor: PersonId | str = SYSTEM,
    personal: Mapping[str, JSON] = NOTHING,
) -> Act:
    """What happened to a mention. Words and names of whoever wrote it belong into `personal` and
    nowhere else."""
    return Act(
        type=happened.value,
        account=mention.account,
        subject=subject_of(mention.mention_id),
        at=at,
        actor=actor,
        approver=None,
        reason=None,
        payload={
            "calls_for_help": mention.calls,
            "platform": mention.platform,
            "private": mention.private,
            **payload,
        },
        personal=personal,
    )


def outcome_said(outcome: Outcome) -> dict[str, JSON]:
    """What a leaf says of an outcome."""
    return {
        "answer": outcome.answer,
        "desk": outcome.desk.value if outcome.desk else None,
        "follow_up": outcome.follow_up.isoformat() if outcome.follow_up else None,
        "why": outcome.why,
    }


def _settled(settled: Settled | None) -> dict[str, Any] | None:
    if settled is None:
        return None
    said = outcome_said(settled.outcome)
    return {
        **said,
        "state": settled.outcome.state.value,
        "by": settled.by,
        "at": written(settled.at),
    }


def _settled_of(held: dict[str, Any] | None) -> Settled | None:
    if held is None:
        return None
    outcome = Outcome(
        MentionState(held["state"]),
        held["why"],
        held["answer"],
        date.fromisoformat(held["follow_up"]) if held["follow_up"] else None,
        Desk(held["desk"]) if held["desk"] else None,
    )
    return Settled(outcome, PersonId(held["by"]), moment(held["at"]))
