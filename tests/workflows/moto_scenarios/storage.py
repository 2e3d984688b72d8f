"""DynamoDB under many threads, transactions, S3 object lock and conditional puts."""

import json
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import moto.dynamodb.models.table
from botocore.exceptions import ClientError
from moto.dynamodb.models import DynamoDBBackend
from moto.s3.models import S3Backend
from urllib3 import PoolManager

from tests.workflows.moto_scenarios.cloud import PATIENCE, Cloud, meet, outcome, together

ABSENT = "attribute_not_exists(id)"


class Table:
    """A table with the key `id`."""

    def __init__(self, cloud: Cloud) -> None:
        self.database = cloud.client("dynamodb")
        self.name = f"table-{uuid4().hex}"
        self.database.create_table(
            TableName=self.name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def put(self, key: str, condition: str = "", **other: Any) -> dict[str, Any]:
        """A Put of a transaction."""
        order = {"TableName": self.name, "Item": {"id": {"S": key}} | other}
        return {"Put": order | ({"ConditionExpression": condition} if condition else {})}

    def update(self, key: str, expression: str, **values: Any) -> dict[str, Any]:
        """An Update of a transaction."""
        order = {"TableName": self.name, "Key": {"id": {"S": key}}, "UpdateExpression": expression}
        return {"Update": order | {"ExpressionAttributeValues": values}}

    def transact(self, *items: dict[str, Any], **other: Any) -> list[Any]:
        """The reasons it was cancelled for, the code it was refused with, or ["accepted"]."""
        try:
            self.database.transact_write_items(TransactItems=list(items), **other)
        except ClientError as error:
            reasons = error.response.get("CancellationReasons")
            return (
                [_reason(one) for one in reasons] if reasons else [error.response["Error"]["Code"]]
            )
        return ["accepted"]

    def ids(self) -> list[str]:
        return sorted(item["id"]["S"] for item in self.database.scan(TableName=self.name)["Items"])


def _reason(one: dict[str, Any]) -> Any:
    return [one["Code"], one["Item"]] if "Item" in one else one["Code"]


def conditional_puts_at_once(cloud: Cloud) -> list[str]:
    """Two writers of a thing that may be written once: one wins."""
    table, meeting, said = Table(cloud), threading.Barrier(2), []
    before = moto.dynamodb.models.table.get_filter_expression

    def wait(*asked: Any) -> Any:
        meet(meeting, cloud)
        return before(*asked)

    def write() -> None:
        order = {"TableName": table.name, "Item": {"id": {"S": "once"}}}
        said.append(outcome(table.database.put_item, ConditionExpression=ABSENT, **order))

    moto.dynamodb.models.table.get_filter_expression = wait
    try:
        together(write)
    finally:
        moto.dynamodb.models.table.get_filter_expression = before
    return sorted(said)


def cancelled_transaction_beside_a_write(cloud: Cloud) -> list[str]:
    """A transaction that is cancelled does not undo what another wrote meanwhile."""
    table = Table(cloud)
    table.transact(table.put("taken"))
    before = DynamoDBBackend.get_item
    other = threading.Thread(target=lambda: table.transact(table.put("other")))

    def meanwhile(self: Any, *asked: Any, **named: Any) -> Any:
        DynamoDBBackend.get_item = before
        other.start()
        other.join(0.3 if cloud.repaired else PATIENCE)
        return before(self, *asked, **named)

    DynamoDBBackend.get_item = meanwhile
    try:
        table.transact(table.put("mine"), table.put("taken", ABSENT))
    finally:
        DynamoDBBackend.get_item = before
    other.join(20)
    return table.ids()


def transaction_cancelled_by_a_condition(cloud: Cloud) -> list[Any]:
    """Every item's reason in its place, the item that stood in the way shown where asked for."""
    table = Table(cloud)
    table.transact(table.put("taken", state={"S": "pending"}))
    wanted = table.put("taken", ABSENT)
    wanted["Put"]["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return [*table.transact(table.put("new"), wanted, table.put("more")), table.ids()]


def transaction_that_cannot_be_carried_out(cloud: Cloud) -> list[Any]:
    """An update that does not fit its item is that item's reason, and nothing is written."""
    table = Table(cloud)
    table.transact(table.put("text", n={"S": "not a number"}))
    odd = table.update("text", "SET n = n + :one", **{":one": {"N": "1"}})
    return [*table.transact(table.put("new"), odd), table.ids()]


def one_item_twice(cloud: Cloud) -> list[Any]:
    """A transaction touches an item once."""
    table = Table(cloud)
    return [*table.transact(table.put("same"), table.put("same")), table.ids()]


def transaction_repeated_with_its_token(cloud: Cloud) -> list[Any]:
    """A repeat after a lost answer is the same transaction; another under its token is refused."""
    table, token = Table(cloud), uuid4().hex
    items = table.put("one", ABSENT), table.put("two", ABSENT)
    first = table.transact(*items, ClientRequestToken=token)
    second = table.transact(*items, ClientRequestToken=token)
    third = table.transact(table.put("three"), ClientRequestToken=token)
    return first + second + third


def update_that_fails_half_way(cloud: Cloud) -> list[Any]:
    """An item that would grow too large stays as it was."""
    table = Table(cloud)
    table.transact(table.put("item", n={"N": "1"}))
    said = outcome(
        table.database.update_item,
        TableName=table.name,
        Key={"id": {"S": "item"}},
        UpdateExpression="SET n = :two, big = :big",
        ExpressionAttributeValues={":two": {"N": "2"}, ":big": {"S": "x" * 410_000}},
    )
    item = table.database.get_item(TableName=table.name, Key={"id": {"S": "item"}})["Item"]
    return [said, sorted(item), item["n"]["N"]]


def _bucket(cloud: Cloud, *, lock: bool) -> str:
    name = f"bucket-{uuid4().hex}"
    cloud.client("s3").create_bucket(
        Bucket=name,
        ObjectLockEnabledForBucket=lock,
        CreateBucketConfiguration={"LocationConstraint": "eu-west-2"},
    )
    return name


def compliance_retention(cloud: Cloud) -> list[str]:
    """Shorter: no. GOVERNANCE: no. Longer: yes."""
    s3, now, bucket = cloud.client("s3"), cloud.now(), _bucket(cloud, lock=True)
    days = {days: now + timedelta(days=days) for days in (1, 10, 20)}
    lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": days[10]}
    s3.put_object(Bucket=bucket, Key="bag", Body=b"x", ChecksumAlgorithm="SHA256", **lock)
    wanted = [("COMPLIANCE", 1), ("GOVERNANCE", 20), ("COMPLIANCE", 20)]
    return [
        outcome(
            s3.put_object_retention,
            Bucket=bucket,
            Key="bag",
            Retention={"Mode": mode, "RetainUntilDate": days[until]},
        )
        for mode, until in wanted
    ]


def retention_is_shown(cloud: Cloud) -> list[str]:
    """An object says until when it is kept, and one that is not says so."""
    s3, bucket, other = cloud.client("s3"), _bucket(cloud, lock=True), _bucket(cloud, lock=True)
    s3.put_object(Bucket=other, Key="loose", Body=b"x")
    rule = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 3}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=lock)
    s3.put_object(Bucket=bucket, Key="bag", Body=b"x")
    loose = outcome(s3.get_object_retention, Bucket=other, Key="loose")
    if outcome(s3.get_object_retention, Bucket=bucket, Key="bag") != "accepted":
        return [loose, "nothing shown"]
    shown = s3.get_object_retention(Bucket=bucket, Key="bag")["Retention"]
    days = (shown["RetainUntilDate"] - cloud.now()).days
    return [loose, f"{shown['Mode']} for {days} whole days"]


