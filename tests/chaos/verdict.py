"""Whether a tale ended in the truth."""

from enum import StrEnum

from shared.posts.life import Outcome


class Verdict(StrEnum):
    """What may never be, the last of it only of a thread, and the three that may."""

    DOUBLE = "double post"
    FALSE_SUCCESS = "false success"
    LOST = "lost post"
    ORPHAN = "orphan part"
    SENT = "sent"
    FAILED = "failed"
    FOR_A_PERSON = "a person"


WRONG = (Verdict.DOUBLE, Verdict.FALSE_SUCCESS, Verdict.LOST, Verdict.ORPHAN)


def verdict(ending) -> Verdict:
    """Of one ending. A post is lost that is on no record, that is said to have failed without a
    reason, or that stands there though no record says that it is or may be sent."""
    outcomes = ending.outcomes
    sent, failed = outcomes.count(Outcome.SENT), outcomes.count(Outcome.FAILED)
    if ending.copies > len(outcomes):
        return Verdict.DOUBLE
    if sent > ending.copies:
        return Verdict.FALSE_SUCCESS
    unsaid = failed and not all(ending.reasons[n] for n in _places(outcomes, Outcome.FAILED))
    if None in outcomes or unsaid or ending.copies > len(outcomes) - failed:
        return Verdict.LOST
    if sent + failed < len(outcomes):
        return Verdict.FOR_A_PERSON
    return Verdict.FAILED if failed else Verdict.SENT


def _places(outcomes, wanted):
    return [n for n, outcome in enumerate(outcomes) if outcome is wanted]
