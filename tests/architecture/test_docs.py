"""What is written for people is compared with what it speaks of."""

import re
from collections import Counter

import pytest

from local.cli import main
from shared.posts.acts import Happened
from tests.architecture import cloud, house, manual
from tests.architecture.house import ROOT, VERBS, project_files

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = tuple(sorted((ROOT / "docs").rglob("*.md")))
ADRS = tuple(path for path in DOCS if path.parent.name == "adr")
ONE_PAGE = 60
"""Lines of at most a hundred characters."""

NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*\.(?:py|md|json|yaml|yml|txt|in|toml|xml))`")
MADE = ("build/", "data/")
"""Beginnings of files that are made: by our commands, and in the bag of a month."""


# ── README ───────────────────────────────────────────────────────────────────


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    named = {
        (path.name, target)
        for path in (ROOT / "README.md", *DOCS)
        for target in re.findall(r"[`$] ?make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }

    assert ("README.md", "demo") in named
    assert {each for each in named if each[1] not in targets} == set()


def test_every_bluelamp_command_that_is_named_exists(capsys):
    named = {
        command
        for path in (ROOT / "README.md", *DOCS)
        for command in re.findall(r"[`/]bluelamp ([a-z]+)", path.read_text(encoding="utf-8"))
    }

    assert named
    assert named - commands(capsys) == set()


def test_the_map_of_folders_is_the_tree():
    mapped = set(re.findall(r"`([a-z_]+(?:/[a-z]+)?)/`", section_of_readme("## Where things are")))
    top = {p.relative_to(ROOT).parts[0] for p in project_files() if p.parent != ROOT}
    verbs = {f"functions/{verb}" for verb in (*VERBS, "shared")}

    assert {name for name in mapped if not (ROOT / name).is_dir()} == set()
    assert verbs <= mapped
    assert {name for name in top if not name.startswith(".")} - {"functions"} <= mapped


def test_the_first_screen_is_a_picture_and_a_command_that_runs():
    first = README.split("## ")[0]

    assert "```mermaid" in first
    assert "$ make run" in first
    assert len(README.splitlines()) < 2 * ONE_PAGE


def test_the_picture_is_a_flowchart_whose_every_line_is_an_edge():
    [picture] = re.findall(r"```mermaid\n(.*?)```", README, re.DOTALL)
    first, *edges = [line.strip() for line in picture.splitlines() if line.strip()]
    node = r"\w+(?:\(\[[^\]]+\]\)|\[\([^)]+\)\]|\{\{[^}]+\}\}|\[[^\]]+\]|\([^)]+\))?"
    nodes = rf"{node}(?: & {node})*"
    edge = re.compile(rf"{nodes} (?:-->|-\.->|==>)(?:\|[^|]+\|)? {nodes}")

    assert re.fullmatch(r"flowchart (LR|TD|TB|RL|BT)", first)
    assert [line for line in edges if not edge.fullmatch(line)] == []
    # A node's shape and words are given once, else the picture shows whichever came last.
    shapes = Counter(re.findall(r"\b(\w+)(?=\(\[|\[\(|\{\{)", "\n".join(edges)))
    assert [name for name, times in shapes.items() if times > 1] == []


# ── every page ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.stem)
def test_every_file_that_is_named_exists(path):
    named = NAMED_FILE.findall(path.read_text(encoding="utf-8"))
    real = [name for name in named if "<" not in name and not name.startswith(MADE)]
    there = [f"/{house.named(file)}" for file in house.project_files()]

    assert [name for name in real if not any(file.endswith(f"/{name}") for file in there)] == []


def test_how_to_add_things_is_under_one_page_each():
    pages = sorted((ROOT / "docs").glob("adding_*.md"))

    assert {path.stem for path in pages} >= {"adding_a_platform", "adding_a_rule"}
    assert [p.name for p in pages if len(p.read_text("utf-8").splitlines()) > ONE_PAGE] == []


