"""Policy packs: proposed, approved, and the one that is in use. Each step is an act."""

from dataclasses import replace
from typing import Any

from shared.policy.proposal import Proposal
from shared.posts.names import PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

IN_USE = "in-use"
"""Names the row that holds the pack in use once more, so that a check reads one row."""


def policy_key(tables: Tables) -> Key:
    """Where the pack in use lies."""
    return Key(tables.policies, (IN_USE,))


class Policies:
    """Where packs are kept, each under its digest."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def propose(self, proposal: Proposal, act: Act) -> None:
        """A new pack, or one that was once approved, proposed anew; AlreadyExistsError if it
        waits already, or is in use."""
        digest = proposal.digest
        taken = AlreadyExistsError("policy", digest)
        before = self.find(digest)
        in_use = self.in_use()
        if before and (before.approved_at is None or (in_use and in_use.digest == digest)):
            raise taken
        self._commit([self._put(digest, before, proposal, taken)], act)

    def approve(self, before: Proposal, after: Proposal, act: Act) -> None:
        """The pack in use from now on; ChangedError if the proposal is not as it was read, or
        another was approved meanwhile."""
        changed = ChangedError("policy", before.digest, "was decided by somebody else")
        other = ChangedError("policy", before.digest, "came second; another was approved meanwhile")
        writes = [
            self._put(before.digest, before, after, changed),
            self._put(IN_USE, self.in_use(), after, other),
        ]
        self._commit(writes, act)

    def get(self, digest: str) -> Proposal:
        """The proposal, or NotFoundError."""
        if digest == IN_USE:
            raise NotFoundError("policy", digest)
        return proposal_of(one(self._tables.policies, digest).entry)

    def find(self, digest: str) -> Proposal | None:
        """The proposal, None if there is none."""
        try:
            return self.get(digest)
        except NotFoundError:
            return None

    def in_use(self) -> Proposal | None:
        """The pack that was approved last, None if none ever was."""
        try:
            return proposal_of(one(self._tables.policies, IN_USE).entry)
        except NotFoundError:
            return None

    def all(self) -> tuple[Proposal, ...]:
        """Every proposal, newest first; a force changes its policy a few times a year."""
        rows = self._tables.policies.scan(consistent_read=True)
        found = [proposal_of(row.entry) for row in rows if row.digest != IN_USE]
        return tuple(sorted(found, key=lambda each: each.proposed_at, reverse=True))

    def _put(self, key: str, before: Proposal | None, after: Proposal, refusal: Exception) -> Write:
        entry = self._tables.policies.entry
        same = entry == entry_of(before) if before else entry.does_not_exist()
        row = self._tables.policies(digest=key, entry=entry_of(after))
        return Write(row, same, lambda _: refusal)

    def _commit(self, writes: list[Write], act: Act) -> None:
        commit(self._tables.connection, [*writes, *recording(self._tables, self._pen, act)])


def entry_of(proposal: Proposal) -> str:
    """A proposal as it lies in its row."""
    at = proposal.approved_at
    return as_json(
        {
            "digest": proposal.digest,
            "content": proposal.content,
            "version": proposal.version,
            "proposed_by": proposal.proposed_by,
            "proposed_at": written(proposal.proposed_at),
            "why": proposal.why,
            "approved_by": proposal.approved_by,
            "approved_at": written(at) if at else None,
        }
    )


def proposal_of(entry: str) -> Proposal:
    """The proposal a row holds."""
    held: dict[str, Any] = from_json(entry)
    found = Proposal(
        **{name: held[name] for name in ("digest", "content", "version", "why")},
        proposed_by=PersonId(held["proposed_by"]),
        proposed_at=moment(held["proposed_at"]),
    )
    if held["approved_at"] is None:
        return found
    by, at = PersonId(held["approved_by"]), moment(held["approved_at"])
    return replace(found, approved_by=by, approved_at=at)
