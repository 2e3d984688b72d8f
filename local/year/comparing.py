"""What came laid beside what had to come: each once, none twice, none missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from local.year.expected import Alert


@dataclass(frozen=True)
class Compared:
    """One kind of alert: how many had to come, came once, came too often, did not come, and came
    though nobody expected them."""

    kind: str
    expected: int
    came: int
    twice: tuple[Alert, ...]
    missing: tuple[Alert, ...]
    unexpected: tuple[Alert, ...]

    @property
    def holds(self) -> bool:
        """Whether each came as often as it had to, and nothing else did."""
        return not (self.twice or self.missing or self.unexpected)


def compare(expected: Counter[Alert], came: Counter[Alert]) -> list[Compared]:
    """A line for each kind."""
    kinds = sorted({alert.kind for alert in (*expected, *came)})
    return [_kind(kind, expected, came) for kind in kinds]


def _kind(kind: str, expected: Counter[Alert], came: Counter[Alert]) -> Compared:
    wanted, found = _of(kind, expected), _of(kind, came)
    more, less = found - wanted, wanted - found
    return Compared(
        kind,
        wanted.total(),
        (wanted & found).total(),
        twice=_listed(alert for alert in more.elements() if alert in wanted),
        missing=_listed(less.elements()),
        unexpected=_listed(alert for alert in more.elements() if alert not in wanted),
    )


def _of(kind: str, alerts: Counter[Alert]) -> Counter[Alert]:
    return Counter({alert: count for alert, count in alerts.items() if alert.kind == kind})


def _listed(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts))
