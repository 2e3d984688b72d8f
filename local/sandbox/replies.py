"""An answer of the sandbox before it is HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Reply:
    """An answer: a status, JSON fields, and headers beside the usual ones."""

    status: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """Its fields as JSON; nothing where there is nothing to say."""
        return (
            b"" if self.status == HTTPStatus.NO_CONTENT else json.dumps(dict(self.fields)).encode()
        )


@dataclass(frozen=True)
class Written(Reply):
    """An answer whose JSON is written already."""

    words: bytes = b""

    def body(self) -> bytes:
        """Its words."""
        return self.words


def refusal(status: int, code: str, message: str, **headers: str) -> Reply:
    """A no, with a sentence a person understands."""
    return Reply(status, {"error": {"code": code, "message": message}}, headers)
