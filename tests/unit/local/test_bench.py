"""The bench's arithmetic: what keeps a budget, what a call costs, whose calls are counted."""

import io
import json
from collections import Counter

import pytest

from local.bench import costs, row
from local.bench.record_log import TILE_READS, _most_tile_reads
from local.bench.telling import print_table, write
from local.bench.traffic import Call, Traffic
from local.bench.usage import UnpricedError, tables_of, usage_of

TABLES = {"posts": 3, "outbox": 0}
OF_A_FUNCTION = "Boto3/1.44 exec-env/AWS_Lambda_python3.11 Botocore/1.44"
OF_THE_BENCH = "Boto3/1.44 Botocore/1.44"


class TestRow:
    @pytest.mark.parametrize(
        ("made", "met", "ratio"),
        [
            (row.at_most("calls", 30, "calls", 30), True, 1.0),
            (row.at_most("calls", 31, "calls", 30), False, 31 / 30),
            (row.at_least("rate", 2_000, "posts/s", 2_000), True, 1.0),
            (row.at_least("rate", 1_999, "posts/s", 2_000), False, 1_999 / 2_000),
            (row.times("start", 0.27, "s", row.Yardstick("alone", 0.2), 1.35), True, 1.35),
            (row.times("start", 0.28, "s", row.Yardstick("alone", 0.2), 1.35), False, 1.4),
        ],
    )
    def test_a_budget_is_kept_up_to_its_very_figure(self, made, met, ratio):
        assert made.met is met
        assert made.ratio == pytest.approx(ratio)

    def test_a_row_in_the_file_has_the_fields_that_programs_rely_on(self, tmp_path):
        write([row.at_most("calls", 29, "calls", 30, "all of them")], tmp_path / "made" / "b.json")

        [read] = json.loads((tmp_path / "made" / "b.json").read_text())

        assert list(read) == ["name", "value", "unit", "yardstick", "ratio", "budget", "met"]
        assert (read["value"], read["budget"], read["met"]) == (29, "<= 30 calls", True)

    def test_the_table_marks_what_was_not_kept(self, capsys):
        print_table([row.at_most("calls", 31, "calls", 30), row.at_most("size", 1, "MB", 90)])

        kept_not, kept = capsys.readouterr().out.splitlines()

        assert kept_not.startswith("✗ calls")
        assert kept.startswith("✓ size")


class TestUsage:
    @pytest.mark.parametrize(
        ("operation", "request_", "units"),
        [
            ("GetItem", {"TableName": "posts"}, {"dynamodb read unit": 1}),
            (
                "BatchGetItem",
                {"RequestItems": {"posts": {"Keys": [{}, {}]}, "outbox": {"Keys": [{}]}}},
                {"dynamodb read unit": 3},
            ),
            ("Scan", {"TableName": "posts"}, {"dynamodb read unit": 100}),
            ("PutItem", {"TableName": "outbox", "Item": {}}, {"dynamodb write unit": 1}),
            # An index entry is taken away and put anew: 1 + 3 indexes x 2.
            ("UpdateItem", {"TableName": "posts"}, {"dynamodb write unit": 7}),
            (
                "TransactWriteItems",
                {"TransactItems": [{"Put": {"TableName": "outbox", "Item": {"a": "x" * 1100}}}]},
                {"dynamodb write unit": 4},
            ),
        ],
    )
    def test_a_call_to_the_database_costs_its_units(self, operation, request_, units):
        assert usage_of([Call("dynamodb", operation, request_)], TABLES) == Counter(units)

    @pytest.mark.parametrize(
        ("request_", "tables"),
        [
            ({"TableName": "posts"}, {"posts"}),
            ({"RequestItems": {"posts": {}, "links": {}}}, {"posts", "links"}),
            ({"TransactItems": [{"Put": {"TableName": "outbox"}}]}, {"outbox"}),
        ],
    )
    def test_every_table_that_a_call_is_about_is_found(self, request_, tables):
        assert tables_of(request_) == tables

    def test_an_updated_item_is_as_large_as_the_largest_that_was_put(self):
        put = {"TransactItems": [{"Put": {"TableName": "outbox", "Item": {"a": "x" * 2100}}}]}
        update = {"TransactItems": [{"Update": {"TableName": "outbox"}}]}

        used = usage_of(
            [Call("dynamodb", "TransactWriteItems", each) for each in (put, update)], {}
        )

        assert used == Counter({"dynamodb write unit": 2 * 3 + 2 * 3})

    def test_every_other_service_has_its_unit_and_a_price(self):
        calls = [
            Call("s3", "PUT /bucket/tile/0/000"),
            Call("s3", "GET /bucket/checkpoint"),
            Call("kms", "Sign"),
            Call("kms", "GetPublicKey"),
            Call("secretsmanager", "GetSecretValue"),
            Call("ses", "POST /v2/email/outbound-emails"),
        ]

        used = usage_of(calls, {})

        assert used == Counter(
            ("s3 write", "s3 read", "kms signature", "kms request", "secret read", "mail")
        )
        assert all(costs.price(unit) > 0 for unit in used)

    @pytest.mark.parametrize("call", [Call("sns", "Publish"), Call("dynamodb", "Select", {})])
    def test_what_has_no_price_is_not_taken_for_free(self, call):
        with pytest.raises(UnpricedError, match=call.operation):
            usage_of([call], {})


class TestTraffic:
    def test_only_the_calls_of_functions_are_counted_and_their_bodies_are_handed_on(self):
        traffic, heard = Traffic(), []
        watched = traffic.watch(lambda environ, _: heard.append(environ["wsgi.input"].read()) or [])

        for agent in (OF_A_FUNCTION, OF_THE_BENCH):
            watched(a_request(agent), None)

        assert [call.name for call in traffic.since(0)] == ["dynamodb GetItem"]
        assert traffic.since(0)[0].request == {"TableName": "posts"}
        assert heard == [b'{"TableName": "posts"}'] * 2

    def test_a_call_says_whose_it_is(self):
        traffic = Traffic()
        watched = traffic.watch(lambda *_: [])

        for agent in (f"{OF_A_FUNCTION} app/WatchLetters", OF_A_FUNCTION):
            watched(a_request(agent), None)

        assert [call.function for call in traffic.since(0)] == ["WatchLetters", ""]

    def test_a_mark_leaves_out_what_came_before(self):
        traffic = Traffic()
        watched = traffic.watch(lambda *_: [])
        watched(a_request(OF_A_FUNCTION), None)

        mark = traffic.mark
        watched(a_request(OF_A_FUNCTION), None)

        assert len(traffic.since(mark)) == 1


def test_a_proof_in_a_large_log_reads_few_tiles():
    assert 0 < _most_tile_reads() <= TILE_READS


def a_request(agent):
    body = b'{"TableName": "posts"}'
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "HTTP_USER_AGENT": agent,
        "HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 Credential=local/20261121/eu-west-2/dynamodb/aws4_",
        "HTTP_X_AMZ_TARGET": "DynamoDB_20120810.GetItem",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
