"""Whether two entries of the registry are one human being under two names (four eyes, P1).

In doubt they are: whoever shares a mobile or a mailbox with the author does not approve, and the
web team puts right what is only a slip of the registry.
"""

from shared.accounts.emails import mailbox_of
from shared.accounts.mobiles import mobile_key
from shared.accounts.registry import Person


def is_same_person(one: Person, other: Person) -> bool:
    """The same entry, the same mobile, or the same mailbox."""
    return (
        one.person_id == other.person_id
        or _shared(mobile_key(one.mobile), mobile_key(other.mobile))
        or _shared(mailbox_of(one.email), mailbox_of(other.email))
    )


def _shared(one: str, other: str) -> bool:
    return one != "" and one == other
