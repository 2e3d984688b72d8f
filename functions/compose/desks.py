"""What browser and clock both need in this room, made of the tables."""

from collections.abc import Callable

from compose.beside import Beside
from compose.open_appeal import Opener
from compose.submit import Desk
from compose.waiting import Files
from shared.conductor.executions import Executions, step_functions
from shared.policy.pack import Pack
from shared.posts.life import Post
from shared.records.accounts import Accounts
from shared.records.appeals import Appeals
from shared.records.approvals import Approvals
from shared.records.custodies import Custodies
from shared.records.holds import Holds
from shared.records.pen import Pen
from shared.records.policies import Policies
from shared.records.policy_in_use import PolicyInUse
from shared.records.posts import Posts
from shared.records.registered import Registered
from shared.records.replacing import Replacing
from shared.records.server_limits import ServersTold
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables


def desk_of(kept: Tables, pen: Pen, publication_arn: str, appeal_days: str) -> Desk:
    """What submitting and taking back need; appeals last so many days unless they say otherwise."""
    registered = Registered(Accounts(kept, pen), ServersTold(kept, pen))
    return Desk(
        Posts(kept, pen),
        Replacing(kept, pen),
        Files(Snapshots(kept), Approvals(kept, pen), Holds(kept, pen)),
        Executions(step_functions, publication_arn),
        PolicyInUse(Policies(kept, pen)),
        registered,
        registered.limits,
        Custodies(kept, pen).ends,
        _beside(Opener(Appeals(kept, pen), appeal_days), kept, pen),
    )


def _beside(opener: Opener, kept: Tables, pen: Pen) -> Callable[[Post, Pack], Beside]:
    """What is kept beside a post: its marks and its appeal, and that it answers somebody."""

    def beside(post: Post, pack: Pack) -> Beside:
        opened = opener(post, pack)
        if post.reply is None:
            return opened
        from compose.begin_reply import Beginner  # few posts answer anybody
        from shared.records.mentions import Mentions

        return opened + Beginner(Mentions(kept, pen), Posts(kept, pen))(post)

    return beside
