"""The second reader: a small sentence encoder that reads a post once more, at the door.

The story: `read` is handed the words and their circumstances; the encoder says how probable it is
that each rule is broken; for those that reach their mark, the words are looked for without which
they would not. A long text is read in windows. All beside this file is believed only if its hash
is the one in `reader.json`. A function of its own with packages of its own (ADR 0012).

ReaderError
├── BadEventError      what was handed over is no post
├── MissingFileError   a file that should lie beside this one does not
└── ChangedFileError   a file is not the one that `reader.json` names
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

FOLDER = Path(__file__).parent
FILES = ("model.onnx", "tokenizer.json")

LONGEST = 160
"""Tokens in one window: as many as the encoder was taught with."""

MOST_WINDOWS = 10
MOST_CODE_POINTS = 12_000
"""What a hostile text may cost; longer than any post that people read to its end."""

MOST_TOLD = 5
"""Rules whose words are looked for; the others are told of with their whole window."""

MOST_SENTENCES, MOST_RUNS = 8, 10
RUN = 6
"""Words in the shortest stretch that is told of."""

_WORD = re.compile(r"\S+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…;])\s+|\s*\n\s*")

Span = tuple[int, int]
"""Start and end, in code points of the text."""

Numbers = Any
"""An array of numpy's; its own types say no more than this."""


class ReaderError(Exception):
    """Root of what can keep the second reader from reading."""


class BadEventError(ReaderError):
    """What was handed over is no post."""


class MissingFileError(ReaderError):
    """A file that should lie beside this one does not."""


class ChangedFileError(ReaderError):
    """A file is not the one that `reader.json` names."""


@dataclass(frozen=True)
class Words:
    """The words of a post, and the sentence that tells the encoder whose they are."""

    text: str
    circumstances: str


