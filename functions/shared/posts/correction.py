"""Putting right what we said: sorry first, then what is true, under the post that was wrong.

The post that was wrong stays, word for word (policy C11): what was said can be complained of, and
shown. The correction is a post of its own, checked and approved as any other, that answers the
first one where a platform has that, and leads to it where it has not (C09, C10). Afterwards nobody
goes on about it (C16).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shared.posts.capabilities import Can, capabilities
from shared.posts.content import Draft, Kind, Variant
from shared.posts.names import PlatformName, PostId

APOLOGIES = (
    "We are sorry: our earlier post was wrong.",
    "Sorry, we got that wrong.",
    "We are sorry for the mistake in our earlier post.",
)
"""How a correction begins (C09): plain, and without a joke about what went wrong."""

LEADS_TO = "Our earlier post: {}"


@dataclass(frozen=True)
class Correction:
    """What is put right: the version that was wrong, what was wrong with it, for the record, the
    reference of a complaint (C17), and whether the team says no more about it (C16)."""

    post_id: PostId
    version: int
    wrong: str
    complaint: str = ""
    closes_thread: bool = True

    @property
    def of(self) -> str:
        """How a draft names what it corrects."""
        return f"{self.post_id}-{self.version}"


def corrected_draft(
    original: Draft, standing: Mapping[PlatformName, str], apology: str, words: str, of: str
) -> Draft:
    """The correction, for wherever the original stands; `standing` are the addresses it has there.
    Where nothing can answer a post, its words lead to it."""
    text = f"{apology.strip()}\n\n{words.strip()}"
    return replace(
        original,
        text=text,
        platforms=tuple(name for name in original.platforms if name in standing),
        kind=Kind.CORRECTION,
        about=of,
        media=(),
        not_before=None,
        expires_at=None,
        embargo=False,
        card=None,
        thread=(),
        variants=tuple(
            Variant(name, f"{text}\n\n{LEADS_TO.format(standing[name])}")
            for name in original.platforms
            if name in standing and not answers(name)
        ),
    )


def answers(platform: PlatformName) -> bool:
    """Whether a post of ours can stand under another one there."""
    return capabilities(platform).can(Can.THREAD)
