"""Teach a reader, or measure both: `python -m local.training COMMAND`, which is one of

    first       weights and marks of the first reader, into functions/shared/policy/weights.txt
    second      the second reader, taught, shrunk and marked, into second_reader/
    evaluate    docs/policy-evaluation.md

These commands need what `requirements-train.txt` lists.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

from local.tools import ROOT
from local.training.labelled import KEPT_APART, corpus, held_out, own, rules_of

WEIGHTS = ROOT / "functions" / "shared" / "policy" / "weights.txt"
EVALUATION = ROOT / "docs" / "policy-evaluation.md"


def first() -> None:
    """Teach the linear model by all posts but those held out."""
    from local.training import first_reader

    posts, besides = corpus(), own()
    rules = rules_of(posts)
    scores = first_reader.unseen_scores(posts, besides, rules)
    marks = first_reader.marks_of(posts, scores, rules)
    source = first_reader.model_of(first_reader.teach([*posts, *besides], rules), marks)
    WEIGHTS.write_text(source, encoding="utf-8")


def second() -> None:
    """Teach the sentence encoder by all posts but those held out and one fold."""
    from local.training import agreeing, second_reader, small

    posts = corpus()
    rules = rules_of(posts)
    apart = [post for post in posts if post.fold == KEPT_APART]
    seen = [post for post in posts if post.fold != KEPT_APART]
    encoder = second_reader.teach([*seen, *own()], rules)
    small.write(encoder, rules, second_reader.FOLDER)
    agreeing.write(apart, [*seen, *own()], rules)


def evaluate() -> None:
    """Measure what is there, by posts it has not seen."""
    from local.training import evaluation
    from local.training.report import report

    today = datetime.now(UTC).date()
    EVALUATION.write_text(report(evaluation.readers(today), len(held_out())), encoding="utf-8")


COMMANDS: dict[str, Callable[[], None]] = {
    "first": first,
    "second": second,
    "evaluate": evaluate,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004 - itself and a command
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]]()