def objects_follow_the_clock(cloud: Cloud) -> list[bool]:
    """When it was written, and that it is let go, go by the clock."""
    s3, bucket = cloud.client("s3"), _bucket(cloud, lock=True)
    until = cloud.now() + timedelta(days=2)
    lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}
    kept = s3.put_object(Bucket=bucket, Key="old", Body=b"x", **lock)["VersionId"]
    cloud.clock.advance(timedelta(days=3))
    s3.put_object(Bucket=bucket, Key="new", Body=b"x")
    written = [each["LastModified"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    gone = outcome(s3.delete_object, Bucket=bucket, Key="old", VersionId=kept)
    return [abs(written[0] - written[1]) > timedelta(days=2), gone == "accepted"]


def versions_by_the_policy(cloud: Cloud) -> list[str]:
    """Where markers are forbidden a version goes all the same, unless versions are as well."""
    s3, bucket = cloud.client("s3"), _bucket(cloud, lock=True)
    bags, notes = f"arn:aws:s3:::{bucket}/*", f"arn:aws:s3:::{bucket}/note/*"
    denied = (("s3:DeleteObject", bags), ("s3:DeleteObjectVersion", notes))
    statements = [
        {"Effect": "Deny", "Principal": "*", "Action": [action], "Resource": [target]}
        for action, target in denied
    ]
    kept = {
        path: s3.put_object(Bucket=bucket, Key=path, Body=b"x")["VersionId"]
        for path in ("bag", "note/bag")
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    return [
        outcome(s3.delete_object, Bucket=bucket, Key="bag"),
        outcome(s3.delete_object, Bucket=bucket, Key="bag", VersionId=kept["bag"]),
        outcome(s3.delete_object, Bucket=bucket, Key="note/bag", VersionId=kept["note/bag"]),
    ]


def conditional_objects_at_once(cloud: Cloud) -> list[str]:
    """Two writers of an object that may be written once: one wins."""
    return _two_writers(cloud, _bucket(cloud, lock=False), IfNoneMatch="*")


def replaced_objects_at_once(cloud: Cloud) -> list[str]:
    """Two writers who saw the same object and write another in its place: one wins."""
    bucket = _bucket(cloud, lock=False)
    seen = cloud.client("s3").put_object(Bucket=bucket, Key="head", Body=b"seen")["ETag"]
    return _two_writers(cloud, bucket, IfMatch=seen)


def _two_writers(cloud: Cloud, bucket: str, **condition: str) -> list[str]:
    meeting, said = threading.Barrier(2), []
    before = S3Backend.put_object

    def wait(self: Any, *asked: Any, **named: Any) -> Any:
        meet(meeting, cloud)
        return before(self, *asked, **named)

    def write() -> None:
        put = cloud.client("s3").put_object
        said.append(outcome(put, Bucket=bucket, Key="head", Body=b"x", **condition))

    S3Backend.put_object = wait
    try:
        together(write)
    finally:
        S3Backend.put_object = before
    return sorted(said)


def changed_forms(cloud: Cloud) -> list[str]:
    """A form as it was signed; with another key; with a field more; too large; too late."""
    s3, bucket = cloud.client("s3"), _bucket(cloud, lock=False)
    # botocore signs by the wall; the scenarios before this one have turned the clock.
    ahead = int(cloud.clock.offset.total_seconds())

    def sent(size: int = 3, seconds: int = 60, **other: str) -> str:
        limits, ends = [["content-length-range", 1, 5]], ahead + seconds
        form = s3.generate_presigned_post(bucket, "a", Conditions=limits, ExpiresIn=ends)
        fields = {**form["fields"], **other, "file": ("a.bin", b"x" * size, "text/plain")}
        answer = PoolManager().request("POST", form["url"], fields=fields, retries=False)
        return "accepted" if answer.status < 300 else str(answer.status)

    return [sent(), sent(key="b"), sent(acl="public-read"), sent(size=6), sent(seconds=-60)]


SCENARIOS = (
    changed_forms,
    conditional_puts_at_once,
    cancelled_transaction_beside_a_write,
    transaction_cancelled_by_a_condition,
    transaction_that_cannot_be_carried_out,
    one_item_twice,
    transaction_repeated_with_its_token,
    update_that_fails_half_way,
    compliance_retention,
    retention_is_shown,
    objects_follow_the_clock,
    versions_by_the_policy,
    conditional_objects_at_once,
    replaced_objects_at_once,
)
