"""The copy of sealed months that questions are asked of: Parquet in a folder, made when it is
first needed.

    .copy/copied/2026-10.json                       of which bag it was made, and what each file is
    .copy/post/month=2026-10/part-0.parquet

A copy is used again only where its note names the bag that was opened now, and each file still has
the hash that the note gives it; otherwise it is made anew. It is held against no key: whoever may
write into the folder may write an answer. So it is this user's alone, and what an answer says can
be proved from the bag by the leaf that it names (`bluelamp audit prove`).
"""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.questions.columns import EDITION
from archive.questions.copy_months import copy_month, note_of
from archive.questions.errors import NotDerivedError
from archive.questions.index import Index
from archive.reading.bags import Reading
from archive.reading.sealed_bag import Bag
from local.audit.folders import FolderShelf
from local.audit.progress import Progress

FOLDER = ".copy"
"""Where it lies in the archive's folder, unless somebody says otherwise."""

OURS_ALONE = 0o700
_PATH = re.compile(r"[a-z][a-z_]*/month=(20\d\d-\d\d)/part-\d+\.parquet", re.ASCII)


@contextmanager
def opened_copy(reading: Reading, folder: Path, progress: Progress) -> Iterator[Index]:
    """The copy of these months and no others, opened; UntrueBagError, NotDerivedError, OSError. It
    is read from links of its own, so that nobody who makes it anew meanwhile changes an answer."""
    folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix="asking-") as room:
        for bag in reading.bags:
            _lay(bag, folder, Path(room), progress)
        progress.tell("the question is answered")
        with Index(Path(room)) as index:
            yield index


def _lay(bag: Bag, folder: Path, room: Path, progress: Progress) -> None:
    """The files of a month lie in the room, made now if none can be trusted."""
    if _is_laid(bag, folder, room):
        return
    progress.tell(f"{bag.month}: a copy is made for questions")
    copy_month(bag, _Kept(folder), room)
    if not _is_laid(bag, folder, room):
        raise NotDerivedError(
            f"The copy of {bag.month} was changed while it was made. Ask again, "
            "or give --copy a folder that nobody else uses."
        )


def _is_laid(bag: Bag, folder: Path, room: Path) -> bool:
    """Whether the copy is of this bag and as its note says; its files are in the room then."""
    note = FolderShelf(folder).read(note_of(bag.month))
    files = _files_of(bag, note) if note else None
    if files is None:
        return False
    return all(_is_linked(folder / path, room / path, wanted) for path, wanted in files.items())


def _files_of(bag: Bag, note: bytes) -> dict[str, str] | None:
    """The SHA-256 of each file by its path; None where the note is of another bag, or not ours."""
    try:
        said: dict[str, Any] = json.loads(note)
        if (said["bag"], said["edition"]) != (bag.sealed.bag, EDITION):
            return None
        files = {str(each["path"]): str(each["sha256"]) for each in said["files"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    ours = all((found := _PATH.fullmatch(each)) and found[1] == str(bag.month) for each in files)
    return files if ours else None


def _is_linked(path: Path, link: Path, wanted: str) -> bool:
    """Whether the file is what it should be; what is looked at is what is read afterwards."""
    link.unlink(missing_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    try:
        _link(path, link)
        if not stat.S_ISREG(link.lstat().st_mode):
            return False
        with link.open("rb") as held:
            return file_digest(held, "sha256").hexdigest() == wanted
    except FileNotFoundError:
        return False


def _link(path: Path, link: Path) -> None:
    try:
        os.link(path, link, follow_symlinks=False)
    except FileNotFoundError:
        raise
    except OSError:  # a memory stick has no links
        shutil.copyfile(path, link, follow_symlinks=False)


class _Kept:
    """The folder as the bucket of the copy; each file stands whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.read = folder, FolderShelf(folder).read

    def put(self, path: str, data: bytes) -> None:
        """Write it, whatever is there."""
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}.new")
        new.write_bytes(data)
        new.replace(file)
