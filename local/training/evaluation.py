"""Reads posts with weights that have not seen them, the way the product reads."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from local.nearby import NearbyReader, nearby
from local.training import first_reader
from local.training.figures import Figures, figures_of
from local.training.labelled import FOLDS, KEPT_APART, Labelled, corpus, held_out, own, rules_of
from shared.policy.check import check
from shared.policy.model import Model, bundled_model
from shared.policy.pack import Pack, bundled
from shared.policy.second import with_second
from shared.policy.together import together
from shared.policy.verdict import Verdict


def readers(today: date) -> Mapping[tuple[str, str], Figures]:
    """The figures of the first reader alone and of both, over each kind of posts."""
    pack = bundled(today)
    folds = [_without(number, pack) for number in range(FOLDS)]
    apart = [post for post in corpus() if post.fold == KEPT_APART]
    unseen = folds[KEPT_APART]

    def in_folds(post: Labelled) -> Verdict:
        return check(post.candidate, folds[post.fold])

    return {
        ("first reader", "corpus, unseen"): figures_of(corpus(), in_folds),
        ("first reader", "corpus, kept apart"): figures_of(
            apart, lambda post: check(post.candidate, unseen)
        ),
        ("both readers", "corpus, kept apart"): figures_of(apart, lambda post: _both(post, unseen)),
        ("first reader", "held out"): figures_of(
            held_out(), lambda post: check(post.candidate, pack)
        ),
        ("both readers", "held out"): figures_of(held_out(), lambda post: _both(post, pack)),
    }


def _without(number: int, pack: Pack) -> Pack:
    """The pack with weights that were taught without a fold; the marks are those that ship."""
    posts = corpus()
    rules = rules_of(posts)
    print(f"teaching without fold {number + 1} of {FOLDS}", file=sys.stderr)
    seen = [post for post in posts if post.fold != number]
    taught = first_reader.teach([*seen, *own()], rules)
    shipped = bundled_model().marks
    marks = {rule: (m.likely, m.certain, m.sure) for rule, m in shipped.items()}
    return replace(pack, model=Model(first_reader.model_of(taught, marks)))


def _both(post: Labelled, pack: Pack) -> Verdict:
    verdict = check(post.candidate, pack)
    reading = together(_second().read(post.candidate), post.candidate, pack)
    return with_second(verdict, reading, pack)


@cache
def _second() -> NearbyReader:
    """The second reader as it lies here."""
    return nearby()
