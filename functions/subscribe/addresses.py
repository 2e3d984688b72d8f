"""An e-mail address as somebody typed it, and the network they typed it from."""

import re
from ipaddress import IPv6Address, ip_address

LONGEST = 254
"""Characters of an address that can be sent to (RFC 5321)."""

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*"
    rf"@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]",
    re.ASCII,
)
LONGEST_NAME = 64
SITE = 64
"""Bits of an IPv6 address that one household or office shares."""


class AddressError(ValueError):
    """What was typed is no address that a letter can be sent to; `str()` says what to do."""


def address_typed(text: str) -> str:
    """The address, its domain in small letters; AddressError."""
    typed = text.strip()
    if not typed:
        raise AddressError("Enter your e-mail address.")
    name, _, domain = typed.rpartition("@")
    sound = len(typed) <= LONGEST and len(name) <= LONGEST_NAME and _ADDRESS.fullmatch(typed)
    if not sound:
        raise AddressError("Enter an e-mail address like name@example.org.")
    return f"{name}@{domain.lower()}"


def network_of(source: str) -> str:
    """What counts as one asker: an IPv4 address, or the site an IPv6 address belongs to."""
    try:
        address = ip_address(source)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> (address.max_prefixlen - SITE))
    return str(getattr(address, "ipv4_mapped", None) or address)
