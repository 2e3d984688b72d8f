"""DynamoDB's answers are read as botocore reads them, with less work."""

import json
from base64 import b64encode

import pytest
from botocore.parsers import JSONParser, ResponseParserFactory
from botocore.session import get_session
from hypothesis import given
from hypothesis import strategies as st

from shared.records.answers import Answers

MODEL = get_session().get_service_model("dynamodb")
WORDS = st.text(max_size=8)
WRITTEN = st.binary(max_size=8).map(lambda held: b64encode(held).decode())

SIMPLE = (
    st.fixed_dictionaries({"S": WORDS})
    | st.fixed_dictionaries({"N": st.integers().map(str)})
    | st.fixed_dictionaries({"B": WRITTEN})
    | st.fixed_dictionaries({"BOOL": st.booleans()})
    | st.just({"NULL": True})
    | st.fixed_dictionaries({"SS": st.lists(WORDS, min_size=1, max_size=3)})
    | st.fixed_dictionaries({"NS": st.lists(st.integers().map(str), min_size=1, max_size=3)})
    | st.fixed_dictionaries({"BS": st.lists(WRITTEN, min_size=1, max_size=3)})
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.fixed_dictionaries({"L": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"M": st.dictionaries(WORDS, inner, max_size=3)})
    ),
    max_leaves=6,
)
ROWS = st.dictionaries(WORDS, VALUES, max_size=4)


def read_by(parser, operation, fields, status=200):
    answer = {"body": json.dumps(fields).encode(), "status_code": status, "headers": {}}
    return parser.parse(answer, MODEL.operation_model(operation).output_shape)


@given(st.lists(ROWS, max_size=3))
def test_rows_are_what_botocore_makes_of_them(rows):
    for operation, fields in (
        ("Query", {"Items": rows, "Count": len(rows)}),
        ("BatchGetItem", {"Responses": {"posts": rows}, "UnprocessedKeys": {}}),
        ("GetItem", {"Item": rows[0]} if rows else {}),
    ):
        plain = read_by(Answers().create_parser("json"), operation, fields)
        assert plain == read_by(JSONParser(), operation, fields)


@given(ROWS)
def test_what_a_refused_transaction_tells_is_what_botocore_makes_of_it(row):
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": row}]
    fields = {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "CancellationReasons": reasons,
    }

    refused = read_by(Answers().create_parser("json"), "TransactWriteItems", fields, status=400)

    assert refused == read_by(JSONParser(), "TransactWriteItems", fields, status=400)


@pytest.mark.parametrize("protocol", ["query", "rest-json", "rest-xml", "ec2"])
def test_other_protocols_are_left_to_botocore(protocol):
    made = Answers().create_parser(protocol)

    assert type(made) is type(ResponseParserFactory().create_parser(protocol))


def test_what_has_no_known_type_is_handed_on():
    told = read_by(Answers().create_parser("json"), "GetItem", {"Item": {"new": {"ZZ": 1}}})

    assert told["Item"] == {"new": {"ZZ": 1}}
