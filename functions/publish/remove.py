"""One target taken away: evidence first, then the removal, read back twice, minutes apart (P4).

Nothing is removed unless the deletion is approved on record and the evidence of this target is: a
platform is only ever asked by `_take_away`, which takes the row that holds the evidence. A call
that is repeated, or that follows a crash, finds what is on record and goes on from there; taking
away what is away already is a success.

What is not known to stand there is looked for first. What no machine can take away is left to a
person, who gets a checklist.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from publish.removal import LEFT, Scene, act_of, captured, leave, receipt_of
from publish.target import LATER, UNSETTLED, Told, frozen
from shared.platforms.base import (
    Clues,
    Platform,
    PlatformError,
    RateLimitedError,
    Receipt,
    RefusedError,
    SignInError,
    UnsupportedError,
)
from shared.posts.acts import Happened
from shared.posts.deletion import Deleted, DeletionState, DeletionTarget, Removal
from shared.posts.life import Outcome
from shared.recordlog.canonical import JSON
from shared.records.acts import act_on
from shared.records.errors import PublicationMovedError, TakenError
from shared.records.publication import LONGEST_ATTEMPT, Publication

REMOVED, PROVED, UNSURE = "removed", "proved", "unsure"

AWAY = frozenset({Removal.REMOVED, Removal.PROVED, Removal.BY_HAND})

A_MOMENT = timedelta(milliseconds=1)

CAME_BACK = "It stood there again, and was removed again."
NEVER_THERE = "Taken back before it was seen there; it will not be sent."
NO_ADDRESS = "A person said that it is there; the platform never told what it calls it."


class NotApprovedError(Exception):
    """A deletion that nobody approved; nothing was removed."""


def remove(scene: Scene, now: datetime) -> Told:
    """`removed`, `later` (with when), `unsure` (come back in a minute) or `left` to a person."""
    _check_approved(scene)
    row = scene.row()
    if row is not None and row.state in AWAY:
        return Told(REMOVED)
    if row is not None and row.state is Removal.LEFT:
        return Told(LEFT)
    if scene.closed_until and now < scene.closed_until:
        return Told(LATER, scene.closed_until)
    try:
        platform = scene.open()
    except UnsupportedError as error:
        return leave(scene, row, scene.publication(), str(error), now)
    known = _known(scene, platform, now)
    if isinstance(known, Told):
        return known
    if known.state is not Outcome.SENT:
        return Told(REMOVED)  # nothing of it stands there, nor will
    return _remove(scene, platform, known, row, now)


def prove(scene: Scene, now: datetime) -> Told:
    """`proved` once it is read back as gone; where it stands again, it is taken away again."""
    _check_approved(scene)
    row = scene.row()
    if row is None or row.state is Removal.CAPTURED:
        return remove(scene, now)
    if row.state is not Removal.REMOVED:
        return Told(LEFT if row.state is Removal.LEFT else PROVED)
    receipt = receipt_of(scene.publication())
    try:
        platform = scene.open()
        back = platform.shown(receipt)
        if back is not None:
            _came_back(scene, row, back, now)
            platform.delete(receipt)
            return Told(UNSURE)
    except RateLimitedError as error:
        scene.close(error.retry_at)
        return Told(LATER, error.retry_at)
    except PlatformError:
        return Told(UNSURE)
    proved = replace(row, state=Removal.PROVED, proved_at=now)
    scene.deletions.advance(row, proved, act_of(scene, Deleted.PROVED, now, {}))
    return Told(PROVED)


def _came_back(scene: Scene, row: DeletionTarget, back: Receipt, now: datetime) -> None:
    """What stands there again is on record before it is removed again (P4)."""
    act = act_of(scene, Deleted.CAME_BACK, now, {"shown": back.text, "url": back.url})
    scene.deletions.advance(row, replace(row, reason=CAME_BACK), act)


def give_up(scene: Scene, reason: str, now: datetime) -> Told:
    """Whatever it is, a machine will not do it: a person gets a checklist."""
    _check_approved(scene)
    row = scene.row()
    if row is not None and row.state is not Removal.CAPTURED:
        return Told(LEFT if row.state is Removal.LEFT else row.state.value)
    publication = scene.publication()
    if publication.state in {Outcome.FAILED, Outcome.WITHDRAWN}:
        return Told(REMOVED)
    return leave(scene, row, publication, reason, now)


def _check_approved(scene: Scene) -> None:
    if scene.deletion.state is not DeletionState.APPROVED:
        name, state = scene.deletion.deletion_id, scene.deletion.state.value
        raise NotApprovedError(f"Deletion {name} is {state}.")


def _known(scene: Scene, platform: Platform, now: datetime) -> Publication | Told:
    """The publication once it is settled; a claim or a further attempt cannot come any more."""
    claim = scene.publication()
    if claim.state not in UNSETTLED:
        return claim
    if claim.is_under_way(now):
        return Told(LATER, claim.attempted_at + LONGEST_ATTEMPT)
    try:
        if not claim.request:
            return _settled(scene, claim, Outcome.FAILED, now, None)
        found = platform.find(frozen(claim), Clues(known=claim.named))
    except PlatformError:
        return Told(UNSURE)
    if found is None and now < (settles := claim.attempted_at + platform.settles_after):
        return Told(LATER, settles)
    to = Outcome.FAILED if found is None else Outcome.SENT
    return _settled(scene, claim, to, now, found)


def _settled(
    scene: Scene, claim: Publication, to: Outcome, now: datetime, found: Receipt | None
) -> Publication | Told:
    happened = Happened.SENT if found else Happened.TARGET_FAILED
    reason = None if found else NEVER_THERE
    payload: dict[str, JSON] = {
        "deletion": scene.deletion.deletion_id,
        "platform_id": found.platform_id if found else None,
        "reason": reason,
        "text_read_back": found.text if found else None,
        "url": found.url if found else None,
    }
    act = act_on(scene.post, happened, now, payload, target=scene.place)
    try:
        return scene.publications.settle(claim, to, act, receipt=found, reason=reason)
    except PublicationMovedError as error:
        return error.found
    except TakenError:
        return Told(UNSURE)  # it is another post of ours that says the same; a person looks


def _remove(
    scene: Scene,
    platform: Platform,
    publication: Publication,
    row: DeletionTarget | None,
    now: datetime,
) -> Told:
    receipt = receipt_of(publication)
    if receipt.platform_id == receipt.url:
        return leave(scene, row, publication, NO_ADDRESS, now)
    row = row or captured(scene, platform, publication, now)
    if back := scene.pace(now):
        return Told(LATER, back)
    return _take_away(scene, platform, publication, row, now)


def _take_away(
    scene: Scene, platform: Platform, publication: Publication, row: DeletionTarget, now: datetime
) -> Told:
    """The one place where a post is removed; `row` holds the evidence, and is on record."""
    try:
        platform.delete(receipt_of(publication))
    except RateLimitedError as error:
        scene.close(error.retry_at)
        return Told(LATER, error.retry_at)
    except (RefusedError, SignInError, UnsupportedError) as error:
        return leave(scene, row, publication, str(error), now)
    except PlatformError:
        return Told(UNSURE)
    # Later than the evidence, so that the log tells them in this order.
    at = max(scene.clock(), row.evidence.at + A_MOMENT)
    act = act_of(scene, Deleted.REMOVED, at, {"url": receipt_of(publication).url})
    away = replace(row, state=Removal.REMOVED, removed_at=at)
    withdrawn = replace(publication, state=Outcome.WITHDRAWN, trail=publication.and_then(act))
    scene.deletions.advance(row, away, act, (publication, withdrawn))
    return Told(REMOVED)
