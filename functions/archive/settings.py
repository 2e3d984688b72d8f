"""The variables that archiving may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LogSettings:
    """LOG_ORIGIN is the log's name, LOG_KEY_ID the KMS keys (Ed25519) that sign it, with commas."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str


@dataclass(frozen=True)
class WitnessSettings:
    """As above; LOG_WITNESSES says who is asked, as `vkey url, vkey url`, or `off`."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    log_witnesses: str


@dataclass(frozen=True)
class TimestampSettings:
    """As above; LOG_TIMESTAMPER says who is asked the time, as `https://address root`, or `off`."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    log_timestamper: str


@dataclass(frozen=True)
class EraseSettings:
    """TABLE_PREFIX, and nothing of the log: whoever erases can neither write nor sign it."""

    table_prefix: str
