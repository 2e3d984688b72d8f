"""docs/reference.md as its tests read it, and what the code says should stand there."""

import importlib
import inspect
import json
import re
from collections.abc import Iterator

from shared.http.description import description
from shared.pages.words import OUTCOMES, STATES
from shared.policy.rules import RULES
from shared.posts.life import ENDINGS, MAY_FOLLOW, State
from tests.architecture import cloud
from tests.architecture.house import FUNCTIONS, ROOT

REFERENCE = ROOT / "docs" / "reference.md"
DOORS = (
    "enter.app",
    "register.app",
    "compose.app",
    "compose.picture_app",
    "moderate.app",
    "moderate.deletion_app",
    "moderate.takedown_app",
    "watch.following.app",
    "subscribe.app",
    "archive.app",
)


def section(heading, path=REFERENCE):
    """The text under a heading, up to the next of the same level or above."""
    text = path.read_text(encoding="utf-8")
    level = len(re.match("#+", heading)[0])
    start = text.index(f"\n{heading}\n")
    following = re.search(rf"^#{{1,{level}}} ", text[start + len(heading) + 2 :], re.MULTILINE)
    return text[start : start + len(heading) + 2 + following.start()] if following else text[start:]


def table(heading):
    """The cells of the first table under a heading, without its head."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def plain(cell):
    """A cell without its code marks."""
    return cell.replace("`", "")


def routes():
    """Method, path and sentence of every route, API first, as the reference lists them."""
    paths = json.loads(description())["paths"]
    summaries = {
        (path, method.upper()): each.get("summary") for path, method, each in operations(paths)
    }
    found = []
    for name in DOORS:
        module = importlib.import_module(name)
        for path, methods in module.app.open_all().routes.items():
            for method, entry in methods.items():
                sentence = summaries.get((path, method)) or view_sentence(entry.view_function)
                found.append((f"`{method}`", f"`{path}`", sentence.rstrip(".")))
    return sorted(found, key=lambda row: (not row[1].startswith("`/v1/"), row[1], row[0]))


def operations(paths) -> Iterator[tuple]:
    """Path, method and operation of a description."""
    for path, item in paths.items():
        for method, operation in item.items():
            if isinstance(operation, dict):
                yield path, method, operation


def view_sentence(view):
    """What a view says of itself."""
    return inspect.getdoc(view).split("\n")[0]


def states_of_a_post():
    """Every state, what people are told, and what may follow."""
    return [
        (f"`{state.value}`", STATES[state].tag, STATES[state].sentence, followers(state))
        for state in State
    ]


def followers(state):
    """What may follow a state, in the order of the states; endings have none."""
    if state in ENDINGS:
        return "ending"
    return ", ".join(f"`{after.value}`" for after in State if after in MAY_FOLLOW[state])


def outcomes_of_a_target():
    """Every outcome and what people are told."""
    return [(f"`{o.value}`", told.tag, told.sentence) for o, told in OUTCOMES.items()]


def endings_of(path):
    """Every ending of a state machine: name, whether it succeeds, its error."""
    ends = {"Succeed": "succeeds", "Fail": "fails, alarm"}
    return [
        (f"`{name}`", ends[state["Type"]])
        for name, state in cloud.states(cloud.machine(path))
        if state["Type"] in ends
    ]


def variables():
    """Every variable of the template, and the functions that are given it."""
    of_all = cloud.variables_of_all()
    named = {}
    for name, function in cloud.functions().items():
        for variable in cloud.variables(function):
            named.setdefault(variable, []).append(name)
    rows = {variable: ", ".join(sorted(names)) for variable, names in named.items()}
    return {**rows, **dict.fromkeys(of_all, "all")}


def rules():
    """Every rule, what it is about, how much it weighs usually, and whose rule it is."""
    data = json.loads((FUNCTIONS / "shared" / "policy" / "pack.json").read_text(encoding="utf-8"))
    found = []
    for check in RULES:
        module = importlib.import_module(check.__module__)
        rule = data["rules"][module.RULE]
        found.append((f"`{module.RULE}`", rule["usual"], rule["source"]))
    return found


def rows_as_text(rows):
    """Rows as they stand in a table."""
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


WRITTEN = {
    "## Routes": routes,
    "### States of a post": states_of_a_post,
    "### Outcomes of a target": outcomes_of_a_target,
    "## Policy rules": rules,
}
"""The tables that are written, not typed."""


def rewrite():
    """Put what the code says into the tables that are written."""
    text = REFERENCE.read_text(encoding="utf-8")
    for heading, rows in WRITTEN.items():
        start = text.index("|---", text.index(f"\n{heading}\n"))
        body = text.index("\n", start) + 1
        end = body + re.match(r"(\|.*\n)*", text[body:]).end()
        text = text[:body] + rows_as_text(rows()) + "\n" + text[end:]
    REFERENCE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
