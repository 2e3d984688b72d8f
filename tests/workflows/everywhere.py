"""The record log as whoever has its key reads it, and everything that is kept anywhere, as text."""

import gzip

from shared.recordlog.note import VerifierKey
from shared.recordlog.places import find_place
from shared.recordlog.proof import verify_proof
from shared.recordlog.reader import Log


def sequence(force):
    while force.stack.call("SequenceLog", {}).get("leaves"):
        pass


class Record:
    """The log of the force, as whoever has its key reads it."""

    def __init__(self, force):
        settings = force.stack.environment("SequenceLog")
        self.s3, self.bucket = force.stack.aws.client("s3"), settings["LOG_BUCKET"]
        public = force.stack.aws.client("kms").get_public_key(KeyId=settings["LOG_KEY_ID"])
        self.origin = settings["LOG_ORIGIN"]
        self.known = [VerifierKey(self.origin, public["PublicKey"][12:])]

    def read(self, path):
        try:
            return self.s3.get_object(Bucket=self.bucket, Key=path)["Body"].read()
        except self.s3.exceptions.NoSuchKey:
            return None

    def paths(self, folder=""):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=folder)
        return [each["Key"] for page in pages for each in page.get("Contents", [])]

    def proved(self, leaf_id):
        """The entry of this leaf, after its proof held."""
        log = Log(self.read, self.known, self.origin)
        index = find_place(leaf_id, self.paths, self.read)
        entry = log.entry(index)
        verify_proof(log.prove(index), entry, self.known, self.origin)
        return entry


def everything(force, logs):
    """Every row of every table, every object of every bucket, every letter, every line of a log."""
    tables = force.stack.tables
    rows = [row.serialize() for table in tables.all() for row in table.scan()]
    s3 = force.stack.aws.client("s3")
    found = [repr(rows), *map(str, force.stack.mailbox)]
    for bucket in s3.list_buckets()["Buckets"]:
        for version in s3.list_object_versions(Bucket=bucket["Name"]).get("Versions", []):
            got = s3.get_object(
                Bucket=bucket["Name"], Key=version["Key"], VersionId=version["VersionId"]
            )
            data = got["Body"].read()
            if version["Key"].endswith(".gz"):
                data = gzip.decompress(data)
            found.append(data.decode("utf-8", "replace"))
    found += [each.read_text("utf-8", "replace") for each in logs.rglob("*") if each.is_file()]
    return "\n".join(found)
