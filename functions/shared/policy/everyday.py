"""What kind of everyday post this is: shown beside the findings, never one of them.

The kinds are those the force's training names as welcome (policy.md U19–U26); a post of none of
them is no worse for it.
"""

from enum import StrEnum

from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Candidate


class Everyday(StrEnum):
    """The everyday kinds, in the order in which they are tried: the narrow before the wide."""

    HIGHER_POST = "higher-post"
    NEWSLETTER = "newsletter"
    WEATHER = "weather"
    TRAFFIC = "traffic"
    STOP_CHECK = "stop-check"
    PARTNERS = "partners"
    MEETING = "meeting"
    LOCAL_ISSUE = "local-issue"


TOLD = {
    Everyday.HIGHER_POST: "A post of the force or an LPT, passed on",
    Everyday.NEWSLETTER: "A newsletter",
    Everyday.WEATHER: "Weather",
    Everyday.TRAFFIC: "Traffic advice",
    Everyday.STOP_CHECK: "A stop check",
    Everyday.PARTNERS: "Work with partners",
    Everyday.MEETING: "A surgery or meeting",
    Everyday.LOCAL_ISSUE: "A local issue",
}
"""Each kind as people are told it."""

_BY_WORDS = tuple(kind for kind in Everyday if kind is not Everyday.HIGHER_POST)


def everyday(candidate: Candidate, pack: Pack) -> Everyday | None:
    """The kind a post is of, by the pack's words `everyday-…`; None if of none."""
    if candidate.kind == "reshare":
        return Everyday.HIGHER_POST if pack.is_senior(candidate.reshare_of) else None
    if candidate.kind == "reply":
        return None
    words = Reading(candidate).words
    for kind in _BY_WORDS:
        terms = pack.term_list(f"everyday-{kind.value}")
        if next(terms.phrases.find_apart(words), None):
            return kind
    return None
