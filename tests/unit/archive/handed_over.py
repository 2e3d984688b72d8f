"""A folder as it was handed over: complete, named with hashes, the same for the same question."""

import hashlib
import json

from archive.exporting.parcel import parcel_at


def handed_over(folder, write, about=None):
    """What `write` puts into a parcel, by name."""
    with parcel_at(folder) as parcel:
        write(parcel)
        parcel.finish(about or {"export": "test"})
    return files_in(folder)


def files_in(folder):
    """Every file of a folder; each is the one that SHA256SUMS and about.json name."""
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    about = json.loads(files["about.json"])
    assert about["files"] == {name: sums[name] for name in sums if name != "about.json"}
    return files
