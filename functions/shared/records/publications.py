"""Publications: a target is claimed before the first byte leaves, and settled when it is known.

The claim is what makes "once" true (P2): it holds the frozen request, only one caller gets it, and
whoever comes later gets AlreadyClaimedError with the row, which says what to do: nothing, if it is
sent; read the platform back, if it is pending or uncertain.

Neither a claim nor a further attempt can follow a declaration of an incident that the post was not
judged by: both name the generation of the board it was judged by (0, if nobody says so: the board
before the first incident), and BoardMovedError refuses them if there is a newer one.
"""

from dataclasses import asdict, replace
from functools import partial

from shared.posts.errors import UnlawfulStepError
from shared.posts.life import Outcome, Post, State
from shared.posts.names import AccountId, ContentHash, PlatformName, PostId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyClaimedError, PublicationMovedError, TakenError
from shared.records.incidents import gate_check
from shared.records.log import recording
from shared.records.paging import post_key
from shared.records.pen import Pen
from shared.records.publication import (
    MAY_FOLLOW,
    FrozenRequest,
    KeptReceipt,
    PlatformReceipt,
    Publication,
)
from shared.records.publication_rows import PlatformPostRow, PublicationRow
from shared.records.reading import one, possible
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit, setting


class Publications:
    """Where publications are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def claim(
        self, post: Post, frozen: FrozenRequest, act: Act, *, generation: int = 0
    ) -> Publication:
        """Claim a target for its first attempt; AlreadyClaimedError carries the earlier claim.
        BoardMovedError."""
        claimed = Publication(
            post_id=post.post_id,
            version=post.version,
            platform=frozen.platform,
            account=post.draft.account,
            content_hash=post.content_hash,
            state=Outcome.PENDING,
            key=frozen.key,
            request=frozen.request,
            attempts=1,
            claimed_at=act.at,
            attempted_at=act.at,
        )
        row = publication_row(self._tables, claimed)
        free = self._tables.publications.post_key.does_not_exist()
        refusal = lambda raw: AlreadyClaimedError(self._found(row, raw))  # noqa: E731
        gate = gate_check(self._tables, post.post_id, generation)
        self._commit([Write(row, free, refusal), gate], act)
        return claimed

    def settle(
        self,
        publication: Publication,
        to: Outcome,
        act: Act,
        *,
        receipt: PlatformReceipt | None = None,
        reason: str | None = None,
        named: str | None = None,
    ) -> Publication:
        """What became of it, with its receipt or the reason why there is none; `named` is what the
        platform called it without showing it yet. UnlawfulStepError, PublicationMovedError if
        somebody settled or tried again since it was read, and TakenError if the receipt is of a
        post that another publication has proved its own.
        """
        settled = replace(
            publication,
            state=_step(publication.state, to),
            settled_at=act.at,
            named=named or publication.named,
            receipt=_kept(receipt) or publication.receipt,
            reason=reason,
        )
        writes = [self._change(publication, settled)]
        if receipt is not None:
            writes.append(_proved_ours(self._tables, settled, receipt.platform_id))
        self._commit(writes, act)
        return settled

    def attempt(self, publication: Publication, act: Act, *, generation: int = 0) -> Publication:
        """Count a further attempt, and be the only one to make it: for a claim whose post is
        proved absent. PublicationMovedError if another worker makes it or has settled it,
        BoardMovedError.
        """
        again = replace(
            publication,
            state=Outcome.PENDING
            if publication.state is Outcome.PENDING
            else _step(publication.state, Outcome.PENDING),
            attempts=publication.attempts + 1,
            attempted_at=act.at,
            settled_at=None,
            reason=None,
        )
        gate = gate_check(self._tables, publication.post_id, generation)
        self._commit([self._change(publication, again), gate], act)
        return again

    def get(self, post_id: PostId, version: int, platform: PlatformName) -> Publication:
        """One target, or NotFoundError."""
        key = post_key(post_id, version)
        return publication_of(one(self._tables.publications, key, platform))

    def of(self, post_id: PostId, version: int) -> tuple[Publication, ...]:
        """Every claimed target of a version, by platform name, in one query."""
        key = post_key(post_id, version)
        if not possible(key):
            return ()
        rows = self._tables.publications.query(key, consistent_read=True)
        return tuple(map(publication_of, rows))

    def _change(self, before: Publication, after: Publication) -> Write:
        table = self._tables.publications
        row = publication_row(self._tables, after)
        names = (
            "state", "attempts", "attempted_at", "settled_at", "named", "receipt", "reason"
        )  # fmt: skip
        # The count too: two workers that read the same pending row must not both try again.
        unchanged = (table.state == before.state.value) & (table.attempts == before.attempts)
        refusal = lambda raw: PublicationMovedError(self._found(row, raw))  # noqa: E731
        return Write(row, unchanged, refusal, setting(row, *names))

    def _found(self, row: PublicationRow, raw: Raw | None) -> Publication:
        table = self._tables.publications
        return publication_of(
            table.from_raw_data(raw) if raw else one(table, row.post_key, row.platform)
        )

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def nothing_sent(tables: Tables, post: Post) -> list[Write]:
    """The conditions that no target of a post was ever claimed: for whoever takes it back.
    AlreadyClaimedError. Only what was held or reviewed can have been claimed before."""
    if post.state is not State.HELD and post.reviewed_at is None:
        return []
    table = tables.publications
    key = post_key(post.post_id, post.version)
    rows = [table(post_key=key, platform=name) for name in post.draft.platforms]
    return [
        Write(row, table.post_key.does_not_exist(), partial(_claimed, table, row), check=True)
        for row in rows
    ]


def _claimed(table: type[PublicationRow], row: PublicationRow, _: Raw | None) -> Exception:
    return AlreadyClaimedError(publication_of(one(table, row.post_key, row.platform)))


def _proved_ours(tables: Tables, publication: Publication, platform_id: str) -> Write:
    """That this post on the platform is of this publication, and of no other. TakenError."""
    table = tables.platform_posts
    key = post_key(publication.post_id, publication.version)
    shown_as = f"{publication.platform}/{publication.account}/{platform_id}"
    row: PlatformPostRow = table(shown_as=shown_as, post_key=key)
    ours = table.shown_as.does_not_exist() | (table.post_key == key)
    return Write(row, ours, lambda _: TakenError(platform_id))


def _step(now: Outcome, wanted: Outcome) -> Outcome:
    if wanted not in MAY_FOLLOW[now]:
        raise UnlawfulStepError(now.value, wanted.value)
    return wanted


def _kept(receipt: PlatformReceipt | None) -> KeptReceipt | None:
    if receipt is None:
        return None
    return KeptReceipt(receipt.platform_id, receipt.url, receipt.text, receipt.proof)


def publication_row(tables: Tables, publication: Publication) -> PublicationRow:
    """The row of a publication."""
    settled, receipt = publication.settled_at, publication.receipt
    return tables.publications(
        post_key=post_key(publication.post_id, publication.version),
        platform=publication.platform,
        post_id=publication.post_id,
        version=publication.version,
        account=publication.account,
        content_hash=publication.content_hash,
        state=publication.state.value,
        key=publication.key,
        request=as_json(publication.request),
        attempts=publication.attempts,
        claimed_at=written(publication.claimed_at),
        attempted_at=written(publication.attempted_at),
        settled_at=written(settled) if settled else None,
        named=publication.named,
        receipt=as_json(asdict(receipt)) if receipt else None,
        reason=publication.reason,
    )


def publication_of(row: PublicationRow) -> Publication:
    """The publication a row holds."""
    return Publication(
        post_id=PostId(row.post_id),
        version=int(row.version),
        platform=PlatformName(row.platform),
        account=AccountId(row.account),
        content_hash=ContentHash(row.content_hash),
        state=Outcome(row.state),
        key=row.key,
        request=from_json(row.request),
        attempts=int(row.attempts),
        claimed_at=moment(row.claimed_at),
        attempted_at=moment(row.attempted_at),
        settled_at=moment(row.settled_at) if row.settled_at else None,
        named=row.named,
        receipt=KeptReceipt(**from_json(row.receipt)) if row.receipt else None,
        reason=row.reason,
    )
