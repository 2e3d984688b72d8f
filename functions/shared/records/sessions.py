"""Sessions of signed-in people: the token in the browser, its SHA-256 here."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.posts.names import PersonId
from shared.records.errors import ExpiredSessionError, NotFoundError
from shared.records.reading import one
from shared.records.rows import SessionRow
from shared.records.spelling import at_rest, moment, written
from shared.records.tables import Tables


@dataclass(frozen=True)
class Session:
    """Somebody is signed in until `expires_at` (aware UTC)."""

    token_hash: str = field(repr=False)
    person_id: PersonId
    created_at: datetime
    expires_at: datetime


class Sessions:
    """Where sessions are kept."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def create(
        self, token: str, person_id: PersonId, now: datetime, expires_at: datetime
    ) -> Session:
        """Sign a person in; `token` has 256 random bits and is not kept."""
        session = Session(at_rest(token), person_id, now, expires_at)
        session_row(self._tables, session).save()
        return session

    def resolve(self, token: str, now: datetime) -> Session:
        """Whose token this is. ExpiredSessionError if it has ended or never was: a stranger must
        not learn which.
        """
        try:
            session = session_of(one(self._tables.sessions, at_rest(token)))
        except NotFoundError as error:
            raise ExpiredSessionError from error
        if session.expires_at <= now:  # its row may outlive it by days
            raise ExpiredSessionError
        return session

    def end(self, token: str) -> None:
        """Sign out; signing out twice is no fault."""
        self._tables.sessions(token_hash=at_rest(token)).delete()


def session_row(tables: Tables, session: Session) -> SessionRow:
    """The row of a session."""
    return tables.sessions(
        token_hash=session.token_hash,
        person_id=session.person_id,
        created_at=written(session.created_at),
        expires_at=written(session.expires_at),
        ttl=session.expires_at,
    )


def session_of(row: SessionRow) -> Session:
    """The session a row holds."""
    return Session(
        token_hash=row.token_hash,
        person_id=PersonId(row.person_id),
        created_at=moment(row.created_at),
        expires_at=moment(row.expires_at),
    )
