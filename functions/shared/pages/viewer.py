"""Who looks at a page, as its frame shows them."""

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.pages.parts import Viewer


def viewer_of(person: Person, leave_token: str) -> Viewer:
    """The signed-in person; `leave_token` guards the sign-out form on the page."""
    approves = may(person, Right.APPROVE).allowed
    reads = may(person, Right.READ_ALL).allowed
    audits = may(person, Right.AUDIT).allowed
    return Viewer(person.name, approves, leave_token, may_read_all=reads, may_audit=audits)
