"""The console: posts go to a file and to standard output, and nowhere else. For development.

The log holds one JSON line per act and is the platform's whole memory, so that any process that
knows the file sees the same timeline. The service of its credentials is the file: `file:///…`.
"""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from errno import ENOSPC
from io import SEEK_END, FileIO
from pathlib import Path
from typing import Any

from shared.platforms.base import (
    NO_CLUES,
    Before,
    Clues,
    Frozen,
    MediaBytes,
    NotSentError,
    Receipt,
    RefusedError,
    UncertainError,
    UnreachableError,
)
from shared.platforms.videos import check_carried
from shared.posts.content import Draft
from shared.posts.names import PlatformName

LONGEST = 10_000
"""Characters. Even a console has an end to its line."""


_LOG_FAILURES = (OSError, ValueError)
"""No such folder, no right to write, no room; or a line that is no act of ours."""


class Console:
    """One log. `say` gets each line that a person would want to see, with its end of line."""

    name = PlatformName("console")
    settles_after = timedelta(0)

    def __init__(self, log: Path, say: Callable[[str], object]) -> None:
        self._log = log
        self._say = say

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None
    ) -> Frozen:
        """Words, pictures and key; the console carries every kind of post."""
        check_carried(draft, self.name)
        request = {
            "text": draft.text,
            "language": draft.language,
            "kind": draft.kind.value,
            "about": draft.about,
            "pictures": [{"key": m.key, "alt": m.alt} for m in draft.media],
            "prepared_at": now.isoformat(),
        }
        if before:
            request["answers"] = before.parent.platform_id
        return Frozen(platform=self.name, key=key, request=request)

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:  # noqa: ARG002 - the contract's
        """Append it, unless it stands there; one sender at a time."""
        if len(frozen.request["text"]) > LONGEST:
            raise RefusedError(f"The console takes at most {LONGEST} characters.")
        try:
            with self._opened() as log:
                there = _standing(log).get(frozen.key)
                if there is not None:
                    return self._receipt(frozen.key, there)
                _append(log, {"act": "post", "key": frozen.key, "request": frozen.request})
        except _LOG_FAILURES as error:
            raise NotSentError(_sentence(error)) from error
        self._say(f"[console] {frozen.request['text']}\n")
        return self._receipt(frozen.key, frozen.request)

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """The post of that key, if the log has it and no deletion after it."""
        try:
            with self._opened() as log:
                there = _standing(log).get(frozen.key)
        except _LOG_FAILURES as error:
            raise UnreachableError(_sentence(error)) from error
        if there is None or frozen.key in clues.taken:
            return None
        return self._receipt(frozen.key, there)

    def shown(self, receipt: Receipt) -> Receipt | None:
        """The post of that key, as the log has it."""
        return self.find(Frozen(self.name, receipt.platform_id, {}))

    def delete(self, receipt: Receipt) -> None:
        """Append the deletion; the log itself forgets nothing."""
        try:
            with self._opened() as log:
                if receipt.platform_id in _standing(log):
                    _append(log, {"act": "delete", "key": receipt.platform_id})
        except _LOG_FAILURES as error:
            raise UncertainError(_sentence(error)) from error
        self._say(f"[console] deleted {receipt.platform_id}\n")

    @contextmanager
    def _opened(self) -> Iterator[FileIO]:
        """The log, ours alone until closed, and unbuffered: a write has happened or has failed."""
        with FileIO(self._log, "a+") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            yield log

    def _receipt(self, key: str, request: dict[str, Any]) -> Receipt:
        return Receipt(key, f"{self._log.resolve().as_uri()}#{key}", request["text"])


def _standing(log: FileIO) -> dict[str, dict[str, Any]]:
    """What was posted and not deleted, by key."""
    log.seek(0)
    standing: dict[str, dict[str, Any]] = {}
    for line in log.readall().splitlines():
        act = json.loads(line)
        if act["act"] == "post":
            standing[act["key"]] = act["request"]
        else:
            standing.pop(act["key"], None)
    return standing


def _append(log: FileIO, act: dict[str, Any]) -> None:
    """One whole line or none: half a line would be no proof that nothing was said."""
    line = f"{json.dumps(act)}\n".encode()
    end = log.seek(0, SEEK_END)
    if log.write(line) != len(line):
        log.truncate(end)
        raise OSError(ENOSPC, "there is no room for it")


def _sentence(error: Exception) -> str:
    return f"The console's log is out of order: {error}."
