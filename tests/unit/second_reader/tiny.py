"""A second reader small enough to see through: every word it knows speaks for one rule.

A rule's logit is its bias and what the words of the text add, so that what removing a word does is
known beforehand.
"""

import hashlib
import json

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

RULES = ("rumour", "joke", "never")
MARKS = {"rumour": 0.5, "joke": 0.5}
BIAS = -4.0
SPEAKS_FOR = {"apparently": "rumour", "hearing": "rumour", "clown": "joke", "honk": "joke"}
WEIGHT = 6.0
MARKERS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
SILENT = "the road is open again we are there was original by officer neighbourhood , . !"
VOCABULARY = {word: place for place, word in enumerate([*MARKERS, *SILENT.split(" "), *SPEAKS_FOR])}


def write_reader(folder, **changes):
    """The three files, in a folder; `changes` go into reader.json."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "model.onnx").write_bytes(model())
    (folder / "tokenizer.json").write_text(tokenizer().to_str(), encoding="utf-8")
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json")
    }
    content = {"name": "tiny", "version": "7", "rules": RULES, "marks": MARKS, "sha256": hashes}
    (folder / "reader.json").write_text(json.dumps({**content, **changes}), encoding="utf-8")
    return folder


def model():
    """The bytes of a model: the sum of the rows of a table, and a bias."""
    table = np.zeros((len(VOCABULARY), len(RULES)), dtype=np.float32)
    for word, rule in SPEAKS_FOR.items():
        table[VOCABULARY[word], RULES.index(rule)] = WEIGHT
    table[VOCABULARY["[UNK]"], RULES.index("never")] = WEIGHT
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Unsqueeze", ["attention_mask", "last"], ["column"]),
        helper.make_node("Cast", ["column"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["rows", "mask"], ["kept"]),
        helper.make_node("ReduceSum", ["kept", "second"], ["sum"], keepdims=0),
        helper.make_node("Add", ["sum", "bias"], ["logits"]),
    ]
    shape = ["n", "length"]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, shape),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(RULES)])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.full(len(RULES), BIAS, dtype=np.float32), "bias"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "second"),
        ],
    )
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()


def tokenizer():
    """Whole words in lower case, with the marks at both ends that a real one adds."""
    made = Tokenizer(WordPiece(VOCABULARY, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [("[CLS]", VOCABULARY["[CLS]"]), ("[SEP]", VOCABULARY["[SEP]"])]
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=ends
    )
    return made
