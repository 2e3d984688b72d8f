"""DynamoDB's answers, read as they are written.

botocore walks through every value of every row by its shape, to arrive at what was there before: in
DynamoDB's JSON a value says itself what it is, and only bytes are written otherwise than they are
handed on. That walk is four fifths of what reading a row costs.
"""

from base64 import b64decode
from typing import Any

from botocore.parsers import JSONParser, ResponseParserFactory

AS_IT_IS = frozenset({"S", "N", "BOOL", "NULL", "SS", "NS"})

Typed = dict[str, Any]
"""A value by its type, such as `{"S": "words"}`."""


class Answers(ResponseParserFactory):
    """Makes readers of answers for a session of botocore."""

    def create_parser(self, protocol_name: str) -> Any:
        """Of DynamoDB's protocol our own, of others botocore's."""
        return RowsAsWritten() if protocol_name == "json" else super().create_parser(protocol_name)


class RowsAsWritten(JSONParser):
    """Reads rows without a look at the shapes of their values."""

    def _handle_map(self, shape: Any, value: dict[str, Any]) -> Any:
        if shape.value.name != "AttributeValue":
            return super()._handle_map(shape, value)  # type: ignore[misc] # not in its stubs
        return {name: _value(each) for name, each in value.items()}


def _value(typed: Typed) -> Typed:
    return typed if AS_IT_IS.issuperset(typed) else _with_bytes(typed)


def _with_bytes(typed: Typed) -> Typed:
    [(kind, value)] = typed.items()
    match kind:
        case "B":
            return {kind: b64decode(value)}
        case "BS":
            return {kind: [b64decode(each) for each in value]}
        case "L":
            return {kind: [_value(each) for each in value]}
        case "M":
            return {kind: {name: _value(each) for name, each in value.items()}}
    return typed
