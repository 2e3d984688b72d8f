"""KMS: the record log's Ed25519 key."""

from typing import Any

from cryptography.hazmat.primitives.serialization import load_der_public_key

from tests.workflows.moto_scenarios.cloud import Cloud, outcome

SPEC = "ECC_NIST_EDWARDS25519"
RAW = {"MessageType": "RAW", "SigningAlgorithm": "ED25519_SHA_512"}
NOTE = b"local.bluelamp.example/log\n17\nabc=\n"


def _key(cloud: Cloud, spec: str = SPEC) -> str:
    key = cloud.client("kms").create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")
    return key["KeyMetadata"]["KeyId"]


def ed25519_key_is_accepted(cloud: Cloud) -> str:
    """CreateKey with KeySpec ECC_NIST_EDWARDS25519."""
    create = cloud.client("kms").create_key
    return outcome(create, KeySpec=SPEC, KeyUsage="SIGN_VERIFY")


def ed25519_signs(cloud: Cloud) -> list[Any]:
    """A signature of 64 bytes that anyone with the public key can verify, without KMS."""
    kms = cloud.client("kms")
    key = _key(cloud)
    signature = kms.sign(KeyId=key, Message=NOTE, **RAW)["Signature"]
    public = kms.get_public_key(KeyId=key)
    load_der_public_key(public["PublicKey"]).verify(signature, NOTE)
    verified = kms.verify(KeyId=key, Message=NOTE, Signature=signature, **RAW)["SignatureValid"]
    algorithms = public["SigningAlgorithms"]
    return [len(signature), len(public["PublicKey"]), public["KeySpec"], algorithms, verified]


def ed25519_refuses(cloud: Cloud) -> list[str]:
    """Digests, other algorithms, long messages, other uses."""
    kms, key = cloud.client("kms"), _key(cloud)
    return [
        outcome(kms.sign, KeyId=key, Message=NOTE, **(RAW | {"MessageType": "DIGEST"})),
        outcome(kms.sign, KeyId=key, Message=NOTE, SigningAlgorithm="ECDSA_SHA_256"),
        outcome(kms.sign, KeyId=key, Message=b"x" * 4097, **RAW),
        outcome(kms.create_key, KeySpec=SPEC, KeyUsage="ENCRYPT_DECRYPT"),
    ]


def key_found_by_its_alias(cloud: Cloud) -> int:
    """The key of the log is named by an alias."""
    kms = cloud.client("kms")
    kms.create_alias(AliasName="alias/log", TargetKeyId=_key(cloud))
    return len(kms.sign(KeyId="alias/log", Message=NOTE, **RAW)["Signature"])


def wrong_signature(cloud: Cloud) -> str:
    """A signature of another message is an error, not an answer."""
    kms, key = cloud.client("kms"), _key(cloud, "ECC_NIST_P256")
    how = {"KeyId": key, "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(Message=NOTE, **how)["Signature"]
    return outcome(kms.verify, Message=b"another", Signature=signature, **how)


def wrong_ed25519_signature(cloud: Cloud) -> str:
    """The same with Ed25519."""
    kms, key = cloud.client("kms"), _key(cloud)
    signature = kms.sign(KeyId=key, Message=NOTE, **RAW)["Signature"]
    return outcome(kms.verify, KeyId=key, Message=b"another", Signature=signature, **RAW)


SCENARIOS = (
    ed25519_key_is_accepted,
    ed25519_signs,
    ed25519_refuses,
    key_found_by_its_alias,
    wrong_signature,
    wrong_ed25519_signature,
)
