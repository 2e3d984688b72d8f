"""What the pages and the API of drifts share: their collaborators, and who may see which."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from moderate.drift_case import DriftCase
from moderate.takedown_room import account_of, names_of, room
from shared.accounts.registry import Person
from shared.accounts.rights import may_read, may_read_everything
from shared.drift.drift import Drift
from shared.posts.names import PersonId
from shared.records.beats import Beats
from shared.records.drifts import Drifts
from shared.records.errors import NotFoundError
from shared.records.listing import Listing
from shared.records.pen import Pen
from shared.records.tables import tables


@dataclass(frozen=True)
class Desk:
    """Where drifts, and how far comparing is, are kept."""

    drifts: Drifts
    beats: Beats


@cache
def desk() -> Desk:
    """Compose it, over the tables of the room."""
    kept, pen = tables(room().settings.table_prefix), Pen(secrets.token_bytes)
    return Desk(Drifts(kept, pen), Beats(kept))


def drift_case_of(drift_id: str, reader: Person) -> DriftCase:
    """The drift with its words, for whoever reads everything and the account's own team;
    NotFoundError for everybody else."""
    drift = desk().drifts.get(drift_id)
    account = account_of(drift.account)
    if not may_read(reader, account):
        raise NotFoundError("exceptions", drift_id)
    taken, closed = drift.acknowledged, drift.closed
    people = (
        taken.by if taken else None,
        PersonId(closed.by) if closed else None,
        account.owner,
    )
    return DriftCase(drift, account, desk().drifts.words(drift), names_of(*people))


def drifts_for(reader: Person, cursor: str | None, limit: int, *, is_open: bool) -> Listing[Drift]:
    """A part of all drifts, newest first; who does not read everything sees of each part those of
    their own accounts. InvalidCursorError."""
    found = desk().drifts.all(cursor, limit, is_open=is_open)
    if may_read_everything(reader):
        return found
    return Listing(tuple(_own(found.entries, reader)), found.cursor)


def _own(drifts: Iterable[Drift], reader: Person) -> Iterable[Drift]:
    own = {each.account_id for each in room().accounts.all() if may_read(reader, each)}
    return (each for each in drifts if each.account in own)
