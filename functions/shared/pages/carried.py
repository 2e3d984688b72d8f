"""What a platform carries of a post, in the sentences that stand beside the choice of platforms."""

from collections.abc import Iterator

from shared.posts.capabilities import LARGEST_VIDEO, Can, PictureLimits, VideoLimits, capabilities
from shared.posts.names import PlatformName

TOLD = (Can.PICTURES, Can.VIDEO, Can.THREAD, Can.LINK_CARD, Can.LANGUAGE, Can.EDIT)
"""What an author may wish for; the rest is for whoever watches the account."""


def carried(platform: PlatformName) -> tuple[str, ...]:
    """Sentences: the pictures it takes, and what it does not carry."""
    here = capabilities(platform)
    sentences = [here.sentence(what) for what in TOLD]
    pictures = _pictures(here.pictures) if here.pictures else ()
    videos = _videos(here.videos) if here.videos else ()
    return (*pictures, *videos, *filter(None, sentences))


def _videos(limits: VideoLimits) -> Iterator[str]:
    size = f"{min(limits.most_bytes or LARGEST_VIDEO, LARGEST_VIDEO) // 1_000_000} MB"
    time = f"{limits.most_seconds:,} seconds" if limits.most_seconds else ""
    yield f"One video, alone, of {' and '.join(filter(None, (size, time)))} at most."


def _pictures(limits: PictureLimits) -> Iterator[str]:
    longest = limits.alt_characters
    described = f", each described in {longest:,} characters at most" if longest else ""
    yield f"Up to {limits.most} pictures{described}."
