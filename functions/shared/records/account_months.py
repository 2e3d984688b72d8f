"""What accounts did in a month, read from where each of it is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from shared.records.published import LONGEST_WAY, earliest, in_parts
from shared.records.review_entries import review_of
from shared.records.snapshot import Snapshots, Version
from shared.records.spelling import written
from shared.records.tables import Tables
from shared.reports.facts import Content, Decided, Facts, Sent

AT_ONCE = 50
"""Posts read in one call, each with its approval."""

STOOD = frozenset({Outcome.SENT, Outcome.WITHDRAWN})
EXPIRED = "expired"


@dataclass(frozen=True)
class _Said:
    """What accounts sent, and what was decided of it."""

    sent: defaultdict[AccountId, list[Sent]]
    decided: defaultdict[AccountId, list[Decided]]


class AccountMonths:
    """Reads accounts' months; what fits into one call is read together."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._snapshots = Snapshots(tables)

    def facts(
        self, accounts: Sequence[AccountId], month: str, begins: datetime, ends: datetime
    ) -> Iterator[tuple[AccountId, Facts]]:
        """All of each, and a little of what was just before; what took longer than two months from
        sending in is not found. Mentions are read account by account: a busy one has thousands."""
        said = self._said(accounts, begins - LONGEST_WAY, ends)
        names = [review_name(account, month) for account in accounts]
        table = self._tables.reviews
        reviews = several(self._tables.connection, table, names, review_of)
        for account in accounts:
            lists = [seen for each in reviews if each.account == account for seen in each.seen]
            mentions = self._mentions(account, begins, ends)
            sent, decided = tuple(said.sent[account]), tuple(said.decided[account])
            yield account, Facts(sent, decided, mentions, tuple(lists))

    def _said(self, accounts: Iterable[AccountId], since: datetime, until: datetime) -> _Said:
        said = _Said(defaultdict(list), defaultdict(list))
        versions = (
            (version, account)
            for account in accounts
            for version in self._versions(account, since, until)
        )
        for part in in_parts(versions, AT_ONCE):
            whose = dict(part)
            found = self._snapshots.read(posts=whose, approvals=whose)
            for version, sent in self._sent(found.posts, found.approvals.keys()):
                said.sent[whose[version]].append(sent)
            for version, approval in found.approvals.items():
                said.decided[whose[version]] += decisions([approval])
        return said

    def _versions(self, account: AccountId, since: datetime, until: datetime) -> Iterator[Version]:
        """Post ids are ULIDs: they begin with the moment they were made."""
        key = self._tables.posts.post_key.between(earliest(since), earliest(until))
        for row in self._tables.posts.by_account.query(account, key):
            yield PostId(row.post_id), int(row.version)

    def _sent(
        self, posts: Mapping[Version, Post], asked: Collection[Version]
    ) -> Iterator[tuple[Version, Sent]]:
        """Those of these posts that somebody tried to send."""
        wanted = [(*name, spelled(*each)) for name, p in posts.items() for each in places(p.draft)]
        of_version = defaultdict[Version, list[Publication]](list)
        for each in self._snapshots.read(publications=wanted).publications.values():
            of_version[each.post_id, each.version].append(each)
        for name, post in posts.items():
            if sent := sent_of(post, of_version[name], asked=name in asked):
                yield name, sent

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
