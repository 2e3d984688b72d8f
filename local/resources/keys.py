"""KMS keys and Secrets Manager secrets."""

import json
import secrets
import string
from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, taken, without


def key(place: Place, properties: Properties) -> Made:
    """AWS::KMS::Key; Ed25519 works through the repairs of moto."""
    # Deleting takes no waiting days when the whole cloud goes at the end of the process.
    without(properties, "PendingWindowInDays", "Tags")
    rotate = properties.pop("EnableKeyRotation", False)
    enabled = properties.pop("Enabled", True)
    wanted = taken(properties, "Description", "KeySpec", "KeyUsage", "MultiRegion")
    if "KeyPolicy" in properties:
        wanted["Policy"] = json.dumps(properties.pop("KeyPolicy"))
    client = place.aws.client("kms")
    made = client.create_key(**wanted)["KeyMetadata"]
    if rotate:
        client.enable_key_rotation(KeyId=made["KeyId"])
    if not enabled:
        client.disable_key(KeyId=made["KeyId"])
    return Made(made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]})


def alias(place: Place, properties: Properties) -> Made:
    """AWS::KMS::Alias."""
    name = properties.pop("AliasName")
    target = properties.pop("TargetKeyId")
    place.aws.client("kms").create_alias(AliasName=name, TargetKeyId=target)
    return Made(name)


def secret(place: Place, properties: Properties) -> Made:
    """AWS::SecretsManager::Secret, with a given or a generated value."""
    without(properties, "Tags", "ReplicaRegions")
    name = properties.pop("Name", place.name)
    wanted = taken(properties, "Description", "KmsKeyId")
    generate = properties.pop("GenerateSecretString", None)
    value = properties.pop("SecretString", None)
    if generate is not None:
        value = _generated(generate)
    if value is not None:
        wanted["SecretString"] = value
    made = place.aws.client("secretsmanager").create_secret(Name=name, **wanted)
    return Made(made["ARN"], {"Id": made["ARN"]})


def _generated(rule: dict[str, Any]) -> str:
    letters = string.ascii_letters + string.digits
    if not rule.get("ExcludePunctuation", False):
        letters += string.punctuation
    allowed = [c for c in letters if c not in rule.get("ExcludeCharacters", "")]
    word = "".join(secrets.choice(allowed) for _ in range(int(rule.get("PasswordLength", 32))))
    if "GenerateStringKey" not in rule:
        return word
    fields = json.loads(rule.get("SecretStringTemplate", "{}"))
    return json.dumps({**fields, rule["GenerateStringKey"]: word})
