"""The variables that publishing may read; only the functions with keys get more than tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableSettings:
    """TABLE_PREFIX."""

    table_prefix: str


@dataclass(frozen=True)
class SecretSettings(TableSettings):
    """Besides: SECRETS_PREFIX (secret name = prefix + account + "/" + platform)."""

    secrets_prefix: str


@dataclass(frozen=True)
class KeySettings(SecretSettings):
    """Besides: MEDIA_BUCKET."""

    media_bucket: str


@dataclass(frozen=True)
class FeedSettings:
    """FEEDS_BUCKET."""

    feeds_bucket: str
