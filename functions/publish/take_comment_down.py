"""Somebody else's comment taken down: evidence first, then the deed, then a look (P4).

A platform is asked to hide, delete or report only by `_do`, which takes the takedown that holds its
evidence. A call that is repeated, or that follows a crash, finds what is on record and goes on from
there: to hide what is hidden, or to delete what is gone, is a success on every platform.

What no machine can do is left to a person, who gets a checklist.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from publish.comment import (
    A_MOMENT,
    DONE,
    LEFT,
    NO_AUTHOR,
    OVER,
    PROVED,
    UNSURE,
    Scene,
    keep_evidence,
)
from publish.target import Told
from shared.platforms.moderating import Moderator
from shared.posts.takedown import Deed, HouseRule, Takedown, TakedownState, Taken
from shared.recordlog.canonical import JSON
from shared.records.takedown_acts import act_on_takedown

ABSENT = "It was not there any more when we looked."
REPORTED = "It was reported to the platform’s own moderators; they decide."
GONE = "It was looked for again: it is gone."
HIDDEN = "It was looked for again: it is hidden."
SAID_SO = "The platform does not show what is hidden; it was told twice, and said yes."
SHOWN = "It can be seen again."
GONE_MEANWHILE = "It is gone, and nobody can show it again."
CAME_BACK = "It could be seen again, and was taken down again."

REPORTS = {
    HouseRule.ILLEGAL: "It is illegal.",
    HouseRule.OFFENSIVE: "It is offensive.",
    HouseRule.PREJUDICIAL: "It may prejudice a criminal investigation or trial.",
    HouseRule.THREAT: "It threatens somebody.",
    HouseRule.PERSONAL_DATA: "It gives away somebody's personal data.",
    HouseRule.SPAM: "It is spam.",
}
"""What a platform's moderators are told: the rule, and nothing of what an officer knows."""


def take_down(takedown: Takedown, scene: Scene, now: datetime) -> Told:
    """`done`, `later` (with when), `unsure` (come back in a minute), `left` to a person, or `over`
    where nothing is to be done or to be looked at any more."""
    if not takedown.is_moving or takedown.is_to_be_undone:
        return _over(takedown)
    if takedown.state is TakedownState.DONE:
        return Told(DONE)

    def deed(moderator: Moderator) -> Told:
        captured = takedown
        if takedown.state is TakedownState.ASKED:
            comment = moderator.comment(takedown.comment_id)
            if comment is None:
                return _ended(takedown, TakedownState.ABSENT, ABSENT, scene, now)
            captured = keep_evidence(scene, takedown, comment, now)
        return _do(captured, moderator, scene, now)

    return scene.attempt(deed, partial(_leave, takedown, scene=scene, now=now), now)


def read_back(takedown: Takedown, scene: Scene, now: datetime) -> Told:
    """`proved` once it is seen to be hidden, or gone; what can be seen again is taken down again;
    else as `take_down`."""
    if takedown.state is not TakedownState.DONE or takedown.ended_at or takedown.is_to_be_undone:
        return _over(takedown)

    def deed(moderator: Moderator) -> Told:
        comment = moderator.comment(takedown.comment_id)
        if comment is None:
            return _ended(takedown, TakedownState.PROVED, GONE, scene, now)
        if takedown.deed is not Deed.HIDE or comment.hidden is False:
            return _came_back(takedown, moderator, scene, now)
        if comment.hidden:
            return _ended(takedown, TakedownState.PROVED, HIDDEN, scene, now)
        moderator.hide(takedown.comment_id)
        return _ended(takedown, TakedownState.PROVED, SAID_SO, scene, now)

    return scene.attempt(deed, partial(_leave, takedown, scene=scene, now=now), now)


