"""The variables that watching may read; each function gets only what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableSettings:
    """TABLE_PREFIX."""

    table_prefix: str


@dataclass(frozen=True)
class Settings(TableSettings):
    """Besides: PUBLICATION_ARN."""

    publication_arn: str


@dataclass(frozen=True)
class MailSettings(TableSettings):
    """Besides: BASE_URL (no slash at its end) and MAIL_FROM."""

    base_url: str
    mail_from: str


@dataclass(frozen=True)
class ReadingSettings(TableSettings):
    """Besides: READING_PREFIX (of the secrets with keys that only read: prefix + account + "/" +
    platform)."""

    reading_prefix: str


@dataclass(frozen=True)
class DeletionSettings:
    """DELETION_ARN, the state machine that takes posts away."""

    deletion_arn: str


@dataclass(frozen=True)
class IncidentSettings:
    """INCIDENT_ARN, the state machine that tells everybody of an incident."""

    incident_arn: str
