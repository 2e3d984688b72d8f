"""What the readers are worth: recall, false alarms, and what was missed.

A violating post's rule is found if any finding names it, whatever its weight. A clean post is
alarmed by a finding that blocks or asks for review; advice stops nobody and is counted apart. A
rule that fires on a violating post and is neither expected nor ruled out is neither right nor
wrong.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from local.training.labelled import Labelled
from shared.policy.verdict import Severity, Verdict

Reader = Callable[[Labelled], Verdict]


@dataclass
class Figures:
    """Counts over some posts; shares are of what their names say."""

    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    found_gravely: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    alarmed: Counter[Severity] = field(default_factory=Counter)
    violating: int = 0
    caught: int = 0
    clean: int = 0
    stopped: int = 0
    missed: list[tuple[str, Labelled]] = field(default_factory=list)
    alarms: list[tuple[str, Labelled]] = field(default_factory=list)

    def add(self, post: Labelled, verdict: Verdict) -> None:
        """Count one post."""
        told = {one.rule: one.severity for one in verdict.findings}
        for rule in told.keys() & (post.must_not if post.expect else told.keys()):
            self.wrong[rule] += 1
        if post.is_clean:
            self._add_clean(post, told)
            return
        self.violating += 1
        self.caught += bool(post.expect & told.keys())
        for rule in sorted(post.expect):
            self.expected[rule] += 1
            if rule in told:
                self.found[rule] += 1
                self.found_gravely[rule] += told[rule] is not Severity.ADVISE
            else:
                self.missed.append((rule, post))

    def _add_clean(self, post: Labelled, told: dict[str, Severity]) -> None:
        self.clean += 1
        grave = [rule for rule, weight in told.items() if weight is not Severity.ADVISE]
        self.stopped += bool(grave)
        for weight in set(told.values()):
            self.alarmed[weight] += 1
        self.alarms += [(rule, post) for rule in grave]

    @property
    def recall(self) -> float:
        """Of all expected findings, the share that was found."""
        return self.found.total() / max(1, self.expected.total())

    @property
    def grave_recall(self) -> float:
        """Of all expected findings, the share found with a weight that stops a post."""
        return self.found_gravely.total() / max(1, self.expected.total())

    @property
    def caught_share(self) -> float:
        """Of all violating posts, the share with some right finding."""
        return self.caught / max(1, self.violating)

    @property
    def stopped_share(self) -> float:
        """Of all clean posts, the share with a finding that blocks or asks for review."""
        return self.stopped / max(1, self.clean)

    def alarmed_share(self, weight: Severity) -> float:
        """Of all clean posts, the share with a finding of this weight."""
        return self.alarmed[weight] / max(1, self.clean)


def figures_of(posts: Iterable[Labelled], read: Reader) -> Figures:
    """The figures of one reader over some posts."""
    figures = Figures()
    for post in posts:
        figures.add(post, read(post))
    return figures
