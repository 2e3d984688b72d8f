"""The few files a page asks for: built beforehand, named by their content, kept for ever.

Only names in the manifest exist; what was asked for never touches the file system unchecked.
"""

import json
from functools import cache
from pathlib import Path

from shared.pages.errors import StaticFileError

FOLDER = Path(__file__).parent / "static"
MANIFEST = FOLDER / "manifest.json"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def manifest() -> dict[str, str]:
    """From a file's plain name to the name that bears its hash."""
    try:
        names = json.loads(MANIFEST.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StaticFileError("The static files were not built.") from None
    return {str(plain): str(hashed) for plain, hashed in names.items()}


def address(plain: str) -> str:
    """Where a page finds a static file."""
    try:
        return f"/static/{manifest()[plain]}"
    except KeyError:
        raise StaticFileError(f"{plain} is not a static file.") from None


@cache
def _file(hashed: str) -> tuple[bytes, str]:
    path = FOLDER / hashed
    return path.read_bytes(), CONTENT_TYPES[path.suffix]


def static(name: str) -> tuple[bytes, str] | None:
    """The bytes and content type of a file by its hashed name; None if there is no such file."""
    return _file(name) if name in manifest().values() else None
