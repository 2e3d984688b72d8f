"""The variables that keeping the registry may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """TABLE_PREFIX, BASE_URL (no slash at its end), SIGN_IN_URL, FORCE_DOMAIN (where work e-mail
    lives), COVER (refuse or alert), SECRETS_PREFIX and READING_PREFIX (names of secrets, of keys
    that publish and of keys that only read, written and never read), MAIL_FROM and
    INFORMATION_MANAGEMENT (who approves policies: centre, or person ids with commas).
    """

    table_prefix: str
    base_url: str
    sign_in_url: str
    force_domain: str
    cover: str
    secrets_prefix: str
    reading_prefix: str
    mail_from: str
    information_management: str
