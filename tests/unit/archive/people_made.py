"""October of a force in which one officer is met in every way that the record knows, beside others
who are nobody's business but their own.
"""

from functools import cache

from archive.reading.bags import Bags
from shared.recordlog.leaf import Act
from tests.unit.archive.closing import NOVEMBER, OCTOBER, SEPTEMBER, Archived, close, on
from tests.unit.archive.lives_made import KEYS, Lying, tell

OFFICER, OTHER, ALIKE = "pc-okafor", "a-hughes", "pc-okafor-2"
FULL_NAME, ADDRESS = "Siân Okafor", "sian.okafor@force.example"
STRANGER, SECRET_WORDS = "Ivy Winterbourne", "You are all useless."


def an_act(number, kind, actor, *, subject="post:01OTHER@v1", month=OCTOBER, **said):
    envelope = {"account": "riverside", "approver": None, "reason": None, "personal": {}}
    given = {name: said.pop(name, usual) for name, usual in envelope.items()}
    return Act(
        type=kind,
        account=given["account"],
        subject=subject,
        at=on(month, 2 + number),
        actor=actor,
        approver=given["approver"],
        reason=given["reason"],
        payload=said,
        personal=given["personal"],
    )


ABOUT = (
    an_act(0, "post.submitted", OFFICER, text="The road is open."),
    an_act(1, "approval.approved", OTHER, approver=OFFICER),
    an_act(2, "person.trained", OTHER, subject=f"person:{OFFICER}", topic="law"),
    an_act(3, "account.changed", OTHER, changed={"members": [[OFFICER], [OFFICER, OTHER]]}),
    an_act(4, "deletion.asked", OTHER, why="Posted by SIÂN\nOKAFOR; told by Ms. Hughes."),
    an_act(5, "post.returned", OTHER, reason="Sian Okafor has to look again."),
    an_act(6, "incident.told", "bluelamp", answers={OFFICER: "told", OTHER: "undelivered"}),
    an_act(7, "takedown.evidence_kept", "bluelamp", asked_by=OFFICER,
           personal={"author": STRANGER, "text": SECRET_WORDS}),
    an_act(8, "approval.letter_undelivered", "bluelamp", to=ADDRESS, copy="d.hughes@force.example"),
)  # fmt: skip
"""What speaks of the officer, by id, by name or by address."""

NOT_ABOUT = (
    an_act(9, "post.submitted", OTHER, text="A lost dog was found."),
    an_act(10, "takedown.evidence_kept", "bluelamp", asked_by=OTHER,
           personal={"text": f"{FULL_NAME} was rude."}),
    an_act(11, "post.checked", "bluelamp", text="Okaforlane is closed."),
    an_act(12, "person.signed_in", "pc-okaforson", subject="person:pc-okaforson"),
)  # fmt: skip
NAMES = (OFFICER, FULL_NAME, ADDRESS)


@cache
def world_made():
    """September, in which somebody entered whom October names; October; an empty November."""
    world = Archived()
    entered = an_act(0, "person.entered", OTHER, subject="person:d-price", month=SEPTEMBER)
    tell(world, [entered])
    named = an_act(13, "post.returned", OFFICER, why="d-price did not see it.")
    tell(world, [*ABOUT, *NOT_ABOUT, named])
    for month in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(world, month)
    return world


def bags_here():
    return Bags(Lying(world_made().objects), KEYS)


FIRST = 1
"""The leaf of the first act about the officer."""

LAST = FIRST + len(ABOUT) + len(NOT_ABOUT)
"""The leaf in which they themselves name somebody."""
