"""State machines are written in YAML; the validator of their language reads JSON."""

import json
from pathlib import Path

import yaml

from local.tools import BUILD, ROOT
from local.tools.commands import run
from local.tools.node import find_node, npm_ci


def as_json(definition: Path) -> str:
    """One state machine as Step Functions receives it, placeholders still in place."""
    return json.dumps(yaml.safe_load(definition.read_text(encoding="utf-8")), indent=2)


def validate(definitions: list[Path]) -> None:
    """Hold every definition against the language; FailedToolError names what is wrong."""
    npm_ci(ROOT)
    folder = BUILD / "statemachines"
    folder.mkdir(parents=True, exist_ok=True)
    validator = ROOT / "node_modules" / "asl-validator" / "dist" / "bin" / "asl-validator.js"
    for definition in definitions:
        written = folder / f"{definition.stem}.json"
        written.write_text(as_json(definition), encoding="utf-8")
        argv = (str(find_node().binary), str(validator), "--json-path", str(written))
        run(argv, seconds=120)
