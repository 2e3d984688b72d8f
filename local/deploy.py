"""Resources are made from the template by plain boto3 calls, each the first time it is needed.

`Deployment(...).up()` walks the resources; resolving a Ref makes what it names first. A nested
stack is a deployment of its own, whose outputs are its attributes. A type nobody knows stops the
run (`local.resources.LEFT_OUT` is the whole list of exceptions). Errors: `local.resources.making`
and `local.template`.
"""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.aws import ACCOUNT, Aws
from local.resolve import Made, Resolver
from local.resources import LEFT_OUT, MAKERS
from local.resources.making import (
    Kept,
    Place,
    Properties,
    RefusedResourceError,
    UnknownPropertyError,
    UnknownTypeError,
)
from local.template import NESTED, CycleError, Template


class Deployment:
    """One template on its way into the local cloud."""

    def __init__(
        self,
        template: Template,
        aws: Aws,
        stack_name: str,
        parameters: Mapping[str, Any],
        *,
        kept: Kept | None = None,
        real_database: bool = False,
    ) -> None:
        self.kept = kept or Kept()
        self.outputs: dict[str, Any] = {}
        self.made: dict[str, Made] = {}
        self._template = template
        self._aws = aws
        self._stack_name = stack_name
        self._real_database = real_database
        self._making: list[str] = []
        self._resolver = Resolver(template, parameters, self._pseudo(), self._need)

    def up(self) -> "Deployment":
        """Make every resource whose condition holds, then work out the outputs."""
        for logical_id, resource in self._template.resources.items():
            if self._wanted(resource):
                self._need(logical_id)
        for name, output in self._template.outputs.items():
            if self._wanted(output):
                self.outputs[name] = self._resolver.value(output["Value"])
        return self

    def _wanted(self, part: Mapping[str, Any]) -> bool:
        return "Condition" not in part or self._resolver.condition(part["Condition"])

    def _need(self, logical_id: str) -> Made:
        if logical_id in self.made:
            return self.made[logical_id]
        if logical_id in self._making:
            circle = self._making[self._making.index(logical_id) :]
            raise CycleError(f"Resources need one another: {' -> '.join([*circle, logical_id])}.")
        self._making.append(logical_id)
        try:
            self.made[logical_id] = self._make(logical_id)
        finally:
            self._making.pop()
        return self.made[logical_id]

    def _make(self, logical_id: str) -> Made:
        resource = self._template.resources[logical_id]
        earlier = resource.get("DependsOn", [])
        for name in [earlier] if isinstance(earlier, str) else earlier:
            self._need(name)
        kind = resource["Type"]
        if kind in LEFT_OUT:
            return Made(logical_id)
        properties = self._resolver.value(resource.get("Properties", {}))
        if kind in NESTED:
            return self._nested(logical_id, properties)
        if kind not in MAKERS:
            raise UnknownTypeError(
                f"The local stack cannot make {kind} ({logical_id} in {self._template.path.name}): "
                "teach it in local/resources, or give a reason there for leaving it out."
            )
        return self._by_maker(kind, logical_id, properties)

    def _by_maker(self, kind: str, logical_id: str, properties: Properties) -> Made:
        place = Place(
            aws=self._aws,
            template=self._template,
            stack_name=self._stack_name,
            logical_id=logical_id,
            kept=self.kept,
            real_database=self._real_database,
        )
        try:
            made = MAKERS[kind](place, properties)
        except (ClientError, BotoCoreError) as refused:
            raise RefusedResourceError(f"{logical_id} ({kind}): {refused}") from refused
        except KeyError as missing:
            raise RefusedResourceError(f"{logical_id} ({kind}) needs {missing}.") from missing
        if properties:
            unknown = ", ".join(sorted(properties))
            raise UnknownPropertyError(
                f"{logical_id} ({kind}) has properties the local stack does not know: {unknown}."
            )
        return made

    def _nested(self, logical_id: str, properties: Properties) -> Made:
        below = Deployment(
            self._template.nested[logical_id],
            self._aws,
            f"{self._stack_name}-{logical_id}",
            properties.get("Parameters", {}),
            kept=self.kept,
            real_database=self._real_database,
        ).up()
        self.made.update({f"{logical_id}.{name}": made for name, made in below.made.items()})
        outputs = {f"Outputs.{name}": value for name, value in below.outputs.items()}
        return Made(self._aws.arn("cloudformation", f"stack/{self._stack_name}"), outputs)

    def _pseudo(self) -> dict[str, str]:
        return {
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::Region": self._aws.region,
            "AWS::StackId": self._aws.arn("cloudformation", f"stack/{self._stack_name}/local"),
            "AWS::StackName": self._stack_name,
            "AWS::URLSuffix": "amazonaws.com",
        }
