"""One request, read without trusting it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from shared.http.problems import (
    BadRequestError,
    FieldFault,
    InvalidFieldsError,
    TooLargeError,
    UnsupportedTypeError,
)

LARGEST_BODY = 300_000
"""Bytes. A post's longest text is 63,206 characters of at most 4 bytes; pictures go elsewhere."""

MOST_FIELDS = 100


@dataclass(frozen=True)
class Call:
    """A request: `headers` and `cookies` by lower-case name, `query` by name, `body` as bytes;
    `source` is the network address it came from, as the gateway saw it, and not as it was told.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    source: str = ""

    def header(self, name: str) -> str:
        """A header by lower-case name, or the empty string."""
        return self.headers.get(name, "")

    def cookie(self, name: str) -> str | None:
        """A cookie's value, or None. Malformed pairs are skipped, as browsers' peers do."""
        for pair in self.header("cookie").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        self._expect("application/json")
        try:
            value = json.loads(self._sized().decode("utf-8"), parse_constant=_no_constants)
        except (ValueError, RecursionError):
            raise BadRequestError("The body is not JSON in UTF-8; send one JSON object.") from None
        if not isinstance(value, dict):
            raise InvalidFieldsError(
                (FieldFault("", "Send one JSON object, not a list or value."),)
            )
        return value

    def form(self) -> dict[str, list[str]]:
        """The body as form fields; a field may come several times."""
        self._expect("application/x-www-form-urlencoded")
        try:
            text = self._sized().decode("ascii")
            pairs = parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
            )
        except ValueError:
            raise BadRequestError(
                "The form could not be read; go back and send it again."
            ) from None
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return fields

    def _expect(self, wanted: str) -> None:
        given = self.header("content-type").split(";")[0].strip().lower()
        if given != wanted:
            raise UnsupportedTypeError(f"Send the body as {wanted}, not as {given or 'nothing'}.")

    def _sized(self) -> bytes:
        if len(self.body) > LARGEST_BODY:
            raise TooLargeError(f"The body has more than {LARGEST_BODY:,} bytes; shorten it.")
        return self.body


def _no_constants(name: str) -> None:
    raise ValueError(name)
