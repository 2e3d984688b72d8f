"""State machine definitions are read once: parsing one takes longer than running it."""

import threading
from collections import OrderedDict
from typing import Any

from local.moto_repairs.attaching import module, replace

KEPT = 64
"""Definitions whose syntax trees are kept; a tree is only read, its components are made anew."""


def repair() -> None:
    """Attach it."""
    place = module("stepfunctions.parser.asl.parse.asl_parser")
    trees: OrderedDict[str, Any] = OrderedDict()
    keeping = threading.Lock()

    def parse(definition: str) -> tuple[Any, Any]:
        with keeping:
            tree = trees.get(definition)
        if tree is not None:
            return place.Preprocessor().visit(tree), tree
        program, tree = before.__func__(definition)
        with keeping:
            trees[definition] = tree
            while len(trees) > KEPT:
                trees.popitem(last=False)
        return program, tree

    before = replace(place.AmazonStateLanguageParser, "parse", staticmethod(parse))
