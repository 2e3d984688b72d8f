"""What of a draft a platform will not carry, told to who writes it before it is sent.

A shortfall that `stops` makes the platform refuse the post; any other means that the post goes out
without it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.posts.capabilities import TITLES, Can, PictureLimits, VideoLimits, capabilities
from shared.posts.content import Draft, Kind, Media
from shared.posts.names import PlatformName
from shared.posts.server_limits import (
    NONE_TOLD,
    NOTHING_TOLD,
    ServerLimits,
    pictures_limited,
    videos_limited,
)

STOPPING = frozenset({Can.PICTURES, Can.ALT_TEXT, Can.VIDEO, Can.RESHARE, Can.REPLY})
"""A post that asks for this where it cannot be had is refused; without any other it goes out."""


@dataclass(frozen=True)
class Shortfall:
    """Something in a draft that a platform does not carry; `stops` says whether it would refuse the
    post for it."""

    platform: PlatformName
    what: Can
    sentence: str
    stops: bool


def shortfalls(
    draft: Draft, told: Mapping[PlatformName, ServerLimits] = NONE_TOLD
) -> Iterator[Shortfall]:
    """What of this draft some platform of its will not carry, in the order of its platforms, by
    what their own servers `told` where they did."""
    for platform in dict.fromkeys(draft.platforms):
        here = capabilities(platform)
        for what in _asked(draft, platform):
            if not here.can(what):
                yield Shortfall(platform, what, here.sentence(what), what in STOPPING)
        if draft.media and draft.card and here.can(Can.LINK_CARD) and here.can(Can.PICTURES):
            sentence = f"{TITLES[platform]} shows pictures or the card of a link; leave one out."
            yield Shortfall(platform, Can.LINK_CARD, sentence, stops=True)
        videos = [media for media in draft.media if media.is_video]
        if videos and here.videos:
            limits_here = videos_limited(here.videos, told.get(platform, NOTHING_TOLD))
            yield from _of_videos(draft, videos, platform, limits_here)
        elif draft.media and here.pictures and not videos:
            limits = pictures_limited(here.pictures, told.get(platform, NOTHING_TOLD))
            yield from _of_pictures(draft, platform, limits)


def _asked(draft: Draft, platform: PlatformName) -> Iterator[Can]:
    if draft.kind is Kind.RESHARE:
        yield Can.RESHARE
    if draft.kind is Kind.REPLY:
        yield Can.REPLY
    if any(media.is_video for media in draft.media):
        yield Can.VIDEO
    if not all(media.is_video for media in draft.media):
        yield Can.PICTURES
    if draft.card:
        yield Can.LINK_CARD
    if draft.thread and platform not in {variant.platform for variant in draft.variants}:
        yield Can.THREAD
    if draft.language.partition("-")[0].lower() != "en":
        yield Can.LANGUAGE


def _of_videos(
    draft: Draft, videos: list[Media], platform: PlatformName, limits: VideoLimits
) -> Iterator[Shortfall]:
    title = TITLES[platform]
    if len(draft.media) > 1:
        sentence = f"{title} takes one video, with nothing beside it; leave the rest out."
        yield Shortfall(platform, Can.VIDEO, sentence, stops=True)
    if limits.most_bytes and any(video.size > limits.most_bytes for video in videos):
        most = limits.most_bytes // 1_000_000
        sentence = f"{title} takes videos of {most:,} MB at most; save it smaller or shorter."
        yield Shortfall(platform, Can.VIDEO, sentence, stops=True)
    longest = limits.most_seconds
    if longest and any(video.milliseconds > longest * 1000 for video in videos):
        sentence = f"{title} takes videos of {longest:,} seconds at most; cut it."
        yield Shortfall(platform, Can.VIDEO, sentence, stops=True)
    if not limits.described:
        sentence = f"{title} keeps no description of a video; say in the words what it shows."
        yield Shortfall(platform, Can.ALT_TEXT, sentence, stops=False)


def _of_pictures(
    draft: Draft, platform: PlatformName, limits: PictureLimits
) -> Iterator[Shortfall]:
    title = TITLES[platform]
    if len(draft.media) > limits.most:
        sentence = f"{title} takes {limits.most} pictures at most; leave some out."
        yield Shortfall(platform, Can.PICTURES, sentence, stops=True)
    longest = limits.alt_characters
    if longest and any(len(media.alt) > longest for media in draft.media):
        sentence = f"{title} takes {longest:,} characters of alt text at most; say it shorter."
        yield Shortfall(platform, Can.ALT_TEXT, sentence, stops=True)
    strange = sorted({m.content_type for m in draft.media} - set(limits.types))
    if strange:
        sentence = f"{title} takes no {strange[0]}; it takes {' and '.join(limits.types)}."
        yield Shortfall(platform, Can.PICTURES, sentence, stops=True)
