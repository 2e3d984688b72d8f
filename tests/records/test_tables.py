"""The tables are what their docstring says, and what the stack makes."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import shared.records.tables as room
from shared.posts.life import State
from shared.records.approvals import Approvals
from shared.records.kept_tables import kept_tables
from shared.records.making import create_all
from shared.records.posts import Posts
from shared.records.tables import Tables, tables
from tests.builders import a_link, a_pen, a_post, a_round, an_act
from tests.records.conftest import REGION

STORAGE = Path(__file__).parents[2] / "infra" / "storage.yaml"

Shape = dict[str, dict[str, Any]]


def as_documented() -> Shape:
    """Table name -> keys, ttl and indexes, as the docstring's two lists have them."""
    shape: Shape = {}
    lists = re.findall(r"(?:^    \S.*\n)+", room.__doc__ or "", re.MULTILINE)
    for line in lists[0].splitlines()[1:]:
        noun, *keys, ttl = line.split()
        shape[noun] = {"keys": keys, "ttl": None if ttl == "-" else ttl, "indexes": {}}
    for line in lists[1].splitlines()[1:]:
        name, noun, *keys = line.split()
        cut = next(at for at, word in enumerate(keys) if word.isupper() or "_ONLY" in word)
        shape[noun]["indexes"][name] = (keys[:cut], keys[cut], keys[cut + 1 :])
    return shape


def as_spelled(table: dict[str, Any]) -> dict[str, Any]:
    """The same of a table as CloudFormation and DescribeTable spell it, time-to-live apart."""
    types = {a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]}

    def keys(schema: list[dict[str, str]]) -> list[str]:
        assert [key["KeyType"] for key in schema] == ["HASH", "RANGE"][: len(schema)]
        return [f"{key['AttributeName']}:{types[key['AttributeName']]}" for key in schema]

    return {
        "keys": keys(table["KeySchema"]),
        "indexes": {
            index["IndexName"]: (
                keys(index["KeySchema"]),
                index["Projection"]["ProjectionType"],
                index["Projection"].get("NonKeyAttributes", []),
            )
            for index in table.get("GlobalSecondaryIndexes", [])
        },
    }


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, each read as the text behind it."""


Loader.add_multi_constructor("!", lambda loader, _, node: loader.construct_scalar(node))


def stack_tables() -> dict[str, dict[str, Any]]:
    resources = yaml.load(STORAGE.read_text(encoding="utf-8"), Loader)["Resources"]  # noqa: S506
    return {
        resource["Properties"]["TableName"].removeprefix("${TablePrefix}"): resource["Properties"]
        for resource in resources.values()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }


def test_the_models_are_what_the_docstring_says(endpoint: str | None):
    fresh = tables("described-", REGION, endpoint)
    create_all(fresh)
    client = fresh.connection.client
    found = {}
    for row in fresh.all():
        name = row.Meta.table_name
        table = client.describe_table(TableName=name)["Table"]
        ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        found[row.noun] = {**as_spelled(table), "ttl": ttl.get("AttributeName")}

    assert found == as_documented()


def test_no_engine_sweeps_away_what_a_test_wrote_with_a_time_of_its_own(
    store: Tables, endpoint: str | None
):
    described = store.connection.client.describe_time_to_live
    lives = [described(TableName=row.Meta.table_name) for row in store.all()]

    swept = {each["TimeToLiveDescription"]["TimeToLiveStatus"] for each in lives} - {"DISABLED"}

    assert not swept or endpoint is None  # moto never sweeps


def test_the_stacks_tables_are_what_the_docstring_says():
    found = {}
    for noun, properties in stack_tables().items():
        ttl = properties.get("TimeToLiveSpecification", {})
        found[noun] = {**as_spelled(properties), "ttl": ttl.get("AttributeName")}

    assert found == as_documented()


@pytest.mark.parametrize("noun", sorted(as_documented()))
def test_the_stacks_tables_are_encrypted_recoverable_and_on_demand(noun):
    properties = stack_tables()[noun]

    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["SSESpecification"]["SSEEnabled"] is True
    assert properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_nothing_that_must_be_kept_can_expire():
    forgetful = {noun for noun, table in as_documented().items() if table["ttl"]}

    assert forgetful == {
        *("sessions", "links", "idempotency", "consents", "subscribers", "follower_lists"),
    }


def test_every_attribute_that_is_an_index_key_is_left_out_when_it_is_empty(store: Tables):
    row = store.approvals(post_id="a", version=1, open=None)

    assert "open" not in row.serialize(null_check=False)


class TestConnection:
    def test_all_tables_share_one_client(self, store: Tables):
        connections = {id(row._get_connection().connection) for row in store.all()}

        assert connections == {id(store.connection)}

    def test_a_warm_function_opens_its_tables_once(self, monkeypatch):
        monkeypatch.setenv("AWS_REGION", REGION)

        assert kept_tables("a-") is kept_tables("a-")
        assert kept_tables("b-").posts.Meta.table_name == "b-posts"

    def test_two_prefixes_live_side_by_side(self):
        one, two = tables("one-", "eu-west-2"), tables("two-", "eu-west-2")

        assert one.posts.Meta.table_name == "one-posts"
        assert two.posts.Meta.table_name == "two-posts"

    def test_every_call_has_time_outs_and_bounded_retries(self):
        config = tables("any-", "eu-west-2").connection.client.meta.config

        assert 0 < config.connect_timeout <= 5
        assert 0 < config.read_timeout <= 10
        assert config.retries["total_max_attempts"] == 4
        assert config.retries["mode"] == "standard"

    @pytest.mark.parametrize(
        "variables",
        [
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"},
            {
                "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
                "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:4566",
            },
        ],
    )
    def test_region_and_endpoint_are_what_aws_variables_say(self, monkeypatch, variables):
        monkeypatch.setenv("AWS_REGION", "eu-west-1")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

        meta = tables("any-").connection.client.meta

        assert meta.endpoint_url == "http://127.0.0.1:4566"
        assert meta.region_name == "eu-west-1"

    def test_no_token_and_no_word_reaches_a_log_even_at_debug(self, store: Tables, caplog):
        caplog.set_level(logging.DEBUG)
        post = a_post("Words not yet cleared.", state=State.AWAITING_APPROVAL)
        link = a_link(post, "the-secret")

        Posts(store, a_pen()).submit(post, an_act())
        asked = a_round(task_token="the-task-token", links=(link,))
        Approvals(store, a_pen()).open(post, asked, an_act())
        Approvals(store, a_pen()).get(post.post_id, 1)

        for secret in ("the-task-token", "Words not yet cleared", "the-secret", "271828"):
            assert secret not in caplog.text
