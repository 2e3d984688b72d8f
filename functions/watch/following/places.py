"""The lists of an account that are looked at.

Where nobody can read one for the account, the review says so, and that somebody looks there.
"""

from shared.accounts.registry import Account
from shared.followers.review import Place
from shared.followers.someone import Side
from shared.posts.capabilities import Can, capabilities
from shared.posts.names import PlatformName

WHAT = {Side.FOLLOWER: Can.FOLLOWERS, Side.FOLLOWED: Can.FOLLOWING}
SHOWN_THERE = frozenset(map(PlatformName, ("facebook", "linkedin")))
"""They name nobody to us; whoever is signed in there can see for themselves."""


def places_of(account: Account) -> tuple[Place, ...]:
    """The lists of an account that somebody has to look at."""
    return tuple(
        Place(handle.platform, side)
        for handle in account.handles
        for side in Side
        if handle.platform in SHOWN_THERE or capabilities(handle.platform).can(WHAT[side])
    )
