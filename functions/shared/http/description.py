"""The OpenAPI 3.1 description of the API; a test holds it against the running applications."""

from functools import cache
from pathlib import Path


@cache
def description() -> str:
    """The document as JSON text."""
    return (Path(__file__).parent / "openapi.json").read_text(encoding="utf-8")
