"""Bluesky: a post is a record in the account's own repository, under a key that we choose.

`prepare` freezes the key (`tid`) and the whole record (`record`, `facets`); `send` signs in as
rarely as can be (`session`) and puts the record (`server`) with `swapRecord: null`: the same
record again is a no-op, another one under that key is refused. What was published is proved by
its CID, which we compute too (`content_id`). `client` tells what each answer means.
"""

from shared.platforms.bluesky.client import Bluesky

__all__ = ["Bluesky"]
