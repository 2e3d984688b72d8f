"""Posts that did not wait for a second person, until somebody else has looked at them."""

from dataclasses import replace

from shared.posts.errors import ContentChangedError
from shared.posts.life import Post, UrgentReview, waits_for_review
from shared.recordlog.leaf import Act
from shared.records.errors import LookedAtError
from shared.records.log import recording
from shared.records.paging import LONGEST_PAGE
from shared.records.pen import Pen
from shared.records.posts import post_of, post_row
from shared.records.reading import Key, fetch, one
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting
from shared.records.urgent_reviews import URGENT


class UrgentPosts:
    """Where urgent posts are found until they were looked at."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def waiting(self) -> tuple[Post, ...]:
        """Those nobody has looked at, longest waiting first: the first 99, and once some of them
        were looked at the next. There are few, and each is due within a working day.
        """
        table = self._tables.posts
        keys = table.by_urgent.query(URGENT, limit=LONGEST_PAGE)
        wanted = [Key(table, (row.post_id, int(row.version))) for row in keys]
        rows = fetch(self._tables.connection, wanted)
        posts = (post_of(rows[key]) for key in wanted if key in rows)
        return tuple(post for post in posts if waits_for_review(post))

    def review(self, post: Post, review: UrgentReview, act: Act) -> Post:
        """The post with what was said of it, once; LookedAtError tells the second who was first."""
        table, reviewed = self._tables.posts, replace(post, urgent_review=review)
        row = post_row(self._tables, reviewed)

        def refusal(raw: Raw | None) -> Exception:
            row = table.from_raw_data(raw) if raw else one(table, post.post_id, post.version)
            found = post_of(row)
            if found.urgent_review is not None:
                return LookedAtError(f"{post.post_id} v{post.version}", found.urgent_review)
            return ContentChangedError(post.content_hash, found.content_hash)

        # Where it stands does not matter: it may be going out just now.
        same = table.urgent_review.does_not_exist() & (table.content_hash == post.content_hash)
        write = Write(row, same, refusal, setting(row, "urgent_review", "urgent_open"))
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])
        return reviewed
