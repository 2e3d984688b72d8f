"""Writes a taught encoder down small: ONNX, eight-bit whole numbers, marks, and a model card."""

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from local.training.labelled import Labelled
from local.training.second_reader import LONGEST, Encoder, base_model, said

NAME, VERSION = "bluelamp-reader", "2026.11"
POSSIBLE = 0.05
"""Probability from which the encoder tells of a rule; what both readers say together decides."""

ROOM = 25_000_000


class TooLargeError(Exception):
    """The files together are larger than may be committed."""


def write(encoder: Encoder, rules: tuple[str, ...], folder: Path) -> None:
    """The model, its tokenizer, and what is to be known of both."""
    _export(encoder, folder / "model.onnx")
    shutil.copyfile(base_model() / "tokenizer.json", folder / "tokenizer.json")
    content = {
        "name": NAME,
        "version": VERSION,
        "rules": list(rules),
        "marks": dict.fromkeys(rules, POSSIBLE),
        "sha256": {name: _sha256(folder / name) for name in ("model.onnx", "tokenizer.json")},
    }
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / "reader.json").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    if size > ROOM:
        raise TooLargeError(f"{size:,} bytes, {ROOM:,} at most")


def chances_of(folder: Path, posts: Sequence[Labelled]) -> np.ndarray:
    """A row of probabilities a post, by the model as it is written down."""
    session = onnxruntime.InferenceSession(folder / "model.onnx")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    rows = []
    for post in posts:
        ids = np.array([tokenizer.encode(said(post.candidate)).ids], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        rows.append(1 / (1 + np.exp(-session.run(["logits"], fed)[0][0])))
    return np.array(rows)


def _export(encoder: Encoder, path: Path) -> None:
    words = torch.ones(1, 12, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder.eval(),
            (words, torch.ones_like(words)),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={
                "input_ids": {0: "posts", 1: "words"},
                "attention_mask": {0: "posts", 1: "words"},
                "logits": {0: "posts"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
