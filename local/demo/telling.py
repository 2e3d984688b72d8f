"""Tells the whole story on a fresh force, and closes with one line for programs."""

import json
import sys
import time

from local.demo import steps
from local.demo.story import StepFailedError, Story, Tally
from local.listening import PortBusyError
from local.seed import seed
from local.stack import Stack
from local.tools import ToolError


def demo(posts: int) -> int:
    """Run the whole story; 0 only if every step held. The last line is one JSON object."""
    began, tally, held = time.monotonic(), Tally(), False
    try:
        print("Starting the whole force and a real Bluesky server on this machine.", flush=True)
        with Stack.start(platform="bluesky") as stack:
            seed(stack)
            _tell(Story(stack, tally), posts)
        held = True
    except (StepFailedError, PortBusyError, ToolError) as problem:
        print(f"✗ {problem}", file=sys.stderr)
    tally.seconds = round(time.monotonic() - began, 1)
    print(json.dumps(vars(tally)), flush=True)
    return 0 if held else 1


def _tell(story: Story, posts: int) -> None:
    steps.submit(story, posts)
    letters = steps.await_letters(story)
    steps.be_scanned(story, letters)
    steps.decide(story, letters)
    steps.await_endings(story)
    steps.let_expire(story)
    steps.compare(story)
    steps.prove(story)
