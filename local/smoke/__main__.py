"""`python -m local.smoke`: see `docs/smoke.md`. Exit codes: 0 held, 1 a step did not hold, 2 wrong
use or nothing done."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from local.smoke.keys import FileSessions, Keys, MissingKeysError, keys_for
from local.smoke.run import Smoke, SmokeError
from publish.credentials import KEYLESS
from shared.platforms.base import Platform, PlatformError
from shared.platforms.choose import KNOWN, open_platform
from shared.posts.names import PlatformName
from shared.records.pen import ENTROPY_BYTES, ulid

HELD, FOUND, WRONG_USE = 0, 1, 2
PLATFORMS = tuple(sorted(set(KNOWN) - {PlatformName("console")}))


def main(arguments: list[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Say what would be done; do it if that was confirmed."""
    parser = argparse.ArgumentParser(prog="make smoke", description=__doc__)
    parser.add_argument("--platform", choices=PLATFORMS, required=True)
    parser.add_argument("--yes", action="store_true", help="do it (CONFIRM=yes)")
    asked = parser.parse_args(arguments)
    try:
        keys = keys_for(PlatformName(asked.platform), environment)
        smoke = Smoke(keys.platform, _opened(keys), _key())
    except (MissingKeysError, PlatformError) as error:
        return _told(str(error))
    print(f"As {keys.handle} on {keys.platform} ({keys.credentials.service}), for all to see:")
    print(f"  {smoke.text}")
    print("It is published, read back, taken away, and read back again.")
    if keys.warning:
        print(keys.warning)
    if not asked.yes:
        return _told("Nothing was done. Run it again with CONFIRM=yes to do it.")
    try:
        for number, step in enumerate(smoke.steps(), 1):
            print(f"  {number}. {step}", flush=True)
    except SmokeError as error:
        print(error, file=sys.stderr)
        return FOUND
    return HELD


def _opened(keys: Keys) -> Platform:
    sessions = FileSessions(keys.sessions)
    if keys.platform != KEYLESS:
        return open_platform(keys.platform, keys.credentials, sessions, keys.handle)
    import boto3

    from publish.feed_shelf import FeedShelf

    shelf = FeedShelf(keys.bucket, boto3.client("s3"))
    return open_platform(keys.platform, keys.credentials, sessions, keys.handle, shelf=shelf)


def _key() -> str:
    return ulid(datetime.now(UTC), secrets.token_bytes(ENTROPY_BYTES))


def _told(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
