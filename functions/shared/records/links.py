"""Approval links: found by the secret in the mail, kept by its hash, void after wrong codes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.posts.names import AccountId, ContentHash, PersonId, PostId
from shared.recordlog.leaf import Act
from shared.records.approval import WRONG_CODES, Link, Undelivered
from shared.records.errors import AlreadyExistsError, DeadLinkError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.rows import LinkRow
from shared.records.spelling import at_rest, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit, setting

AFTERLIFE = timedelta(days=30)
"""How long an expired link can still say what was decided, before its row may vanish."""


class Links:
    """Where approval links are kept; `Approvals` puts them there."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(self, secret: str) -> Link:
        """The link of this secret, void or expired though it may be; NotFoundError."""
        return link_of(one(self._tables.links, at_rest(secret)))

    def wrong_code(self, link: Link) -> Link:
        """Count a wrong code; the fifth voids the link. DeadLinkError if it is void already."""
        table = self._tables.links
        return self._touch(link, table.wrong_codes.set(table.wrong_codes + 1))

    def void(self, link: Link) -> Link:
        """Take a link back. DeadLinkError if it is void already."""
        return self._touch(link, self._tables.links.void.set(True))

    def void_with(self, link: Link, act: Act, pen: Pen) -> None:
        """Take a link back and record why, in one. DeadLinkError if it is void already."""
        row = link_row(self._tables, replace(link, void=True))
        write = Write(row, self._alive(), lambda _: DeadLinkError(), setting(row, "void"))
        commit(self._tables.connection, [write, *recording(self._tables, pen, act)])

    def _alive(self) -> Condition:
        table = self._tables.links
        alive: Condition = (table.void == False) & (table.wrong_codes < WRONG_CODES)  # noqa: E712
        return alive

    def _touch(self, link: Link, action: Action) -> Link:
        row = link_row(self._tables, link)
        try:
            row.update([action], self._alive())
        except UpdateError as error:
            raise DeadLinkError from error
        return link_of(row)


def sending(tables: Tables, links: Iterable[Link]) -> list[Write]:
    """What keeps the links of a round; they were never there before."""
    return [
        Write(
            link_row(tables, link),
            tables.links.link_hash.does_not_exist(),
            lambda _: AlreadyExistsError("link", "with this secret"),
        )
        for link in links
    ]


def link_row(tables: Tables, link: Link) -> LinkRow:
    """The row of a link."""
    return tables.links(
        link_hash=link.link_hash,
        post_id=link.post_id,
        version=link.version,
        account=link.account,
        author=link.author,
        person_id=link.person_id,
        content_hash=link.content_hash,
        code_hash=link.code_hash,
        sent_at=written(link.sent_at) if link.sent_at else None,
        round=link.round or None,
        delivered_at=written(link.delivered_at) if link.delivered_at else None,
        undelivered=link.undelivered.value if link.undelivered else None,
        expires_at=written(link.expires_at),
        wrong_codes=link.wrong_codes,
        void=link.void,
        ttl=link.expires_at + AFTERLIFE,
    )


def link_of(row: LinkRow) -> Link:
    """The link a row holds."""
    return Link(
        link_hash=row.link_hash,
        code_hash=row.code_hash,
        post_id=PostId(row.post_id),
        version=int(row.version),
        account=AccountId(row.account),
        author=PersonId(row.author),
        person_id=PersonId(row.person_id),
        content_hash=ContentHash(row.content_hash),
        sent_at=moment(row.sent_at) if row.sent_at else None,
        round=int(row.round or 0),
        delivered_at=moment(row.delivered_at) if row.delivered_at else None,
        undelivered=Undelivered(row.undelivered) if row.undelivered else None,
        expires_at=moment(row.expires_at),
        wrong_codes=int(row.wrong_codes),
        void=row.void or row.wrong_codes >= WRONG_CODES,
    )
