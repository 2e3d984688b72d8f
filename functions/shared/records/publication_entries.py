"""Publications as rows, and the writes that more than one deed makes about them."""

import hashlib
from dataclasses import asdict

from shared.posts.addresses import same_place
from shared.posts.life import Outcome
from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName, PostId
from shared.posts.threads import SEPARATOR, part_of
from shared.records.errors import PublicationMovedError, TakenError
from shared.records.paging import post_key
from shared.records.publication import KeptReceipt, Publication, Step
from shared.records.publication_rows import PlatformPostRow, PublicationRow
from shared.records.reading import one
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write, setting


def changing(tables: Tables, before: Publication, after: Publication) -> Write:
    """The write that takes a publication to `after`, if nobody settled or tried again since it was
    read. PublicationMovedError."""
    table = tables.publications
    row = publication_row(tables, after)
    names = (
        "state", "attempts", "attempted_at", "settled_at", "named", "receipt", "reason", "trail"
    )  # fmt: skip
    # The count too: two workers that read the same pending row must not both try again.
    unchanged = (table.state == before.state.value) & (table.attempts == before.attempts)
    refusal = lambda raw: PublicationMovedError(publication_there(tables, row, raw))  # noqa: E731
    return Write(row, unchanged, refusal, setting(row, *names))


def standing(tables: Tables, publication: Publication) -> Write:
    """The condition that it is on record as sent, and not as taken away. PublicationMovedError."""
    table, row = tables.publications, publication_row(tables, publication)
    refusal = lambda raw: PublicationMovedError(publication_there(tables, row, raw))  # noqa: E731
    return Write(row, table.state == Outcome.SENT.value, refusal, check=True)


def publication_there(tables: Tables, row: PublicationRow, raw: Raw | None) -> Publication:
    """What stands in a row's place."""
    table = tables.publications
    return publication_of(
        table.from_raw_data(raw) if raw else one(table, row.post_key, row.platform)
    )


def shown_at(tables: Tables, publication: Publication, url: str, *, first: bool = True) -> Write:
    """That the post at this address is of this publication. TakenError if the address is another
    one's, which only a person's word is held to (`first`): what was read back is proved."""
    table = tables.platform_posts
    key = owner_of(publication)
    row: PlatformPostRow = table(shown_as=place_of(publication.platform, url), post_key=key)
    free = table.shown_as.does_not_exist()
    ours = free | ((table.post_key == key) if first else table.shown_as.exists())
    return Write(row, ours, lambda _: TakenError(url))


def place_of(platform: PlatformName, url: str) -> str:
    """What all spellings of a post's address are looked up by."""
    spelled = same_place(platform, url).encode(errors="replace")
    return f"{platform}//{hashlib.sha256(spelled).hexdigest()}"


def owner_of(publication: Publication) -> str:
    """How a post on a platform names the publication it is of: two parts are two posts."""
    key = post_key(publication.post_id, publication.version)
    return key if publication.part == 1 else f"{key}{SEPARATOR}{publication.part}"


def publication_row(tables: Tables, publication: Publication) -> PublicationRow:
    """The row of a publication."""
    settled, receipt = publication.settled_at, publication.receipt
    return tables.publications(
        post_key=post_key(publication.post_id, publication.version),
        platform=publication.place,
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
        trail=_trail_text(publication.trail),
    )


def publication_of(row: PublicationRow) -> Publication:
    """The publication a row holds."""
    platform, part = part_of(row.platform)
    return Publication(
        post_id=PostId(row.post_id),
        version=int(row.version),
        platform=platform,
        part=part,
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
        trail=_trail_of(row.trail),
    )


def _trail_text(trail: tuple[Step, ...]) -> str | None:
    steps = [[written(s.at), s.happened, s.reason, s.by] for s in trail]
    return as_json(steps) if steps else None


def _trail_of(text: str | None) -> tuple[Step, ...]:
    return tuple(
        Step(moment(at), happened, reason, PersonId(by) if by else None)
        for at, happened, reason, by in (from_json(text) if text else ())
    )
