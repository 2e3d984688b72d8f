"""A target that is to be taken away: what it needs, and what is put on record of it first (P4)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from publish.target import Told
from shared.platforms.base import Platform, Receipt, UnreachableError
from shared.posts.deletion import Deleted, Deletion, DeletionTarget, Evidence, Removal
from shared.posts.life import Post
from shared.posts.threads import part_of, parts_on
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.deletion_acts import act_on_target
from shared.records.deletions import Deletions
from shared.records.publication import Publication
from shared.records.publications import Publications

LEFT = "left"
NOT_TOLD = "Nobody could say whether it stands there."


@dataclass(frozen=True)
class Scene:
    """A target, the deletion it is part of, and all that removing it needs.

    `open` signs in nowhere yet, UnsupportedError where the account cannot speak there; `pace`
    counts a removal, or says when to come back; `close` is told when the platform says not now.
    """

    deletion: Deletion
    post: Post
    place: str
    open: Callable[[], Platform]
    publications: Publications
    deletions: Deletions
    pace: Callable[[datetime], datetime | None]
    clock: Callable[[], datetime]
    closed_until: datetime | None = None
    close: Callable[[datetime], None] = lambda _: None

    def row(self) -> DeletionTarget | None:
        """What is on record of it, evidence first."""
        post = self.post
        return self.deletions.target(
            self.deletion.deletion_id, post.post_id, post.version, self.place
        )

    def publication(self) -> Publication:
        """What became of it when it was published; NotFoundError."""
        return self.publications.get(self.post.post_id, self.post.version, *part_of(self.place))


def captured(
    scene: Scene, platform: Platform, publication: Publication, now: datetime
) -> DeletionTarget:
    """The target with its evidence, on record."""
    shown, unread = None, ""
    try:
        shown = platform.shown(receipt_of(publication))
        unread = "" if shown else "Nothing stood there any more."
    except UnreachableError as error:
        unread = str(error)
    return _kept(scene, publication, shown, unread, now)


def _kept(
    scene: Scene, publication: Publication, shown: Receipt | None, unread: str, now: datetime
) -> DeletionTarget:
    name, part = part_of(scene.place)
    said, receipt = parts_on(scene.post.draft, name)[part - 1], publication.receipt
    answer = {f"sent_{name}": value for name, value in asdict(receipt).items()} if receipt else {}
    if shown is not None:
        answer |= {
            "shown_platform_id": shown.platform_id,
            "shown_url": shown.url,
            "shown_proof": shown.proof,
        }
    evidence = Evidence(
        at=now,
        cleared=said.text,
        shown=shown.text if shown else None,
        unread=unread,
        pictures=tuple((media.sha256, media.alt) for media in said.media),
        platform_id=receipt.platform_id if receipt else publication.named or "",
        url=receipt.url if receipt else "",
        sent_at=publication.settled_at,
        answer=answer,
    )
    post = scene.post
    target = DeletionTarget(
        scene.deletion.deletion_id,
        post.post_id,
        post.version,
        scene.place,
        post.draft.account,
        Removal.CAPTURED,
        evidence,
    )
    act = act_of(scene, Deleted.EVIDENCE, now, _told_of(evidence))
    return scene.deletions.keep_evidence(target, act)


def leave(
    scene: Scene,
    row: DeletionTarget | None,
    publication: Publication,
    reason: str,
    now: datetime,
) -> Told:
    """Left to a person, with the reason, and whatever evidence there is."""
    row = row or _kept(scene, publication, None, NOT_TOLD, now)
    left = replace(row, state=Removal.LEFT, reason=reason)
    scene.deletions.advance(row, left, act_of(scene, Deleted.LEFT, now, {"reason": reason}))
    return Told(LEFT)


def receipt_of(publication: Publication) -> Receipt:
    """What the platform calls a post that was sent."""
    kept = publication.receipt
    assert kept is not None  # noqa: S101 - it was sent, and read back
    return Receipt(kept.platform_id, kept.url, kept.text, kept.proof)


def act_of(scene: Scene, happened: Deleted, now: datetime, payload: Mapping[str, JSON]) -> Act:
    """What happened to this target."""
    return act_on_target(scene.deletion, scene.post, scene.place, happened, at=now, payload=payload)


def _told_of(evidence: Evidence) -> dict[str, JSON]:
    live = (evidence.at - evidence.sent_at).total_seconds() if evidence.sent_at else None
    return {
        "answer": dict(evidence.answer),
        "cleared": evidence.cleared,
        "pictures": [{"alt": alt, "sha256": sha256} for sha256, alt in evidence.pictures],
        "platform_id": evidence.platform_id,
        "seconds_live": int(live) if live is not None else None,
        "shown": evidence.shown,
        "unread": evidence.unread,
        "url": evidence.url,
    }
