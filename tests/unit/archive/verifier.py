"""The verify.py that goes along with every bag, asked as an auditor would ask it."""

import importlib.util
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from tests.unit.archive.bags import BAGGED

VERIFY = BAGGED / "verify.py"


def load():
    """It is no module of ours, so it is loaded as the lone file it is."""
    spec = importlib.util.spec_from_file_location("verify_in_a_bag", VERIFY)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there for what an annotation means
    spec.loader.exec_module(module)
    return module


verify = load()


@dataclass(frozen=True)
class Verdict:
    """What it answered, and what it said in JSON; `wrong` is None if everything held."""

    code: int
    said: dict

    @property
    def wrong(self):
        return self.said["wrong"]

    @property
    def sentence(self):
        return self.wrong["sentence"] if self.wrong else "Everything holds."


def ask(*arguments):
    """(code, standard output, standard error) of a call in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = verify.main([str(each) for each in arguments])
    return code, out.getvalue(), err.getvalue()


def judge(*paths, keys=()):
    """The verdict on these bags or folders, by these keys."""
    given = [each for key in keys for each in ("--key", key)]
    code, out, err = ask(*paths, *given, "--json")
    assert not err
    return Verdict(code, json.loads(out))
