"""One thread of three parts from its first attempt to its end, under the same faults as any post.

What may never be: a part that stands twice, one that is said to be sent and is not there, one that
stands though the record says it does not, and one that stands without the part before it.
"""

from dataclasses import dataclass

from publish import thread
from publish.once import publish
from shared.posts.life import Outcome
from shared.posts.threads import outcomes_in_order
from tests.chaos.tale import Tale
from tests.chaos.verdict import Verdict
from tests.platforms.builders import a_key
from tests.unit.publish.timeline import a_target

PARTS = 3
CALLS = 26
"""More external calls than a call that says three parts makes."""


@dataclass(frozen=True)
class Part:
    """What is on record of a part (None: nobody claimed it), how often the public sees it, and
    whether each of those stands under the part before it."""

    outcome: Outcome | None
    reason: str | None
    copies: int
    in_place: bool = True


class ThreadTale(Tale):
    """The same tale, told of a thread."""

    most_calls = CALLS

    def _cast(self, words, released, _):
        further = tuple(f"{number}/{PARTS} {words}" for number in range(2, PARTS + 1))
        return super()._cast(words, released | {"thread": further}, 1)

    def _deed(self, deed, which, wire=None):
        stage, post = self._stage, self._posts[which]
        target = stage.with_media(a_target(self._ledger, stage, post, wire))
        hand = thread.Hand(a_key, stage.clock)
        if deed is publish or self._record(post) is None:
            return thread.publish(target, hand)
        return thread.look(target, hand)

    def _ending(self):
        [post] = self._posts
        texts = (post.draft.text, *post.draft.thread)
        records = {each.part: each for each in self._ledger.publications.of(post.post_id, 1)}
        stands = self._stage.stands()
        words = {platform_id: text for platform_id, text, _ in stands}
        before = dict(zip(texts, (None, *texts), strict=False))
        parts = []
        for number, text in enumerate(texts, 1):
            copies = [words.get(answers) for _, said, answers in stands if said == text]
            record = records.get(number)
            parts.append(
                Part(
                    record and record.state,
                    record and record.reason,
                    len(copies),
                    all(answered == before[text] for answered in copies),
                )
            )
        return tuple(parts)


def verdict_of(parts):
    """Whether it ended in the truth; behind a part that is not sent nothing may stand."""
    if any(part.copies > 1 for part in parts):
        return Verdict.DOUBLE
    if any(part.outcome is Outcome.SENT and not part.copies for part in parts):
        return Verdict.FALSE_SUCCESS
    unsaid = [part for part in parts if part.outcome in (None, Outcome.FAILED)]
    if any(part.copies or (part.outcome and not part.reason) for part in unsaid):
        return Verdict.LOST
    if not all(part.in_place for part in parts):
        return Verdict.ORPHAN
    outcomes = outcomes_in_order(part.outcome for part in parts)
    if outcomes[0] is None:
        return Verdict.LOST
    if {None, Outcome.UNCERTAIN, Outcome.PENDING}.intersection(outcomes):
        return Verdict.FOR_A_PERSON
    return Verdict.FAILED if Outcome.FAILED in outcomes else Verdict.SENT
