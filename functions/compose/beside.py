"""What is kept with a post besides itself, in the transaction that keeps the post."""

from dataclasses import dataclass

from shared.recordlog.leaf import Act
from shared.records.transaction import Write


@dataclass(frozen=True)
class Beside:
    """Writes, and acts that go on record with them."""

    writes: tuple[Write, ...] = ()
    acts: tuple[Act, ...] = ()

    def __add__(self, other: "Beside") -> "Beside":
        """Both."""
        return Beside((*self.writes, *other.writes), (*self.acts, *other.acts))


NOTHING = Beside()
