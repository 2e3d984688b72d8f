"""A draft as a Bluesky record, frozen; and whether what stands there is that record.

The one thing a frozen record leaves open is the size of each picture, which nobody knows before
its bytes are read. The picture's CID, which is frozen, fixes it all the same.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shared.platforms.base import Before, Said, UnsupportedError
from shared.platforms.bluesky.content_id import picture_cid
from shared.platforms.bluesky.facets import facets
from shared.posts.content import Draft, Kind, Media

COLLECTION = "app.bsky.feed.post"

MOST_PICTURES = 4

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION})
"""Reshares and replies name another post by CID, which `prepare` may not go and fetch."""


def record_of(draft: Draft, now: datetime, before: Before | None = None) -> dict[str, Any]:
    """The whole record of `draft`, `createdAt` included; UnsupportedError says what cannot go."""
    _carried(draft)
    record: dict[str, Any] = {
        "$type": COLLECTION,
        "text": draft.text,
        "createdAt": stamp(now),
        "langs": [draft.language],
    }
    if before:
        record["reply"] = {"root": _link(before.root), "parent": _link(before.parent)}
    found = facets(draft.text)
    if found:
        record["facets"] = found
    if draft.media:
        images = [{"alt": m.alt, "image": _blob(m)} for m in draft.media]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
    elif draft.card:
        told = {"uri": draft.card.url, "title": draft.card.title}
        external = {**told, "description": draft.card.description}
        record["embed"] = {"$type": "app.bsky.embed.external", "external": external}
    return record


def with_blobs(record: Mapping[str, Any], blobs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`record` with each picture's blob as the server calls it, size filled in."""
    if not blobs:
        return dict(record)
    pairs = zip(record["embed"]["images"], blobs, strict=True)
    images = [{**image, "image": dict(blob)} for image, blob in pairs]
    return {**record, "embed": {**record["embed"], "images": images}}


def blobs_of(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blobs of the pictures of a record that `record_of` made, in order."""
    images = record.get("embed", {}).get("images", ())
    return [image["image"] for image in images]


def is_same(frozen: Mapping[str, Any], standing: Mapping[str, Any]) -> bool:
    """Whether what stands on the server is the frozen record, word for word and byte for byte."""
    return bool(_sizeless(standing) == frozen)


def _sizeless(value: object) -> object:
    """`value` with every blob as we froze it."""
    match value:
        case {"$type": "blob", **fields}:
            return {"$type": "blob"} | {n: v for n, v in fields.items() if n != "size"}
        case dict():
            return {name: _sizeless(item) for name, item in value.items()}
        case list():
            return [_sizeless(item) for item in value]
    return value


def stamp(moment: datetime) -> str:
    """RFC 3339 UTC with milliseconds, as Bluesky's own clients write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _carried(draft: Draft) -> None:
    if draft.kind not in CARRIED:
        raise UnsupportedError(f"Bluesky cannot carry a {draft.kind.value} yet; post it there.")
    if len(draft.media) > MOST_PICTURES:
        raise UnsupportedError(f"Bluesky takes {MOST_PICTURES} pictures at most.")
    if draft.media and draft.card:
        raise UnsupportedError("Bluesky shows pictures or the card of a link, not both.")
    for media in draft.media:
        if not media.content_type.startswith("image/"):
            raise UnsupportedError(f"Bluesky takes pictures, not {media.content_type}.")


def _link(said: Said) -> dict[str, str]:
    if not said.proof:
        raise UnsupportedError(
            "What stands on Bluesky is not what was sent, and nothing more is said under it; look."
        )
    return {"uri": said.platform_id, "cid": said.proof}


def _blob(media: Media) -> dict[str, Any]:
    return {
        "$type": "blob",
        "ref": {"$link": picture_cid(media.sha256)},
        "mimeType": media.content_type,
    }
