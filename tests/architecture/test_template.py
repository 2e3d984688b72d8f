"""The template, the code and the state machines say the same, and nobody may do too much."""

import dataclasses
import importlib
import inspect
import json
import re

import pytest

from local.translate import translate
from tests.architecture import cloud
from tests.architecture.house import FUNCTIONS, ROOT, VERBS

STORAGE = ROOT / "infra" / "storage.yaml"
STATEFUL = {
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
    "AWS::SecretsManager::Secret",
}
WITH_PLATFORM_KEYS = {
    *("PublishTarget", "SettleTarget", "CheckKeys", "RemoveTarget", "ProveRemoval"),
    *("TakeCommentDown", "LookAtCommentAgain"),
}
READS_WITH_KEYS = {
    *("FindDrifts", "FindGone", "Listen", "LookForImpostors", "ReadLimits", "ReadFollowers"),
}
SETS_PLATFORM_KEYS = {"RegisterApi"}
CHALICE = {
    "EnterApi": "enter.app",
    "RegisterApi": "register.app",
    "ComposeApi": "compose.app",
    "PictureApi": "compose.picture_app",
    "ModerateApi": "moderate.app",
    "DeletionApi": "moderate.deletion_app",
    "TakedownApi": "moderate.takedown_app",
    "ReviewApi": "watch.following.app",
    "SubscribeApi": "subscribe.app",
    "AuditApi": "archive.app",
}
ONLY_THIS_API = {
    "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"
}
MOST_RESOURCES = 500
"""In one CloudFormation stack, after SAM has written them out."""

MOST_PLACES = 300
"""Parts of paths (resources) in one REST API."""

GRANTED_WHOLE = {"secretsmanager:BatchGetSecretValue"}
"""Knows no resource; who has it alone is told nothing: of each secret `GetSecretValue` is asked."""

WORDS_OF_AWS = ("States.", "Lambda.")
REPLACES = {"dynamodb:DeleteItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"}
REMOVES = {"dynamodb:DeleteTable", "s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"}
UNLOCKS = {
    *("s3:BypassGovernanceRetention", "s3:PutObjectRetention", "s3:PutObjectLegalHold"),
    *("s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning", "s3:PutBucketPolicy"),
    *("s3:DeleteBucketPolicy", "s3:PutLifecycleConfiguration"),
}


@pytest.mark.parametrize("name", cloud.functions())
def test_every_handler_can_be_imported_and_called(name):
    module, _, attribute = cloud.functions()[name]["Handler"].rpartition(".")

    handler = getattr(importlib.import_module(module), attribute)

    assert callable(handler)


@pytest.mark.parametrize("name", sorted(set(cloud.functions()) - set(CHALICE)))
def test_a_step_or_job_takes_event_and_context(name):
    module, _, attribute = cloud.functions()[name]["Handler"].rpartition(".")

    inspect.signature(getattr(importlib.import_module(module), attribute)).bind({}, None)


@pytest.mark.parametrize(("name", "module"), CHALICE.items())
def test_the_template_declares_exactly_the_routes_of_the_code(name, module):
    app = importlib.import_module(module).app.open_all()
    in_code = {(path, method) for path, methods in app.routes.items() for method in methods}

    in_template = {(path, method) for to, method, path in cloud.routes() if to == name}

    assert in_template == in_code


def test_what_serves_the_api_may_be_called_by_it_by_one_permission_each_and_nothing_else_may():
    permissions = cloud.resources("AWS::Lambda::Permission").values()
    called = [permission["FunctionName"]["Ref"] for permission in permissions]
    events = [e["Type"] for f in cloud.functions().values() for e in f.get("Events", {}).values()]

    assert sorted(called) == sorted({to for to, _, _ in cloud.routes()} & set(cloud.functions()))
    assert {to for to, _, _ in cloud.routes()} == set(CHALICE)
    assert all(permission["SourceArn"] == ONLY_THIS_API for permission in permissions)
    assert "Api" not in events


def test_the_stack_and_its_api_stay_well_below_what_the_cloud_takes(tmp_path):
    stack = translate(cloud.TEMPLATE, keep=tmp_path).resources
    places = {
        "/".join(parts[: length + 1])
        for _, _, path in cloud.routes()
        for parts in [path.strip("/").split("/")]
        for length in range(len(parts))
    }

    assert len(stack) <= 0.9 * MOST_RESOURCES
    assert len(places) <= 0.9 * MOST_PLACES


