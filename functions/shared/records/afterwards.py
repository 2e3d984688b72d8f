"""What was posted by hand while nothing could go out from here: on record as if it had.

One transaction: the post with its ending, the target as it stands on the platform, whose address it
is, and the leaves. One address is entered once; what the machine published has its address too.
"""

from collections.abc import Sequence

from shared.posts.life import Post
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError
from shared.records.first_time import keeping
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.posts import post_row
from shared.records.publication import Publication
from shared.records.publication_entries import publication_row, shown_at
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Afterwards:
    """Where entries after the fact are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def enter(
        self,
        post: Post,
        publication: Publication,
        url: str,
        acts: Sequence[Act],
        *,
        also: Sequence[Write] = (),
    ) -> Post:
        """The post as it is on record; TakenError if a post with this address is already."""
        taken = AlreadyExistsError("publication", publication.name)
        writes = [
            shown_at(self._tables, publication, url),
            keeping(self._tables, post, post_row(self._tables, post)),
            Write(
                publication_row(self._tables, publication),
                self._tables.publications.post_key.does_not_exist(),
                lambda _: taken,
            ),
            *also,
        ]
        for act in acts:
            writes += recording(self._tables, self._pen, act)
        commit(self._tables.connection, writes)
        return post
