"""From where on somebody stands out: numbers that the force sets, each with a default."""

import re
from dataclasses import dataclass, fields, replace

from shared.followers.errors import BadThresholdsError

_PAIR = re.compile(r"([a-z_]+)=([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True)
class Thresholds:
    """`serial`: following so many others, and `ratio` times as many as follow them (F01);
    `celebrity`: followed by so many (N24); `spam`: so many signs of spam together (F04);
    `most`: people in a list that is read at all."""

    serial: int = 2_000
    ratio: int = 2
    celebrity: int = 100_000
    spam: int = 2
    most: int = 100_000


def read_thresholds(text: str) -> Thresholds:
    """Thresholds as they are written, `serial=2000,spam=2`; what is not named is as usual.
    BadThresholdsError."""
    found = Thresholds()
    known, named = {each.name for each in fields(Thresholds)}, set[str]()
    for part in filter(None, map(str.strip, text.split(","))):
        match = _PAIR.fullmatch(part)
        if match is None:
            raise BadThresholdsError(f"“{part[:40]}” is no name with a whole number from 1")
        if match[1] not in known or match[1] in named:
            raise BadThresholdsError(f"“{match[1]}” is no name of one, or stands there twice")
        named.add(match[1])
        found = replace(found, **{match[1]: int(match[2])})
    return found
