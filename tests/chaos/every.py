"""Every platform, every fault, and the figures of many tales of one of each."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from local.sandbox.faults import FaultKind
from tests.chaos import real_stages, stages
from tests.chaos.tale import LATE, NOTHING, Tale
from tests.chaos.thread_tale import ThreadTale, verdict_of
from tests.chaos.verdict import WRONG, verdict

FAULTS = (
    NOTHING,
    FaultKind.RATE_LIMITED.value,
    FaultKind.FAILS_BEFORE_COMMIT.value,
    FaultKind.FAILS_AFTER_COMMIT.value,
    FaultKind.RESETS_BEFORE_COMMIT.value,
    FaultKind.RESETS_AFTER_COMMIT.value,
    FaultKind.HANGS_BEFORE_COMMIT.value,
    FaultKind.HANGS_AFTER_COMMIT.value,
    LATE,
    FaultKind.DUPLICATE.value,
    FaultKind.EXPIRED_TOKEN.value,
    FaultKind.TRUNCATED.value,
    FaultKind.WRONG_TYPE.value,
    FaultKind.SLOW_DRIP.value,
)

STAGES = {
    **{kind.title: partial(stages.strict, kind) for kind in stages.STRICT},
    real_stages.SandboxStage.title: real_stages.sandbox,
    real_stages.FeedStage.title: real_stages.feed,
    real_stages.ConsoleStage.title: real_stages.console,
    real_stages.BlueskyStage.title: real_stages.bluesky,
}
"""By the name the table has for it, how a stage is set up."""

THREADS = ", threads"

THREADED = (
    stages.MastodonStage.title,
    stages.GoToSocialStage.title,
    stages.XStage.title,
    stages.ForgetfulXStage.title,
    real_stages.SandboxStage.title,
    real_stages.ConsoleStage.title,
    real_stages.BlueskyStage.title,
)
"""Where threads are said."""

PLAYS = (*STAGES, *(f"{name}{THREADS}" for name in THREADED))
"""Every row of the table: a platform, and its threads."""


@dataclass(frozen=True)
class Figures:
    """How the tales of one platform and one fault ended; `wrong` are the seeds of those that may
    never end so."""

    platform: str
    fault: str
    counts: Counter
    wrong: tuple[tuple[int, str], ...]


def tell(stage, fault, seeds, *, threads=False) -> Figures:
    """Tell the tales of these seeds."""
    counts, wrong = Counter(), []
    for seed in seeds:
        if threads:
            found = verdict_of(ThreadTale(stage, fault, seed).told())
        else:
            found = verdict(Tale(stage, fault, seed).told())
        counts[found] += 1
        if found in WRONG:
            wrong.append((seed, found.value))
    title = f"{stage.title}{THREADS}" if threads else stage.title
    return Figures(title, fault, counts, tuple(wrong))


def tell_all(platform, runs, seed, faults=FAULTS):
    """The figures of every fault on one platform, one after another."""
    threads = platform.endswith(THREADS)
    with STAGES[platform.removesuffix(THREADS)]() as stage:
        for fault in faults:
            if fault in stage.never:
                continue
            yield tell(stage, fault, range(seed, seed + runs), threads=threads)
