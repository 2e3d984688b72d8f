"""What a person waits for when a function starts: import, composition and the first client."""

from local.bench.clocks import medians_of_fresh_processes
from local.bench.row import Row, Yardstick, times
from local.function import Function
from local.process import environment
from local.stack import Stack, variables

ROUNDS = 7
LIMIT = 1.35

DOOR = ".app"
"""How the handlers of such functions end: what is called is a Chalice application."""

BOTOCORE = "import botocore.session; botocore.session.get_session().create_client('dynamodb')"
"""What every function pays that is written in Python and speaks to DynamoDB; no code of ours."""

OURS = (
    "import {module} as door; room = vars(door.room()).values();"
    "next(kept._tables for kept in room if hasattr(kept, '_tables')).connection.client"
)
"""Imports the handler, composes its room, makes the client every request needs; sends nothing."""


def rows(stack: Stack) -> list[Row]:
    """One row for every function that a browser calls (`app.py`)."""
    doors = {name: f for name, f in stack.functions.items() if f.handler.endswith(DOOR)}
    programs = {
        name: (OURS.format(module=_module(function)), environment(function, variables(stack.aws)))
        for name, function in doors.items()
    }
    alone = next(iter(programs.values()))[1]
    taken = medians_of_fresh_processes(ROUNDS, {"": (BOTOCORE, alone), **programs})
    yardstick = Yardstick("botocore's DynamoDB client alone, whole process", taken[""])
    return [
        times(f"cold start of {name}, processor time", taken[name], "s", yardstick, LIMIT)
        for name in programs
    ]


def _module(function: Function) -> str:
    return function.handler.rpartition(".")[0]
