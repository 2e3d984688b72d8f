"""A post that begins an appeal opens its entry, in the transaction that keeps the post.

What an appeal is, the policy's own list says (`appeals`, policy T07). The owner is the author; it
ends on the day that the post names, or after as many days as the force says. Every post that was
sent in can be found by what it shares, whether or not it looks like an appeal.
"""

from dataclasses import dataclass

from compose.beside import NOTHING, Beside
from shared.policy.marks import marks_in, read
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.posts.appeal import Appeal, Appealed, last_day
from shared.posts.life import Post, State
from shared.records.appeal_entries import act_on_appeal
from shared.records.appeals import Appeals

TERMS = "appeals"


@dataclass(frozen=True)
class Opener:
    """Opens appeals that last so many `days`, as the environment says it, unless they say
    otherwise."""

    appeals: Appeals
    days: str

    def __call__(self, post: Post, pack: Pack) -> Beside:
        """What is kept beside a post: its marks, and its appeal if it begins one."""
        if post.state is State.BLOCKED or _closes(post):
            return NOTHING
        reading = read(post.draft)
        marks = marks_in(post.draft, reading)
        writes = self.appeals.marking(post.post_id, post.version, marks)
        appeal = self._begun(post, reading, pack)
        if appeal is None:
            return Beside(tuple(writes))
        said = {"ends_on": appeal.ends_on.isoformat(), "owner": appeal.owner}
        act = act_on_appeal(appeal, Appealed.OPENED, post.submitted_at, said, actor=post.author)
        return Beside((self.appeals.opening(appeal), *writes), (act,))

    def _begun(self, post: Post, reading: Reading, pack: Pack) -> Appeal | None:
        """The appeal that this version begins; an earlier one of the same post may have."""
        if post.correction is not None or not is_appeal(reading, pack):
            return None
        if post.version > 1 and self.appeals.find(post.post_id):
            return None
        ends_on = last_day(post.draft, post.submitted_at, int(self.days))
        account = post.draft.account
        return Appeal(post.post_id, account, post.author, post.submitted_at, ends_on)


def is_appeal(reading: Reading, pack: Pack) -> bool:
    """Whether the words begin an appeal, as the rule `appeal-end` reads them."""
    return any(True for _ in pack.term_list(TERMS).phrases.find_apart(reading.words))


def _closes(post: Post) -> bool:
    return post.correction is not None and bool(post.correction.appeal)
