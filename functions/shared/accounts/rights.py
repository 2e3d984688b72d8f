"""Who may do what: one table of role × right, and questions that are answered with the reason.

A route asks for the right it needs (`shared.identity.visitor`), a deed asks again with what it is
about: whose account, whose words. Roles and standing come from the registry at that moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.accounts.registry import (
    Account,
    AccountStatus,
    Person,
    PersonStatus,
    Role,
)
from shared.accounts.right import Right
from shared.accounts.why_not import WHY_NOT

__all__ = [
    "CENTRE",
    "DUTY_OFFICER",
    "EVERYBODY",
    "READING",
    "RIGHTS",
    "WHY_NOT",
    "WRITERS",
    "Answer",
    "Right",
    "may",
    "may_for",
    "may_post",
    "may_publish_urgently",
    "may_read",
    "may_read_everything",
]

CENTRE = frozenset({Role.COMMS, Role.CORPORATE})
"""Roles that may post for any account (G17) and may approve."""

DUTY_OFFICER = 2
"""The place on the rota from which somebody is a duty officer: 0 is asked first, 1 is deputy."""

WRITERS = CENTRE | {Role.OFFICER, Role.PCSO, Role.LPT_COMMANDER}
EVERYBODY = frozenset(Role)


RIGHTS: Mapping[Right, frozenset[Role]] = {
    # Their own posts and accounts, and what the policy says of some words.
    Right.LOOK: EVERYBODY,
    # For the accounts they are owner, deputy or member of.
    Right.WRITE: WRITERS,
    Right.WRITE_FOR_ANY: CENTRE,
    # Whoever keeps the registry or looks into what happened reads all and writes nothing.
    Right.READ_ALL: CENTRE | {Role.REGISTRAR, Role.AUDITOR, Role.PROFESSIONAL_STANDARDS},
    Right.APPROVE: CENTRE,
    # At once, with a reason; of the centre only who `may_publish_urgently` says.
    Right.PUBLISH_URGENTLY: CENTRE | {Role.LPT_COMMANDER},
    # A commander for the area of their team, the centre for any and for the force (`may_declare`).
    Right.DECLARE_INCIDENT: CENTRE | {Role.LPT_COMMANDER},
    # End an incident, and let single accounts speak while it lasts.
    Right.STAND_DOWN: CENTRE,
    # Let a post go that is on hold, or give it back; `may_review` says who which.
    Right.REVIEW_HELD: WRITERS,
    # Say what became of a post on a platform that could not be read back.
    Right.SETTLE: CENTRE,
    # Take on what stands on an account and is not from us, and say how it came about (P07).
    Right.SETTLE_DRIFT: CENTRE | {Role.REGISTRAR},
    # Ask that a post be taken away, for the accounts they post for (C12).
    Right.ASK_DELETION: WRITERS,
    # Say whether it is, and look afterwards at what could not wait.
    Right.DECIDE_DELETION: CENTRE,
    # Begin on a grave ground before a second person has looked.
    Right.DELETE_AT_ONCE: CENTRE | {Role.LPT_COMMANDER},
    # Have somebody else's comment taken down, for the accounts they post for (C01).
    Right.TAKE_DOWN: WRITERS,
    # Say what became of what others say to the accounts they post for (D07), and that they looked.
    Right.ANSWER: WRITERS,
    # Say whether a comment was rightly taken down.
    Right.DECIDE_APPEAL: CENTRE,
    # Keep somebody from commenting under an account, and end that.
    Right.BLOCK: CENTRE,
    # Decide about followers who stand out, and sign; which side, `shared.followers.who` says (F05).
    Right.REVIEW_FOLLOWERS: WRITERS,
    # Tell of an account that could be taken for ours: whoever meets one (F07).
    Right.TELL_IMPOSTORS: WRITERS | {Role.REGISTRAR},
    # Say what it is, report it, and say what came of that (F08).
    Right.FOLLOW_IMPOSTORS: CENTRE | {Role.REGISTRAR},
    # Say what they think of published posts that were drawn by lot, and what follows (G14); of none
    # that went through their own hands.
    Right.JUDGE_SAMPLES: CENTRE | {Role.PROFESSIONAL_STANDARDS},
    # Ask that sealed text of other people be erased, approve what somebody else asked.
    Right.ERASE: CENTRE,
    # Ask that months or records be kept for a court or a request, approve what somebody else asked,
    # ask that it end: whoever hears of the case first, and that is these two.
    Right.HOLD: CENTRE | {Role.PROFESSIONAL_STANDARDS},
    # Approve that a hold ends. The centre's own words are held; it does not let them go alone.
    Right.END_HOLD: frozenset({Role.PROFESSIONAL_STANDARDS}),
    # Ask that a sealed month which has outlived its time goes, and say no to what somebody asked.
    Right.DISPOSE: CENTRE | {Role.PROFESSIONAL_STANDARDS},
    # Approve that it goes. Much of it is the centre's own words, as with holds.
    Right.APPROVE_DISPOSAL: frozenset({Role.PROFESSIONAL_STANDARDS}),
    # Take access away, give it back, read in who has left.
    Right.KEEP_PEOPLE: frozenset({Role.REGISTRAR}),
    # Open, hand over, suspend and close accounts.
    Right.KEEP_ACCOUNTS: frozenset({Role.REGISTRAR}),
    # Keep an account open of which closing was proposed, because it is silent (B29).
    Right.KEEP_OPEN: CENTRE | {Role.REGISTRAR},
    # Set what an account signs in with; nobody reads it back.
    Right.KEEP_CREDENTIALS: frozenset({Role.REGISTRAR}),
    # Names and mobile numbers are the centre's (A15).
    Right.SEE_NAMES: CENTRE | {Role.REGISTRAR},
    # One's own entry: leave, and accepting the policy.
    Right.OWN_ENTRY: EVERYBODY,
    # Propose a policy, approve what somebody else proposed (G05, G06).
    Right.KEEP_POLICY: CENTRE,
    # Ask sealed months, each question on record; the centre is asked about, and does not ask.
    Right.AUDIT: frozenset({Role.AUDITOR, Role.PROFESSIONAL_STANDARDS}),
}
"""Who may do what. Whatever is not here is not allowed."""

READING = frozenset({Right.LOOK, Right.READ_ALL, Right.SEE_NAMES, Right.OWN_ENTRY})
"""What somebody who is away may do as well; everything else waits until they are back."""

OUT = "Your access has ended. Ask the web team."
SUSPENDED = "Your access is suspended. Ask the web team."
NOT_YOURS = "You do not post for {0}. Ask one of its team, or communications."
AWAY = "You are down as away. Ask the web team to mark you as back first."


@dataclass(frozen=True)
class Answer:
    """Yes, or no with a sentence for the person who asked."""

    allowed: bool
    reason: str = ""


YES = Answer(True)


def may(person: Person, right: Right) -> Answer:
    """Whether somebody of this role and standing has a right at all."""
    if person.status is PersonStatus.SUSPENDED:
        return Answer(False, SUSPENDED)
    if person.status is PersonStatus.LEFT:
        return Answer(False, OUT)
    if person.role not in RIGHTS[right]:
        return Answer(False, WHY_NOT[right])
    if person.status is PersonStatus.AWAY and right not in READING:
        return Answer(False, AWAY)
    return YES


def may_post(person: Person, account: Account) -> Answer:
    """Members, deputies and owner post for their own account; the centre for any (G17)."""
    able = may(person, Right.WRITE)
    if not able.allowed:
        return able
    if account.status is not AccountStatus.ACTIVE:
        return Answer(False, f"{account.title} is {account.status.value}; it cannot post.")
    if person.person_id in account.team or may(person, Right.WRITE_FOR_ANY).allowed:
        return YES
    return Answer(False, f"You are not a member of {account.title}. Ask its owner to add you.")


def may_for(person: Person, right: Right, account: Account) -> Answer:
    """Whether somebody has a right about this account: its team, and the centre for any (G17)."""
    able = may(person, right)
    if not able.allowed or person.person_id in account.team:
        return able
    if may(person, Right.WRITE_FOR_ANY).allowed:
        return able
    return Answer(False, NOT_YOURS.format(account.title))


def may_publish_urgently(person: Person) -> Answer:
    """Whether somebody may let a post go out before a second person has read it: a commander, and
    of the centre the duty officer or a senior approver.
    """
    able = may(person, Right.PUBLISH_URGENTLY)
    if not able.allowed or person.role is Role.LPT_COMMANDER:
        return able
    if person.senior or (person.duty is not None and person.duty >= DUTY_OFFICER):
        return YES
    return Answer(False, WHY_NOT[Right.PUBLISH_URGENTLY])


def may_read_everything(person: Person) -> bool:
    """Comms see every account (G16); auditors read all and change nothing."""
    return may(person, Right.READ_ALL).allowed


def may_read(person: Person, account: Account) -> bool:
    """Whoever reads everything, and the account's own team, whether or not it may post now."""
    own = person.person_id in account.team and may(person, Right.LOOK).allowed
    return own or may_read_everything(person)
