"""The letter of the morning: what can wait until then, and what somebody has to see to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MorningLetter:
    """To anybody: every matter that is theirs, each in a line that begins with what it is about;
    `link` leads to where they begin."""

    addressee: str
    matters: tuple[str, ...]
    link: str
