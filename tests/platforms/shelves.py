"""A shelf in memory that keeps its conditions as S3 does, and fails when told to."""

import json
import threading
from hashlib import sha256
from itertools import count

from local.sandbox import Faults
from shared.platforms.feed.shelf import (
    NoAnswerError,
    NotNowError,
    NotReachedError,
    Stored,
    TakenError,
)

LISTS = "list.json"


class MemoryShelf:
    """Objects by path; `faults` strike `post` and `delete` where a list is written with an entry
    more or one less, `read` at any read, and `media` at any other write."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.faults = Faults()
        self.writes = count()
        self._lock = threading.Lock()

    def read(self, path):
        self._fail(self.faults.take("read", None, path))
        found = self.kept.get(path)
        return None if found is None else Stored(found[0], _etag(found[0]))

    def write(self, path, data, content_type, seen):
        fault = str(self.faults.take(self._act(path, data), None, path) or "")
        if "after" in fault or fault in {"truncated-body", "wrong-content-type", "slow-drip"}:
            self._put(path, data, content_type, seen)
        self._fail(fault)
        self._put(path, data, content_type, seen)

    def _put(self, path, data, content_type, seen):
        with self._lock:
            there = self.kept.get(path)
            if (there is None) != (seen is None) or (there and seen.etag != _etag(there[0])):
                raise TakenError(path)
            self.kept[path] = (data, content_type)
            next(self.writes)

    def _act(self, path, data):
        if not path.endswith(LISTS):
            return "media"
        before = json.loads(self.kept[path][0]) if path in self.kept else {"gone": []}
        return "delete" if len(json.loads(data)["gone"]) > len(before["gone"]) else "post"

    def _fail(self, fault):
        if fault == "429":
            raise NotNowError(fault)
        if fault:
            raise NoAnswerError(fault)


class UnreachableShelf:
    """One that no connection leads to."""

    def read(self, path):
        raise NotReachedError(path)

    def write(self, path, data, content_type, seen):
        raise NotReachedError(path)


def _etag(data):
    """Of the bytes alone, as S3's: bytes that come back have the tag they had before."""
    return f'"{sha256(data).hexdigest()[:32]}"'
