"""From where a decision came, as far as it has to be known: which network, which kind of device."""

from shared.http.call import Call

LONGEST_DEVICE = 200
IPV4_BITS, IPV6_BITS = 24, 48
"""Enough to tell the force's own network from a café's, and not who sits where."""


def network_of(call: Call) -> str:
    """The network a request came from, such as 192.0.2.0/24; empty where nobody knows."""
    from ipaddress import ip_address, ip_network  # only a decision pays for it

    try:
        address = ip_address(call.source)
    except ValueError:
        return ""
    bits = IPV4_BITS if address.version == 4 else IPV6_BITS  # noqa: PLR2004 - its own number
    return str(ip_network(f"{address}/{bits}", strict=False))


def device_of(call: Call) -> str:
    """What the browser calls itself, as far as it can be kept."""
    told = call.header("user-agent")[:LONGEST_DEVICE]
    return "".join(c for c in told if c.isprintable())
