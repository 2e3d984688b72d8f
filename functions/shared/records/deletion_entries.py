"""Deletions and their targets as rows, and back."""

from dataclasses import asdict
from typing import Any

from shared.posts.deletion import (
    UNDECIDED_OR_UNDER_WAY,
    Asked,
    Deletion,
    DeletionState,
    DeletionTarget,
    Evidence,
    Ground,
    Removal,
    Said,
    Version,
)
from shared.posts.names import AccountId, PersonId, PostId
from shared.records.deletion_rows import HEAD, LISTED, MOVING, REVIEW, DeletionRow
from shared.records.paging import post_key
from shared.records.spelling import as_json, from_json, moment, moment_if, written
from shared.records.tables import Tables


def item_of(post_id: PostId, version: int, place: str) -> str:
    """Where a target lies within its deletion."""
    return f"{post_key(post_id, version)}/{place}"


def head_row(tables: Tables, deletion: Deletion, task_token: str | None = None) -> DeletionRow:
    """The row of a deletion."""
    asked = deletion.asked
    entry = {
        "posts": [[each.post_id, each.version] for each in deletion.posts],
        "accounts": list(deletion.accounts),
        "asked": {**asdict(asked), "ground": asked.ground.value, "at": written(asked.at)},
        "state": deletion.state.value,
        "ruling": _said(deletion.ruling),
        "review": _said(deletion.review),
        "ended_at": written(deletion.ended_at) if deletion.ended_at else None,
        "reason": deletion.reason,
    }
    return tables.deletions(
        deletion_id=deletion.deletion_id,
        item=HEAD,
        entry=as_json(entry),
        listed=LISTED,
        open=open_as(deletion),
        asked_at=written(asked.at) if open_as(deletion) else None,
        task_token=task_token,
    )


def open_as(deletion: Deletion) -> str | None:
    """Who is waited for, None where nobody is."""
    if deletion.state in UNDECIDED_OR_UNDER_WAY:
        return MOVING
    return REVIEW if deletion.waits_for_review else None


def deletion_of(row: DeletionRow) -> Deletion:
    """The deletion a head holds."""
    held: dict[str, Any] = from_json(row.entry)
    asked = held["asked"]
    return Deletion(
        deletion_id=row.deletion_id,
        posts=tuple(Version(PostId(post_id), version) for post_id, version in held["posts"]),
        accounts=tuple(map(AccountId, held["accounts"])),
        asked=Asked(
            **{**asked, "at": moment(asked["at"]), "ground": Ground(asked["ground"])},
        ),
        state=DeletionState(held["state"]),
        ruling=_said_of(held["ruling"]),
        review=_said_of(held["review"]),
        ended_at=moment(held["ended_at"]) if held["ended_at"] else None,
        reason=held["reason"],
    )


def target_row(tables: Tables, target: DeletionTarget) -> DeletionRow:
    """The row of a target."""
    evidence = target.evidence
    entry = {
        "post": [target.post_id, target.version],
        "place": target.place,
        "account": target.account,
        "state": target.state.value,
        "evidence": {
            **asdict(evidence),
            "at": written(evidence.at),
            "pictures": [list(each) for each in evidence.pictures],
            "sent_at": written(evidence.sent_at) if evidence.sent_at else None,
        },
        "removed_at": written(target.removed_at) if target.removed_at else None,
        "proved_at": written(target.proved_at) if target.proved_at else None,
        "reason": target.reason,
        "by": target.by,
    }
    item = item_of(target.post_id, target.version, target.place)
    return tables.deletions(deletion_id=target.deletion_id, item=item, entry=as_json(entry))


def target_of(row: DeletionRow) -> DeletionTarget:
    """The target a row holds."""
    held: dict[str, Any] = from_json(row.entry)
    evidence = held["evidence"]
    sent_at = evidence["sent_at"]
    return DeletionTarget(
        deletion_id=row.deletion_id,
        post_id=PostId(held["post"][0]),
        version=held["post"][1],
        place=held["place"],
        account=AccountId(held["account"]),
        state=Removal(held["state"]),
        evidence=Evidence(
            **{
                **evidence,
                "at": moment(evidence["at"]),
                "pictures": tuple((sha256, alt) for sha256, alt in evidence["pictures"]),
                "sent_at": moment(sent_at) if sent_at else None,
            }
        ),
        removed_at=moment_if(held["removed_at"]),
        proved_at=moment_if(held["proved_at"]),
        reason=held["reason"],
        by=PersonId(held["by"]) if held["by"] else None,
    )


def _said(said: Said | None) -> dict[str, Any] | None:
    return {**asdict(said), "at": written(said.at)} if said else None


def _said_of(held: dict[str, Any] | None) -> Said | None:
    return Said(**{**held, "at": moment(held["at"])}) if held else None
