"""What happened, in a word or two, for people who read lists of records.

The types of acts are the record's own words; this is only how they are said. One that is not here
is said as it is written, so that a new one is never hidden.
"""

from collections.abc import Mapping

from shared.impostors.acts import Chased
from shared.mentions.acts import Heard
from shared.posts.acts import Happened
from shared.posts.appeal import Appealed
from shared.posts.deletion import Deleted
from shared.posts.exception_found import Noticed
from shared.recordlog.acts import Happened as Logged
from shared.reports.acts import Reported
from shared.samples.acts import Sampled

SAID: Mapping[str, str] = {
    Happened.SUBMITTED: "Sent in",
    Happened.BLOCKED: "Blocked by policy",
    Happened.CHECKED: "Checked at the door",
    Happened.CLEARED: "Cleared by policy",
    Happened.APPROVAL_ASKED: "Approval asked for",
    Happened.APPROVED: "Approved",
    Happened.RETURNED: "Returned for change",
    Happened.REJECTED: "Rejected",
    Happened.EDITED: "Edited and approved",
    Happened.LINK_REFUSED: "A link was refused",
    Happened.APPROVAL_VOIDED: "Approval void",
    Happened.LETTER_UNDELIVERED: "A letter did not arrive",
    Happened.EXPIRED: "Expired",
    Happened.RELEASED: "Released",
    Happened.REFUSED: "Held back at the last look",
    Happened.HELD: "Put on hold",
    Happened.REVIEWED: "Held post reviewed",
    Happened.SUPERSEDED: "Replaced by a newer version",
    Happened.WITHDRAWN: "Taken back before it went out",
    Happened.URGENT: "Did not wait for a second person",
    Happened.URGENT_REVIEWED: "Looked at afterwards",
    Happened.CLAIMED: "Sending began",
    Happened.SENT: "Published, and read back",
    Happened.UNCERTAIN: "Uncertain",
    Happened.LOOKED: "Looked for, in vain",
    Happened.NOT_SENT: "Was not there; sent again",
    Happened.TARGET_HELD: "On hold on one platform",
    Happened.TARGET_FAILED: "Not published",
    Happened.SETTLED: "Settled by a person",
    Happened.ENTERED_AFTERWARDS: "Entered afterwards",
    Happened.CONCLUDED: "Concluded",
    Happened.BROKEN: "A step of ours broke",
    Happened.AUTHOR_UNTOLD: "The author could not be told",
    Deleted.ASKED: "Deletion asked for",
    Deleted.APPROVED: "Deletion approved",
    Deleted.REFUSED: "Deletion refused",
    Deleted.EXPIRED: "Deletion not decided in time",
    Deleted.EVIDENCE: "Evidence kept before removal",
    Deleted.REMOVED: "Taken away",
    Deleted.CAME_BACK: "Came back",
    Deleted.PROVED: "Proved to be gone",
    Deleted.LEFT: "Left to a person",
    Deleted.BY_HAND: "Taken away by hand",
    Deleted.CONCLUDED: "Deletion concluded",
    Deleted.REVIEWED: "Deletion looked at afterwards",
    Noticed.FOUND: "Found gone, or changed, on the platform",
    Noticed.TOLD: "Told of that",
    Noticed.CLOSED: "Explained how that came about",
    Heard.RECEIVED: "Something said to the account was read",
    Heard.ANSWERED: "Answered there",
    Heard.LEFT: "Left unanswered, with a reason",
    Heard.HOLDING: "A holding reply was given",
    Heard.HANDED_ON: "Handed on",
    Heard.TOLD: "Told of what was said",
    Heard.CHECKED: "Looked through what was said that day",
    Heard.CHECK_TOLD: "Told that nobody had looked",
    Appealed.OPENED: "Appeal opened",
    Appealed.EXTENDED: "Appeal extended",
    Appealed.HANDED_OVER: "Appeal handed over",
    Appealed.COPY_KEPT: "A copy elsewhere was noted",
    Appealed.COPY_SETTLED: "What became of a copy",
    Appealed.FOUND: "Appeal over",
    Appealed.CLOSED: "Appeal closed",
    Appealed.TOLD: "Told of the appeal",
    Chased.FOUND: "An account that could be taken for ours was found",
    Chased.CONFIRMED: "It is an impostor",
    Chased.FALSE_ALARM: "It is no impostor, with a reason",
    Chased.REPORTED: "Impostor reported to the platform",
    Chased.REFUSED: "The platform left the impostor standing",
    Chased.APPEALED: "Appeal to the platform about the impostor",
    Chased.REMOVED: "The impostor is gone",
    Chased.ACCEPTED: "The risk that is left was accepted",
    Chased.CAME_BACK: "The impostor came back",
    Chased.TOLD: "Told of the impostor",
    Chased.NAME_KEPT: "Signed in to a name that is kept",
    Chased.NAME_TOLD: "Told that a kept name wants a sign-in",
    Chased.SEARCHED_BY_HAND: "Impostors were searched for by hand",
    Chased.SEARCH_ASKED: "Asked to search for impostors by hand",
    Logged.ERASURE_ASKED: "Erasure asked for",
    Logged.ERASURE_APPROVED: "Erasure approved",
    Logged.ERASURE_REFUSED: "Erasure refused",
    Logged.ERASED: "Erased",
    Logged.HOLD_ASKED: "Legal hold asked for",
    Logged.HOLD_REFUSED: "Legal hold refused",
    Logged.HOLD_APPROVED: "Legal hold approved",
    Logged.HOLD_PLACED: "A month kept by a legal hold",
    Logged.HOLD_RELEASE_ASKED: "End of a legal hold asked for",
    Logged.HOLD_RELEASE_REFUSED: "End of a legal hold refused",
    Logged.HOLD_RELEASE_APPROVED: "End of a legal hold approved",
    Logged.HOLD_REMINDED: "Told that a legal hold has lasted long",
    Logged.HOLD_RELEASED: "Legal hold ended",
    Sampled.DRAWN: "Dip sample drawn",
    Sampled.MONTH_DRAWN: "Dip samples of a month drawn",
    Sampled.LOOKED_AT: "Looked at in a dip sample",
    Sampled.FOLLOWED_UP: "Done after a dip sample",
    Sampled.REMINDED: "Told of a dip sample",
    Sampled.STATED: "What a month’s dip samples came to",
    Reported.STATED: "What a month came to",
    Logged.QUESTION_ASKED: "Sealed months were asked a question",
    Logged.PROOF_ASKED: "Proof asked for, or months to be verified",
    Logged.PROOF_MADE: "Proof and certificate made",
    Logged.PROOF_HELD: "Months verified: they hold",
    Logged.PROOF_WRONG: "Months verified: something is wrong",
    Logged.PROOF_BROKEN: "Proof could not be made",
}


def in_words(type_of_act: str) -> str:
    """What happened; the type itself where there are no other words for it."""
    return SAID.get(type_of_act, type_of_act)
