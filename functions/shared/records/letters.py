"""Approval letters: what the mail service told of each, kept with the link that it held.

A letter that reached somebody is marked on its link. One that did not marks the link, notes whom
it did not reach with the approval, and is a leaf, all in one transaction; after anything but
silence the link is void, because nobody can say any more in whose mailbox it lies.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition

from shared.posts.life import Post
from shared.recordlog.leaf import Act
from shared.records.approval import Approval, ApprovalState, Link, Undelivered
from shared.records.approval_rows import PENDING, approval_of, approval_row
from shared.records.errors import ApprovalClosedError, DeadLinkError
from shared.records.links import link_of, link_row
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.posts import post_of
from shared.records.reading import Key, fetch, one
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting


@dataclass(frozen=True)
class Sent:
    """One approval that waits, the post it is about, and the letters of its round."""

    approval: Approval
    post: Post
    links: tuple[Link, ...]


class Letters:
    """What is known of the letters that `Approvals` keeps the links of."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def find(self, link_hash: str) -> Link:
        """The link of a letter, by its hash; NotFoundError."""
        return link_of(one(self._tables.links, link_hash))

    def of(self, approval: Approval) -> tuple[Link, ...]:
        """The links of this round's letters."""
        return self._links(approval.letters)

    def delivered(self, link_hash: str, at: datetime) -> bool:
        """Mark a letter as delivered; False where it is marked already or was never sent."""
        table = self._tables.links
        new = table.link_hash.exists() & table.delivered_at.does_not_exist()
        try:
            table(link_hash=link_hash).update([table.delivered_at.set(written(at))], new)
        except UpdateError:
            return False
        return True

    def undelivered(self, link: Link, approval: Approval, why: Undelivered, act: Act) -> Link:
        """Mark a letter as undelivered and note it with its approval. DeadLinkError if it is
        marked already, ApprovalClosedError if nobody waits for a decision any more.
        """
        silent = why is Undelivered.SILENCE
        marked = replace(link, undelivered=why, void=link.void or not silent)
        row = link_row(self._tables, marked)
        mark = Write(
            row,
            self._unheard() if silent else self._unmarked(),
            lambda _: DeadLinkError(),
            setting(row, "undelivered", "void"),
        )
        writes = [mark, self._noting(link, approval), *recording(self._tables, self._pen, act)]
        commit(self._tables.connection, writes)
        return marked

    def waiting(self, before: datetime) -> tuple[Sent, ...]:
        """Approvals opened before `before` that still wait, each with its letters."""
        table = self._tables.approvals
        keys = table.by_state.query(PENDING, table.waits_from < written(before))
        where = [(row.post_id, int(row.version)) for row in keys]
        found = fetch(
            self._tables.connection,
            [Key(kind, at) for at in where for kind in (table, self._tables.posts)],
        )
        pairs = [
            (approval_of(found[Key(table, at)]), post_of(found[Key(self._tables.posts, at)]))
            for at in where
            if Key(table, at) in found and Key(self._tables.posts, at) in found
        ]
        pending = [pair for pair in pairs if pair[0].state is ApprovalState.PENDING]
        links = self._links(letter for approval, _ in pending for letter in approval.letters)
        by_hash = {link.link_hash: link for link in links}
        return tuple(
            Sent(approval, post, tuple(by_hash[h] for h in approval.letters if h in by_hash))
            for approval, post in pending
        )

    def _links(self, hashes: Iterable[str]) -> tuple[Link, ...]:
        table = self._tables.links
        keys = [Key(table, (each,)) for each in hashes]
        found = fetch(self._tables.connection, keys)
        return tuple(link_of(found[key]) for key in keys if key in found)

    def _unmarked(self) -> Condition:
        """Nothing is known yet, or only that nothing was heard."""
        table = self._tables.links
        silent: Condition = table.undelivered == Undelivered.SILENCE.value
        known: Condition = table.link_hash.exists()
        known &= table.undelivered.does_not_exist() | silent
        return known

    def _unheard(self) -> Condition:
        table = self._tables.links
        known: Condition = table.link_hash.exists()
        known &= table.undelivered.does_not_exist()
        known &= table.delivered_at.does_not_exist()
        return known

    def _noting(self, link: Link, approval: Approval) -> Write:
        """Added to a set, so that two letters marked at once note both people."""
        table = self._tables.approvals
        return Write(
            approval_row(self._tables, approval),
            table.state == ApprovalState.PENDING.value,
            lambda raw: self._closed(approval, raw),
            (table.unreached.add({link.person_id}),),
        )

    def _closed(self, wanted: Approval, raw: Raw | None) -> Exception:
        table = self._tables.approvals
        row = table.from_raw_data(raw) if raw else one(table, wanted.post_id, wanted.version)
        found = approval_of(row)
        return ApprovalClosedError(found.name, found.state)
