"""How values are spelled in rows: moments as sortable text, nested values as JSON text."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from shared.records.errors import UnstorableError


def written(moment: datetime) -> str:
    """An aware datetime as UTC text of fixed width, so that text sorts as time does."""
    if moment.tzinfo is None:
        raise UnstorableError(f"{moment.isoformat()} has no time zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """The UTC datetime that `written` wrote."""
    return datetime.fromisoformat(text)


def written_if(moment: datetime | None) -> str | None:
    """The same of one that may be missing."""
    return written(moment) if moment else None


def moment_if(text: str | None) -> datetime | None:
    """The moment that `written_if` wrote, if it wrote one."""
    return moment(text) if text else None


def as_json(value: object) -> str:
    """JSON text that keeps the order of keys; UnstorableError for what would come back changed."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise UnstorableError(f"This cannot be kept as JSON: {error}.") from error
    if json.loads(text) != value:  # a tuple, or a key that is not text
        raise UnstorableError("This would not come back from JSON as it went in.")
    return text


def from_json(text: str) -> Any:
    """The value that `as_json` wrote."""
    return json.loads(text)


def at_rest(secret: str) -> str:
    """What is kept of a random 256-bit secret (session token, approval link): its SHA-256, hex."""
    # surrogatepass: whatever a stranger sends has a hash, and it is nobody's.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
