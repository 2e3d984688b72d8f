"""Publications: a target is claimed before the first byte leaves, and settled when it is known.

The claim is what makes "once" true (P2): it holds the frozen request, only one caller gets it, and
whoever comes later gets AlreadyClaimedError with the row, which says what to do: nothing, if it is
sent; read the platform back, if it is pending or uncertain.

Of a thread each part is a publication, and is claimed only while the one before it is sent.

Neither a claim nor a further attempt can follow a declaration of an incident that the post was not
judged by: both name the generation of the board it was judged by (0, if nobody says so: the board
before the first incident), and BoardMovedError refuses them if there is a newer one.
"""

from dataclasses import replace
from functools import partial

from shared.posts.errors import UnlawfulStepError
from shared.posts.life import Outcome, Post, State
from shared.posts.names import PlatformName, PostId
from shared.posts.threads import spelled
from shared.recordlog.leaf import Act
from shared.records.deletion_marks import not_taken_away
from shared.records.errors import AlreadyClaimedError, TakenError
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
    step_of,
)
from shared.records.publication_entries import (
    changing,
    owner_of,
    publication_of,
    publication_row,
    publication_there,
    shown_at,
    standing,
)
from shared.records.publication_rows import PlatformPostRow, PublicationRow
from shared.records.reading import one, possible
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, commit


class Publications:
    """Where publications are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def claim(
        self,
        post: Post,
        frozen: FrozenRequest,
        act: Act,
        *,
        generation: int = 0,
        after: Publication | None = None,
    ) -> Publication:
        """Claim a target for its first attempt, or the part `after` one that is sent;
        AlreadyClaimedError carries the earlier claim. BoardMovedError, PublicationMovedError if
        what it comes after is sent no more, TakenAwayError if somebody is deleting the post."""
        claimed = _claim(post, frozen, act, after)
        gate = gate_check(self._tables, post.post_id, generation)
        kept = not_taken_away(self._tables, post.post_id, post.version)
        before = [standing(self._tables, after)] if after else []
        self._commit([self._first(claimed), *before, gate, kept], act)
        return claimed

    def never(
        self,
        post: Post,
        frozen: FrozenRequest,
        act: Act,
        reason: str,
        *,
        after: Publication | None = None,
    ) -> Publication:
        """A target that nobody claimed, and nobody will, and why; AlreadyClaimedError."""
        claim = replace(_claim(post, frozen, act, after), attempts=0, request={})
        failed = replace(claim, state=Outcome.FAILED, settled_at=act.at, reason=reason)
        self._commit([self._first(failed)], act)
        return failed

    def settle(
        self,
        publication: Publication,
        to: Outcome,
        act: Act,
        *,
        receipt: PlatformReceipt | None = None,
        reason: str | None = None,
        named: str | None = None,
        disputed: bool = False,
    ) -> Publication:
        """What became of it, with its receipt or the reason why there is none; `named` is what the
        platform called it without showing it yet. UnlawfulStepError, PublicationMovedError if
        somebody settled or tried again since it was read, and TakenError if that post on the
        platform is another publication's by now: what was named may be kept as `disputed`.
        """
        settled = replace(
            publication,
            state=_step(publication.state, to),
            settled_at=act.at,
            named=named or publication.named,
            receipt=_kept(receipt) or publication.receipt,
            reason=reason,
            trail=publication.and_then(act),
        )
        writes = [changing(self._tables, publication, settled)]
        if (shown_as := receipt.platform_id if receipt else named) and not disputed:
            writes.append(_ours(self._tables, settled, shown_as))
        if receipt is not None:
            writes.append(shown_at(self._tables, settled, receipt.url, first=False))
        self._commit(writes, act)
        return settled

    def attempt(self, publication: Publication, act: Act, *, generation: int = 0) -> Publication:
        """Count a further attempt, and be the only one to make it: for a claim whose post is
        proved absent. PublicationMovedError if another worker makes it or has settled it,
        BoardMovedError, TakenAwayError.
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
            trail=publication.and_then(act),
        )
        gate = gate_check(self._tables, publication.post_id, generation)
        kept = not_taken_away(self._tables, publication.post_id, publication.version)
        self._commit([changing(self._tables, publication, again), gate, kept], act)
        return again

    def looked(self, publication: Publication, act: Act, reason: str) -> Publication:
        """A look that told nothing is on record, and nothing else is changed by it.
        PublicationMovedError."""
        after = replace(publication, reason=reason, trail=publication.and_then(act))
        self._commit([changing(self._tables, publication, after)], act)
        return after

    def get(
        self, post_id: PostId, version: int, platform: PlatformName, part: int = 1
    ) -> Publication:
        """One target, or NotFoundError."""
        key = post_key(post_id, version)
        return publication_of(one(self._tables.publications, key, spelled(platform, part)))

    def of(self, post_id: PostId, version: int) -> tuple[Publication, ...]:
        """Every claimed target of a version, by platform name and part, in one query."""
        key = post_key(post_id, version)
        if not possible(key):
            return ()
        rows = self._tables.publications.query(key, consistent_read=True)
        found = map(publication_of, rows)
        return tuple(sorted(found, key=lambda each: (each.platform, each.part)))

    def _first(self, publication: Publication) -> Write:
        row = publication_row(self._tables, publication)
        free = self._tables.publications.post_key.does_not_exist()
        refusal = lambda raw: AlreadyClaimedError(publication_there(self._tables, row, raw))  # noqa: E731
        return Write(row, free, refusal)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def _claim(post: Post, frozen: FrozenRequest, act: Act, after: Publication | None) -> Publication:
    return Publication(
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
        trail=(step_of(act),),
        part=after.part + 1 if after else 1,
    )


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


def _ours(tables: Tables, publication: Publication, platform_id: str) -> Write:
    """That this post on the platform is of this publication, and of no other. TakenError."""
    table = tables.platform_posts
    key = owner_of(publication)
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
