"""The laws of the house that no linter knows: sizes, rooms, words, purity, pins."""

import ast
import json
import re
import sys

import pytest

from local.worker.stage import KEEPERS, SELFLESS
from tests.architecture.house import (
    FUNCTIONS,
    LOCAL,
    ROOT,
    VERBS,
    named,
    product_modules,
    project_files,
    settings,
    text_files,
    tree,
)

LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 40
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler"}
PURE = (
    *("posts", "accounts", "policy", "recordlog", "months", "followers", "mentions"),
    *("impostors", "reports", "samples", "drift"),
)
KEEPING = {"cache", "lru_cache"}
STANDS_ALONE = {"functions/archive/bagged/verify.py"}
"""Goes into every bag as one file, so that who verifies needs nothing else; it has chapters."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_a_file_has_at_most_250_lines():
    long = {
        named(path): lines
        for path in product_modules()
        if named(path) not in STANDS_ALONE
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_OF_A_FILE
    }

    assert long == {}


def test_a_function_has_at_most_40_lines():
    long = {
        f"{named(path)}:{node.name}": lines
        for path in product_modules()
        for node in ast.walk(tree(path))
        if isinstance(node, Function) and (lines := lines_of(node)) > LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_shared_holds_folders_only():
    loose = [p for p in project_files() if p.parent == FUNCTIONS / "shared"]

    assert [p.name for p in loose] == ["__init__.py"]


def test_functions_holds_the_verbs_and_shared_and_shadows_nothing():
    folders = {
        p.relative_to(FUNCTIONS).parts[0] for p in product_modules() if p.is_relative_to(FUNCTIONS)
    }

    assert folders == {*VERBS, "shared"}
    assert folders & set(sys.stdlib_module_names) == set()


def test_no_file_or_folder_is_called_by_a_name_that_says_nothing():
    nameless = [
        named(path)
        for path in product_modules()
        if {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & FORBIDDEN_NAMES
    ]

    assert nameless == []


def test_every_module_class_and_public_function_says_what_it_is_for():
    silent = [f"{named(path)}:{what}" for path in product_modules() for what in undocumented(path)]

    assert silent == []


@pytest.mark.parametrize("noun", PURE)
def test_a_pure_noun_asks_neither_clock_nor_environment_nor_chance(noun):
    asked = [
        f"{named(path)}:{node.lineno}"
        for path in product_modules()
        if path.is_relative_to(FUNCTIONS / "shared" / noun)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Import | ast.ImportFrom) and is_impure(node)
    ]

    assert asked == []


def test_nouns_that_functions_of_one_process_share_keep_nothing_of_one_of_them():
    """Pure nouns may remember what they worked out; it is the same whoever asks."""
    keeping = {
        path.relative_to(FUNCTIONS).with_suffix("").as_posix().replace("/", ".")
        for noun in SELFLESS - set(PURE)
        for path in product_modules()
        if path.is_relative_to(FUNCTIONS / "shared" / noun)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Global)
        or (isinstance(node, ast.ImportFrom) and KEEPING & {each.name for each in node.names})
        or (isinstance(node, ast.Attribute) and node.attr in KEEPING)
    }

    assert set(PURE) <= SELFLESS
    assert keeping == KEEPERS


def test_every_shared_noun_has_its_place_in_the_import_contract():
    nouns = {
        p.relative_to(FUNCTIONS / "shared").parts[0]
        for p in product_modules()
        if p.is_relative_to(FUNCTIONS / "shared")
    }
    contracts = settings()["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "layers")
    placed = {name.strip().removeprefix("shared.") for row in layers for name in row.split("|")}

    assert nouns - {"__init__.py"} <= placed


def test_no_file_names_a_package_registry():
    # Written in two halves, so that this file keeps its own law.
    hosts = [
        half + other
        for half, other in (
            ("pypi.", "org"),
            ("files.python", "hosted.org"),
            ("registry.npm", "js.org"),
            ("repo.maven.", "apache.org"),
            ("repo1.", "maven.org"),
            ("deb.", "debian.org"),
        )
    ]
    naming = {named(p): h for p, text in text_files() for h in hosts if h in text}

    assert naming == {}


def test_no_file_names_a_path_of_somebodys_machine():
    machine = re.compile(r"(?<![\w.$/{}-])/(?:root|work|home/\w+|Users/\w+)/")
    naming = {
        f"{named(path)}:{number}"
        for path, text in text_files()
        for number, line in enumerate(text.splitlines(), 1)
        if machine.search(line)
    }

    assert naming == set()


def test_requirements_are_hashed_and_name_no_index():
    lists = [p for p in project_files() if re.fullmatch(r"requirements.*\.txt", p.name)]
    assert len(lists) >= 4

    for listed in lists:
        text = listed.read_text(encoding="utf-8")
        assert "://" not in text, named(listed)
        assert re.search(r"^-", text, re.MULTILINE) is None, named(listed)
        entries = [line for line in text.replace("\\\n", "").splitlines() if line[:1].isalnum()]
        unpinned = [e for e in entries if "==" not in e or "--hash=sha256:" not in e]
        assert entries, named(listed)
        assert unpinned == [], named(listed)


def test_locks_of_node_packages_are_hashed_and_name_no_address():
    locks = [p for p in project_files() if p.name == "package-lock.json"]
    assert locks

    for lock in locks:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        addressed = [name for name, package in packages.items() if "resolved" in package]
        unhashed = [
            name for name, package in packages.items() if name and "integrity" not in package
        ]
        assert addressed == [], named(lock)
        assert unhashed == [], named(lock)


def lines_of(function: Function) -> int:
    """Lines from `def` to the end; decorators and docstring are not what makes it long."""
    first = function.body[0]
    docstring = 0
    if ast.get_docstring(function) is not None:
        docstring = (first.end_lineno or 0) - first.lineno + 1
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def undocumented(path) -> list[str]:
    """What in a module lacks its sentence; a method may lean on its class."""
    module = tree(path)
    silent = [] if ast.get_docstring(module) or not module.body else ["module"]
    for node in module.body:
        is_public = isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
        if is_public and not ast.get_docstring(node):
            silent.append(node.name)
    return silent


def is_impure(node: ast.AST) -> bool:
    """Whether an expression or import reads clock, environment, network or chance."""
    if isinstance(node, ast.ImportFrom):
        return node.module in {"os", "time", "random", "secrets", "socket", "urllib.request"}
    if isinstance(node, ast.Import):
        names = {alias.name.split(".")[0] for alias in node.names}
        return bool(names & {"os", "time", "random", "secrets", "socket"})
    return ast.unparse(node) in {"datetime.now", "datetime.utcnow", "date.today", "datetime.today"}


def test_local_ships_nowhere():
    importing = [
        named(path)
        for path in product_modules()
        if not path.is_relative_to(LOCAL)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and "local" in imported(node)
    ]

    assert importing == []


def imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Top-level names an import brings."""
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}
