"""Putting right what we said: sorry first, then what is true, under the post that was wrong.

The post that was wrong stays, word for word (policy C11): what was said can be complained of, and
shown. The correction is a post of its own, checked and approved as any other, that answers the
first one where a platform has that, and leads to it where it has not (C09, C10). In feeds the words
that were wrong are struck out beside those that are true. Afterwards nobody goes on about it (C16).
"""

from collections.abc import Callable, Mapping
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

STRUCK_OUT_ON = frozenset({PlatformName("feed")})
"""Where words are carried with their marks, so that those that were wrong can be struck out."""

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
    appeal: str = ""
    """Which appeal is over by it, where that is all it says: then nothing was wrong."""

    @property
    def of(self) -> str:
        """How a draft names what it corrects."""
        return f"{self.post_id}-{self.version}"


def corrected_draft(
    original: Draft, standing: Mapping[PlatformName, str], apology: str, words: str, of: str
) -> Draft:
    """The correction, for wherever the original stands; `standing` are the addresses it has there.
    Where nothing ties it to the post that was wrong, its words lead there."""
    text = "\n\n".join(part for part in (apology.strip(), words.strip()) if part)
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
        variants=_leading_there(text, original, standing, is_tied),
    )


def closing_draft(
    original: Draft, standing: Mapping[PlatformName, str], words: str, of: str
) -> Draft:
    """What ends an appeal: said where the original stands, as a correction is, with no apology and
    with nothing struck out."""
    draft = corrected_draft(original, standing, "", words, of)
    variants = _leading_there(draft.text, original, standing, answers)
    return replace(draft, kind=Kind.ORIGINAL, variants=variants)


def _leading_there(
    text: str,
    original: Draft,
    standing: Mapping[PlatformName, str],
    tied: Callable[[PlatformName], bool],
) -> tuple[Variant, ...]:
    """The words for where nothing ties them to the post they are about: they lead to it."""
    return tuple(
        Variant(name, f"{text}\n\n{LEADS_TO.format(standing[name])}")
        for name in original.platforms
        if name in standing and not tied(name)
    )


def is_tied(platform: PlatformName) -> bool:
    """Whether a platform has to be told which post it is that a correction puts right."""
    return answers(platform) or platform in STRUCK_OUT_ON


def answers(platform: PlatformName) -> bool:
    """Whether a post of ours can stand under another one there."""
    return capabilities(platform).can(Can.THREAD)
