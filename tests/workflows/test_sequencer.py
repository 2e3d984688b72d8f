"""The sequencer on the local stack: real rows, real objects, a KMS key, and death at every call."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count

import boto3
import pytest
from botocore.config import Config

from archive.bucket import Bucket, ObjectTakenError
from archive.sequence import Sequencer, drain
from archive.signing import KmsSigner, WrongKeyError
from local.aws import REGION
from local.stack import Stack
from shared.recordlog.leaf import read_envelope, verify_payload
from shared.recordlog.places import find_place
from shared.recordlog.proof import verify_proof
from shared.recordlog.reader import Log, verify_log
from shared.records.errors import HeadMovedError
from shared.records.log import recording
from shared.records.loghead import LogHeads
from shared.records.outbox import Outbox
from shared.records.payloads import Payloads
from shared.records.tables import create_all, tables
from shared.records.transaction import commit
from tests.builders import a_pen, an_act

ORIGIN = "test.bluelamp.example/log"
ONCE = Config(retries={"total_max_attempts": 1})
_names = count(1)


class KilledError(Exception):
    """The process died here."""


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        yield running


class Place:
    """A bucket with its tables and key: one log, and whoever writes it."""

    def __init__(self, stack, prefix, bucket, key_id, origin):
        self.stack, self.prefix, self.bucket = stack, prefix, bucket
        self.key_id, self.origin = key_id, origin
        self.tables = self.new_tables()
        self.s3 = stack.aws.client("s3")
        self.key = KmsSigner(stack.aws.client("kms"), key_id, origin).key

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
        found = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=folder)
        return [each["Key"] for each in found.get("Contents", [])]

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
        signer = KmsSigner(self._kms, self._place.key_id, self._place.origin)
        return Sequencer(
            self._place.origin,
            heads=LogHeads(self._rows),
            outbox=Outbox(self._rows),
            objects=Bucket(self._place.bucket, self._s3),
            signers=(signer,),
            known=(signer.key,),
        )


@pytest.fixture
def place(stack):
    """An empty place of this test's own, where no schedule fires."""
    name = f"seq{next(_names)}"
    bucket = f"{name}-log"
    where = {"LocationConstraint": REGION}
    stack.aws.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    key = stack.aws.client("kms").create_key(
        KeySpec="ECC_NIST_EDWARDS25519", KeyUsage="SIGN_VERIFY"
    )
    create_all(tables(f"{name}-", REGION, stack.aws.dynamodb_endpoint))
    return Place(stack, f"{name}-", bucket, key["KeyMetadata"]["KeyId"], ORIGIN)


def test_the_scheduled_function_takes_in_what_waits_and_everything_proves(stack):
    settings = stack.environment("SequenceLog")
    place = Place(
        stack,
        settings["TABLE_PREFIX"],
        settings["LOG_BUCKET"],
        settings["LOG_KEY_ID"],
        settings["LOG_ORIGIN"],
    )
    place.record(7)

    while place.waiting():
        stack.call("SequenceLog", {})

    place.require_whole()
    log = Log(place.read, [place.key], place.origin)
    for index in range(log.checkpoint.size):
        verify_proof(log.prove(index), log.entry(index), [place.key], place.origin)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_every_aws_call_it_loses_nothing_and_repeats_nothing(place, moment):
    process = place.process()
    for kill_at in count(1):
        place.record(2)
        death = Death(kill_at, moment)
        try:
            process.begin(death).run()
        except KilledError:
            assert {*place.leaf_ids(), *place.waiting()} == set(place.recorded())
        else:
            break
        process.begin().run()
        assert place.waiting() == []

    assert death.calls > 12
    place.require_whole()


def test_two_at_once_make_one_log(place):
    place.record(3)
    place.process().begin().run()

    def work():
        process = place.process()
        for _ in range(6):
            place.record(1)
            with suppress(HeadMovedError):
                drain(process.begin())

    with ThreadPoolExecutor(2) as pool:
        workers = [pool.submit(work), pool.submit(work)]
    for worker in workers:
        worker.result()
    drain(place.process().begin())

    assert len(place.recorded()) == 15
    place.require_whole()


def test_the_bucket_keeps_its_conditions(place):
    bucket = Bucket(place.bucket, place.s3)
    assert bucket.read("checkpoint") is None

    bucket.create("checkpoint", b"one")
    seen = bucket.read("checkpoint")
    with pytest.raises(ObjectTakenError):
        bucket.create("checkpoint", b"two")
    with pytest.raises(ObjectTakenError):
        bucket.replace("checkpoint", b"two", None)
    bucket.replace("checkpoint", b"two", seen)
    with pytest.raises(ObjectTakenError) as caught:
        bucket.replace("checkpoint", b"three", seen)

    assert caught.value.path == "checkpoint"
    assert bucket.read("checkpoint").data == b"two"
    answer = place.s3.head_object(Bucket=place.bucket, Key="checkpoint")
    assert answer["ContentType"] == "text/plain; charset=utf-8"


def test_a_key_of_another_kind_signs_no_checkpoints(stack):
    kms = stack.aws.client("kms")
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")

    with pytest.raises(WrongKeyError):
        KmsSigner(kms, key["KeyMetadata"]["KeyId"], ORIGIN)
