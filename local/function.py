"""What the template says about one Lambda function, as the local stack needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = Any
"""A JSON value: what travels to a function and back."""


@dataclass(frozen=True)
class Function:
    """`timeout` in seconds, `memory` in MB; `traced` is whether it begins traces of its own;
    `reserved` how many executions at once at most, where the template says so.
    """

    logical_id: str
    name: str
    arn: str
    handler: str
    folder: Path
    timeout: int = 3
    memory: int = 128
    traced: bool = False
    reserved: int | None = None
    retries: int = 2
    environment: Mapping[str, str] = field(default_factory=dict)
