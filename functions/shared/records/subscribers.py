"""Subscribers of the newsletter: an address, and nothing else that tells who somebody is.

A row is there from the day somebody asks. Unconfirmed it vanishes after two days; confirmed it
stays until it is erased, which is what leaving means. `issue` is the last newsletter the reader was
claimed for: it is written before the letter leaves, by one worker, once.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pynamodb.exceptions import PutError, UpdateError
from pynamodb.expressions.update import Action

from shared.recordlog.leaf import Act
from shared.records.errors import DeadLinkError, NotFoundError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch, one
from shared.records.spelling import at_rest, moment, written
from shared.records.subscriber_rows import SubscriberRow
from shared.records.tables import Tables
from shared.records.transaction import commit

LISTED = "yes"
UNCONFIRMED = timedelta(hours=48)
"""How long the link of a confirmation works, and how long an address is kept without one."""

BETWEEN_LETTERS = timedelta(hours=1)
"""An address is sent one such letter in this time, however often it is typed in."""

PAGE = 100


@dataclass(frozen=True)
class Subscriber:
    """One reader; `joined_at` is None until they confirmed. `leave_token` stands in every letter
    and lets its holder leave, and do nothing else."""

    subscriber_id: str
    address: str = field(repr=False)
    leave_token: str = field(repr=False)
    joined_at: datetime | None
    issue: str | None


def subscriber_id(address: str) -> str:
    """What a subscriber is found by and told of: the hash of the address, capitals apart."""
    return hashlib.sha256(f"subscriber:{address.lower()}".encode()).hexdigest()


class Subscribers:
    """Where subscribers are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def ask(self, address: str, confirm_token: str, leave_token: str, now: datetime) -> bool:
        """Somebody typed this address; False if it was written to within the hour. Whoever has
        confirmed stays confirmed."""
        table, key = self._tables.subscribers, subscriber_id(address)
        quiet = table.asked_at <= written(now - BETWEEN_LETTERS)
        try:
            found = one(table, key)
        except NotFoundError:
            found = None
        try:
            if found is not None and found.listed:
                fresh = table.confirm_hash.set(at_rest(confirm_token))
                found.update(
                    [fresh, table.asked_at.set(written(now))], table.listed.exists() & quiet
                )
            else:
                row = table(
                    subscriber_id=key,
                    address=address,
                    asked_at=written(now),
                    confirm_hash=at_rest(confirm_token),
                    leave_token=leave_token,
                    ttl=now + UNCONFIRMED,
                )
                free = table.subscriber_id.does_not_exist()
                row.save(free | (table.listed.does_not_exist() & quiet))
        except (PutError, UpdateError):
            return False
        return True

    def join(self, key: str, confirm_token: str, now: datetime) -> None:
        """Confirm; again is no fault. DeadLinkError if the link is not the latest, or too old."""
        table, latest = self._tables.subscribers, at_rest(confirm_token)
        in_time = table.asked_at > written(now - UNCONFIRMED)
        row = table(subscriber_id=key or "none")
        actions: list[Action] = [
            table.listed.set(LISTED),
            table.joined_at.set(table.joined_at | written(now)),
            table.ttl.remove(),
        ]
        try:
            row.update(actions, (table.confirm_hash == latest) & in_time)
        except UpdateError as error:
            raise DeadLinkError from error

    def leave(self, key: str, leave_token: str) -> None:
        """Erase the row, if the token is its own. Whether there was one is not told."""
        try:
            row = one(self._tables.subscribers, key)
        except NotFoundError:
            return
        given, kept = leave_token.encode(errors="replace"), (row.leave_token or "").encode()
        if row.leave_token and hmac.compare_digest(given, kept):
            row.delete()

    def drop(self, key: str) -> None:
        """Erase the row of an address that refuses our letters."""
        self._tables.subscribers(subscriber_id=key).delete()

    def readers(self) -> Iterator[Subscriber]:
        """Everybody who confirmed, as they are when their page is read."""
        table, ids = self._tables.subscribers, []
        for row in table.in_order.query(LISTED, page_size=PAGE):
            ids.append(row.subscriber_id)
            if len(ids) == PAGE:
                yield from self._read(ids)
                ids = []
        yield from self._read(ids)

    def claim(self, reader: Subscriber, issue: str) -> bool:
        """Be the only one to send them this issue; False if somebody is, or if they have left."""
        table = self._tables.subscribers
        unsent = table.issue.does_not_exist() | (table.issue < issue)
        try:
            row = table(subscriber_id=reader.subscriber_id)
            row.update([table.issue.set(issue)], table.listed.exists() & unsent)
        except UpdateError:
            return False
        return True

    def count(self, network: str, now: datetime, window: timedelta) -> int:
        """How often this network has asked in this window, this time included."""
        place = int(now.timestamp() // window.total_seconds())
        key = hashlib.sha256(f"network:{network}:{place}".encode(errors="replace")).hexdigest()
        table = self._tables.subscribers
        row = table(subscriber_id=f"network#{key}")
        row.update([table.times.add(1), table.ttl.set(now + 2 * window)])
        return int(row.times)

    def note(self, act: Act) -> None:
        """Something happened that is on record, and changes no row."""
        commit(self._tables.connection, recording(self._tables, self._pen, act))

    def _read(self, ids: list[str]) -> Iterator[Subscriber]:
        table = self._tables.subscribers
        found = fetch(self._tables.connection, [Key(table, (each,)) for each in ids])
        yield from (_subscriber(row) for row in found.values() if row.listed)


def _subscriber(row: SubscriberRow) -> Subscriber:
    return Subscriber(
        row.subscriber_id,
        row.address,
        row.leave_token,
        moment(row.joined_at) if row.joined_at else None,
        row.issue,
    )
