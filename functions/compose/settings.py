"""The variables that composing may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """TABLE_PREFIX, PUBLICATION_ARN, BASE_URL (no slash at its end) and SIGN_IN_URL."""

    table_prefix: str
    publication_arn: str
    base_url: str
    sign_in_url: str
