"""Links only to the sites the force has allowed, unless a senior account has said it first."""

import unicodedata
from collections.abc import Iterator

from shared.policy.findings import finding, listed
from shared.policy.links import MOST_LINKS, Link
from shared.policy.lookalikes import fold, is_unseen
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "external-link"
SHORTENED = "shortened"

_LONGEST_HOST = 253  # RFC 1035: nothing longer leads anywhere
_LONGEST_SHOWN = 60
_DOTS = str.maketrans("。．｡․", "....")


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Addresses outside the allowed sites, and shortened ones (policy.md N03, X01, X02)."""
    candidate = reading.candidate
    if candidate.kind == "reshare" and pack.is_senior(candidate.reshare_of):
        return
    allowed = pack.hosts(candidate.account_level)
    for link in reading.links:
        host = typed_host(link, reading)
        if is_under(host, allowed):
            continue
        message, suggestion = _explained(host, allowed, pack)
        yield finding(
            RULE,
            reading,
            pack,
            span=reading.typed(link.start, link.end),
            message=message,
            suggestion=suggestion,
            case=SHORTENED if is_under(host, tuple(pack.shorteners)) else "",
        )
    if len(reading.links) > MOST_LINKS:
        yield finding(
            RULE,
            reading,
            pack,
            span=reading.typed(reading.links[-1].start, len(reading.plain)),
            message=f"This post has more than {MOST_LINKS} addresses; the rest were not checked.",
            suggestion="Leave most of them out.",
        )


def typed_host(link: Link, reading: Reading) -> str:
    """The host as a browser would read what was typed: case and zero-width characters gone, but a
    letter of another script kept, because it leads elsewhere."""
    if len(link.host) > _LONGEST_HOST:
        return f"{link.host[:_LONGEST_SHOWN]}…"
    typed = reading.text[slice(*reading.typed(link.host_start, link.host_end))] if link.host else ""
    if typed.isascii():
        return link.host.lower().strip(".")
    seen = "".join(one for one in typed if not is_unseen(one))
    host = unicodedata.normalize("NFKC", seen).translate(_DOTS).lower().strip(".")
    return link.host.lower() if link.written and host.isascii() else host


def is_under(host: str, allowed: tuple[str, ...]) -> bool:
    """True if the host is one of the allowed, or ends in one behind a dot."""
    return any(host == name or host.endswith(f".{name}") for name in allowed)


def leads_to_allowed(reading: Reading, pack: Pack) -> bool:
    """True if one of the addresses is on an allowed site."""
    allowed = pack.hosts(reading.candidate.account_level)
    return any(is_under(typed_host(link, reading), allowed) for link in reading.links)


def _explained(host: str, allowed: tuple[str, ...], pack: Pack) -> tuple[str, str]:
    """What is wrong with an address, and what to write instead."""
    if is_under(host, tuple(pack.shorteners)):
        return (
            f"{host} is a shortened link: nobody can see where it goes.",
            f"Give the full address, on {listed(list(allowed), 'or')}.",
        )
    model = _imitated(host, allowed)
    if model:
        return (
            f"{host} is not {model}, though it looks like it.",
            f"If you mean the real site, type {model}.",
        )
    return (
        f"{host} is not a site the force links to.",
        f"Link to a page on {listed(list(allowed), 'or')}, or leave the link out.",
    )


def _imitated(host: str, allowed: tuple[str, ...]) -> str | None:
    """The allowed site that a host looks like, if any."""
    folded = "".join(map(fold, host))
    if folded != host and is_under(folded, allowed):
        return folded
    squeezed = folded.replace("-", ".")
    return next((name for name in allowed if name in folded or f"{name}." in squeezed + "."), None)
