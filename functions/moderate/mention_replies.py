"""What answers a mention with one tap: each set answer as a form that stands open.

The forms go to the room that writes posts (`compose.reply_pages`), which looks at everything once
more; where nobody can be answered from here, the page says why and what to do instead.
"""

from moderate.mention_case import MentionCase
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may_for
from shared.mentions.replies import ADDRESS, begins_with, language_of, why_not
from shared.mentions.set_answers import HOLDING, set_answers
from shared.pages.registry_views import FieldView, FormView, Way

NOW = "Answer with these words now"
HOLDING_NOW = "Send this holding reply now"
BACK_ON = FieldView("follow_up", "You come back to it on", "day")


def cannot(case: MentionCase) -> str:
    """Why it cannot be answered from here; empty where it can."""
    return why_not(case.mention, case.said("platform_id"))


def may_reply(case: MentionCase, reader: Person) -> bool:
    """Whether this reader can answer it from here."""
    able = may_for(reader, Right.ANSWER, case.account).allowed
    return able and not cannot(case) and case.mention.is_open


def taps(case: MentionCase, reader: Person, token: str) -> tuple[FormView, ...]:
    """The set answers that fit, the likeliest first; `token` is for the room that sends them."""
    if not may_reply(case, reader):
        return ()
    answers = set_answers(case.mention, case.account)
    return tuple(_tap(case, answer, number, token) for number, answer in enumerate(answers, 1))


def own_words(case: MentionCase, reader: Person) -> tuple[Way, ...]:
    """The way to an answer in one's own words, and to the one that is on its way."""
    ways = []
    if case.mention.answering:
        ways.append(Way(f"/posts/{case.mention.answering}", "The answer that was sent in last"))
    if may_reply(case, reader):
        ways.append(
            Way(f"{ADDRESS}?mention={case.mention.mention_id}", "Answer in words of your own")
        )
    return tuple(ways)


def _tap(case: MentionCase, answer: str, number: int, token: str) -> FormView:
    holds = answer == HOLDING
    fields = (
        FieldView("mention", "", "hidden", (case.mention.mention_id,)),
        FieldView("words", "", "hidden", (answer,)),
        FieldView("language", "", "hidden", (language_of(answer),)),
        *((BACK_ON,) if holds else ()),
    )
    return FormView(
        "A holding reply" if holds else "A set answer",
        ADDRESS,
        HOLDING_NOW if holds else NOW,
        fields,
        act=f"set-{number}",
        sentence=f"{begins_with(case.mention, case.said('handle'))}{answer}",
        token=token,
    )
