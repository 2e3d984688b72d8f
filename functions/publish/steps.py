"""The state machine's calls to this room: parse, one deed, answer."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from publish.conclude import conclude as conclude_post
from publish.credentials import KEYLESS, Tokens, credentials
from publish.feed_shelf import FeedShelf
from publish.release import About, Desk
from publish.release import release as release_post
from publish.settings import FeedSettings, KeySettings, TableSettings
from publish.target import Target, Told
from publish.thread import Hand
from publish.thread import look as look_at
from publish.thread import publish as publish_parts
from shared.accounts.registry import Account
from shared.platforms.base import Platform, Receipt
from shared.platforms.choose import open_platform
from shared.posts.correction import answers, is_tied
from shared.posts.life import Outcome, Post
from shared.posts.names import AccountId, PersonId, PlatformName, PostId
from shared.records.accounts import Accounts
from shared.records.pen import Pen, ulid
from shared.records.platform_sessions import PlatformSessions
from shared.records.platform_windows import PlatformWindows, window_name
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.publications import Publications
from shared.records.registered import Registered
from shared.records.server_limits import ServersTold
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables, tables
from shared.settings.reading import read

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_secretsmanager.client import SecretsManagerClient

PEN = Pen(secrets.token_bytes)
HAND = Hand(
    lambda: ulid(datetime.now(UTC), secrets.token_bytes(10)),
    lambda: datetime.now(UTC),
)
PIECE = 1_048_576
PATIENCE = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(TableSettings, os.environ).table_prefix)


@cache
def secrets_manager() -> "SecretsManagerClient":
    """Where the accounts' secrets are."""
    return boto3.client("secretsmanager", config=PATIENCE)


@cache
def pictures() -> "S3Client":
    """Where pictures are."""
    return boto3.client("s3", config=PATIENCE)


def feeds() -> FeedShelf:
    """Where feeds lie."""
    return FeedShelf(read(FeedSettings, os.environ).feeds_bucket, pictures())


class MediaBucket:
    """Where pictures and videos lie as they were cleared."""

    def read(self, key: str) -> bytes:
        """The stored bytes."""
        return b"".join(self.pieces(key))

    def pieces(self, key: str) -> Iterator[bytes]:
        """The same, a megabyte at a time."""
        bucket = read(KeySettings, os.environ).media_bucket
        yield from pictures().get_object(Bucket=bucket, Key=key)["Body"].iter_chunks(PIECE)


@cache
def desk() -> Desk:
    """What the last look needs."""
    return Desk(
        Posts(kept(), PEN),
        Snapshots(kept()),
        PolicyInUse(Policies(kept(), PEN)),
        Registered(Accounts(kept(), PEN), ServersTold(kept(), PEN)),
    )


def release(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, about}` to `{outcome, targets, generation, why, reason, incident,
    partly}`; all behind the generation are about what is held."""
    about = event.get("about", {})  # what was on its way before the door told it has none
    released = release_post(
        PostId(event["post_id"]),
        event["version"],
        About(
            tuple(map(AccountId, about.get("accounts", ()))),
            tuple(map(PersonId, about.get("people", ()))),
        ),
        desk(),
        datetime.now(UTC),
    )
    return {
        "outcome": released.outcome.value,
        "targets": list(released.targets),
        "generation": released.generation,
        "why": released.why and released.why.value,
        "reason": released.reason,
        "incident": released.incident,
        "partly": released.partly,
    }


def publish(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, account, platform, generation}` to `{outcome, retry_at}`."""
    return told_as(publish_parts(_target(event), HAND))


def settle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, account, platform, generation}` to `{outcome, retry_at}`."""
    return told_as(look_at(_target(event), HAND))


def conclude(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{post_id, version, generation}` to `{ending}`, which may be `recheck`."""
    ending = conclude_post(
        PostId(event["post_id"]),
        event["version"],
        event.get("generation", 0),
        posts=Posts(kept(), PEN),
        publications=Publications(kept(), PEN),
        snapshots=Snapshots(kept()),
        now=datetime.now(UTC),
        answered=_answered,
    )
    return {"ending": ending}


def _answered(post: Post, found: tuple[Publication, ...], now: datetime) -> None:
    """What a reply answers is answered, once it stands there."""
    from publish.settle_answered import settle_answered  # few posts answer anybody
    from shared.records.mentions import Mentions

    settle_answered(post, found, Mentions(kept(), PEN), now)


def _target(event: dict[str, Any]) -> Target:
    platform = PlatformName(event["platform"])
    version = PostId(event["post_id"]), event["version"]
    window = window_name(AccountId(event["account"]), platform)
    found = Snapshots(kept()).read(
        posts=[version], accounts=[AccountId(event["account"])], windows=[window]
    )
    post = found.post(*version)
    account = found.account(post.draft.account)

    kept_as, generation = Publications(kept(), PEN), event.get("generation", 0)
    return Target(
        post,
        platform,
        partial(opened, account, platform),
        MediaBucket(),
        kept_as,
        generation,
        found.closed.get(window),
        partial(PlatformWindows(kept()).close, account.account_id, platform),
        under=post.reply or _corrected(post, platform),
    )


def opened(account: Account, platform: PlatformName) -> Platform:
    """A platform by an account's keys that may write; signs in nowhere yet, UnsupportedError."""
    prefix = read(KeySettings, os.environ).secrets_prefix
    keys = credentials(account, platform, secrets_manager(), prefix)
    sessions = Tokens(PlatformSessions(kept()))
    if platform == KEYLESS:
        return open_platform(platform, keys, sessions, account.title, shelf=feeds())
    handle = account.handle(platform)
    return open_platform(platform, keys, sessions, handle.name if handle else keys.identifier)


def _corrected(post: Post, platform: PlatformName) -> Receipt | None:
    """What a correction comes after: the post it puts right, while that stands there."""
    right = post.correction
    if right is None:
        return None
    tied = answers if right.appeal else is_tied  # nothing is struck out where nothing was wrong
    if not tied(platform):
        return None
    name = (right.post_id, right.version, str(platform))
    there = Snapshots(kept()).read(publications=[name]).publications.get(name)
    if there is None or there.state is not Outcome.SENT or there.receipt is None:
        return None
    return Receipt(**asdict(there.receipt))


def told_as(told: Told) -> dict[str, Any]:
    """`{outcome, retry_at}`, as state machines read it."""
    retry_at = told.retry_at and told.retry_at.astimezone(UTC).isoformat(timespec="seconds")
    return {
        "outcome": told.outcome,
        "retry_at": retry_at and retry_at.replace("+00:00", "Z"),
    }
