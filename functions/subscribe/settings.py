"""The variables that the newsletter may read; each function gets only what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TableSettings:
    """TABLE_PREFIX."""

    table_prefix: str


@dataclass(frozen=True)
class Settings(TableSettings):
    """Besides: BASE_URL (no slash at its end) and MAIL_FROM, the address letters come from."""

    base_url: str
    mail_from: str