def test_whatever_the_clock_calls_rings_when_it_fails():
    called = {
        name
        for name, function in (cloud.functions() | cloud.functions_apart()).items()
        if any(event["Type"] == "ScheduleV2" for event in function.get("Events", {}).values())
    }
    watched = {
        dimension["Value"]["Ref"]
        for alarm in cloud.resources("AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Dimensions"]
        if (alarm["MetricName"], dimension["Name"]) == ("Errors", "FunctionName")
    }

    assert called
    assert called <= watched


@pytest.mark.parametrize("module", CHALICE.values())
def test_what_is_read_in_when_it_is_asked_for_binds_exactly_the_paths_it_is_named_for(module):
    app = importlib.import_module(module).app.open_all()
    bound = {}
    for path, methods in app.routes.items():
        for entry in methods.values():
            bound.setdefault(entry.view_function.__module__, set()).add(path)

    if app._rooms:
        assert {name: set(paths) for name, paths in app._rooms.items()} == bound


@pytest.mark.parametrize("name", cloud.functions_apart())
def test_what_has_code_of_its_own_can_be_imported_and_is_kept_from_everything_else(name):
    function = cloud.functions_apart()[name]
    module, _, attribute = function["Handler"].rpartition(".")
    apart = importlib.import_module(f"{function['CodeUri'].rstrip('/')}.{module}")

    inspect.signature(getattr(apart, attribute)).bind({}, None)
    assert {"Policies", "Environment", "Events"} & set(function) == set()


def test_only_the_check_at_the_door_may_ask_a_second_reader():
    asking = {
        (who, action)
        for who, action, target in cloud.permissions()
        if action.startswith(("comprehend:", "bedrock:")) or "SecondReader" in target
    }
    told = {name for name, f in cloud.functions().items() if "SECOND_READER" in cloud.variables(f)}

    assert {who for who, _ in asking} == told == {"CheckPolicy"}
    assert {action for _, action in asking} == {
        "lambda:InvokeFunction",
        "comprehend:ClassifyDocument",
        "bedrock:InvokeModel",
    }


def test_a_force_that_has_not_chosen_a_second_reader_has_none():
    chosen = cloud.template()["Parameters"]["SecondReader"]
    conditions = [
        resource.get("Condition")
        for name, resource in cloud.template()["Resources"].items()
        if name.startswith(("SecondReader", "MayAsk"))
    ]

    assert chosen["Default"] == "off"
    assert len(conditions) == 5
    assert None not in conditions


@pytest.mark.parametrize("name", cloud.functions())
def test_a_function_is_given_nothing_that_its_verb_does_not_read(name):
    function = cloud.functions()[name]
    read = settings_of(cloud.verb_of(function)).values()

    assert cloud.variables(function) <= set().union(*read)


@pytest.mark.parametrize("verb", VERBS)
def test_some_function_is_given_all_that_each_of_its_settings_reads(verb):
    of_verb = [f for f in cloud.functions().values() if cloud.verb_of(f) == verb]
    given = [cloud.variables(function) | cloud.variables_of_all() for function in of_verb]

    starved = [
        kind
        for kind, wanted in settings_of(verb).items()
        if not any(wanted <= variables for variables in given)
    ]

    assert starved == []


def test_what_a_browser_asks_first_for_a_picture_comes_through_the_gateway_as_bytes():
    listed = cloud.template()["Resources"]["Api"]["Properties"]["BinaryMediaTypes"]
    pictures = {kind.replace("~1", "/") for kind in listed if kind.startswith("image~1")}

    assert pictures == importlib.import_module("compose.picture_reading").SHOWN_TYPES


def test_no_permission_is_for_every_action_or_every_resource():
    # An ARN may end in `/*` for what lies inside one bucket or under one prefix, in `:*` for the
    # executions of one machine, nothing more.
    too_much = [
        (who, action, target)
        for who, action, target in cloud.permissions()
        if action not in GRANTED_WHOLE
        if "*" in action or "*" in re.sub(r'(/|:execution:\S+:)\*(?="|$)', "", target)
    ]

    assert too_much == []


def test_no_function_borrows_a_role_or_a_ready_made_policy():
    borrowed = [
        name
        for name, function in cloud.functions().items()
        if "Role" in function or not all("Statement" in p for p in function.get("Policies", []))
    ]

    assert borrowed == []


