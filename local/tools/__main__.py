"""`python -m local.tools WHAT`: the Makefile's way to what the project needs beyond Python.

node        a Node that works, its version on standard output
npm FOLDER  the folder's Node packages, exactly as locked
dynamodb    Amazon's DynamoDB Local
trino       Trino, the engine inside Athena
s3          Versity's S3 gateway
dynoxide    Dynoxide, a DynamoDB on SQLite
chromium    a browser, its path on standard output
contracts   what platforms say of their own APIs
tests       all of the above, as the tests need them
validate    hold every state machine against the language
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from local.tools import ROOT, MissingToolError, ToolError
from local.tools.chromium import find_chromium
from local.tools.commands import tell
from local.tools.contracts import fetch_x_contract
from local.tools.definitions import validate
from local.tools.dynamodb import fetch_dynamodb_local
from local.tools.dynoxide import build_dynoxide
from local.tools.node import find_node, npm_ci
from local.tools.trino import fetch_trino
from local.tools.versitygw import build_versitygw

PDS = ROOT / "tests" / "pds"
"""The real Bluesky server's own Node packages."""


def main(argv: list[str] | None = None) -> int:
    """Exit code 0 when it is there now, 1 with a sentence when not."""
    parser = argparse.ArgumentParser(prog="python -m local.tools")
    parser.add_argument("what", choices=("npm", *WAYS))
    parser.add_argument("folder", nargs="?", default=".")
    asked = parser.parse_args(argv)
    try:
        _get(asked.what, asked.folder)
    except ToolError as missing:
        tell(str(missing))
        return 1
    return 0


def _get(what: str, folder: str) -> None:
    if what == "npm":
        path = Path(folder).resolve()
        npm_ci(path, compiles=path == PDS)
    else:
        WAYS[what]()


def _get_for_tests() -> None:
    npm_ci(ROOT)
    npm_ci(PDS, compiles=True)
    find_chromium()
    fetch_x_contract()
    _get_unless_missing(fetch_dynamodb_local, "BLUELAMP_REQUIRE_JAVA", "The records")
    _get_unless_missing(fetch_trino, "BLUELAMP_REQUIRE_JAVA", "What is asked of Athena", "DuckDB")
    _get_unless_missing(build_versitygw, "BLUELAMP_REQUIRE_GO", "What the archive needs of S3")
    _get_unless_missing(build_dynoxide, "BLUELAMP_REQUIRE_RUST", "The records")


def _get_unless_missing(
    get: Callable[[], bool], required: str, what: str, else_on: str = "moto"
) -> None:
    """Get a second engine for tests that otherwise hold on one alone."""
    try:
        get()
    except MissingToolError as missing:
        if os.environ.get(required):
            raise
        tell(f"{missing} {what} will be tested on {else_on} only.")


WAYS: dict[str, Callable[[], object]] = {
    "node": lambda: print(find_node().version),
    "dynamodb": fetch_dynamodb_local,
    "trino": fetch_trino,
    "s3": build_versitygw,
    "dynoxide": build_dynoxide,
    "chromium": lambda: print(find_chromium()),
    "contracts": fetch_x_contract,
    "tests": _get_for_tests,
    "validate": lambda: validate(sorted((ROOT / "statemachines").glob("*.asl.yaml"))),
}
"""How each tool is got; packages for Node need to be told the folder."""


if __name__ == "__main__":
    sys.exit(main())
