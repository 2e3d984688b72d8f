"""The variables that moderating may read; each function gets only what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableSettings:
    """TABLE_PREFIX."""

    table_prefix: str


@dataclass(frozen=True)
class ReaderSettings:
    """SECOND_READER (off, own, comprehend, bedrock) and SECOND_READER_TARGET: its function,
    endpoint or model."""

    second_reader: str
    second_reader_target: str


@dataclass(frozen=True)
class PageSettings(TableSettings):
    """Besides: BASE_URL (no slash at its end) and SIGN_IN_URL."""

    base_url: str
    sign_in_url: str


@dataclass(frozen=True)
class MailSettings(TableSettings):
    """Besides: BASE_URL (no slash at its end) and MAIL_FROM."""

    base_url: str
    mail_from: str