def test_only_publishing_can_read_platform_keys():
    readers = {
        who
        for who, action, resource in cloud.permissions()
        if action == "secretsmanager:GetSecretValue" and "/platforms/" in str(resource)
    }
    told = {n for n, f in cloud.functions().items() if "SECRETS_PREFIX" in cloud.variables(f)}

    assert readers == WITH_PLATFORM_KEYS
    assert told == WITH_PLATFORM_KEYS | SETS_PLATFORM_KEYS


def test_only_watching_can_read_keys_that_only_read_and_it_can_read_no_other():
    read = {
        (who, "/reading/" in str(resource), "/platforms/" in str(resource))
        for who, action, resource in cloud.permissions()
        if action == "secretsmanager:GetSecretValue" and who not in WITH_PLATFORM_KEYS
    }
    told = {n for n, f in cloud.functions().items() if "READING_PREFIX" in cloud.variables(f)}

    assert read == {(who, True, False) for who in READS_WITH_KEYS}
    assert told == READS_WITH_KEYS | SETS_PLATFORM_KEYS


def test_whoever_reads_keys_together_may_read_each_of_them_and_goes_through_all_accounts():
    together = {who for who, action, _ in cloud.permissions() if action in GRANTED_WHOLE}

    assert together == {"CheckKeys", "FindDrifts", "FindGone", "Listen", "ReadFollowers"}
    assert together <= WITH_PLATFORM_KEYS | READS_WITH_KEYS


@pytest.mark.parametrize("name", ["FindDrifts", "FindGone"])
def test_whoever_looks_after_posts_reaches_no_session_that_writes(name):
    limits = [
        statement.get("Condition")
        for statement in cloud.statements(cloud.functions()[name])
        if any("platform_sessions" in str(target) for target in statement["Resource"])
    ]

    assert limits == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [keys]}}
        for keys in ("*/closed", "reading/*")
    ]


def test_the_registrar_can_set_platform_keys_and_do_nothing_else_with_them():
    does = {
        (who, action)
        for who, action, _ in cloud.permissions()
        if action.startswith("secretsmanager:") and who not in WITH_PLATFORM_KEYS | READS_WITH_KEYS
    }

    sets = ("secretsmanager:PutSecretValue", "secretsmanager:CreateSecret")
    assert does == {(who, action) for who in SETS_PLATFORM_KEYS for action in sets}


def test_the_newsletters_door_reaches_subscribers_and_nothing_else():
    services = {a.split(":")[0] for who, a, _ in cloud.permissions() if who == "SubscribeApi"}
    tables = {
        target
        for who, action, target in cloud.permissions()
        if who == "SubscribeApi" and action.startswith("dynamodb:")
    }

    assert services == {"dynamodb", "ses", "kms"}
    assert len(tables) == 1
    assert tables.pop().rstrip('"}').endswith("-subscribers")


def test_only_an_erasure_may_change_a_payload_of_the_record_log_and_only_disposal_removes_one():
    changing = [
        (who, action)
        for who, action, target in cloud.permissions()
        if action in REPLACES and re.search(r"payloads\b", target)
    ]

    assert changing == [
        ("EraseRecords", "dynamodb:UpdateItem"),
        ("DisposeMonths", "dynamodb:DeleteItem"),
    ]


def test_only_an_erasure_or_a_disposal_destroys_keys_and_salts_and_nothing_else_of_a_record():
    keys = {
        (who, action)
        for who, action, target in cloud.permissions()
        if action in REPLACES and "record_keys" in target
    }
    [limits] = [
        statement["Condition"]
        for statement in cloud.statements(cloud.functions()["EraseRecords"])
        if "dynamodb:UpdateItem" in cloud.actions(statement)
    ]
    open_to_strangers = {who for who, _, _ in cloud.permissions() if who in CHALICE}

    assert keys == {
        ("EraseRecords", "dynamodb:UpdateItem"),
        ("DisposeMonths", "dynamodb:DeleteItem"),
    }
    [touched] = limits["ForAllValues:StringEquals"].values()
    assert set(touched) == {"leaf_id", "key", "salt", "erased_by"}
    assert not {"EraseRecords", "DisposeMonths"} & open_to_strangers


def test_only_disposal_removes_what_is_kept_and_only_legal_holds_are_placed_and_lifted():
    removing = {(who, a) for who, a, _ in cloud.permissions() if a in REMOVES | UNLOCKS}

    assert removing == {
        ("HoldMonths", "s3:PutObjectLegalHold"),
        ("DisposeMonths", "s3:DeleteObjectVersion"),
    }


