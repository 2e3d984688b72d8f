"""Steps of the greeting, and every way a handler can misbehave."""

import gc
import json
import os
import time
from datetime import UTC, datetime

_calls = []


class TooQuietError(Exception):
    """There was nothing to shout."""


def shout(event, context):
    """The word in capitals, or TooQuietError."""
    if not event.get("word"):
        raise TooQuietError("Say something.")
    return {"word": event["word"].upper()}


def ask(event, context):
    """Nobody answers here; the token is written where a test finds it."""
    print(json.dumps({"asked": event["word"]}))
    return {}


def tell(event, context):
    """Everything a handler can see of where it runs."""
    _calls.append(event)
    return {
        "event": event,
        "environment": dict(os.environ),
        "folder": os.getcwd(),  # noqa: PTH109
        "pid": os.getpid(),
        "calls": len(_calls),
        "now": datetime.now(UTC).isoformat(),
        "request_id": context.aws_request_id,
        "function_name": context.function_name,
        "arn": context.invoked_function_arn,
        "memory": context.memory_limit_in_mb,
        "remaining": context.get_remaining_time_in_millis(),
    }


def chatter(event, context):
    """Noise on both streams, and a read of what is not there."""
    print('{"result": "a lie"}')
    os.write(1, b'{"result": "another"}\n')
    return {"input": os.read(0, 10).decode()}


def collect(event, context):
    """How many objects the collector does not look at any more."""
    return gc.get_freeze_count()


def hang(event, context):
    """Longer than anybody waits."""
    time.sleep(3600)


def die(event, context):
    """An end without a word."""
    os._exit(7)


def unspeakable(event, context):
    """A result no JSON can hold."""
    return {"a set": {1, 2}}


def endless(event, context):
    """More than fits in an answer."""
    return "x" * 7_000_000


def trespass(event, context):
    """The local stack is not there to be imported."""
    found = []
    for name in ("local", "tests", "local.stack"):
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found


def wait_for_file(event, context):
    """Runs until the named file is there."""
    while not os.path.exists(event["file"]):  # noqa: PTH110
        time.sleep(0.01)
    return {"pid": os.getpid()}
