"""KMS keys that sign with Ed25519, and signatures that are refused when they are wrong."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from local.moto_repairs.attaching import module, replace

SPEC = "ECC_NIST_EDWARDS25519"
ALGORITHM = "ED25519_SHA_512"
LONGEST_MESSAGE = 4096
"""Bytes that Sign takes RAW."""


class Ed25519Key:
    """A key pair, as moto's keys answer to it."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()

    def sign(self, message: bytes, _algorithm: str) -> bytes:
        """The 64 bytes of an Ed25519 signature."""
        return self._private.sign(message)

    def verify(self, message: bytes, signature: bytes, _algorithm: str) -> bool:
        """Whether this key made the signature of this message."""
        try:
            self._private.public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def public_key(self) -> bytes:
        """DER SubjectPublicKeyInfo."""
        return self._private.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )


def repair() -> None:
    """Attach all of it."""
    _repair_specification()
    _repair_requests()


def _repair_specification() -> None:
    models, specs = module("kms.models"), module("kms.utils").KeySpec
    known = specs.key_specs()
    replace(specs, "key_specs", classmethod(lambda _cls: sorted([*known, SPEC])))

    def generate(key_spec: str) -> Any:
        return Ed25519Key() if key_spec == SPEC else generate_before(key_spec)

    generate_before = replace(models, "generate_private_key", generate)

    def algorithms(key: Any) -> Any:
        signs = key.key_spec == SPEC and key.key_usage == "SIGN_VERIFY"
        return [ALGORITHM] if signs else algorithms_before.fget(key)

    algorithms_before = replace(models.Key, "signing_algorithms", property(algorithms))

    def create(
        self: Any, policy: Any, key_usage: str, key_spec: str, *others: Any, **named: Any
    ) -> Any:
        if key_spec == SPEC and key_usage != "SIGN_VERIFY":
            raise _refusal("ValidationException", f"KeyUsage {key_usage} does not fit {key_spec}")
        return create_before(self, policy, key_usage, key_spec, *others, **named)

    create_before = replace(models.KmsBackend, "create_key", create)


def _repair_requests() -> None:
    responses = module("kms.responses").KmsResponse

    def sign(self: Any) -> Any:
        _check_message(self)
        return sign_before(self)

    def verify(self: Any) -> Any:
        _check_message(self)
        answer = verify_before(self)
        if not json.loads(answer)["SignatureValid"]:
            raise _refusal("KMSInvalidSignatureException", "")
        return answer

    def public_key(self: Any) -> Any:
        answer = json.loads(public_key_before(self))
        key = self.kms_backend.describe_key(answer["KeyId"])
        return json.dumps(answer | {"KeyId": key.arn, "KeySpec": key.key_spec})

    sign_before = replace(responses, "sign", sign)
    verify_before = replace(responses, "verify", verify)
    public_key_before = replace(responses, "get_public_key", public_key)


def _check_message(request: Any) -> None:
    if len(request._get_param("Message")) > LONGEST_MESSAGE:
        raise _refusal("ValidationException", "a message is at most 4096 bytes: sign its digest")
    if request._get_param("SigningAlgorithm") != ALGORITHM:
        return
    if request._get_param("MessageType", "RAW") != "RAW":
        raise _refusal("ValidationException", f"{ALGORITHM} signs RAW messages only")
    signature = request._get_param("Signature")
    if signature is not None and not base64.b64decode(signature):
        raise _refusal("ValidationException", "Signature is empty")


def _refusal(code: str, message: str) -> Any:
    return module("core.exceptions").JsonRESTError(code, message)