def test_every_test_the_threat_model_relies_on_exists():
    named = set(re.findall(r"`(test_\w+)`", text("docs/threat_model.md")))
    defined = {
        name
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }

    assert len(named) > len(VERBS)
    assert named - defined == set()


def test_the_guide_to_platforms_names_the_whole_contract():
    guide = text("docs/adding_a_platform.md")
    contract = text("functions/shared/platforms/base.py")
    story = re.findall(
        r"^    def (\w+)\(", contract[contract.index("class Platform(") :], re.MULTILINE
    )
    errors = set(re.findall(r"\b(\w+Error)\b", guide))
    known = cloud.error_classes()

    assert story == ["prepare", "send", "find", "shown", "delete"]
    assert [deed for deed in story if f"`{deed}(" not in guide] == []
    assert errors
    assert errors - known == set()


# ── decisions ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_is_bad_about_it(path):
    page = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)

    assert re.match(rf"# {path.stem[:4]} \w", page)
    assert re.search(r"^Status: \w+, \d{4}-\d{2}-\d{2}$", page, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]
    assert "- **Bad:** " in page[page.index("## Consequences") :]
    assert len(page.splitlines()) <= ONE_PAGE


def test_no_two_decisions_have_one_number():
    numbers = [path.name[:4] for path in ADRS]

    assert numbers == sorted(set(numbers))


def test_every_decision_that_is_cited_was_taken():
    taken = {path.name[:4] for path in ADRS}
    cited = {
        number
        for path in project_files()
        if path.suffix in {".py", ".md", ".yaml", ".toml"}
        for number in re.findall(r"\bADR (\d{4})\b", path.read_text(encoding="utf-8"))
    }

    assert cited - taken == set()


# ── the reference ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", manual.WRITTEN)
def test_a_table_that_is_written_is_up_to_date(heading):
    # If not: .venv/bin/python -m tests.architecture.manual
    assert manual.table(heading) == manual.WRITTEN[heading]()


@pytest.mark.parametrize("path", cloud.STATE_MACHINES, ids=lambda path: path.name)
def test_every_ending_of_a_state_machine_is_told_in_plain_words(path):
    told = manual.table(f"### State machine: {path.name.removesuffix('.asl.yaml')}")

    assert [row[:2] for row in told] == manual.endings_of(path)
    assert [name for name, _, words in told if len(words.split()) < 4] == []


def test_every_variable_is_told_with_who_is_given_it():
    told = {
        manual.plain(name): (given, meaning)
        for name, given, meaning in manual.table("## Variables")
    }

    assert {name: given for name, (given, _) in told.items()} == manual.variables()
    assert [name for name, (_, meaning) in told.items() if not meaning.endswith(".")] == []


def test_every_type_of_leaf_is_told():
    told = manual.table("## Leaves of the record log")

    assert [manual.plain(name) for name, _ in told] == [happened.value for happened in Happened]
    assert [name for name, meaning in told if not meaning.endswith(".")] == []


def test_every_command_is_told(capsys):
    told = {manual.plain(name).split()[1] for name, _ in manual.table("## Commands")}

    assert told == commands(capsys)


def test_every_rule_is_told_once():
    assert len(manual.rules()) == len({row[0] for row in manual.rules()})
    assert all(source for *_, source in manual.rules())


# ── what changed ─────────────────────────────────────────────────────────────


def test_the_changelog_tells_what_is_not_released_yet():
    log = text("CHANGELOG.md")
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    versions = re.findall(r"^## (.+)$", log, re.MULTILINE)

    assert versions[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}", v) for v in versions[1:])
    assert set(re.findall(r"^### (.+)$", log, re.MULTILINE)) <= kinds
    assert re.search(r"^- \w", manual.section("## Unreleased", ROOT / "CHANGELOG.md"), re.MULTILINE)


def text(name):
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def section_of_readme(heading):
    """What stands under a heading of the README."""
    return manual.section(heading, ROOT / "README.md")


def commands(capsys):
    """The commands that `bluelamp --help` lists."""
    with pytest.raises(SystemExit):
        main(["--help"])
    return set(re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE))
