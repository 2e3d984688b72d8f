"""Teaches the linear model of the first reader, and sets its marks.

One logistic regression a rule, over the features of `shared.policy.features`, each worth its
rarity, the vector brought to length one. Features are chosen by a first fit and weighed by a
second. The marks are set by scores of posts that the weights had not seen: scores become
probabilities (one curve a rule), and one probability for all rules is chosen so that no more than
a given share of clean posts reaches it for any rule.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from local.training.labelled import FOLDS, Labelled
from shared.policy.features import features_of, tokens_in
from shared.policy.lookalikes import fold
from shared.policy.model import SCALE, SHORT, Model
from shared.policy.particulars import particulars_in

FEATURES = 30_000
STRENGTH = 10.0
"""C of the regression: how far the weights may follow the posts."""

SEEN_OFTEN = 2
FAINT = 2.0
"""Weights times rarity below this are left out: found by trial to cost nothing."""

DOUBTFUL, TEMPTING = 0.5, 1.5
"""How much a label counts that two fair labellers might set otherwise, and one that is a trap."""

LIKELY, CERTAIN, SURE = 0.12, 0.02, 0.002
"""Shares of clean posts that may reach each mark for any rule."""

_EVERYDAY = re.compile(r"\b[a-z][a-z'’]+\b")


@dataclass(frozen=True)
class Taught:
    """Rarities and weights of the features (rows: rules), and a bias a rule."""

    everyday: frozenset[str]
    rules: tuple[str, ...]
    features: tuple[str, ...]
    rarities: np.ndarray
    weights: np.ndarray
    biases: np.ndarray


def plain(text: str) -> str:
    """A text as the rules read it."""
    return text if text.isascii() else "".join(map(fold, text))


def teach(posts: Sequence[Labelled], rules: tuple[str, ...]) -> Taught:
    """Weights for the rules from these posts."""
    everyday = _everyday(posts)
    read = [_features(post, everyday) for post in posts]
    often = Counter(feature for features in read for feature in features)
    known = sorted(feature for feature, count in often.items() if count >= SEEN_OFTEN)
    first = _fit(posts, rules, read, known)
    strongest = np.argsort(-np.abs(first[1] * first[0]).max(axis=0), kind="stable")[:FEATURES]
    kept = [known[index] for index in sorted(strongest)]
    rarities, weights, biases = _fit(posts, rules, read, kept)
    weights = np.where(np.abs(weights * rarities) < FAINT, 0.0, weights)
    return Taught(everyday, rules, tuple(kept), rarities, weights, biases)


def model_of(taught: Taught, marks: Mapping[str, tuple[float, float, float]]) -> str:
    """The file that ships: a line of JSON, then a line a feature."""
    head = {
        "rules": taught.rules,
        "biases": [round(float(bias), 4) for bias in taught.biases],
        "marks": {rule: [round(mark, 4) for mark in marks[rule]] for rule in taught.rules},
        "features": len(taught.features),
        "everyday": " ".join(sorted(taught.everyday)),
    }
    lines = [f"{feature}\t{_line(taught, index)}" for index, feature in enumerate(taught.features)]
    return "\n".join([json.dumps(head, ensure_ascii=False), *lines]) + "\n"


def unmarked(taught: Taught) -> Model:
    """The model before its marks are known."""
    return Model(model_of(taught, dict.fromkeys(taught.rules, (0.0, 0.0, 0.0))))


def scores_of(model: Model, posts: Sequence[Labelled]) -> np.ndarray:
    """A row of scores a post."""
    rows = []
    for post in posts:
        text = plain(post.candidate.text)
        tokens = tokens_in(text, particulars_in(text), model.everyday)
        rows.append(model.scores(model.known(features_of(tokens, post.candidate))))
    return np.array(rows)


def unseen_scores(
    posts: Sequence[Labelled], besides: Sequence[Labelled], rules: tuple[str, ...]
) -> np.ndarray:
    """Scores of each post by weights taught without its fold."""
    scores = np.zeros((len(posts), len(rules)))
    folds = np.array([post.fold for post in posts])
    for number in range(FOLDS):
        seen = [post for post in posts if post.fold != number]
        unseen = [post for post in posts if post.fold == number]
        scores[folds == number] = scores_of(unmarked(teach([*seen, *besides], rules)), unseen)
    return scores


def marks_of(
    posts: Sequence[Labelled], scores: np.ndarray, rules: tuple[str, ...]
) -> dict[str, tuple[float, float, float]]:
    """Likely, certain and sure, a rule, from scores of posts the weights had not seen."""
    curves = [_curve(posts, scores[:, index], rule) for index, rule in enumerate(rules)]
    chances = np.column_stack(
        [1 / (1 + np.exp(-(a * scores[:, index] + b))) for index, (a, b) in enumerate(curves)]
    )
    clean = np.array([post.is_clean for post in posts])
    highest = np.sort(chances[clean].max(axis=1))[::-1]
    levels = [float(highest[int(share * clean.sum())]) + 1e-6 for share in (LIKELY, CERTAIN, SURE)]
    marks = {}
    for rule, (slope, shift) in zip(rules, curves, strict=True):
        likely, certain, sure = ((log(p / (1 - p)) - shift) / slope for p in levels)
        marks[rule] = likely, certain, sure
    return marks


def _curve(posts: Sequence[Labelled], scores: np.ndarray, rule: str) -> tuple[float, float]:
    """Slope and shift of the curve that makes a chance of a score."""
    broken = np.array([rule in post.expect for post in posts])
    fitted = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), broken)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def _everyday(posts: Sequence[Labelled]) -> frozenset[str]:
    often = Counter(
        word for post in posts for word in set(_EVERYDAY.findall(plain(post.candidate.text)))
    )
    return frozenset(
        word.replace("'", "").replace("’", "") for word, n in often.items() if n >= SEEN_OFTEN
    )


def _features(post: Labelled, everyday: frozenset[str]) -> set[str]:
    text = plain(post.candidate.text)
    return set(features_of(tokens_in(text, particulars_in(text), everyday), post.candidate))


def _fit(
    posts: Sequence[Labelled],
    rules: tuple[str, ...],
    read: Sequence[set[str]],
    known: Sequence[str],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rarities, weights and biases for some features."""
    index = {feature: column for column, feature in enumerate(known)}
    columns = [sorted(index[one] for one in features if one in index) for features in read]
    ends = np.cumsum([0, *map(len, columns)])
    present = csr_matrix(
        (np.ones(ends[-1]), np.concatenate([np.array(c, dtype=int) for c in columns]), ends),
        shape=(len(read), len(known)),
    )
    seen = np.asarray(present.sum(axis=0)).ravel()
    rarities = np.round((np.log((1 + len(read)) / (1 + seen)) + 1) * SCALE) / SCALE
    weighed = present @ diags(rarities)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    table = diags(1 / np.maximum(lengths, SHORT)) @ weighed
    fits = [_one(table, posts, rule) for rule in rules]
    weights = np.vstack([fit.coef_[0] for fit in fits])
    return rarities, weights, np.array([fit.intercept_[0] for fit in fits])


def _one(table: csr_matrix, posts: Sequence[Labelled], rule: str) -> LogisticRegression:
    broken = [rule in post.expect for post in posts]
    worth = [_worth(post, rule) for post in posts]
    regression = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced")
    return regression.fit(table, broken, sample_weight=worth)


def _worth(post: Labelled, rule: str) -> float:
    if rule in post.must_not:
        return TEMPTING
    return DOUBTFUL if post.expect and rule not in post.expect else 1.0


def _line(taught: Taught, index: int) -> str:
    rarity = round(float(taught.rarities[index]) * SCALE)
    weights = taught.weights[:, index]
    pairs = [f"{rule}:{round(weight * SCALE)}" for rule, weight in enumerate(weights) if weight]
    return " ".join([str(rarity), *pairs])
