"""What the project needs beyond Python: found, or installed and said so, or one clear sentence.

`node` runs npm for the pages and the Bluesky server, `dynamodb` a real database engine, `versitygw`
a second S3 (both `beside` us), `chromium` a browser, `definitions` the validator of state machines.
`python -m local.tools` for the Makefile.

ToolError
├── MissingToolError   it is not here and cannot be had from here; `str()` says what to do
└── FailedToolError    it is here and did not do its work; `str()` ends with what it said
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds template.yaml."""

BUILD = ROOT / "build"
"""Where everything made goes; `make clean` takes it away."""


class ToolError(Exception):
    """Root of what can be wrong with a tool."""


class MissingToolError(ToolError):
    """A tool that is not on this machine; the sentence says how to get it."""


class FailedToolError(ToolError):
    """A tool that ran and failed; the sentence carries the end of its output."""
