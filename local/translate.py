"""The SAM template becomes plain CloudFormation, offline.

`translate(path)` reads the template, makes what points at files local, and lets SAM's own
translator do the rest:

1. a function's `CodeUri` becomes an S3 address whose key is the folder, so that it can be found
   again (`template.code_folder`);
2. a state machine's `DefinitionUri` becomes its definition;
3. a nested stack's `TemplateURL` is translated too and carried along (`Template.nested`).

Parameters are filled in when it is deployed: SAM asks for none of them. So what comes out depends
on the template alone, and is kept for the next start, as is what each file says: to read YAML takes
a second or two, the translator some more.
"""

import os
from pathlib import Path
from typing import Any

import samtranslator
import yaml
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from local.kept import kept
from local.template import CODE_BUCKET, NESTED, Template, UnreadableTemplateError
from local.tools import BUILD

KEPT = BUILD / "translated"


class _NoManagedPolicies:
    """SAM asks IAM for managed policies by name; nothing is asked offline."""

    def load(self) -> dict[str, str]:
        return {}


def translate(path: Path, region: str = "eu-west-2", keep: Path = KEPT) -> Template:
    """The template at `path` as plain CloudFormation, nested templates included; what SAM made of
    the same template before is read from `keep`."""
    body = _localise(_read(path, keep), path, keep)
    nested = {
        logical_id: translate(path.parent / resource["Properties"]["TemplateURL"], region, keep)
        for logical_id, resource in body.get("Resources", {}).items()
        if resource.get("Type") in NESTED
    }
    declared = dict(body.get("Parameters", {}))
    plain = kept(
        keep,
        [samtranslator.__version__, region, body],
        lambda: _transform(body, path, region) if "Transform" in body else body,
    )
    return Template(
        path=path,
        resources=plain.get("Resources", {}),
        parameters=declared,
        conditions=plain.get("Conditions", {}),
        mappings=plain.get("Mappings", {}),
        outputs=plain.get("Outputs", {}),
        nested=nested,
    )


def _read(path: Path, keep: Path) -> dict[str, Any]:
    try:
        text = path.read_text()
    except OSError as cause:
        raise UnreadableTemplateError(f"{path} cannot be read: {cause.strerror}.") from cause
    try:
        body = kept(keep, [samtranslator.__version__, text], lambda: yaml_parse(text))
    except yaml.YAMLError as cause:
        raise UnreadableTemplateError(f"{path} is not YAML: {cause}") from cause
    if not isinstance(body, dict):
        raise UnreadableTemplateError(f"{path} is not a template: it is no mapping.")
    return body


def _localise(body: dict[str, Any], path: Path, keep: Path) -> dict[str, Any]:
    common = body.get("Globals", {}).get("Function", {})
    for logical_id, resource in body.get("Resources", {}).items():
        properties = resource.setdefault("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            folder = properties.get("CodeUri", common.get("CodeUri"))
            if not isinstance(folder, str):
                raise UnreadableTemplateError(f"{path}: {logical_id} has no CodeUri folder.")
            properties["CodeUri"] = f"s3://{CODE_BUCKET}/{folder}"
        if "DefinitionUri" in properties:
            properties["Definition"] = _read(path.parent / properties.pop("DefinitionUri"), keep)
        if resource["Type"] == "AWS::Serverless::Application":
            properties["TemplateURL"] = properties.pop("Location")
            resource["Type"] = "AWS::CloudFormation::Stack"
    common.pop("CodeUri", None)
    return body


def _transform(body: dict[str, Any], path: Path, region: str) -> dict[str, Any]:
    before = os.environ.get("AWS_DEFAULT_REGION")
    # The translator asks boto3 for a region and finds it nowhere else.
    os.environ["AWS_DEFAULT_REGION"] = region
    try:
        plain = transform(body, {}, _NoManagedPolicies())
    except InvalidDocumentException as refused:
        causes = "; ".join(cause.message for cause in refused.causes)
        raise UnreadableTemplateError(f"{path.name} is refused by SAM: {causes}") from refused
    finally:
        if before is None:
            del os.environ["AWS_DEFAULT_REGION"]
        else:
            os.environ["AWS_DEFAULT_REGION"] = before
    return dict(plain)
