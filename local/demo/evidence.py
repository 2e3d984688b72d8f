"""Looks at what happened from outside: what the Bluesky server shows, what the log proves."""

import json

from local.demo.caller import Caller
from local.stack import Stack
from shared.recordlog.note import VerifierKey
from shared.recordlog.proof import verify_proof
from shared.recordlog.reader import Log, verify_log

PUBLIC_KEY_HEADER = 12
"""Bytes before the 32 of an Ed25519 key in its DER form (RFC 8410)."""


def texts_on_server(server: str, handle: str) -> list[str]:
    """The texts of all posts of an account, as the server gives them to anybody."""
    anybody, texts, cursor = Caller(server), [], ""
    while True:
        query = f"repo={handle}&collection=app.bsky.feed.post&limit=100&cursor={cursor}"
        page = anybody.get(f"/xrpc/com.atproto.repo.listRecords?{query}").json()
        texts += [str(record["value"]["text"]) for record in page["records"]]
        cursor = page.get("cursor", "")
        if not cursor or not page["records"]:
            return texts


def sequence_all(stack: Stack) -> None:
    """Let the log take up whatever waits."""
    while stack.call("SequenceLog", {}).get("leaves", 0):
        pass


def verified_leaves(stack: Stack) -> tuple[int, int]:
    """How many leaves the signed log has, and how many of them were proved one by one."""
    settings = stack.environment("SequenceLog")
    s3, bucket = stack.aws.client("s3"), settings["LOG_BUCKET"]

    def read(path: str) -> bytes | None:
        try:
            body: bytes = s3.get_object(Bucket=bucket, Key=path)["Body"].read()
        except s3.exceptions.NoSuchKey:
            return None
        return body

    kms, origin = stack.aws.client("kms"), settings["LOG_ORIGIN"]
    public = [kms.get_public_key(KeyId=k)["PublicKey"] for k in settings["LOG_KEY_ID"].split(",")]
    known = tuple(VerifierKey(origin, each[PUBLIC_KEY_HEADER:]) for each in public)
    whole = verify_log(read, known, origin)
    log, proved = Log(read, known, origin), 0
    for index in range(whole.size):
        entry = log.entry(index)
        json.loads(entry)
        verify_proof(log.prove(index), entry, known, origin)
        proved += 1
    return whole.size, proved
