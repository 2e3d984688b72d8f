"""The variables that moderating may read; each function gets only what it needs."""

from dataclasses import dataclass

ONLY_ADVICE = "only_advice"
"""What EDITS_CLEAR may say: an approver's edit that leaves only advice needs no other approver."""


@dataclass(frozen=True)
class TableSettings:
    """TABLE_PREFIX."""

    table_prefix: str


@dataclass(frozen=True)
class DoorSettings:
    """EDITS_CLEAR (off, only_advice); SECOND_READER (off, own, comprehend, bedrock) and
    SECOND_READER_TARGET: its function, endpoint or model."""

    edits_clear: str
    second_reader: str
    second_reader_target: str


@dataclass(frozen=True)
class PageSettings(TableSettings):
    """Besides: BASE_URL (no slash at its end), SIGN_IN_URL and PUBLICATION_ARN."""

    base_url: str
    sign_in_url: str
    publication_arn: str


@dataclass(frozen=True)
class ShelfSettings:
    """MEDIA_BUCKET, where pictures lie."""

    media_bucket: str


@dataclass(frozen=True)
class DisposalSettings:
    """DISPOSAL (off, on): whether anybody may ask that a sealed month goes."""

    disposal: str


@dataclass(frozen=True)
class MailSettings(TableSettings):
    """Besides: BASE_URL (no slash at its end) and MAIL_FROM."""

    base_url: str
    mail_from: str


@dataclass(frozen=True)
class DeletionSettings(TableSettings):
    """Besides: SIGN_IN_URL, and DELETION_ARN, the state machine that takes posts away."""

    sign_in_url: str
    deletion_arn: str


@dataclass(frozen=True)
class TakedownSettings(TableSettings):
    """Besides: SIGN_IN_URL, and TAKEDOWN_ARN, the state machine that carries takedowns and blocks
    out."""

    sign_in_url: str
    takedown_arn: str


@dataclass(frozen=True)
class IncidentSettings:
    """INCIDENT_ARN, the state machine that tells everybody."""

    incident_arn: str
