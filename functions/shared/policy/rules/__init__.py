"""The rules, in the order their findings are told when they begin at the same word.

Each rule is one module: a name, a docstring that cites the clause, and `check`.
"""

from collections.abc import Callable, Iterable

from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules import (
    external_link,
    protective_marking,
    too_long,
    too_many_hashtags,
)
from shared.policy.verdict import Finding

Rule = Callable[[Reading, Pack], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    protective_marking.check,
    external_link.check,
    too_many_hashtags.check,
    too_long.check,
)
