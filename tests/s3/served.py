"""A server that speaks S3, as the tests see it: by boto3, and nothing of it by any other way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "eu-west-2"
SECRETS = {"owner": "owners-secret", "writer": "writers-secret"}
"""The accounts of main.go; moto takes any."""

AT_ONCE = 8
PATIENCE = 60
ACCEPTED = "accepted"
REFUSED = "AccessDenied"


@dataclass(frozen=True)
class Served:
    """A server at this address."""

    url: str

    def client(self, *, by: str | None = None, who: str = "owner", tries: int = 1):
        """Straight to the server, or `by` the address of something on the way to it."""
        return boto3.client(
            "s3",
            endpoint_url=by or self.url,
            region_name=REGION,
            aws_access_key_id=who,
            aws_secret_access_key=SECRETS[who],
            config=Config(
                retries={"total_max_attempts": tries, "mode": "standard"},
                max_pool_connections=2 * AT_ONCE,
                read_timeout=PATIENCE,
            ),
        )


class Room:
    """One bucket under Object Lock, new and empty, and what the tests look at in it."""

    def __init__(self, client) -> None:
        self.client = client
        self.name = f"archive-{uuid4().hex}"
        where = {"LocationConstraint": REGION}
        client.create_bucket(
            Bucket=self.name, ObjectLockEnabledForBucket=True, CreateBucketConfiguration=where
        )

    def rule(self, mode: str | None, days: int = 0) -> None:
        """How every object from now on is kept, if nothing else is said of it."""
        lock = {"ObjectLockEnabled": "Enabled"}
        if mode:
            lock["Rule"] = {"DefaultRetention": {"Mode": mode, "Days": days}}
        named = {"Bucket": self.name, "ObjectLockConfiguration": lock}
        assert outcome(self.client.put_object_lock_configuration, **named) == ACCEPTED

    def put(self, key: str, data: bytes = b"bytes", **said) -> str:
        """Write a version; its id."""
        said = {"Bucket": self.name, "Key": key, "Body": data, "ChecksumAlgorithm": "SHA256"} | said
        return self.client.put_object(**said)["VersionId"]

    def kept(self, key: str, mode: str, days: int = 10) -> str:
        """Write a version that is kept so many days; its id."""
        lock = {"ObjectLockMode": mode, "ObjectLockRetainUntilDate": later(days)}
        return self.put(key, **lock)

    def retain(self, key: str, version: str, mode: str, days: int, *, bypass: bool = False) -> str:
        """What becomes of the wish to keep a version otherwise than before."""
        return outcome(
            self.client.put_object_retention,
            Bucket=self.name,
            Key=key,
            VersionId=version,
            Retention={"Mode": mode, "RetainUntilDate": later(days)},
            **({"BypassGovernanceRetention": True} if bypass else {}),
        )

    def hold(self, key: str, version: str, status: str) -> None:
        """Put a version on legal hold, or take it off."""
        self.client.put_object_legal_hold(
            Bucket=self.name, Key=key, VersionId=version, LegalHold={"Status": status}
        )

    def delete(self, key: str, version: str | None = None, *, bypass: bool = False) -> str:
        """What becomes of the wish to delete a version, or the object with no version named."""
        named = {"VersionId": version} if version else {}
        bypassing = {"BypassGovernanceRetention": True} if bypass else {}
        asked = {"Bucket": self.name, "Key": key} | named | bypassing
        return outcome(self.client.delete_object, **asked)

    def bytes_of(self, key: str, version: str) -> bytes:
        """The bytes of one version."""
        told = self.client.get_object(Bucket=self.name, Key=key, VersionId=version)
        return told["Body"].read()

    def lock_of(self, key: str, version: str) -> tuple[str | None, datetime | None]:
        """By which mode and until when a version says it is kept."""
        told = self.client.head_object(Bucket=self.name, Key=key, VersionId=version)
        return told.get("ObjectLockMode"), told.get("ObjectLockRetainUntilDate")

    def versions(self, key: str) -> list[str]:
        """Ids of all versions of an object, as they are listed: the newest first."""
        return self.all_versions(key).get(key, [])

    def all_versions(self, prefix: str = "") -> dict[str, list[str]]:
        """The same of every object below a prefix, by its key."""
        pages = self.client.get_paginator("list_object_versions")
        found: dict[str, list[str]] = {}
        for page in pages.paginate(Bucket=self.name, Prefix=prefix):
            for each in page.get("Versions", ()):
                found.setdefault(each["Key"], []).append(each["VersionId"])
        return found


def later(days: int) -> datetime:
    """So many days from now, in whole seconds, as S3 tells them."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


def outcome(call, **arguments) -> str:
    """The code of S3's refusal, or ACCEPTED."""
    try:
        call(**arguments)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return ACCEPTED


def at_once(act, threads: int = AT_ONCE) -> list:
    """Do `act(number)` in several threads that begin together; what each gave."""
    line = Barrier(threads)

    def run(number: int):
        line.wait(PATIENCE)
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
