"""State machine definitions, and the paths in them, are read once: that takes longer than running
them.
"""

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import Any

from local.moto_repairs.attaching import module, replace

KEPT = 64
"""Definitions whose syntax trees are kept; a tree is only read, its components are made anew."""


PATHS = 4096
"""Paths that are kept; one such as $.Map[3] is told apart from $.Map[4]."""


def repair() -> None:
    """Attach both."""
    paths = module("stepfunctions.parser.asl.utils.json_path")
    replace(paths, "parse", lru_cache(PATHS)(vars(paths)["parse"]))
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
