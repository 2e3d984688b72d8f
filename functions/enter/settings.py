"""The variables that signing in may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """TABLE_PREFIX, BASE_URL (no slash at its end), OIDC_ISSUER and OIDC_CLIENT_ID."""

    table_prefix: str
    base_url: str
    oidc_issuer: str
    oidc_client_id: str
