"""Every row that hangs on a post: found by its versions, and gone before they are.

Whatever else names a post (deletions, exceptions) is a thing of its own. Rows that vanish by
themselves (links, idempotency) are left to that.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, cast

from shared.posts.content import Draft
from shared.posts.names import PostId
from shared.records.appeal_rows import HEAD
from shared.records.deletion_marks import mark_name
from shared.records.deletion_rows import MARK
from shared.records.drafts import draft_of
from shared.records.paging import post_key
from shared.records.publication_entries import publication_of, shown_at
from shared.records.reading import Key, fetch
from shared.records.rows import PostRow, Row
from shared.records.tables import Tables

if TYPE_CHECKING:
    from shared.records.publication_rows import PlatformPostRow, PublicationRow

Marks = Callable[[Draft], Iterable[str]]
"""By what a draft is found that shares an appeal (`shared.policy.marks`)."""


def hanging_on(tables: Tables, versions: Iterable[PostRow], marks: Marks) -> Iterator[Row]:
    """The rows of these versions, none of them twice; some of them may not be there."""
    shown = set[str]()
    for row in versions:
        post_id, version = PostId(row.post_id), int(row.version)
        key = post_key(post_id, version)
        for publication in tables.publications.query(key, consistent_read=True):
            yield from _platform_posts(tables, publication, shown)
            yield publication
        yield tables.approvals(post_id=post_id, version=version)
        yield tables.holds(post_id=post_id, version=version)
        yield tables.deletions(deletion_id=mark_name(post_id, version), item=MARK)
        if version == 1:
            yield tables.appeals(appeal_id=post_id, item=HEAD)
        for mark in marks(draft_of(row.draft)):
            yield tables.appeals(appeal_id=mark, item=key)


def _platform_posts(tables: Tables, row: "PublicationRow", before: set[str]) -> Iterator[Row]:
    """The posts on its platform that are known to be this publication's, and were not said
    `before`."""
    wanted = [each for each in _shown_as(tables, row) if each not in before]
    before.update(wanted)
    keys = [Key(tables.platform_posts, (each,)) for each in wanted]
    found = fetch(tables.connection, keys).values()
    yield from (each for each in found if each.post_key.startswith(row.post_key))


def _shown_as(tables: Tables, row: "PublicationRow") -> Iterator[str]:
    publication = publication_of(row)
    place = f"{publication.platform}/{publication.account}"
    if publication.named:
        yield f"{place}/{publication.named}"
    if receipt := publication.receipt:
        yield f"{place}/{receipt.platform_id}"
        at = shown_at(tables, publication, receipt.url).row
        yield cast("PlatformPostRow", at).shown_as
