"""Resources are made in the order they are needed, and nothing is skipped in silence."""

from collections import defaultdict
from pathlib import Path

import pytest

from local.deploy import Deployment
from local.resources import LEFT_OUT, MAKERS
from local.resources.making import RefusedResourceError, UnknownPropertyError, UnknownTypeError
from local.template import CycleError, Template


class RecordingCloud:
    """Stands for every AWS client: says yes to everything and remembers what was asked."""

    region = "eu-west-2"

    def __init__(self):
        self.calls = []

    def client(self, _service):
        return self

    def arn(self, service, resource):
        return f"arn:aws:{service}:{resource}"

    def __getattr__(self, call):
        def answer(**arguments):
            self.calls.append((call, arguments))
            return defaultdict(lambda: defaultdict(str))

        return answer

    def asked(self, call):
        return [arguments for name, arguments in self.calls if name == call]


def a_template(resources, **parts):
    return Template(
        path=Path("a.yaml"),
        resources=resources,
        parameters=parts.get("parameters", {}),
        conditions=parts.get("conditions", {}),
        mappings={},
        outputs=parts.get("outputs", {}),
        nested=parts.get("nested", {}),
    )


def a_topic(name, **more):
    return {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": name}, **more}


def deploy(template, cloud=None, **options):
    return Deployment(template, cloud or RecordingCloud(), "small", {}, **options).up()


def test_a_type_nobody_knows_stops_the_run_by_name():
    template = a_template({"Rocket": {"Type": "AWS::Space::Rocket"}})

    with pytest.raises(UnknownTypeError, match=r"AWS::Space::Rocket \(Rocket in a\.yaml\)"):
        deploy(template)


def test_a_property_nobody_knows_stops_the_run_by_name():
    topic = a_topic("news")
    topic["Properties"]["Colour"] = "blue"

    with pytest.raises(UnknownPropertyError, match=r"News .* do.*not know: Colour"):
        deploy(a_template({"News": topic}))


def test_a_missing_property_is_named():
    template = a_template({"Key": {"Type": "AWS::KMS::Alias", "Properties": {}}})

    with pytest.raises(RefusedResourceError, match="needs 'AliasName'"):
        deploy(template)


def test_what_is_left_out_has_a_reason_and_no_maker():
    assert all(len(reason.split()) > 3 for reason in LEFT_OUT.values())
    assert not set(LEFT_OUT) & set(MAKERS)


def test_what_is_left_out_can_still_be_named():
    template = a_template(
        {"Stage": {"Type": "AWS::ApiGateway::Stage"}}, outputs={"S": {"Value": {"Ref": "Stage"}}}
    )

    assert deploy(template).outputs == {"S": "Stage"}


def test_what_is_needed_is_made_first():
    cloud = RecordingCloud()
    queue = {
        "Type": "AWS::SQS::Queue",
        "Properties": {"QueueName": {"Fn::GetAtt": ["News", "TopicName"]}},
    }

    deploy(a_template({"Later": queue, "News": a_topic("news")}), cloud)

    assert [name for name, _ in cloud.calls] == ["create_topic", "create_queue"]


def test_depends_on_is_kept():
    cloud = RecordingCloud()

    deploy(a_template({"A": a_topic("a", DependsOn="B"), "B": a_topic("b")}), cloud)

    assert [asked["Name"] for asked in cloud.asked("create_topic")] == ["b", "a"]


def test_resources_that_need_one_another_are_named():
    template = a_template(
        {"A": a_topic({"Ref": "B"}), "B": a_topic({"Ref": "C"}), "C": a_topic({"Ref": "A"})}
    )

    with pytest.raises(CycleError, match="A -> B -> C -> A"):
        deploy(template)


def test_a_resource_is_made_once_however_many_need_it():
    cloud = RecordingCloud()
    resources = {name: a_topic({"Fn::Sub": "${News}-x"}) for name in ("A", "B")}

    deploy(a_template({**resources, "News": a_topic("news")}), cloud)

    assert len(cloud.asked("create_topic")) == 3


def test_a_condition_that_fails_leaves_the_resource_and_the_output_out():
    cloud = RecordingCloud()
    template = a_template(
        {"News": a_topic("news", Condition="Never")},
        conditions={"Never": {"Fn::Equals": ["a", "b"]}},
        outputs={"News": {"Condition": "Never", "Value": {"Ref": "News"}}},
    )

    deployment = deploy(template, cloud)

    assert (cloud.calls, deployment.outputs) == ([], {})


def test_a_nested_stack_gives_its_outputs():
    nested = a_template(
        {"News": a_topic({"Ref": "Name"})},
        parameters={"Name": {"Type": "String"}},
        outputs={"Name": {"Value": {"Fn::GetAtt": ["News", "TopicName"]}}},
    )
    stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "nested.yaml", "Parameters": {"Name": "inner"}},
    }
    template = a_template(
        {"Inner": stack},
        nested={"Inner": nested},
        outputs={"Name": {"Value": {"Fn::GetAtt": ["Inner", "Outputs.Name"]}}},
    )

    assert deploy(template).outputs == {"Name": "inner"}


