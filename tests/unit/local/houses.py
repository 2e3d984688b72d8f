"""Functions of the smallest system, run as the local stack runs them."""

import os
from datetime import timedelta
from pathlib import Path

from local.function import Function
from local.lambdas import Lambdas

CODE = Path(__file__).parent / "assets" / "small" / "functions"
CLOUD = {"AWS_REGION": "eu-west-2", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}


def a_function(handler, **settings):
    name = handler.rpartition(".")[2]
    defaults = {"timeout": 20, "memory": 256}
    return Function(
        logical_id=name.title(),
        name=name,
        arn=f"arn:aws:lambda:eu-west-2:123456789012:function:{name}",
        handler=handler,
        folder=CODE,
        **{**defaults, **settings},
    )


class House:
    """Some functions on a clock that can be set."""

    def __init__(self, folder):
        self.offset = timedelta()
        self._folder = folder
        self.running = []

    def __call__(self, *functions, shared_workers=None):
        known = {function.logical_id: function for function in functions}
        lambdas = Lambdas(
            known,
            CLOUD,
            lambda: self.offset,
            self._folder / "logs",
            shared_workers=shared_workers,
        )
        self.running.append(lambdas)
        return lambdas


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
