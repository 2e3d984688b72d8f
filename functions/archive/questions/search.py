"""A search of sealed months: what is looked for, as it was typed, and the SQL that finds it.

    said = {"text": "road closed", "account": "leek", "since": "2026-10-01", "until": "2026-11-01"}
    search = Search.read(said)          # BadSearchError names the field, and says what to do
    search.sql, search.given            # on the views; whatever was typed is only ever bound

Without `kind` and `post` a row is a version of a post, as it stood last; with `kind` it is a leaf
whose type begins so, with `post` a leaf of that post's life, and `author` is whoever did it.
Capitals and accents make no difference to `text` and `phrase` (“ty” finds “Tŷ”), and what is looked
for may stand within a longer word. A `regex` is of RE2's kind, so that its time grows with the text
alone, and sees the words as they stand but for capitals. Moments are RFC 3339, or a day, which is
its midnight in UTC; `until` is the first moment that is not asked for. Names are names in this
copy: nothing that is typed is a path, a bucket or SQL. Asked of DuckDB only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import Self

from archive.questions import search_fields
from archive.questions.errors import BadSearchError
from archive.questions.index import Value
from archive.questions.search_sql import compiled
from shared.recordlog.canonical import JSON

MOST_MONTHS = 24
"""A search reads no wider range than this, where nobody sets it otherwise."""


@dataclass(frozen=True)
class Search:
    """What is looked for; what is None, or no word, is not. All of it has to be so.

    `text` are words, all of which occur; `approver` agreed to the version, or to the act; `rule` is
    one that the policy check named; `kind` is how the type of a leaf begins, such as `deletion.`;
    `post` is the id of the post whose whole life is told, leaf by leaf.
    `as_of` is a size of the log, or a moment: of what was logged later nothing is known.
    """

    account: str | None = None
    author: str | None = None
    approver: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    platform: str | None = None
    state: str | None = None
    rule: str | None = None
    text: tuple[str, ...] = ()
    phrase: str | None = None
    regex: str | None = None
    kind: str | None = None
    post: str | None = None
    as_of: datetime | int | None = None

    @classmethod
    def read(
        cls,
        said: Mapping[str, str],
        *,
        span: tuple[datetime, datetime] | None = None,
        most_months: int = MOST_MONTHS,
    ) -> Self:
        """The search that was typed, field by field; empty is not said. BadSearchError for what
        cannot be so, for a range wider than `most_months`, and for nothing but a range wider than a
        month. `span` is where the months at hand begin and end: what a side without a moment is
        judged by; without it both have to be said."""
        unknown = sorted(said.keys() - search_fields.READERS)
        if unknown:
            raise BadSearchError(unknown[0], search_fields.unknown(unknown[0]))
        typed = {name: each.strip() for name, each in said.items() if each.strip()}
        search = cls(**{name: search_fields.READERS[name](each) for name, each in typed.items()})
        search_fields.require_bounded(search, span, most_months)
        return search

    @property
    def sql(self) -> str:
        """The question, rows in the order of the log; `$name` stands for what is given."""
        return self._compiled[0]

    @property
    def given(self) -> dict[str, Value]:
        """What stands for each name in it."""
        return self._compiled[1]

    @cached_property
    def _compiled(self) -> tuple[str, dict[str, Value]]:
        return compiled(self)

    @property
    def is_of_leaves(self) -> bool:
        """Whether a row is a leaf, and not a version."""
        return bool(self.kind or self.post)

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but dates."""
        dates = {"since", "until", "as_of"}
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in dates)

    def as_json(self) -> dict[str, JSON]:
        """What is looked for, as the answer repeats it, and as `read` takes it again."""
        return search_fields.spelt(self)
