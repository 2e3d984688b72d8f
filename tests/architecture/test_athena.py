"""Athena is told of the copy what the code says of it, and cannot read without end."""

import re

from archive.questions.columns import COLUMNS
from archive.questions.pack import pack
from archive.questions.views import views
from shared.months.lines import entity_of
from tests.architecture import athena, cloud
from tests.architecture.house import product_modules

PARTITIONS = ["entity", "month"]


def resources(kind):
    return list(cloud.resources(kind, athena.WRITTEN).values())


def test_the_template_is_what_would_be_written_now():
    assert athena.WRITTEN.read_text(encoding="utf-8") == athena.template()


def test_it_knows_every_column_and_every_folder():
    [table] = resources("AWS::Glue::Table")
    told = table["TableInput"]
    columns = [each["Name"] for each in told["StorageDescriptor"]["Columns"]]
    folders = told["Parameters"]["projection.entity.values"].split(",")
    kinds = {kind for path in product_modules() for kind in athena.kinds(path)}

    assert columns == [each.name for each in COLUMNS if each.name not in PARTITIONS]
    assert [each["Name"] for each in told["PartitionKeys"]] == PARTITIONS
    assert len(kinds) > 100
    assert {entity_of(b'{"subject":"x","type":"%s","v":1}' % k.encode()) for k in kinds} <= {
        *folders
    }
    assert told["Parameters"]["storage.location.template"] == {
        "Fn::Sub": "s3://${IndexBucket}/${!entity}/month=${!month}/"
    }


def test_every_view_is_a_query_to_run_once_in_the_order_in_which_they_need_one_another():
    named = sorted(resources("AWS::Athena::NamedQuery"), key=lambda query: query["Name"])
    queries = [query for query in named if "make the view" in query["Name"]]

    assert [query["Name"].split()[-1] for query in queries] == list(views())
    assert all("{size}" not in query["QueryString"] for query in queries)


def test_every_fixed_question_is_a_query_with_nothing_left_to_be_given():
    named = {query["Name"]: query for query in resources("AWS::Athena::NamedQuery")}

    for question in pack().values():
        query = named[question.name.replace("_", " ")]
        assert query["Description"] == f"{question.asks} {question.source}."
        assert not re.search(r"\$[a-z]", query["QueryString"])


def test_what_a_fixed_question_names_can_happen_and_lies_in_a_folder():
    types = {kind for path in product_modules() for kind in athena.kinds(path)}
    folders = {*athena.entities()}

    for question in pack().values():
        sql = re.sub(r"'\$\.[^']*'", "''", question.sql)
        assert {*re.findall(r"'([a-z_]+\.[a-z_]+)'", sql)} <= types, question.name
        asked = re.findall(r"entity (?:= |IN \()((?:'[a-z]+'(?:, )?)+)", sql)
        named = {each.strip("'") for some in asked for each in some.split(", ")}
        assert named <= folders, question.name


def test_no_question_reads_more_than_ten_gigabytes_and_nobody_can_ask_otherwise():
    [group] = resources("AWS::Athena::WorkGroup")
    settings = group["WorkGroupConfiguration"]

    assert settings["EnforceWorkGroupConfiguration"] is True
    assert settings["BytesScannedCutoffPerQuery"] == 10 * 10**9
    assert settings["ResultConfiguration"]["EncryptionConfiguration"]["EncryptionOption"] == (
        "SSE_KMS"
    )
