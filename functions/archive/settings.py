"""The variables that archiving may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LogSettings:
    """TABLE_PREFIX, LOG_BUCKET, LOG_KEY_ID (a KMS key, Ed25519) and LOG_ORIGIN (the log's name)."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