def a_table():
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "TableName": "things",
            "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS"},
            "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        },
    }


def test_a_table_is_encrypted_forgets_and_can_be_brought_back():
    cloud = RecordingCloud()

    deploy(a_template({"Things": a_table()}), cloud)

    [made] = cloud.asked("create_table")
    assert made["SSESpecification"] == {"Enabled": True, "SSEType": "KMS"}
    assert cloud.asked("update_time_to_live")
    assert cloud.asked("update_continuous_backups")


def test_a_real_database_is_not_asked_for_what_it_does_not_have():
    cloud = RecordingCloud()

    deploy(a_template({"Things": a_table()}), cloud, real_database=True)

    assert cloud.asked("update_time_to_live")
    assert not cloud.asked("update_continuous_backups")
    assert "SSESpecification" not in cloud.asked("create_table")[0]


def test_event_destinations_are_asked_for_as_the_api_spells_them():
    cloud = RecordingCloud()
    destination = {
        "Type": "AWS::SES::ConfigurationSetEventDestination",
        "Properties": {
            "ConfigurationSetName": "letters",
            "EventDestination": {
                "Enabled": True,
                "MatchingEventTypes": ["bounce", "renderingFailure", "deliveryDelay"],
                "EventBridgeDestination": {"EventBusArn": "arn"},
            },
        },
    }

    deploy(a_template({"Told": destination}), cloud)

    [made] = cloud.asked("create_configuration_set_event_destination")
    assert made["ConfigurationSetName"] == "letters"
    assert made["EventDestination"] == {
        "Enabled": True,
        "MatchingEventTypes": ["BOUNCE", "RENDERING_FAILURE", "DELIVERY_DELAY"],
        "EventBridgeDestination": {"EventBusArn": "arn"},
    }


def test_bucket_policies_lose_only_statements_with_conditions():
    cloud = RecordingCloud()
    statements = [
        {"Sid": "TlsOnly", "Effect": "Deny", "Condition": {"Bool": {}}},
        {"Sid": "Always", "Effect": "Deny"},
    ]
    policy = {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"Bucket": "kept", "PolicyDocument": {"Statement": statements}},
    }

    deploy(a_template({"Policy": policy}), cloud)

    [put] = cloud.asked("put_bucket_policy")
    assert "Always" in put["Policy"]
    assert "TlsOnly" not in put["Policy"]


def test_a_definition_with_a_placeholder_nobody_fills_is_refused():
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {"DefinitionString": '{"x": "${FunctionArn}"}', "RoleArn": "arn:role"},
    }

    with pytest.raises(RefusedResourceError, match=r"nothing is given for \$\{FunctionArn\}"):
        deploy(a_template({"Machine": machine}))
