"""How the lot falls, so that nobody can choose it and everybody can repeat it (ADR 0037).

    bluelamp-sample/v1
    <origin of the log>
    month 2026-10
    end <size> <root>
    account leek-npt

SHA-256 of these lines, each with its newline, is the seed; `end` is the line of the month's signed
note. The root in it hangs on every leaf of the month and on its salt: nobody knows it before the
month is over, and then nothing that was published can be made unpublished. A post takes its place
by SHA-256 of the seed's 32 bytes and its name (`<post id>@v<version>`); those with the lowest are
drawn. So the order in which a database answers makes no difference, and `sha256sum` is enough to
do it again.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from shared.months.logslice import Cut
from shared.months.month import Month
from shared.samples.rule import Rule

KIND = "bluelamp-sample/v1"


@dataclass(frozen=True)
class Lot:
    """What the lot of one account and month hangs on: `end` is the log as the month's signed note
    says it was at its end."""

    origin: str
    month: Month
    end: Cut
    account: str

    @property
    def text(self) -> str:
        """The lines that are hashed."""
        root = base64.b64encode(self.end.root).decode()
        said = (f"month {self.month}", f"end {self.end.size} {root}", f"account {self.account}")
        return "".join(f"{line}\n" for line in (KIND, self.origin, *said))

    @property
    def seed(self) -> bytes:
        """32 bytes."""
        return sha256(self.text.encode()).digest()


def name_of(post_id: str, version: int) -> str:
    """How a post is called here."""
    return f"{post_id}@v{version}"


def drawn(lot: Lot, rule: Rule, published: Iterable[str]) -> tuple[str, ...]:
    """The names of the posts that are drawn, in the order of the lot; each can be drawn once."""
    names, seed = set(published), lot.seed
    order = sorted(names, key=lambda name: (sha256(seed + name.encode()).digest(), name))
    return tuple(order[: rule.size(len(names))])


def frame_hash(published: Iterable[str]) -> str:
    """What was drawn from: hexadecimal SHA-256 of the names in their order, a line each."""
    return sha256("".join(f"{name}\n" for name in sorted(set(published))).encode()).hexdigest()
