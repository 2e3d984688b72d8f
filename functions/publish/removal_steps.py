"""What the state machine `deletion` calls in this room: parse, one deed, answer."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from publish.conclude_deletion import conclude_deletion as conclude
from publish.plan_removal import plan_removal as plan
from publish.removal import Scene
from publish.remove import give_up, prove, remove
from publish.steps import PEN, kept, opened, told_as
from shared.accounts.registry import Account
from shared.posts.deletion import Deletion
from shared.posts.names import AccountId, PlatformName, PostId
from shared.posts.threads import part_of
from shared.records.deletions import Deletions
from shared.records.platform_paces import Pace, PlatformPaces
from shared.records.platform_windows import PlatformWindows, window_name
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

PACES = {
    PlatformName("mastodon"): Pace(30, timedelta(minutes=30)),
    PlatformName("x"): Pace(50, timedelta(minutes=15)),
}
"""What the platforms' documents allow of removals (docs/platforms.md)."""

SPARE = 5
"""Of each, kept for what cannot wait: a large removal does not hold up a grave one."""

MOST_AT_A_TIME = 200
"""Targets of one round: what a state machine carries from step to step is 256 KB at most."""

GAVE_UP = "It was tried for hours, and no answer told that it is gone."


def plan_removal(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id}` to `{outcome, lanes, targets}`; the outcome is `remove`, `wait` where a post
    is still on its way out, or `done`."""
    deletions = Deletions(kept(), PEN)
    found = plan(
        deletions.whole(event["deletion_id"]), Publications(kept(), PEN), Snapshots(kept())
    )
    lanes, room = [], MOST_AT_A_TIME
    for lane in found.lanes:
        targets = [
            {
                "post_id": place.post.post_id,
                "version": place.post.version,
                "account": place.publication.account,
                "place": place.publication.place,
            }
            for place in lane[:room]
        ]
        room -= len(targets)
        lanes += [{"targets": targets}] if targets else []
    outcome = "remove" if lanes else "done" if found.settled else "wait"
    flat = [target for lane in lanes for target in lane["targets"]]
    return {"outcome": outcome, "lanes": lanes, "targets": flat}


def remove_target(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id, post_id, version, account, place}` to `{outcome, retry_at}`."""
    now = datetime.now(UTC)
    return told_as(remove(_scene(event), now))


def prove_removal(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The same once more, minutes later."""
    return told_as(prove(_scene(event), datetime.now(UTC)))


def leave_target(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The same, where no try was of any use."""
    return told_as(give_up(_scene(event), GAVE_UP, datetime.now(UTC)))


def conclude_deletion(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id}` to `{state}`."""
    state = conclude(
        event["deletion_id"],
        deletions=Deletions(kept(), PEN),
        posts=Posts(kept(), PEN),
        publications=Publications(kept(), PEN),
        snapshots=Snapshots(kept()),
        now=datetime.now(UTC),
    )
    return {"state": state.value}


def _scene(event: dict[str, Any]) -> Scene:
    deletions = Deletions(kept(), PEN)
    deletion = deletions.get(event["deletion_id"])
    version = PostId(event["post_id"]), event["version"]
    platform, _ = part_of(event["place"])
    window = window_name(AccountId(event["account"]), platform)
    found = Snapshots(kept()).read(
        posts=[version], accounts=[AccountId(event["account"])], windows=[window]
    )
    post = found.post(*version)
    account = found.account(post.draft.account)
    return Scene(
        deletion,
        post,
        event["place"],
        partial(opened, account, platform),
        Publications(kept(), PEN),
        deletions,
        partial(_pace, deletion, account, platform),
        lambda: datetime.now(UTC),
        found.closed.get(window),
        partial(PlatformWindows(kept()).close, account.account_id, platform),
    )


def _pace(
    deletion: Deletion, account: Account, platform: PlatformName, now: datetime
) -> datetime | None:
    pace = PACES.get(platform)
    if pace is None:
        return None
    if not deletion.asked.at_once:
        pace = Pace(pace.most - SPARE, pace.within)
    return PlatformPaces(kept()).take(account.account_id, platform, "removals", pace, now)
