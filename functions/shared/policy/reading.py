"""A post as the rules read it: the words as typed, and what a reader takes them for.

Rules search `plain` (or `words`, or `links`) and give their findings in offsets of `plain`;
`typed` turns those back into offsets of the text as typed, so that every span is exact however
the words were disguised. Each view is made when the first rule asks for it.
"""

import unicodedata
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from shared.policy.judge import Judgement
from shared.policy.links import MOST_LINKS, Link, links_in
from shared.policy.lookalikes import LOOKALIKES, Folds
from shared.policy.model import Model
from shared.policy.particulars import Particular, particulars_in
from shared.policy.phrases import Words
from shared.policy.verdict import Candidate

READ_WITH_CARE = 6_000
"""Characters of a post that are looked at for particulars and judged; who writes more is asked to
have it read by somebody (`too_long`)."""

READ_FOR_LINKS = 50_000
"""Characters in which links are looked for; such a post is read by somebody anyway."""

_FOLDS = Folds()


class Reading:
    """One candidate and the views of its text that rules share."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.text = candidate.text
        self._judgements: dict[str, Judgement] = {}

    @cached_property
    def _view(self) -> tuple[str, Sequence[int]]:
        """The plain text, and for each of its characters the offset it was typed at."""
        if self.text.isascii():
            return self.text, range(len(self.text))
        read = [_FOLDS[character] for character in self.text]
        origins = [offset for offset, part in enumerate(read) for _ in part]
        return "".join(read), origins

    @property
    def plain(self) -> str:
        """The text as read: look-alikes folded, accents and zero-width characters gone."""
        return self._view[0]

    @cached_property
    def words(self) -> Words:
        """The words of `plain`, in lower case."""
        return Words(self.plain)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The addresses in `plain`; one more than MOST_LINKS if there are more."""
        return tuple(islice(links_in(self.plain[:READ_FOR_LINKS]), MOST_LINKS + 1))

    @cached_property
    def particulars(self) -> tuple[Particular, ...]:
        """The telephone numbers, registrations, addresses and the like in `plain`."""
        return particulars_in(self.plain[:READ_WITH_CARE])

    def judged_by(self, model: Model) -> Judgement:
        """What a model makes of the post, made once."""
        if model.sha256 not in self._judgements:
            plain = self.plain[:READ_WITH_CARE]
            made = Judgement(plain, self.candidate, self.particulars, model)
            self._judgements[model.sha256] = made
        return self._judgements[model.sha256]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The offsets into the text as typed that answer to a stretch of `plain`, never empty."""
        origins = self._view[1]
        last = origins[end - 1] + 1
        while last < len(self.text) and unicodedata.category(self.text[last]) in {"Mn", "Me"}:
            last += 1
        return origins[start], last

    def is_disguised(self, start: int, end: int) -> bool:
        """True if a stretch of `plain` was typed with letters of another script."""
        if self.text.isascii():
            return False
        first, last = self.typed(start, end)
        return any(LOOKALIKES.get(one, "").isalpha() for one in self.text[first:last])
