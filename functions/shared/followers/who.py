"""Who speaks for which side of a review: the account's owner and deputies, and the centre (F05)."""

from shared.accounts.registry import Account, Person
from shared.accounts.rights import CENTRE, Right, may
from shared.followers.review import Part


def parts_of(person: Person, account: Account) -> frozenset[Part]:
    """The sides that somebody may sign for; of both, a review takes one from each person."""
    if not may(person, Right.REVIEW_FOLLOWERS).allowed:
        return frozenset()
    own = person.person_id == account.owner or person.person_id in account.deputies
    owner = frozenset({Part.OWNER}) if own else frozenset()
    comms = frozenset({Part.COMMS}) if person.role in CENTRE else frozenset()
    return owner | comms