def undo(takedown: Takedown, scene: Scene, now: datetime) -> Told:
    """Shown again after an appeal was upheld: `over`, `later`, `unsure` or `left` to a person."""
    if not takedown.is_to_be_undone:
        return _over(takedown)

    def deed(moderator: Moderator) -> Told:
        if moderator.comment(takedown.comment_id) is None:
            return _ended(takedown, TakedownState.ABSENT, GONE_MEANWHILE, scene, now)
        moderator.show(takedown.comment_id)
        comment = moderator.comment(takedown.comment_id)
        if comment is None or comment.hidden:
            return Told(UNSURE)
        return _ended(takedown, TakedownState.UNDONE, SHOWN, scene, now)

    return scene.attempt(deed, partial(_leave, takedown, scene=scene, now=now), now)


def give_up(takedown: Takedown, reason: str, scene: Scene, now: datetime) -> Told:
    """Whatever it is, a machine will not do it: a person gets a checklist."""
    if not takedown.is_moving:
        return _over(takedown)
    return _leave(takedown, reason, scene=scene, now=now)


def _over(takedown: Takedown) -> Told:
    return Told(LEFT if takedown.state is TakedownState.LEFT else OVER)


def _do(takedown: Takedown, moderator: Moderator, scene: Scene, now: datetime) -> Told:
    """The one place where a platform is asked for it first; the evidence is on record."""
    _ask(takedown, moderator)
    # Later than the evidence, so that the log tells them in this order.
    at = max(scene.clock(), now + A_MOMENT)
    if takedown.deed is Deed.REPORT:
        return _ended(takedown, TakedownState.DONE, REPORTED, scene, at)
    done = replace(takedown, state=TakedownState.DONE)
    scene.takedowns.advance(takedown, done, act_on_takedown(takedown, Taken.DONE, at, {}))
    return Told(DONE)


def _ask(takedown: Takedown, moderator: Moderator) -> None:
    if takedown.deed is Deed.HIDE:
        moderator.hide(takedown.comment_id)
    elif takedown.deed is Deed.DELETE:
        moderator.delete(takedown.comment_id)
    else:
        moderator.report(takedown.comment_id, REPORTS[takedown.rule])


def _came_back(takedown: Takedown, moderator: Moderator, scene: Scene, now: datetime) -> Told:
    """What can be seen again is on record before it is taken down again."""
    act = act_on_takedown(takedown, Taken.CAME_BACK, now, {})
    said = replace(takedown, told=_said(takedown, CAME_BACK))
    _ask(scene.takedowns.advance(takedown, said, act), moderator)
    return Told(UNSURE)


HAPPENED = {
    TakedownState.ABSENT: Taken.ABSENT,
    TakedownState.DONE: Taken.DONE,
    TakedownState.PROVED: Taken.PROVED,
    TakedownState.UNDONE: Taken.UNDONE,
}


def _ended(
    takedown: Takedown, to: TakedownState, sentence: str, scene: Scene, at: datetime
) -> Told:
    ended = takedown.ended(to, at, _said(takedown, sentence))
    scene.takedowns.advance(takedown, ended, act_on_takedown(takedown, HAPPENED[to], at, {}))
    return Told(PROVED if to is TakedownState.PROVED else OVER)


def _leave(takedown: Takedown, reason: str, *, scene: Scene, now: datetime) -> Told:
    found = scene.takedowns.get(takedown.takedown_id)  # its evidence may have been kept since
    if not found.is_moving:
        return _over(found)
    left = replace(found, state=TakedownState.LEFT, told=_said(found, reason))
    # Later than the evidence, so that the log tells them in this order.
    said: dict[str, JSON] = {"reason": reason}
    act = act_on_takedown(found, Taken.LEFT, now + A_MOMENT, said)
    scene.takedowns.advance(found, left, act)
    return Told(LEFT)


def _said(takedown: Takedown, sentence: str) -> str:
    """The sentence, after whatever else somebody has to know."""
    kept = NO_AUTHOR if takedown.told.startswith(NO_AUTHOR) else ""
    return f"{kept} {sentence}".strip()
