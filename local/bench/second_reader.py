"""What a second reading costs: a post's time on one core, and the weight of its function."""

import json
from functools import partial
from itertools import chain

from local.bench.clocks import spent
from local.bench.deployment_size import MB, installed, pinned, size
from local.bench.policy_check import CORPUS, candidate_from, posts
from local.bench.row import Row, at_most
from local.nearby import FOLDER, NearbyReader, nearby

POST_MS = 50.0
LIMIT_MB = 250.0
EVERY = 10
"""Of the labelled posts one in so many is read: a second reading takes a while."""

NOT_PACKED = frozenset({"__init__.py", "Makefile", "MODEL_CARD.md", "requirements.in"})


def rows() -> list[Row]:
    """Time of a post, and unzipped size. SecondReaderError where there is no second reader here."""
    reader = nearby()
    return [*_times(reader), _size()]


def _times(reader: NearbyReader) -> list[Row]:
    candidates = [candidate_from(post) for post in posts(CORPUS)][::EVERY]
    reader.read(candidates[0])  # what is made on first need is made
    found = [reader.read(each).suspected for each in candidates]
    each = sorted(spent(partial(reader.read, one)) * 1000 for one in candidates)
    told = sum(map(bool, found))
    counted = (
        f"mean of {len(each)} labelled posts, {told} of them explained; one core, processor time; "
        f"95 of 100 within {each[len(each) * 95 // 100]:.0f} ms"
    )
    return [at_most("second reader, a post", sum(each) / len(each), "ms", POST_MS, counted)]


def _size() -> Row:
    ours = [path for path in FOLDER.iterdir() if path.is_file() and path.name not in NOT_PACKED]
    listed = FOLDER / "requirements.txt"
    weights = chain(map(size, ours), map(installed, pinned(listed)))
    version = json.loads((FOLDER / "reader.json").read_text("utf-8"))["version"]
    counted = f"model {version}, code and {len(pinned(listed))} packages as installed here"
    return at_most("second reader, function unzipped", sum(weights) / MB, "MB", LIMIT_MB, counted)
