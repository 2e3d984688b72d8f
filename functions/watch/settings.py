"""The variables that watching may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """TABLE_PREFIX and PUBLICATION_ARN."""

    table_prefix: str
    publication_arn: str
