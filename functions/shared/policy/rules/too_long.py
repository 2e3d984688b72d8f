"""A post no longer than each of its platforms takes, by the platform's own counting."""

from collections.abc import Iterator

from shared.policy.findings import finding, listed
from shared.policy.pack import Pack
from shared.policy.reading import READ_WITH_CARE, Reading
from shared.policy.verdict import Finding
from shared.posts.counting import Overflow, overflow

RULE = "too-long"
UNREAD = "unread"

_NAMES = {
    "x": "X",
    "facebook": "Facebook",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "linkedin": "LinkedIn",
    "viva-engage": "Viva Engage",
    "sandbox": "the sandbox",
}


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Words past the limit of a platform the post is meant for (policy.md N20, B32–B35)."""
    over: dict[str, Overflow] = {}
    for platform in dict.fromkeys(reading.candidate.platforms):
        limit = pack.limit(platform)
        excess = overflow(reading.text, limit) if limit else None
        if excess:
            over[platform] = excess
    if not over:
        yield from _unread(reading, pack)
        return
    start = min(excess.start for excess in over.values())
    end = max(len(reading.text.rstrip()), start + 1)
    by = [f"{_excess(excess)} for {_name(platform)}" for platform, excess in over.items()]
    yield finding(
        RULE,
        reading,
        pack,
        span=(start, end if reading.text[start:end].strip() else len(reading.text)),
        message=f"This post is too long: {listed(by)}.",
        suggestion=_suggestion(reading, start, over),
    )


def _unread(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A post so long that its end was not judged."""
    if len(reading.plain) > READ_WITH_CARE:
        yield finding(
            RULE,
            reading,
            pack,
            span=reading.typed(READ_WITH_CARE, len(reading.plain)),
            message="This post is longer than the check reads with care.",
            suggestion="Say it shorter, or let somebody read all of it.",
            case=UNREAD,
        )


def _excess(excess: Overflow) -> str:
    """By how much a post is over, in the unit the platform refuses it for."""
    more = "" if excess.exact else "more than "
    if excess.characters:
        return f"{more}{_counted(excess.characters, 'character')} over"
    return f"{_counted(excess.bytes, 'byte')} over"


def _suggestion(reading: Reading, start: int, over: dict[str, Overflow]) -> str:
    """How much to cut, and where the post could go as it is."""
    words = len(reading.text[start:].split())
    cut = f"Cut the last {_counted(words, 'word')}" if words > 1 else "Cut the last word"
    fitting = [_name(name) for name in reading.candidate.platforms if name not in over]
    return (
        f"{cut}, or post it on {listed(fitting)} only." if fitting else f"{cut} or say it shorter."
    )


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def _name(platform: str) -> str:
    return _NAMES.get(platform, platform)
