"""What is said to people when the second reader suspects that a rule is broken.

It has no word list to point at: it says what the marked words sound like, and what may be done.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suspicion:
    """What the words sound like, and what to do about it."""

    message: str
    suggestion: str


_TABLE = {
    "call-for-help": (
        "Somebody seems to ask for help here, and this answer keeps them on social media.",
        "Send them to 999 or 101 and leave out what takes the report on.",
    ),
    "copyright": (
        "This sounds as if somebody else's material is used without leave or credit.",
        "Use a picture or words of your own, or name the owner and the leave you have.",
    ),
    "court-prejudice": (
        "This sounds as if it could weigh on a case that is not decided.",
        "Say only what was charged and when the hearing is.",
    ),
    "credential": (
        "This sounds as if it gives away a password, a code or a hint to one.",
        "Leave the secret out, and have it changed if it was ever shown.",
    ),
    "critical-incident": (
        "This sounds like news of an incident that only the centre may speak about.",
        "Leave it to the force's own account and reshare that.",
    ),
    "dm-request": (
        "This sounds as if people are asked to send details in private messages.",
        "Ask them to ring 101 or to use the form on the force's website.",
    ),
    "embargo": (
        "This sounds like something that is told before its time.",
        "Wait for its release, or leave the marked words out.",
    ),
    "emotive": (
        "This sounds angry, mocking or political.",
        "Say what happened and what you did about it, without taking a side.",
    ),
    "exact-location": (
        "This sounds as if it gives the place of a crime down to one home.",
        "Name the road or the area only.",
    ),
    "external-link": (
        "This sounds as if it leads people to a site that is not the force's.",
        "Link to a page the force has allowed, or leave the link out.",
    ),
    "image-consent": (
        "This sounds as if people can be recognised who have not agreed to be shown.",
        "Ask them first and say so, or use another picture.",
    ),
    "joke": (
        "This sounds like a joke, and somebody may be hurt by it.",
        "Say it plainly.",
    ),
    "ministerial-movement": (
        "This sounds as if it tells where a protected person is or will be.",
        "Leave the person, the place and the time out.",
    ),
    "off-duty": (
        "This sounds as if it tells when officers are off duty.",
        "Leave out when shifts end and who is away.",
    ),
    "offender-name": (
        "This sounds as if a suspect or an offender can be recognised.",
        "Leave out the name, the nickname and what points to one person.",
    ),
    "operational": (
        "This sounds as if it gives away how, when or where the police will act.",
        "Tell what was done, not what is planned or where cover is thin.",
    ),
    "personal-data": (
        "This sounds as if it tells something private about one person.",
        "Leave out what only they or the police should know.",
    ),
    "protective-marking": (
        "This sounds as if it comes from a briefing that is not for the public.",
        "Write it anew from what was released.",
    ),
    "rumour": (
        "This sounds like something that is not confirmed.",
        "Say only what is known, and that the rest is being looked into.",
    ),
    "third-party-promotion": (
        "This sounds as if it speaks for a business.",
        "Thank people without naming or praising a firm.",
    ),
    "victim-identity": (
        "This sounds as if people who know the place could tell who the victim is.",
        "Leave out the marked words, or say it in more general ones.",
    ),
}
_ANY = Suspicion(
    "A second reading finds these words hard to square with this rule.",
    "Leave them out, or say it in other words.",
)


def suspicion_of(rule: str) -> Suspicion:
    """What is said of a rule; of one without words of its own, something that is always true."""
    return Suspicion(*_TABLE[rule]) if rule in _TABLE else _ANY


def suspects() -> dict[str, str]:
    """Every rule with words of its own, and what its breach sounds like."""
    return {rule: message for rule, (message, _) in _TABLE.items()}
