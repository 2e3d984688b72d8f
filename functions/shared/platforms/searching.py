"""Looking for accounts that could be taken for ours: what is asked of a platform, without a write.

1. `search` asks for accounts by words, or where a platform can only be asked so, by their names
   themselves (`shared.impostors.places` says which): one question, the first page of the answer.
2. `there` looks whether an account still stands: None where the platform says that it does not, or
   that it has suspended it.
3. `picture` is the SHA-256 of an account's picture, fetched only from where the platform itself
   keeps pictures; empty where it could not be.

A look that fails says why in exactly one PlatformError, as in `reading`; `picture` never fails, for
it is only one more mark to know somebody by. Everything in here was written by strangers, and is
made safe to keep by `strangers`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from shared.platforms.actors import Actor
from shared.platforms.wire import Wire, WireError
from shared.posts.names import PlatformName

MOST_FOUND = 100
"""People of one answer that are looked at; no platform that we ask gives more on a page."""


@dataclass(frozen=True)
class Found:
    """Somebody that a platform shows, and the address of their picture (empty: it shows none)."""

    actor: Actor
    picture: str = ""


class Searcher(Protocol):
    """One platform, asked as whoever may ask there."""

    name: PlatformName

    def search(self, terms: Sequence[str]) -> tuple[Found, ...]:
        """Who is found by these words, or who has one of these names."""

    def there(self, platform_id: str, handle: str) -> Found | None:
        """The account as it stands, by its id, or where nobody knows that by its handle; None where
        the platform says that it is not there."""

    def picture(self, found: Found) -> str:
        """The SHA-256 of its picture, as hexadecimal digits; empty where nobody can tell."""


def digest_of(wire: Wire, address: str, hosts: Sequence[str], service: str) -> str:
    """The SHA-256 of a picture at one of these hosts, below one that begins with a dot, or at the
    service itself; empty for any other address, and for what is no answer."""
    try:
        asked, own = urlsplit(address), urlsplit(service)
        at_home = (asked.scheme, asked.netloc) == (own.scheme, own.netloc)
        host = asked.hostname or ""
    except ValueError:
        return ""
    known = any(
        host == each.lstrip(".") or (each[:1] == "." and host.endswith(each)) for each in hosts
    )
    if not address or not (at_home or (known and asked.scheme == "https" and asked.port is None)):
        return ""
    try:
        answer = wire.call("GET", address)
    except WireError:
        return ""
    return hashlib.sha256(answer.body).hexdigest() if answer.ok and answer.body else ""
