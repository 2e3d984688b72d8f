"""An ID token is believed only after every check of OpenID Connect Core 3.1.3.7."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enter.attempt import Attempt
from enter.errors import UntrustedTokenError, UnverifiedEmailError
from enter.issuer import Issuer

ALGORITHMS = ("RS256", "ES256")
"""Both are signatures by a key that only the issuer has; `none` and shared secrets are not."""

SKEW = timedelta(seconds=60)
LONGEST = 20_000


@dataclass(frozen=True)
class Vouched:
    """What the issuer vouches for: whose work e-mail this is."""

    email: str


def vouched(token: str, attempt: Attempt, issuer: Issuer, now: datetime) -> Vouched:
    """Who signed in, or UntrustedTokenError, or UnverifiedEmailError."""
    claims = _signed_claims(token, lambda key_id: issuer.key(key_id, now))
    _require(claims.get("iss") == issuer.url, "another issuer")
    _require(_is_for(issuer.client_id, claims), "another audience")
    _require(claims.get("token_use", "id") == "id", "no ID token")
    _require(_moment(claims, "exp") > now.timestamp() - SKEW.total_seconds(), "expired")
    _require(_moment(claims, "iat") < now.timestamp() + SKEW.total_seconds(), "from the future")
    nonce = str(claims.get("nonce", "")).encode("utf-8", "surrogatepass")
    _require(hmac.compare_digest(nonce, attempt.nonce.encode()), "another attempt's nonce")
    email, verified = claims.get("email"), claims.get("email_verified")
    # Cognito writes the claim of a federated person as text.
    if not isinstance(email, str) or not (verified is True or verified == "true"):
        raise UnverifiedEmailError
    return Vouched(email)


def _signed_claims(
    token: str, key_of: Callable[[str], Mapping[str, Any] | None]
) -> Mapping[str, Any]:
    from joserfc import jws, jwt  # with cryptography: only somebody who signs in needs them
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    _require(len(token) <= LONGEST and token.count(".") == 2, "no signed token")  # noqa: PLR2004
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
        algorithm, key_id = header.get("alg"), header.get("kid")
        _require(algorithm in ALGORITHMS, "another algorithm")
        key = key_of(key_id) if isinstance(key_id, str) else None
        _require(key is not None, "an unknown key")
        _require(_may_sign(key or {}, str(algorithm)), "a key for something else")
        claims: Mapping[str, Any] = jwt.decode(
            token, import_key(dict(key or {})), algorithms=[str(algorithm)]
        ).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise UntrustedTokenError(type(error).__name__) from error
    return claims


def _may_sign(key: Mapping[str, Any], algorithm: str) -> bool:
    kind = {"RS256": "RSA", "ES256": "EC"}[algorithm]
    return (
        key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def _is_for(client_id: str, claims: Mapping[str, Any]) -> bool:
    audience = claims.get("aud")
    return audience in (client_id, [client_id]) and claims.get("azp", client_id) == client_id


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UntrustedTokenError(f"no {name}")
    return float(value)


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        raise UntrustedTokenError(otherwise)
