"""EventBridge rules: one without a pattern matches nothing, and functions and machines are targets.

moto lets a rule that has only a schedule match every event, and gives up on targets it does not
know. Schedules themselves are `local.schedules`' business.
"""

import json
import re
from typing import Any
from uuid import uuid4

from requests.structures import CaseInsensitiveDict

from local.moto_repairs.attaching import module, replace

TARGET = re.compile(r"arn:aws:(lambda|states):(?P<region>[^:]+):(?P<account>\d{12}):.+")


def repair() -> None:
    """Attach both."""
    models = module("events.models")

    def send(self: Any, original_event: Any, transform_input: bool = True) -> None:  # noqa: FBT001, FBT002 - moto's own
        pattern = self.event_pattern
        if not pattern.get_pattern() or not pattern.matches_event(original_event):
            return
        ours = [target for target in self.targets if TARGET.match(target["Arn"])]
        for target in ours:
            _deliver(target, original_event)
        everything, self.targets = self.targets, [t for t in self.targets if t not in ours]
        try:
            before(self, original_event, transform_input)
        finally:
            self.targets = everything

    before = replace(models.Rule, "send_to_targets", send)


def _deliver(target: dict[str, Any], event: Any) -> None:
    """Hand the event to a function (not waiting for it) or start a state machine with it."""
    arn = target["Arn"]
    form = TARGET.fullmatch(arn)
    if form is None:
        return
    payload = target.get("Input") or json.dumps(event)
    if form[1] == "states":
        backends = module("stepfunctions.parser.models").stepfunctions_parser_backends
        backend = backends[form["account"]][form["region"]]
        backend.start_execution(arn, str(uuid4()), payload)
        return
    function = module("awslambda.models").lambda_backends[form["account"]][form["region"]]
    headers = CaseInsensitiveDict({"X-Amz-Invocation-Type": "Event"})
    function.get_function(arn).invoke(payload, headers, {})
