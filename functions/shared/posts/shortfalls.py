"""What of a draft a platform will not carry, told to who writes it before it is sent.

A shortfall that `stops` makes the platform refuse the post; any other means that the post goes out
without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.posts.capabilities import TITLES, Can, PictureLimits, capabilities
from shared.posts.content import Draft, Kind
from shared.posts.names import PlatformName

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


def shortfalls(draft: Draft) -> Iterator[Shortfall]:
    """What of this draft some platform of its will not carry, in the order of its platforms."""
    for platform in dict.fromkeys(draft.platforms):
        here = capabilities(platform)
        for what in _asked(draft):
            if not here.can(what):
                yield Shortfall(platform, what, here.sentence(what), what in STOPPING)
        if draft.media and draft.card and here.can(Can.LINK_CARD) and here.can(Can.PICTURES):
            sentence = f"{TITLES[platform]} shows pictures or the card of a link; leave one out."
            yield Shortfall(platform, Can.LINK_CARD, sentence, stops=True)
        if draft.media and here.pictures:
            yield from _of_pictures(draft, platform, here.pictures)


def _asked(draft: Draft) -> Iterator[Can]:
    if draft.kind is Kind.RESHARE:
        yield Can.RESHARE
    if draft.kind is Kind.REPLY:
        yield Can.REPLY
    if draft.media:
        yield Can.PICTURES
    if draft.card:
        yield Can.LINK_CARD
    if draft.language.partition("-")[0].lower() != "en":
        yield Can.LANGUAGE


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
