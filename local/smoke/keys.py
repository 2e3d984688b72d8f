"""What the account signs in with, from the environment; and its tokens, kept in a file if asked.

SMOKE_IDENTIFIER and SMOKE_PASSWORD are those of the account's secret, and so are
SMOKE_CLIENT_ID, SMOKE_CLIENT_SECRET and SMOKE_TOKEN_URL where the platform asks for them;
SMOKE_SERVICE is its server, where that is not the platform's only one. SMOKE_SESSIONS names a file
that tokens are kept in: a refresh token that works once is spent by the first run without it.
"""

import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publish.credentials import KEYLESS
from shared.platforms.base import Credentials
from shared.posts.names import PlatformName

SERVICES: Mapping[str, str] = {
    "bluesky": "https://bsky.social",
    "x": "https://api.x.com",
    "facebook": "https://graph.facebook.com/v26.0",
    "linkedin": "https://api.linkedin.com",
    "viva-engage": "https://www.yammer.com",
}
"""The platform's own address, where it has but one."""

SPENT_ONCE = frozenset({"x", "linkedin", "viva-engage"})
"""Platforms whose refresh token may be another one after each sign-in."""


class MissingKeysError(Exception):
    """The environment does not hold what this platform asks for; `str()` names the variables."""


@dataclass(frozen=True)
class Keys:
    """Who speaks, where, and with which keys; `bucket` is where the feed lies."""

    platform: PlatformName
    credentials: Credentials
    handle: str
    bucket: str = ""
    sessions: Path | None = None

    @property
    def warning(self) -> str:
        """What somebody should know before they start."""
        if self.platform in SPENT_ONCE and self.sessions is None:
            return (
                "This spends the refresh token: name a file in SMOKE_SESSIONS to keep the next one."
            )
        return ""


def keys_for(platform: PlatformName, environment: Mapping[str, str]) -> Keys:
    """The keys; MissingKeysError."""
    names = ("IDENTIFIER", "SERVICE", "BUCKET" if platform == KEYLESS else "PASSWORD")
    found = {name: environment.get(f"SMOKE_{name}", "").strip() for name in names}
    found["SERVICE"] = found["SERVICE"] or SERVICES.get(platform, "")
    missing = [f"SMOKE_{name}" for name in names if not found[name]]
    if missing:
        raise MissingKeysError(f"Set {', '.join(missing)} in the environment. See docs/smoke.md.")
    credentials = Credentials(
        found["SERVICE"],
        found["IDENTIFIER"],
        found.get("PASSWORD", ""),
        environment.get("SMOKE_CLIENT_ID", ""),
        environment.get("SMOKE_CLIENT_SECRET", ""),
        environment.get("SMOKE_TOKEN_URL", ""),
    )
    kept = environment.get("SMOKE_SESSIONS", "")
    handle = environment.get("SMOKE_HANDLE", "") or found["IDENTIFIER"]
    return Keys(
        platform, credentials, handle, found.get("BUCKET", ""), Path(kept) if kept else None
    )


@dataclass
class FileSessions:
    """Tokens for this run, and in a file for the next one, readable by nobody else."""

    path: Path | None = None
    _kept: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.path is not None and self.path.exists():
            self._kept = json.loads(self.path.read_text(encoding="utf-8"))

    def load(self, name: str) -> dict[str, Any] | None:
        """The stored session, or None."""
        return self._kept.get(name)

    def save(self, name: str, session: dict[str, Any]) -> None:
        """Keep it, whole or not at all."""
        self._kept[name] = session
        if self.path is None:
            return
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self._kept, file)
        fresh.replace(self.path)

    def alone(self, _name: str, /) -> AbstractContextManager[None]:
        """Nobody else signs in with these meanwhile."""
        return nullcontext()
