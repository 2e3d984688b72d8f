"""Which function a worker serves now, and what the others of its functions do not see of it."""

import functools
import importlib
import os
import sys
from collections import defaultdict
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from local.worker.answers import Handler, StartError
from local.worker.descriptions import read_without_manuals
from local.worker.memory import keep_what_is_here

Modules = dict[str, ModuleType]
"""Modules by their names."""

SELFLESS = frozenset(
    (
        *("posts", "accounts", "policy", "recordlog", "months", "followers", "mentions"),
        *("impostors", "reports", "samples", "drift", "records", "platforms"),
    )
)
"""Nouns below `shared` whose modules keep nothing that is one function's own: no settings and no
clients, as the laws of the house have it. A copy for each of thirty functions would hold half of a
worker's memory, and say the same."""

KEEPERS = frozenset({"shared.records.kept_tables"})
"""What among them keeps a client all the same: each function has its own."""

READS = "_load_file"
"""What reads a file in botocore."""


class Stage:
    """What is served now. With the function its variables, its log and the modules of its folder
    change: what one keeps in a module (settings, clients) the next never sees. Libraries stay, and
    so do the selfless nouns of a folder for all functions whose code lies there."""

    handler: Handler

    def __init__(self) -> None:
        self._aside: dict[str, tuple[Handler, Modules]] = {}
        self._selfless: defaultdict[str, Modules] = defaultdict(dict)
        self._function = self._folder = ""
        self._settled: set[str] = set()

    def change_to(self, function: str, variables: dict[str, str], log: str) -> None:
        """Serve this function from now on; its code is loaded the first time."""
        if self._function:
            self._put_aside()
        self._function, self._folder = function, variables["LAMBDA_TASK_ROOT"]
        os.environ.clear()
        os.environ.update(variables)
        print_to(log)
        os.chdir(self._folder)
        sys.path.insert(0, self._folder)
        handler, modules = self._aside.pop(function, (None, {}))
        sys.modules.update(self._selfless[self._folder] | modules)
        self.handler = handler or load(variables["_HANDLER"])

    def settle(self) -> None:
        """What is served now has answered: the first time it has all that it keeps from then on."""
        if self._function not in self._settled:
            self._settled.add(self._function)
            keep_what_is_here()

    def _put_aside(self) -> None:
        if not self._aside:  # the first of them makes way: there will be copies from now on
            share_code()
        share_descriptions()
        sys.path.remove(self._folder)
        inside = self._folder + os.sep
        names = [name for name, module in sys.modules.items() if _home(module).startswith(inside)]
        modules = {name: sys.modules.pop(name) for name in names}
        selfless = {name: module for name, module in modules.items() if is_selfless(name)}
        self._selfless[self._folder] |= selfless
        own = {name: module for name, module in modules.items() if name not in selfless}
        self._aside[self._function] = self.handler, own


def is_selfless(name: str) -> bool:
    """Whether a module belongs to a noun that keeps nothing for one function alone."""
    package, _, rest = name.partition(".")
    return package == "shared" and rest.partition(".")[0] in SELFLESS and name not in KEEPERS


def _home(module: ModuleType | None) -> str:
    """Where a module's code lies; a folder without `__init__.py` is a module, too."""
    known = getattr(module, "__dict__", {})
    return known.get("__file__") or next(iter(known.get("__path__") or ()), "")


def share_descriptions() -> None:
    """Let all clients of this process read what botocore knows of AWS's services from one copy, and
    no manuals: PynamoDB opens a session for each function, and each would read ten megabytes."""
    session: Any = sys.modules.get("botocore.session")
    if session and not hasattr(session.create_loader, "cache_info"):
        session.create_loader = functools.cache(session.create_loader)
        setattr(sys.modules["botocore.loaders"].JSONFileLoader, READS, read_without_manuals)


def share_code() -> None:
    """Let functions that load the same file read its code from one copy: code is what no module
    can change, and what a module does with it stays its own."""
    read: dict[str, CodeType | None] = {}
    before = SourceFileLoader.get_code

    def get_code(self: Any, name: str) -> CodeType | None:
        if self.path not in read:
            read[self.path] = before(self, name)
        return read[self.path]

    SourceFileLoader.get_code = get_code  # type: ignore[assignment]


def load(name: str) -> Handler:
    """The handler `package.module.attribute`, with Lambda's own sentences where there is none."""
    module, _, attribute = name.rpartition(".")
    try:
        found = importlib.import_module(module)
    except ImportError as cause:
        words = f"Unable to import module '{module}': {cause}"
        raise StartError("Runtime.ImportModuleError", words) from cause
    if not hasattr(found, attribute):
        words = f"Handler '{attribute}' missing on module '{module}'"
        raise StartError("Runtime.HandlerNotFound", words)
    handler: Handler = getattr(found, attribute)
    return handler


def print_to(log: str) -> None:
    """Let everything that is printed from now on go to this file."""
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
