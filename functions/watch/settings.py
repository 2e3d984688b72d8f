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
class MorningSettings(MailSettings):
    """Besides: SILENCE_WAITS, how many days further an account is silent before whoever is above,
    communications, and the proposal to close it; such as 7,14,28."""

    silence_waits: str


@dataclass(frozen=True)
class ChasingSettings:
    """IMPOSTOR_DAYS, every how many days somebody hears again of an impostor, such as 7."""

    impostor_days: str


@dataclass(frozen=True)
class CheckSettings:
    """DAILY_CHECK (tell, or off): whether owners hear that nobody looked through an account."""

    daily_check: str


@dataclass(frozen=True)
class HoldSettings:
    """LONG_HOLD_DAYS, after how many days whoever wanted a legal hold hears of it, such as 180."""

    long_hold_days: str


@dataclass(frozen=True)
class ReadingSettings(TableSettings):
    """Besides: READING_PREFIX (of the secrets with keys that only read: prefix + account + "/" +
    platform)."""

    reading_prefix: str


@dataclass(frozen=True)
class FindingSettings(MailSettings):
    """Besides: READING_PREFIX, and LOOK_BACK_DAYS (for how many days every post that was published
    is looked at each day; older ones take turns)."""

    reading_prefix: str
    look_back_days: str


@dataclass(frozen=True)
class DriftSettings(MailSettings):
    """Besides: READING_PREFIX."""

    reading_prefix: str


@dataclass(frozen=True)
class ListeningSettings(MailSettings):
    """Besides: READING_PREFIX, and CONTACT_CENTRE (its e-mail address, or off)."""

    reading_prefix: str
    contact_centre: str


@dataclass(frozen=True)
class DeletionSettings:
    """DELETION_ARN, the state machine that takes posts away."""

    deletion_arn: str


@dataclass(frozen=True)
class TakedownSettings:
    """TAKEDOWN_ARN, the state machine that takes other people's comments down."""

    takedown_arn: str


@dataclass(frozen=True)
class IncidentSettings:
    """INCIDENT_ARN, the state machine that tells everybody of an incident."""

    incident_arn: str


@dataclass(frozen=True)
class ListSettings(ReadingSettings):
    """Besides: FOLLOWER_THRESHOLDS, from where on a follower stands out, such as serial=2000; what
    is not named is as usual."""

    follower_thresholds: str


@dataclass(frozen=True)
class ReviewSettings(TableSettings):
    """Besides: FOLLOWER_REVIEW_ARN, the state machine that reads who follows our accounts."""

    follower_review_arn: str


@dataclass(frozen=True)
class PageSettings(TableSettings):
    """Besides: SIGN_IN_URL, where a person without a session is sent."""

    sign_in_url: str
