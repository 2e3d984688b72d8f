"""Every service: what is held in memory of what was sent or put, and for how long."""

import gc
import weakref
from typing import Any

from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.stepfunctions.parser.utils import TMP_THREADS

from local.aws import ACCOUNT, REGION
from tests.workflows.moto_scenarios.cloud import Cloud

RAW = "From: a@kept.example\r\nTo: b@kept.example\r\nSubject: Kept\r\n\r\nWords.\r\n"
BUCKET = "kept-objects"


def what_is_kept_of_a_mail(cloud: Cloud) -> list[bool]:
    """Whether its words are held in memory, can be read, and it is noted for ever."""
    mails = cloud.client("sesv2")
    mails.create_email_identity(EmailIdentity="kept.example")
    mails.send_email(
        FromEmailAddress="a@kept.example",
        Destination={"ToAddresses": ["b@kept.example"]},
        Content={"Raw": {"Data": RAW.encode()}},
    )
    sent = ses_backends[ACCOUNT][REGION].sent_messages[-1]
    return ["raw_data" in vars(sent), "Words." in sent.raw_data, _is_noted(sent)]


def what_is_kept_of_an_object(cloud: Cloud) -> list[Any]:
    """Whether its bytes are held in memory, and what is read: whole, in part, put anew, empty."""
    s3 = cloud.client("s3")
    where = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)

    def read(**part: str) -> str:
        return str(s3.get_object(Bucket=BUCKET, Key="one", **part)["Body"].read().decode())

    seen = []
    for words in ("the first words", "others", ""):
        tag = s3.put_object(Bucket=BUCKET, Key="one", Body=words.encode())["ETag"]
        seen += [read(), tag == s3.head_object(Bucket=BUCKET, Key="one")["ETag"]]
        if words:
            seen += [read(Range="bytes=2-4")]
    kept = s3_backends[ACCOUNT]["aws"].get_bucket(BUCKET).keys["one"]
    return [type(vars(kept)["_value_buffer"]).__module__ == "tempfile", *seen]


def object_that_was_replaced(cloud: Cloud) -> bool:
    """Whether it is still in memory after another was put in its place."""
    s3 = cloud.client("s3")
    s3.put_object(Bucket=BUCKET, Key="two", Body=b"words")
    replaced = weakref.ref(s3_backends[ACCOUNT]["aws"].get_bucket(BUCKET).keys["two"])
    s3.put_object(Bucket=BUCKET, Key="two", Body=b"others")
    gc.collect()
    return replaced() is not None


def threads_that_have_run(cloud: Cloud) -> bool:
    """Whether any of an execution is kept once it is over."""
    cloud.end(cloud.start({"Once": {"Type": "Pass", "End": True}}))
    return bool(TMP_THREADS)


def _is_noted(model: Any) -> bool:
    return model in type(model).instances_tracked


SCENARIOS = (
    what_is_kept_of_a_mail,
    what_is_kept_of_an_object,
    object_that_was_replaced,
    threads_that_have_run,
)