def test_only_the_sequencer_may_sign_or_write_the_log():
    signing = {
        who
        for who, action, target in cloud.permissions()
        if action == "kms:Sign" and "LogKeyArn" in target
    }
    writing = {
        who
        for who, action, target in cloud.permissions()
        if action == "s3:PutObject" and "LogBucket" in target
    }

    assert signing == {"SequenceLog"}
    assert writing == {"SequenceLog"}


def test_what_must_outlive_the_code_is_retained():
    kept = cloud.template(STORAGE)["Resources"]
    stateful = {name: r for name, r in kept.items() if r["Type"] in STATEFUL}
    assert len(stateful) > len(VERBS)

    careless = [
        name
        for name, resource in stateful.items()
        if {resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")} != {"Retain"}
    ]

    assert careless == []


def test_nothing_stateful_lives_with_the_code():
    loose = [n for n, r in cloud.template()["Resources"].items() if r["Type"] in STATEFUL]
    storage = cloud.template()["Resources"]["Storage"]

    assert loose == []
    assert (storage["DeletionPolicy"], storage["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_every_table_is_on_demand_restorable_and_encrypted():
    tables = cloud.resources("AWS::DynamoDB::Table", STORAGE)
    assert tables

    for name, table in tables.items():
        assert table["BillingMode"] == "PAY_PER_REQUEST", name
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], name
        assert table["SSESpecification"]["SSEType"] == "KMS", name


def test_only_what_may_vanish_vanishes_by_itself():
    tables = cloud.resources("AWS::DynamoDB::Table", STORAGE)

    vanishing = {name for name, table in tables.items() if "TimeToLiveSpecification" in table}

    assert vanishing == {
        *("Sessions", "Links", "Idempotency", "Consents", "Subscribers", "FollowerLists"),
    }


@pytest.mark.parametrize("path", cloud.STATE_MACHINES, ids=lambda path: path.stem)
class TestStateMachine:
    def test_it_belongs_to_the_template(self, path):
        assert self._resource(path)

    def test_every_placeholder_is_filled_and_every_filling_is_used(self, path):
        filled = set(self._resource(path)["DefinitionSubstitutions"])

        assert filled == cloud.substitutions(path)

    def test_it_may_call_exactly_the_functions_it_names(self, path):
        resource = self._resource(path)
        named = {json.dumps(v) for v in resource["DefinitionSubstitutions"].values()}

        callable_ = {
            target
            for statement in cloud.statements(resource)
            if "lambda:InvokeFunction" in cloud.actions(statement)
            for target in cloud.targets(statement)
        }

        assert callable_ == named

    def test_every_error_it_catches_can_happen(self, path):
        known = cloud.error_classes()
        caught = {
            error
            for _, state in cloud.states(cloud.machine(path))
            for clause in [*state.get("Catch", []), *state.get("Retry", [])]
            for error in clause["ErrorEquals"]
        }

        assert {e for e in caught if not e.startswith(WORDS_OF_AWS)} <= known

    def test_every_task_has_a_time_limit(self, path):
        endless = [
            name
            for name, state in cloud.states(cloud.machine(path))
            if state["Type"] == "Task" and not {"TimeoutSeconds", "TimeoutSecondsPath"} & set(state)
        ]

        assert endless == []
        assert "TimeoutSeconds" in cloud.machine(path)

    def test_every_task_says_where_it_goes_when_it_breaks(self, path):
        careless = [
            name
            for name, state in cloud.states(cloud.machine(path))
            if state["Type"] == "Task"
            and not any("States.ALL" in clause["ErrorEquals"] for clause in state.get("Catch", []))
        ]

        assert careless == []

    def test_every_state_can_be_reached(self, path):
        assert cloud.unreachable(cloud.machine(path)) == set()

    def test_it_speaks_jsonpath_only(self, path):
        text = path.read_text(encoding="utf-8")

        assert re.search(r"QueryLanguage|\bAssign:|ItemBatcher|{%", text) is None

    def _resource(self, path):
        machines = cloud.resources("AWS::Serverless::StateMachine").values()
        return next(m for m in machines if m["DefinitionUri"] == path.relative_to(ROOT).as_posix())


def settings_of(verb):
    """Settings class to the variables it reads: its fields in capitals."""
    if not (FUNCTIONS / verb / "settings.py").is_file():
        return {}
    module = importlib.import_module(f"{verb}.settings")
    return {
        name: {field.name.upper() for field in dataclasses.fields(kind)}
        for name, kind in vars(module).items()
        if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__
    }
