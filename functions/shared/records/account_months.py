"""What an account did in a month, read from where each of it is kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shared.followers.review import review_name
from shared.mentions.mention import Mention
from shared.posts.content import Kind
from shared.posts.life import Outcome, Post
from shared.posts.names import AccountId, PostId
from shared.posts.threads import places, spelled
from shared.records.approval import Approval, ApprovalState
from shared.records.mention_entries import mention_of
from shared.records.newest_first import several
from shared.records.publication import Publication
from shared.records.published import LONGEST_WAY, earliest
from shared.records.review_entries import review_of
from shared.records.snapshot import Snapshots, Version
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.reports.facts import Content, Decided, Facts, Sent

AT_ONCE = 25
"""Posts read in one call, each with its approval."""

STOOD = frozenset({Outcome.SENT, Outcome.WITHDRAWN})
EXPIRED = "expired"


class AccountMonths:
    """Reads accounts' months, one at a time."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._snapshots = Snapshots(tables)

    def facts(self, account: AccountId, month: str, begins: datetime, ends: datetime) -> Facts:
        """All of one account's, and a little of what was just before; what took longer than two
        months from sending in is not found."""
        sent: list[Sent] = []
        decided: list[Decided] = []
        versions = self._versions(account, begins - LONGEST_WAY, ends)
        for start in range(0, len(versions), AT_ONCE):
            part = versions[start : start + AT_ONCE]
            found = self._snapshots.read(posts=part, approvals=part)
            decided += decisions(found.approvals.values())
            sent += self._sent(found.posts.values(), found.approvals.keys())
        mentions = self._mentions(account, begins, ends)
        reviews = several(
            self._tables.connection, self._tables.reviews, [review_name(account, month)], review_of
        )
        lists = tuple(seen for review in reviews for seen in review.seen)
        return Facts(tuple(sent), tuple(decided), mentions, lists)

    def _versions(self, account: AccountId, since: datetime, until: datetime) -> list[Version]:
        """Post ids are ULIDs: they begin with the moment they were made."""
        key = self._tables.posts.post_key.between(earliest(since), earliest(until))
        rows = self._tables.posts.by_account.query(account, key)
        return [(PostId(row.post_id), int(row.version)) for row in rows]

    def _sent(self, posts: Iterable[Post], asked: Iterable[Version]) -> list[Sent]:
        read, about = list(posts), frozenset(asked)
        wanted = [(p.post_id, p.version, spelled(*each)) for p in read for each in places(p.draft)]
        targets = self._snapshots.read(publications=wanted).publications
        found = []
        for post in read:
            name = (post.post_id, post.version)
            of_post = [each for (*of, _), each in targets.items() if tuple(of) == name]
            found.append(sent_of(post, of_post, asked=name in about))
        return [each for each in found if each]

    def _mentions(
        self, account: AccountId, begins: datetime, ends: datetime
    ) -> tuple[Mention, ...]:
        table = self._tables.mentions
        between = table.said_at.between(written(begins), written(ends))
        ids = [row.mention_id for row in table.by_account.query(account, between)]
        return several(self._tables.connection, table, ids, mention_of)


def sent_of(post: Post, targets: Sequence[Publication], *, asked: bool) -> Sent | None:
    """What became of a post that somebody tried to send; None of any other."""
    stood = [each for each in targets if each.state in STOOD]
    failed = [each for each in targets if each.state is Outcome.FAILED]
    if not stood and not failed:
        return None
    return Sent(
        at=min(each.settled_at or each.claimed_at for each in stood or failed),
        content=content_of(post),
        where=frozenset(each.platform for each in stood),
        failed=len({each.platform for each in failed}),
        taken_away=any(each.state is Outcome.WITHDRAWN for each in stood),
        asked=asked,
        urgent=bool(post.urgent_reason),
    )


def content_of(post: Post) -> Content:
    """The first of what it can be that it is."""
    draft = post.draft
    if draft.kind is Kind.CORRECTION or post.correction is not None:
        return Content.CORRECTION
    if post.note_of is not None:
        return Content.NOTE
    if draft.kind in {Kind.REPLY, Kind.RESHARE}:
        return Content(draft.kind.value)
    return Content.LIMITED if draft.expires_at else Content.OTHER


def decisions(approvals: Iterable[Approval]) -> list[Decided]:
    """Those that somebody made, and those that nobody did in time."""
    found = []
    for each in approvals:
        if each.ruling is not None:
            found.append(Decided(each.opened_at, each.ruling.decision.value, each.ruling.at))
        elif each.state is ApprovalState.EXPIRED:
            found.append(Decided(each.opened_at, EXPIRED, each.ends_at))
    return found
