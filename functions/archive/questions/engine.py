"""DuckDB, shut in one folder and kept small: it reads and writes nothing outside, loads nothing,
and no question can loosen that.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # seventy megabytes, and only functions that ask have them (ADR 0001)
    from duckdb import DuckDBPyConnection

MEMORY_MB = 300
"""What sorting may take; Python, the library and its file buffers come on top."""

SPILL = "spill"
"""Folder for what does not fit into memory."""


def start(folder: Path, *, memory_mb: int = MEMORY_MB, threads: int = 1) -> "DuckDBPyConnection":
    """A fresh engine that may see `folder` and nothing else."""
    import duckdb

    spill = folder / SPILL
    spill.mkdir(exist_ok=True)
    engine = duckdb.connect(
        config={
            "allow_community_extensions": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(spill),
            "threads": str(threads),
        }
    )
    engine.execute("SET TimeZone = 'UTC'")
    # The folder first: once the outside is shut nothing can be let in any more.
    engine.execute("SET allowed_directories = [$1]", [f"{folder}/"])
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine
