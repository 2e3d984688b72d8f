"""Checkpoints signed by AWS KMS, which never gives the private key away.

SigningError
└── WrongKeyError    the KMS key is not one that can sign checkpoints
"""

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from shared.recordlog.note import VerifierKey

if TYPE_CHECKING:  # stubs are not shipped
    from mypy_boto3_kms.client import KMSClient


class SigningError(Exception):
    """Root of what can be wrong with signing."""


class WrongKeyError(SigningError):
    """The KMS key is not an Ed25519 key."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"The KMS key {key_id} is not an Ed25519 signing key.")
        self.key_id = key_id


class KmsSigner:
    """One Ed25519 key in KMS, signing under the log's name; its public half is fetched once."""

    def __init__(self, client: "KMSClient", key_id: str, name: str) -> None:
        self._client = client
        self._key_id = key_id
        public = load_der_public_key(client.get_public_key(KeyId=key_id)["PublicKey"])
        if not isinstance(public, Ed25519PublicKey):
            raise WrongKeyError(key_id)
        self._key = VerifierKey(name, public.public_bytes_raw())

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """64 bytes over the message itself (RAW), which KMS takes up to 4,096 bytes of."""
        answer = self._client.sign(
            KeyId=self._key_id,
            Message=message,
            MessageType="RAW",
            SigningAlgorithm="ED25519_SHA_512",
        )
        return answer["Signature"]
