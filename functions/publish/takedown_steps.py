"""What the state machine `takedown` calls in this room: parse, one deed, answer.

`{kind, id}` says what it is about: a takedown, its undoing after an appeal, a block or its lifting.
"""

import os
from datetime import UTC, datetime
from functools import partial
from typing import Any

from publish.comment import Scene
from publish.credentials import Tokens, credentials
from publish.keep_off import keep_off, leave_block
from publish.settings import SecretSettings
from publish.steps import PEN, kept, secrets_manager, told_as
from publish.take_comment_down import give_up, read_back, take_down, undo
from shared.accounts.registry import Account
from shared.platforms.choose_moderator import open_moderator
from shared.platforms.moderating import Moderator
from shared.posts.block import Block
from shared.posts.names import PlatformName
from shared.posts.takedown import Takedown
from shared.records.blocks import Blocks
from shared.records.platform_sessions import PlatformSessions
from shared.records.platform_windows import PlatformWindows, window_name
from shared.records.snapshot import Snapshots
from shared.records.takedowns import Takedowns
from shared.settings.reading import read

BLOCKS = frozenset({"block", "unblock"})
"""Kinds that are about an author; the others are about a comment."""

GAVE_UP = "It was tried for hours, and no answer told that it is done."


def take_comment_down(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{kind, id}` to `{outcome, retry_at}`."""
    now = datetime.now(UTC)
    if event["kind"] in BLOCKS:
        block = Blocks(kept(), PEN).get(event["id"])
        return told_as(keep_off(block, _scene(block), now))
    takedown = Takedowns(kept(), PEN).get(event["id"])
    deed = undo if event["kind"] == "undo" else take_down
    return told_as(deed(takedown, _scene(takedown), now))


def look_again(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The same, a minute after it was done."""
    takedown = Takedowns(kept(), PEN).get(event["id"])
    return told_as(read_back(takedown, _scene(takedown), datetime.now(UTC)))


def leave_to_a_person(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The same, where no try was of any use."""
    now = datetime.now(UTC)
    if event["kind"] in BLOCKS:
        block = Blocks(kept(), PEN).get(event["id"])
        return told_as(leave_block(block, GAVE_UP, scene=_scene(block), now=now))
    takedown = Takedowns(kept(), PEN).get(event["id"])
    return told_as(give_up(takedown, GAVE_UP, _scene(takedown), now))


def _scene(about: Takedown | Block) -> Scene:
    name, platform = about.account, about.platform
    window = window_name(name, platform)
    found = Snapshots(kept()).read(accounts=[name], windows=[window])
    return Scene(
        partial(_moderator, found.account(name), platform),
        Takedowns(kept(), PEN),
        Blocks(kept(), PEN),
        lambda: datetime.now(UTC),
        found.closed.get(window),
        partial(PlatformWindows(kept()).close, name, platform),
    )


def _moderator(account: Account, platform: PlatformName) -> Moderator:
    prefix = read(SecretSettings, os.environ).secrets_prefix
    keys = credentials(account, platform, secrets_manager(), prefix)
    return open_moderator(platform, keys, Tokens(PlatformSessions(kept())))
