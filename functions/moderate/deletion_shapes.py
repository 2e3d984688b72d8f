"""Deletions in JSON, as `openapi.json` describes them."""

from collections.abc import Mapping
from typing import Any

from moderate.ask_deletion import Wish
from moderate.decide_deletion import Choice
from moderate.deletion_room import Case, versions_named
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.deletion import Deletion, DeletionTarget, Ground, Removal, Said, checklist
from shared.records.deletions import MOST_POSTS

LONGEST_WHY, LONGEST_NOTE, LONGEST_NAME = 2_000, 500, 40
GROUNDS = tuple(ground.value for ground in Ground)
DECISIONS = ("approve", "refuse")


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/deletions`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    names = fields.maybe_texts("posts", longest=LONGEST_NAME, most=MOST_POSTS) or ()
    if not names:
        fields.wrong("posts", "Name the posts, each as its id, a hyphen and its version.")
    ground = fields.one_of("ground", GROUNDS)
    why = fields.text("why", longest=LONGEST_WHY)
    note = fields.text("note", longest=LONGEST_NOTE)
    copies = fields.maybe_text("copies", longest=LONGEST_WHY)
    at_once = fields.flag("at_once")
    fields.done()
    return Wish(versions_named(names), Ground(ground), why, note, copies or "", at_once)


def choice_in(body: Mapping[str, Any], decisions: tuple[str, str] = DECISIONS) -> Choice:
    """Reads a decision: the first of the two agrees."""
    fields = Fields(body)
    decision = fields.one_of("decision", decisions)
    reason = fields.maybe_text("reason", longest=LONGEST_WHY)
    fields.done()
    return Choice(decision == decisions[0], reason or "")


def deletion_shape(deletion: Deletion) -> dict[str, Any]:
    """One deletion, without what was kept of each target."""
    asked = deletion.asked
    return {
        "deletion_id": deletion.deletion_id,
        "posts": [f"{each.post_id}-{each.version}" for each in deletion.posts],
        "accounts": list(deletion.accounts),
        "state": deletion.state.value,
        "ground": asked.ground.value,
        "why": asked.why,
        "note": asked.note,
        "copies": asked.copies,
        "at_once": asked.at_once,
        "asked_by": asked.by,
        "asked_at": stamp(asked.at),
        "ruling": _said(deletion.ruling),
        "review": _said(deletion.review),
        "ended_at": stamp(deletion.ended_at),
        "reason": deletion.reason,
    }


def whole_shape(case: Case) -> dict[str, Any]:
    """One deletion with its targets."""
    targets = [target_shape(each) for each in case.whole.targets]
    notes = [f"{post.post_id}-{post.version}" for post in case.notes]
    return {**deletion_shape(case.deletion), "targets": targets, "notes": notes}


def target_shape(target: DeletionTarget) -> dict[str, Any]:
    """One target: the evidence, and how far it is."""
    evidence = target.evidence
    left = target.state in {Removal.LEFT, Removal.REMOVED}
    return {
        "post": f"{target.post_id}-{target.version}",
        "place": target.place,
        "account": target.account,
        "state": target.state.value,
        "cleared": evidence.cleared,
        "shown": evidence.shown,
        "unread": evidence.unread,
        "pictures": [{"sha256": sha256, "alt": alt} for sha256, alt in evidence.pictures],
        "platform_id": evidence.platform_id,
        "url": evidence.url,
        "answer": dict(evidence.answer),
        "sent_at": stamp(evidence.sent_at),
        "captured_at": stamp(evidence.at),
        "removed_at": stamp(target.removed_at),
        "proved_at": stamp(target.proved_at),
        "reason": target.reason,
        "by": target.by,
        "checklist": list(checklist(target.place)) if left else [],
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "by": said.by,
        "at": stamp(said.at),
        "agrees": said.approved,
        "reason": said.reason,
    }