class Reader:
    """The encoder, ready to be asked; a rule is told of from its mark up, without one never."""

    def __init__(self, folder: Path = FOLDER) -> None:
        content = json.loads(_bytes(folder, "reader.json"))
        model, tokens = (_checked(folder, name, content["sha256"][name]) for name in FILES)
        self.version = f"{content['name']} {content['version']}"
        self.rules: list[str] = content["rules"]
        self._marks = np.array([content["marks"].get(rule, np.inf) for rule in self.rules])
        self._tokenizer = Tokenizer.from_str(tokens.decode())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )

    def read(self, words: Words) -> list[dict[str, object]]:
        """Each rule that reaches its mark, the most probable first, and the words it hangs on."""
        if not words.text.strip():
            return []
        windows = self._windows(words)
        rows = np.stack([self._probabilities(words, window) for window in windows])
        highest = rows.max(axis=0)
        fired = np.flatnonzero(highest >= self._marks)
        ordered = sorted(fired.tolist(), key=lambda rule: -highest[rule])
        removals = _Removals(self._probabilities, words)
        found: list[dict[str, object]] = []
        for place, rule in enumerate(ordered):
            window = windows[int(rows[:, rule].argmax())]
            if place < MOST_TOLD:
                window = removals.telling(window, rule, float(self._marks[rule]))
            start, end = _trimmed(words.text, window)
            probability = round(float(highest[rule]), 4)
            told = {"rule": self.rules[rule], "probability": probability}
            found.append({**told, "start": start, "end": end})
        return found

    def _probabilities(self, words: Words, window: Span, without: Span = (0, 0)) -> Numbers:
        """Of every rule, for the words in a window but for some of them.

        One text at a time: the encoder's whole numbers are scaled by all that it is given at once,
        and what a text is worth must not hang on its neighbours.
        """
        text = words.text[slice(*window)]
        if without != (0, 0):
            text = f"{words.text[window[0] : without[0]]} {words.text[without[1] : window[1]]}"
        ids = self._tokenizer.encode(f"{words.circumstances} {text}").ids
        if len(ids) > LONGEST:
            ids = [*ids[: LONGEST - 1], ids[-1]]
        given = np.array([ids], dtype=np.int64)
        fed = {"input_ids": given, "attention_mask": np.ones_like(given)}
        [logits] = self._session.run(["logits"], fed)
        return 1 / (1 + np.exp(-logits[0].astype(np.float64)))

    def _windows(self, words: Words) -> list[Span]:
        """The whole text if it fits, else stretches of it that overlap by a quarter."""
        lead = len(self._tokenizer.encode(words.circumstances).ids)
        room = max(LONGEST - lead, LONGEST // 2)
        tokens = self._tokenizer.encode(words.text, add_special_tokens=False).offsets
        if len(tokens) <= room:
            return [(0, len(words.text))]
        starts = range(0, len(tokens) - room // 4, room - room // 4)
        return [
            (tokens[start][0], tokens[min(start + room, len(tokens)) - 1][1])
            for start in starts[:MOST_WINDOWS]
        ]


class _Removals:
    """What the encoder makes of a window without some of its words; each is asked once."""

    def __init__(self, probabilities: Any, words: Words) -> None:
        self._probabilities = probabilities
        self._words = words
        self._asked: dict[tuple[Span, Span], Numbers] = {}

    def telling(self, window: Span, rule: int, mark: float) -> Span:
        """The words of a window without which the rule is least probable: a few if they are enough
        to take it below its mark, else their sentence."""
        sentences = list(_sentences(self._words.text, window))
        sentence, left = self._least(window, sentences, rule) or (window, 1.0)
        run, lower = self._least(window, _runs(self._words.text, sentence), rule) or (sentence, 1.0)
        if lower < mark or (left >= mark and lower < left):
            return run
        return sentence

    def _least(
        self, window: Span, stretches: Iterable[Span], rule: int
    ) -> tuple[Span, float] | None:
        """The stretch without which the rule is least probable, and how probable it is then."""
        left = [(self._without(window, one)[rule], one) for one in stretches if one != window]
        if not left:
            return None
        lowest, stretch = min(left)
        return stretch, float(lowest)

    def _without(self, window: Span, stretch: Span) -> Numbers:
        asked = (window, stretch)
        if asked not in self._asked:
            self._asked[asked] = self._probabilities(self._words, window, stretch)
        return self._asked[asked]


def read(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's own
    """`{text, kind, author_role, account_level}` to `{version, read: [{rule, probability, start,
    end}]}`; the text is neither kept nor printed."""
    words = words_of(event)
    return {"version": reader().version, "read": reader().read(words)}


@cache
def reader() -> Reader:
    """The encoder, loaded once in the life of a process."""
    return Reader()


def words_of(event: dict[str, Any]) -> Words:
    """The post in an event; BadEventError names what is missing."""
    given = {name: event.get(name) for name in ("text", "kind", "author_role", "account_level")}
    for name, value in given.items():
        if not isinstance(value, str):
            raise BadEventError(f"The field {name} is missing or no text.")
    kind = "original" if given["kind"] == "correction" else given["kind"]
    # Half a surrogate pair has no bytes; a question mark in its place keeps every offset.
    text = str(given["text"])[:MOST_CODE_POINTS].encode("utf-8", "replace").decode()
    circumstances = f"{kind} by {given['author_role']}, {given['account_level']}."
    return Words(text, circumstances.encode("utf-8", "replace").decode())


def _sentences(text: str, window: Span) -> Iterator[Span]:
    """The sentences of a window, some of them joined where there are many."""
    start, end = window
    cuts = [m.span() for m in _SENTENCE_ENDS.finditer(text, start, end) if start < m.start()]
    step = len(cuts) // MOST_SENTENCES + 1
    for first, following in cuts[step - 1 :: step]:
        yield start, first
        start = following
    if text[start:end].strip():
        yield start, end


def _runs(text: str, stretch: Span) -> Iterator[Span]:
    """Runs of six words that overlap by half, or of more words where there are many."""
    places = [match.span() for match in _WORD.finditer(text, *stretch)]
    step = max(RUN // 2, -(-len(places) // MOST_RUNS))
    for start in range(0, max(len(places) - step, 1), step):
        run = places[start : start + max(RUN, step + step // 2)]
        yield run[0][0], run[-1][1]


def _trimmed(text: str, stretch: Span) -> Span:
    """A stretch without the white space around it."""
    words = text[slice(*stretch)]
    start = stretch[0] + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(f"{folder.name}/{name} is missing.") from error


def _checked(folder: Path, name: str, wanted: str) -> bytes:
    content = _bytes(folder, name)
    if hashlib.sha256(content).hexdigest() != wanted:
        raise ChangedFileError(f"{folder.name}/{name} is not the file that reader.json names.")
    return content
