"""One log on the local stack, and processes that write it and can die at every AWS call."""

from itertools import count

import boto3
from botocore.config import Config

from archive.bucket import Bucket
from archive.sequencing.sequence import Sequencer
from archive.sequencing.signing import KmsSigner
from local.aws import REGION
from shared.recordlog.leaf import read_envelope, verify_payload
from shared.recordlog.places import find_place
from shared.recordlog.reader import Log, verify_log
from shared.records.log import recording
from shared.records.loghead import LogHeads
from shared.records.making import create_all
from shared.records.outbox import Outbox
from shared.records.payloads import Payloads
from shared.records.tables import tables
from shared.records.transaction import commit
from tests.builders import a_pen, an_act

ORIGIN = "test.bluelamp.example/log"
ONCE = Config(retries={"total_max_attempts": 1})
_names = count(1)


class KilledError(Exception):
    """The process died here."""


class Place:
    """A bucket with its tables and key: one log, and whoever writes it."""

    def __init__(self, stack, prefix, bucket, key_id, origin):
        self.stack, self.prefix, self.bucket = stack, prefix, bucket
        self.key_ids, self.origin = (key_id,), origin
        self.tables = self.new_tables()
        self.s3 = stack.aws.client("s3")
        self.key = self.key_of(key_id)

    def key_of(self, key_id):
        return KmsSigner(self.stack.aws.client("kms"), key_id, self.origin).key

    def new_tables(self):
        return tables(self.prefix, REGION, self.stack.aws.dynamodb_endpoint)

    def record(self, acts):
        """Acts happen, each in a transaction with its leaf."""
        for number in range(acts):
            act = an_act(reason=str(number), payload={"number": number})
            commit(self.tables.connection, recording(self.tables, a_pen(), act))

    def process(self):
        """Somebody who may write the log."""
        clients = boto3.client("kms", config=ONCE), boto3.client("s3", config=ONCE)
        return Process(self, self.new_tables(), *clients)

    def read(self, path):
        stored = Bucket(self.bucket, self.s3).read(path)
        return None if stored is None else stored.data

    def paths_under(self, folder):
        pages = self.s3.get_paginator("list_objects_v2")
        found = pages.paginate(Bucket=self.bucket, Prefix=folder)
        return [each["Key"] for page in found for each in page.get("Contents", [])]

    def all_paths(self):
        return self.paths_under("")

    def leaf_ids(self):
        """Every leaf of the published log, whose signature, tiles and entries are checked."""
        if self.read("checkpoint") is None:
            return []
        verify_log(self.read, [self.key], self.origin)
        log = Log(self.read, [self.key], self.origin)
        return [read_envelope(entry).leaf_id for bundle in log.bundles() for entry in bundle]

    def require_whole(self):
        """Every leaf once, at the place that is said, committing to its payload."""
        log, payloads = Log(self.read, [self.key], self.origin), Payloads(self.tables)
        leaf_ids = self.leaf_ids()
        assert sorted(leaf_ids) == self.recorded()
        for index, leaf_id in enumerate(leaf_ids):
            kept = payloads.get(leaf_id)
            verify_payload(log.entry(index), kept.payload, kept.salt)
            assert find_place(leaf_id, self.paths_under, self.read) == index

    def recorded(self):
        return sorted(row.leaf_id for row in self.tables.payloads.scan(consistent_read=True))

    def waiting(self):
        return [leaf.leaf_id for leaf in Outbox(self.tables).pending(1000)]


class Death:
    """Comes at the call with this number, on its way out or on its way back; 0 is never."""

    def __init__(self, at=0, moment="before"):
        self.calls, self._at, self._moment = 0, at, moment

    def before(self):
        self.calls += 1
        self._come("before")

    def after(self):
        self._come("after")

    def _come(self, moment):
        if (self.calls, moment) == (self._at, self._moment):
            raise KilledError


class Process:
    """Clients whose every AWS call Death hears of; a process begun anew remembers nothing else."""

    def __init__(self, place, rows, kms, s3):
        self._place, self._rows, self._kms, self._s3 = place, rows, kms, s3
        self._death = Death()
        for client in (kms, s3, rows.connection.client):
            client.meta.events.register("before-call", lambda **_: self._death.before())
            client.meta.events.register("after-call", lambda **_: self._death.after())

    def begin(self, death=None):
        self._death = death or Death()
        named = self._place.key_ids
        signers = [KmsSigner(self._kms, each, self._place.origin) for each in named]
        return Sequencer(
            self._place.origin,
            heads=LogHeads(self._rows),
            outbox=Outbox(self._rows),
            objects=Bucket(self._place.bucket, self._s3),
            signers=signers,
            known=[signer.key for signer in signers],
        )


def a_place(stack):
    """An empty place of this test's own, where no schedule fires."""
    name = f"seq{next(_names)}"
    bucket = f"{name}-log"
    where = {"LocationConstraint": REGION}
    stack.aws.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    create_all(tables(f"{name}-", REGION, stack.aws.dynamodb_endpoint))
    return Place(stack, f"{name}-", bucket, a_key(stack), ORIGIN)


def a_key(stack):
    """The id of a fresh key that can sign checkpoints."""
    made = stack.aws.client("kms").create_key(
        KeySpec="ECC_NIST_EDWARDS25519", KeyUsage="SIGN_VERIFY"
    )
    return made["KeyMetadata"]["KeyId"]
