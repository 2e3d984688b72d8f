"""One post as feeds know it: what it says, where it stands, and how it is told as JSON.

An entry is spelled as an item of JSON Feed 1.1, in lists as in the public views, so that there is
one spelling to prove. Its id is made of account and key and never changes.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.platforms.base import Receipt
from shared.platforms.feed.words import as_html, escaped, picture_html, title_of
from shared.posts.names import AccountId

NAMESPACE = uuid.UUID("6f1c0f5e-1d0b-5a77-9a53-2f0a4f6f0b1a")
"""Ids of entries are version 5 UUIDs in here; another namespace would make every post a new one."""


@dataclass(frozen=True)
class Picture:
    """One picture where anybody may fetch it."""

    address: str
    content_type: str
    size: int
    alt: str


@dataclass(frozen=True)
class Entry:
    """One post: `published` is UTC text of fixed width, so that it sorts; `corrects` is the key of
    the post that it puts right; `struck_by` is the one that puts this right, where it is shown."""

    key: str
    account: AccountId
    name: str
    text: str
    language: str
    published: str
    address: str
    pictures: tuple[Picture, ...] = ()
    corrects: str = ""
    struck_by: "Entry | None" = None

    @property
    def order(self) -> tuple[str, str]:
        """Newest last, by text alone."""
        return self.published, self.key

    @property
    def entry_id(self) -> str:
        """What readers know it by, for ever."""
        return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{self.account}/{self.key}')}"

    @property
    def title(self) -> str:
        """What readers list it by."""
        return title_of(f"Corrected: {self.text}" if self.struck_by else self.text)

    @property
    def updated(self) -> str:
        """When it was last told otherwise."""
        return self.struck_by.published if self.struck_by else self.published

    @property
    def html(self) -> str:
        """The words with their links, then the pictures with what they show; what was wrong is
        struck out beside what is true (policy C10)."""
        pictures = "".join(picture_html(p.address, p.alt) for p in self.pictures)
        if self.corrects:
            wrong = f"{self.address.rpartition('/')[0]}/{self.corrects}.html"
            way = f'<p><a href="{escaped(wrong)}">Our earlier post</a></p>'
            return f"<p>{as_html(self.text)}</p>{way}{pictures}"
        if self.struck_by is None:
            return f"<p>{as_html(self.text)}</p>{pictures}"
        link = f'<a href="{escaped(self.struck_by.address)}">Corrected {when(self.updated)}</a>'
        right = f"<p><ins>{as_html(self.struck_by.text)}</ins></p>"
        return f"<p>{link}:</p>{right}<p>We said: <del>{as_html(self.text)}</del></p>{pictures}"


def moment_text(at: datetime) -> str:
    """Such as 2026-11-21T12:00:00.123Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def when(moment: str) -> str:
    """Such as 2026-11-21 12:00 UTC."""
    return f"{moment[:10]} {moment[11:16]} UTC"


def item_of(entry: Entry) -> dict[str, Any]:
    """The entry as an item of JSON Feed 1.1."""
    ours = {"account": entry.account, "key": entry.key}
    item: dict[str, Any] = {
        "id": entry.entry_id,
        "url": entry.address,
        "content_text": entry.text,
        "content_html": entry.html,
        "date_published": entry.published,
        "authors": [{"name": entry.name}],
        "language": entry.language,
        "_bluelamp": ours,
    }
    if entry.corrects:
        ours["corrects"] = entry.corrects
    if entry.struck_by:  # whoever shows plain text is not to show what was wrong as if it were true
        ours["said"] = item.pop("content_text")
        item["date_modified"] = entry.updated
    if entry.pictures:
        item["image"] = entry.pictures[0].address
        item["attachments"] = [
            {"url": p.address, "mime_type": p.content_type, "title": p.alt, "size_in_bytes": p.size}
            for p in entry.pictures
        ]
    return item


def receipt_of(entry: Entry) -> Receipt:
    """What the feed calls the post."""
    return Receipt(f"{entry.account}/{entry.key}", entry.address, entry.text)


def entry_of(item: dict[str, Any]) -> Entry:
    """The entry that `item_of` told; KeyError, TypeError or ValueError for anything else."""
    ours = item["_bluelamp"]
    return Entry(
        key=ours["key"],
        account=AccountId(ours["account"]),
        name=item["authors"][0]["name"],
        text=ours["said"] if "said" in ours else item["content_text"],
        language=item["language"],
        published=item["date_published"],
        address=item["url"],
        pictures=tuple(
            Picture(each["url"], each["mime_type"], each["size_in_bytes"], each["title"])
            for each in item.get("attachments", ())
        ),
        corrects=ours.get("corrects", ""),
    )
