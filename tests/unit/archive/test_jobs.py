import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from archive import jobs
from archive.settings import LogSettings
from archive.signing import KmsSigner, WrongKeyError
from shared.recordlog.note import open_note, sign_note
from shared.records.errors import HeadMovedError
from shared.settings.reading import MissingVariableError, read
from tests.unit.archive.world import World

VARIABLES = {
    "TABLE_PREFIX": "bluelamp-",
    "LOG_BUCKET": "bluelamp-log",
    "LOG_KEY_ID": "a-key",
    "LOG_ORIGIN": "log.example/force",
}


class Kms:
    """KMS with one key, answering the two calls a signer makes."""

    def __init__(self, private):
        self._private = private
        self.asked = []

    def get_public_key(self, **request):
        self.asked.append(request)
        public = self._private.public_key()
        return {"PublicKey": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)}

    def sign(self, **request):
        self.asked.append(request)
        return {"Signature": self._private.sign(request["Message"])}


def test_the_job_says_how_many_leaves_it_took_in(monkeypatch):
    world = World()
    world.accept(3)
    monkeypatch.setattr(jobs, "sequencer", world.sequencer)

    assert jobs.sequence({}, None) == {"size": 3, "leaves": 3}
    assert jobs.sequence({}, None) == {"size": 3, "leaves": 0}
    world.require_finished()


def test_a_job_that_was_overtaken_says_so_and_does_not_fail(monkeypatch):
    world = World()
    world.accept(1)

    def overtaken(_old, new):
        raise HeadMovedError(new.origin, None)

    world.swap = overtaken
    monkeypatch.setattr(jobs, "sequencer", world.sequencer)

    assert jobs.sequence({}, None) == {"overtaken": True}
    assert list(world.waiting) == world.accepted


@pytest.mark.parametrize("missing", VARIABLES)
def test_a_missing_variable_is_named(missing):
    given = {name: value for name, value in VARIABLES.items() if name != missing}

    with pytest.raises(MissingVariableError, match=missing):
        read(LogSettings, given)


def test_kms_is_asked_to_sign_the_message_itself_with_ed25519():
    kms = Kms(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    signer = KmsSigner(kms, "a-key", "log.example/force")

    signed = sign_note("text\n", [signer])

    assert open_note(signed, [signer.key]).text == "text\n"
    assert kms.asked == [
        {"KeyId": "a-key"},
        {
            "KeyId": "a-key",
            "Message": b"text\n",
            "MessageType": "RAW",
            "SigningAlgorithm": "ED25519_SHA_512",
        },
    ]


def test_a_key_of_another_kind_is_refused_before_anything_is_signed():
    with pytest.raises(WrongKeyError):
        KmsSigner(Kms(ec.generate_private_key(ec.SECP256R1())), "a-key", "log.example/force")
