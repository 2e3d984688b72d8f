"""The SAM template becomes CloudFormation without a network, and says what is wrong with it."""

import os
from pathlib import Path

import pytest

from local.template import UnreadableTemplateError, code_folder
from local.translate import translate

SMALL = Path(__file__).parent / "assets" / "small" / "template.yaml"


WITHOUT_HANDLER = """
Transform: AWS::Serverless-2016-10-31
Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: f}}}
"""


def a_template(folder, text):
    path = folder / "template.yaml"
    path.write_text(text)
    return path


def test_functions_keep_the_way_to_their_code(tmp_path):
    plain = translate(SMALL, keep=tmp_path)

    code = plain.resources["Greet"]["Properties"]["Code"]
    assert code_folder(plain, code) == SMALL.parent / "functions"


def test_a_state_machines_definition_is_carried_along(tmp_path):
    plain = translate(SMALL, keep=tmp_path)

    assert "TooQuietError" in str(plain.resources["Greeting"]["Properties"]["DefinitionString"])


def test_a_nested_stack_is_translated_too(tmp_path):
    plain = translate(SMALL, keep=tmp_path)

    assert plain.nested["Storage"].resources["Things"]["Type"] == "AWS::DynamoDB::Table"


def test_routes_become_an_openapi_description(tmp_path):
    plain = translate(SMALL, keep=tmp_path)

    paths = plain.resources["Api"]["Properties"]["Body"]["paths"]
    assert {"get", "options"} <= set(paths["/hello/{name}"])


def test_translating_leaves_the_environment_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)

    translate(SMALL, keep=tmp_path)

    assert "AWS_DEFAULT_REGION" not in os.environ


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Resources: [", "is not YAML"),
        ("just words", "is not a template"),
        (
            "Resources: {F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.b}}}",
            "F has no CodeUri",
        ),
        (WITHOUT_HANDLER, "refused by SAM"),
    ],
)
def test_a_bad_template_is_refused_with_a_sentence(tmp_path, text, sentence):
    with pytest.raises(UnreadableTemplateError, match=sentence):
        translate(a_template(tmp_path, text), keep=tmp_path)


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableTemplateError, match=r"nowhere\.yaml cannot be read"):
        translate(tmp_path / "nowhere.yaml", keep=tmp_path)


def test_code_from_elsewhere_is_refused(tmp_path):
    plain = translate(a_template(tmp_path, "Resources: {}"), keep=tmp_path)

    with pytest.raises(UnreadableTemplateError, match="code outside the template"):
        code_folder(plain, {"S3Bucket": "somebody-elses", "S3Key": "code.zip"})


@pytest.mark.parametrize("slow", ["transform", "yaml_parse"])
def test_what_was_translated_before_is_not_translated_again(tmp_path, monkeypatch, slow):
    first = translate(SMALL, keep=tmp_path)
    monkeypatch.setattr(f"local.translate.{slow}", None)

    assert translate(SMALL, keep=tmp_path) == first


def test_a_template_that_changed_is_translated_anew(tmp_path):
    words = "Resources: {{Things: {{Type: 'AWS::SQS::Queue', Properties: {{QueueName: {}}}}}}}"
    path = a_template(tmp_path, words.format("one"))
    translate(path, keep=tmp_path / "kept")

    a_template(tmp_path, words.format("two"))

    again = translate(path, keep=tmp_path / "kept")
    assert again.resources["Things"]["Properties"]["QueueName"] == "two"


def test_what_was_kept_and_is_no_json_any_more_is_made_anew(tmp_path):
    first = translate(SMALL, keep=tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:20])

    assert translate(SMALL, keep=tmp_path) == first
