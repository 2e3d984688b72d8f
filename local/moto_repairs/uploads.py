"""S3: a form for an upload takes what its policy says, and nothing else, until it ends.

Its signature is not looked at: moto knows no keys. What is, is what S3 refuses of an honest form
that was changed: another key or type, fields the policy does not name, too few or too many bytes.
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from local.moto_repairs.attaching import ClockInUse, module, replace

UNSAID = frozenset({"policy", "x-amz-signature", "file"})
"""Fields that no condition has to name."""

Refusal = tuple[int, dict[str, str], str]


def repair(in_use: ClockInUse) -> None:
    """Attach it."""
    responses = module("s3.responses").S3Response

    def post(self: Any, request: Any, bucket_name: str) -> Any:
        if "policy" in self.form_data:
            refused = _refused(self.form_data, self.body, bucket_name, in_use.clock.now())
            if refused is not None:
                return refused
        return before(self, request, bucket_name)

    before = replace(responses, "_bucket_response_post", post)


def _refused(
    form: Mapping[str, str], body: str | bytes, bucket: str, now: datetime
) -> Refusal | None:
    """Why S3 would not take it, if it would not."""
    policy = json.loads(base64.b64decode(form["policy"]))
    if now >= datetime.fromisoformat(policy["expiration"]):
        return _no(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
    told, named = {**form, "bucket": bucket}, {"bucket"}
    for condition in policy["conditions"]:
        if isinstance(condition, list) and condition[0] == "content-length-range":
            fault = _size_fault(len(body), *condition[1:])
            if fault:
                return fault
            continue
        [(name, wanted)] = _equal(condition)
        named.add(name.lower())
        if told.get(name) != wanted:
            return _no(403, "AccessDenied", f"Invalid according to Policy: {name}")
    extra = {name.lower() for name in form} - named - UNSAID
    if extra:
        return _no(403, "AccessDenied", f"Extra input fields: {', '.join(sorted(extra))}")
    return None


def _equal(condition: Any) -> list[tuple[str, str]]:
    """`{"name": value}`, or `["eq", "$name", value]`."""
    if isinstance(condition, dict):
        return list(condition.items())
    return [(condition[1].removeprefix("$"), condition[2])]


def _size_fault(size: int, least: int, most: int) -> Refusal | None:
    if size < least:
        return _no(400, "EntityTooSmall", "Your proposed upload is smaller than allowed.")
    if size > most:
        return _no(400, "EntityTooLarge", "Your proposed upload exceeds the maximum size.")
    return None


def _no(status: int, code: str, message: str) -> Refusal:
    text = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return status, {"Content-Type": "application/xml"}, text
