"""Connections that are kept from one look to the next, for whoever only reads.

A run that looks at hundreds of accounts asks few servers, and most of what a look costs is the
connection. A kept one may have been dropped on the far side meanwhile; a look does no harm when it
is asked again, so that it is asked once more, on a fresh connection. Whatever is no look (signing
in, renewing a token) goes out as everybody else's requests do, each on a connection of its own.
"""

import re
import ssl
from collections.abc import Mapping

import urllib3
from urllib3 import BaseHTTPResponse, HTTPConnectionPool
from urllib3.exceptions import ProtocolError, SSLError

from shared.platforms.wire import Body, Timeouts, Wire

MOST_SERVERS = 10
"""Whose connections are kept at once; that of whoever was not asked for longest is closed."""

DROPPED = (ConnectionError, ssl.SSLEOFError)

SERVER = re.compile(r"[^/?#]*//[^/?#]*")
"""Where an address says whom to ask; behind it stands what to ask for."""


class Connections:
    """What one run keeps; they close when nobody holds this any more."""

    def __init__(self) -> None:
        self.fresh = urllib3.PoolManager()
        self.kept = urllib3.PoolManager(num_pools=MOST_SERVERS, maxsize=1)
        self._last: tuple[str, HTTPConnectionPool] | None = None

    def to(self, server: str) -> HTTPConnectionPool:
        """Those that are kept to a server. Nearly always it is the one that was asked last, and
        looking that up anew takes a tenth of what a look costs."""
        if self._last is None or self._last[0] != server:
            self._last = server, self.kept.connection_from_url(server)
        return self._last[1]


class KeptWire(Wire):
    """Looks on connections that are kept, and sends all else on fresh ones."""

    def __init__(self, timeouts: Timeouts, connections: Connections) -> None:
        super().__init__(timeouts, connections.fresh)
        self._connections = connections

    def _exchanged(
        self, method: str, address: str, headers: Mapping[str, str], body: Body
    ) -> tuple[BaseHTTPResponse, bool]:
        if method != "GET":
            return super()._exchanged(method, address, headers, body)
        server, wanted = _parted(address)
        kept = self._connections.to(server)
        made = kept.num_connections
        try:
            return self._asked_of(kept, method, wanted, headers, body), False
        except (ProtocolError, SSLError) as error:
            if kept.num_connections > made or not isinstance(error.args[-1], DROPPED):
                raise  # it was a fresh one, or there was an answer of some kind
            return super()._exchanged(method, address, headers, body)


def _parted(address: str) -> tuple[str, str]:
    """Whom to ask, and what for; whom nobody can ask is nobody's server."""
    found = SERVER.match(address)
    server = found[0] if found else ""
    wanted = address[len(server) :]
    return server, wanted if wanted.startswith("/") else f"/{wanted}"
