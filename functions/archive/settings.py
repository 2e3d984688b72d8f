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


@dataclass(frozen=True)
class HoldSettings:
    """TABLE_PREFIX; ARCHIVE_BUCKET is where months are sealed; the names and keys of log and
    archive open them."""

    table_prefix: str
    archive_bucket: str
    archive_key_id: str
    archive_name: str
    log_key_id: str
    log_origin: str


@dataclass(frozen=True)
class SampleSettings:
    """As for holds; DIP_SAMPLE says how many posts are drawn, such as share=10,least=2,most=10."""

    table_prefix: str
    archive_bucket: str
    archive_key_id: str
    archive_name: str
    log_key_id: str
    log_origin: str
    dip_sample: str


@dataclass(frozen=True)
class DisposeSettings:
    """As for holds; ARCHIVE_INDEX_BUCKET is where the copy lies, MEDIA_BUCKET where pictures and
    videos do, LOG_BUCKET where the log itself is read, RETENTION_SCHEDULES what the records manager
    signed, `posts=7; 2030-01-01T00:00Z posts=10` (docs/archive.md)."""

    table_prefix: str
    archive_bucket: str
    archive_index_bucket: str
    media_bucket: str
    log_bucket: str
    archive_key_id: str
    archive_name: str
    log_key_id: str
    log_origin: str
    retention_schedules: str


@dataclass(frozen=True)
class ArchiveSettings:
    """As for the log; MONTHLY_ARCHIVE_ARN is the state machine that seals months."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    monthly_archive_arn: str


@dataclass(frozen=True)
class PartSettings:
    """As for the log; ARCHIVE_BUCKET is where months are sealed."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    archive_bucket: str


@dataclass(frozen=True)
class BeginSettings:
    """As above; LOG_WITNESSES and LOG_TIMESTAMPER say whose word goes with the month, or `off`."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    archive_bucket: str
    log_witnesses: str
    log_timestamper: str


@dataclass(frozen=True)
class ExportSettings:
    """PAYLOADS_ARN is the table to be exported, ARCHIVE_INDEX_BUCKET where its export goes."""

    payloads_arn: str
    archive_index_bucket: str


@dataclass(frozen=True)
class ReconcileSettings:
    """As for a part; ARCHIVE_INDEX_BUCKET is where the export lies."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    archive_bucket: str
    archive_index_bucket: str


@dataclass(frozen=True)
class SealSettings:
    """As for a part; ARCHIVE_NAME is whose name months are signed in, ARCHIVE_KEY_ID the KMS keys
    (Ed25519) that sign them, with commas."""

    table_prefix: str
    log_bucket: str
    log_key_id: str
    log_origin: str
    archive_bucket: str
    archive_key_id: str
    archive_name: str


@dataclass(frozen=True)
class RecordSettings:
    """Nothing of the log but its name: whoever puts a month on record reads its note."""

    table_prefix: str
    log_origin: str
    archive_bucket: str
    archive_key_id: str
    archive_name: str


@dataclass(frozen=True)
class CopySettings:
    """The names and keys of log and archive as above; ARCHIVE_INDEX_BUCKET takes the copy."""

    archive_bucket: str
    archive_index_bucket: str
    archive_key_id: str
    archive_name: str
    log_key_id: str
    log_origin: str


@dataclass(frozen=True)
class ProveSettings:
    """The names and keys of log and archive as above; ARCHIVE_INDEX_BUCKET takes the files to be
    saved, DEPLOYED_COMMIT is the git commit that certificates name."""

    table_prefix: str
    log_bucket: str
    archive_bucket: str
    archive_index_bucket: str
    archive_key_id: str
    archive_name: str
    log_key_id: str
    log_origin: str
    deployed_commit: str


@dataclass(frozen=True)
class AuditSettings:
    """SIGN_IN_URL is where a person without a session is sent, LOG_ORIGIN the log whose months are
    asked, ARCHIVE_INDEX_BUCKET where their copy lies, PROOF_ARN the state machine that makes
    proofs."""

    table_prefix: str
    sign_in_url: str
    log_origin: str
    archive_index_bucket: str
    proof_arn: str
