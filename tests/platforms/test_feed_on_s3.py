"""The feed adapter keeps the contract on a bucket, and the bucket's errors are told apart."""

from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from moto import mock_aws

from local import moto_repairs
from local.clock import Clock
from publish.feed_shelf import FeedShelf
from shared.platforms.feed.shelf import (
    NoAnswerError,
    NotNowError,
    NotReachedError,
    ShutError,
    TakenError,
)
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.test_feed import FeedContract, a_feed

BUCKET = "feeds"
AT_ONCE = 6
NEARBY = {"region_name": "eu-west-2", "aws_access_key_id": "x", "aws_secret_access_key": "x"}


@pytest.fixture(scope="module")
def client():
    moto_repairs.apply(Clock())
    with mock_aws():
        client = boto3.client("s3", config=Config(max_pool_connections=20), **NEARBY)
        yield client


class TestFeedOnS3(FeedContract):
    @pytest.fixture
    def platform(self, client):
        self.bucket, self.client = f"{BUCKET}-{a_key().lower()}", client
        client.create_bucket(
            Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        return a_feed(FeedShelf(self.bucket, client))

    def seen(self, path):
        try:
            return self.client.get_object(Bucket=self.bucket, Key=path)["Body"].read()
        except self.client.exceptions.NoSuchKey:
            return b""

    def test_six_workers_with_six_posts_lose_none(self, platform):
        frozen = [self.frozen(platform, a_draft(f"Post {place}")) for place in range(AT_ONCE)]

        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(lambda one: platform.send(one, NO_MEDIA), frozen))

        assert sorted(self.standing_texts()) == [f"Post {place}" for place in range(AT_ONCE)]

    def test_readers_are_told_what_they_get_and_for_how_long(self, platform):
        platform.send(platform.prepare(a_draft(), a_key(), now()), NO_MEDIA)

        told = self.client.head_object(Bucket=self.bucket, Key="public/stoke/atom.xml")

        assert told["ContentType"] == "application/atom+xml; charset=utf-8"
        assert told["CacheControl"] == "public, max-age=60"

    def test_what_was_seen_and_is_gone_is_told_as_taken(self, platform):
        shelf = FeedShelf(self.bucket, self.client)
        shelf.write("a", b"1", "text/plain", None)
        seen = shelf.read("a")
        shelf.write("a", b"2", "text/plain", seen)

        for expected in (seen, None):
            with pytest.raises(TakenError):
                shelf.write("a", b"3", "text/plain", expected)
        self.client.delete_object(Bucket=self.bucket, Key="a")
        with pytest.raises(TakenError):
            shelf.write("a", b"3", "text/plain", seen)


@pytest.mark.parametrize(
    ("code", "status", "meaning"),
    [
        ("SlowDown", 503, NotNowError),
        ("AccessDenied", 403, ShutError),
        ("InternalError", 500, NoAnswerError),
        ("RequestTimeout", 400, NotNowError),
        ("NoSuchBucket", 404, ShutError),
        ("AnythingElse", 400, NoAnswerError),
        ("ConditionalRequestConflict", 409, TakenError),
    ],
)
def test_each_answer_of_s3_has_its_meaning(code, status, meaning):
    client = boto3.client("s3", config=Config(retries={"total_max_attempts": 1}), **NEARBY)
    with Stubber(client) as stub:
        stub.add_client_error("put_object", code, http_status_code=status)

        with pytest.raises(meaning):
            FeedShelf(BUCKET, client).write("a", b"1", "text/plain", None)


def test_nobody_listening_is_told_apart_from_silence():
    quick = Config(retries={"total_max_attempts": 1}, connect_timeout=1, read_timeout=1)
    client = boto3.client("s3", endpoint_url="http://127.0.0.1:9", config=quick, **NEARBY)

    with pytest.raises(NotReachedError):
        FeedShelf(BUCKET, client).read("a")
