"""S3: a COMPLIANCE retention can be read and lengthened, never shortened or made GOVERNANCE.

Who deletes a version is held by what the bucket's policy says of versions; moto takes it for a
delete marker. A statement with a condition is left out: nobody here knows who asks.

And `If-None-Match: *` and `If-Match` are kept when two writers arrive at the same instant: exactly
one wins. When an object was written, and until when it is kept, goes by the clock.
"""

import json
import threading
from datetime import UTC, datetime
from typing import Any

from local.moto_repairs.attaching import ClockInUse, module, replace


def repair(in_use: ClockInUse) -> None:
    """Attach all of it."""
    _repair_dates(in_use)
    _repair_retention()
    _repair_reading_retention()
    _repair_conditional_puts()
    _repair_deleting_versions()


def _repair_dates(in_use: ClockInUse) -> None:
    replace(module("s3.models"), "utcnow", lambda: in_use.clock.now().replace(tzinfo=None))


def _repair_retention() -> None:
    models, errors = module("s3.models"), module("s3.exceptions")

    def retain(
        self: Any, bucket_name: str, key_name: str, version_id: str | None, retention: Any
    ) -> None:
        key = self.get_object(bucket_name, key_name, version_id=version_id)
        mode, until = retention
        if key is not None and key.lock_mode == "COMPLIANCE" and key.is_locked(False):
            kept = mode == "COMPLIANCE" and until and _moment(until) >= _moment(key.lock_until)
            if not kept:
                raise errors.AccessDeniedByLock
        before(self, bucket_name, key_name, version_id, retention)

    before = replace(models.S3Backend, "put_object_retention", retain)


def _repair_reading_retention() -> None:
    """GetObjectRetention, which moto answers with an internal error."""
    responses, errors = module("s3.responses").S3Response, module("s3.exceptions")
    results = module("core.responses")

    def get(self: Any, query: Any, key_name: str) -> Any:
        if "retention" not in query:
            return before(self, query, key_name)
        key, _ = self._get_key()
        if not key.lock_mode:
            raise errors.S3ClientError(
                "NoSuchObjectLockConfiguration", "The object is under no retention"
            )
        self.data["Action"] = "GetObjectRetention"
        retention = {"Mode": key.lock_mode, "RetainUntilDate": _moment(key.lock_until)}
        return self.serialized(results.ActionResult({"Retention": retention}))

    before = replace(responses, "_key_response_get", get)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _repair_conditional_puts() -> None:
    responses = module("s3.responses").S3Response
    writing = threading.Lock()

    def put(self: Any) -> Any:
        if not (self.headers.get("If-None-Match") or self.headers.get("If-Match")):
            return before(self)
        with writing:
            return before(self)

    before = replace(responses, "put_object", put)


def _repair_deleting_versions() -> None:
    responses, models = module("s3.responses").S3Response, module("s3.models").FakeBucket
    policies = module("iam.access_control")
    here = threading.local()

    def key_response(self: Any, request: Any, full_url: str) -> Any:
        here.is_version = request.method == "DELETE" and "versionId=" in full_url
        try:
            return answer_before(self, request, full_url)
        finally:
            here.is_version = False

    def get_permission(self: Any, action: str, resource: str) -> Any:
        if self.policy is None or not getattr(here, "is_version", False):
            return ask_before(self, action, resource)
        said = json.loads(self.policy)
        plain = [each for each in said["Statement"] if "Condition" not in each]
        policy = policies.IAMPolicy(json.dumps({**said, "Statement": plain}))
        return policy.is_action_permitted("s3:DeleteObjectVersion", resource)

    answer_before = replace(responses, "_key_response", key_response)
    ask_before = replace(models, "get_permission", get_permission)
