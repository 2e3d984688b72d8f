"""The sequencer on the local stack: real rows, real objects, a KMS key, and death at every call."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count

import pytest

from archive.bucket import Bucket, ObjectTakenError
from archive.sequencing.sequence import drain
from archive.sequencing.signing import KmsSigner, WrongKeyError
from local.stack import Stack
from shared.recordlog.proof import verify_proof
from shared.recordlog.reader import Log
from shared.records.errors import HeadMovedError
from tests.workflows.sequencing import ORIGIN, Death, KilledError, Place, a_place


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        yield running


@pytest.fixture
def place(stack):
    return a_place(stack)


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
