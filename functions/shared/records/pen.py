"""What writing needs from chance: fresh ULIDs and salts. The source of bytes comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.posts.names import LeafId, PostId
from shared.recordlog.leaf import SALT_BYTES, Act, Leaf, leaf
from shared.recordlog.sealed import KEY_BYTES, NONCE_BYTES, Lock

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ENTROPY_BYTES = 10


def ulid(at: datetime, entropy: bytes) -> str:
    """The ULID of a moment (aware, after 1970) and 10 random bytes: 26 characters that sort by
    time. Written out here because the package of that name costs 30 ms of every cold start.
    """
    milliseconds = int(at.timestamp() * 1000)
    number = int.from_bytes(milliseconds.to_bytes(6, "big") + entropy, "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


@dataclass(frozen=True)
class Pen:
    """Makes ids and leaves; `chance(n)` gives n random bytes (`secrets.token_bytes` outside tests).

    A leaf's id carries the moment of its act, so that the log's order is the order of acts.
    """

    chance: Callable[[int], bytes]

    def new_post_id(self, at: datetime) -> PostId:
        """A fresh post id."""
        return PostId(ulid(at, self.chance(ENTROPY_BYTES)))

    def leaf(self, act: Act) -> Leaf:
        """The act as a leaf, with an id and a salt of its own, and a lock for what is personal."""
        leaf_id = LeafId(ulid(act.at, self.chance(ENTROPY_BYTES)))
        lock = None
        if act.personal:
            lock = Lock(self.chance(KEY_BYTES), self.chance(NONCE_BYTES))
        return leaf(act, leaf_id, self.chance(SALT_BYTES), lock)
