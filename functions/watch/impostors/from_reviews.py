"""Who stands out in a follower review because they could be taken for ours is a case as well
(F05, F07): the review forgets its names, and an impostor has to be followed."""

from collections.abc import Iterable, Iterator, Mapping

from shared.accounts.registry import Account
from shared.followers.flags import Sign
from shared.followers.review import Flagged, Review
from shared.impostors.alike import Alike, Ours
from shared.impostors.case import Source
from shared.impostors.evidence import whole_handle
from shared.posts.names import AccountId
from watch.impostors.keep_found import Sighting


def from_reviews(
    reviews: Iterable[Review], accounts: Mapping[AccountId, Account]
) -> Iterator[Sighting]:
    """Everybody who stands out so, as far as the reviews still say who they are."""
    ours = Ours(accounts.values())
    for review in reviews:
        account = accounts.get(review.account)
        for flagged in review.flagged if account else ():
            if account is not None and any(f.sign is Sign.LOOKALIKE for f in flagged.flags):
                yield from _sighted(ours, account, flagged)


def _sighted(ours: Ours, account: Account, flagged: Flagged) -> Iterator[Sighting]:
    someone, platform = flagged.someone, flagged.place.platform
    if someone is None or not someone.handle:
        return
    handle = account.handle(platform)
    whole = whole_handle(platform, someone.handle, handle.service if handle else "")
    if ours.owner_of(platform, whole) is not None:
        return
    reason = next(flag.reason for flag in flagged.flags if flag.sign is Sign.LOOKALIKE)
    alike = ours.taken_for(platform, someone) or Alike(account.account_id, reason)
    named = type(someone)(someone.platform_id, whole, someone.name, someone.url, someone.about)
    yield Sighting(platform, named, alike, Source.REVIEW)
