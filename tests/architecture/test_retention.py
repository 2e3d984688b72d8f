"""Everything that is recorded has a class, so that it is known how long it is kept."""

import ast
import re

from shared.months.retention import RULES, RecordClass, class_of
from tests.architecture.house import FUNCTIONS, ROOT, product_modules, tree

TYPE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


def types_of_acts():
    """Every type of leaf that the product writes, as its enumerations spell them."""
    for path in product_modules():
        if path.is_relative_to(FUNCTIONS / "shared"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases):
                    values = (each.value for each in node.body if isinstance(each, ast.Assign))
                    for value in values:
                        said = getattr(value, "value", None)
                        if isinstance(said, str) and TYPE.fullmatch(said):
                            yield said


def test_every_type_of_leaf_that_the_product_writes_has_a_class():
    types = set(types_of_acts())

    assert {"post.submitted", "takedown.asked", "consent.recorded", "log.cosigned"} <= types
    assert {class_of(each) for each in types} >= set(RecordClass)


def test_the_table_of_classes_says_what_is_kept_how_long_and_whose_rule_that_is():
    text = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")
    section = text.split("## When a month is past its time\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:2] == "| "]

    assert rows[1:] == [
        [kept.value, ", ".join(sorted(rule.nouns)), str(rule.years), rule.source[:3]]
        for kept, rule in RULES.items()
    ]
