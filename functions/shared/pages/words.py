"""The words and colours the pages use for what the rest of Bluelamp names in one word."""

from dataclasses import dataclass

from shared.posts.life import Outcome, State


@dataclass(frozen=True)
class Plain:
    """A tag's words and colour, and a sentence that says what it means for the reader."""

    tag: str
    colour: str
    sentence: str


STATES: dict[State, Plain] = {
    State.SUBMITTED: Plain("Being checked", "blue", "The policy check is reading it."),
    State.AWAITING_APPROVAL: Plain(
        "Waiting for approval", "yellow", "Communications have been asked to decide."
    ),
    State.CLEARED: Plain("Cleared", "teal", "It is cleared and goes out when it is due."),
    State.HELD: Plain(
        "On hold", "orange", "Somebody says whether it still goes out, or gives it back."
    ),
    State.RELEASED: Plain("Going out", "teal", "It is being published now."),
    State.UNCERTAIN: Plain(
        "Uncertain",
        "orange",
        "A platform gave no clear answer. Communications look whether it is there; do not post it "
        "again yourself.",
    ),
    State.BLOCKED: Plain(
        "Blocked", "red", "It cannot go out as it is. Put the findings right and send it again."
    ),
    State.RETURNED: Plain(
        "Returned", "orange", "Change what the approver asks for and send it again."
    ),
    State.REJECTED: Plain(
        "Rejected", "red", "It will not go out. Speak to communications if you think it should."
    ),
    State.EXPIRED: Plain(
        "Expired", "grey", "It was not cleared in time, so it did not go out. Send it again."
    ),
    State.REFUSED: Plain(
        "Held back", "red", "It was cleared, but the last look before publishing stopped it."
    ),
    State.PUBLISHED: Plain("Published", "green", "It is out on every platform it was meant for."),
    State.PARTLY_PUBLISHED: Plain(
        "Partly published", "orange", "It is out on some platforms and not on others; see below."
    ),
    State.FAILED: Plain(
        "Not published", "red", "It did not go out. Ring communications if it is urgent."
    ),
    State.SUPERSEDED: Plain(
        "Replaced", "grey", "A newer version took its place. Look at that one; this did not go out."
    ),
    State.WITHDRAWN: Plain(
        "Withdrawn", "grey", "It was taken back before it went out. Send it again if it should."
    ),
}

OUTCOMES: dict[Outcome, Plain] = {
    Outcome.PENDING: Plain("Not yet", "grey", "Nothing was sent here yet."),
    Outcome.SENT: Plain("Published", "green", "It is on the platform."),
    Outcome.UNCERTAIN: Plain("Uncertain", "orange", "It may be there; it is being read back."),
    Outcome.HELD: Plain("On hold", "orange", "It is not on the platform; it waits for a person."),
    Outcome.FAILED: Plain("Not published", "red", "It is not on the platform."),
    Outcome.WITHDRAWN: Plain("Taken down", "grey", "It was there and was taken down."),
}

SEVERITIES: dict[str, Plain] = {
    "block": Plain("Must change", "red", "It cannot go out with this in it."),
    "review": Plain("Needs approval", "yellow", "Somebody in communications decides about it."),
    "advise": Plain("Advice", "blue", "It may go out as it is."),
}

CHECKED: dict[str, Plain] = {
    "clear": Plain("Ready to send", "green", "The policy check found nothing that holds it up."),
    "review": Plain(
        "Needs approval", "yellow", "You can send it. Communications decide before it goes out."
    ),
    "blocked": Plain(
        "This post cannot go out yet", "red", "Put right what is marked as must change."
    ),
}

CHOICES: dict[str, Plain] = {
    "approve": Plain("Approve", "green", "It goes out exactly as shown."),
    "edit": Plain(
        "Edit and approve", "blue", "It goes out in your words, once somebody else approves them."
    ),
    "return": Plain("Return for change", "orange", "The author changes it and sends it again."),
    "reject": Plain("Reject", "red", "It does not go out."),
}

DECISIONS: dict[str, Plain] = {
    "approve": Plain("Approved", "green", "It goes out exactly as you saw it."),
    "edit": Plain(
        "Edited and approved",
        "blue",
        "Your words have taken the place of the old ones, and the author is told. Somebody else "
        "approves them, unless only advice is left and the force does without.",
    ),
    "return": Plain("Returned", "orange", "The author has been told why."),
    "reject": Plain("Rejected", "red", "It will not go out. The author has been told why."),
}

URGENCIES: dict[str, str] = {
    "routine": "Routine: an answer in working hours is soon enough",
    "prompt": "Prompt: an answer within an hour or two, day or night",
    "immediate": "Immediate: everybody on duty is asked at once",
}

PLATFORMS: dict[str, str] = {
    "x": "X",
    "facebook": "Facebook",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "linkedin": "LinkedIn",
    "viva-engage": "Viva Engage",
    "feed": "Website feed",
    "sandbox": "Sandbox",
}


def platform_title(name: str) -> str:
    """What people call a platform; the bare name if it is a new one."""
    return PLATFORMS.get(name, name)
