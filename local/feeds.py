"""The feeds as the public would fetch them: the public half of their bucket, nothing else of it."""

from botocore.exceptions import ClientError

from local.aws import Aws

PUBLIC = "public/"


def fetched(aws: Aws, bucket: str, path: str) -> tuple[bytes, str] | None:
    """The object at a public address and its type, or None."""
    try:
        answer = aws.client("s3").get_object(Bucket=bucket, Key=PUBLIC + path)
    except ClientError:
        return None
    return answer["Body"].read(), answer["ContentType"]
