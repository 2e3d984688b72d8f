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


def test_functions_keep_the_way_to_their_code():
    plain = translate(SMALL, {"Stage": "local"})

    code = plain.resources["Greet"]["Properties"]["Code"]
    assert code_folder(plain, code) == SMALL.parent / "functions"


def test_a_state_machines_definition_is_carried_along():
    plain = translate(SMALL, {"Stage": "local"})

    assert "TooQuietError" in str(plain.resources["Greeting"]["Properties"]["DefinitionString"])


def test_a_nested_stack_is_translated_too():
    plain = translate(SMALL, {"Stage": "local"})

    assert plain.nested["Storage"].resources["Things"]["Type"] == "AWS::DynamoDB::Table"


def test_routes_become_an_openapi_description():
    plain = translate(SMALL, {"Stage": "local"})

    paths = plain.resources["Api"]["Properties"]["Body"]["paths"]
    assert {"get", "options"} <= set(paths["/hello/{name}"])


def test_translating_leaves_the_environment_alone(monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)

    translate(SMALL, {"Stage": "local"})

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
        translate(a_template(tmp_path, text))


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableTemplateError, match=r"nowhere\.yaml cannot be read"):
        translate(tmp_path / "nowhere.yaml")


def test_code_from_elsewhere_is_refused(tmp_path):
    plain = translate(a_template(tmp_path, "Resources: {}"))

    with pytest.raises(UnreadableTemplateError, match="code outside the template"):
        code_folder(plain, {"S3Bucket": "somebody-elses", "S3Key": "code.zip"})
