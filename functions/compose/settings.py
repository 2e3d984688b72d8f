"""The variables that composing may read; each function gets only what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeriesSettings:
    """TABLE_PREFIX, PUBLICATION_ARN, BASE_URL (no slash at its end), REMINDER_DAYS: how long
    before it is due the post of a reminder is sent in, and APPEAL_DAYS: how long an appeal lasts
    that names no day.
    """

    table_prefix: str
    publication_arn: str
    base_url: str
    reminder_days: str
    appeal_days: str


@dataclass(frozen=True)
class Settings(SeriesSettings):
    """Besides: SIGN_IN_URL."""

    sign_in_url: str


@dataclass(frozen=True)
class PictureSettings:
    """TABLE_PREFIX, BASE_URL, SIGN_IN_URL, MAIL_FROM; MEDIA_BUCKET, where pictures lie,
    INCOMING_BUCKET, where videos are handed over, and DARKROOM and VIDEO_DARKROOM, the functions
    that paint pictures anew and clean videos."""

    table_prefix: str
    base_url: str
    sign_in_url: str
    mail_from: str
    media_bucket: str
    darkroom: str
    incoming_bucket: str
    video_darkroom: str


@dataclass(frozen=True)
class JobSettings(SeriesSettings):
    """Besides: MAIL_FROM."""

    mail_from: str
