"""Web links the registry keeps: https, and for the force's page the force's own domain (A13).

A platform's service is where an account's password goes, so it is held to the same; only a server
on this very machine, as tests and demonstrations have one, may do without https.
"""

import re
from urllib.parse import SplitResult, urlsplit

from shared.accounts.errors import LinkError

LONGEST = 2000
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost"})


def secure_link(typed: str) -> str:
    """The link as typed, if it is https to a named host in plain letters; else LinkError."""
    parts = _split(typed)
    if parts.scheme != "https" or parts.port not in {None, 443}:
        raise LinkError("A web link begins with https:// and names no port.")
    if not _HOST.fullmatch(parts.hostname or ""):
        raise LinkError("The web link names no site.")
    return typed


def force_page(typed: str, domain: str) -> str:
    """The link, if it is https and leads to the force's own site."""
    link = secure_link(typed)
    host = (urlsplit(link).hostname or "").lower()
    if host != domain and not host.endswith("." + domain):
        raise LinkError(f"The force page is on {domain} or a site below it.")
    return link


def service_url(typed: str) -> str:
    """The base URL of a platform's service: https to a named host, or a server on this machine."""
    parts = _split(typed)
    if parts.scheme == "http" and parts.hostname in _THIS_MACHINE:
        return typed
    if parts.scheme != "https" or not _HOST.fullmatch(parts.hostname or ""):
        raise LinkError("A platform's service begins with https:// and names its site.")
    if parts.query or parts.fragment:
        raise LinkError("A platform's service ends with its site or a path, without ? and #.")
    return typed


def post_address(typed: str) -> str:
    """Where a post stands: https on a named site, or a server on this machine."""
    parts = _split(typed)
    if parts.scheme == "http" and parts.hostname in _THIS_MACHINE:
        return typed
    return secure_link(typed)


def _split(typed: str) -> SplitResult:
    """The parts of a link; LinkError for what is none, or says who is asking."""
    if not typed or len(typed) > LONGEST or not typed.isascii() or not typed.isprintable():
        raise LinkError("Write a web link in plain characters, beginning with https://.")
    if " " in typed or "\\" in typed:
        raise LinkError("Take the spaces and backslashes out of the web link.")
    try:
        parts = urlsplit(typed)
        _ = parts.port  # what is no number is refused here
    except ValueError as error:
        raise LinkError("This is no web link.") from error
    if parts.username is not None or parts.password is not None:
        raise LinkError("Take the name before the @ out of the web link.")
    return parts
