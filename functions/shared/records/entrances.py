"""Signing in and out, each on record: the session and its leaf are written together."""

from datetime import datetime

from shared.posts.names import PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.sessions import Session, session_row
from shared.records.spelling import at_rest
from shared.records.tables import Tables
from shared.records.transaction import Write, commit


class Entrances:
    """Where sessions are opened and ended; `Sessions` looks them up."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def open(self, token: str, person_id: PersonId, expires_at: datetime, act: Act) -> Session:
        """Sign a person in from the moment of the act; `token` has 256 random bits, is not kept."""
        session = Session(at_rest(token), person_id, act.at, expires_at)
        taken = AlreadyExistsError("session", "with this token")
        free = self._tables.sessions.token_hash.does_not_exist()
        put = Write(session_row(self._tables, session), free, lambda _: taken)
        commit(self._tables.connection, [put, *recording(self._tables, self._pen, act)])
        return session

    def close(self, token: str, person_id: PersonId, act: Act) -> None:
        """Sign a person out everywhere: this session first, then every other of theirs."""
        hashes = dict.fromkeys([at_rest(token)])
        hashes |= dict.fromkeys(
            row.token_hash for row in self._tables.sessions.by_person.query(person_id)
        )
        for token_hash in hashes:
            self._tables.sessions(token_hash=token_hash).delete()
        commit(self._tables.connection, recording(self._tables, self._pen, act))
