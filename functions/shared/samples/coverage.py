"""What a force can say of a month's samples: counts, and nobody's name (G14)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from shared.samples.sample import Sample, Verdict


@dataclass(frozen=True)
class Coverage:
    """Of some samples: posts `published` and `drawn`, those somebody `looked_at`, the `verdicts`,
    and follow-ups that are `open` and `done`."""

    samples: int
    published: int
    drawn: int
    looked_at: int
    verdicts: Mapping[str, int]
    open: int
    done: int


def coverage(samples: Iterable[Sample]) -> Coverage:
    """The counts of these."""
    known = tuple(samples)
    posts = [each for sample in known for each in sample.posts]
    said = [each.judgement for each in posts if each.judgement]
    found = Counter(each.verdict.value for each in said)
    wanted = [each.follow_up for each in said if each.follow_up]
    return Coverage(
        samples=len(known),
        published=sum(sample.published for sample in known),
        drawn=len(posts),
        looked_at=len(said),
        verdicts={verdict.value: found[verdict.value] for verdict in Verdict},
        open=sum(each.done is None for each in wanted),
        done=sum(each.done is not None for each in wanted),
    )


def coverage_by_month(samples: Iterable[Sample]) -> dict[str, Coverage]:
    """The counts of each month that has some of these, the newest month first."""
    known = sorted(samples, key=_month, reverse=True)
    return {month: coverage(each) for month, each in groupby(known, key=_month)}


def _month(sample: Sample) -> str:
    return sample.month
