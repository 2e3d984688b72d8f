"""Nobody who seals months can undo what was sealed, and nobody else can seal one."""

import re
import tomllib

from tests.architecture import cloud
from tests.architecture.house import ROOT

STORAGE = ROOT / "infra" / "storage.yaml"
OVERRIDES = "parameter_overrides"
HOLDS = "s3:PutObjectLegalHold"
SEALS = {"BeginMonth", "WritePart", "ReconcileMonth", "SealMonth"}


def test_only_sealing_may_use_the_archives_key_and_the_log_has_another():
    by_key = {who: ("LogKeyArn" in target, "ArchiveKeyArn" in target) for who, target in signing()}

    assert by_key == {"SequenceLog": (True, False), "SealMonth": (False, True)}


def test_only_the_steps_of_sealing_write_the_archive_and_only_one_writes_its_notes():
    kept_out = {
        name
        for name, function in cloud.functions().items()
        for statement in function["Policies"][0]["Statement"]
        if statement["Effect"] == "Deny"
        and "s3:PutObject" in cloud.actions(statement)
        and any("ArchiveBucketName}/commit/*" in each for each in cloud.targets(statement))
    }

    assert writers_of("ArchiveBucket") == SEALS
    assert kept_out == SEALS - {"SealMonth"}


def test_the_archive_is_locked_by_its_own_rule_and_hangs_on_no_key_that_could_be_deleted():
    [bucket] = [
        each
        for each in cloud.resources("AWS::S3::Bucket", STORAGE).values()
        if "ObjectLockEnabled" in each
    ]
    rule = bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    [encryption] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert bucket["BucketName"] == {"Fn::Sub": "${BucketPrefix}archive"}
    assert (bucket["ObjectLockEnabled"], bucket["VersioningConfiguration"]["Status"]) == (
        True,
        "Enabled",
    )
    assert rule == {"Mode": {"Ref": "ArchiveLockMode"}, "Days": {"Ref": "ArchiveLockDays"}}
    assert encryption["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert "LifecycleConfiguration" not in bucket


def test_a_stack_that_only_tries_locks_for_a_day_and_production_for_years_by_its_own_switch():
    parameters = cloud.template()["Parameters"]
    stages = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    given = {
        stage: dict(each.split("=", 1) for each in stages[stage]["deploy"]["parameters"][OVERRIDES])
        for stage in ("test", "production")
    }

    assert parameters["ArchiveLockMode"]["Default"] == "GOVERNANCE"
    assert parameters["ArchiveLockDays"]["Default"] == 1
    assert (given["test"]["ArchiveLockMode"], given["test"]["ArchiveLockDays"]) == (
        "GOVERNANCE",
        "1",
    )
    assert given["production"]["ArchiveLockMode"] == "COMPLIANCE"
    assert int(given["production"]["ArchiveLockDays"]) > 5 * 365


def test_only_one_function_exports_a_table_and_only_one_other_reads_the_export():
    exporting = {
        (who, re.search(r"-(\w+)\"", target)[1])
        for who, action, target in cloud.permissions()
        if action == "dynamodb:ExportTableToPointInTime"
    }

    assert exporting == {("StartExport", "payloads")}
    assert "StartExport" in writers_of("ArchiveIndexBucket")
    assert readers_of_exports() == {"ReconcileMonth"}


def test_only_one_function_holds_months_and_it_reads_and_writes_nothing_else_there():
    does = {
        (action, target.rpartition("ArchiveBucketName}")[2].strip('"}'))
        for who, action, target in cloud.permissions()
        if who == "HoldMonths" and "ArchiveBucket" in target
    }
    holding = {who for who, action, _ in cloud.permissions() if action == HOLDS}
    objects = {"s3:PutObjectLegalHold", "s3:GetObjectLegalHold", "s3:GetObject"}

    assert holding == {"HoldMonths"}
    assert does == {
        *((action, "/*") for action in (*objects, "s3:GetObjectVersion")),
        *((action, "") for action in ("s3:ListBucket", "s3:ListBucketVersions")),
    }
    assert cloud.functions()["HoldMonths"]["ReservedConcurrentExecutions"] == 1


def test_whoever_writes_down_that_two_people_agreed_cannot_lock_and_whoever_locks_is_no_door():
    keeping = {
        who
        for who, action, target in cloud.permissions()
        if action == "dynamodb:PutItem" and "legal_holds" in target
    }
    doors = {to for to, _, _ in cloud.routes()}

    assert keeping == {"ModerateApi", "HoldMonths"}
    assert keeping & doors == {"ModerateApi"}


def test_only_one_function_removes_versions_and_there_is_none_unless_that_is_switched_on():
    template = cloud.template()
    removing = {
        (who, target.rpartition("Outputs.")[2].strip('"}'))
        for who, action, target in cloud.permissions()
        if action == "s3:DeleteObjectVersion"
    }
    [kept_out] = [
        target.rpartition("Outputs.")[2].strip('"}')
        for statement in cloud.functions()["DisposeMonths"]["Policies"][0]["Statement"]
        if statement["Effect"] == "Deny"
        for target in cloud.targets(statement)
    ]

    assert removing == {
        ("DisposeMonths", "ArchiveBucketName}/*"),
        ("DisposeMonths", "ArchiveIndexBucketName}/*"),
        ("DisposeMonths", "MediaBucketName}/pictures/*"),
    }
    assert kept_out == "ArchiveBucketName}/commit/*"
    assert template["Resources"]["DisposeMonths"]["Condition"] == "Disposes"
    assert template["Conditions"]["Disposes"] == {"Fn::Equals": [{"Ref": "Disposal"}, "on"]}
    assert template["Parameters"]["Disposal"]["Default"] == "off"
    assert cloud.functions()["DisposeMonths"]["ReservedConcurrentExecutions"] == 1


def test_whoever_writes_down_that_a_month_goes_destroys_nothing_and_whoever_destroys_is_no_door():
    keeping = {
        who
        for who, action, target in cloud.permissions()
        if action == "dynamodb:PutItem" and "disposals" in target
    }
    does = {action for who, action, _ in cloud.permissions() if who == "DisposeMonths"}

    assert keeping == {"ModerateApi", "DisposeMonths"}
    assert keeping & {to for to, _, _ in cloud.routes()} == {"ModerateApi"}
    assert not {"s3:PutObject", "s3:DeleteObject", "kms:Sign"} & does
    assert not {each for each in does if "Bypass" in each or each.startswith("s3:Put")}


def test_a_picture_goes_only_with_its_month_where_legal_holds_are_asked():
    policies = cloud.resources("AWS::S3::BucketPolicy", STORAGE).values()
    [policy] = [each for each in policies if each["Bucket"] == {"Ref": "MediaBucket"}]
    denied = {
        each["Sid"]: (each["Effect"], each["Principal"], *each["Action"], each.get("Condition"))
        for each in policy["PolicyDocument"]["Statement"]
    }
    removing = {
        who
        for who, action, target in cloud.permissions()
        if action in {"s3:DeleteObject", "s3:DeleteObjectVersion"} and "MediaBucket" in target
    }
    [bucket] = [
        each
        for each in cloud.resources("AWS::S3::Bucket", STORAGE).values()
        if each["BucketName"] == {"Fn::Sub": "${BucketPrefix}media"}
    ]

    but_one = {"StringNotLike": {"aws:PrincipalArn": {"Ref": "Disposer"}}}
    assert denied["NothingIsHidden"] == ("Deny", "*", "s3:DeleteObject", None)
    assert denied["OnlyDisposalRemoves"] == ("Deny", "*", "s3:DeleteObjectVersion", but_one)
    assert removing == {"DisposeMonths"}
    assert "LifecycleConfiguration" not in bucket


def test_only_disposal_removes_rows_that_a_leaf_speaks_of():
    gone = {
        target.rpartition("-")[2].strip('"}')
        for who, action, target in cloud.permissions()
        if who == "DisposeMonths" and action == "dynamodb:DeleteItem"
    }
    doors = {to for to, _, _ in cloud.routes()}
    others = {
        (who, target.rpartition("-")[2].strip('"}'))
        for who, action, target in cloud.permissions()
        if action in {"dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} and who != "DisposeMonths"
    }

    assert {"payloads", "record_keys", "posts", "publications", "takedowns", "mentions"} <= gone
    assert not {table for _, table in others} & gone
    assert "DisposeMonths" not in doors


def signing():
    """Who may sign, and with what."""
    return {(who, target) for who, action, target in cloud.permissions() if action == "kms:Sign"}


def writers_of(bucket):
    """Who may put objects into a bucket."""
    return {
        who
        for who, action, target in cloud.permissions()
        if action == "s3:PutObject" and f"{bucket}Name" in target
    }


def readers_of_exports():
    """Who may read what was exported."""
    return {
        who
        for who, action, target in cloud.permissions()
        if action == "s3:GetObject" and "/export/*" in target
    }


def test_in_the_archive_nothing_is_hidden_behind_a_marker_or_written_over_by_anybody():
    policies = cloud.resources("AWS::S3::BucketPolicy", STORAGE).values()
    [policy] = [each for each in policies if each["Bucket"] == {"Ref": "ArchiveBucket"}]
    denied = {
        each["Sid"]: (each["Effect"], each["Principal"], *each["Action"], each.get("Condition"))
        for each in policy["PolicyDocument"]["Statement"]
    }
    notes = [each for each in policy["PolicyDocument"]["Statement"] if each["Sid"] == "NotesStay"]

    unconditional = {"Null": {"s3:if-none-match": "true"}}
    but_one = {"StringNotLike": {"aws:PrincipalArn": {"Ref": "Disposer"}}}
    assert denied["NothingIsHidden"] == ("Deny", "*", "s3:DeleteObject", None)
    assert denied["NothingIsWrittenOver"] == ("Deny", "*", "s3:PutObject", unconditional)
    assert denied["OnlyDisposalRemoves"] == ("Deny", "*", "s3:DeleteObjectVersion", but_one)
    assert denied["NotesStay"] == ("Deny", "*", "s3:DeleteObjectVersion", None)
    assert notes[0]["Resource"] == [{"Fn::Sub": "${ArchiveBucket.Arn}/commit/*"}]
