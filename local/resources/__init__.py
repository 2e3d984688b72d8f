"""Every resource type the local stack can make, and the few it leaves out, each with its reason."""

from collections.abc import Mapping

from local.resources import (
    conducting,
    doors,
    functions,
    keys,
    messages,
    permissions,
    storage,
    watching,
)
from local.resources.making import Maker

MAKERS: Mapping[str, Maker] = {
    "AWS::ApiGateway::RestApi": doors.rest_api,
    "AWS::CloudWatch::Alarm": watching.alarm,
    "AWS::DynamoDB::Table": storage.table,
    "AWS::Events::Rule": conducting.rule,
    "AWS::IAM::ManagedPolicy": permissions.managed_policy,
    "AWS::IAM::Policy": permissions.policy,
    "AWS::IAM::Role": permissions.role,
    "AWS::KMS::Alias": keys.alias,
    "AWS::KMS::Key": keys.key,
    "AWS::Lambda::EventInvokeConfig": functions.event_invoke_config,
    "AWS::Lambda::Function": functions.function,
    "AWS::Lambda::Permission": functions.permission,
    "AWS::Logs::LogGroup": watching.log_group,
    "AWS::S3::Bucket": storage.bucket,
    "AWS::S3::BucketPolicy": storage.bucket_policy,
    "AWS::SES::ConfigurationSet": messages.configuration_set,
    "AWS::SES::ConfigurationSetEventDestination": messages.event_destination,
    "AWS::SES::EmailIdentity": messages.email_identity,
    "AWS::SNS::Subscription": messages.subscription,
    "AWS::SNS::Topic": messages.topic,
    "AWS::SNS::TopicPolicy": messages.topic_policy,
    "AWS::SQS::Queue": messages.queue,
    "AWS::SQS::QueuePolicy": messages.queue_policy,
    "AWS::Scheduler::Schedule": conducting.schedule,
    "AWS::Scheduler::ScheduleGroup": conducting.schedule_group,
    "AWS::SecretsManager::Secret": keys.secret,
    "AWS::StepFunctions::StateMachine": conducting.state_machine,
}
"""One maker per type; a type that is neither here nor below stops the run."""

LEFT_OUT: Mapping[str, str] = {
    "AWS::ApiGateway::Deployment": "the gateway always serves the template as it stands now",
    "AWS::ApiGateway::Stage": "there is one stage: this process",
    "AWS::ApiGateway::Account": "it only lets API Gateway write logs",
    "AWS::Athena::NamedQuery": "DuckDB answers here, with the same views",
    "AWS::Athena::WorkGroup": "DuckDB answers here, and bounds itself",
    "AWS::Glue::Database": "DuckDB finds the copy by its folders",
    "AWS::Glue::Table": "DuckDB finds the copy by its folders",
    "AWS::CloudWatch::Dashboard": "nobody measures here, so there is nothing to draw",
}
"""Types that mean nothing on a laptop; a Ref to one gives its logical id."""
