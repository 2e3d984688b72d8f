"""One feed's place: its title, its public addresses, and where its objects lie on the shelf.

ledger/list.json  ledger/<account>/list.json        the lists, kept to ourselves
public/feed.json  public/<account>/feed.json        the views, four of each
public/<account>/<key>.json .html -1-<hash>.png     an entry and its pictures
"""

from dataclasses import dataclass

from shared.platforms.feed.listing import Listing
from shared.posts.names import AccountId

PUBLIC = "public/"
"""What lies below it is served, and nothing else is."""

EVERYBODY = "All our posts"


@dataclass(frozen=True)
class Channel:
    """The feed of one account; of the whole force where `account` is None."""

    base: str
    account: AccountId | None = None

    @property
    def list_path(self) -> str:
        """Where its list is kept."""
        return f"ledger/{self._folder}list.json"

    def path(self, name: str) -> str:
        """Where one of its public objects lies."""
        return f"{PUBLIC}{self._folder}{name}"

    def address(self, name: str) -> str:
        """Where the public finds one of its objects."""
        return f"{self.base}/{self._folder}{name}"

    def title(self, listing: Listing) -> str:
        """What readers call it: the account's latest name, or what stands for all of them."""
        if self.account is None:
            return EVERYBODY
        return listing.entries[0].name if listing.entries else self.account

    @property
    def _folder(self) -> str:
        return f"{self.account}/" if self.account else ""
