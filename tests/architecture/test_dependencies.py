"""What ships is asked for by name, used, free to use, and explained."""

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.house import (
    DARKROOM,
    FUNCTIONS,
    ROOT,
    SECOND_READER,
    VERBS,
    product_modules,
    tree,
)

PERMISSIVE = re.compile(r"\b(MIT|MIT-0|BSD|Apache|MPL|Mozilla|PSF)\b")
COPYLEFT = re.compile(r"\b[AL]?GPL|\bSSPL|\bProprietary|\bCommercial", re.IGNORECASE)
# Never imported by us: time zones as data.
USED_AS_DATA = {"tzdata"}
# boto3 and PynamoDB stand on these and cannot be had without; their errors are part of the API.
COMES_WITH = {"botocore": "boto3", "urllib3": "boto3"}
EXPLAINED = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def asked_for(listed) -> set[str]:
    """Names in an *.in list, as package indexes write them."""
    lines = (ROOT / listed).read_text(encoding="utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line[:1].isalnum())
    return {name[0].lower() for name in names if name}


def pinned(listed) -> set[str]:
    """Names in a *.txt list."""
    return set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / listed).read_text(encoding="utf-8"), re.MULTILINE)
    )


RUNTIME = asked_for("functions/requirements.in")
ASKING = asked_for("functions/requirements-duckdb.in")
"""What only functions that ask questions ship besides (ADR 0001)."""
APART = {
    folder: asked_for(f"{folder.name}/requirements.in") for folder in (SECOND_READER, DARKROOM)
}
SHIPPED = pinned("functions/requirements-duckdb.txt").union(
    *(pinned(f"{f.name}/requirements.txt") for f in (FUNCTIONS, *APART))
)
NOTHING: dict[str, set[str]] = {folder.name: set() for folder in APART}


def test_everything_asked_for_is_pinned():
    lists = [f"{folder.name}/requirements" for folder in (FUNCTIONS, *APART)]
    lists.append("functions/requirements-duckdb")
    for listed in (*lists, "requirements-dev", "requirements-sam"):
        assert asked_for(f"{listed}.in") <= pinned(f"{listed}.txt"), listed


def test_what_is_tested_is_what_ships():
    entries = re.compile(r"^([a-z0-9._-]+==[^ ]+)", re.MULTILINE)
    tested = set(entries.findall((ROOT / "requirements-dev.txt").read_text(encoding="utf-8")))

    lists = [folder / "requirements.txt" for folder in (FUNCTIONS, *APART)]
    for listed in (*lists, FUNCTIONS / "requirements-duckdb.txt"):
        shipped = set(entries.findall(listed.read_text(encoding="utf-8")))
        assert shipped <= tested, listed


def test_functions_import_only_what_ships_and_is_asked_for():
    borrowed = {COMES_WITH.get(name, name) for name in imported_distributions()} - RUNTIME - ASKING

    assert borrowed == set()
    assert {f.name: imported_distributions(f) - names for f, names in APART.items()} == NOTHING


def test_everything_asked_for_is_used():
    used = {COMES_WITH.get(name, name) for name in imported_distributions()}

    assert (RUNTIME | ASKING) - used - USED_AS_DATA == set()
    assert {f.name: names - imported_distributions(f) for f, names in APART.items()} == NOTHING


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_everything_that_ships_may_be_shipped(name):
    metadata = importlib.metadata.metadata(name)
    classified = [c for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    said = [metadata.get("License-Expression"), metadata.get("License"), *classified]
    licence = "; ".join(word for word in said if word)

    assert PERMISSIVE.search(licence), licence
    assert not COPYLEFT.search(licence), licence


@pytest.mark.parametrize("name", sorted(RUNTIME.union(ASKING, *APART.values())))
def test_every_dependency_is_explained(name):
    assert re.search(rf"^\| {re.escape(name)} \|", EXPLAINED, re.MULTILINE | re.IGNORECASE)


def test_only_the_room_of_questions_needs_what_other_functions_do_not_ship():
    elsewhere = {
        name.split(".")[0]
        for path in product_modules()
        if path.is_relative_to(FUNCTIONS) and "questions" not in path.parts
        for name in imported_names(tree(path))
    }

    assert elsewhere & ASKING == set()


def imported_distributions(folder=FUNCTIONS) -> set[str]:
    """Distributions whose modules the code in a folder imports when it runs."""
    modules = {
        name.split(".")[0]
        for path in product_modules()
        if path.is_relative_to(folder)
        for name in imported_names(tree(path))
    }
    foreign = modules - {*VERBS, "shared"} - set(sys.stdlib_module_names)
    brought_by = importlib.metadata.packages_distributions()
    names = {name for module in foreign for name in brought_by.get(module, [module])}
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def imported_names(node: ast.AST) -> Iterator[str]:
    """Modules that code imports when it runs, wherever the import stands."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module
    for child in ast.iter_child_nodes(node):
        yield from imported_names(child)
