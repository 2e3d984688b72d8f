"""Mentions: each kept once, its words sealed in its first leaf, each step with its own leaf.

Many are written together (`shared.records.together`): each with its leaf or not at all, and none of
them waits for another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.mentions.mention import Mention
from shared.posts.names import AccountId, LeafId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.listing import LONGEST_LISTING, Listing
from shared.records.log import recording, recording_leaf
from shared.records.mention_entries import mention_entry, mention_of, mention_row
from shared.records.mention_rows import RINGING, WAITING
from shared.records.newest_first import newest_first, several
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write, commit, setting

Words = Mapping[str, JSON]
"""What is sealed of a mention, opened: text, author, handle, author_id, url, platform_id, and which
post it answers."""


@dataclass(frozen=True)
class Step:
    """What becomes of a mention, from how it was read to how it stands then, and the act of it."""

    before: Mention
    after: Mention
    act: Act


class Mentions:
    """Where mentions are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def receive(self, heard: Iterable[tuple[Mention, Act]]) -> frozenset[str]:
        """On record, each with the leaf that seals its words; those of them that were not before,
        by their ids."""
        received = tuple(heard)
        writes = [self._receiving(mention, act) for mention, act in received]
        outcomes = commit_each(self._tables.connection, writes)
        fresh = are_written(outcomes, unless=AlreadyExistsError)
        told = zip(received, fresh, strict=True)
        return frozenset(mention.mention_id for (mention, _), is_new in told if is_new)

    def known(self, mention_ids: Iterable[str]) -> frozenset[str]:
        """Those of these that are on record."""
        keys = {each: Key(self._tables.mentions, (each,)) for each in mention_ids}
        found = fetch(self._tables.connection, keys.values())
        return frozenset(each for each, key in keys.items() if key in found)

    def get(self, mention_id: str) -> Mention:
        """The mention, or NotFoundError."""
        row = one(self._tables.mentions, mention_id)
        if row.account is None:  # a check, or how far listening is
            raise NotFoundError("mentions", mention_id)
        return mention_of(row)

    def several(self, mention_ids: Iterable[str]) -> dict[str, Mention]:
        """Those of these that there are, by their ids."""
        keys = {each: Key(self._tables.mentions, (each,)) for each in mention_ids}
        found = fetch(self._tables.connection, keys.values())
        rows = {each: found[key] for each, key in keys.items() if key in found}
        return {each: mention_of(row) for each, row in rows.items() if row.account is not None}

    def settle(self, step: Step) -> None:
        """What became of it; ChangedError if it is not as it was read."""
        commit(self._tables.connection, self._settling(step))

    def settle_each(self, steps: Sequence[Step]) -> list[Exception | None]:
        """What became of several, each by itself; why one is not written, in order: a ChangedError
        if it is not as it was read."""
        return commit_each(self._tables.connection, [self._settling(step) for step in steps])

    def being_answered(self, before: Mention, after: Mention) -> Write:
        """The write that notes which post is on its way to answer it, for the transaction that
        keeps the post; ChangedError if it is not as it was read."""
        return self._changing(before, after)

    def told(self, changes: Iterable[tuple[Mention, Mention]]) -> None:
        """Who was told of them, which `shared.records.notices` has on record, from how each was
        read to how it stands; one that was settled meanwhile needs it no more."""
        writes = [[self._changing(before, after)] for before, after in changes]
        are_written(commit_each(self._tables.connection, writes), unless=ChangedError)

    def ringing(self, now: datetime, limit: int = LONGEST_LISTING) -> tuple[Mention, ...]:
        """Those of which somebody has to be told by now, longest first."""
        table = self._tables.mentions
        keys = table.by_ring.query(RINGING, table.rings_at <= written(now), limit=limit)
        return self._several([row.mention_id for row in keys])

    def waiting(
        self, account: AccountId | None = None, cursor: str | None = None, limit: int = 20
    ) -> Listing[Mention]:
        """A part of what somebody has still to see to, of one account or of all: calls for help
        first, then oldest; InvalidCursorError."""
        table = self._tables.mentions
        index, whose = (
            (table.by_open, WAITING) if account is None else (table.open_by_account, account)
        )
        part = newest_first(
            self._tables.connection,
            table,
            index,
            whose,
            mention_of,
            cursor=cursor,
            limit=limit,
            oldest=True,
        )
        # The index may lag behind the row that was read anew.
        return Listing(tuple(each for each in part.entries if each.is_open), part.cursor)

    def of_account(
        self, account: AccountId, cursor: str | None = None, limit: int = 20
    ) -> Listing[Mention]:
        """A part of all that was said to an account, newest first; InvalidCursorError."""
        table = self._tables.mentions
        return newest_first(
            self._tables.connection,
            table,
            table.by_account,
            account,
            mention_of,
            cursor=cursor,
            limit=limit,
        )

    def words(self, mentions: Iterable[Mention]) -> dict[str, Words]:
        """What was said, opened, by the mentions' ids: in two calls for a hundred. What was erased
        is not among them."""
        from shared.recordlog.sealed import unseal  # the list alone needs none of it

        leaves = {mention.mention_id: mention.leaf for mention in mentions}
        payloads = {each: Key(self._tables.payloads, (leaf,)) for each, leaf in leaves.items()}
        keys = {each: Key(self._tables.record_keys, (leaf,)) for each, leaf in leaves.items()}
        found = fetch(self._tables.connection, [*payloads.values(), *keys.values()])
        return {
            each: unseal(found[payloads[each]].payload, found[keys[each]].key, leaf)
            for each, leaf in leaves.items()
            if payloads[each] in found and keys[each] in found and found[keys[each]].key
        }

    def _several(self, ids: list[str]) -> tuple[Mention, ...]:
        return several(self._tables.connection, self._tables.mentions, ids, mention_of)

    def _receiving(self, mention: Mention, act: Act) -> list[Write]:
        leaf, table = self._pen.leaf(act), self._tables.mentions
        row = mention_row(self._tables, replace(mention, leaf=LeafId(leaf.leaf_id)))
        taken = AlreadyExistsError("mention", mention.mention_id)
        put = Write(row, table.mention_id.does_not_exist(), lambda _: taken)
        return [put, *recording_leaf(self._tables, leaf)]

    def _settling(self, step: Step) -> list[Write]:
        leaf = recording(self._tables, self._pen, step.act)
        return [self._changing(step.before, step.after), *leaf]

    def _changing(self, before: Mention, after: Mention) -> Write:
        table = self._tables.mentions
        row, was = mention_row(self._tables, after), mention_entry(before)
        changed = ChangedError("mention", before.mention_id, "was settled meanwhile")
        columns = setting(row, "entry", "open", "open_for", "waits_from", "rings", "rings_at")
        return Write(row, table.entry == was, lambda _: changed, columns)
