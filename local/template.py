"""What a translated template is, and everything that can be wrong with one.

TemplateError
├── UnreadableTemplateError   no such file, not YAML, or SAM refuses it
├── MissingParameterError     a parameter has neither a value nor a default
├── UnknownNameError          a Ref, GetAtt, FindInMap or condition names nothing
├── UnknownIntrinsicError     an Fn:: we do not resolve
└── CycleError                a thing that needs itself
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CODE_BUCKET = "local"
NESTED = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")

Node = Any
"""A JSON value as it stands in a template."""


class TemplateError(Exception):
    """Root of everything that can be wrong with a template."""


class UnreadableTemplateError(TemplateError):
    """The template cannot be read or translated."""


class MissingParameterError(TemplateError):
    """A parameter was given no value."""


class UnknownNameError(TemplateError):
    """Something is named that the template does not have."""


class UnknownIntrinsicError(TemplateError):
    """An intrinsic function that the local stack does not know."""


class CycleError(TemplateError):
    """Resources that need one another before any can be made."""


@dataclass(frozen=True)
class Template:
    """A translated template and the translated templates nested in it, by logical id."""

    path: Path
    resources: Mapping[str, dict[str, Any]]
    parameters: Mapping[str, dict[str, Any]]
    conditions: Mapping[str, Node]
    mappings: Mapping[str, Any]
    outputs: Mapping[str, dict[str, Any]]
    nested: Mapping[str, "Template"] = field(default_factory=dict)


def code_folder(template: Template, code: Mapping[str, Any]) -> Path:
    """The folder a translated function's code lies in."""
    if code.get("S3Bucket") != CODE_BUCKET:
        raise UnreadableTemplateError(f"{template.path.name}: code outside the template: {code}.")
    return (template.path.parent / str(code["S3Key"])).resolve()
